"""The story of agile work that the demonstration tells."""

import datetime
from collections import Counter

import pytest
from django.db.models import Count, F, Max, Min
from django.utils.timezone import localdate

from camera_perf.demo import BERGAMO
from organization.days import is_working_day
from pola.agreement_text import text_hash
from pola.demo import load_agile_demo
from pola.demo_days import Booking, Calendar, Holder, draw
from pola.enums import (
    AgreementState,
    DayAct,
    DayState,
    InterestState,
    MonthState,
    SheetState,
    VersionState,
)
from pola.models import (
    ActivitySheet,
    AgileDay,
    Agreement,
    AgreementEvaluation,
    AgreementVersion,
    DayEvent,
    Interest,
    MonthPlan,
    Suspension,
    Withdrawal,
)
from pola.problems.days import (
    approving_problems,
    asking_problems,
    replacing_problems,
    revoking_problems,
)
from pola.problems.finding import Finding
from pola.problems.standing import standings_of
from pola.reports.statistics import months_since_printed
from pola.terms import terms_from_json

DAY = datetime.date
FEBRUARY, JULY = DAY(2021, 2, 10), DAY(2021, 7, 5)
TOLD = {"seed": 1, "days": {"refused_reason": "Presenza minima."}}


@pytest.fixture
def told(bergamo, settings):
    """The story as far as a day."""

    def tell(day: DAY):
        settings.DEMO_DATE = day
        return load_agile_demo(BERGAMO)

    return tell


def keeps_to_the_rules() -> bool:
    live = AgileDay.objects.live()
    weeks = live.values("agreement", "agreement__days_per_week", "week").annotate(days=Count("pk"))
    assert [one for one in weeks if one["days"] > one["agreement__days_per_week"]] == []
    days = AgileDay.objects.select_related("agreement")
    assert [one for one in days if not is_working_day(one.day, patron=(8, 26))] == []
    assert [one for one in days if not one.agreement.covers(one.day)] == []
    held = Suspension.objects.get()
    suspended = {"agreement": held.agreement, "day__range": (held.starts_on, held.ends_on)}
    assert not live.filter(**suspended).exists()
    return set(Agreement.objects.values_list("is_demo", flat=True)) == {True}


def breaks_no_rule() -> bool:
    """Each day was asked, and each approved day revoked, as `pola.problems.days` allows."""
    held = list(AgileDay.objects.select_related("agreement", "person", "replaces"))
    units = {one.person_id: one.person.unit_id for one in held}
    standings = standings_of(units, min(one.day for one in held), max(one.day for one in held))
    found: list[Finding] = []
    for one in held:
        standing = standings[one.person_id]
        standing.live.pop(one.day, None)
        asked_on = localdate(one.asked_at)
        if not one.is_live:
            alone = asking_problems(standing, [one.day], today=asked_on)
            found += [one for one in alone if one.code != "week"]  # full with what came after
        elif one.replaces:
            found += replacing_problems(standing, one.replaces, one.day, today=asked_on)
        else:
            found += asking_problems(standing, [one.day], today=asked_on)
        if one.state == DayState.APPROVED:
            found += approving_problems(standing, [one], today=localdate(one.decided_at))
        if one.state == DayState.REVOKED:
            found += revoking_problems(standing, one, at=one.decided_at)
        if one.is_live:
            standing.live[one.day] = one
    assert [one.text for one in found] == []
    return all(localdate(one.decided_at) == one.day for one in held if one.state == "recalled")


def tells_what_happened(bergamo, stand: DAY) -> bool:
    """The story of each day begins with its request and ends where the day stands."""
    latest = AgileDay.objects.annotate(
        began=Min("events__at"), ended=Max("events__at"), acts=Count("events")
    )
    assert not latest.filter(acts=0).exists()
    assert not latest.exclude(began=F("asked_at")).exists()
    decided = latest.filter(decided_at__isnull=False)
    assert not decided.exclude(ended=F("decided_at")).exists()
    assert DayEvent.objects.filter(at__date__gt=stand).count() == 0
    happened = set(DayAct.values) - {DayAct.TAKEN}  # no office is closed, nobody is absent
    assert set(DayEvent.objects.values_list("act", flat=True)) == happened
    return waits_for_the_heads(bergamo, stand)


def waits_for_the_heads(bergamo, stand: DAY) -> bool:
    """Months of the day and of the next one, submitted by people of the head of the demo."""
    led = bergamo.user("responsabile").led_unit_ids
    waiting = MonthPlan.objects.filter(state=MonthState.SUBMITTED)
    month = stand.replace(day=1)
    found = Counter(waiting.filter(person__unit__in=led).values_list("month", flat=True))
    asked = AgileDay.objects.filter(state=DayState.ASKED, day__gt=stand, day__month=stand.month)
    assert asked.filter(person__month_plans__in=waiting.filter(month=month)).count() >= 3
    return len(found) == 2 and found[month] == 2


def in_force_on(day: DAY) -> tuple[int, int]:
    running = Agreement.objects.covering(on=day)
    return running.count(), running.values("person").distinct().count()


