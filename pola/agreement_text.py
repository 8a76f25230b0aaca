"""How is the text of an agreement written? The nine contents in words, always in Italian.

The text is what both sides accept: its SHA-256 says that it is the same. Once it is offered it is
read back as it is (`read_text`), never written again from norms and names of another day.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from organization.day_names import in_sentence
from organization.days import written
from pola.contact_windows import hour, length
from pola.enums import Content
from pola.norms import Norms
from pola.terms import Terms, day_words

LANGUAGE = "it"
A_CONTENT = re.compile(
    r"(?P<number>[1-9])\. (?P<title>.+?) \(art\. (?P<article>\d+)\): (?P<text>.*)"
)
HEADS = 4  # lines before the contents: title, employee, who signs for the Chamber, number


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One of the nine contents as it is read; empty when it is missing."""

    content: Content
    number: int
    title: str
    article: int
    text: str

    @property
    def is_whole(self) -> bool:
        """It is there."""
        return bool(self.text)

    @property
    def reference(self) -> str:
        """The article as it is quoted."""
        return f"Art. {self.article}"

    @property
    def line(self) -> str:
        """As the text says it."""
        return f"{self.number}. {self.title} (art. {self.article}): {self.text}"


@dataclass(frozen=True, slots=True)
class AgreementText:
    """A whole text: head, nine contents, place, what the employee declares; line by line."""

    head: tuple[str, ...]
    contents: tuple[ContentLine, ...]
    place: str
    declarations: tuple[str, ...]

    def __str__(self) -> str:
        contents = (one.line for one in self.contents)
        place = [self.place] if self.place else []
        return "\n".join([*self.head, *contents, *place, *self.declarations]) + "\n"

    @property
    def parties(self) -> tuple[str, ...]:
        """Who concludes the agreement: without title and number."""
        return self.head[1 : HEADS - 1]


@dataclass(frozen=True, slots=True)
class Heading:
    """Who concludes the agreement, as the head of the text says it."""

    person: str
    post: str
    counterpart: str
    number: int


def content_lines(terms: Terms, norms: Norms) -> tuple[ContentLine, ...]:
    """The nine contents in the language at hand."""
    return tuple(
        ContentLine(
            content,
            number,
            str(content.label),
            content.article,
            _one_line(_words(content, terms, norms)) if terms.has(content) else "",
        )
        for number, content in enumerate(Content, start=1)
    )


def written_text(heading: Heading, terms: Terms, norms: Norms) -> AgreementText:
    """The whole text in the language at hand, each part on a line of its own."""
    head = (
        _("Individual agreement of agile work"),
        f"{heading.person}, {heading.post}",
        _("For the Chamber: %(name)s") % {"name": heading.counterpart},
        _("Text no. %(number)s") % {"number": heading.number},
    )
    place = _("Place (art. 4): %(place)s. The seat of work does not change.")
    return AgreementText(
        head=tuple(_one_line(words) for words in head),
        contents=content_lines(terms, norms),
        place=_one_line(place % {"place": terms.place}),
        declarations=declarations(norms),
    )


def agreement_text(heading: Heading, terms: Terms, norms: Norms) -> str:
    """The whole text, in Italian, as it is offered and accepted."""
    with override(LANGUAGE):
        return str(written_text(heading, terms, norms))


def read_text(text: str) -> AgreementText:
    """An offered text, part by part: nothing is added, nothing is left out.

    What runs over several lines within a content stays in it; a text in another shape is all head.
    """
    lines = text.removesuffix("\n").split("\n")
    starts = _starts(lines)
    if len(starts) < len(Content):
        return AgreementText(tuple(lines), (), "", ())
    ends = [*starts[1:], _end_of_contents(lines, starts[-1])]
    contents = tuple(
        _content("\n".join(lines[start:end])) for start, end in zip(starts, ends, strict=True)
    )
    rest = lines[ends[-1] :]
    return AgreementText(
        tuple(lines[: starts[0]]), contents, rest[0] if rest else "", tuple(rest[1:])
    )


def _starts(lines: list[str]) -> list[int]:
    """Where each of the nine contents begins, in their order."""
    found: list[int] = []
    for index, line in enumerate(lines):
        match = A_CONTENT.match(line)
        if match and int(match["number"]) == len(found) + 1:
            found.append(index)
    return found


def _end_of_contents(lines: list[str], last: int) -> int:
    """The line of the place, after the last content; without one the next."""
    after = range(last + 1, len(lines))
    return next((n for n in after if " (art. 4): " in lines[n]), min(last + 1, len(lines)))


def _content(line: str) -> ContentLine:
    match = re.fullmatch(A_CONTENT.pattern, line, re.DOTALL)
    if match is None:
        raise ValueError(line)
    number = int(match["number"])
    content = list(Content)[number - 1]
    return ContentLine(content, number, match["title"], int(match["article"]), match["text"])


def _one_line(words: str) -> str:
    return " ".join(words.split())


