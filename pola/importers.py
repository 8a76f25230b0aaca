"""Agile work from its files: months lived, articles and rules, norms, activities and people."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from indicators.values import NotationError, read
from organization.doubts import Doubt
from organization.loading import (
    LoadError,
    Record,
    Stamp,
    found,
    read_records,
    read_settings,
    store,
)
from organization.models import Person, Unit
from pola.doubts import month_doubts
from pola.enums import Grade
from pola.mapping import levels_of, verdict
from pola.models import (
    Activity,
    ActivityAssignment,
    ActivityMapping,
    AgileMonth,
    GuidelineArticle,
    GuidelineRule,
    Norm,
)
from strategy.models import Plan


@dataclass(frozen=True, kw_only=True)
class PolaFiles:
    """What the files of agile work say, before anything is stored."""

    months: list[Record]
    articles: list[dict[str, Any]]
    norms: list[Record]
    activities: list[Record]
    assignments: list[Record]


def read_pola(directory: Path) -> PolaFiles:
    """Read months, guidelines, norms, activities and who does them."""
    return PolaFiles(
        months=read_records(directory / "pola" / "agile_months.csv"),
        articles=read_settings(directory / "guidelines.toml")["articles"],
        norms=read_records(directory / "pola" / "norms.csv"),
        activities=read_records(directory / "pola" / "activities.csv"),
        assignments=read_records(directory / "pola" / "assignments.csv"),
    )


def import_pola(plan: Plan, files: PolaFiles, *, stamp: Stamp) -> list[Doubt]:
    """Store the months not yet recorded, the articles of the plan and their numbered rules; norms,
    activities and assignments when there are none yet."""
    known = set(AgileMonth.objects.values_list("month", flat=True))
    months = [_month(record) for record in files.months]
    store(AgileMonth, [month for month in months if month.month not in known], stamp=stamp)
    articles = [
        GuidelineArticle(plan=plan, number=article["number"], title=article["title"])
        for article in files.articles
    ]
    store(GuidelineArticle, articles, stamp=stamp)
    store(
        GuidelineRule,
        [
            GuidelineRule(
                article=article,
                position=rule_position(rule["number"], article.number),
                text=rule["text"],
                effect=rule["effect"],
            )
            for article, settings in zip(articles, files.articles, strict=True)
            for rule in settings["rules"]
        ],
        stamp=stamp,
    )
    _import_norms(files.norms, stamp=stamp)
    _import_activities(files, stamp=stamp)
    return month_doubts(months)


def _import_norms(records: list[Record], *, stamp: Stamp) -> None:
    """Norms live on from plan to plan: those recorded stay as they are."""
    if Norm.objects.exists():
        return
    norms = [
        Norm(
            key=record["key"],
            printed=record["value"],
            starts_on=record.day("starts_on"),
            act=record["act"],
        )
        for record in records
    ]
    store(Norm, norms, stamp=stamp)


def _import_activities(files: PolaFiles, *, stamp: Stamp) -> None:
    """Activities with their grade, and who does them; those recorded stay as they are."""
    if Activity.objects.exists():
        return
    units = {unit.slug: unit for unit in Unit.objects.all()}
    activities = {
        (record["unit"], record["activity"]): Activity(
            unit=found(units, record["unit"], place="activities.csv") if record["unit"] else None,
            title=record["activity"],
            grade=_grade(record),
            position=record.number("position"),
        )
        for record in files.activities
    }
    store(Activity, activities.values(), stamp=stamp)
    _import_mappings(files.activities, activities, stamp=stamp)
    people = {person.employee_number: person for person in Person.objects.employees()}
    assignments = [
        ActivityAssignment(
            activity=found(
                activities, (record["unit"], record["activity"]), place="assignments.csv"
            ),
            person=found(people, record["person"], place="assignments.csv"),
            starts_on=record.day("starts_on"),
        )
        for record in files.assignments
    ]
    store(ActivityAssignment, assignments, stamp=stamp)


def _import_mappings(
    records: list[Record], activities: dict[tuple[str, str], Activity], *, stamp: Stamp
) -> None:
    """What the dirigenti answered in November 2020, with the heads of the services (5.2.2)."""
    mappings = [
        ActivityMapping(
            activity=activities[record["unit"], record["activity"]],
            mapped_on=record.day("mapped_on"),
            grade=_grade(record),
            recorded_at=stamp.at,
            recorded_by_label=stamp.reason,
            **levels_of(record["ratings"]),
        )
        for record in records
        if record["ratings"]
    ]
    store(ActivityMapping, mappings, stamp=stamp)


def _grade(record: Record) -> Grade:
    """What the mapping gave; an activity of no unit is one that the plan lists as never remote."""
    if not record["unit"]:
        return Grade.NONE
    return verdict(levels_of(record["ratings"])).grade if record["ratings"] else Grade.UNMAPPED


def rule_position(number: str, article: int) -> int:
    """The place of a rule quoted as 4.1 in its article; one of another article is an error."""
    own, _dot, position = number.partition(".")
    if own != str(article) or not position.isdigit():
        raise LoadError(
            _("guidelines.toml: rule %(rule)s stands in article %(article)s.")
            % {"rule": number, "article": article}
        )
    return int(position)


def _month(record: Record) -> AgileMonth:
    return AgileMonth(
        month=record.day("month"),
        employees=record.number("employees"),
        potential=record.number("potential"),
        effective=record.number("effective"),
        days=record.number("days"),
        mean_days_per_week=_printed(record, "mean_days_per_week"),
    )


def _printed(record: Record, heading: str) -> str:
    """A figure as printed, in the notation of the plan."""
    try:
        read(record[heading])
    except NotationError as error:
        raise LoadError(f"{record.place}, {heading}: {error}") from error
    return record[heading]
