"""The sheets of the projects: their facts, then their activities one by one. Pure.

A snapshot holds the sheets that say something: one that is not there says nothing yet, and is read
as an empty one. So writing the first activities adds activities, and no sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from strategy.differences.changes import (
    Change,
    Snapshot,
    Subject,
    fields_changed,
    moved,
    one_sided,
    whole,
)
from strategy.differences.indicators import IndicatorMatching, typed
from strategy.differences.matching import match, match_marked, out_of_order
from strategy.enums import ChangeKind, PlanPart

ANNEX = "projects"
FACTS = ("office", "purpose", "notes")
ACTIVITY_FACTS = ("name", "office", "starts_on", "ends_on", "weight")
ADDED_FACTS = ACTIVITY_FACTS[1:]
RESULT_FACTS = ("measured_on", "note")
NO_RESULT: Snapshot = {"printed": "", **dict.fromkeys(RESULT_FACTS)}
EMPTY: Snapshot = {**dict.fromkeys(FACTS, ""), "activities": []}


def project_changes(
    old: Snapshot, new: Snapshot, indicators: IndicatorMatching
) -> Iterator[Subject]:
    """Sheet by sheet, each known by its indicator; those of the new side first, in their order."""
    before, now = _sheets(old), _sheets(new)
    marks = [
        [tokens.get(sheet["indicator"], f"?{sheet['indicator']}") for sheet in side]
        for tokens, side in ((indicators.old_tokens, before), (indicators.new_tokens, now))
    ]
    matching = match_marked(before, now, marks)
    for was, is_now in matching.pairs:
        yield from _sheet(is_now, was, is_now)
    for at in matching.added:
        yield from _sheet(matching.new[at], EMPTY, matching.new[at])
    for at in matching.removed:
        yield from _sheet(matching.old[at], matching.old[at], EMPTY)


def _sheets(snapshot: Snapshot) -> Sequence[Snapshot]:
    sheets: Sequence[Snapshot] = snapshot["annexes"].get(ANNEX, {}).get("sheets", [])
    return sheets


def _sheet(named: Snapshot, old: Snapshot, new: Snapshot) -> Iterator[Subject]:
    """The facts of a sheet, then what became of its activities."""
    name = named["name"]
    link = ("", "") if new is EMPTY else ("indicator", named["indicator"])
    if said := fields_changed(old, new, FACTS):
        yield Subject(PlanPart.PROJECTS, "", name, tuple(said), link)
    matching = match(
        old["activities"], new["activities"], lambda one: one["id"], lambda one: one["name"]
    )
    names = [" ".join(sorted((a["name"], b["name"]))) for a, b in matching.pairs]
    shuffled = out_of_order(matching.both, names)
    for pair, (here, there) in enumerate(matching.both):
        was, is_now = matching.old[here], matching.new[there]
        changes = list(_activity(was, is_now))
        if pair in shuffled:
            changes.append(moved("order", here + 1, there + 1))
        if changes:
            yield Subject(PlanPart.PROJECTS, name, is_now["name"], tuple(changes), link)
    for kind, ends in (
        (ChangeKind.ADDED, [matching.new[at] for at in matching.added]),
        (ChangeKind.REMOVED, [matching.old[at] for at in matching.removed]),
    ):
        for activity in ends:
            whole_one = tuple(_whole(kind, activity))
            yield Subject(PlanPart.PROJECTS, name, activity["name"], whole_one, link)


def _activity(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    yield from fields_changed(old, new, ACTIVITY_FACTS)
    yield from _value("target", old["target"], new["target"])
    was, is_now = old["result"] or NO_RESULT, new["result"] or NO_RESULT
    yield from _value("result", was, is_now)
    yield from fields_changed(was, is_now, RESULT_FACTS)


def _value(field: str, old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """The text of a value, or what it means when the text is the same."""
    if old["printed"] != new["printed"]:
        yield Change(ChangeKind.CHANGED, field, old["printed"], new["printed"])
    elif old is not new and typed(old) != typed(new):
        yield Change(ChangeKind.CHANGED, f"{field}_value", typed(old), typed(new))


def _whole(kind: ChangeKind, activity: Snapshot) -> Iterator[Change]:
    yield from whole(kind, "activity", activity["name"], activity, ADDED_FACTS)
    yield one_sided(kind, "target", activity["target"]["printed"])
    if activity["result"]:
        yield one_sided(kind, "result", activity["result"]["printed"])
