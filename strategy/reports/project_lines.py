"""A project in a year as it is read: its activities, its two numbers, where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.models import Indicator
from indicators.values import Value, print_value
from strategy.enums import ActivityState
from strategy.models import ActivityResult, ProjectActivity, ProjectSheet
from strategy.project_progress import Work, progress, project_attainment, proposal
from strategy.questions import is_asked
from strategy.reports.project_words import (
    TONES,
    attainment_words,
    day_words,
    formula_words,
    mean_words,
    percent_words,
    plain_words,
    unmeasured_words,
)
from strategy.suppliers import supplier_of


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity as it is read: its facts, its result, what it brings, where it stands."""

    activity: ProjectActivity
    work: Work
    result: ActivityResult | None
    state: ActivityState
    words: str
    is_first: bool
    is_last: bool

    @property
    def responsible(self) -> str:
        """Who answers for it."""
        return str(self.activity.responsible or "")

    @property
    def office(self) -> str:
        """The unit of who answers for it: what is printed in the place of a name."""
        person = self.activity.responsible
        return person.unit.name if person and person.unit else ""

    @property
    def dates(self) -> str:
        """First and last day."""
        return f"{day_words(self.activity.starts_on)} - {day_words(self.activity.ends_on)}"

    @property
    def weight(self) -> str:
        """The weight, without idle decimals."""
        return plain_words(self.activity.weight)

    @property
    def contribution(self) -> str:
        """What it brings to the progress."""
        return percent_words(self.work.contribution)

    @property
    def measured(self) -> str:
        """The day of the result; empty where the result is a day itself."""
        if self.result is None or self.result.day:
            return ""
        return day_words(self.result.measured_on)

    @property
    def due(self) -> str:
        """The day by which it must be finished."""
        return day_words(self.work.due_on)

    @property
    def is_late(self) -> bool:
        """It should have been finished by now."""
        return self.state == ActivityState.LATE

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return TONES[self.state]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a project stands: its objective, that of its first dashboard, and the dashboards that
    show it, kind and unit."""

    objective: str = ""
    showing: tuple[tuple[str, int | None], ...] = ()


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class ProjectReport:
    """A project in a year: its two numbers, which are not the same thing, and its activities."""

    sheet: ProjectSheet
    year: int
    target: Value | None
    lines: tuple[ActivityLine, ...]
    place: Place = NOWHERE
    codes: tuple[str, ...] = ()

    @property
    def target_printed(self) -> str:
        """The target of the year as the plan writes it; empty without one."""
        return self.target.printed if self.target else ""

    @property
    def objective(self) -> str:
        """The objective on which it stands."""
        return self.place.objective

    @property
    def is_asked(self) -> bool:
        """The plan asks for its figure in the year."""
        return self.target is not None and is_asked(self.target.availability, self.target.kind)

    @property
    def supplier_id(self) -> int | None:
        """The unit that enters its figure; none for the planning office."""
        return supplier_of(self.sheet.indicator.supplier_id, self.place.showing)

    @property
    def works(self) -> list[Work]:
        """The activities as the numbers see them."""
        return [line.work for line in self.lines]

    @property
    def progress(self) -> Decimal | None:
        """How far it is, percent; none without activities."""
        return progress(self.works)

    @property
    def progress_words(self) -> str:
        """How far it is, to be read; empty without activities."""
        value = self.progress
        return "" if value is None else percent_words(value)

    @property
    def bar(self) -> int:
        """The length of the bar of progress, 0-100."""
        return int(self.progress or 0)

    @property
    def attainment(self) -> Decimal | None:
        """How much of the target of the year that is; none when it cannot be said."""
        return project_attainment(self.target, self.works)

    @property
    def attainment_words(self) -> str:
        """The same to be read; empty when it cannot be said."""
        value = self.attainment
        return "" if value is None else percent_words(value)

    @property
    def attainment_formula(self) -> str:
        """The attainment with its numbers in it, or why there is none."""
        value = self.attainment
        if value is None:
            return unmeasured_words(self.target, self.works)
        return attainment_words(self.target, self.progress, value)

    @property
    def progress_formula(self) -> str:
        """The progress with its numbers in it; empty without activities."""
        value = self.progress
        return "" if value is None else formula_words(self.works, value)

    @property
    def mean(self) -> str:
        """Of what the progress is the mean."""
        return mean_words(self.works)

    @property
    def calculation(self) -> str:
        """How its progress comes out, for the note of its figure."""
        said = {"formula": self.progress_formula, "mean": self.mean}
        progress = _("Progress: %(formula)s. %(mean)s") % said
        return " ".join((_("From the sheet of the project."), progress))

    @property
    def late(self) -> list[ActivityLine]:
        """The activities that should have been finished."""
        return [line for line in self.lines if line.is_late]

    @property
    def recorded_count(self) -> int:
        """How many activities have a result."""
        return sum(line.result is not None for line in self.lines)

    @property
    def proposed(self) -> str:
        """What the indicator would receive, in the notation of the plan; empty while the activities
        do not say it."""
        value = proposal(self.target, self.works)
        return print_value(value) if value else ""

    @property
    def responsible(self) -> str:
        """Who answers for it; the unit that supplies its figure while nobody is named."""
        return str(self.sheet.responsible or self.sheet.indicator.supplier or "")

    @property
    def office(self) -> str:
        """The unit of who answers for it, else the one that supplies its figure: what is printed in
        the place of a name."""
        person = self.sheet.responsible
        unit = person.unit if person else None
        return str(unit or self.sheet.indicator.supplier or "")

    @property
    def codes_text(self) -> str:
        """The signs of its dashboards in one line."""
        return " ".join(self.codes)


@dataclass(frozen=True, slots=True)
class ProjectList:
    """The projects of a plan; `unopened` are those that have no sheet yet."""

    reports: tuple[ProjectReport, ...]
    unopened: tuple[Indicator, ...]

    @property
    def late_count(self) -> int:
        """How many activities are late in all."""
        return sum(len(report.late) for report in self.reports)

    @property
    def empty_count(self) -> int:
        """How many sheets have no activity yet."""
        return sum(not report.lines for report in self.reports)
