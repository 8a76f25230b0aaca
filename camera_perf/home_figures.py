"""Figures of the open periods: what who supplies them has to send, what planning has to look at."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from camera_perf.home_facts import Facts
from camera_perf.home_waiting import Due, Task, first_names
from organization.days import written
from strategy.reports.recording import Sheet
from strategy.reports.recording_page import RETURNED


def own_figures(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """For a head, or who stands in for one: the figures to be entered by the end of a period, those
    that planning sent back before the others."""
    for sheet in facts.own_sheets:
        returned = [line.name for line in sheet.not_sent if line.is_returned]
        if returned:
            title = ngettext(
                "%(count)s figure at %(end)s returned by planning",
                "%(count)s figures at %(end)s returned by planning",
                len(returned),
            )
            action = _("Read why, and mend")
            yield _figures(sheet, title, returned, action, "it-warning-circle", f"#{RETURNED}")
        others = [line.name for line in sheet.not_sent if not line.is_returned]
        if others:
            title = ngettext(
                "%(count)s figure at %(end)s to be recorded",
                "%(count)s figures at %(end)s to be recorded",
                len(others),
            )
            yield _figures(sheet, title, others, _("Enter the figures"), "it-pencil")


def _figures(
    sheet: Sheet, title: str, names: list[str], action: str, icon_name: str, place: str = ""
) -> Task:
    period = sheet.period
    address = reverse("strategy:recording-list", args=[sheet.plan.first_year])
    return Task(
        Due.OPEN,
        title % {"count": len(names), "end": written(period.ends_on)},
        first_names(names),
        f"{address}?periodo={period.ends_on.isoformat()}{place}",
        action,
        icon_name,
        _("by %(day)s") % {"day": written(period.closes_on)},
    )


def figures_to_validate(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """For planning: figures that were sent."""
    count = facts.figures_to_validate
    if facts.plan is None or not count:
        return
    yield Task(
        Due.OPEN,
        ngettext("%(count)s figure to be validated", "%(count)s figures to be validated", count)
        % {"count": count},
        _("Each becomes the result of its indicator, or goes back with your reason."),
        reverse("strategy:validation-list", args=[facts.plan.first_year]),
        _("Open the queue"),
        "it-check-circle",
    )
