"""The registers of the demonstration, told once and only as far as they have happened."""

import datetime

import pytest

from camera_perf.demo import BERGAMO
from organization.models import PersonalData
from pola.demo_registers import load_registers_demo
from pola.invented_tax_codes import check_sign
from pola.models import AgileConsultation, Equipment, Incident
from pola.register_facts import equipment_held, remote_workers, trained, with_safety_receipt
from tests import factories

FEBRUARY, JANUARY = datetime.date(2021, 2, 10), datetime.date(2021, 1, 20)


def test_who_has_an_agreement_lacks_nothing_some_of_the_others_do(bergamo, settings):
    settings.DEMO_DATE = FEBRUARY
    holders = remote_workers(FEBRUARY).order_by("employee_number")[:25]
    for person in holders:
        factories.agreement(person=person)

    attended = load_registers_demo(BERGAMO)

    facts = [set(fact(FEBRUARY)) for fact in (trained, with_safety_receipt, equipment_held)]
    assert [len(people) for people in facts] == [attended, 56, 25]
    assert attended == 60
    assert all(set(holders) <= people for people in facts)
    assert (Equipment.objects.count(), Incident.objects.count()) == (50, 2)
    assert AgileConsultation.objects.count() == 6
    for made in PersonalData.objects.all():
        made.full_clean()
    assert load_registers_demo(BERGAMO) == 0


def test_what_has_yet_to_happen_is_left_out(bergamo, settings):
    settings.DEMO_DATE = JANUARY

    load_registers_demo(BERGAMO)

    assert (Incident.objects.count(), AgileConsultation.objects.count()) == (1, 5)


@pytest.mark.parametrize("code", ["RSSMRA80A01H501U", "RSSMRA85T10A562S"])
def test_the_check_sign_is_that_of_the_decree(code):
    assert check_sign(code[:-1]) == code[-1]
