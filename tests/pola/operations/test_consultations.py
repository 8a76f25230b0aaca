"""Steps of 5.3 are written down with their file; data for the Ministry belong to HR."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError

from organization.models import AuditEvent, PersonalData
from organization.operations import write_personal_data
from pola.models import AgileConsultation
from pola.operations.consultations import record_consultation
from strategy.evidence import Received
from tests import factories

TODAY = datetime.date(2021, 2, 10)
BORN = datetime.date(1980, 1, 1)


@pytest.fixture(autouse=True)
def demo_day(settings) -> None:
    settings.DEMO_DATE = TODAY


def recorded(user, **given) -> AgileConsultation:
    values = {"actor": "cug", "phase": "running", "held_on": TODAY, "outcome": "Due proposte."}
    return record_consultation(**values | given, by=user)


@pytest.mark.parametrize("who", ["personale", "pianificazione"])
def test_a_step_is_written_down_with_its_file(bergamo, who):
    file = Received("verbale.txt", b"Verbale", "text/plain")

    made = recorded(bergamo.user(who), file=file)

    with made.file.open("rb") as kept:
        assert (made.file_name, made.sha256, kept.read()) == (file.name, file.sha256, file.content)
    assert AuditEvent.objects.get(verb="agile_consultation.recorded").after == {
        "held_on": "2021-02-10",
        "outcome": "Due proposte.",
    }
    assert list(AgileConsultation.objects.visible_to(bergamo.user("oiv"))) == [made]
    assert not AgileConsultation.objects.visible_to(AnonymousUser()).exists()


def test_refusals_of_a_step(bergamo):
    with pytest.raises(PermissionDenied):
        recorded(bergamo.user("dirigente"))
    for given in ({"outcome": ""}, {"held_on": datetime.date(2021, 2, 11)}):
        with pytest.raises(ValidationError):
            recorded(bergamo.user("personale"), **given)
    assert not AgileConsultation.objects.exists()


def written(user, person, **given) -> PersonalData:
    values = {"tax_code": "RSSMRA80A01A794X", "born_on": BORN, "birthplace_code": "A794"}
    return write_personal_data(person, **values | given, by=user)


def test_hr_writes_the_data_for_the_ministry_and_the_trace_has_none_of_them(bergamo):
    hr, person = bergamo.user("personale"), factories.person()

    written(hr, person)
    again = written(hr, person, birthplace_code="F205")

    assert PersonalData.objects.get() == again
    event = AuditEvent.objects.filter(verb="personal_data.written").first()
    assert (event.before, event.after, event.note) == ({}, {}, "")
    assert [
        PersonalData.objects.visible_to(bergamo.user(who)).count()
        for who in ("personale", "segretario", "amministratore", "dipendente")
    ] == [1, 0, 0, 0]
    assert not PersonalData.objects.visible_to(AnonymousUser()).exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [({"tax_code": "RSSMRA"}, "tax_code"), ({"birthplace_code": "BG"}, "birthplace_code")],
)
def test_data_that_cannot_be_are_refused_on_their_field(bergamo, given, field):
    with pytest.raises(ValidationError) as refused:
        written(bergamo.user("personale"), factories.person(), **given)

    assert list(refused.value.message_dict) == [field]


def test_nobody_else_writes_them(bergamo):
    with pytest.raises(PermissionDenied):
        written(bergamo.user("amministratore"), factories.person())
