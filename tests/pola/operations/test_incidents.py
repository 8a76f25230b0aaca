"""Accidents and problems are reported by the person or by HR; the trace keeps nothing of them."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError

from organization.models import AuditEvent
from pola.models import Incident
from pola.operations.incidents import follow_incident, report_incident
from tests import factories

TODAY = datetime.date(2021, 2, 10)


@pytest.fixture(autouse=True)
def demo_day(settings) -> None:
    settings.DEMO_DATE = TODAY


def reported(bergamo, by, person=None, **given) -> Incident:
    user = bergamo.user(by)
    values = {"kind": "accident", "happened_on": TODAY, "description": "Caduta dalle scale"}
    return report_incident(person=person or user.person, **values | given, by=user)


def test_the_person_reports_and_the_trace_says_neither_who_nor_what(bergamo):
    made = reported(bergamo, "dipendente")

    event = AuditEvent.objects.get(verb="incident.reported")
    told = f"{event.actor_label} {event.target_label} {event.after} {event.note}"
    assert (event.actor_label, event.target_label) == ("camera_perf", "10.2.2021")
    assert "Caduta" not in told
    assert str(made.person) not in told
    assert not made.is_closed


def test_nobody_reports_for_somebody_else_but_hr(bergamo):
    person = bergamo.user("dipendente").person

    with pytest.raises(PermissionDenied):
        reported(bergamo, "responsabile", person)
    assert reported(bergamo, "personale", person).reported_by_label == str(
        bergamo.user("personale")
    )


def test_a_day_to_come_is_refused(bergamo):
    with pytest.raises(ValidationError):
        reported(bergamo, "dipendente", happened_on=datetime.date(2021, 2, 11))


def test_hr_writes_what_was_done(bergamo):
    made = reported(bergamo, "dipendente")

    with pytest.raises(ValidationError):
        follow_incident(made, follow_up=" ", by=bergamo.user("personale"))
    with pytest.raises(PermissionDenied):
        follow_incident(made, follow_up="Denuncia INAIL", by=bergamo.user("dipendente"))
    done = follow_incident(made, follow_up="Denuncia INAIL", by=bergamo.user("personale"))

    assert done.is_closed
    assert not Incident.objects.open().exists()


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        ("personale", {"accident", "technical"}),
        ("dipendente", {"accident", "technical"}),
        ("responsabile", {"technical"}),
        ("segretario", {"technical"}),
        ("amministratore", {"technical"}),
        ("pianificazione", set()),
        ("oiv", set()),
    ],
)
def test_accidents_are_read_by_hr_and_by_the_person_alone(bergamo, reader, seen):
    person = bergamo.user("dipendente").person
    for kind in ("accident", "technical"):
        factories.incident(person=person, kind=kind)

    found = Incident.objects.visible_to(bergamo.user(reader))

    assert set(found.values_list("kind", flat=True)) == seen


def test_a_stranger_reads_none(bergamo):
    factories.incident()

    assert not Incident.objects.visible_to(AnonymousUser()).exists()
