"""What the minutes of an examination still lack before the OIV can decide: a sentence each, with
its field."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from organization.days import written
from strategy.models import CriterionFinding, ReportExamination
from strategy.oversight_enums import CriterionAnswer, ValidationCriterion
from strategy.report_enums import ReportOutcome


class Lack(NamedTuple):
    """What is missing, and the field of the examination where it is mended."""

    field: str
    words: str


def examination_problems(
    examination: ReportExamination,
    findings: Mapping[str, CriterionFinding],
    *,
    approved_on: datetime.date,
    today: datetime.date,
) -> list[Lack]:
    """What stands in the way of the decision; nothing when the minutes are complete. `approved_on`
    is the day of the act that approved the Relazione examined."""
    return [*_of_meeting(examination, approved_on, today), *_of_criteria(examination, findings)]


def _of_meeting(
    examination: ReportExamination, approved_on: datetime.date, today: datetime.date
) -> Iterator[Lack]:
    if examination.meeting_on is None:
        yield Lack("meeting_on", _("Write the day of the meeting."))
    elif examination.meeting_on > today:
        yield Lack("meeting_on", _("The day of the meeting has yet to come."))
    elif examination.meeting_on < approved_on:
        day = written(approved_on)
        words = _("The Relazione was approved on %(day)s: the meeting cannot come before.")
        yield Lack("meeting_on", words % {"day": day})
    if not examination.present:
        yield Lack("present", _("Write who was there."))
    if not examination.outcome:
        yield Lack("outcome", _("Choose the outcome."))
    elif examination.outcome in ReportOutcome.reasoned and not examination.notes:
        yield Lack("notes", _("Say in the overall observations what is remarked."))


def _of_criteria(
    examination: ReportExamination, findings: Mapping[str, CriterionFinding]
) -> Iterator[Lack]:
    for criterion in ValidationCriterion:
        found = findings.get(criterion)
        if found is None or not found.answer:
            words = _("Answer the criterion “%(criterion)s”.")
            yield Lack(f"answer_{criterion.value}", words % {"criterion": criterion.label})
        elif found.answer in CriterionAnswer.reasoned and not found.observation:
            words = _("Say what is remarked of “%(criterion)s”.")
            yield Lack(f"observation_{criterion.value}", words % {"criterion": criterion.label})
    is_refused = any(found.answer == CriterionAnswer.NO for found in findings.values())
    if is_refused and examination.outcome == ReportOutcome.VALIDATED:
        yield Lack(
            "outcome", _("A criterion is answered no: validate with remarks, or do not validate.")
        )
