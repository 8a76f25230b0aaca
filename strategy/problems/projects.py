"""The checks of the projects: sheets that wait for their activities."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from strategy.enums import CheckRule
from strategy.problems.reading import Reading
from strategy.problems.records import Problem


def projects_without_activities(reading: Reading) -> Iterator[Problem]:
    """Projects whose progress cannot be said: their result depends on activities (3.2)."""
    for sheet in reading.projects:
        if not sheet.activity_count:
            yield Problem(
                rule=CheckRule.PROJECT,
                place=sheet.indicator.name,
                url=reading.address("project-detail", sheet.pk),
                text=_("Its sheet has no activities yet."),
            )
