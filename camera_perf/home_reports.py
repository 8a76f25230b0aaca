"""What a Relazione waits for, by who does it: its text, the act, the sending, the publication."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from camera_perf.home_facts import Facts
from camera_perf.home_waiting import Due, Task
from strategy.models import PerformanceReport
from strategy.report_enums import ReportAct, ReportState


@dataclass(frozen=True, slots=True)
class NextAct:
    """What is to be done with a Relazione in a state, and why."""

    title: str | Promise
    text: str | Promise
    act: ReportAct


WAITING: Mapping[str, NextAct] = {
    ReportState.DRAFT: NextAct(
        _("Write the Relazione %(year)s"),
        _("Its sections wait for their texts; the Giunta approves it, the OIV validates it."),
        ReportAct.WRITE,
    ),
    ReportState.APPROVED: NextAct(
        _("Send the Relazione %(year)s to the OIV"),
        _("It is approved and waits for the validation."),
        ReportAct.TRANSMIT,
    ),
    ReportState.VALIDATED: NextAct(
        _("Publish the Relazione %(year)s"),
        _("The OIV has validated it: it goes on the public page by 30 June."),
        ReportAct.PUBLISH,
    ),
    ReportState.WITH_REMARKS: NextAct(
        _("Publish the Relazione %(year)s"),
        _("The OIV has validated it with remarks: it goes on the public page by 30 June."),
        ReportAct.PUBLISH,
    ),
    ReportState.NOT_VALIDATED: NextAct(
        _("Mend the Relazione %(year)s"),
        _("The OIV has not validated it: take it back to work."),
        ReportAct.REWORK,
    ),
}
OVERTAKEN = NextAct(
    _("Take the Relazione %(year)s back to work"),
    _("The year was opened again after the approval: it is approved anew, with the new figures."),
    ReportAct.REWORK,
)
ACT = NextAct(
    _("Record the act that approves the Relazione %(year)s"),
    _("Every section that needs a text has one."),
    ReportAct.APPROVE,
)


def waiting_reports(facts: Facts, *acts: ReportAct) -> list[tuple[PerformanceReport, NextAct]]:
    """The Relazioni that wait for one of the acts."""
    found = [(one, next_act(one)) for one in facts.reports]
    return [(one, what) for one, what in found if what and what.act in acts]


def next_act(report: PerformanceReport) -> NextAct | None:
    """What the Relazione waits for, of planning or of the Secretary General."""
    if report.is_reopened and not report.is_editable:
        return OVERTAKEN
    return WAITING.get(report.state)


def written_reports(facts: Facts) -> list[PerformanceReport]:
    """The drafts whose sections all have their texts; no statement without a draft."""
    drafts = [one for one in facts.reports if one.is_editable]
    return [one for one in drafts if not one.sections.unwritten().exists()]


def reports_to_write(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """For planning: a Relazione to be written, or mended after the OIV refused it."""
    for report, what in waiting_reports(facts, ReportAct.WRITE, ReportAct.REWORK):
        yield _report_task(report, what)


def reports_to_approve(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """For the Secretary General: a Relazione that is written and waits for the act."""
    for report in written_reports(facts):
        yield _report_task(report, ACT)


def reports_to_pass_on(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """For both: a Relazione to be sent to the OIV, or to be published."""
    for report, what in waiting_reports(facts, ReportAct.TRANSMIT, ReportAct.PUBLISH):
        yield _report_task(report, what)


def _report_task(report: PerformanceReport, what: NextAct) -> Task:
    return Task(
        Due.OPEN,
        str(what.title) % {"year": report.year},
        str(what.text),
        report.get_absolute_url(),
        str(_("Open the Relazione")),
        "it-file",
    )
