"""How the projects of a plan are read: the list of them, the sheet of one, on a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace

from indicators.models import Actual, Indicator, Target
from indicators.values import Value, read
from strategy.models import ActivityResult, DashboardRow, Plan, ProjectActivity, ProjectSheet
from strategy.project_progress import Work, activity_state
from strategy.reports.dashboards import placements_of
from strategy.reports.project_lines import NOWHERE, ActivityLine, Place, ProjectList, ProjectReport
from strategy.reports.project_words import state_words

FAR_OFF = datetime.date.max


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
            place=places.get(sheet.indicator_id, NOWHERE),
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
    place: Place = NOWHERE,
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
