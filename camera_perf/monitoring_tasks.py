"""What waits for whom in the monitoring of agile work: sheets to write, to evaluate, figures to
decide."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from camera_perf.home_facts import Facts
from camera_perf.home_waiting import Due, Task
from organization.day_names import named
from organization.enums import Role
from pola.models import ActivitySheet
from pola.reports.figures import has_undecided
from pola.reports.sheets import own_months


def monitoring_tasks(facts: Facts, on: datetime.date) -> Iterator[Task]:
    """Everything that waits for the person, each asked only when something may be found."""
    yield from _sheets_to_write(facts, on)
    yield from _sheets_to_evaluate(facts)
    yield from _figures_to_decide(facts, on)


def _sheets_to_write(facts: Facts, on: datetime.date) -> Iterator[Task]:
    if not facts.may_find("agreements"):
        return
    due = [month for month in own_months(facts.user, today=on) if month.is_due]
    if not due:
        return
    latest = due[0]
    name = named(latest.month, "F Y")
    one = _("Write the activity sheet of %(month)s") % {"month": name}
    many = _("Write %(count)s activity sheets") % {"count": len(due)}
    yield Task(
        Due.OPEN,
        one if len(due) == 1 else many,
        _("Objectives, what was done, quality: your head evaluates them (art. 13)."),
        reverse("pola:sheet-write", args=[latest.token])
        if len(due) == 1
        else reverse("pola:sheet-list"),
        _("Open the sheet") if len(due) == 1 else _("Open the sheets"),
        "it-note",
    )


def _sheets_to_evaluate(facts: Facts) -> Iterator[Task]:
    if not facts.user.led_unit_ids or not facts.may_find("sheets"):
        return
    count = ActivitySheet.objects.to_evaluate_first(facts.user).count()
    if count:
        words = ngettext(
            "%(count)s activity sheet to be evaluated",
            "%(count)s activity sheets to be evaluated",
            count,
        )
        yield Task(
            Due.OPEN,
            words % {"count": count},
            _("Quantity and quality, as compared with work in the office (art. 13)."),
            reverse("pola:sheet-list"),
            _("Open the sheets"),
            "it-check-circle",
        )


def _figures_to_decide(facts: Facts, on: datetime.date) -> Iterator[Task]:
    if facts.plan is None or not facts.user.holds(Role.PLANNER) or not facts.may_find("lived"):
        return
    if has_undecided(facts.plan, today=on):
        yield Task(
            Due.OPEN,
            _("Decide of the computed figures of agile work"),
            _("Agreements and days give the results of some indicators: take them, or not."),
            reverse("pola:figure-list"),
            _("See the figures"),
            "it-chart-line",
        )
