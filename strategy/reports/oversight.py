"""A year of a plan as the OIV looks at it: objective by objective, what came out, what proves it,
what is missing.

The objectives are those of the strategic dashboard; the rows that only the units have stand under
their objective too. The degree of an objective counts its strategic rows alone.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.utils import timezone

from indicators.measuring import FULL
from organization.models import User
from strategy.models import Evidence, OversightNote, Plan, Recording
from strategy.monitoring_enums import MissingPiece, RecordingState
from strategy.reports.year import YearReport
from strategy.reports.year_lines import YearLine, YearScore

WEAKEST = 3  # as many objectives are named as the weakest
Branch = tuple[str, str, str]  # perspective, code and name of the objective


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure corrected after its validation, its correction validated too: why, by whom, when."""

    reason: str
    who: str
    on: datetime.date


@dataclass(frozen=True, slots=True)
class OversightLine:
    """An indicator to be measured, with what became of its figure."""

    line: YearLine
    corrections: tuple[Correction, ...] = ()
    note_count: int = 0

    @property
    def missing(self) -> tuple[MissingPiece, ...]:
        """What it still lacks."""
        return self.line.missing


@dataclass(frozen=True, slots=True)
class OversightObjective:
    """An objective in the year; `lines` are its indicators to be measured, strategic ones first,
    `outside` how many are not to be measured."""

    pk: int | None
    perspective: str
    code: str
    name: str
    score: YearScore | None
    lines: tuple[OversightLine, ...]
    outside: int
    place: int
    note_count: int = 0

    @property
    def heading(self) -> str:
        """Code and name."""
        return f"{self.code} {self.name}".strip()

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"obiettivo-{self.place}"

    @property
    def value(self) -> Fraction | None:
        """The degree; none where nothing is measured."""
        return self.score.value if self.score else None

    @property
    def is_measured(self) -> bool:
        """Has a degree."""
        return self.value is not None

    @property
    def lacks(self) -> tuple[tuple[MissingPiece, int], ...]:
        """What its indicators lack, with how many of them."""
        return counted(self.lines)


def counted(lines: Iterable[OversightLine]) -> tuple[tuple[MissingPiece, int], ...]:
    """What some indicators lack, the heaviest first, with how many of them."""
    found = Counter(piece for line in lines for piece in line.missing)
    return tuple((piece, found[piece]) for piece in MissingPiece if found[piece])


@dataclass(frozen=True)
class OversightReport:
    """A year under the eyes of the OIV; `self_validated` counts the figures that were validated by
    who entered them, which the database refuses: it is there to be read as none."""

    report: YearReport
    objectives: tuple[OversightObjective, ...]
    self_validated: int
    note_count: int
    unanswered_count: int

    @property
    def year(self) -> int:
        """The year."""
        return self.report.year

    @property
    def score(self) -> YearScore:
        """The degree of the ente."""
        return self.report.score

    @cached_property
    def lines(self) -> tuple[OversightLine, ...]:
        """Every indicator to be measured, objective by objective."""
        return tuple(line for objective in self.objectives for line in objective.lines)

    @property
    def off_target_count(self) -> int:
        """How many are off target or not measured."""
        return sum(one.line.is_off_target for one in self.lines)

    @property
    def corrected_count(self) -> int:
        """How many have a figure that was corrected after its validation."""
        return sum(bool(one.corrections) for one in self.lines)

    @cached_property
    def lacks(self) -> dict[MissingPiece, int]:
        """What the indicators lack, with how many of them."""
        return dict(counted(self.lines))

    @property
    def missing_count(self) -> int:
        """How many things are missing, without what is said softly."""
        return sum(n for piece, n in self.lacks.items() if not piece.is_light)

    @property
    def weakest(self) -> tuple[OversightObjective, ...]:
        """The objectives furthest from their targets, at most three."""
        short = [one for one in self.objectives if one.value is not None and one.value < FULL]
        return weakest_first(short)[:WEAKEST]


def weakest_first(objectives: Iterable[OversightObjective]) -> tuple[OversightObjective, ...]:
    """The least attained first; those without a degree after the measured ones."""
    return tuple(sorted(objectives, key=lambda one: (not one.is_measured, one.value or 0)))


