"""The calendar of the monitoring: given at the publication, moved, locked, reopened."""

import datetime

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from organization.models import AuditEvent, User
from strategy.enums import PlanState
from strategy.models import MonitoringPeriod, Plan
from strategy.monitoring_enums import PeriodState
from strategy.operations import publish_plan
from strategy.operations.periods import (
    add_period,
    change_period,
    lock_periods,
    open_period,
    remove_period,
    reopen_periods,
)
from tests import factories

TODAY = datetime.date(2024, 7, 5)
AT = datetime.datetime(2024, 7, 5, 8, tzinfo=datetime.UTC)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def planner(db, settings) -> User:
    """Who plans, on 5 July 2024."""
    settings.DEMO_DATE = TODAY
    return User.objects.get(username="pianificazione")


@pytest.fixture
def plan(planner) -> Plan:
    return factories.plan(first_year=2024, state=PlanState.PUBLISHED)


@pytest.fixture
def june(plan) -> MonitoringPeriod:
    return factories.monitoring_period(plan=plan)


def days_of(plan: Plan) -> list[str]:
    return [period.ends_on.isoformat() for period in plan.periods.all()]


def acts() -> list[tuple[str, str]]:
    events = AuditEvent.objects.filter(verb__startswith="period.").order_by("pk")
    return [(event.verb, event.note) for event in events]


# Given at the publication


def test_a_published_plan_has_three_periods_a_year(planner):
    plan = publish_plan(factories.plan(state=PlanState.ADOPTED, first_year=2024), by=planner, at=AT)

    ends = [f"{year}-{end}" for year in (2024, 2025, 2026) for end in ("06-30", "09-30", "12-31")]
    assert days_of(plan) == ends
    first = plan.periods.first()
    assert (first.opens_on, first.closes_on) == (day("2024-06-30"), day("2024-07-15"))
    assert (first.changed_by_label, first.history.get().history_user) == (str(planner), planner)


def test_a_revision_leaves_the_calendar_as_planning_made_it(plan, planner):
    factories.monitoring_period(plan=plan, ends_on=day("2024-12-31"))
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.ADOPTED, revision=1)

    publish_plan(plan, by=planner)

    assert [one for one in days_of(plan) if one.startswith("2024")] == ["2024-12-31"]


def test_the_newer_of_two_plans_measures_the_years_they_share(plan, planner, june):
    factories.monitoring_period(plan=plan, ends_on=day("2025-06-30"))
    newer = factories.plan(first_year=2025, state=PlanState.ADOPTED)

    publish_plan(newer, by=planner)

    assert days_of(plan) == ["2024-06-30"]
    assert days_of(newer)[0] == "2025-06-30"


def test_the_loaded_plan_has_its_periods(bergamo):
    assert days_of(bergamo.plan)[:3] == ["2021-06-30", "2021-09-30", "2021-12-31"]
    assert bergamo.plan.periods.count() == 9


def test_plans_published_before_there_were_periods_get_theirs(plan, planner):
    factories.plan(first_year=2025, state=PlanState.DRAFT)
    factories.plan(first_year=2026, state=PlanState.CLOSED, revision=1)
    newer = factories.plan(
        first_year=2027, state=PlanState.UPDATING, revision=1, update_reason="Variazione."
    )
    MonitoringPeriod.objects.all().delete()
    module = __import__(
        "strategy.migrations.0007_periods_of_plans_in_force", fromlist=["add_periods"]
    )

    module.add_periods(apps, None)

    assert days_of(plan)[0] == "2024-06-30"
    assert (days_of(newer)[0], newer.periods.count()) == ("2027-06-30", 9)
    assert set(MonitoringPeriod.objects.values_list("plan__first_year", flat=True)) == {
        2024,
        2027,
        2021,
    }


# What it is on a day


@pytest.mark.parametrize(
    ("on", "given", "state"),
    [
        ("2024-06-29", {}, PeriodState.TO_COME),
        ("2024-06-30", {}, PeriodState.OPEN),
        ("2024-07-15", {}, PeriodState.OPEN),
        ("2024-07-16", {}, PeriodState.CLOSED),
        ("2024-07-05", {"is_locked": True}, PeriodState.CLOSED),
        ("2024-07-05", {"reopening_reason": "Ritardo."}, PeriodState.REOPENED),
    ],
)
def test_the_state_follows_the_days_and_the_lock(plan, on, given, state):
    period = factories.monitoring_period(plan=plan, **given)

    assert period.state_on(day(on)) == state
    is_open = MonitoringPeriod.objects.open_on(day(on)).filter(plan=plan).exists()
    assert period.is_open_on(day(on)) == is_open == (state in PeriodState.writable)


