"""What changed in a text, word by word: for the history of a section and between two editions.

Pure: two HTML texts in, a list of pieces out. Only words are compared: marks of the text (bold,
a heading become a paragraph) are not words. First the paragraphs are matched, then the words of
those that differ, so that a long text costs little and a moved comma is shown alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Literal, NamedTuple

Kind = Literal["same", "removed", "added"]

# What begins a line of its own; the cells of a table row stay on one line.
_LINES = {"p", "h3", "h4", "li", "blockquote", "br", "caption", "tr", "table", "ul", "ol", "div"}
_CELLS = {"td", "th"}
_SPACE = re.compile(r"\s+")
# A figure stays whole: 4.500, 0,77, 90%, 25.1.2021, 43/72.
_WORD = re.compile(r"\s*(?:\w+(?:[.,/'’-]\w+)*%?|[^\w\s])")
# Beyond so many pairs of words the quick way is taken, which passes over frequent words.
_EXACT_PAIRS = 1_000_000


class WordChange(NamedTuple):
    """A run of words that is the same, or was removed, or was added; lines end with a break."""

    kind: Kind
    text: str

    @property
    def is_removed(self) -> bool:
        """Stood in the old text alone."""
        return self.kind == "removed"

    @property
    def is_added(self) -> bool:
        """Stands in the new text alone."""
        return self.kind == "added"


def word_changes(old_html: str, new_html: str) -> list[WordChange]:
    """The words of both texts in reading order, each said to be the same, removed or added.

    Without the removed ones the text is the new one, without the added ones it is the old one. An
    image counts by its alternative text, in square brackets.
    """
    return list(_joined(_by_line(text_lines(old_html), text_lines(new_html))))


def has_changes(changes: Sequence[WordChange]) -> bool:
    """Whether any word was removed or added."""
    return any(change.kind != "same" for change in changes)


def text_lines(html: str) -> list[str]:
    """The words of a text, a line for each paragraph, item or table row, without its marks."""
    reader = _Lines()
    reader.feed(html)
    reader.close()
    return [line for line in (_SPACE.sub(" ", line).strip(" |") for line in reader.lines) if line]


class _Lines(HTMLParser):
    """Gathers the words line by line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LINES:
            self.lines.append("")
        if tag == "img":
            self.lines[-1] += f" [{dict(attrs).get('alt') or ''}] "

    def handle_endtag(self, tag: str) -> None:
        if tag in _LINES:
            self.lines.append("")
        elif tag in _CELLS:
            self.lines[-1] += " | "

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data if self.lines[-1].strip() else data.lstrip()


def _by_line(old: list[str], new: list[str]) -> Iterator[WordChange]:
    """Lines that are the same as they are; the others word by word."""
    for tag, o1, o2, n1, n2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield WordChange("same", _text(new[n1:n2]))
        elif tag == "replace":
            yield from _by_word(_text(old[o1:o2]), _text(new[n1:n2]))
        else:
            yield WordChange("removed", _text(old[o1:o2]))
            yield WordChange("added", _text(new[n1:n2]))


def _by_word(old: str, new: str) -> Iterator[WordChange]:
    olds, news = _words(old), _words(new)
    quick = len(olds) * len(news) > _EXACT_PAIRS
    matcher = SequenceMatcher(None, _bare(olds), _bare(news), autojunk=quick)
    for tag, o1, o2, n1, n2 in matcher.get_opcodes():
        if tag == "equal":
            # Where the words before were taken away, the space was between the two.
            space = " " if olds[o1].startswith(" ") and not news[n1].startswith(" ") else ""
            yield WordChange("same", space + "".join(news[n1:n2]))
        else:
            yield WordChange("removed", "".join(olds[o1:o2]))
            yield WordChange("added", "".join(news[n1:n2]))


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _words(text: str) -> list[str]:
    """Words with the space before them; the break that ends a line is a word of its own."""
    return [
        word
        for line in text.splitlines()
        for word in (*(match[0] for match in _WORD.finditer(line)), "\n")
    ]


def _bare(words: Sequence[str]) -> list[str]:
    return [word.strip(" ") for word in words]


def _joined(changes: Iterator[WordChange]) -> Iterator[WordChange]:
    """Neighbours of one kind become one; removed words stand before the added ones."""
    pending: dict[Kind, str] = {"removed": "", "added": ""}
    same = ""
    for change in changes:
        if change.kind == "same":
            yield from _flushed(pending)
            same += change.text
        elif change.text:
            if same:
                yield WordChange("same", same)
                same = ""
            pending[change.kind] += change.text
    yield from _flushed(pending)
    if same:
        yield WordChange("same", same)


def _flushed(pending: dict[Kind, str]) -> Iterator[WordChange]:
    for kind, text in pending.items():
        if text:
            yield WordChange(kind, text)
            pending[kind] = ""
