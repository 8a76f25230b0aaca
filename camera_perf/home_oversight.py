"""What waits for the OIV, and for those whom it asks."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from camera_perf.home_facts import Facts
from camera_perf.home_waiting import Due, Task
from strategy.report_enums import ReportState
from strategy.reports.lacks import YearLacks
from strategy.rules import validates_reports


def things_missing(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """For the OIV: what the last year that is over still lacks."""
    found = facts.lacks
    if facts.plan is None or found is None or not found.missing_count:
        return
    yield Task(
        Due.OPEN,
        ngettext(
            "OIV workspace: %(count)s thing missing of %(year)s",
            "OIV workspace: %(count)s things missing of %(year)s",
            found.missing_count,
        )
        % {"count": found.missing_count, "year": found.year},
        _pieces_in_words(found),
        reverse("strategy:oversight-year", args=[facts.plan.first_year, found.year]),
        _("Open the workspace"),
        "it-search",
    )


def _pieces_in_words(found: YearLacks) -> str:
    """What is missing piece by piece, as it adds up; then what is only said softly."""
    told = {piece: f"{count} {piece.counted}" for piece, count in found.counts.items()}
    heavy = ", ".join(words for piece, words in told.items() if not piece.is_light)
    light = ", ".join(words for piece, words in told.items() if piece.is_light)
    return _("%(heavy)s; besides, %(light)s") % {"heavy": heavy, "light": light} if light else heavy


def reports_to_validate(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """For the OIV: Relazioni that it was sent."""
    if not validates_reports.test(facts.user):
        return
    for report in facts.reports:
        if report.state != ReportState.TRANSMITTED or report.is_reopened:
            continue
        yield Task(
            Due.OPEN,
            _("Validate the Relazione %(year)s") % {"year": report.year},
            _("Criteria, minutes, decision: without it there are no bonuses (art. 14)."),
            reverse("strategy:report-validation", args=[report.plan.first_year, report.year]),
            _("Open the examination"),
            "it-file-signed",
        )


def notes_to_answer(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """For planning and the Secretary General: notes of the OIV without an answer, year by year."""
    if facts.plan is None:
        return
    for year, count in Counter(facts.unanswered_years).items():
        yield Task(
            Due.OPEN,
            ngettext(
                "Answer %(count)s note of the OIV on %(year)s",
                "Answer %(count)s notes of the OIV on %(year)s",
                count,
            )
            % {"count": count, "year": year},
            _("What you answer stands under the note, and stays."),
            reverse("strategy:oversight-notes", args=[facts.plan.first_year, year]),
            _("Open the notes"),
            "it-comment",
        )
