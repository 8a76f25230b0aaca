"""The tables of figures, row by row and cell by cell. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from strategy.differences.changes import (
    Change,
    Snapshot,
    Subject,
    fields_changed,
    moved,
    one_sided,
    text,
)
from strategy.differences.matching import Matching, match, match_in_order, out_of_order
from strategy.enums import ChangeKind, PlanPart


def table_changes(old: Sequence[Snapshot], new: Sequence[Snapshot]) -> Iterator[Subject]:
    """Tables by name, else by caption."""
    matching = match(old, new, lambda one: one["slug"], lambda one: one["caption"])
    for was, is_now in matching.pairs:
        if was != is_now:
            yield from _table(was, is_now)
    for kind, tables in (
        (ChangeKind.ADDED, [matching.new[at] for at in matching.added]),
        (ChangeKind.REMOVED, [matching.old[at] for at in matching.removed]),
    ):
        for table in tables:
            said = [one_sided(kind, "table", table["caption"])]
            yield Subject(PlanPart.TABLES, "", table["caption"], tuple(said))
            for row in table["rows"]:
                yield _row_end(kind, row, table)


def _table(old: Snapshot, new: Snapshot) -> Iterator[Subject]:
    columns = match_in_order(old["columns"], new["columns"], lambda one: one["heading"])
    rows = match_in_order(old["rows"], new["rows"], _row_name)
    changes = [*fields_changed(old, new, ("caption", "source_note")), *_columns(columns)]
    if changes:
        yield Subject(PlanPart.TABLES, "", new["caption"], tuple(changes))
    names = [" ".join(sorted(_row_text(one) for one in pair)) for pair in rows.pairs]
    shuffled = out_of_order(rows.both, names)
    for pair, (here, there) in enumerate(rows.both):
        was, is_now = rows.old[here], rows.new[there]
        said = [*fields_changed(was, is_now, ("level",)), *_cells(was, is_now, columns)]
        if pair in shuffled:
            said.append(moved("order", here + 1, there + 1))
        if said:
            yield Subject(PlanPart.TABLES, new["caption"], _row_name(is_now), tuple(said))
    for at in rows.added:
        yield _row_end(ChangeKind.ADDED, rows.new[at], new)
    for at in rows.removed:
        yield _row_end(ChangeKind.REMOVED, rows.old[at], old)


def _row_name(row: Snapshot) -> str:
    return str(row["cells"][0]) if row["cells"] else ""


def _row_text(row: Snapshot) -> str:
    return text(row["cells"])


def _row_end(kind: ChangeKind, row: Snapshot, table: Snapshot) -> Subject:
    said = one_sided(kind, "table_row", _row_text(row))
    return Subject(PlanPart.TABLES, table["caption"], _row_name(row), (said,))


def _columns(columns: Matching[Snapshot]) -> Iterator[Change]:
    """Headings changed, columns added, removed, moved."""
    names = [" ".join(sorted(one["heading"] for one in pair)) for pair in columns.pairs]
    shuffled = out_of_order(columns.both, names)
    for pair, (here, there) in enumerate(columns.both):
        was, is_now = columns.old[here], columns.new[there]
        detail = str(here + 1)
        yield from fields_changed(was, is_now, ("heading",), detail=detail)
        yield from fields_changed(was, is_now, ("is_numeric",), detail=is_now["heading"])
        if pair in shuffled:
            yield Change(
                ChangeKind.MOVED, "order", str(here + 1), str(there + 1), is_now["heading"]
            )
    for at in columns.added:
        yield one_sided(ChangeKind.ADDED, "column", columns.new[at]["heading"])
    for at in columns.removed:
        yield one_sided(ChangeKind.REMOVED, "column", columns.old[at]["heading"])


def _cells(old: Snapshot, new: Snapshot, columns: Matching[Snapshot]) -> Iterator[Change]:
    """Each cell under its column, wherever the column stands now."""
    for here, there in columns.both:
        was, is_now = _cell(old, here), _cell(new, there)
        if was != is_now:
            heading = columns.new[there]["heading"]
            yield Change(ChangeKind.CHANGED, "cell", was, is_now, heading)
    for at in columns.added:
        if cell := _cell(new, at):
            yield one_sided(ChangeKind.ADDED, "cell", cell, columns.new[at]["heading"])
    for at in columns.removed:
        if cell := _cell(old, at):
            yield one_sided(ChangeKind.REMOVED, "cell", cell, columns.old[at]["heading"])


def _cell(row: Snapshot, place: int) -> str:
    """The text of a cell; a row cut short has none."""
    return str(row["cells"][place]) if place < len(row["cells"]) else ""
