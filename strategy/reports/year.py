"""A year of a plan as row objects: the ente level by level, each dashboard, each indicator once.

Read from the data of the year (strategy.year_data), live or kept by a closing, and from nothing
else: what was closed is shown as it was closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from indicators.enums import (
    AttainmentNote,
    AttainmentState,
    Treatment,
)
from strategy.enums import DashboardKind, MapKind
from strategy.off_target import gap_words
from strategy.reports.year_lines import (
    Data,
    Proof,
    YearLine,
    YearScore,
    note_sentences,
    read_cell,
    read_mark,
    read_score,
    read_told,
)
from strategy.suppliers import supplier_of


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
        self.objective_ids = {
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
            self.objective_ids.get((perspective, found["code"], found["name"])),
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

    def _decided(self, token: str) -> str:
        """The reason of what was decided of an indicator."""
        found: str = self.data["decisions"].get(token, {}).get("reason", "")
        return found

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
            target=read_cell(target),
            actual=read_cell(actual),
            actual_note=actual.get("note", ""),
            state=AttainmentState(result["state"]),
            mark=read_mark(result),
            value=Fraction(result["value"]) if result["value"] else None,
            difference=gap_words(result["difference"], result["measure"]),
            formula=tuple(result["formula"]),
            rule=result["rule"],
            notes=notes,
            sentences=tuple(note_sentences(notes, target, actual)),
            treatment=Treatment(result["treatment"]) if result["treatment"] else None,
            decided=self._decided(token) if result["treatment"] else "",
            told=read_told(self.data["deviations"].get(token)),
            proofs=tuple(
                Proof(one["id"], one["name"]) for one in self.data["evidence"].get(token, ())
            ),
        )