@pytest.mark.slow
def test_the_story_of_july_has_a_case_in_every_state(bergamo, told) -> None:
    loaded = told(JULY)

    assert keeps_to_the_rules()
    assert not AgileDay.objects.filter(is_demo=False).exists()
    assert (loaded.agreements, in_force_on(JULY)) == (43, (43, 43))
    assert set(Agreement.objects.values_list("state", flat=True)) == set(AgreementState.values)
    assert set(MonthPlan.objects.values_list("state", flat=True)) == set(MonthState.values)
    assert set(AgileDay.objects.values_list("state", flat=True)) == set(DayState.values)
    assert Suspension.objects.filter(starts_on__lte=JULY, ends_on__gte=JULY).count() == 1
    replacing = AgileDay.objects.filter(replaces__isnull=False)
    assert {day.replaces.state for day in replacing} == {DayState.REVOKED}
    assert Counter(day.state for day in replacing) == {
        DayState.APPROVED: 1,
        DayState.DECLINED: 1,
        DayState.PROPOSED: 1,
    }
    assert has_realistic_rates()
    assert has_sheets_on_their_way(bergamo)
    assert breaks_no_rule()
    assert tells_what_happened(bergamo, JULY)
    assert has_requests_and_texts()
    assert told(JULY) is None


def has_realistic_rates() -> bool:
    months = months_since_printed(today=JULY)
    assert [month.month.month for month in months] == [1, 2, 3, 4, 5, 6]
    assert {(month.employees, month.potential) for month in months} == {(87, 72)}
    assert all(40 <= month.effective <= 44 for month in months)
    return all("1,3" <= month.mean_days_per_week <= "2,5" for month in months)


@pytest.mark.slow
def test_in_february_march_is_asked_and_nothing_after_it(bergamo, told) -> None:
    loaded = told(FEBRUARY)

    assert keeps_to_the_rules()
    assert breaks_no_rule()
    assert tells_what_happened(bergamo, FEBRUARY)
    assert (loaded.agreements, in_force_on(FEBRUARY)) == (43, (43, 43))
    ahead = AgileDay.objects.filter(day__month__gte=3)
    assert set(ahead.values_list("state", "day__month")) == {(DayState.ASKED.value, 3)}
    late = AgileDay.objects.filter(day__month__lte=2, state=DayState.ASKED)
    assert set(late.values_list("person__employee_number", flat=True)) == {"0037", "0046", "0048"}
    told_too_early = AgileDay.objects.filter(asked_at__date__gt=FEBRUARY)
    assert not (told_too_early | AgileDay.objects.filter(decided_at__date__gt=FEBRUARY)).exists()
    own = AgileDay.objects.filter(person=bergamo.user("dipendente").person)
    assert own.filter(day__gt=DAY(2021, 2, 12)).count() == 0  # the month can still be asked for
    assert own.filter(day__month=2, state=DayState.APPROVED).exists()
    assert own.filter(state=DayState.REVOKED).count() == 1


@pytest.mark.slow
def test_on_a_later_day_the_story_stands_as_of_its_last(told) -> None:
    told(DAY(2026, 1, 1))

    assert Agreement.objects.filter(state=AgreementState.RUNNING).count() == 43
    assert AgileDay.objects.order_by("-day").first().day.month == 8


def drawn(stand: DAY) -> dict[tuple[str, DAY], DayState]:
    holder = Holder(
        number="1", weekdays=(0, 2), starts_on=DAY(2021, 1, 1), ends_on=DAY(2021, 12, 31)
    )
    calendar = Calendar(TOLD, stand, (8, 26))
    draw(calendar, [holder], last=DAY(2021, 8, 31))
    return {key: booking.state for key, booking in calendar.bookings.items()}


def test_the_story_of_a_day_is_the_beginning_of_that_of_a_later_one() -> None:
    early, late = drawn(FEBRUARY), drawn(JULY)
    before = {key for key in late if key[1] <= FEBRUARY}

    assert len(before) > 8
    assert {key: early[key] for key in before} == {key: late[key] for key in before}


def test_in_a_week_without_a_free_day_nothing_is_proposed() -> None:
    monday = DAY(2021, 2, 8)
    holder = Holder(number="1", weekdays=(0,), starts_on=monday, ends_on=monday)
    calendar = Calendar(TOLD, FEBRUARY, None)
    calendar.put(Booking(number="1", day=monday, state=DayState.APPROVED, asked_on=monday))

    assert calendar.free_day(holder, monday, after=monday) is None


def has_sheets_on_their_way(bergamo) -> bool:
    sheets = ActivitySheet.objects.all()
    assert set(sheets.filter(month=DAY(2021, 6, 1)).values_list("state", flat=True)) == set(
        SheetState.values
    )
    earlier = sheets.filter(month__lt=DAY(2021, 6, 1))
    assert set(earlier.values_list("state", flat=True)) == {SheetState.EVALUATED.value}
    own = sheets.filter(person=bergamo.user("dipendente").person)
    assert not own.filter(month=DAY(2021, 6, 1)).exists()
    head = bergamo.user("responsabile")
    return sheets.to_evaluate(head).exists() and set(sheets.values_list("is_demo")) == {(True,)}


def has_requests_and_texts() -> bool:
    assert set(Interest.objects.values_list("state", flat=True)) == set(InterestState.values)
    texts = AgreementVersion.objects.filter(state=VersionState.IN_FORCE)
    assert {terms_from_json(one.terms).missing for one in texts} == {()}
    assert all(text_hash(one.text) == one.text_sha256 for one in texts)
    running = Agreement.objects.filter(state=AgreementState.RUNNING)
    assert running.filter(versions__state=VersionState.IN_FORCE).count() == 43
    renewed = AgreementVersion.objects.filter(number=2, state=VersionState.IN_FORCE)
    assert renewed.count() == AgreementEvaluation.objects.count() == 41
    return Withdrawal.objects.count() == 1
