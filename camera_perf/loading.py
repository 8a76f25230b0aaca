"""A whole plan from its directory of files: what `load_plan` and `load_demo` do."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from indicators.doubts import indicator_doubts
from indicators.importers import import_indicators, read_indicators
from indicators.models import Indicator
from indicators.records import IndicatorRecord
from organization import audit
from organization.doubts import Doubt, by_question
from organization.importers import import_organization, import_users, read_organization
from organization.loading import LoadError, Stamp, read_settings
from organization.models import User
from pola.importers import import_pola, read_pola
from strategy.acts import Act
from strategy.document_importers import (
    import_sections,
    import_tables,
    read_sections,
    read_tables,
)
from strategy.doubts import figure_doubts
from strategy.enums import MapKind
from strategy.figures import Figures
from strategy.importers import import_plan, read_plan
from strategy.models import Edition, Plan
from strategy.operations import adopt_edition, publish_plan

NOON = datetime.time(12)
# What `plan.toml` must say, and as what.
DETAILS = {
    "first_year": int,
    "title": str,
    "revision": int,
    "reference_date": datetime.date,
    "act_type": str,
    "act_body": str,
    "act_number": str,
    "act_date": datetime.date,
}
DAYS_OF_PREPARATION = 5  # the history of loaded rows starts this long before the act
NOTE_LENGTH = 2000


class PlanExistsError(LoadError):
    """The plan of that triennium is already recorded."""


@dataclass(frozen=True)
class LoadedPlan:
    """A plan just loaded, and what the office has to be asked about it."""

    plan: Plan
    doubts: list[Doubt]


def plan_details(directory: Path) -> dict[str, Any]:
    """What `plan.toml` says of plan and act; an error names what is missing or cannot be so."""
    path = directory / "plan.toml"
    details = read_settings(path)
    for name, kind in DETAILS.items():
        if type(details.get(name)) is not kind:
            raise LoadError(
                _("%(file)s: “%(name)s” is missing or is not written as it must be.")
                % {"file": path, "name": name}
            )
    return details


def existing_plan(directory: Path) -> Plan | None:
    """The plan of the triennium of the directory, when it is already recorded."""
    first_year = plan_details(directory)["first_year"]
    return Plan.objects.filter(first_year=first_year).first()


@transaction.atomic
def load_plan(directory: Path) -> LoadedPlan:
    """Load Chamber, indicators, plan, document and agile work; all or nothing.

    Refuses a plan that is already recorded. The doubts are recorded with the act of loading.
    """
    if plan := existing_plan(directory):
        raise PlanExistsError(
            _("The plan %(label)s is already recorded: nothing was loaded.") % {"label": plan.label}
        )
    details = plan_details(directory) | {"figure_checks": figure_checks(directory)}
    stamp = stamp_of(details)
    doubts = import_organization(read_organization(directory), stamp=stamp)
    records = {
        MapKind.STRATEGY.value: read_indicators(directory / "indicators.csv"),
        MapKind.POLA.value: read_indicators(directory / "pola" / "indicators.csv"),
    }
    indicators = {tree: _store(lines, details, stamp) for tree, lines in records.items()}
    for lines in records.values():
        doubts += indicator_doubts(lines, first_year=details["first_year"])
    plan, plan_doubts = import_plan(read_plan(directory), details, indicators, stamp=stamp)
    doubts += plan_doubts
    doubts += _load_document(directory, plan, records, stamp=stamp)
    doubts += import_pola(plan, read_pola(directory), stamp=stamp)
    _record(plan, doubts)
    return LoadedPlan(plan, doubts)


def _store(
    records: list[IndicatorRecord], details: dict[str, Any], stamp: Stamp
) -> dict[str, Indicator]:
    return import_indicators(
        records,
        cycle=details["first_year"],
        measured_on=details["reference_date"],
        stamp=stamp,
    )


def _load_document(
    directory: Path,
    plan: Plan,
    records: dict[str, list[IndicatorRecord]],
    *,
    stamp: Stamp,
) -> list[Doubt]:
    """Store tables of figures and sections; the doubts are those of the declared checks."""
    tables = read_tables(directory)
    stored = import_tables(plan, tables.values(), stamp=stamp)
    import_sections(plan, read_sections(directory), stored, stamp=stamp)
    named = {record.name: record for lines in records.values() for record in lines}
    return figure_doubts(Figures(tables, named), plan.figure_checks)


def figure_checks(directory: Path) -> dict[str, Any]:
    """Which printed figures must follow from which, as `checks.toml` declares it; kept with the
    plan, so that they are checked again whenever it changes."""
    checks = directory / "checks.toml"
    return read_settings(checks) if checks.exists() else {}


def _record(plan: Plan, doubts: list[Doubt]) -> None:
    """Leave the act of loading in the trace: doubts in full, and in words as far as they fit."""
    counts = Counter({question: len(group) for question, group in by_question(doubts).items()})
    words = "\n".join(f"{count} - {question}" for question, count in counts.items())
    audit.record(
        "plan.loaded",
        target=plan,
        by=None,
        after={
            "doubts": [
                {"place": doubt.place, "text": doubt.text, "question": doubt.question}
                for doubt in doubts
            ]
        },
        note=words[:NOTE_LENGTH],
    )


def act_of(details: dict[str, Any]) -> Act:
    """The act that adopted the plan, as `plan.toml` says it."""
    return Act(
        type=details["act_type"],
        number=details["act_number"],
        date=details["act_date"],
        body=details["act_body"],
    )


def stamp_of(details: dict[str, Any]) -> Stamp:
    """Loaded rows are there since shortly before the act, when the plan was proposed."""
    first_year = details["first_year"]
    return Stamp(
        reason=_("Loaded from the plan %(first)s-%(last)s")
        % {"first": first_year, "last": first_year + 2},
        at=noon(details["act_date"] - datetime.timedelta(days=DAYS_OF_PREPARATION)),
    )


def noon(day: datetime.date) -> datetime.datetime:
    """Twelve o'clock of the day in the Chamber's time zone."""
    return datetime.datetime.combine(day, NOON, tzinfo=ZoneInfo(settings.TIME_ZONE))


def adopt_loaded(directory: Path, *, pdf_builder: Callable[..., bytes]) -> Edition | None:
    """Adopt the loaded plan with the act of `plan.toml` and publish it.

    Done once: a plan that has an edition stays as it is, and nothing is returned.
    """
    details = plan_details(directory)
    plan = Plan.objects.get(first_year=details["first_year"])
    if plan.editions.exists():
        return None
    act = act_of(details)
    edition = adopt_edition(plan, act=act, by=None, at=noon(act.date), pdf_builder=pdf_builder)
    publish_plan(edition.plan, by=None, at=noon(act.date))
    return edition


@transaction.atomic
def load_users(directory: Path, *, password: str) -> list[User]:
    """Load the accounts of the directory that are not there yet."""
    details = plan_details(directory)
    return import_users(directory, password=password, stamp=stamp_of(details))
