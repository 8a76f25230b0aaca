"""A year of a plan as row objects: the ente level by level, each dashboard, each indicator once.

Read from the data of the year (strategy.year_data), live or kept by a closing, and from nothing
else: what was closed is shown as it was closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from indicators.attainment import kind_of
from indicators.enums import (
    AggregationMethod,
    AttainmentBand,
    AttainmentNote,
    AttainmentState,
    TargetKind,
    Treatment,
)
from indicators.measuring import FULL
from indicators.rounding import percent_text
from indicators.values import read
from strategy.band_looks import Mark
from strategy.coverage import coverage_words
from strategy.enums import DashboardKind, MapKind
from strategy.off_target import gap_words
from strategy.reports.dashboards import ABSENT, Cell, cell_of
from strategy.suppliers import supplier_of

Data = Mapping[str, Any]
UNMEASURED = frozenset({AttainmentState.WAITING, AttainmentState.INCOMPARABLE})


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
class YearLine:
    """An indicator in the year, with everything that is said of it."""

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
    notes: tuple[AttainmentNote, ...]
    sentences: tuple[str, ...]
    treatment: Treatment | None

    @property
    def heading(self) -> str:
        """Code and name of the objective."""
        return f"{self.objective_code} {self.objective}".strip()

    @property
    def is_expected(self) -> bool:
        """Should be measured: within the coverage, or excluded from it by a decision."""
        return self.state != AttainmentState.OUTSIDE or self.treatment is not None

    @property
    def is_unresolved(self) -> bool:
        """Should be measured and is not, nor was anything decided in its place."""
        return self.state in UNMEASURED

    @property
    def is_off_target(self) -> bool:
        """Attained by less than 100, or not measured though it should be."""
        if not self.is_expected:
            return False
        return self.value is None or self.value < FULL

    @property
    def treatment_label(self) -> str:
        """What was decided in the place of a missing result."""
        return str(self.treatment.label) if self.treatment else ""

    @property
    def why(self) -> str:
        """The formula with the numbers in it, and what must be known of it."""
        return " ".join(filter(None, ["; ".join(self.formula), *self.sentences]))


@dataclass(frozen=True, slots=True)
class YearAction:
    """An action in the year."""

    name: str
    score: YearScore
    lines: tuple[YearLine, ...]


@dataclass(frozen=True, slots=True)
class YearObjective:
    """An objective in the year; `pk` leads to its page."""

    pk: int | None
    code: str
    name: str
    score: YearScore
    actions: tuple[YearAction, ...]

    @property
    def heading(self) -> str:
        """Code and name."""
        return f"{self.code} {self.name}".strip()

    @property
    def lines(self) -> tuple[YearLine, ...]:
        """The indicators, in order."""
        return tuple(line for action in self.actions for line in action.lines)


@dataclass(frozen=True, slots=True)
class YearPerspective:
    """A perspective in the year."""

    name: str
    score: YearScore
    objectives: tuple[YearObjective, ...]

    @property
    def title(self) -> str:
        """The printed capitals as a heading for the screen."""
        return self.name.capitalize() if self.name.isupper() else self.name


@dataclass(frozen=True, slots=True)
class YearDashboard:
    """The dashboard of a unit, of the Secretary General, of a dirigente in the year."""

    slug: str
    kind: DashboardKind
    heading: str
    title: str
    code: str
    score: YearScore
    lines: tuple[YearLine, ...]


class YearReport:
    """A year of a plan, each part made when it is asked for."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.year: int = data["year"]
        self._objective_ids = {
            (perspective["name"], objective["code"], objective["name"]): objective["id"]
            for perspective in data["map"]
            if perspective["chart"] == MapKind.STRATEGY
            for objective in perspective["objectives"]
        }

    @cached_property
    def score(self) -> YearScore:
        """The degree of the ente."""
        return read_score(self.data["body"]["score"])

    @cached_property
    def perspectives(self) -> tuple[YearPerspective, ...]:
        """The ente level by level, over the strategic dashboard."""
        return tuple(self._perspective(one) for one in self.data["body"]["perspectives"])

    @property
    def objectives(self) -> tuple[YearObjective, ...]:
        """The strategic objectives, in plan order."""
        return tuple(one for perspective in self.perspectives for one in perspective.objectives)

    @cached_property
    def dashboards(self) -> tuple[YearDashboard, ...]:
        """The cascaded dashboards, in the order of the plan."""
        return tuple(
            self._dashboard(one)
            for one in self.data["dashboards"]
            if one["kind"] in DashboardKind.cascaded
        )

    @cached_property
    def lines(self) -> tuple[YearLine, ...]:
        """Every indicator once: the strategic ones, then the others dashboard by dashboard."""
        found: dict[int, YearLine] = {}
        for dashboard in self.data["dashboards"]:
            for row in dashboard["rows"]:
                found.setdefault(int(row["indicator"]), self._line(row))
        strategic = [line for line in found.values() if line.is_strategic]
        return (*strategic, *(line for line in found.values() if not line.is_strategic))

    @property
    def expected(self) -> tuple[YearLine, ...]:
        """The indicators that should be measured."""
        return tuple(line for line in self.lines if line.is_expected)

    @property
    def unresolved(self) -> tuple[YearLine, ...]:
        """The indicators that stand in the way of the closing."""
        return tuple(line for line in self.lines if line.is_unresolved)

    @property
    def off_target(self) -> tuple[YearLine, ...]:
        """The indicators of which a deviation is told."""
        return tuple(line for line in self.lines if line.is_off_target)

    @cached_property
    def _codes(self) -> dict[str, tuple[str, ...]]:
        """The signs of the cascaded dashboards on which each indicator stands."""
        found: dict[str, list[str]] = {}
        for dashboard in self.data["dashboards"]:
            if dashboard["kind"] in DashboardKind.cascaded:
                for row in dashboard["rows"]:
                    found.setdefault(row["indicator"], []).append(dashboard["code"])
        return {token: tuple(codes) for token, codes in found.items()}

    def _supplier(self, token: str) -> str:
        """The unit that supplies the figure, by name. See also: strategy.suppliers."""
        declared = self.data["indicators"][token]["supplier"] or None
        return supplier_of(declared, self._showing.get(token, ())) or ""

    @cached_property
    def _showing(self) -> dict[str, list[tuple[str, str | None]]]:
        """Kind and unit of the dashboards on which each indicator stands."""
        found: dict[str, list[tuple[str, str | None]]] = {}
        for dashboard in self.data["dashboards"]:
            for row in dashboard["rows"]:
                place = (dashboard["kind"], dashboard["unit"] or None)
                found.setdefault(row["indicator"], []).append(place)
        return found

    @cached_property
    def _strategic(self) -> frozenset[str]:
        return frozenset(
            row["indicator"]
            for dashboard in self.data["dashboards"]
            if dashboard["kind"] == DashboardKind.STRATEGIC
            for row in dashboard["rows"]
        )

    def _perspective(self, found: Data) -> YearPerspective:
        return YearPerspective(
            found["name"],
            read_score(found["score"]),
            tuple(self._objective(found["name"], one) for one in found["objectives"]),
        )

    def _objective(self, perspective: str, found: Data) -> YearObjective:
        branch = {
            "perspective": perspective,
            "objective_code": found["code"],
            "objective": found["name"],
        }
        return YearObjective(
            self._objective_ids.get((perspective, found["code"], found["name"])),
            found["code"],
            found["name"],
            read_score(found["score"]),
            tuple(
                YearAction(
                    action["name"],
                    read_score(action["score"]),
                    tuple(
                        self._line(row | branch | {"action": action["name"]})
                        for row in action["rows"]
                    ),
                )
                for action in found["actions"]
            ),
        )

    def _dashboard(self, found: Data) -> YearDashboard:
        kind = DashboardKind(found["kind"])
        return YearDashboard(
            found["slug"],
            kind,
            found["heading"],
            found["unit"] if kind == DashboardKind.UNIT else str(kind.label),
            found["code"],
            read_score(self.data["scores"][found["slug"]]),
            tuple(self._line(row) for row in found["rows"]),
        )

    def _line(self, row: Data) -> YearLine:
        """An indicator as it stands in a row."""
        token = row["indicator"]
        indicator, result = self.data["indicators"][token], self.data["results"][token]
        target, actual = (
            indicator[name].get(str(self.year), {}) for name in ("targets", "actuals")
        )
        notes = tuple(AttainmentNote(note) for note in result["notes"])
        return YearLine(
            indicator_id=int(token),
            name=row["name"],
            perspective=row["perspective"],
            objective_code=row["objective_code"],
            objective=row["objective"],
            action=row["action"],
            codes=self._codes.get(token, ()),
            is_strategic=token in self._strategic,
            weight=row["weight"],
            source=indicator["source"],
            supplier=self._supplier(token),
            target=_cell(target),
            actual=_cell(actual),
            actual_note=actual.get("note", ""),
            state=AttainmentState(result["state"]),
            mark=read_mark(result),
            value=Fraction(result["value"]) if result["value"] else None,
            difference=gap_words(result["difference"], result["measure"]),
            formula=tuple(result["formula"]),
            notes=notes,
            sentences=tuple(note_sentences(notes, target, actual)),
            treatment=Treatment(result["treatment"]) if result["treatment"] else None,
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


def _cell(cell: Data) -> Cell:
    """A value as the tables show it; one that the plan has no cell for is absent."""
    if not cell:
        return ABSENT
    return cell_of(cell["printed"], cell["availability"], cell["kind"])
