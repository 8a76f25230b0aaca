"""Days are asked, given up, submitted: within the limits, by the person alone."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organization.enums import Role
from organization.models import AuditEvent
from pola.forms.days import RangeForm
from pola.models import AgileDay, DayEvent, MonthPlan
from pola.operations.asking import ask_days, cancel_days, change_days, range_of, submit_month
from pola.operations.day_calendar import close_office
from pola.operations.deciding import decide_month, return_month
from pola.quotas import pattern_days
from tests import factories
from tests.pola.agile_office import FEBRUARY, MARCH, feb, fresh


def days_of(office, *states: str) -> list[int]:
    found = AgileDay.objects.filter(person=office.person)
    found = found.filter(state__in=states) if states else found
    return [one.day.day for one in found.order_by("day", "pk")]


def acts(day: AgileDay) -> list[tuple[str, str, str]]:
    return list(DayEvent.objects.filter(day=day).values_list("act", "by_label", "note"))


def codes(refusal) -> list[str]:
    return [one.code for one in refusal.value.error_list]


# Asked


def test_days_are_asked_together_and_wait_in_their_month(office):
    asked = office.ask(feb(9), feb(11))

    plan = MonthPlan.objects.get(person=office.person)
    assert [(one.day, one.week, one.state) for one in asked] == [
        (feb(9), feb(8), "asked"),
        (feb(11), feb(8), "asked"),
    ]
    assert (plan.month, plan.state) == (FEBRUARY, "draft")
    assert acts(asked[0]) == [("asked", str(office.employee), "")]
    [act] = AuditEvent.objects.filter(verb="days.asked")
    assert act.after == {"days": "9.2.2021, 11.2.2021"}


def test_nobody_asks_for_somebody_else(office):
    with pytest.raises(PermissionDenied):
        ask_days(person=office.person, days=[feb(9)], by=office.head)

    assert days_of(office) == []


def test_no_day_is_no_request(office):
    with pytest.raises(ValidationError) as refusal:
        office.ask()

    assert refusal.value.code == "none"


def test_more_than_three_days_a_week_quote_article_4_and_ask_for_none(office):
    with pytest.raises(ValidationError) as refusal:
        office.ask(feb(8), feb(9), feb(10), feb(11))

    assert codes(refusal) == ["week"]
    assert refusal.value.messages[0].startswith("Art. 4: ")
    assert days_of(office) == []


def test_an_agreement_of_fewer_days_quotes_article_6(office):
    office.agreement.days_per_week = 1
    office.agreement.save()

    with pytest.raises(ValidationError) as refusal:
        office.ask(feb(8), feb(9))

    assert refusal.value.messages[0].startswith("Art. 6: ")


def test_an_exemption_allows_more(office):
    factories.exemption(agreement=office.agreement, days_per_week=4)

    office.ask(feb(8), feb(9), feb(10), feb(11))

    assert days_of(office) == [8, 9, 10, 11]


def test_where_presence_prevails_there_are_fewer(office):
    factories.norm(key="presence_prevails", printed="si")
    office.ask(feb(8), feb(9))

    with pytest.raises(ValidationError) as refusal:
        office.ask(feb(10))

    assert codes(refusal) == ["week"]


def test_an_act_that_changes_the_limit_holds_from_its_day(office):
    factories.norm(key="max_days_per_week", printed="1", starts_on=feb(15))

    office.ask(feb(8), feb(9), feb(10))
    with pytest.raises(ValidationError):
        office.ask(feb(15), feb(16))

    assert days_of(office) == [8, 9, 10]


def test_a_month_has_a_limit_when_the_act_says_so(office):
    factories.norm(key="max_days_per_month", printed="2")
    office.ask(feb(8), feb(15))

    with pytest.raises(ValidationError) as refusal:
        office.ask(feb(22))

    assert codes(refusal) == ["month"]


def test_days_that_nobody_decided_in_time_take_no_place(office, settings):
    factories.norm(key="max_days_per_month", printed="3")
    office.submitted(feb(8), feb(9), feb(10))
    settings.DEMO_DATE = feb(10)  # silence is not an approval, today neither

    office.ask(feb(11), feb(12), feb(16))

    with pytest.raises(ValidationError) as refusal:
        office.ask(feb(17))
    assert codes(refusal) == ["month"]
    assert days_of(office, "asked") == [8, 9, 10, 11, 12, 16]


@pytest.mark.parametrize(("today", "left"), [(feb(9), 0), (feb(10), 1)])
def test_a_proposal_takes_a_place_until_its_day_comes(office, settings, today, left):
    for day, state in ((8, "approved"), (9, "approved"), (10, "proposed")):
        factories.agile_day(agreement=office.agreement, day=feb(day), state=state)
    settings.DEMO_DATE = today
    wanted = pattern_days(feb(11), feb(12), {3, 4})

    asked = ask_days(person=office.person, days=wanted, by=office.employee, is_pattern=True)

    assert (len(asked.days), len(asked.left_out)) == (left, 2 - left)


def test_the_week_counts_across_the_months(office):
    office.ask(datetime.date(2021, 3, 29), datetime.date(2021, 3, 30), datetime.date(2021, 3, 31))

    with pytest.raises(ValidationError) as refusal:
        office.ask(datetime.date(2021, 4, 1))

    assert codes(refusal) == ["week"]


def test_what_is_not_used_is_not_carried_to_the_next_week(office):
    office.ask(feb(9))

    with pytest.raises(ValidationError):
        office.ask(feb(15), feb(16), feb(17), feb(18))


@pytest.mark.parametrize(
    ("day", "code", "article"),
    [
        (feb(1), "past", 4),
        (datetime.date(2021, 4, 6), "horizon", 5),
        (feb(6), "weekend", 4),
        (datetime.date(2021, 4, 5), "holiday", 4),
        (feb(15), "closure", 4),
        (feb(8), "absence", 4),
        (datetime.date(2021, 3, 2), "suspension", 8),
        (datetime.date(2021, 7, 1), "no_agreement", 6),
        (feb(10), "taken", 4),
    ],
)
def test_days_that_a_rule_stops(office, day, code, article):
    factories.closure()
    factories.absence(person=office.person)
    factories.suspension(agreement=office.agreement)
    office.ask(feb(10))

    with pytest.raises(ValidationError) as refusal:
        office.ask(day)

    assert codes(refusal) == [code]
    assert refusal.value.messages[0].startswith(f"Art. {article}: ")


def test_the_patron_saint_is_a_holiday(office, settings):
    factories.institution(patron_day="26.8")
    settings.DEMO_DATE = datetime.date(2021, 8, 2)
    office.agreement.ends_on = datetime.date(2021, 12, 31)
    office.agreement.save()

    with pytest.raises(ValidationError) as refusal:
        office.ask(datetime.date(2021, 8, 26))

    assert codes(refusal) == ["holiday"]


@pytest.mark.parametrize(("where", "is_closed"), [("own", True), ("above", True), ("other", False)])
def test_the_closure_of_a_unit_holds_below_it(office, where, is_closed):
    units = {"own": office.unit, "above": office.unit.parent, "other": factories.unit()}
    factories.closure(unit=units[where])

    if is_closed:
        with pytest.raises(ValidationError):
            office.ask(feb(15))
    else:
        office.ask(feb(15))

    assert days_of(office) == ([] if is_closed else [15])


def test_a_weekly_pattern_leaves_out_what_a_rule_stops_and_says_it(office):
    factories.closure()
    days = pattern_days(feb(8), feb(19), {0, 2})

    asked = ask_days(person=office.person, days=days, by=office.employee, is_pattern=True)

    assert [one.day for one in asked.days] == [feb(8), feb(10), feb(17)]
    assert [(one.code, one.day) for one in asked.left_out] == [("closure", feb(15))]


def test_a_weekly_pattern_does_not_leave_out_what_the_person_has(office):
    office.approved(feb(8))
    days = pattern_days(feb(8), feb(12), {0, 2})

    asked = ask_days(person=office.person, days=days, by=office.employee, is_pattern=True)

    assert ([one.day for one in asked.days], asked.left_out, asked.had) == ([feb(10)], (), 1)


def test_asking_opens_a_decided_month_again(office):
    office.approved(feb(9))

    office.ask(feb(10))

    assert MonthPlan.objects.get(person=office.person).state == "draft"


# Given up


def test_days_asked_and_approved_are_given_up(office):
    [approved] = office.approved(feb(9))
    office.ask(feb(11))

    found = cancel_days(person=office.person, days=range_of(feb(8), feb(12)), by=office.employee)

    assert len(found) == 2
    assert days_of(office, "cancelled") == [9, 11]
    assert [act for act, _by, _note in acts(approved)][-1] == "cancelled"


def test_a_day_given_up_is_asked_again(office):
    office.ask(feb(9))
    cancel_days(person=office.person, days=[feb(9)], by=office.employee)

    office.ask(feb(9))

    assert days_of(office) == [9, 9]


@pytest.mark.parametrize("days", [[], [feb(12)]])
def test_there_must_be_something_to_give_up(office, days):
    office.ask(feb(9))

    with pytest.raises(ValidationError) as refusal:
        cancel_days(person=office.person, days=days, by=office.employee)

    assert refusal.value.code == "none"


def test_days_gone_by_are_not_given_up(office, settings):
    office.approved(feb(9))
    settings.DEMO_DATE = feb(10)

    with pytest.raises(ValidationError):
        cancel_days(person=office.person, days=[feb(9)], by=office.employee)


def test_nobody_gives_up_for_somebody_else(office):
    office.ask(feb(9))

    with pytest.raises(PermissionDenied):
        cancel_days(person=office.person, days=[feb(9)], by=office.head)


def test_one_day_is_exchanged_for_another_in_a_full_week(office):
    office.ask(feb(8), feb(9), feb(10))

    change_days(person=office.person, ask=[feb(11)], give_up=[feb(8)], by=office.employee)

    assert days_of(office, "asked") == [9, 10, 11]


def test_an_exchange_that_a_rule_stops_gives_nothing_up(office):
    office.ask(feb(8), feb(9), feb(10))

    with pytest.raises(ValidationError):
        change_days(person=office.person, ask=[feb(13)], give_up=[feb(8)], by=office.employee)

    assert days_of(office, "asked") == [8, 9, 10]


def test_only_giving_up_asks_for_nothing(office):
    office.ask(feb(8))

    done = change_days(person=office.person, ask=[], give_up=[feb(8)], by=office.employee)

    assert done.days == ()


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (feb(7), "L’ultimo giorno non può venire prima del primo."),
        (datetime.date(2022, 12, 1), "Al massimo un anno alla volta: scegli un giorno più vicino."),
    ],
)
def test_a_range_has_its_end_after_its_beginning_and_a_measure(last, words):
    with pytest.raises(ValidationError) as caught:
        range_of(feb(8), last)
    form = RangeForm({"first": feb(8), "last": last})

    assert caught.value.message_dict == {"last": [words]}
    assert form.errors == {"last": [words]}


# What is left of the month


def month_left(office) -> tuple[str, str, bool, str]:
    plan = MonthPlan.objects.get(person=office.person, month=FEBRUARY)
    return plan.state, plan.decided_by_label, plan.submitted_at is not None, plan.reason


def give_up(office, *days) -> None:
    cancel_days(person=office.person, days=days, by=office.employee)


def settled() -> int:
    return AuditEvent.objects.filter(verb="month.settled").count()


def test_a_decided_month_to_which_nothing_is_added_after_all_is_decided_again(office):
    office.approved(feb(9), feb(11))
    office.ask(feb(10))

    give_up(office, feb(10))

    assert month_left(office) == ("approved", str(office.head), True, "")
    assert settled() == 1
    assert MonthPlan.objects.get().history.latest().state == "approved"


def test_a_month_approved_in_part_keeps_the_reason_when_it_is_decided_again(office):
    plan = office.submitted(feb(9), feb(11))
    first, second = AgileDay.objects.order_by("day").values_list("pk", flat=True)
    given = {"approve": [second], "seen": [first, second], "reason": "Sportello."}
    decide_month(plan, by=office.head, **given)
    office.submitted(feb(10))

    give_up(office, feb(10))

    assert month_left(office) == ("partly", str(office.head), True, "Sportello.")


@pytest.mark.parametrize(("before", "state"), [((), "returned"), ((feb(8),), "partly")])
def test_a_month_of_which_nothing_was_approved_is_returned_again(office, before, state):
    if before:
        office.approved(*before)
    plan = office.submitted(feb(9))
    seen = [AgileDay.objects.get(day=feb(9)).pk]
    decide_month(plan, approve=[], seen=seen, reason="Sportello.", by=office.head)
    office.submitted(feb(10))

    give_up(office, feb(10))

    assert month_left(office) == (state, str(office.head), True, "Sportello.")


def test_the_last_decision_holds(office):
    plan = office.submitted(feb(9))
    given = {"approve": [], "seen": [AgileDay.objects.get().pk], "reason": "Sportello."}
    decide_month(plan, by=office.head, **given)
    office.approved(feb(10))
    office.ask(feb(11))

    give_up(office, feb(11))

    assert month_left(office) == ("approved", str(office.head), True, "")


def test_a_submitted_month_in_which_nothing_is_asked_any_more_waits_no_more(office):
    office.submitted(feb(9), feb(11))

    give_up(office, feb(9))
    before = month_left(office)[0]
    give_up(office, feb(11))

    assert (before, month_left(office)) == ("submitted", ("draft", "", False, ""))
    assert settled() == 1


def test_a_day_exchanged_in_a_submitted_month_leaves_it_submitted(office):
    office.submitted(feb(9))

    change_days(person=office.person, ask=[feb(10)], give_up=[feb(9)], by=office.employee)

    assert (month_left(office)[0], settled()) == ("submitted", 0)


def test_a_month_returned_keeps_its_reason_until_it_is_sent_again(office):
    return_month(office.submitted(feb(9)), reason="Meglio il 10.", by=office.head)

    give_up(office, feb(9))

    assert month_left(office) == ("returned", str(office.head), True, "Meglio il 10.")


def test_a_month_whose_requests_fall_with_a_closure_waits_no_more(office):
    office.submitted(feb(9))
    hr = factories.user()
    factories.appointment(person=hr.person, role=Role.HR)

    close_office(unit=None, starts_on=feb(9), ends_on=feb(9), reason="Ponte", by=hr)

    assert (month_left(office)[0], settled()) == ("draft", 1)


# Submitted


def test_a_month_is_submitted_with_its_days(office):
    asked = office.ask(feb(9), feb(11), datetime.date(2021, 3, 2))

    plan = submit_month(person=office.person, month=FEBRUARY, by=office.employee)

    assert (plan.state, plan.submitted_by_label) == ("submitted", str(office.employee))
    assert [act for act, _by, _note in acts(asked[0])] == ["asked", "submitted"]
    assert MonthPlan.objects.get(month=MARCH).state == "draft"
    assert [one.state for one in plan.history.all()] == ["submitted"]  # a month just begun has none


def test_a_month_without_days_is_not_submitted(office):
    with pytest.raises(ValidationError) as refusal:
        submit_month(person=office.person, month=FEBRUARY, by=office.employee)

    assert refusal.value.code == "none"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (
            "max_days_per_week",
            "Art. 4: massimo 1 giornata a settimana: quella di lunedì 8 febbraio ne ha 2. "
            "Ritirane 1 prima di inviare",
        ),
        (
            "max_days_per_month",
            "Art. 4: massimo 1 giornata al mese: giovedì 11 febbraio è in più",
        ),
    ],
)
def test_a_month_beyond_a_limit_narrowed_since_is_not_submitted(office, key, words):
    office.ask(feb(9), feb(11))
    factories.norm(key=key, printed="1", starts_on=feb(1))

    with pytest.raises(ValidationError) as caught:
        submit_month(person=office.person, month=FEBRUARY, by=office.employee)
    assert caught.value.messages == [words]

    cancel_days(person=office.person, days=[feb(9)], by=office.employee)
    plan = submit_month(person=office.person, month=FEBRUARY, by=office.employee)
    assert plan.state == "submitted"


def test_a_day_gone_by_does_not_stop_a_month_from_being_submitted(office, settings):
    office.ask(feb(9), feb(10), feb(16))
    factories.norm(printed="1", starts_on=feb(1))
    settings.DEMO_DATE = feb(11)

    plan = submit_month(person=office.person, month=FEBRUARY, by=office.employee)

    assert plan.state == "submitted"


def test_a_month_is_submitted_once(office):
    office.submitted(feb(9))

    with pytest.raises(ValidationError) as refusal:
        submit_month(person=office.person, month=FEBRUARY, by=office.employee)

    assert refusal.value.code == "state"


def test_nobody_submits_for_somebody_else(office):
    office.ask(feb(9))

    with pytest.raises(PermissionDenied):
        submit_month(person=office.person, month=FEBRUARY, by=fresh(office.head))
