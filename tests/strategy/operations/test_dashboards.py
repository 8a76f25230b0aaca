"""Dashboards made, named anew, put in order, removed."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organization.models import AuditEvent
from strategy.enums import DashboardKind
from strategy.fingerprints import fingerprint
from strategy.operations.dashboards import (
    FIELDS,
    add_dashboard,
    change_dashboard,
    move_dashboard,
    remove_dashboard,
)
from tests import factories


def fields(**given):
    return {"heading": "SERVIZIO PROVA", "code": "PR", "unit": None} | given


def slugs(plan) -> list[str]:
    return [one.slug for one in plan.dashboards.order_by("position")]


def test_dashboards_are_made_after_the_others(tree, planner):
    unit = factories.unit()

    made = add_dashboard(tree.plan, kind=DashboardKind.UNIT, fields=fields(unit=unit), by=planner)
    twin = add_dashboard(
        tree.plan,
        kind=DashboardKind.UNIT,
        fields=fields(unit=factories.unit(), code=""),
        by=planner,
    )

    assert (made.slug, made.position, twin.slug) == ("servizio-prova", 3, "servizio-prova-2")
    act = AuditEvent.objects.filter(verb="dashboard.added").first()
    assert act.target_label


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        (DashboardKind.UNIT, {"unit": None}, "__all__"),
        (DashboardKind.STRATEGIC, {}, "__all__"),
        (DashboardKind.POLA, {"code": "ZZ"}, "code"),
        (DashboardKind.POLA, {"heading": ""}, "heading"),
    ],
    ids=["of nobody", "a second of the ente", "sign taken", "no heading"],
)
def test_what_cannot_be_is_refused(tree, planner, kind, given, field):
    with pytest.raises(ValidationError) as refusal:
        add_dashboard(tree.plan, kind=kind, fields=fields(**given), by=planner)

    assert list(refusal.value.error_dict) == [field]
    assert len(slugs(tree.plan)) == 2


def test_the_first_of_a_plan(planner):
    plan = factories.plan()

    made = add_dashboard(plan, kind=DashboardKind.STRATEGIC, fields=fields(), by=planner)

    assert (made.position, made.slug) == (1, "servizio-prova")


def test_a_heading_changes_and_the_address_stays(tree, planner):
    slug = tree.service.slug

    changed = change_dashboard(tree.service, fields={"heading": "NUOVO", "code": "NU"}, by=planner)

    assert (changed.heading, changed.code, changed.slug) == ("NUOVO", "NU", slug)
    before = AuditEvent.objects.count()
    change_dashboard(changed, fields={}, by=planner)
    assert AuditEvent.objects.count() == before


def test_nothing_is_written_over_what_was_not_seen(tree, planner):
    seen = fingerprint(tree.service, FIELDS)
    change_dashboard(tree.service, fields={"code": "AL"}, was=seen, by=planner)

    with pytest.raises(ValidationError) as refusal:
        change_dashboard(tree.service, fields={"code": "MI"}, was=seen, by=planner)

    assert refusal.value.code == "stale"
    tree.service.refresh_from_db()
    assert tree.service.code == "AL"


def test_the_order_is_changed(tree, planner):
    moved = move_dashboard(tree.service, index=0, by=planner)

    assert moved.position == 1
    assert slugs(tree.plan) == [tree.service.slug, "strategico"]
    before = AuditEvent.objects.count()
    move_dashboard(moved, index=0, by=planner)
    assert AuditEvent.objects.count() == before


def test_an_empty_dashboard_is_removed(tree, planner):
    remove_dashboard(tree.service, by=planner)

    assert slugs(tree.plan) == ["strategico"]
    assert AuditEvent.objects.latest("pk").verb == "dashboard.removed"


def test_one_with_rows_is_not(tree, planner):
    tree.row("1a", on=tree.service)

    with pytest.raises(ValidationError) as refusal:
        remove_dashboard(tree.service, by=planner)

    assert refusal.value.code == "parts"
    assert len(slugs(tree.plan)) == 2


def test_one_that_the_document_prints_is_not(tree, planner):
    section = factories.section(plan=tree.plan)
    factories.section_block(section=section, kind="dashboard", argument=tree.service.slug)

    with pytest.raises(ValidationError) as refusal:
        remove_dashboard(tree.service, by=planner)

    assert refusal.value.code == "parts"
    assert len(slugs(tree.plan)) == 2


def test_only_planning(tree, bergamo):
    with pytest.raises(PermissionDenied):
        move_dashboard(tree.service, index=0, by=bergamo.user("personale"))

    assert slugs(tree.plan)[0] == "strategico"
