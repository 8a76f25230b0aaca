"""The document: sections with their text, and the blocks generated from the data. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from strategy.differences.changes import Snapshot, Subject, fields_changed, moved, whole
from strategy.differences.matching import Matching, match, match_in_order, out_of_order
from strategy.enums import ChangeKind, PlanPart

SECTION_FIELDS = (
    "number",
    "title",
    "level",
    "is_annex",
    "summary",
    "key_figure",
    "key_figure_caption",
    "body",
)
ADDED_FIELDS = ("summary", "key_figure", "key_figure_caption", "body")
BLOCK_FIELDS = ("kind", "argument", "table", "caption", "lead", "source_note")
ADDED_BLOCK_FIELDS = ("lead", "source_note")
Sections = Sequence[Snapshot]


def document_changes(old: Sections, new: Sections) -> Iterator[Subject]:
    """Section by section; sections by address name, else by number and title, else by title."""
    matching = match(
        old,
        new,
        lambda one: one["slug"],
        lambda one: (one["number"], one["title"]),
        lambda one: one["title"],
    )
    slugs = {was["slug"]: is_now["slug"] for was, is_now in matching.pairs}
    names = [" ".join(sorted((a["slug"], b["slug"]))) for a, b in matching.pairs]
    shuffled = out_of_order(matching.both, names)
    titles = [{one["slug"]: heading(one) for one in side} for side in (old, new)]
    for pair, (here, there) in enumerate(matching.both):
        was, is_now = old[here], new[there]
        changes = fields_changed(was, is_now, SECTION_FIELDS)
        if slugs.get(was["parent"], was["parent"]) != is_now["parent"]:
            parents = (titles[0].get(was["parent"], ""), titles[1].get(is_now["parent"], ""))
            changes.append(moved("parent", *parents))
        if pair in shuffled:
            changes.append(moved("order", here + 1, there + 1))
        if changes:
            link = ("section", is_now["slug"])
            yield Subject(PlanPart.DOCUMENT, "", heading(is_now), tuple(changes), link)
        yield from _block_changes(was, is_now)
    yield from _section_ends(matching)


def heading(section: Snapshot) -> str:
    """Number and title as the index prints them."""
    number = "" if section["is_annex"] else section["number"]
    return f"{number} {section['title']}".strip()


def _section_ends(matching: Matching[Snapshot]) -> Iterator[Subject]:
    for kind, sections in (
        (ChangeKind.ADDED, [matching.new[at] for at in matching.added]),
        (ChangeKind.REMOVED, [matching.old[at] for at in matching.removed]),
    ):
        for section in sections:
            link = ("section", section["slug"]) if kind == ChangeKind.ADDED else ("", "")
            said = whole(kind, "section", heading(section), section, ADDED_FIELDS)
            yield Subject(PlanPart.DOCUMENT, "", heading(section), tuple(said), link)
            for block in section["blocks"]:
                yield _block_end(kind, block, section)


def _block_changes(old: Snapshot, new: Snapshot) -> Iterator[Subject]:
    """Blocks by what they show; one that shows something else at the same place was changed."""
    matching = match_in_order(
        old["blocks"], new["blocks"], lambda one: (one["kind"], one["argument"], one["table"])
    )
    # Two blocks that show the same keep their order by counting, hence the place is name enough.
    names = [f"{_what(a)} {_what(b)}" for a, b in _sorted_pairs(matching)]
    shuffled = out_of_order(matching.both, names)
    for pair, (here, there) in enumerate(matching.both):
        changes = fields_changed(matching.old[here], matching.new[there], BLOCK_FIELDS)
        if pair in shuffled:
            changes.append(moved("order", here + 1, there + 1))
        if changes:
            block = matching.new[there]
            link = ("section", new["slug"])
            yield Subject(PlanPart.DOCUMENT, heading(new), block_name(block), tuple(changes), link)
    for at in matching.added:
        yield _block_end(ChangeKind.ADDED, matching.new[at], new)
    for at in matching.removed:
        yield _block_end(ChangeKind.REMOVED, matching.old[at], old)


def _sorted_pairs(matching: Matching[Snapshot]) -> list[list[Snapshot]]:
    return [sorted(pair, key=_what) for pair in matching.pairs]


def _what(block: Snapshot) -> str:
    return f"{block['kind']} {block['argument']} {block['table']}"


def block_name(block: Snapshot) -> str:
    """The caption, else the kind."""
    return str(block["caption"] or block["kind"])


def _block_end(kind: ChangeKind, block: Snapshot, section: Snapshot) -> Subject:
    link = ("section", section["slug"]) if kind == ChangeKind.ADDED else ("", "")
    said = whole(kind, "block", block_name(block), block, ADDED_BLOCK_FIELDS)
    return Subject(PlanPart.DOCUMENT, heading(section), block_name(block), tuple(said), link)
