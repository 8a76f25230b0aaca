"""What a project has done and what it has left to do: the list of them, the sheet of one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.models import Actual, Indicator, Target
from indicators.values import Value, print_value, read
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
class ProjectReport:
    """A project with its two numbers, which are not the same thing, and its activities."""

    sheet: ProjectSheet
    target_printed: str
    target: Value | None
    lines: tuple[ActivityLine, ...]
    objective: str = ""
    codes: tuple[str, ...] = ()

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


def project_list(plan: Plan, *, today: datetime.date) -> ProjectList:
    """Every project of the plan on a day, in a number of statements that does not grow with
    projects and activities."""
    sheets = ProjectSheet.objects.filter(plan=plan).with_facts().with_activities().in_order()
    reports = project_reports(plan, sheets, today=today)
    opened = [report.sheet.indicator_id for report in reports]
    named = Indicator.objects.filter(is_project=True, rows__dashboard__plan=plan).distinct()
    return ProjectList(tuple(reports), tuple(named.exclude(pk__in=opened).order_by("pk")))


def timeless_reports(plan: Plan) -> list[ProjectReport]:
    """Every project of the plan for the document, where no day matters."""
    sheets = ProjectSheet.objects.filter(plan=plan).with_facts().with_activities().in_order()
    for sheet in (loaded := list(sheets)):
        sheet.plan = plan
    return project_reports(plan, loaded, today=datetime.date.min)


def project_reports(
    plan: Plan, sheets: Iterable[ProjectSheet], *, today: datetime.date
) -> list[ProjectReport]:
    """The same of sheets loaded with facts and activities, in three statements more."""
    loaded = list(sheets)
    targets = targets_of(plan, [sheet.indicator_id for sheet in loaded])
    objectives = _objectives(plan)
    codes = placements_of(plan).codes
    return [
        _report(
            sheet,
            targets,
            today=today,
            objective=objectives.get(sheet.indicator_id, ""),
            codes=codes.get(sheet.indicator_id, ()),
        )
        for sheet in loaded
    ]


def project_report(sheet: ProjectSheet, *, today: datetime.date) -> ProjectReport:
    """The report of one sheet loaded with facts and activities."""
    return project_reports(sheet.plan, [sheet], today=today)[0]


def loaded_sheet(plan: Plan, pk: int) -> ProjectSheet:
    """A sheet of the plan with facts and activities."""
    sheet: ProjectSheet = ProjectSheet.objects.with_facts().with_activities().get(plan=plan, pk=pk)
    sheet.plan = plan
    return sheet


def proposed_result(sheet: ProjectSheet) -> str:
    """What the indicator of the project would receive from its activities, as the plan would print
    it: 30%, 82,50%; a day, or SI, where the target is one. Empty while they do not say it."""
    return _bare_report(sheet).proposed


def calculation(sheet: ProjectSheet) -> str:
    """How the progress of the project comes out, for the note of the result."""
    report = _bare_report(sheet)
    said = {"formula": report.progress_formula, "mean": report.mean}
    return _("From the sheet of the project. Progress: %(formula)s. %(mean)s") % said


def current_actual(sheet: ProjectSheet) -> Actual | None:
    """The result of the indicator that stands for the first year of the plan."""
    actuals = Actual.objects.current().filter(indicator=sheet.indicator_id)
    found: Actual | None = actuals.for_year(sheet.plan.first_year).order_by("measured_on").last()
    return found


def targets_of(plan: Plan, indicators: Sequence[int]) -> dict[int, Target]:
    """The targets of the first year of the plan, by indicator."""
    targets = Target.objects.for_cycle(plan.first_year).for_year(plan.first_year)
    return {target.indicator_id: target for target in targets.filter(indicator__in=indicators)}


def work_of(activity: ProjectActivity) -> Work:
    """An activity loaded with its results as the numbers see it."""
    result = last_result(activity)
    return Work(
        target=read(activity.printed),
        result=read(result.printed) if result else None,
        measured_on=result.measured_on if result else None,
        weight=activity.weight,
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
    )


def last_result(activity: ProjectActivity) -> ActivityResult | None:
    """The result that stands; none when there is none or it was taken back."""
    results = list(activity.results.all())
    return results[-1] if results and results[-1].is_stated else None


def _bare_report(sheet: ProjectSheet) -> ProjectReport:
    """The report of a sheet without its place in the plan, where no day matters."""
    targets = targets_of(sheet.plan, [sheet.indicator_id])
    return _report(sheet, targets, today=datetime.date.min)


def _report(
    sheet: ProjectSheet,
    targets: Mapping[int, Target],
    *,
    today: datetime.date,
    objective: str = "",
    codes: tuple[str, ...] = (),
) -> ProjectReport:
    target = targets.get(sheet.indicator_id)
    activities = list(sheet.activities.all())
    return ProjectReport(
        sheet=sheet,
        target_printed=target.printed if target else "",
        target=read(target.printed) if target else None,
        lines=tuple(
            _line(activity, today, is_first=not at, is_last=at == len(activities) - 1)
            for at, activity in enumerate(activities)
        ),
        objective=objective,
        codes=codes,
    )


def _line(
    activity: ProjectActivity, today: datetime.date, *, is_first: bool, is_last: bool
) -> ActivityLine:
    work = work_of(activity)
    return ActivityLine(
        activity=activity,
        work=work,
        result=last_result(activity),
        state=activity_state(work, today=today),
        words=state_words(work, today=today),
        is_first=is_first,
        is_last=is_last,
    )


def _objectives(plan: Plan) -> dict[int, str]:
    """The objective on which each project stands, that of its first dashboard."""
    rows = DashboardRow.objects.filter(dashboard__plan=plan, indicator__is_project=True)
    fields = ("indicator_id", "action__objective__code", "action__objective__name")
    found: dict[int, str] = {}
    for indicator, code, name in rows.in_order().values_list(*fields):
        found.setdefault(indicator, f"{code} {name}".strip())
    return found
