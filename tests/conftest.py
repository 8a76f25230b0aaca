"""What every test stands on: the database, a media folder of its own, the browser."""

from pathlib import Path

import pytest
from django.db import connection
from hypothesis import settings as hypothesis_settings

pytest_plugins = ["tests.browser", "tests.bergamo"]

# Nothing is timed: what an example takes says how busy the machine is.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, tmp_path_factory
) -> None:
    """SQLite in a file, as it is served: in memory, threads would share one connection."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    """Files written by a test vanish with it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT
