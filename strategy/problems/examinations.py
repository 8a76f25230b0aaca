"""What the minutes of an examination still lack before the OIV can decide: one sentence each."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from strategy.models import CriterionFinding, ReportExamination
from strategy.oversight_enums import CriterionAnswer, ValidationCriterion
from strategy.report_enums import ReportOutcome


def examination_problems(
    examination: ReportExamination,
    findings: Mapping[str, CriterionFinding],
    *,
    today: datetime.date,
) -> list[str]:
    """What stands in the way of the decision; nothing when the minutes are complete."""
    return [*_of_meeting(examination, today), *_of_criteria(examination, findings)]


def _of_meeting(examination: ReportExamination, today: datetime.date) -> Iterator[str]:
    if examination.meeting_on is None:
        yield _("Write the day of the meeting.")
    elif examination.meeting_on > today:
        yield _("The day of the meeting has yet to come.")
    if not examination.present:
        yield _("Write who was there.")
    if not examination.outcome:
        yield _("Choose the outcome.")
    elif examination.outcome in ReportOutcome.reasoned and not examination.notes:
        yield _("Say in the overall observations what is remarked.")


def _of_criteria(
    examination: ReportExamination, findings: Mapping[str, CriterionFinding]
) -> Iterator[str]:
    for criterion in ValidationCriterion:
        found = findings.get(criterion)
        if found is None or not found.answer:
            yield _("Answer the criterion “%(criterion)s”.") % {"criterion": criterion.label}
        elif found.answer in CriterionAnswer.reasoned and not found.observation:
            yield _("Say what is remarked of “%(criterion)s”.") % {"criterion": criterion.label}
    is_refused = any(found.answer == CriterionAnswer.NO for found in findings.values())
    if is_refused and examination.outcome == ReportOutcome.VALIDATED:
        yield _("A criterion is answered no: validate with remarks, or do not validate.")
