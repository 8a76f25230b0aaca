"""The registers of the demonstration: courses, notices, equipment, reports, consultations, and the
data of invented people for the Ministry. What has yet to happen on the day of the office is left
out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from organization import clock
from organization.loading import Stamp, read_settings, store
from organization.models import Person, PersonalData
from pola.enums import EquipmentKind
from pola.invented_tax_codes import BIRTHPLACE, invented_birth, invented_tax_code
from pola.models import (
    AgileConsultation,
    Agreement,
    Equipment,
    Incident,
    SafetyNotice,
    SafetyReceipt,
    TrainingAttendance,
    TrainingCourse,
)
from pola.register_facts import remote_workers

Told = dict[str, Any]
WITHOUT_DATA = 20  # one in so many has nothing written for the Ministry yet


@transaction.atomic
def load_registers_demo(directory: Path) -> int:
    """Fill the registers once, after the agreements; how many people attended a course."""
    if TrainingCourse.objects.exists():
        return 0
    told = read_settings(directory / "pola" / "registers.toml")
    keeper = Person.objects.get(employee_number=told["kept_by"])
    stamp = Stamp(str(keeper), _noon(told["notice"]["issued_on"]))
    today = clock.today()
    holding = set(Agreement.objects.values_list("person", flat=True))
    people = list(remote_workers(today).order_by("employee_number"))
    holders = [one for one in people if one.pk in holding]
    others = [one for one in people if one.pk not in holding]
    attended = holders + _but_one_in(told["lacks_course"], others)
    for values in told["courses"]:
        [course] = store(TrainingCourse, [TrainingCourse(**values)], stamp=stamp)
        rows = [TrainingAttendance(course=course, person=one) for one in attended]
        store(TrainingAttendance, rows, stamp=stamp)
    _store_notice(told["notice"], holders + _but_one_in(told["lacks_notice"], others), stamp)
    running = set(Agreement.objects.covering(on=today).values_list("person", flat=True))
    working = [one for one in holders if one.pk in running]
    store(Equipment, _equipment(told["equipment"], working or holders), stamp=stamp)
    by_number = {one.employee_number: one for one in people}
    store(Incident, _incidents(told, by_number, str(keeper), today), stamp=stamp)
    store(AgileConsultation, _consultations(told, str(keeper), today), stamp=stamp)
    store(PersonalData, _data(holders), stamp=stamp)
    return len(attended)


def _but_one_in(number: int, people: list[Person]) -> list[Person]:
    return [one for place, one in enumerate(people) if place % number]


def _store_notice(told: Told, people: Iterable[Person], stamp: Stamp) -> None:
    notice = SafetyNotice(title=told["title"], issued_on=told["issued_on"])
    store(SafetyNotice, [notice], stamp=stamp)
    rows = [
        SafetyReceipt(notice=notice, person=one, received_on=told["received_on"]) for one in people
    ]
    store(SafetyReceipt, rows, stamp=stamp)


def _equipment(told: Told, people: Iterable[Person]) -> list[Equipment]:
    """A PC with its number and an access for each: VDI for one in so many, VPN for the others."""
    made = []
    for place, one in enumerate(people):
        access = EquipmentKind.VPN if place % told["one_vdi_in"] else EquipmentKind.VDI
        for kind, number in (
            (EquipmentKind.PC, f"PC-{told['first_number'] + place}"),
            (access, f"{access}-{one.employee_number}"),
        ):
            day = told["delivered_on"]
            made.append(Equipment(person=one, kind=kind, number=number, delivered_on=day))
    return made


def _incidents(
    told: Told, people: dict[str, Person], keeper: str, today: datetime.date
) -> list[Incident]:
    return [
        Incident(
            **values | {"person": people[values["person"]]},
            reported_at=_noon(values["reported_on"]),
            reported_by_label=keeper,
        )
        for values in told["incidents"]
        if values["reported_on"] <= today
    ]


def _consultations(told: Told, keeper: str, today: datetime.date) -> list[AgileConsultation]:
    return [
        AgileConsultation(**values, recorded_at=_noon(values["held_on"]), recorded_by_label=keeper)
        for values in told["consultations"]
        if values["held_on"] <= today
    ]


def _data(people: Iterable[Person]) -> list[PersonalData]:
    return [
        PersonalData(
            person=one,
            tax_code=invented_tax_code(one, place),
            born_on=invented_birth(place),
            birthplace_code=BIRTHPLACE,
        )
        for place, one in enumerate(people)
        if place % WITHOUT_DATA
    ]


def _noon(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
