"""The limits of the bands: who sets them, when, and what must never be stored."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from indicators.bands import BandLimits
from organization.models import AuditEvent
from strategy.enums import PlanState
from strategy.models import Plan
from strategy.operations import roll_plan_forward
from strategy.operations.bands import set_band_limits
from tests import factories

AT = datetime.datetime(2040, 3, 20, 11, tzinfo=datetime.UTC)
LIMITS = {
    "beyond_above": Decimal(110),
    "reached_from": Decimal("92.5"),
    "partly_reached_from": Decimal(75),
}


@pytest.fixture
def planner(bergamo):
    return bergamo.user("pianificazione")


def test_limits_are_set_and_leave_their_trace(planner) -> None:
    plan = factories.plan()

    set_band_limits(plan, **LIMITS, by=planner, at=AT)

    plan.refresh_from_db()
    event = AuditEvent.objects.get(verb="bands.set")
    assert plan.band_limits == BandLimits(110, Decimal("92.5"), 75)
    assert (event.target_id, event.actor_id, event.at) == (str(plan.pk), str(planner.pk), AT)
    assert (event.before["reached_from"], event.after["reached_from"]) == ("90.00", "92.5")
    assert plan.history.first().history_user == planner


def test_limits_that_are_already_so_leave_no_trace(planner) -> None:
    plan = factories.plan()
    same = {"beyond_above": 100, "reached_from": 90, "partly_reached_from": 70}

    set_band_limits(plan, **{name: Decimal(n) for name, n in same.items()}, by=planner)

    assert not AuditEvent.objects.filter(verb="bands.set").exists()
    assert plan.history.count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"partly_reached_from": Decimal(0)},
        {"partly_reached_from": Decimal("92.5")},
        {"reached_from": Decimal(120)},
        {"beyond_above": Decimal("92.4")},
        {"beyond_above": Decimal(1000)},
    ],
)
def test_limits_that_do_not_go_up_are_refused(planner, given) -> None:
    plan = factories.plan()

    with pytest.raises(ValidationError):
        set_band_limits(plan, **LIMITS | given, by=planner)

    assert Plan.objects.get(pk=plan.pk).reached_from == 90


@pytest.mark.parametrize("state", ["proposed", "adopted", "published", "closed"])
def test_adopted_limits_are_not_changed(planner, state) -> None:
    plan = factories.plan(state=state)

    with pytest.raises(ValidationError) as refused:
        set_band_limits(plan, **LIMITS, by=planner)

    assert refused.value.code == "state"
    assert Plan.objects.get(pk=plan.pk).reached_from == 90


def test_only_planning_sets_them(bergamo) -> None:
    plan = factories.plan()

    with pytest.raises(PermissionDenied):
        set_band_limits(plan, **LIMITS, by=bergamo.user("segretario"))

    assert Plan.objects.get(pk=plan.pk).reached_from == 90


@pytest.mark.parametrize(
    ("partly", "reached", "beyond", "is_kept"),
    [
        ("70", "90", "100", True),
        ("0.01", "0.02", "0.02", True),
        ("0", "90", "100", False),
        ("90", "90", "100", False),
        ("70", "90", "89.99", False),
    ],
)
def test_the_database_keeps_limits_that_go_up(db, partly, reached, beyond, is_kept) -> None:
    plan = factories.plan(state=PlanState.DRAFT)
    change = {
        "partly_reached_from": Decimal(partly),
        "reached_from": Decimal(reached),
        "beyond_above": Decimal(beyond),
    }

    try:
        with transaction.atomic():
            Plan.objects.filter(pk=plan.pk).update(**change)
    except IntegrityError:
        stored = False
    else:
        stored = True

    assert stored is is_kept


def test_the_next_triennium_begins_with_the_same_limits(bergamo, planner) -> None:
    Plan.objects.filter(pk=bergamo.plan.pk).update(**LIMITS)

    new = roll_plan_forward(bergamo.plan, by=planner)

    assert new.band_limits == BandLimits(110, Decimal("92.5"), 75)
