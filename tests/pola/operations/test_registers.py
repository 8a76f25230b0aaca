"""HR keeps the registers: equipment, courses, safety notices; the database refuses doubles."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organization.models import AuditEvent
from pola.models import Equipment, SafetyReceipt, TrainingAttendance
from pola.operations.registers import (
    deliver_equipment,
    issue_notice,
    record_attendance,
    record_course,
    record_receipts,
    remove_attendance,
    remove_receipt,
    return_equipment,
)
from pola.register_facts import equipment_held, remote_workers, trained, with_safety_receipt
from tests import factories

TODAY = datetime.date(2021, 2, 10)
YESTERDAY, TOMORROW = datetime.date(2021, 2, 9), datetime.date(2021, 2, 11)


@pytest.fixture(autouse=True)
def demo_day(settings) -> None:
    settings.DEMO_DATE = TODAY


@pytest.fixture
def hr(bergamo):
    return bergamo.user("personale")


def delivered(hr, **given) -> Equipment:
    person = given.pop("person", None) or factories.person()
    defaults = {"kind": "pc", "number": "PC-1", "delivered_on": YESTERDAY}
    return deliver_equipment(person=person, **defaults | given, by=hr)


def test_equipment_goes_out_and_comes_back(hr):
    item = delivered(hr)

    assert list(equipment_held(TODAY)) == [item.person]
    back = return_equipment(item, returned_on=TODAY, by=hr)

    assert (back.returned_on, list(equipment_held(TODAY))) == (TODAY, [])
    assert list(equipment_held(YESTERDAY)) == [item.person]
    assert [event.verb for event in AuditEvent.objects.about(item).order_by("pk")] == [
        "equipment.delivered",
        "equipment.returned",
    ]
    with pytest.raises(ValidationError):
        return_equipment(back, returned_on=TODAY, by=hr)


@pytest.mark.parametrize(
    "given",
    [{"kind": "vpn", "number": "PC-1"}, {"number": "PC-2"}],
    ids=["same number, other kind", "other number"],
)
def test_what_may_stand_beside_an_item(hr, given):
    delivered(hr)

    assert delivered(hr, **given).pk


def test_one_of_a_kind_for_a_person_and_a_number_with_one_person(hr):
    item = delivered(hr)

    with pytest.raises(ValidationError):
        delivered(hr, person=item.person, number="PC-2")
    with pytest.raises(ValidationError):
        delivered(hr)
    with pytest.raises(ValidationError) as to_come:
        delivered(hr, number="PC-3", delivered_on=TOMORROW)
    with pytest.raises(ValidationError):
        return_equipment(item, returned_on=datetime.date(2021, 1, 1), by=hr)
    assert list(to_come.value.message_dict) == ["delivered_on"]


def test_a_course_is_attended_by_many_at_once(hr):
    course = record_course(title="Sicurezza", held_on=YESTERDAY, hours=Decimal(2), by=hr)
    people = [factories.person() for _ in range(3)]

    made = record_attendance(course, people=people, by=hr)
    again = record_attendance(course, people=people[:1], by=hr)

    assert (len(made), again) == (3, [])
    assert set(trained(TODAY)) == set(people)
    assert not trained(datetime.date(2021, 2, 8)).exists()
    event = AuditEvent.objects.get(verb="course.attended")
    assert (event.after, str(people[0]) in event.note) == ({"people": 3}, True)
    assert TrainingAttendance.history.count() == 3


def test_who_was_written_down_by_mistake_is_taken_off(hr):
    attendance, receipt = factories.training_attendance(), factories.safety_receipt()

    remove_attendance(attendance, by=hr)
    remove_receipt(receipt, by=hr)

    assert (TrainingAttendance.objects.count(), SafetyReceipt.objects.count()) == (0, 0)
    assert AuditEvent.objects.filter(verb__endswith="_removed").count() == 2


def test_nobody_attends_a_course_to_come(hr):
    course = record_course(title="Futuro", held_on=TOMORROW, hours=Decimal(2), by=hr)

    with pytest.raises(ValidationError):
        record_attendance(course, people=[factories.person()], by=hr)
    with pytest.raises(ValidationError):
        record_course(title="Futuro", held_on=TOMORROW, hours=Decimal(2), by=hr)


def test_a_notice_counts_for_a_year(hr):
    notice = issue_notice(title="Informativa", issued_on=YESTERDAY, by=hr)
    person = factories.person()

    record_receipts(notice, people=[person], received_on=TODAY, by=hr)

    days = [YESTERDAY, TODAY, datetime.date(2022, 2, 9), datetime.date(2022, 2, 10)]
    assert [with_safety_receipt(day).exists() for day in days] == [False, True, True, False]
    assert record_receipts(notice, people=[person], received_on=TODAY, by=hr) == []


def test_the_year_of_a_notice_ends_on_28_february_for_the_29th(hr):
    factories.safety_receipt(received_on=datetime.date(2023, 3, 1))

    assert with_safety_receipt(datetime.date(2024, 2, 29)).exists()


@pytest.mark.parametrize("day", [TOMORROW, datetime.date(2021, 2, 8)], ids=["to come", "before"])
def test_a_receipt_of_an_impossible_day_is_refused(hr, day):
    notice = issue_notice(title="Informativa", issued_on=YESTERDAY, by=hr)

    with pytest.raises(ValidationError) as refused:
        record_receipts(notice, people=[factories.person()], received_on=day, by=hr)

    assert list(refused.value.message_dict) == ["received_on"]


@pytest.mark.parametrize("who", ["responsabile", "dirigente", "pianificazione", "oiv"])
def test_only_hr_keeps_the_registers(bergamo, who):
    by = bergamo.user(who)

    for refused in (
        lambda: delivered(by),
        lambda: return_equipment(factories.equipment(), returned_on=TODAY, by=by),
        lambda: record_course(title="C", held_on=TODAY, hours=Decimal(1), by=by),
        lambda: record_attendance(factories.training_course(), people=[], by=by),
        lambda: remove_attendance(factories.training_attendance(), by=by),
        lambda: issue_notice(title="N", issued_on=TODAY, by=by),
        lambda: record_receipts(factories.safety_notice(), people=[], received_on=TODAY, by=by),
        lambda: remove_receipt(factories.safety_receipt(), by=by),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_who_was_taken_off_already_is_told(bergamo):
    hr = bergamo.user("personale")
    attendance, receipt = factories.training_attendance(), factories.safety_receipt()
    read = [type(one).objects.get(pk=one.pk) for one in (attendance, receipt)]
    remove_attendance(attendance, by=hr)
    remove_receipt(receipt, by=hr)

    for remove, held in zip((remove_attendance, remove_receipt), read, strict=True):
        with pytest.raises(ValidationError) as refusal:
            remove(held, by=hr)
        assert refusal.value.code == "gone"

    removed = ["course.attendance_removed", "notice.receipt_removed"]
    assert AuditEvent.objects.filter(verb__in=removed).count() == 2


def test_72_people_can_work_remotely(bergamo):
    assert remote_workers(TODAY).count() == 72
