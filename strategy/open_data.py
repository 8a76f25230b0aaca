"""The published data: CSV files with cells as printed, made of a snapshot and of nothing else.

Because they are made of the snapshot, the files of an edition never move once it is adopted.
Contract: the header rows below, UTF-8, comma separated, rows in the order of the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from documents.data_file import DataFile
from documents.tabular import csv_bytes
from strategy.attainment_data import ATTAINMENT, attainment_header, attainment_rows
from strategy.enums import DashboardKind, MapKind
from strategy.snapshots import canonical

CSV = "text/csv"
JSON = "application/json"
Snapshot = dict[str, Any]
Cells = tuple[str, ...]


@dataclass(frozen=True)
class DataSet:
    """A published file: its name, what it holds, its header row and its rows; `tells_results`
    goes on after the adoption, as results come in."""

    name: str
    title: str
    header: Callable[[Snapshot], Cells]
    rows: Callable[[Snapshot], Iterator[Cells]]
    tells_results: bool = False


def data_files(snapshot: Snapshot, *, to_date: Snapshot | None = None) -> list[DataFile]:
    """Every published file: the CSV files and the JSON of the whole plan.

    `to_date` is the same plan with the results that came in since (see also: strategy.in_force).
    """
    label = snapshot["plan"]["label"]
    sources = {False: snapshot, True: to_date or snapshot}
    files = [
        DataFile(
            name=dataset.name,
            content=csv_bytes(
                dataset.header(snapshot), dataset.rows(sources[dataset.tells_results])
            ),
            mime_type=CSV,
            description=f"{dataset.title}, {label}",
        )
        for dataset in (*DATA_SETS, *_ADDED)
    ]
    whole = DataFile(
        name=WHOLE,
        content=canonical(snapshot).encode(),
        mime_type=JSON,
        description=f"Dati del piano {label}",
    )
    return [*files, whole]


def file_names() -> tuple[str, ...]:
    """Names of the published files, in the order in which they are listed."""
    return (*(dataset.name for dataset in (*DATA_SETS, *_ADDED)), WHOLE)


_ADDED: list[DataSet] = []


def publish(dataset: DataSet) -> None:
    """Add a file to those published: how an application above this one hands its data down."""
    _ADDED.append(dataset)


# The strategic dashboard and the others


def _strategic_header(snapshot: Snapshot) -> Cells:
    base, *years = _years(snapshot)
    return (
        *_BRANCH,
        "indicator",
        f"target_{base}",
        f"actual_{base}",
        *(f"target_{year}" for year in years),
        "source",
    )


def _strategic_rows(snapshot: Snapshot) -> Iterator[Cells]:
    """Section 3.2: every row with its values of four years."""
    base, *years = _years(snapshot)
    for row in _rows(snapshot, {DashboardKind.STRATEGIC}):
        yield (
            *row.branch,
            row.name,
            row.target(base),
            row.actual(base),
            *(row.target(year) for year in years),
            row.source,
        )


def _unit_header(snapshot: Snapshot) -> Cells:
    base, first, *_others = _years(snapshot)
    values = (f"target_{base}", f"actual_{base}", f"target_{first}")
    return ("dashboard", *_BRANCH, "indicator", "kind", *values, "source")


def _unit_rows(snapshot: Snapshot) -> Iterator[Cells]:
    """Sections 3.3 and 4: every row of units, Secretary General and dirigente."""
    base, first, *_others = _years(snapshot)
    for row in _rows(snapshot, DashboardKind.cascaded):
        values = (row.target(base), row.actual(base), row.target(first))
        yield (row.dashboard, *row.branch, row.name, row.nature, *values, row.source)


def _pola_header(snapshot: Snapshot) -> Cells:
    base, *years = _years(snapshot)
    values = (f"baseline_{base}", *(f"target_{year}" for year in years))
    return ("dimension", "area", "objective", "indicator", *values, "source")


def _pola_rows(snapshot: Snapshot) -> Iterator[Cells]:
    """Section 5.4: every indicator of the POLA with its baseline and its three phases."""
    base, *years = _years(snapshot)
    for row in _rows(snapshot, {DashboardKind.POLA}):
        dimension, _code, area, objective = row.branch
        targets = (row.target(year) for year in years)
        yield (dimension, area, objective, row.name, row.actual(base), *targets, row.source)


# The map and the staff


def _map_header(_snapshot: Snapshot) -> Cells:
    return ("perspective", "objective_code", "objective")


def _map_rows(snapshot: Snapshot) -> Iterator[Cells]:
    """Section 3.1: perspectives and objectives as the map prints them."""
    for perspective in snapshot["map"]:
        if perspective["chart"] == MapKind.STRATEGY:
            for objective in perspective["objectives"]:
                name = objective["map_name"] or objective["name"]
                yield (perspective["name"], objective["code"], name)


def _staff_header(_snapshot: Snapshot) -> Cells:
    return ("category", "gender", "part_time", "count")


def _staff_rows(snapshot: Snapshot) -> Iterator[Cells]:
    """Section 1.2: employees in service by category, gender and part time."""
    for group in snapshot["staff"]:
        part_time = "true" if group["part_time"] else "false"
        yield (group["category"], group["gender"], part_time, str(group["count"]))


DATA_SETS = (
    DataSet("strategic_dashboard.csv", "Cruscotto strategico", _strategic_header, _strategic_rows),
    DataSet(
        "unit_dashboards.csv", "Cruscotti di servizi, SG e dirigente", _unit_header, _unit_rows
    ),
    DataSet("map.csv", "Mappa strategica", _map_header, _map_rows),
    DataSet("staff.csv", "Personale in servizio", _staff_header, _staff_rows),
    DataSet("pola_indicators.csv", "Indicatori del POLA", _pola_header, _pola_rows),
    DataSet(
        ATTAINMENT,
        "Gradi di raggiungimento",
        attainment_header,
        attainment_rows,
        tells_results=True,
    ),
)
WHOLE = "plan.json"
_BRANCH = ("perspective", "objective_code", "objective", "action")


# Rows of the snapshot


@dataclass(frozen=True)
class _Row:
    """A row of a dashboard with its indicator."""

    dashboard: str
    row: Snapshot
    indicator: Snapshot

    @property
    def branch(self) -> Cells:
        """Perspective, code, objective, action."""
        return tuple(self.row[name] for name in _BRANCH)

    @property
    def name(self) -> str:
        """The indicator as printed in this row."""
        return str(self.row["name"])

    @property
    def nature(self) -> str:
        """Strategico or operativo."""
        return str(self.row["nature"])

    @property
    def source(self) -> str:
        """Where the figure is read."""
        return str(self.indicator["source"])

    def target(self, year: int) -> str:
        """The target of a year as printed."""
        return _printed(self.indicator["targets"], year)

    def actual(self, year: int) -> str:
        """The result of a year as printed."""
        return _printed(self.indicator["actuals"], year)


def _printed(values: Snapshot, year: int) -> str:
    """The text of a year, empty where the plan prints none."""
    return str(values.get(str(year), {}).get("printed", ""))


def _years(snapshot: Snapshot) -> Sequence[int]:
    """The year before the plan and its three years."""
    first = snapshot["plan"]["first_year"]
    return range(first - 1, first + 3)


def _rows(snapshot: Snapshot, kinds: Iterable[str]) -> Iterator[_Row]:
    wanted = set(kinds)
    for dashboard in snapshot["dashboards"]:
        if dashboard["kind"] in wanted:
            for row in dashboard["rows"]:
                yield _Row(dashboard["heading"], row, snapshot["indicators"][row["indicator"]])
