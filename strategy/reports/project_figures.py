"""What the sheets of the projects say of the figures of a period, for who enters them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from strategy.entries import MAX_TEXT
from strategy.models import ProjectSheet
from strategy.monitoring_enums import EntryKind
from strategy.reports.projects import report_until
from strategy.reports.recording import Sheet


@dataclass(frozen=True, slots=True)
class SheetFigure:
    """The sheet of a project and what its activities say at the end of the period: the figure as it
    is written, empty while they do not say it, and how it comes out."""

    pk: int
    printed: str
    calculation: str

    def note(self, written: str) -> str:
        """The calculation before what the person wrote, in the place of an earlier one."""
        with override("it"):
            start = _("From the sheet of the project.")
        lines = written.replace("\r\n", "\n").split("\n")
        own = [line for line in lines if not line.startswith(start)]
        return "\n".join([self.calculation, *own]).strip()[:MAX_TEXT]


def sheet_figures(sheet: Sheet) -> dict[int, SheetFigure]:
    """The sheets of the projects whose figures the unit supplies, by indicator; three statements,
    none without projects."""
    lines = {line.indicator_id: line for line in sheet.mine if line.is_project}
    if not lines:
        return {}
    projects = ProjectSheet.objects.filter(plan=sheet.plan, indicator__in=lines)
    found = {}
    for project in projects.with_facts().with_activities():
        question = lines[project.indicator_id].question
        report = report_until(project, question.target, day=question.ends_on)
        is_said = bool(report.lines) and question.entry != EntryKind.RATIO
        with override("it"):
            calculation = report.calculation if is_said else ""
        printed = report.proposed if is_said else ""
        found[project.indicator_id] = SheetFigure(project.pk, printed, calculation)
    return found
