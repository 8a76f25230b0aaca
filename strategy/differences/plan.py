"""The plan and the institution by name, and the numbers of the staff. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from strategy.differences.changes import Change, Snapshot, Subject, fields_changed, one_sided, text
from strategy.differences.matching import match
from strategy.enums import ChangeKind, PlanPart
from strategy.rollup import UNSAID_LIMITS

PLAN_FIELDS = ("title", "label", "reference_date", *UNSAID_LIMITS)


def plan_changes(old: Snapshot, new: Snapshot) -> Iterator[Subject]:
    """What stands on the first page: the plan, then the institution."""
    before, after = (UNSAID_LIMITS | side["plan"] for side in (old, new))
    if said := fields_changed(before, after, PLAN_FIELDS):
        yield Subject(PlanPart.PLAN, "", new["plan"]["title"], tuple(said))
    was, is_now = old["institution"], new["institution"]
    if said := fields_changed(was, is_now, sorted({*was, *is_now})):
        yield Subject(PlanPart.PLAN, "", is_now["name"], tuple(said))


def staff_changes(old: Snapshot, new: Snapshot) -> Iterator[Subject]:
    """People in service by group, where no group is no people; then the posts established."""
    counts = [
        {(one["category"], one["gender"], one["part_time"]): one["count"] for one in side["staff"]}
        for side in (old, new)
    ]
    for group in {**counts[1], **counts[0]}:
        was, is_now = (counts[side].get(group, 0) for side in (0, 1))
        if was != is_now:
            category, gender, part_time = group
            name = f"{category}, {gender}{', part time' if part_time else ''}"
            said = Change(ChangeKind.CHANGED, "count", text(was), text(is_now))
            yield Subject(PlanPart.STAFF, "", name, (said,))
    yield from _posts(old, new)


def _posts(old: Snapshot, new: Snapshot) -> Iterator[Subject]:
    posts = match(
        old["established_posts"],
        new["established_posts"],
        lambda one: (one["act"], one["category"]),
    )
    for was, is_now in posts.pairs:
        if said := fields_changed(was, is_now, ("posts",)):
            yield Subject(PlanPart.STAFF, is_now["act"], is_now["category"], tuple(said))
    for kind, ends in (
        (ChangeKind.ADDED, [posts.new[at] for at in posts.added]),
        (ChangeKind.REMOVED, [posts.old[at] for at in posts.removed]),
    ):
        for one in ends:
            said_whole = one_sided(kind, "posts", text(one["posts"]))
            yield Subject(PlanPart.STAFF, one["act"], one["category"], (said_whole,))
