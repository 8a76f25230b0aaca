"""Closures, absences, secret addresses, messages: what happens and what is refused."""

import datetime
from smtplib import SMTPException
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from icalendar import Calendar

from organization.enums import Role
from organization.models import AuditEvent
from pola.models import Absence, AgileDay, CalendarFeed, Closure, DayEvent, DayNotice
from pola.operations.asking import submit_month
from pola.operations.day_calendar import (
    close_office,
    record_absence,
    remove_absence,
    remove_closure,
)
from pola.operations.day_notices import (
    Delivery,
    queue_approved,
    send_notices,
    send_notices_job,
    send_one,
)
from pola.operations.deciding import return_month
from pola.operations.feeds import make_feed, revoke_feed
from pola.operations.revoking import answer_proposal, recall_day, revoke_day
from pola.reports.day_feeds import feed_bytes
from tests import factories
from tests.pola.agile_office import feb

ROME = ZoneInfo("Europe/Rome")
MORNING = datetime.datetime(2021, 2, 2, 9, tzinfo=ROME)
NIGHT = datetime.datetime(2021, 2, 2, 20, tzinfo=ROME)


@pytest.fixture
def hr(office):
    user = factories.user()
    factories.appointment(person=user.person, role=Role.HR, unit=user.person.unit)
    return user


@pytest.fixture
def reached(office):
    """The employee has an address."""
    office.employee.email = "agile@example.org"
    office.employee.save()
    return office


def files_of(message) -> dict[str, Calendar]:
    return {
        part.get_filename(): Calendar.from_ical(part.get_payload(decode=True))
        for part in message.attachments
    }


def states(office) -> dict[int, str]:
    return {one.day.day: one.state for one in AgileDay.objects.filter(person=office.person)}


# Closures and absences


@pytest.mark.parametrize("whole", [True, False])
def test_a_closure_takes_the_days_away(office, hr, whole):
    office.approved(feb(9))
    other = factories.agile_day(day=feb(9))

    closure = close_office(
        unit=None if whole else office.unit.parent,
        starts_on=feb(9),
        ends_on=feb(9),
        reason="Ponte",
        by=hr,
    )

    other.refresh_from_db()
    assert (states(office), other.state) == ({9: "cancelled"}, "cancelled" if whole else "asked")
    assert DayEvent.objects.filter(act="taken", day__person=office.person).get().note
    [act] = AuditEvent.objects.filter(verb="office.closed")
    assert ("unit" in act.after, act.target_id) == (not whole, str(closure.pk))


def test_a_proposal_on_a_closed_day_falls(office, hr):
    [one] = office.approved(feb(11))
    revoke_day(one, reason="Sportello.", by=office.head, instead=feb(12))

    close_office(unit=None, starts_on=feb(12), ends_on=feb(12), reason="Ponte", by=hr)

    assert states(office) == {11: "revoked", 12: "cancelled"}
    assert not DayEvent.objects.filter(act="declined").exists()


def test_the_past_is_not_closed_and_not_by_anybody(office, hr):
    dates = {"starts_on": datetime.date(2021, 1, 4), "ends_on": feb(9)}

    with pytest.raises(ValidationError):
        close_office(unit=None, reason="Ponte", by=hr, **dates)
    with pytest.raises(PermissionDenied):
        close_office(unit=None, reason="Ponte", by=office.head, **dates)


def test_an_absence_takes_the_days_away_and_never_says_why(office, hr):
    office.approved(feb(9), feb(11))

    absence = record_absence(person=office.person, starts_on=feb(9), ends_on=feb(10), by=hr)

    assert states(office) == {9: "cancelled", 11: "approved"}
    with pytest.raises(ValidationError):
        record_absence(person=office.person, starts_on=feb(10), ends_on=feb(12), by=hr)
    with pytest.raises(PermissionDenied):
        record_absence(person=office.person, starts_on=feb(16), ends_on=feb(16), by=office.head)
    with pytest.raises(PermissionDenied):
        remove_absence(absence, by=office.head)


def test_closures_and_absences_are_taken_back(office, hr):
    remove_closure(factories.closure(), by=hr)
    remove_absence(factories.absence(person=office.person), by=hr)

    verbs = AuditEvent.objects.filter(verb__in=["office.reopened", "absence.removed"])
    assert verbs.count() == 2
    assert len(office.ask(feb(8), feb(15))) == 2


def test_what_was_taken_back_already_is_told(office, hr):
    closure, absence = factories.closure(), factories.absence(person=office.person)
    read = [Closure.objects.get(pk=closure.pk), Absence.objects.get(pk=absence.pk)]
    remove_closure(closure, by=hr)
    remove_absence(absence, by=hr)

    for remove, held in zip((remove_closure, remove_absence), read, strict=True):
        with pytest.raises(ValidationError) as refusal:
            remove(held, by=hr)
        assert refusal.value.code == "gone"

    verbs = AuditEvent.objects.filter(verb__in=["office.reopened", "absence.removed"])
    assert verbs.count() == 2


