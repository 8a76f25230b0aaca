"""Who made the figures that were sent: none of them validates them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from strategy.models import ActivityResult, Recording


def authors_of(recordings: Sequence[Recording]) -> dict[int, frozenset[int]]:
    """The users who entered or sent each figure, loaded with its indicator and period, whoever
    typed the value before others wrote beside it, and those whose results of its activities the
    sheet of a project gave it; at most two statements."""
    found = {one.pk: {one.entered_by_id, one.submitted_by_id} for one in recordings}
    for pk, user in _hands_on_the_value([one for one in recordings if one.version > 1]):
        found[pk].add(user)
    projects = [one for one in recordings if one.indicator.is_project]
    results = defaultdict(list)
    if projects:
        for result in _results(projects):
            results[result.activity.sheet.indicator_id].append(result)
    for one in projects:
        standing: dict[int, int | None] = {}
        for result in results[one.indicator_id]:
            if _could_tell(result, one):
                standing[result.activity_id] = result.recorded_by_id
        found[one.pk].update(standing.values())
    return {pk: frozenset(user for user in users if user) for pk, users in found.items()}


def _hands_on_the_value(recordings: Sequence[Recording]) -> Iterator[tuple[int, int]]:
    """Figure and user of each version that has held the present value without a break."""
    present = {one.pk: (one.printed, one.numerator, one.denominator) for one in recordings}
    if not present:
        return
    versions = Recording.history.filter(id__in=present).order_by("-history_id")
    for pk, user, *value in versions.values_list(
        "id", "entered_by_id", "printed", "numerator", "denominator"
    ):
        if present.get(pk) == tuple(value):
            yield pk, user
        else:
            present.pop(pk, None)


def _results(projects: Sequence[Recording]) -> Iterable[ActivityResult]:
    """What came out of the activities of the projects, the oldest first."""
    results = ActivityResult.objects.filter(
        activity__sheet__plan__in={one.period.plan_id for one in projects},
        activity__sheet__indicator__in=[one.indicator_id for one in projects],
    )
    return results.select_related("activity__sheet").order_by("pk")


def _could_tell(result: ActivityResult, figure: Recording) -> bool:
    """It was on the sheet when the figure was entered, and counts up to its day."""
    is_in_time = not result.is_stated or result.measured_on <= figure.period.ends_on
    return is_in_time and result.recorded_at <= figure.entered_at
