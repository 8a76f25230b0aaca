"""Dashboards and their rows: which indicator stands where, in which order and weight. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from strategy.differences.changes import (
    Change,
    Snapshot,
    Subject,
    fields_changed,
    moved,
    one_sided,
    whole,
)
from strategy.differences.indicators import IndicatorMatching
from strategy.differences.map import MapMatching, Path
from strategy.differences.matching import Matching, match, out_of_order
from strategy.enums import ChangeKind, DashboardKind, PlanPart

FIELDS = ("heading", "code", "unit", "kind")


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its dashboard, the indicator under the name both sides know, that indicator."""

    dashboard: Snapshot
    token: str
    data: Snapshot
    indicator: Snapshot

    @property
    def path(self) -> Path:
        """What it hangs on, as the row says it."""
        data = self.data
        return data["perspective"], data["objective_code"], data["objective"], data["action"]

    @property
    def branch(self) -> str:
        """Objective and action, as they are read."""
        _perspective, code, objective, action = self.path
        return f"{code} {objective}, {action}".strip()

    @property
    def has_own_name(self) -> bool:
        """The dashboard prints another name than the indicator's."""
        return bool(self.data["name"] != self.indicator["name"])


def dashboard_changes(
    old: Snapshot, new: Snapshot, *, tree: MapMatching, indicators: IndicatorMatching
) -> Iterator[Subject]:
    """What changed on the dashboards, one by one; then the rows that passed from one to another,
    that were added, that were removed."""
    matching = match(
        old["dashboards"],
        new["dashboards"],
        lambda one: one["slug"],
        lambda one: (one["kind"], one["unit"]),
    )
    rows_of = [
        lambda dashboard: _rows(dashboard, old["indicators"], indicators.old_tokens),
        lambda dashboard: _rows(dashboard, new["indicators"], indicators.new_tokens),
    ]
    yield from _heads(matching)
    gone: list[Row] = [row for at in matching.removed for row in rows_of[0](matching.old[at])]
    come: list[Row] = [row for at in matching.added for row in rows_of[1](matching.new[at])]
    for was, is_now in matching.pairs:
        rows = match(rows_of[0](was), rows_of[1](is_now), lambda row: row.token)
        yield from _kept_rows(rows, tree)
        gone += [rows.old[at] for at in rows.removed]
        come += [rows.new[at] for at in rows.added]
    yield from _passed_rows(gone, come, tree)


def _rows(
    dashboard: Snapshot, indicators: Mapping[str, Snapshot], tokens: Mapping[str, str]
) -> list[Row]:
    return [
        Row(dashboard, tokens[row["indicator"]], row, indicators[row["indicator"]])
        for row in dashboard["rows"]
    ]


def name_of(dashboard: Snapshot) -> str:
    """The unit whose dashboard it is, else the heading; printed capitals are read as words."""
    is_unit = dashboard["kind"] == DashboardKind.UNIT and dashboard["unit"]
    name = str(dashboard["unit"] if is_unit else dashboard["heading"])
    return name.capitalize() if name.isupper() else name


def _heads(matching: Matching[Snapshot]) -> Iterator[Subject]:
    """The dashboards themselves."""
    slugs = [" ".join(sorted((a["slug"], b["slug"]))) for a, b in matching.pairs]
    shuffled = out_of_order(matching.both, slugs)
    for pair, (here, there) in enumerate(matching.both):
        old, new = matching.old[here], matching.new[there]
        changes = fields_changed(old, new, FIELDS)
        if pair in shuffled:
            changes.append(moved("order", here + 1, there + 1))
        if changes:
            yield _subject(new, name_of(new), changes)
    for at in matching.added:
        dashboard = matching.new[at]
        said = whole(ChangeKind.ADDED, "dashboard", name_of(dashboard), dashboard)
        yield _subject(dashboard, name_of(dashboard), said)
    for at in matching.removed:
        dashboard = matching.old[at]
        said = whole(ChangeKind.REMOVED, "dashboard", name_of(dashboard), dashboard)
        yield Subject(PlanPart.DASHBOARDS, "", name_of(dashboard), tuple(said))


def _subject(dashboard: Snapshot, name: str, changes: Sequence[Change]) -> Subject:
    return Subject(PlanPart.DASHBOARDS, "", name, tuple(changes), ("dashboard", dashboard["slug"]))


def _kept_rows(rows: Matching[Row], tree: MapMatching) -> Iterator[Subject]:
    """Rows that stand on the same dashboard as before."""
    pairs = rows.pairs
    went = {pair for pair, (a, b) in enumerate(pairs) if not tree.is_same_action(a.path, b.path)}
    staying = [pair for pair in range(len(pairs)) if pair not in went]
    shuffled = out_of_order(
        [rows.both[pair] for pair in staying], [pairs[pair][0].token for pair in staying]
    )
    out = {staying[at] for at in shuffled}
    for pair, (old, new) in enumerate(pairs):
        changes = _row_fields(old, new)
        if pair in went:
            changes.append(moved("action", old.branch, new.branch))
        if pair in out:
            here, there = rows.both[pair]
            changes.append(moved("order", here + 1, there + 1))
        if changes:
            yield _row_subject(new, changes)


def _row_fields(old: Row, new: Row) -> list[Change]:
    """Weight, and the printed name where it is the row's own: the indicator's is told once."""
    names = ["weight"]
    if old.has_own_name or new.has_own_name:
        names.append("name")
    return [
        Change(c.kind, "printed_name" if c.field == "name" else c.field, c.old, c.new)
        for c in fields_changed(old.data, new.data, names)
    ]


def _passed_rows(gone: Iterable[Row], come: Iterable[Row], tree: MapMatching) -> Iterator[Subject]:
    """A row that left one dashboard and came to one other has moved; the others were removed and
    added."""
    left: dict[str, list[Row]] = defaultdict(list)
    arrived: dict[str, list[Row]] = defaultdict(list)
    for rows, by_token in ((gone, left), (come, arrived)):
        for row in rows:
            by_token[row.token].append(row)
    for token, news in arrived.items():
        olds = left[token]
        if len(olds) == len(news) == 1:
            yield _row_subject(news[0], _passed(olds[0], news[0], tree))
        else:
            yield from (_row_end(ChangeKind.ADDED, row) for row in news)
    for token, olds in left.items():
        if not len(olds) == len(arrived[token]) == 1:
            yield from (_row_end(ChangeKind.REMOVED, row) for row in olds)


def _passed(old: Row, new: Row, tree: MapMatching) -> list[Change]:
    changes = [moved("dashboard", name_of(old.dashboard), name_of(new.dashboard))]
    if not tree.is_same_action(old.path, new.path):
        changes.append(moved("action", old.branch, new.branch))
    return changes + _row_fields(old, new)


def _row_end(kind: ChangeKind, row: Row) -> Subject:
    changes = [one_sided(kind, "row", row.branch)]
    if row.data["weight"] != "1":
        changes.append(one_sided(kind, "weight", row.data["weight"]))
    return _row_subject(row, changes, is_there=kind == ChangeKind.ADDED)


def _row_subject(row: Row, changes: Sequence[Change], *, is_there: bool = True) -> Subject:
    place = f"{name_of(row.dashboard)}, {row.data['objective_code']}".removesuffix(", ")
    link = ("indicator", row.data["indicator"]) if is_there else ("", "")
    return Subject(PlanPart.DASHBOARDS, place, row.data["name"], tuple(changes), link)