def oversight_report(
    plan: Plan, report: YearReport, *, until: datetime.datetime | None = None
) -> OversightReport:
    """The year with what became of its figures, up to a moment if one is given, and the notes on
    it: two statements beside those of the year."""
    corrections, self_validated = _figures(plan, report.year, until)
    notes = _notes(plan, report.year)
    return OversightReport(
        report,
        _objectives(report, corrections, notes),
        self_validated,
        len(notes.asked),
        len(notes.asked - notes.answered),
    )


def readable_proofs(plan: Plan, user: User) -> frozenset[int]:
    """The proofs of the figures of a plan that the person may open, in one statement."""
    proofs = Evidence.objects.visible_to(user).filter(recording__period__plan=plan)
    return frozenset(proofs.order_by().values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class _Notes:
    """The notes of a year that stand: which, which are answered, how many on what."""

    asked: frozenset[int]
    answered: frozenset[int]
    on_objectives: Mapping[int | None, int]
    on_indicators: Mapping[int | None, int]


def _notes(plan: Plan, year: int) -> _Notes:
    found = list(
        OversightNote.objects.of_year(plan, year)
        .standing()
        .order_by()
        .values_list("pk", "answers_id", "objective_id", "indicator_id")
    )
    asked = [row for row in found if row[1] is None]
    return _Notes(
        frozenset(pk for pk, *_rest in asked),
        frozenset(answers for _pk, answers, *_rest in found if answers is not None),
        Counter(objective for _pk, _answers, objective, _indicator in asked),
        Counter(indicator for *_rest, indicator in asked),
    )


def _objectives(
    report: YearReport, corrections: Mapping[int, tuple[Correction, ...]], notes: _Notes
) -> tuple[OversightObjective, ...]:
    """The objectives in the order of the plan, those that only units work on after them."""
    scores: dict[Branch, YearScore] = {
        (perspective.name, one.code, one.name): one.score
        for perspective in report.perspectives
        for one in perspective.objectives
    }
    lines: dict[Branch, list[YearLine]] = {branch: [] for branch in scores}
    for line in report.lines:
        lines.setdefault((line.perspective, line.objective_code, line.objective), []).append(line)
    order = list(report.objective_ids)
    branches = sorted(lines, key=lambda one: order.index(one) if one in order else len(order))
    return tuple(
        OversightObjective(
            pk=report.objective_ids.get(branch),
            perspective=branch[0].capitalize() if branch[0].isupper() else branch[0],
            code=branch[1],
            name=branch[2],
            score=scores.get(branch),
            lines=tuple(
                OversightLine(
                    line,
                    corrections.get(line.indicator_id, ()),
                    notes.on_indicators.get(line.indicator_id, 0),
                )
                for line in lines[branch]
                if line.is_expected
            ),
            outside=sum(not line.is_expected for line in lines[branch]),
            place=place,
            note_count=notes.on_objectives.get(report.objective_ids.get(branch, 0), 0),
        )
        for place, branch in enumerate(branches, 1)
    )


def _figures(
    plan: Plan, year: int, until: datetime.datetime | None
) -> tuple[dict[int, tuple[Correction, ...]], int]:
    """The corrections of validated figures by indicator, and how many figures were validated by
    who entered or sent them; those entered up to the moment, if one is given."""
    told = Recording.objects.filter(
        period__plan=plan, period__ends_on__year=year, state__in=RecordingState.told
    )
    if until is not None:
        told = told.filter(entered_at__lte=until)
    figures = list(told.select_related("entered_by__person").order_by("entered_at"))
    found: dict[int, list[Correction]] = defaultdict(list)
    for one in figures:
        if one.supersedes_id and one.state == RecordingState.VALIDATED:
            day = timezone.localdate(one.entered_at)
            correction = Correction(one.correction_reason, str(one.entered_by), day)
            found[one.indicator_id].append(correction)
    self_validated = sum(
        one.reviewed_by_id is not None
        and one.reviewed_by_id in (one.entered_by_id, one.submitted_by_id)
        for one in figures
        if one.state == RecordingState.VALIDATED
    )
    return {pk: tuple(every) for pk, every in found.items()}, self_validated
