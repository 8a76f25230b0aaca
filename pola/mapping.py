"""How far can an activity be done remotely? The ten parameters of 5.2.2, their scales, the grade.

Every parameter is answered on a scale of four levels, 0 for what asks most for the office and 3 for
what suits remote work best. Four of them are the conditions of art. 2: at level 0 nothing else
makes up for them. Pure, but for the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pola.enums import Grade

FULL_FROM = 20  # points of 30 from which an activity wholly remote has no reason to wait
HIGHEST = 3
LOW = 1  # a level that is told among what holds the activity back
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Parameter:
    """One of the ten parameters: its field, what it asks, its four levels from 0 to 3."""

    name: str
    question: Words
    levels: tuple[Words, Words, Words, Words]
    letter: str = ""  # of art. 2, when the activity stands or falls with it

    @property
    def reference(self) -> str:
        """The rule as it is quoted, empty for a parameter that only adds points."""
        return f"Art. 2 {self.letter})" if self.letter else ""

    @property
    def choices(self) -> list[tuple[int, Words]]:
        """The scale as a form offers it, the most suited first."""
        return [(level, self.levels[level]) for level in range(HIGHEST, -1, -1)]


def _often(*words: Words) -> tuple[Words, Words, Words, Words]:
    return (words[0], words[1], words[2], words[3])


RARENESS = _often(
    gettext_lazy("every day"),
    gettext_lazy("every week"),
    gettext_lazy("every month"),
    gettext_lazy("a few times a year, or never"),
)
IT_SHARE = _often(
    gettext_lazy("hardly any: paper, objects, places"),
    gettext_lazy("for less than half of the work"),
    gettext_lazy("for most of the work"),
    gettext_lazy("for all of the work, also from outside"),
)

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "remote_part",
        gettext_lazy("Part that can be done remotely, without constant presence in the office"),
        _often(
            gettext_lazy("none: presence is always needed"),
            gettext_lazy("less than half"),
            gettext_lazy("more than half"),
            gettext_lazy("all, or almost all"),
        ),
        "a",
    ),
    Parameter(
        "autonomy",
        gettext_lazy("Autonomy in carrying out and organising the work"),
        _often(
            gettext_lazy("each step is told by somebody else"),
            gettext_lazy("the order of the work is told, the steps are known"),
            gettext_lazy("the person organises the day"),
            gettext_lazy("the person organises the work and answers for the result"),
        ),
        "c",
    ),
    Parameter(
        "exchange",
        gettext_lazy("Exchange with colleagues and dirigenti"),
        _often(
            gettext_lazy("constant, side by side"),
            gettext_lazy("several times a day"),
            gettext_lazy("a few times a day, also by telephone or video"),
            gettext_lazy("now and then, by appointment"),
        ),
    ),
    Parameter(
        "it_decisions",
        gettext_lazy("Use of IT tools in communicating and deciding"),
        _often(
            gettext_lazy("on paper and in person"),
            gettext_lazy("some steps"),
            gettext_lazy("most steps"),
            gettext_lazy("all steps: mail, digital signature, acts in the system"),
        ),
    ),
    Parameter(
        "front_office",
        gettext_lazy("Front office and exchange with the public"),
        _often(
            gettext_lazy("at the counter all day"),
            gettext_lazy("mostly at the counter"),
            gettext_lazy("some, also by telephone or online"),
            gettext_lazy("back office only"),
        ),
    ),
    Parameter(
        "standard",
        gettext_lazy("Standardisation of the process"),
        _often(
            gettext_lazy("each case is different"),
            gettext_lazy("some steps are the same"),
            gettext_lazy("most steps are the same"),
            gettext_lazy("procedure written, steps always the same"),
        ),
    ),
    Parameter(
        "urgency", gettext_lazy("How often something immediate or urgent comes up"), RARENESS
    ),
    Parameter("peaks", gettext_lazy("How often work peaks"), RARENESS),
    Parameter("it_work", gettext_lazy("Use of IT tools in the work itself"), IT_SHARE, "b"),
    Parameter(
        "measures",
        gettext_lazy("Quantitative indicators to set, follow and evaluate the results"),
        _often(
            gettext_lazy("none can be found"),
            gettext_lazy("can be found, none is in use"),
            gettext_lazy("in use for part of the work"),
            gettext_lazy("in use for all of the work"),
        ),
        "d",
    ),
)
NAMES = tuple(parameter.name for parameter in PARAMETERS)
MOST_POINTS = HIGHEST * len(PARAMETERS)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The grade of an activity, its points of 30, and why, in sentences."""

    grade: Grade
    points: int
    reasons: tuple[str, ...]


def verdict(levels: Mapping[str, int]) -> Verdict:
    """The grade that ten levels give.

    None when a condition of art. 2 is at level 0; wholly remote when all of it can be done remotely
    and the points are at least 20; in part otherwise.
    """
    points = sum(levels[name] for name in NAMES)
    missing = [one for one in PARAMETERS if one.letter and levels[one.name] == 0]
    if missing:
        return Verdict(Grade.NONE, points, tuple(_said(one, levels) for one in missing))
    is_full = levels["remote_part"] == HIGHEST and points >= FULL_FROM
    opening = _("%(points)s points of %(most)s.") % {"points": points, "most": MOST_POINTS}
    if is_full:
        return Verdict(Grade.FULL, points, (opening,))
    low = [one for one in PARAMETERS if levels[one.name] <= LOW]
    return Verdict(Grade.PARTLY, points, (opening, *(_said(one, levels) for one in low)))


def _said(parameter: Parameter, levels: Mapping[str, int]) -> str:
    """A parameter with the level it got: Art. 2 a) Part that can be done remotely: none."""
    words = f"{parameter.question}: {parameter.levels[levels[parameter.name]]}"
    return f"{parameter.reference} {words}".strip()


@dataclass(frozen=True, slots=True)
class Change:
    """A parameter whose level is not the one of the mapping before."""

    question: Words
    before: Words
    after: Words


def changes(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[Change, ...]:
    """What a review changed, parameter by parameter."""
    return tuple(
        Change(one.question, one.levels[before[one.name]], one.levels[after[one.name]])
        for one in PARAMETERS
        if before[one.name] != after[one.name]
    )


def levels_of(ratings: str) -> dict[str, int]:
    """Ten digits from 0 to 3 as levels, in the order of 5.2.2; ValueError when they are not."""
    digits = [int(digit) for digit in ratings]
    if len(digits) != len(PARAMETERS) or max(digits) > HIGHEST:
        raise ValueError(ratings)
    return dict(zip(NAMES, digits, strict=True))
