"""A difference as it is shown: lines in groups, with the words that changed inside a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from strategy.differences import Change, Difference, Subject
from strategy.enums import ChangeKind, PlanPart
from strategy.models import Plan
from strategy.reports.difference_words import (
    HTML,
    field_words,
    name_words,
    place_words,
    value_words,
)
from strategy.word_differences import WordChange, has_changes, word_changes

# Texts of so many letters are compared word by word; shorter ones stand side by side.
LONG = 60
# Words that stay are cut in the middle of a long run, texts that came or went at their end.
AROUND = 90
LONGEST = 400
PAGES = {
    "indicator": "strategy:indicator-detail",
    "dashboard": "strategy:dashboard-detail",
    "section": "strategy:section-detail",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One side of a change: what was written, or that nothing was, or that nothing existed."""

    text: str
    is_absent: bool = False

    @property
    def is_empty(self) -> bool:
        """It exists and says nothing."""
        return not self.is_absent and not self.text


class Word(NamedTuple):
    """A run of words of a text: removed, added, or neither."""

    text: str
    is_removed: bool = False
    is_added: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One change as it is read."""

    part: PlanPart
    place: str
    name: str
    url: str
    field: str
    kind: ChangeKind
    old: Value
    new: Value
    words: tuple[Word, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of a part of the plan; `total` counts those on other pages too."""

    part: PlanPart
    total: int
    lines: tuple[Line, ...]


Pair = tuple[Subject, Change]


def change_pairs(difference: Difference) -> list[Pair]:
    """Every change beside its subject, for whoever shows them page by page."""
    return [(subject, change) for subject in difference.subjects for change in subject.changes]


def difference_groups(
    pairs: Iterable[Pair], difference: Difference, plan: Plan | None = None
) -> list[Group]:
    """Changes in groups; with a plan, each name leads to its page there."""
    totals = difference.parts()
    lines = (_line(subject, change, plan) for subject, change in pairs)
    return [
        Group(part, totals[part], tuple(found))
        for part, found in groupby(lines, key=lambda line: line.part)
    ]


def _line(subject: Subject, change: Change, plan: Plan | None) -> Line:
    words = tuple(_words(change))
    is_same_text = bool(words) and not has_changes(words)
    return Line(
        part=subject.part,
        place=place_words(subject.part, subject.place),
        name=name_words(subject.name),
        url=_url(subject, plan),
        field=field_words(change.field, change.detail),
        kind=change.kind,
        old=_value(change.field, change.old),
        new=_value(change.field, change.new),
        words=() if is_same_text else tuple(_cut(words)),
        note=_("Same words: only bold, headings or links changed.") if is_same_text else "",
    )


def _url(subject: Subject, plan: Plan | None) -> str:
    sort, identity = subject.link
    return reverse(PAGES[sort], args=[plan.first_year, identity]) if plan and sort else ""


def _value(field: str, text: str | None) -> Value:
    if text is None:
        return Value("", is_absent=True)
    words = value_words(field, text)
    return Value(words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()}…")


def _words(change: Change) -> Sequence[WordChange]:
    """The words of a long text that is there on both sides."""
    if not change.old or not change.new or change.kind == ChangeKind.MOVED:
        return ()
    if change.field in HTML:
        return word_changes(change.old, change.new)
    if min(len(change.old), len(change.new)) < LONG:
        return ()
    return word_changes(escape(change.old), escape(change.new))


def _cut(words: Sequence[WordChange]) -> Iterator[Word]:
    """The same words with long runs that stayed shortened to what stands around the changes."""
    for at, (kind, said) in enumerate(words):
        text = said.rstrip() if at == len(words) - 1 else said
        if not text:
            continue
        if kind != "same":
            yield Word(text, kind == "removed", kind == "added")
            continue
        head = "" if at == 0 else text[:AROUND].rpartition(" ")[0]
        tail = "" if at == len(words) - 1 else text[-AROUND:].partition(" ")[2]
        is_short = len(text) <= 2 * AROUND
        yield Word(text if is_short else f"{head} … {tail}")
