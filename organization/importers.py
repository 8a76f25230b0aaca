"""The Chamber from its files: institution, units, posts, people, appointments, accounts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from organization.doubts import Doubt
from organization.loading import (
    Record,
    Stamp,
    found,
    once,
    read_records,
    read_settings,
    store,
    store_tree,
)
from organization.models import Appointment, EstablishedPosts, Institution, Person, Unit, User


@dataclass(frozen=True, kw_only=True)
class OrganizationFiles:
    """What the files of the Chamber say, before anything is stored."""

    institution: dict[str, Any]
    units: list[Record]
    posts: list[Record]
    people: list[Record]
    appointments: list[Record]


def read_organization(directory: Path) -> OrganizationFiles:
    """Read the files of the Chamber."""
    return OrganizationFiles(
        institution=read_settings(directory / "institution.toml"),
        units=read_records(directory / "units.csv"),
        posts=read_records(directory / "established_posts.csv"),
        people=read_records(directory / "people.csv"),
        appointments=read_records(directory / "appointments.csv"),
    )


def import_organization(files: OrganizationFiles, *, stamp: Stamp) -> list[Doubt]:
    """Store the Chamber. One that is already recorded stays as it is."""
    if Institution.objects.exists():
        return []
    institution = Institution(**files.institution)
    institution.full_clean()
    institution.save(force_insert=True)
    units = _store_units(files.units, stamp=stamp)
    acts = list(dict.fromkeys(record["act"] for record in files.posts))
    store(
        EstablishedPosts,
        [
            EstablishedPosts(
                act=record["act"],
                category=record["category"],
                posts=record.number("posts"),
                position=acts.index(record["act"]) + 1,
            )
            for record in files.posts
        ],
        stamp=stamp,
    )
    people = _store_people(files.people, units, stamp=stamp)
    _store_appointments(files.appointments, people, units, stamp=stamp)
    return organization_doubts(files)


def organization_doubts(files: OrganizationFiles) -> list[Doubt]:
    """What the plan does not say about the Chamber and its acts want to know."""
    missing = {"ipa_code": _("IPA code"), "tax_code": _("tax code")}
    return [
        Doubt(
            place=files.institution["name"],
            text=_("The plan does not print this: %(what)s.") % {"what": label},
            question=_("What is missing about the institution?"),
        )
        for field, label in missing.items()
        if not files.institution.get(field)
    ]


def import_users(directory: Path, *, password: str, stamp: Stamp) -> list[User]:
    """Store the accounts of the file that are not there yet, all with one password."""
    known = set(User.objects.values_list("username", flat=True))
    records = [
        record
        for record in read_records(directory / "users.csv")
        if record["username"] not in known
    ]
    if not records:
        return []
    people = _people_by_key(read_records(directory / "people.csv"))
    hashed = make_password(password)
    return store(
        User,
        [
            User(
                username=record["username"],
                password=hashed,
                email=record["email"],
                is_staff=record.is_true("is_staff"),
                is_superuser=record.is_true("is_superuser"),
                person=found(people, record["person"], place="users.csv"),
            )
            for record in records
        ],
        stamp=stamp,
    )


def _people_by_key(records: list[Record]) -> dict[str, Person]:
    """The people of the file as they are recorded, by the key of the file."""
    recorded = {
        (person.employee_number, person.first_name, person.last_name): person
        for person in Person.objects.all()
    }
    named = {
        record["key"]: (record["employee_number"], record["first_name"], record["last_name"])
        for record in records
    }
    return {key: recorded[name] for key, name in named.items() if name in recorded}


def _store_units(records: list[Record], *, stamp: Stamp) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for record in once(records, "slug"):
        parent = record["parent"]
        units[record["slug"]] = Unit(
            slug=record["slug"],
            name=record["name"],
            short_name=record["short_name"],
            code=record["code"],
            kind=record["kind"],
            position=record.number("position"),
            parent=found(units, parent, place="units.csv") if parent else None,
        )
    store_tree(Unit, list(units.values()), parent="parent", stamp=stamp)
    return units


def _store_people(
    records: list[Record], units: dict[str, Unit], *, stamp: Stamp
) -> dict[str, Person]:
    people = {
        record["key"]: Person(
            first_name=record["first_name"],
            last_name=record["last_name"],
            employee_number=record["employee_number"],
            category=record["category"],
            gender=record["gender"],
            part_time_percent=record.number("part_time_percent"),
            hired_on=record.day_if_any("hired_on"),
            left_on=record.day_if_any("left_on"),
            unit=found(units, record["unit"], place="people.csv"),
        )
        for record in once(records, "key")
    }
    store(Person, people.values(), stamp=stamp)
    return people


def _store_appointments(
    records: list[Record],
    people: dict[str, Person],
    units: dict[str, Unit],
    *,
    stamp: Stamp,
) -> None:
    store(
        Appointment,
        [
            Appointment(
                person=found(people, record["person"], place="appointments.csv"),
                role=record["role"],
                unit=found(units, record["unit"], place="appointments.csv"),
                starts_on=record.day("starts_on"),
                ends_on=record.day_if_any("ends_on"),
            )
            for record in records
        ],
        stamp=stamp,
    )
