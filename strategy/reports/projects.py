"""What a project has done and what it has left to do: the list of them, the sheet of one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.models import Actual, Indicator, Target
from indicators.values import Value, print_value, read
from strategy.entries import is_asked
from strategy.enums import ActivityState
from strategy.models import ActivityResult, DashboardRow, Plan, ProjectActivity, ProjectSheet
from strategy.project_progress import (
    Work,
    activity_state,
    progress,
    project_attainment,
    proposal,
)
from strategy.reports.dashboards import placements_of
from strategy.reports.project_words import (
    TONES,
    attainment_words,
    day_words,
    formula_words,
    mean_words,
    percent_words,
    plain_words,
    state_words,
    unmeasured_words,
)
from strategy.suppliers import supplier_of

FAR_OFF = datetime.date.max


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


@dataclass(frozen=True, slots=True)
class ProjectReport:
    """A project in a year: its two numbers, which are not the same thing, and its activities."""

    sheet: ProjectSheet
    year: int
    target: Value | None
    lines: tuple[ActivityLine, ...]
    place: Place = Place()
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


def project_list(plan: Plan, *, year: int, today: datetime.date) -> ProjectList:
    """Every project of the plan in a year, on a day, in a number of statements that does not grow
    with projects and activities."""
    sheets = ProjectSheet.objects.filter(plan=plan).with_facts().with_activities().in_order()
    reports = project_reports(plan, sheets, year=year, today=today)
    opened = [report.sheet.indicator_id for report in reports]
    named = Indicator.objects.filter(is_project=True, rows__dashboard__plan=plan).distinct()
    return ProjectList(tuple(reports), tuple(named.exclude(pk__in=opened).order_by("pk")))


def timeless_reports(plan: Plan) -> list[ProjectReport]:
    """Every project of the plan for the document, with the first year's target: no day matters."""
    sheets = ProjectSheet.objects.filter(plan=plan).with_facts().with_activities().in_order()
    for sheet in (loaded := list(sheets)):
        sheet.plan = plan
    return _reports(plan, loaded, year=plan.first_year, today=datetime.date.min, until=FAR_OFF)


def project_reports(
    plan: Plan, sheets: Iterable[ProjectSheet], *, year: int, today: datetime.date
) -> list[ProjectReport]:
    """Sheets loaded with facts and activities as they are on a day or, of a year that is over, as
    they were on its last day; in three statements more."""
    last = datetime.date(year, 12, 31)
    return _reports(plan, list(sheets), year=year, today=min(today, last), until=last)


def project_report(sheet: ProjectSheet, *, year: int, today: datetime.date) -> ProjectReport:
    """The report of one sheet loaded with facts and activities."""
    return project_reports(sheet.plan, [sheet], year=year, today=today)[0]


def report_until(sheet: ProjectSheet, target: Value | None, *, day: datetime.date) -> ProjectReport:
    """A sheet loaded with its activities against a target, with what was measured up to a day,
    without its place in the plan; no statement."""
    return _report(sheet, target, year=day.year, today=day, until=day)


def current_actual(sheet: ProjectSheet, *, year: int) -> Actual | None:
    """The result of the indicator that stands for the year."""
    actuals = Actual.objects.current().filter(indicator=sheet.indicator_id)
    found: Actual | None = actuals.for_year(year).order_by("measured_on").last()
    return found


def work_of(activity: ProjectActivity, *, until: datetime.date = FAR_OFF) -> Work:
    """An activity loaded with its results as the numbers see it, on a day."""
    result = last_result(activity, until=until)
    return Work(
        target=read(activity.printed),
        result=read(result.printed) if result else None,
        measured_on=result.measured_on if result else None,
        weight=activity.weight,
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
    )


def last_result(
    activity: ProjectActivity, *, until: datetime.date = FAR_OFF
) -> ActivityResult | None:
    """The result that stands of those measured up to a day; none when there is none or they were
    taken back."""
    standing: ActivityResult | None = None
    for result in activity.results.all():
        if not result.is_stated:
            standing = None
        elif result.measured_on <= until:
            standing = result
    return standing


def _reports(
    plan: Plan,
    sheets: Sequence[ProjectSheet],
    *,
    year: int,
    today: datetime.date,
    until: datetime.date,
) -> list[ProjectReport]:
    targets = _targets(plan, year, [sheet.indicator_id for sheet in sheets])
    places = _places(plan)
    codes = placements_of(plan).codes
    return [
        _report(
            sheet,
            targets.get(sheet.indicator_id),
            year=year,
            today=today,
            until=until,
            place=places.get(sheet.indicator_id, Place()),
            codes=codes.get(sheet.indicator_id, ()),
        )
        for sheet in sheets
    ]


def _report(
    sheet: ProjectSheet,
    target: Value | None,
    *,
    year: int,
    today: datetime.date,
    until: datetime.date,
    place: Place = Place(),
    codes: tuple[str, ...] = (),
) -> ProjectReport:
    activities = list(sheet.activities.all())
    return ProjectReport(
        sheet=sheet,
        year=year,
        target=target,
        lines=tuple(
            _line(activity, today, until, is_first=not at, is_last=at == len(activities) - 1)
            for at, activity in enumerate(activities)
        ),
        place=place,
        codes=codes,
    )


def _line(
    activity: ProjectActivity,
    today: datetime.date,
    until: datetime.date,
    *,
    is_first: bool,
    is_last: bool,
) -> ActivityLine:
    work = work_of(activity, until=until)
    return ActivityLine(
        activity=activity,
        work=work,
        result=last_result(activity, until=until),
        state=activity_state(work, today=today),
        words=state_words(work, today=today),
        is_first=is_first,
        is_last=is_last,
    )


def _targets(plan: Plan, year: int, indicators: Sequence[int]) -> dict[int, Value]:
    """The targets of the year, by indicator."""
    targets = Target.objects.for_cycle(plan.first_year).for_year(year)
    found = targets.filter(indicator__in=indicators)
    return {target.indicator_id: read(target.printed) for target in found}


def _places(plan: Plan) -> dict[int, Place]:
    """Where each project of the plan stands."""
    rows = DashboardRow.objects.filter(dashboard__plan=plan, indicator__is_project=True)
    fields = ("action__objective__code", "action__objective__name")
    found: dict[int, Place] = {}
    for pk, kind, unit, code, name in rows.in_order().values_list(
        "indicator_id", "dashboard__kind", "dashboard__unit_id", *fields
    ):
        place = found.setdefault(pk, Place(f"{code} {name}".strip()))
        found[pk] = replace(place, showing=(*place.showing, (kind, unit)))
    return found
