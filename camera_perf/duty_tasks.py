"""What waits for whom about the duties of agile work: courses and safety notices that agreement
holders lack, accidents and problems to follow, activities to map or whose review is due."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from camera_perf.home_facts import Facts
from camera_perf.home_waiting import Due, Task
from organization.enums import Role
from pola.models import Incident
from pola.reports.duties import holders_lacking, mappings_waiting


def duty_tasks(facts: Facts, on: datetime.date) -> Iterator[Task]:
    """For HR, one more where a report is open, and for who leads a unit: a statement each."""
    if facts.is_employed and facts.user.holds(Role.HR):
        yield from _lacking(on)
        if facts.may_find("incidents"):
            yield from _incidents()
    if facts.is_employed and facts.user.led_unit_ids and facts.may_find("mappings"):
        yield from _mappings(facts, on)


def _lacking(on: datetime.date) -> Iterator[Task]:
    found = holders_lacking(on)
    if found.course:
        yield Task(
            Due.OPEN,
            ngettext(
                "%(count)s agreement holder without the course",
                "%(count)s agreement holders without the course",
                found.course,
            )
            % {"count": found.course},
            _("Who works remotely attends a course (art. 11)."),
            f"{reverse('pola:register-people')}?lacks=course&group=agreement",
            _("See who they are"),
            "it-user",
        )
    if found.notice:
        yield Task(
            Due.OPEN,
            ngettext(
                "%(count)s agreement holder without the safety notice",
                "%(count)s agreement holders without the safety notice",
                found.notice,
            )
            % {"count": found.notice},
            _("It is given every year (art. 10)."),
            f"{reverse('pola:register-people')}?lacks=notice&group=agreement",
            _("See who they are"),
            "it-user",
        )


def _incidents() -> Iterator[Task]:
    """Accidents and problems of which nothing was written that was done."""
    count = Incident.objects.open().count()
    if count:
        yield Task(
            Due.OPEN,
            ngettext("%(count)s report to follow", "%(count)s reports to follow", count)
            % {"count": count},
            _("Accidents and problems of agile work: write what was done (art. 4 and 10)."),
            reverse("pola:incident-list"),
            _("Open the reports"),
            "it-warning-circle",
        )


def _mappings(facts: Facts, on: datetime.date) -> Iterator[Task]:
    found = mappings_waiting(facts.user, on)
    if found.unmapped:
        yield Task(
            Due.OPEN,
            ngettext("%(count)s activity to map", "%(count)s activities to map", found.unmapped)
            % {"count": found.unmapped},
            _("The ten parameters of 5.2.2 say whether it can be done remotely."),
            reverse("pola:activity-list"),
            _("Open the activities"),
            "it-list",
        )
    if found.due:
        yield Task(
            Due.OPEN,
            ngettext("%(count)s mapping to review", "%(count)s mappings to review", found.due)
            % {"count": found.due},
            _("It is reviewed every year (5.2.3)."),
            reverse("pola:activity-list"),
            _("Open the activities"),
            "it-list",
        )
