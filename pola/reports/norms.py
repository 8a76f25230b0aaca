"""The rules of agile work as data: value in force, those before and after, how to write one."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pola.enums import NormKey, NormKind
from pola.models import Norm
from pola.norms import Norms, NormValue

WAYS = {
    NormKind.NUMBER: _("A whole number, for example 3"),
    NormKind.SHARE: _("A per cent, for example 60%"),
    NormKind.DATE: _("Day, month and year with dots, for example 31.1.2022"),
    NormKind.TIME: _("Hour and minutes with a dot, for example 19.30"),
    NormKind.SWITCH: _("One word: si or no"),
}


def printed_norm(value: NormValue) -> str:
    """A value as the office writes it. See also: pola.norms.read_norm."""
    match value:
        case bool():
            return "si" if value else "no"
        case datetime.date():
            return f"{value.day}.{value.month}.{value.year}"
        case datetime.time():
            return f"{value.hour}.{value.minute:02d}"
        case _:
            return str(value)


@dataclass(frozen=True, slots=True)
class NormLine:
    """A rule on a day: its values from the newest on, those begun and those to come."""

    key: NormKey
    values: tuple[Norm, ...]
    on: datetime.date

    @property
    def article(self) -> int:
        """The article that fixes it, 0 when the section of the plan does."""
        return self.key.article

    @property
    def way(self) -> str | Promise:
        """How a value of this rule is written."""
        return WAYS[self.key.kind]

    @property
    def current(self) -> Norm | None:
        """The value in force, none when no act is written: then the application starts from one of
        its own."""
        return next((one for one in self.values if one.starts_on <= self.on), None)

    @property
    def printed(self) -> str:
        """The value in force as it is written."""
        if self.current:
            return self.current.printed
        return printed_norm(getattr(Norms(), self.key.value))

    @property
    def coming(self) -> tuple[Norm, ...]:
        """Values not in force yet, the nearest first."""
        return tuple(one for one in reversed(self.values) if one.starts_on > self.on)

    @property
    def earlier(self) -> tuple[Norm, ...]:
        """Values that were in force, the newest first."""
        return tuple(one for one in self.values if one.starts_on <= self.on)[1:]


@dataclass(frozen=True, slots=True)
class ArticleNorms:
    """The rules that one article fixes."""

    reference: str
    article: int
    lines: tuple[NormLine, ...]


def norm_line(key: NormKey, values: Iterable[Norm], *, on: datetime.date) -> NormLine:
    """One rule with its values."""
    ordered = sorted(values, key=lambda one: one.starts_on, reverse=True)
    return NormLine(key, tuple(ordered), on)


def norm_articles(values: Iterable[Norm], *, on: datetime.date) -> list[ArticleNorms]:
    """Every rule with its values, article by article, those of the section last."""
    known = defaultdict(list)
    for value in values:
        known[value.key].append(value)
    lines = defaultdict(list)
    for key in NormKey:
        lines[key.article].append(norm_line(key, known[key.value], on=on))
    order = sorted(lines, key=lambda article: article or 99)
    return [
        ArticleNorms(lines[article][0].key.reference, article, tuple(lines[article]))
        for article in order
    ]