def test_no_period_of_a_closed_year_is_open_nor_reopened(plan, june, planner):
    closing = factories.year_closing(plan=plan, year=2024)
    read = MonitoringPeriod.objects.with_closed_years().get(pk=june.pk)

    with pytest.raises(ValidationError) as refusal:
        reopen_periods([june], reason="Perché.", closes_on=day("2024-12-31"), by=planner)

    assert (refusal.value.code, acts()) == ("closed_year", [])
    assert read.state_on(TODAY) == PeriodState.CLOSED
    assert list(MonitoringPeriod.objects.open_on(TODAY)) == []
    factories.year_reopening(closing=closing)
    assert list(MonitoringPeriod.objects.open_on(TODAY)) == [june]


def test_the_first_to_close_comes_first(plan, june):
    later = factories.monitoring_period(
        plan=plan, ends_on=day("2024-05-31"), closes_on=day("2024-08-31")
    )

    assert list(MonitoringPeriod.objects.open_on(TODAY)) == [june, later]
    assert (june.year, june.is_final, str(june)) == (2024, False, "2024-2026, 30.6.2024")


def test_periods_are_read_with_their_plan(june):
    employee = User.objects.get(username="dipendente")
    draft = factories.monitoring_period(plan=factories.plan(state=PlanState.DRAFT))

    seen = MonitoringPeriod.objects.visible_to(employee)

    assert june in seen
    assert draft not in seen


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "name"),
    [
        ("2024-07-10", "2024-07-09", "closes_after_it_opens"),
        ("2024-06-01", "2024-06-29", "closes_after_its_figures"),
    ],
)
def test_the_database_refuses_days_that_go_back(plan, opens_on, closes_on, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        MonitoringPeriod.objects.create(
            plan=plan,
            ends_on=day("2024-06-30"),
            opens_on=day(opens_on),
            closes_on=day(closes_on),
            changed_at=AT,
        )


# Moved


def test_a_period_is_added_and_recorded(plan, planner):
    made = add_period(
        plan,
        ends_on=day("2024-03-31"),
        opens_on=day("2024-04-01"),
        closes_on=day("2024-04-20"),
        by=planner,
        at=AT,
    )

    assert list(plan.periods.all()) == [made]
    event = AuditEvent.objects.about(made).get()
    assert (event.verb, event.after) == (
        "period.added",
        {"figures_at": "2024-03-31", "opens_on": "2024-04-01", "closes_on": "2024-04-20"},
    )


@pytest.mark.parametrize(
    ("ends_on", "closes_on", "fields"),
    [
        ("2027-06-30", "2027-07-10", ["ends_on"]),
        ("2024-06-30", "2024-07-10", ["ends_on"]),
        ("2024-03-31", "2024-03-30", ["__all__"]),
        ("2024-03-31", "9999-12-31", ["closes_on"]),
    ],
    ids=["another year", "taken", "closed before its figures", "a slip in the year"],
)
def test_a_wrong_period_is_refused_at_its_field(plan, planner, june, ends_on, closes_on, fields):
    with pytest.raises(ValidationError) as refusal:
        add_period(
            plan,
            ends_on=day(ends_on),
            opens_on=day("2024-03-20"),
            closes_on=day(closes_on),
            by=planner,
        )

    assert list(refusal.value.message_dict) == fields
    assert (days_of(plan), acts()) == (["2024-06-30"], [])


def test_the_days_of_a_period_move(june, planner):
    moved = change_period(
        june, ends_on=june.ends_on, opens_on=TODAY, closes_on=day("2024-07-31"), by=planner
    )

    june.refresh_from_db()
    assert (moved, june.opens_on, june.closes_on) == (june, TODAY, day("2024-07-31"))
    event = AuditEvent.objects.about(june).get()
    assert (event.before["closes_on"], event.after["closes_on"]) == ("2024-07-15", "2024-07-31")


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "field"),
    [
        ("0024-07-01", "2024-07-15", "opens_on"),
        ("2023-12-31", "2024-07-15", "opens_on"),
        ("2024-07-01", "2204-07-15", "closes_on"),
    ],
)
def test_a_day_far_from_the_figures_is_refused(june, planner, opens_on, closes_on, field):
    with pytest.raises(ValidationError) as refusal:
        change_period(
            june, ends_on=june.ends_on, opens_on=day(opens_on), closes_on=day(closes_on), by=planner
        )

    assert list(refusal.value.message_dict) == [field]
    assert acts() == []


def test_a_period_of_years_ago_is_reopened_for_a_year_at_most(june, planner, settings):
    settings.DEMO_DATE = day("2026-02-01")

    with pytest.raises(ValidationError, match=r"2\.2\.2027"):
        reopen_periods([june], reason="Tardi.", closes_on=day("2206-02-10"), by=planner)

    reopen_periods([june], reason="Tardi.", closes_on=day("2026-02-10"), by=planner)


