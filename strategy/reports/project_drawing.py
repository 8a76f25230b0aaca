"""The activities of a project drawn in time, and the story of its sheet."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.gantt import NARROW, WIDE, Gantt, Layout, Task, Tone, gantt
from organization.audit_phrases import field_name, phrase
from organization.models import AuditEvent
from organization.tables import DAY
from strategy.enums import ActivityState
from strategy.models import ProjectSheet
from strategy.reports.project_lines import ActivityLine, ProjectReport
from strategy.reports.project_words import day_words

SHOWN_EVENTS = 50
# How the values of an act are told: a database may keep them in an order of its own.
ORDER = (
    "name",
    "responsible",
    "starts_on",
    "ends_on",
    "target",
    "weight",
    "purpose",
    "notes",
    "result",
    "measured_on",
)
TONES: dict[str, Tone] = {
    ActivityState.TO_COME: "planned",
    ActivityState.UNDER_WAY: "going",
    ActivityState.LATE: "late",
    ActivityState.DONE: "done",
    ActivityState.DONE_LATE: "late",
}
ICONS = {
    "project.result_recorded": "it-chart-line",
    "activity.added": "it-plus-circle",
    "activity.removed": "it-delete",
    "activity.rescheduled": "it-calendar",
    "activity.result_recorded": "it-check-circle",
}


@dataclass(frozen=True, slots=True)
class Drawings:
    """The same activities for a laptop and for a phone."""

    wide: Gantt
    narrow: Gantt


@dataclass(frozen=True, slots=True)
class SheetEvent:
    """A line of the story of a sheet."""

    when: str
    title: str
    text: str
    icon_name: str
    url: str = ""


def project_drawings(report: ProjectReport, *, today: datetime.date) -> Drawings | None:
    """The Gantt of a project with the line of today; nothing without activities."""
    if not report.lines:
        return None
    return Drawings(
        _drawn(report, WIDE, today=today),
        _drawn(report, NARROW, today=today),
    )


def timeless_drawing(report: ProjectReport, layout: Layout) -> Gantt:
    """The same in the document, which knows no today: what is late is said by the page."""
    return _drawn(report, layout, today=None)


def _drawn(report: ProjectReport, layout: Layout, *, today: datetime.date | None) -> Gantt:
    year = report.year
    days = [day for line in report.lines for day in (line.work.starts_on, line.work.ends_on)]
    count = len(report.lines)
    words = ngettext(
        "Gantt of the activity of the project, from %(first)s to %(last)s; "
        "the same dates are in the table.",
        "Gantt of the %(n)s activities of the project, from %(first)s to %(last)s; "
        "the same dates are in the table.",
        count,
    )
    said = {"n": count, "first": day_words(min(days)), "last": day_words(max(days))}
    return gantt(
        words % said,
        [_task(line, with_state=today is not None) for line in report.lines],
        span=(datetime.date(year, 1, 1), datetime.date(year, 12, 31)),
        print_month=lambda month: _month(month, year),
        layout=layout,
        today=today,
        today_words=_("today %(day)s") % {"day": f"{today.day}.{today.month}"} if today else "",
    )


def _task(line: ActivityLine, *, with_state: bool) -> Task:
    is_finished = line.work.finished_on is not None
    return Task(
        name=line.activity.name,
        starts_on=line.work.starts_on,
        ends_on=line.work.ends_on,
        due_on=line.work.due_on,
        share=1 if is_finished else float(line.work.contribution / 100),
        tone=TONES[line.state],
        words=f"{line.contribution}, {line.words}" if with_state else line.contribution,
        short=line.contribution,
    )


def _month(month: datetime.date, year: int) -> str:
    """The month in three letters; January says its year unless it is the one shown."""
    name = str(MONTHS_3[month.month])
    is_other = month.month == 1 and month.year != year
    return f"{name} {month:%y}" if is_other else name


def sheet_events(sheet: ProjectSheet) -> list[SheetEvent]:
    """What was done with a sheet and its activities, newest first."""
    return [
        SheetEvent(
            when=day_words(timezone.localdate(event.at)),
            title=str(phrase(event.verb)),
            text=". ".join(part.rstrip(".") for part in _story(event) if part),
            icon_name=ICONS.get(event.verb, "it-pencil"),
        )
        for event in AuditEvent.objects.about(sheet)[:SHOWN_EVENTS]
    ]


def _story(event: AuditEvent) -> Iterator[str]:
    """The activity and the reason, what changed, who did it."""
    yield " · ".join(event.note.splitlines())
    named = event.note.partition("\n")[0]
    yield ", ".join(_changes(event.before, event.after, but=named))
    yield event.actor_label


def _changes(before: dict[str, Any], after: dict[str, Any], *, but: str) -> Iterator[str]:
    """Each value that changed; the name of an activity, told already, is not told again."""
    others = sorted(name for name in after if name not in ORDER)
    for name in [*(name for name in ORDER if name in after), *others]:
        value, was = after[name], before.get(name, "")
        if value == was or {value, was} == {but, ""}:
            continue
        said = {"field": field_name(name), "old": _value(was), "new": _value(value)}
        if not was:
            yield _("%(field)s: %(new)s") % said
        elif not value:
            yield _("%(field)s: taken away, it was %(old)s") % said
        else:
            yield _("%(field)s: from %(old)s to %(new)s") % said


def _value(value: Any) -> str:
    """A day of the trace as the office writes it; anything else as it is."""
    text = str(value)
    return day_words(datetime.date.fromisoformat(text)) if DAY.fullmatch(text) else text
