"""An approved day is revoked in time and with a reason, moved within the limits, called back."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organization.models import AuditEvent
from pola.models import AgileDay, DayEvent, DayNotice, Incident, MonthPlan
from pola.operations.asking import ask_days
from pola.operations.revoking import (
    answer_proposal,
    ask_instead,
    propose_day,
    recall_day,
    revoke_day,
)
from tests import factories
from tests.pola.agile_office import feb

ROME = ZoneInfo("Europe/Rome")
# The schedule of Thursday 11 begins at 8.
IN_TIME = datetime.datetime(2021, 2, 10, 8, tzinfo=ROME)
TOO_LATE = datetime.datetime(2021, 2, 10, 9, tzinfo=ROME)


@pytest.fixture
def thursday(office) -> AgileDay:
    _tuesday, thursday = office.approved(feb(9), feb(11))
    return thursday


def acts(day: AgileDay) -> list[str]:
    return list(DayEvent.objects.filter(day=day).values_list("act", flat=True))


def revoked(day: AgileDay, office, **options) -> AgileDay:
    return revoke_day(day, reason="Sportello scoperto.", by=office.head, at=IN_TIME, **options)


# Revoked


def test_a_day_is_revoked_24_hours_before_its_schedule(office, thursday):
    day = revoked(thursday, office)

    assert (day.state, day.reason, day.decided_at) == ("revoked", "Sportello scoperto.", IN_TIME)
    assert acts(day) == ["asked", "submitted", "approved", "revoked"]
    assert DayNotice.objects.order_by("-pk").first().days.get() == day


def test_a_proposal_that_a_rule_has_stopped_since_is_not_accepted(office, thursday):
    revoked(thursday, office, instead=feb(12))
    proposal = AgileDay.objects.get(state="proposed")
    factories.closure(starts_on=feb(12), ends_on=feb(12))

    with pytest.raises(ValidationError, match=r"Art\. 4"):
        answer_proposal(proposal, accept=True, by=office.employee)

    assert answer_proposal(proposal, accept=False, by=office.employee).state == "declined"


def test_the_reason_stands_in_the_story_and_not_in_the_register_of_acts(office, thursday):
    day = revoked(thursday, office)

    act = AuditEvent.objects.get(verb="day.revoked")
    assert (act.note, act.after) == ("", {"days": "11.2.2021"})
    assert DayEvent.objects.get(day=day, act="revoked").note == "Sportello scoperto."


def test_23_hours_before_it_is_refused_quoting_article_4(office, thursday):
    with pytest.raises(ValidationError) as refusal:
        revoke_day(thursday, reason="Sportello.", by=office.head, at=TOO_LATE)

    thursday.refresh_from_db()
    assert refusal.value.messages == [
        "Art. 4: una giornata si revoca con 24 ore di preavviso: il termine è scaduto alle 8.00 di "
        "mercoledì 10 febbraio; all’inizio della giornata mancano 23 ore"
    ]
    assert thursday.state == "approved"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (8, 1, "all’inizio della giornata mancano 23 ore"),
        (30, 0, "all’inizio della giornata mancano 2 ore"),
        (30, 1, "all’inizio della giornata manca 1 ora"),
        (31, 1, "all’inizio della giornata manca meno di un’ora"),
        (32, 0, "all’inizio della giornata manca meno di un’ora"),
        (32, 1, "la giornata è già iniziata"),
    ],
)
def test_what_is_left_is_said_in_words(office, thursday, hour, minute, words):
    moment = datetime.datetime(2021, 2, 10, tzinfo=ROME)
    moment += datetime.timedelta(hours=hour, minutes=minute)

    with pytest.raises(ValidationError) as refusal:
        revoke_day(thursday, reason="Sportello.", by=office.head, at=moment)

    assert refusal.value.messages[0].rpartition("; ")[2] == words


def test_a_later_schedule_gives_more_time(office, thursday):
    type(office.agreement).objects.update(day_begins_at=datetime.time(10))

    day = revoke_day(thursday, reason="Sportello.", by=office.head, at=TOO_LATE)

    assert day.state == "revoked"


def test_the_notice_is_the_one_of_the_act_in_force(office, thursday):
    factories.norm(key="revocation_hours", printed="48", starts_on=feb(2))

    with pytest.raises(ValidationError):
        revoked(thursday, office)


def test_without_an_hour_given_it_is_the_one_of_the_office(office, thursday):
    day = revoke_day(thursday, reason="Sportello.", by=office.head)

    assert day.state == "revoked"


def test_a_revocation_says_why(office, thursday):
    with pytest.raises(ValidationError) as refusal:
        revoke_day(thursday, reason=" ", by=office.head, at=IN_TIME)

    assert list(refusal.value.message_dict) == ["reason"]


def test_only_an_approved_day_is_revoked(office):
    [asked] = office.ask(feb(11))

    with pytest.raises(ValidationError) as refusal:
        revoked(asked, office)

    assert refusal.value.code == "stale"


def test_the_person_does_not_revoke(office, thursday):
    with pytest.raises(PermissionDenied):
        revoke_day(thursday, reason="No.", by=office.employee, at=IN_TIME)


# Another day in its place


def test_another_day_is_proposed_and_accepted(office, thursday):
    day = revoked(thursday, office, instead=feb(12))
    proposal = AgileDay.objects.get(replaces=day)

    answer_proposal(proposal, accept=True, by=office.employee)

    proposal.refresh_from_db()
    assert (proposal.day, proposal.state) == (feb(12), "approved")
    assert acts(proposal) == ["proposed", "accepted"]


def test_it_is_declined_and_takes_no_day_of_the_week(office, thursday):
    day = revoked(thursday, office, instead=feb(12))

    answer_proposal(AgileDay.objects.get(replaces=day), accept=False, by=office.employee)

    assert acts(AgileDay.objects.get(replaces=day)) == ["proposed", "declined"]
    assert len(office.ask(feb(10), feb(12))) == 2


def test_a_proposal_is_answered_once_and_by_the_person(office, thursday):
    day = revoked(thursday, office, instead=feb(12))
    proposal = AgileDay.objects.get(replaces=day)

    with pytest.raises(PermissionDenied):
        answer_proposal(proposal, accept=True, by=office.head)
    answer_proposal(proposal, accept=False, by=office.employee)
    with pytest.raises(ValidationError) as refusal:
        answer_proposal(proposal, accept=True, by=office.employee)

    assert refusal.value.code == "stale"


def test_a_day_that_has_come_is_not_accepted(office, thursday, settings):
    day = revoked(thursday, office, instead=feb(12))
    settings.DEMO_DATE = feb(12)

    with pytest.raises(ValidationError) as refusal:
        answer_proposal(AgileDay.objects.get(replaces=day), accept=True, by=office.employee)

    assert refusal.value.code == "past"


@pytest.mark.parametrize(
    ("instead", "code"), [(feb(22), "carried"), (feb(9), "taken"), (feb(13), "weekend")]
)
def test_the_day_in_its_place_keeps_the_limits(office, thursday, instead, code):
    with pytest.raises(ValidationError) as refusal:
        revoked(thursday, office, instead=instead)

    thursday.refresh_from_db()
    assert [one.code for one in refusal.value.error_list] == [code]
    assert thursday.state == "approved"


def test_a_full_week_takes_no_other_day(office, thursday):
    ask_days(person=office.person, days=[feb(15), feb(16), feb(17)], by=office.employee)

    with pytest.raises(ValidationError) as refusal:
        revoked(thursday, office, instead=feb(18))

    assert [one.code for one in refusal.value.error_list] == ["week"]


def test_it_is_proposed_later_too_once(office, thursday):
    day = revoked(thursday, office)

    propose_day(day, instead=feb(12), by=office.head)
    with pytest.raises(ValidationError) as refusal:
        propose_day(day, instead=feb(10), by=office.head)

    assert refusal.value.code == "stale"
    assert AgileDay.objects.get(replaces=day).day == feb(12)


def test_the_person_asks_for_another_day_instead_of_the_one_proposed(office, thursday):
    day = revoked(thursday, office, instead=feb(12))

    asked = ask_instead(day, instead=feb(10), by=office.employee)

    assert (asked.state, asked.replaces) == ("asked", day)
    assert AgileDay.objects.get(day=feb(12)).state == "declined"
    assert MonthPlan.objects.get(person=office.person).state == "submitted"


def test_what_is_being_written_is_not_submitted_with_it(office, thursday):
    day = revoked(thursday, office)
    office.ask(feb(22))

    ask_instead(day, instead=feb(10), by=office.employee)

    assert MonthPlan.objects.get(person=office.person).state == "draft"


def test_a_day_that_was_not_revoked_is_not_replaced(office, thursday):
    with pytest.raises(ValidationError):
        ask_instead(thursday, instead=feb(10), by=office.employee)
    with pytest.raises(PermissionDenied):
        ask_instead(thursday, instead=feb(10), by=office.head)


# Called back


def test_somebody_is_called_back_on_the_day_itself(office, thursday, settings):
    settings.DEMO_DATE = feb(11)

    day = recall_day(thursday, reason="La VPN non va.", by=office.head)

    assert (day.state, acts(day)[-1]) == ("recalled", "recalled")
    made = Incident.objects.get()
    assert (made.person, made.kind, made.happened_on) == (office.person, "technical", feb(11))
    assert (made.description, made.reported_by_label) == ("La VPN non va.", str(office.head))
    assert made.reported_on == feb(11)


def test_a_problem_that_the_person_reported_is_not_reported_twice(office, thursday, settings):
    settings.DEMO_DATE = feb(11)
    factories.incident(person=office.person, happened_on=feb(11))
    factories.incident(happened_on=feb(11))

    recall_day(thursday, reason="La VPN non va.", by=office.head)

    assert Incident.objects.filter(person=office.person).count() == 1


def test_not_on_another_day(office, thursday):
    with pytest.raises(ValidationError) as refusal:
        recall_day(thursday, reason="La VPN non va.", by=office.head)

    assert refusal.value.code == "day"


def test_only_an_approved_day_is_called_back(office, settings):
    [asked] = office.ask(feb(11))
    settings.DEMO_DATE = feb(11)

    with pytest.raises(ValidationError) as refusal:
        recall_day(asked, reason="La VPN non va.", by=office.head)

    assert refusal.value.code == "stale"