def declarations(norms: Norms) -> tuple[str, ...]:
    """What the employee declares and knows, in the language at hand."""
    return (
        _("I have received the notices on health, safety and personal data (art. 10 and 12)."),
        _("The place is suitable and guards what is confidential (art. 4)."),
        _("I use the tools of the Chamber for work only (art. 9)."),
        _("On agile days there is no overtime, travel allowance or meal voucher (art. 7)."),
        _("From %(start)s to %(end)s nobody works; the rest is of %(hours)s consecutive hours.")
        % {
            "start": hour(norms.rest_begins),
            "end": hour(norms.rest_ends),
            "hours": norms.rest_hours,
        },
    )


def text_hash(text: str) -> str:
    """By which it is known that two people read the same text."""
    return hashlib.sha256(text.encode()).hexdigest()


def weekday_words(weekdays: Iterable[int]) -> str:
    """The usual days: martedì e giovedì."""
    names = [in_sentence(str(WEEKDAYS[day])) for day in sorted(weekdays)]
    return get_text_list(names, _("and"))


def window_words(terms: Terms, norms: Norms) -> str:
    """Both windows with their length."""
    parts = [
        _("%(hours)s (%(length)s between %(opens)s and %(closes)s)")
        % {
            "hours": window.words,
            "length": length(window.minutes),
            "opens": hour(opens),
            "closes": hour(closes),
        }
        for window, opens, closes in (
            (terms.morning, norms.morning_opens, norms.morning_closes),
            (terms.afternoon, norms.afternoon_opens, norms.afternoon_closes),
        )
        if not window.is_empty
    ]
    return "; ".join(parts)


def default_terms(terms: Terms, norms: Norms, *, own_equipment: bool) -> Terms:
    """The same terms with the usual words where nothing is written yet, in Italian."""
    with override(LANGUAGE):
        least = max(0, 5 - terms.days_per_week)
        usual = {
            "returns": ngettext(
                "At least %(count)s day in the office each week",
                "At least %(count)s days in the office each week",
                least,
            )
            % {"count": least},
            "availability": _(
                "Within one's own hours (%(day)s), never from %(start)s to %(end)s; %(rest)s "
                "consecutive hours of rest"
            )
            % {
                "day": day_words(terms),
                "start": hour(norms.rest_begins),
                "end": hour(norms.rest_ends),
                "rest": norms.rest_hours,
            },
            "equipment": _("Portable PC and VPN of the Chamber, telephone of one's own")
            if not own_equipment
            else _("Equipment of one's own, agreed, with the VPN of the Chamber"),
            "indicators": _("The indicators of the objectives, recorded each month"),
            "monitoring": _("Monthly activity sheet, read by the head"),
            "notice": _(
                "At least %(days)s days with a specific reason; longer, or none, in the cases of "
                "art. 8"
            )
            % {"days": norms.notice_days},
        }
    return terms.with_changes(
        **{name: words for name, words in usual.items() if not getattr(terms, name)}
    )


FOLLOWING = ("returns", "availability")  # they speak of the days a week and of the hours


def follow_changes(before: Terms, after: Terms, norms: Norms) -> Terms:
    """The terms as changed; the usual words that nobody touched follow the days and the hours that
    they speak of, so that a text does not say two things."""
    blank = dict.fromkeys(FOLLOWING, "")
    usual = default_terms(before.with_changes(**blank), norms, own_equipment=False)
    told = [name for name in FOLLOWING if getattr(after, name) == getattr(usual, name)]
    fresh = default_terms(after.with_changes(**blank), norms, own_equipment=False)
    return after.with_changes(**{name: getattr(fresh, name) for name in told})


def _words(content: Content, terms: Terms, norms: Norms) -> str:
    match content:
        case Content.TERM:
            return _term_words(terms, norms)
        case Content.OBJECTIVES:
            return "; ".join(one.words for one in terms.objectives)
        case Content.WINDOWS:
            return window_words(terms, norms)
        case Content.RETURNS:
            return _returns_words(terms)
        case _:
            return str(getattr(terms, content.value))


def _term_words(terms: Terms, norms: Norms) -> str:
    days = [written(day) for day in (terms.starts_on, terms.ends_on) if day]
    words = _("from %(first)s to %(last)s") % {"first": days[0], "last": days[-1]}
    if not terms.is_cut:
        return words
    cut = _("cut at the end of the trial, %(day)s") % {"day": written(norms.trial_ends_on)}
    return f"{words} ({cut})"


def _returns_words(terms: Terms) -> str:
    agile = ngettext(
        "%(count)s agile day a week at most",
        "%(count)s agile days a week at most",
        terms.days_per_week,
    ) % {"count": terms.days_per_week}
    usual = _("usually %(days)s") % {"days": weekday_words(terms.weekdays)}
    parts = [terms.returns.rstrip("."), agile, *([usual] if terms.weekdays else [])]
    return "; ".join(parts)
