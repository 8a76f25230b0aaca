"""What the OIV finds of a Relazione: its criteria beside the figures that each is about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strategy.models import CriterionFinding, ReportEdition, ReportExamination
from strategy.monitoring_enums import MissingPiece
from strategy.oversight_enums import CriterionAnswer, ValidationCriterion
from strategy.oversight_querysets import ReportExaminationQuerySet
from strategy.reports.closing import data_of
from strategy.reports.oversight import OversightReport, oversight_report
from strategy.reports.year import YearReport


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion, what the figures of the year say of it, what the OIV answered."""

    criterion: ValidationCriterion
    facts: str
    answer: str
    observation: str

    @property
    def answer_label(self) -> str:
        """The answer in words; empty while there is none."""
        return str(CriterionAnswer(self.answer).label) if self.answer else ""


@dataclass(frozen=True)
class ExaminationSheet:
    """An approved Relazione under examination. Its figures are those of the closing it states,
    whatever the year has become since."""

    edition: ReportEdition
    examination: ReportExamination | None
    findings: dict[str, CriterionFinding]

    @cached_property
    def found(self) -> OversightReport:
        """The year as the Relazione states it, with what had become of its figures when it was
        closed; refuses a closing that is damaged."""
        report, closing = self.edition.report, self.edition.closing
        closing.plan = report.plan
        data = data_of(report.plan, report.year, closing)
        return oversight_report(report.plan, YearReport(data), until=closing.closed_at)

    @cached_property
    def lines(self) -> tuple[CriterionLine, ...]:
        """The criteria in the order of the minutes."""
        facts = criterion_facts(self.found)
        return tuple(
            CriterionLine(
                criterion,
                facts.get(criterion, ""),
                self.findings[criterion].answer if criterion in self.findings else "",
                self.findings[criterion].observation if criterion in self.findings else "",
            )
            for criterion in ValidationCriterion
        )


def examination_sheet(
    edition: ReportEdition, among: ReportExaminationQuerySet | None = None
) -> ExaminationSheet:
    """An approved Relazione with what was found of it, `among` the examinations the reader may
    see: two statements."""
    found: Any = ReportExamination.objects if among is None else among
    examination = found.filter(edition=edition).first()
    findings = examination.findings.all() if examination else []
    return ExaminationSheet(edition, examination, {one.criterion: one for one in findings})


def criterion_facts(found: OversightReport) -> dict[ValidationCriterion, str]:
    """What the figures of a year say of each criterion that is about figures."""
    total = len(found.lines)
    lacks = found.lacks
    count = {
        name: lacks.get(piece, 0)
        for name, piece in (
            ("value", MissingPiece.VALUE),
            ("reason", MissingPiece.REASON),
            ("evidence", MissingPiece.EVIDENCE),
            ("source", MissingPiece.SOURCE),
            ("polarity", MissingPiece.POLARITY),
        )
    }
    return {
        ValidationCriterion.PLAN: _("%(objectives)s objectives, %(total)s indicators to measure.")
        % {"objectives": len(found.objectives), "total": total},
        ValidationCriterion.EVALUATION: _("Attainment of the Chamber %(degree)s, %(coverage)s.")
        % {"degree": found.score.mark.text or "–", "coverage": found.score.coverage},
        ValidationCriterion.RESULTS: _("Without result: %(value)s of %(total)s.")
        % {**count, "total": total},
        ValidationCriterion.DEVIATIONS: _(
            "Off target or not measured: %(off)s; without reason: %(reason)s."
        )
        % {**count, "off": found.off_target_count},
        ValidationCriterion.METHOD: " ".join(
            [
                _(
                    "Without source: %(source)s; without evidence: %(evidence)s; polarity to "
                    "confirm: %(polarity)s."
                )
                % count,
                ngettext(
                    "%(count)s figure corrected after its validation.",
                    "%(count)s figures corrected after their validation.",
                    found.corrected_count,
                )
                % {"count": found.corrected_count},
            ]
        ),
    }
