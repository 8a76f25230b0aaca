"""A rule takes another value from a day on; what was decided keeps the rule of its day."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from organization.models import AuditEvent
from pola.enums import DayState, NormKey
from pola.models import AgileDay, Norm
from pola.operations.norms import set_norm, withdraw_norm
from pola.problems.norms import norm_problems
from tests import factories

TODAY = datetime.date(2021, 2, 10)
LATER = datetime.date(2021, 4, 1)
MAX = NormKey.MAX_DAYS_PER_WEEK


@pytest.fixture(autouse=True)
def demo_day(settings) -> None:
    settings.DEMO_DATE = TODAY


def decided_day(day: datetime.date) -> None:
    factories.agile_day(
        day=day, state=DayState.APPROVED, decided_at=timezone.now(), decided_by_label="Responsabile"
    )


def given(bergamo, by="personale", **values) -> Norm:
    defaults = {"key": MAX, "printed": "2", "starts_on": LATER, "act": "Delibera n. 9 del 1.3.2021"}
    return set_norm(**defaults | values, by=bergamo.user(by))


@pytest.mark.parametrize("who", ["personale", "pianificazione"])
def test_a_new_value_holds_from_its_day_on(bergamo, who):
    given(bergamo, by=who)

    held = [Norm.objects.in_force(on=day).max_days_per_week for day in (TODAY, LATER)]
    assert held == [3, 2]
    event = AuditEvent.objects.get(verb="norm.set")
    assert event.before == {"value": "3"}
    assert event.after == {
        "value": "2",
        "starts_on": "2021-04-01",
        "act": "Delibera n. 9 del 1.3.2021",
    }


@pytest.mark.parametrize("who", ["dipendente", "responsabile", "dirigente", "oiv"])
def test_nobody_else_sets_one(bergamo, who):
    with pytest.raises(PermissionDenied):
        given(bergamo, by=who)

    assert Norm.objects.filter(key=MAX).count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [({"printed": "due"}, "printed"), ({"act": ""}, "act")],
    ids=["not read", "no act"],
)
def test_what_is_not_written_well_is_told_on_its_field(bergamo, values, field):
    with pytest.raises(ValidationError) as refused:
        given(bergamo, **values)

    assert list(refused.value.message_dict) == [field]


def test_a_day_has_one_value(bergamo):
    given(bergamo)

    with pytest.raises(ValidationError) as refused:
        given(bergamo, printed="1")

    assert "da quel giorno" in str(refused.value) or "day" in str(refused.value)


def test_a_rule_without_earlier_value_has_none_before(bergamo):
    Norm.objects.filter(key=MAX).delete()

    given(bergamo)

    assert AuditEvent.objects.get(verb="norm.set").before == {}


def test_a_day_gone_by_is_refused_once_something_was_decided_from_it_on(bergamo):
    decided_day(datetime.date(2021, 2, 5))
    factories.agreement(starts_on=datetime.date(2021, 2, 1))

    found = norm_problems(MAX, "2", datetime.date(2021, 2, 1), today=TODAY)

    assert [(one.code, one.article, one.is_blocker) for one in found] == [("decided", 4, True)]
    assert "1.2.2021" in found[0].text
    with pytest.raises(ValidationError):
        given(bergamo, starts_on=datetime.date(2021, 2, 1))


def test_a_day_gone_by_with_nothing_decided_is_only_said(bergamo):
    decided_day(datetime.date(2021, 2, 5))

    found = norm_problems(MAX, "2", datetime.date(2021, 2, 8), today=TODAY)

    assert [(one.code, one.is_blocker) for one in found] == [("past", False)]
    assert given(bergamo, starts_on=datetime.date(2021, 2, 8)).pk


def test_what_is_decided_for_days_to_come_is_told_and_stays(bergamo):
    decided_day(datetime.date(2021, 4, 7))

    found = norm_problems(MAX, "2", LATER, today=TODAY)

    assert [(one.code, one.is_blocker) for one in found] == [("decided_to_come", False)]
    given(bergamo)
    assert AgileDay.objects.get().state == DayState.APPROVED


def test_nothing_to_say_of_a_value_for_days_without_decisions(bergamo):
    assert norm_problems(MAX, "2", LATER, today=TODAY) == []


@pytest.mark.parametrize(
    ("key", "printed"),
    [
        ("min_days_per_week", "4"),
        ("max_days_per_week", "0"),
        ("morning_opens", "13.30"),
        ("rest_begins", "7.00"),
        ("notice_days_disabled", "20"),
    ],
)
def test_a_value_does_not_turn_two_rules_upside_down(bergamo, key, printed):
    found = norm_problems(NormKey(key), printed, LATER, today=TODAY)

    assert [(one.code, one.is_blocker) for one in found] == [("contradiction", True)]


def test_a_value_does_not_contradict_another_that_begins_later(bergamo):
    given(bergamo, key=NormKey.MIN_DAYS_PER_WEEK, printed="3", starts_on=LATER)
    before = datetime.date(2021, 3, 1)

    [found] = norm_problems(MAX, "2", before, today=TODAY)

    assert (found.code, found.is_blocker) == ("contradiction", True)
    assert "(1.4.2021)" in found.reason
    with pytest.raises(ValidationError):
        given(bergamo, starts_on=before)


def test_a_value_is_not_taken_back_from_under_another(bergamo):
    higher = given(bergamo, printed="4")
    given(bergamo, key=NormKey.MIN_DAYS_PER_WEEK, printed="4", starts_on=datetime.date(2021, 5, 3))

    with pytest.raises(ValidationError) as refusal:
        withdraw_norm(higher, by=bergamo.user("personale"))

    assert refusal.value.error_list[0].code == "contradiction"
    assert Norm.objects.filter(pk=higher.pk).exists()


def test_a_value_to_come_is_taken_back(bergamo):
    norm = given(bergamo)

    withdraw_norm(norm, by=bergamo.user("personale"))

    assert Norm.objects.in_force(on=LATER).max_days_per_week == 3
    assert AuditEvent.objects.get(verb="norm.withdrawn").before["value"] == "2"


def test_a_value_in_force_is_not_taken_back(bergamo):
    norm = Norm.objects.get(key=MAX)

    with pytest.raises(ValidationError):
        withdraw_norm(norm, by=bergamo.user("personale"))
    with pytest.raises(PermissionDenied):
        withdraw_norm(norm, by=bergamo.user("oiv"))

    assert Norm.objects.filter(pk=norm.pk).exists()