def test_what_is_over_is_reopened_not_moved(june, planner, settings):
    settings.DEMO_DATE = day("2024-07-20")

    with pytest.raises(ValidationError) as refusal:
        change_period(
            june,
            ends_on=june.ends_on,
            opens_on=june.opens_on,
            closes_on=day("2024-07-31"),
            by=planner,
        )

    june.refresh_from_db()
    assert list(refusal.value.message_dict) == ["closes_on"]
    assert (june.closes_on, acts()) == (day("2024-07-15"), [])


def test_a_period_is_removed(june, planner):
    remove_period(june, by=planner)

    assert not MonitoringPeriod.objects.filter(pk=june.pk).exists()
    assert acts() == [("period.removed", "")]
    assert MonitoringPeriod.history.filter(id=june.pk).first().history_user == planner


def test_a_period_is_opened_before_its_day(plan, planner):
    later = factories.monitoring_period(plan=plan, ends_on=day("2024-09-30"))

    opened = open_period(later, by=planner)

    assert (opened.opens_on, opened.state_on(TODAY)) == (TODAY, PeriodState.OPEN)
    assert acts() == [("period.opened", "")]


def test_a_period_of_a_year_to_come_is_not_opened(plan, planner):
    later = factories.monitoring_period(plan=plan, ends_on=day("2025-06-30"))

    with pytest.raises(ValidationError, match=r"1\.1\.2025"):
        open_period(later, by=planner)

    later.refresh_from_db()
    assert later.state_on(TODAY) == PeriodState.TO_COME
    assert acts() == []


def test_only_a_period_to_come_is_opened(june, planner):
    with pytest.raises(ValidationError):
        open_period(june, by=planner)

    assert acts() == []


# Locked and reopened, many at once


def test_periods_are_locked_in_bulk(plan, june, planner):
    later = factories.monitoring_period(plan=plan, ends_on=day("2024-09-30"), is_locked=True)

    changed = lock_periods([june, later], by=planner, at=AT)

    june.refresh_from_db()
    assert (changed, june.state_on(TODAY)) == ([june], PeriodState.CLOSED)
    assert (june.changed_at, june.changed_by_label) == (AT, str(planner))
    assert acts() == [("period.locked", "")]


def test_periods_are_reopened_in_bulk_with_a_reason(plan, june, planner):
    early = factories.monitoring_period(plan=plan, ends_on=day("2024-03-31"))
    lock_periods([june], by=planner)

    reopen_periods([early, june], reason=" Dati tardivi. ", closes_on=day("2024-07-10"), by=planner)

    for period in (early, june):
        period.refresh_from_db()
        assert period.state_on(TODAY) == PeriodState.REOPENED
        assert (period.reopening_reason, period.closes_on) == ("Dati tardivi.", day("2024-07-10"))
    assert acts()[1:] == [("period.reopened", "Dati tardivi.")] * 2


@pytest.mark.parametrize(
    ("reason", "closes_on"), [(" ", "2024-07-10"), ("Dati tardivi.", "2024-07-04")]
)
def test_a_reopening_has_a_reason_and_a_day_to_come(june, planner, reason, closes_on):
    lock_periods([june], by=planner)

    with pytest.raises(ValidationError):
        reopen_periods([june], reason=reason, closes_on=day(closes_on), by=planner)

    june.refresh_from_db()
    assert june.is_locked


@pytest.mark.parametrize("ends_on", ["2024-06-30", "2024-09-30"], ids=["open", "to come"])
def test_only_what_is_closed_is_reopened(plan, planner, ends_on):
    period = factories.monitoring_period(plan=plan, ends_on=day(ends_on))

    with pytest.raises(ValidationError):
        reopen_periods([period], reason="Perché.", closes_on=day("2024-12-31"), by=planner)

    assert acts() == []


# Refused


def test_who_does_not_plan_changes_nothing(june):
    other = User.objects.get(username="segretario")

    for act in (
        lambda: lock_periods([june], by=other),
        lambda: remove_period(june, by=other),
        lambda: add_period(june.plan, ends_on=TODAY, opens_on=TODAY, closes_on=TODAY, by=other),
    ):
        with pytest.raises(PermissionDenied):
            act()

    june.refresh_from_db()
    assert (june.is_locked, acts()) == (False, [])


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.CLOSED])
def test_a_plan_that_is_not_measured_keeps_its_calendar(june, planner, state):
    Plan.objects.filter(pk=june.plan_id).update(state=state)

    with pytest.raises(ValidationError) as refusal:
        lock_periods([june], by=planner)

    assert (refusal.value.code, acts()) == ("state", [])


def test_periods_that_are_not_there_are_told(june, planner):
    gone = MonitoringPeriod.objects.get(pk=june.pk)
    remove_period(june, by=planner)

    with pytest.raises(ValidationError):
        lock_periods([gone], by=planner)
    with pytest.raises(ValidationError):
        lock_periods([], by=planner)