def test_the_register_of_acts_says_neither_who_is_absent_nor_when(office, hr):
    made = record_absence(person=office.person, starts_on=feb(16), ends_on=feb(16), by=hr)
    remove_absence(made, by=hr)

    events = AuditEvent.objects.filter(target_type="pola.absence")

    assert sorted(event.verb for event in events) == ["absence.recorded", "absence.removed"]
    assert {event.target_label for event in events} == {"Assenza dal lavoro"}
    assert [(event.before, event.after) for event in events] == [({}, {}), ({}, {})]


def test_a_day_that_falls_is_told_and_leaves_the_calendar(reached, hr, mailoutbox):
    reached.approved(feb(9))
    reached.ask(feb(10))
    DayNotice.objects.update(sent_at=MORNING)

    record_absence(person=reached.person, starts_on=feb(9), ends_on=feb(10), by=hr)
    send_notices(now=MORNING)

    [message] = mailoutbox
    calendar = files_of(message)["giornate-annullate.ics"]
    assert "9.2.2021, 10.2.2021" in message.body
    assert (calendar["METHOD"], [one.start for one in calendar.events]) == ("CANCEL", [feb(9)])


def test_days_that_were_only_asked_are_told_without_a_calendar(reached, hr, mailoutbox):
    reached.ask(feb(9))

    close_office(unit=None, starts_on=feb(9), ends_on=feb(9), reason="Ponte", by=hr)
    send_notices(now=MORNING)

    [message] = mailoutbox
    assert ("Ponte" in message.body, message.attachments) == (True, [])


@pytest.mark.parametrize("others", [0, 2])
def test_each_person_whose_days_fall_is_told(office, hr, others):
    office.approved(feb(9), feb(11))
    for _number in range(others):
        factories.agile_day(day=feb(9))
    DayNotice.objects.all().delete()

    close_office(unit=None, starts_on=feb(9), ends_on=feb(11), reason="Ponte", by=hr)

    assert DayNotice.objects.count() == 1 + others


# Addresses of calendars, read with two libraries of calendars


def days_in(feed: CalendarFeed) -> list[tuple[datetime.date, str]]:
    """The calendar as a program reads it: the day and the state of each entry."""
    text = feed_bytes(feed).decode()
    read = vobject.readOne(text)
    entries = [(one.dtstart.value, one.status.value) for one in read.contents.get("vevent", [])]
    again = Calendar.from_ical(text)
    assert [one.start for one in again.events] == [day for day, _status in entries]
    return entries


def test_the_own_calendar_follows_every_change(office):
    feed = make_feed(by=office.employee)
    told = [days_in(feed)]
    office.approved(feb(9), feb(11))
    told.append(days_in(feed))
    revoke_day(
        AgileDay.objects.get(day=feb(11)), reason="Sportello.", by=office.head, instead=feb(12)
    )
    told.append(days_in(feed))
    office.ask(feb(23))
    told.append(days_in(feed))

    assert told == [
        [],
        [(feb(9), "CONFIRMED"), (feb(11), "CONFIRMED")],
        [(feb(9), "CONFIRMED"), (feb(12), "TENTATIVE")],
        [(feb(9), "CONFIRMED"), (feb(12), "TENTATIVE"), (feb(23), "TENTATIVE")],
    ]


def test_the_calendar_of_a_unit_has_what_was_submitted(office):
    feed, own = make_feed(by=office.head, unit=office.unit), make_feed(by=office.employee)
    office.ask(feb(9))
    written = [days_in(feed), days_in(own)]
    submit_month(person=office.person, month=feb(1), by=office.employee)

    assert written == [[], [(feb(9), "TENTATIVE")]]
    assert days_in(feed) == [(feb(9), "TENTATIVE")]


def test_entries_are_whole_days_that_keep_their_name(office):
    feed = make_feed(by=office.employee)
    [one] = office.approved(feb(9))

    [event] = Calendar.from_ical(feed_bytes(feed)).events

    assert (event.start, event.end, event["SUMMARY"]) == (feb(9), feb(10), "Lavoro agile")
    assert (event["UID"].startswith(f"giornata-{one.pk}@"), event["SEQUENCE"]) == (True, 2)
    assert event["TRANSP"] == "TRANSPARENT"


def test_a_new_address_ends_the_one_before(office):
    first, second = make_feed(by=office.employee), make_feed(by=office.employee)

    revoke_feed(second, by=office.employee)
    revoke_feed(second, by=office.employee)

    first.refresh_from_db()
    assert first.revoked_at
    assert first.token != second.token
    assert AuditEvent.objects.filter(verb="calendar.revoked").count() == 1
    assert not any(first.token in str(act.after) for act in AuditEvent.objects.all())


def test_addresses_are_ones_own(office):
    feed = make_feed(by=office.employee)

    with pytest.raises(PermissionDenied):
        revoke_feed(feed, by=office.head)
    with pytest.raises(PermissionDenied):
        make_feed(by=office.employee, unit=office.unit)
    with pytest.raises(PermissionDenied):
        make_feed(by=factories.user(person=None))


