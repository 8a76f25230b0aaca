"""A month is approved whole or in part, returned, approved with those of a unit."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organization.models import AuditEvent
from pola.models import AgileDay, DayEvent, DayNotice, MonthPlan
from pola.operations.asking import ask_days, cancel_days, submit_month
from pola.operations.deciding import (
    approve_in_bulk,
    decide_month,
    return_in_bulk,
    return_month,
)
from tests import factories
from tests.pola.agile_office import FEBRUARY, feb, fresh


def ids(plan) -> list[int]:
    days = AgileDay.objects.in_month(plan.month).filter(person=plan.person, state="asked")
    return list(days.values_list("pk", flat=True))


def states(office) -> dict[int, str]:
    return {one.day.day: one.state for one in AgileDay.objects.filter(person=office.person)}


def stand_in(office, **given):
    """Somebody stands in for the head of the office in February."""
    delegate = factories.user(person=factories.person(unit=office.unit, last_name="Vice"))
    dates = {"starts_on": feb(1), "ends_on": feb(28)} | given
    factories.delegation(
        unit=office.unit, head=office.head.person, delegate=delegate.person, **dates
    )
    return fresh(delegate)


# Whole and in part


def test_a_month_is_approved_whole(office):
    plan = office.submitted(feb(9), feb(11))

    decided = decide_month(plan, approve=ids(plan), seen=ids(plan), by=office.head)

    day = AgileDay.objects.get(day=feb(9))
    assert (decided.state, decided.decided_by_label) == ("approved", str(office.head))
    assert (day.state, day.decided_by_label, day.reason) == ("approved", str(office.head), "")
    [notice] = DayNotice.objects.all()
    assert (notice.person, notice.days.count(), notice.sent_at) == (office.person, 2, None)
    [act] = AuditEvent.objects.filter(verb="month.approved")
    assert act.after == {"days": "9.2.2021, 11.2.2021"}


def test_a_month_is_approved_in_part_with_the_reason(office):
    plan = office.submitted(feb(9), feb(11))
    keep = AgileDay.objects.get(day=feb(9)).pk

    decided = decide_month(
        plan, approve=[keep], seen=ids(plan), by=office.head, reason=" Sportello. "
    )

    assert (decided.state, decided.reason) == ("partly", "Sportello.")
    assert states(office) == {9: "approved", 11: "refused"}
    assert AgileDay.objects.get(day=feb(11)).reason == "Sportello."
    told = DayEvent.objects.get(act="refused")
    assert (told.note, told.acted_for_label) == ("Sportello.", "")


def test_a_month_of_which_nothing_is_approved_comes_back_with_the_reason(office):
    plan = office.submitted(feb(9), feb(11))

    decided = decide_month(plan, approve=[], seen=ids(plan), by=office.head, reason="Sportello.")

    assert (decided.state, decided.reason) == ("returned", "Sportello.")
    assert states(office) == {9: "refused", 11: "refused"}
    assert DayNotice.objects.get().subject == "2 giornate agili non approvate"
    assert DayNotice.objects.get().text.count("Sportello.") == 1
    acts = AuditEvent.objects.filter(verb__in=["month.approved", "days.refused"])
    assert [(one.verb, one.after) for one in acts] == [
        ("days.refused", {"days": "9.2.2021, 11.2.2021"})
    ]


def test_a_month_with_days_approved_before_stays_approved_in_part(office):
    office.approved(feb(9))
    plan = office.submitted(feb(11))

    decided = decide_month(plan, approve=[], seen=ids(plan), by=office.head, reason="Sportello.")

    assert (decided.state, decided.reason) == ("partly", "Sportello.")
    assert DayNotice.objects.latest("pk").subject == "1 giornata agile non approvata"


def test_what_is_not_approved_needs_a_reason(office):
    plan = office.submitted(feb(9))

    with pytest.raises(ValidationError) as refusal:
        decide_month(plan, approve=[], seen=ids(plan), by=office.head)

    assert list(refusal.value.message_dict) == ["reason"]
    assert states(office) == {9: "asked"}


def test_what_is_asked_after_the_page_was_read_still_waits(office):
    plan = office.submitted(feb(9))
    seen = ids(plan)
    office.ask(feb(11))

    decided = decide_month(plan, approve=seen, seen=seen, by=office.head)

    assert (decided.state, states(office)) == ("submitted", {9: "approved", 11: "asked"})


@pytest.mark.parametrize("act", ["cancelled", "unknown", "nothing", "draft"])
def test_what_is_not_as_it_was_seen_is_not_decided(office, act):
    plan = office.submitted(feb(9))
    seen, approve = ids(plan), ids(plan)
    if act == "cancelled":
        cancel_days(person=office.person, days=[feb(9)], by=office.employee)
    elif act == "unknown":
        approve = [999_999]
    elif act == "nothing":
        seen, approve = [], []
    else:
        MonthPlan.objects.update(state="draft")

    with pytest.raises(ValidationError) as refusal:
        decide_month(plan, approve=approve, seen=seen, by=office.head)

    assert refusal.value.code == "stale"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        ("absence", "absence"),
        ("end", "no_agreement"),
        ("past", "past"),
        ("norm", "week"),
        ("month", "month"),
    ],
)
def test_a_rule_that_changed_since_stops_the_approval(office, settings, make, code):
    plan = office.submitted(feb(9), feb(10), feb(11))
    if make == "absence":
        factories.absence(person=office.person)
    elif make == "end":
        type(office.agreement).objects.update(ends_on=feb(10))
    elif make == "past":
        settings.DEMO_DATE = feb(9)
    elif make == "month":
        factories.norm(key="max_days_per_month", printed="2", starts_on=feb(2))
    else:
        factories.norm(printed="2", starts_on=feb(2))

    with pytest.raises(ValidationError) as refusal:
        decide_month(plan, approve=ids(plan), seen=ids(plan), by=office.head)

    assert [one.code for one in refusal.value.error_list] == [code]


def test_days_approved_before_count_in_the_week(office):
    office.approved(feb(8), feb(9))
    factories.norm(printed="2", starts_on=feb(2))
    factories.agile_day(agreement=office.agreement, day=feb(10))
    plan = MonthPlan.objects.get()
    MonthPlan.objects.update(state="submitted")

    with pytest.raises(ValidationError) as refusal:
        decide_month(plan, approve=ids(plan), seen=ids(plan), by=office.head)

    assert [one.code for one in refusal.value.error_list] == ["week"]


def test_a_proposal_whose_day_has_come_does_not_count(office, settings):
    for day, state in ((8, "approved"), (9, "approved"), (10, "proposed"), (12, "asked")):
        factories.agile_day(agreement=office.agreement, day=feb(day), state=state)
    settings.DEMO_DATE = feb(10)
    plan = submit_month(person=office.person, month=FEBRUARY, by=office.employee)

    decide_month(plan, approve=ids(plan), seen=ids(plan), by=office.head)

    assert states(office) == {8: "approved", 9: "approved", 10: "proposed", 12: "approved"}


def test_days_approved_before_count_in_the_month(office):
    office.approved(feb(8))
    plan = office.submitted(feb(16), feb(23))
    factories.norm(key="max_days_per_month", printed="2", starts_on=feb(2))

    with pytest.raises(ValidationError) as refusal:
        decide_month(plan, approve=ids(plan), seen=ids(plan), by=office.head)
    decide_month(plan, approve=ids(plan)[:1], seen=ids(plan), by=office.head, reason="Limite.")

    assert [one.code for one in refusal.value.error_list] == ["month"]
    assert states(office) == {8: "approved", 16: "approved", 23: "refused"}


# Returned


def test_a_month_is_returned_and_submitted_again(office):
    plan = office.submitted(feb(9))

    returned = return_month(plan, reason="Meglio il 10.", by=office.head)

    assert (returned.state, returned.reason) == ("returned", "Meglio il 10.")
    assert states(office) == {9: "asked"}
    assert DayEvent.objects.get(act="returned").note == "Meglio il 10."
    again = submit_month(person=office.person, month=FEBRUARY, by=office.employee)
    assert (again.state, again.reason) == ("submitted", "")


def test_a_month_that_does_not_wait_is_not_returned(office):
    office.approved(feb(9))

    with pytest.raises(ValidationError) as refusal:
        return_month(MonthPlan.objects.get(), reason="No.", by=office.head)

    assert refusal.value.code == "stale"


def test_a_return_says_why(office):
    plan = office.submitted(feb(9))

    with pytest.raises(ValidationError):
        return_month(plan, reason=" ", by=office.head)


# Who


def test_the_dirigente_above_decides_too(office):
    plan = office.submitted(feb(9))

    decide_month(plan, approve=ids(plan), seen=ids(plan), by=office.dirigente)

    assert DayEvent.objects.get(act="approved").acted_for_label == ""


def test_a_colleague_does_not_decide(office):
    plan = office.submitted(feb(9))
    colleague = factories.user(person=factories.person(unit=office.unit))

    with pytest.raises(PermissionDenied):
        decide_month(plan, approve=ids(plan), seen=ids(plan), by=colleague)


def test_nobody_decides_for_himself(office):
    factories.agreement(person=office.head.person, counterpart=office.dirigente.person)
    ask_days(person=office.head.person, days=[feb(9)], by=office.head)
    plan = submit_month(person=office.head.person, month=FEBRUARY, by=office.head)

    with pytest.raises(PermissionDenied):
        decide_month(plan, approve=ids(plan), seen=ids(plan), by=office.head)

    decide_month(plan, approve=ids(plan), seen=ids(plan), by=office.dirigente)


def test_a_substitute_decides_on_behalf_of_the_head(office):
    plan = office.submitted(feb(9))

    decide_month(plan, approve=ids(plan), seen=ids(plan), by=stand_in(office))

    told = DayEvent.objects.get(act="approved")
    assert told.acted_for_label == str(office.head.person)
    assert AuditEvent.objects.get(verb="month.approved").after["acted_for"] == str(
        office.head.person
    )


def test_a_substitute_whose_days_are_over_does_not(office):
    plan = office.submitted(feb(9))
    late = stand_in(office, starts_on=feb(1), ends_on=feb(1))
    office.employee.refresh_from_db()
    from_tomorrow = stand_in(office, starts_on=feb(2), ends_on=feb(3))

    decide_month(plan, approve=ids(plan), seen=ids(plan), by=late)
    with pytest.raises(PermissionDenied):
        return_month(plan, reason="No.", by=from_tomorrow)


def test_a_substitute_does_not_decide_for_the_head(office):
    factories.agreement(person=office.head.person, counterpart=office.dirigente.person)
    ask_days(person=office.head.person, days=[feb(9)], by=office.head)
    plan = submit_month(person=office.head.person, month=FEBRUARY, by=office.head)

    with pytest.raises(PermissionDenied):
        decide_month(plan, approve=ids(plan), seen=ids(plan), by=stand_in(office))


# In bulk


@pytest.fixture
def unit_months(office) -> list[MonthPlan]:
    """Three people of the service have submitted February."""
    plans = [office.submitted(feb(9))]
    for _number in range(2):
        user = factories.user(person=factories.person(unit=office.unit))
        factories.agreement(person=user.person, counterpart=office.dirigente.person)
        ask_days(person=user.person, days=[feb(9), feb(10)], by=user)
        plans.append(submit_month(person=user.person, month=FEBRUARY, by=user))
    return plans


def test_the_months_of_a_unit_are_approved_together(office, unit_months):
    outcome = approve_in_bulk(
        unit_months, seen={plan.pk: ids(plan) for plan in unit_months}, by=office.head
    )

    assert (len(outcome.done), outcome.days, outcome.left) == (3, 5, [])
    assert set(MonthPlan.objects.values_list("state", flat=True)) == {"approved"}
    assert AgileDay.objects.approved().count() == 5
    assert AuditEvent.objects.filter(verb="month.approved").count() == 3
    assert DayNotice.objects.count() == 3


def test_what_changed_or_breaks_a_rule_is_left_with_the_reason(office, unit_months):
    seen = {plan.pk: ids(plan) for plan in unit_months}
    cancel_days(person=office.person, days=[feb(9)], by=office.employee)
    factories.absence(person=unit_months[1].person)

    outcome = approve_in_bulk(unit_months, seen=seen, by=fresh(office.head))

    assert [plan.pk for plan in outcome.done] == [unit_months[2].pk]
    left = {plan.pk: words for plan, words in outcome.left}
    assert set(left) == {unit_months[0].pk, unit_months[1].pk}
    assert "Art. 4" in left[unit_months[1].pk]


def test_the_months_of_a_unit_are_returned_together(office, unit_months):
    seen = {plan.pk: ids(plan) for plan in unit_months}

    outcome = return_in_bulk(unit_months, reason=" Corso. ", seen=seen, by=office.head)

    plans = MonthPlan.objects.values_list("state", "reason")
    assert (len(outcome.done), outcome.days, outcome.left) == (3, 5, [])
    assert set(plans) == {("returned", "Corso.")}
    assert DayEvent.objects.filter(act="returned", note="Corso.").count() == 5
    assert AuditEvent.objects.filter(verb="month.returned").count() == 3
    assert DayNotice.objects.count() == 3


def test_a_month_that_changed_is_not_returned_with_the_others(office, unit_months):
    seen = {plan.pk: ids(plan) for plan in unit_months}
    cancel_days(person=office.person, days=[feb(9)], by=office.employee)

    outcome = return_in_bulk(unit_months, reason="Corso.", seen=seen, by=fresh(office.head))

    assert [plan.pk for plan, _words in outcome.left] == [unit_months[0].pk]
    assert MonthPlan.objects.filter(state="returned").count() == 2


def test_several_months_are_returned_all_or_none(office, unit_months):
    seen = {plan.pk: ids(plan) for plan in unit_months}
    stranger = factories.agreement()
    plans = [*unit_months, factories.month_plan(person=stranger.person, state="submitted")]

    with pytest.raises(PermissionDenied):
        return_in_bulk(plans, reason="Corso.", seen=seen, by=office.head)
    with pytest.raises(ValidationError):
        return_in_bulk(unit_months, reason=" ", seen=seen, by=office.head)

    assert not MonthPlan.objects.filter(state="returned").exists()


def test_for_a_substitute_the_months_are_approved_on_behalf_of_the_head(office, unit_months):
    seen = {plan.pk: ids(plan) for plan in unit_months}

    approve_in_bulk(unit_months, seen=seen, by=stand_in(office))

    told = set(DayEvent.objects.filter(act="approved").values_list("acted_for_label", flat=True))
    assert told == {str(office.head.person)}


def test_nobody_chosen_is_told(office):
    with pytest.raises(ValidationError) as refusal:
        approve_in_bulk([], seen={}, by=office.head)

    assert refusal.value.code == "none"


def test_one_person_of_another_unit_refuses_everything(office, unit_months):
    stranger = factories.agreement()
    plans = [*unit_months, factories.month_plan(person=stranger.person, state="submitted")]

    with pytest.raises(PermissionDenied):
        approve_in_bulk(plans, seen={}, by=office.head)

    assert AgileDay.objects.approved().count() == 0
