"""Migrations say what the models say, and are named by what they do."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

OURS = ("organization", "documents", "indicators", "strategy", "pola")


def test_models_and_migrations_agree(db):
    said = StringIO()

    call_command("makemigrations", check=True, dry_run=True, stdout=said)

    assert said.getvalue().strip() == "No changes detected"


@pytest.mark.parametrize("label", OURS)
def test_migrations_have_a_name_of_their_own(label):
    names = [name for app, name in MigrationLoader(None).disk_migrations if app == label]

    assert names
    assert [name for name in names if "auto" in name.split("_")] == []


@pytest.mark.parametrize("label", OURS)
def test_migrations_of_an_application_make_one_line(label):
    loader = MigrationLoader(None)

    assert [name for app, name in loader.graph.leaf_nodes() if app == label] == [
        max(name for app, name in loader.disk_migrations if app == label)
    ]


def test_the_wiring_has_no_tables():
    assert list(apps.get_app_config("camera_perf").get_models()) == []