def test_the_calendar_of_a_unit_names_its_people(office):
    office.approved(feb(9))
    feed = make_feed(by=office.head, unit=office.unit)

    [event] = Calendar.from_ical(feed_bytes(feed)).events

    assert event["SUMMARY"] == f"Lavoro agile: {office.person}"


# Messages


def test_an_approval_is_written_with_the_days_as_a_calendar(reached, mailoutbox):
    factories.institution(email="camera@example.org")
    reached.approved(feb(9), feb(11))

    run = send_notices(now=MORNING)

    [message] = mailoutbox
    assert (run.sent, message.to) == (["agile@example.org"], ["agile@example.org"])
    assert (list(files_of(message)), "9.2.2021, 11.2.2021" in message.body) == (
        ["giornate.ics"],
        True,
    )
    calendar = files_of(message)["giornate.ics"]
    assert (calendar["METHOD"], len(calendar.events)) == ("PUBLISH", 2)
    assert calendar.events[0]["ORGANIZER"] == "mailto:camera@example.org"


def test_a_revocation_takes_the_day_out_of_the_calendar(reached, mailoutbox):
    [one] = reached.approved(feb(11))
    revoke_day(one, reason="Sportello.", by=reached.head, instead=feb(12))

    send_notices(now=MORNING)

    calendar = files_of(mailoutbox[1])["giornate-annullate.ics"]
    assert (calendar["METHOD"], calendar.events[0]["STATUS"]) == ("CANCEL", "CANCELLED")
    assert "Sportello." in mailoutbox[1].body


def test_a_proposal_accepted_goes_into_the_calendar(reached, mailoutbox):
    [one] = reached.approved(feb(11))
    revoke_day(one, reason="Sportello.", by=reached.head, instead=feb(12))
    DayNotice.objects.update(sent_at=MORNING)

    answer_proposal(AgileDay.objects.get(day=feb(12)), accept=True, by=reached.employee)
    send_notices(now=MORNING)

    [message] = mailoutbox
    calendar = files_of(message)["giornate.ics"]
    assert [(one.start, one["STATUS"]) for one in calendar.events] == [(feb(12), "CONFIRMED")]


def test_nobody_is_written_to_at_night_and_all_in_the_morning(reached, mailoutbox, settings):
    [one] = reached.approved(feb(9))
    settings.DEMO_DATE = feb(9)
    recall_day(one, reason="La VPN non va.", by=reached.head)

    at_night = send_notices(now=NIGHT)
    in_the_morning = send_notices(now=MORNING)
    again = send_notices(now=MORNING)

    assert (at_night.is_quiet, at_night.sent) == (True, [])
    assert (len(in_the_morning.sent), len(again.sent), len(mailoutbox)) == (2, 0, 2)


def test_the_hours_of_rest_are_those_of_the_rule(reached, mailoutbox):
    factories.norm(key="rest_begins", printed="8.30", starts_on=feb(2))
    reached.approved(feb(9))

    assert (send_notices(now=MORNING).is_quiet, mailoutbox) == (True, [])


@pytest.mark.parametrize(("whole", "is_quiet"), [(True, True), (False, False)])
def test_nobody_is_written_to_while_the_whole_chamber_is_closed(
    reached, mailoutbox, whole, is_quiet
):
    reached.approved(feb(9))
    unit = None if whole else reached.unit
    factories.closure(unit=unit, starts_on=MORNING.date(), ends_on=MORNING.date())

    assert (send_notices(now=MORNING).is_quiet, not mailoutbox) == (is_quiet, is_quiet)


def test_what_is_not_approved_and_returned_is_told(reached, mailoutbox, settings):
    settings.BASE_URL = ""
    plan = reached.submitted(feb(9))
    return_month(plan, reason="Meglio il 10.", by=reached.head)
    queue_approved(reached.person, [], [AgileDay.objects.get()], reason="No.", at=MORNING)

    send_notices(now=MORNING)

    assert [bool(message.attachments) for message in mailoutbox] == [False, False]
    assert "Meglio il 10." in mailoutbox[1].body
    assert "http" not in mailoutbox[0].body


def test_who_has_no_address_is_told_on_the_pages_alone(office, mailoutbox):
    office.approved(feb(9))

    assert (send_notices(now=MORNING).sent, mailoutbox) == ([], [])
    assert DayNotice.objects.waiting().count() == 0


class Deaf(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, email_messages):
        raise SMTPException("no")


def test_what_the_server_refuses_is_tried_again(reached, settings):
    reached.approved(feb(9))
    settings.EMAIL_BACKEND = f"{__name__}.Deaf"

    run = send_notices(now=MORNING)

    assert (len(run.failed), DayNotice.objects.waiting().count()) == (1, 1)


def test_a_message_sent_meanwhile_is_not_sent_again(reached, mailoutbox):
    reached.approved(feb(9))
    notice = DayNotice.objects.get()
    DayNotice.objects.update(sent_at=MORNING)

    run = Delivery()
    send_one(notice.pk, run, None)
    send_notices_job.call()

    assert (run, mailoutbox) == (Delivery(), [])
