"""An indicator and a mean in a year of a plan, as they are read from the data of the year."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from indicators.attainment import kind_of
from indicators.enums import (
    AggregationMethod,
    AttainmentBand,
    AttainmentNote,
    AttainmentRule,
    AttainmentState,
    TargetKind,
    Treatment,
)
from indicators.measuring import FULL
from indicators.rounding import percent_text
from indicators.values import read
from strategy.band_looks import Mark
from strategy.coverage import coverage_words
from strategy.monitoring_enums import DeviationCause, MissingPiece
from strategy.reports.dashboards import ABSENT, Cell, cell_of

Data = Mapping[str, Any]
UNMEASURED = frozenset({AttainmentState.WAITING, AttainmentState.INCOMPARABLE})
# A date, once it came, stays as it is: it is told before the end of the year too.
FINAL_RULES = frozenset({AttainmentRule.DATE.value})
UNSURE = frozenset({AttainmentNote.POLARITY_UNCONFIRMED, AttainmentNote.POLARITY_MISSING})


@dataclass(frozen=True, slots=True)
class YearScore:
    """A mean of the year: figure and band, method, coverage, what was decided of missing rows."""

    mark: Mark
    value: Fraction | None
    method: AggregationMethod
    measured: int
    total: int
    early: int
    excluded: int
    zeroed: int
    formula: str

    @property
    def missing(self) -> int:
        """Rows that should be measured and are not."""
        return self.total - self.measured

    @property
    def is_provisional(self) -> bool:
        """May still change. See also: indicators.aggregation.Aggregate."""
        return self.measured < self.total or self.early > 0

    @property
    def coverage(self) -> str:
        """How many rows are measured, and what was decided of the others, in words."""
        return coverage_words(self)


@dataclass(frozen=True, slots=True)
class Told:
    """Why an indicator is off target: reason, cause, who wrote it and when, what is done."""

    reason: str
    cause: DeviationCause | None
    corrective_action: str
    written_by: str
    written_on: datetime.date

    @property
    def cause_label(self) -> str:
        """The cause in words."""
        return str(self.cause.label) if self.cause else ""


@dataclass(frozen=True, slots=True)
class Proof:
    """A file sent with a figure."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    """What came out of an indicator in a year, and what was decided in the place of a result."""

    state: AttainmentState
    value: Fraction | None
    treatment: Treatment | None
    notes: frozenset[AttainmentNote]
    rule: str

    @property
    def is_expected(self) -> bool:
        """Should be measured: within the coverage, or excluded from it by a decision."""
        return self.state != AttainmentState.OUTSIDE or self.treatment is not None

    @property
    def is_unresolved(self) -> bool:
        """Should be measured and is not, nor was anything decided in its place."""
        return self.state in UNMEASURED

    @property
    def is_under_way(self) -> bool:
        """Measured before the end of the year: not held against the target yet, no reason asked."""
        return AttainmentNote.EARLY in self.notes and self.rule not in FINAL_RULES

    @property
    def is_off_target(self) -> bool:
        """Attained by less than 100, or not measured though it should be."""
        if not self.is_expected:
            return False
        return self.value is None or self.value < FULL


def missing_pieces(
    standing: IndicatorStanding, *, is_told: bool, is_proved: bool, has_source: bool
) -> tuple[MissingPiece, ...]:
    """What an indicator still lacks for whoever checks it."""
    is_measured = standing.value is not None and standing.treatment is None
    lacks = {
        MissingPiece.VALUE: standing.is_unresolved,
        # What has no result yet lacks that first: its reason comes with it.
        MissingPiece.REASON: standing.is_off_target
        and not standing.is_unresolved
        and not standing.is_under_way
        and not is_told,
        MissingPiece.EVIDENCE: is_measured and not is_proved,
        MissingPiece.SOURCE: standing.is_expected and not has_source,
        MissingPiece.POLARITY: bool(UNSURE & standing.notes),
    }
    return tuple(piece for piece, holds in lacks.items() if holds)


@dataclass(frozen=True, slots=True)
class YearLine:
    """An indicator in the year, with everything that is said of it; `decided` is the reason of what
    was decided in the place of a result (`treatment`)."""

    indicator_id: int
    name: str
    perspective: str
    objective_code: str
    objective: str
    action: str
    codes: tuple[str, ...]
    is_strategic: bool
    weight: str
    source: str
    supplier: str
    target: Cell
    actual: Cell
    actual_note: str
    state: AttainmentState
    mark: Mark
    value: Fraction | None
    difference: str
    formula: tuple[str, ...]
    rule: str
    notes: tuple[AttainmentNote, ...]
    sentences: tuple[str, ...]
    treatment: Treatment | None
    decided: str
    told: Told | None
    proofs: tuple[Proof, ...]

    @property
    def heading(self) -> str:
        """Code and name of the objective."""
        return f"{self.objective_code} {self.objective}".strip()

    @property
    def is_expected(self) -> bool:
        """Should be measured: within the coverage, or excluded from it by a decision."""
        return self.standing.is_expected

    @property
    def is_unresolved(self) -> bool:
        """Should be measured and is not, nor was anything decided in its place."""
        return self.standing.is_unresolved

    @property
    def is_off_target(self) -> bool:
        """Attained by less than 100, or not measured though it should be."""
        return self.standing.is_off_target

    @property
    def standing(self) -> IndicatorStanding:
        """What came out, and what was decided."""
        return IndicatorStanding(
            self.state, self.value, self.treatment, frozenset(self.notes), self.rule
        )

    @property
    def is_under_way(self) -> bool:
        """Measured before the end of the year: no reason is asked yet."""
        return self.standing.is_under_way

    @property
    def missing(self) -> tuple[MissingPiece, ...]:
        """What it still lacks for whoever checks it."""
        return missing_pieces(
            self.standing,
            is_told=self.has_reason,
            is_proved=bool(self.proofs),
            has_source=bool(self.source),
        )

    @property
    def has_reason(self) -> bool:
        """Says why it misses its target: as told, or as decided in the place of a result."""
        return self.told is not None or bool(self.decided)

    @property
    def lacks_reason(self) -> bool:
        """Misses its target and says nothing; what has no result yet lacks that first."""
        return MissingPiece.REASON in self.missing

    @property
    def treatment_label(self) -> str:
        """What was decided in the place of a missing result."""
        return str(self.treatment.label) if self.treatment else ""

    @property
    def why(self) -> str:
        """The formula with the numbers in it, and what must be known of it."""
        arithmetic = [f"{'; '.join(self.formula)}."] if self.formula else []
        return " ".join([*arithmetic, *self.sentences])


# Read from the data


def read_told(found: Data | None) -> Told | None:
    """The reason of a deviation from the data."""
    if found is None:
        return None
    return Told(
        found["reason"],
        DeviationCause(found["cause"]) if found["cause"] else None,
        found["corrective_action"],
        found["written_by"],
        datetime.date.fromisoformat(found["written_on"]),
    )


def read_mark(found: Data) -> Mark:
    """A degree of the data with its band."""
    text = percent_text(Fraction(found["value"])) if found["value"] else ""
    return Mark(AttainmentBand(found["band"]), text)


def read_score(found: Data) -> YearScore:
    """A mean of the data."""
    return YearScore(
        read_mark(found),
        Fraction(found["value"]) if found["value"] else None,
        AggregationMethod(found["method"]),
        found["measured"],
        found["total"],
        found["early"],
        found["excluded"],
        found["zeroed"],
        found["formula"],
    )


def note_sentences(notes: Iterable[AttainmentNote], target: Data, actual: Data) -> Iterator[str]:
    """What must be known of a degree, in the language of the reader."""
    kinds = {
        name: _kind_words(str(cell.get("printed", "")))
        for name, cell in (("target", target), ("actual", actual))
    }
    for note in notes:
        yield str(note.label) % kinds


def _kind_words(printed: str) -> str:
    kind = kind_of(read(printed))
    return str(TargetKind(kind).label) if kind else ""


def read_cell(cell: Data) -> Cell:
    """A value as the tables show it; one that the plan has no cell for is absent."""
    if not cell:
        return ABSENT
    return cell_of(cell["printed"], cell["availability"], cell["kind"])
