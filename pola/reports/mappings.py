"""The activities by unit with their grade, and the story of a mapping, review by review."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from pola.enums import Grade
from pola.mapping import PARAMETERS, Change, Verdict, Words, changes, verdict
from pola.models import Activity, ActivityMapping
from pola.register_querysets import a_year_before

TONES = {
    Grade.FULL: "ok",
    Grade.PARTLY: "info",
    Grade.NONE: "neutral",
    Grade.UNMAPPED: "caution",
}


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity with its grade, the day of its mapping, how many people do it."""

    activity: Any  # with the facts of ActivityQuerySet.with_facts
    on: datetime.date

    @property
    def grade(self) -> Grade:
        """What the newest mapping gave."""
        return Grade(self.activity.grade)

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return TONES[self.grade]

    @property
    def is_due(self) -> bool:
        """Mapped a year ago or longer: to be reviewed (5.2.3)."""
        mapped = self.activity.last_mapped_on
        return mapped is not None and mapped <= a_year_before(self.on)


@dataclass(frozen=True, slots=True)
class UnitActivities:
    """The activities of one unit."""

    name: str
    lines: tuple[ActivityLine, ...]

    @property
    def waiting(self) -> int:
        """How many are not mapped yet."""
        return sum(line.grade == Grade.UNMAPPED for line in self.lines)


def activity_units(activities: Iterable[Activity], *, on: datetime.date) -> list[UnitActivities]:
    """The activities unit by unit; those that the plan lists come last."""
    lines = [ActivityLine(activity, on) for activity in activities]
    lines.sort(key=lambda line: (_unit_name(line) == "", _unit_name(line)))
    return [
        UnitActivities(name or _("Activities that the plan lists as never remote"), tuple(group))
        for name, group in groupby(lines, _unit_name)
    ]


def _unit_name(line: ActivityLine) -> str:
    return str(line.activity.unit) if line.activity.unit_id else ""


def grade_counts(units: Iterable[UnitActivities]) -> list[tuple[str | Promise, int]]:
    """How many activities each grade has."""
    counted = Counter(line.grade for unit in units for line in unit.lines)
    return [(grade.label, counted[grade]) for grade in Grade]


@dataclass(frozen=True, slots=True)
class Answer:
    """A parameter with the level it got."""

    question: Words
    reference: str
    level: Words


@dataclass(frozen=True, slots=True)
class Review:
    """A mapping with what it changed of the one before."""

    mapping: ActivityMapping
    changes: tuple[Change, ...]
    is_first: bool

    @property
    def grade(self) -> Grade:
        """The grade it gave."""
        return Grade(self.mapping.grade)


@dataclass(frozen=True, slots=True)
class ActivityReport:
    """An activity: what its newest mapping says and why, and the reviews, the newest first."""

    line: ActivityLine
    verdict: Verdict | None
    answers: tuple[Answer, ...]
    reviews: tuple[Review, ...]


def activity_report(
    activity: Activity, mappings: Sequence[ActivityMapping], *, on: datetime.date
) -> ActivityReport:
    """The story of an activity from its mappings, the newest first."""
    if not mappings:
        return ActivityReport(ActivityLine(activity, on), None, (), ())
    levels = mappings[0].levels
    answers = tuple(
        Answer(one.question, one.reference, one.levels[levels[one.name]]) for one in PARAMETERS
    )
    older: list[ActivityMapping | None] = [*mappings[1:], None]
    reviews = tuple(
        Review(mapping, changes(before.levels, mapping.levels) if before else (), before is None)
        for mapping, before in zip(mappings, older, strict=True)
    )
    return ActivityReport(ActivityLine(activity, on), verdict(levels), answers, reviews)
