"""The checks declared with the plan: figures that must follow from others, or agree with them.

The same finders as at the load (see also: strategy.doubts), on the tables and indicators as they
stand now.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from indicators.records import IndicatorRecord
from indicators.values import Value, read
from strategy.doubts import FINDERS
from strategy.enums import CheckRule
from strategy.figures import Check, Figures, TableRecord
from strategy.models import ReferenceTable
from strategy.problems.reading import Reading
from strategy.problems.records import Problem

RULES = {"ceilings": CheckRule.CEILING}


def figures_that_disagree(reading: Reading) -> Iterator[Problem]:
    """Every declared check that does not hold, or that cannot be made any more because what it
    names was renamed or taken away."""
    figures = _figures(reading)
    for name, finder in FINDERS.items():
        for check in reading.plan.figure_checks.get(name, ()):
            rule, url = RULES.get(name, CheckRule.FIGURES), _url(reading, check)
            try:
                doubts = list(finder(figures, check))
            except (LookupError, ValueError, ArithmeticError):
                text = _("A check of these figures cannot be made: what it names is not there.")
                yield Problem(rule=rule, place=", ".join(_named(check)), url=url, text=text)
                continue
            for doubt in doubts:
                text = f"{doubt.text} {doubt.question}"
                yield Problem(rule=rule, place=doubt.place, url=url, text=text)


def _figures(reading: Reading) -> Figures:
    """The tables, and the indicators that the checks name."""
    checks = [check for group in reading.plan.figure_checks.values() for check in group]
    names = {cell["indicator"] for check in checks for cell in _cells(check) if "indicator" in cell}
    return Figures(
        {table.slug: _record(table) for table in reading.tables},
        {
            measure.name: IndicatorRecord(
                name=measure.name,
                targets=_values(measure.targets),
                actuals=_values(measure.actuals),
            )
            for measure in reading.measures.values()
            if measure.name in names
        },
    )


def _record(table: ReferenceTable) -> TableRecord:
    columns, rows = list(table.columns.all()), list(table.rows.all())
    return TableRecord(
        slug=table.slug,
        caption=table.caption,
        source_note=table.source_note,
        headings=[column.heading for column in columns],
        rows=[row.cells for row in rows],
        levels=[row.level for row in rows],
        numeric=frozenset(place for place, column in enumerate(columns) if column.is_numeric),
    )


def _values(cells: dict[int, Any]) -> dict[int, Value]:
    return {year: read(cell.printed) for year, cell in cells.items()}


def _cells(check: Check) -> list[dict[str, str]]:
    """The cells that a check names."""
    return [value for value in check.values() if isinstance(value, dict)]


def _named(check: Check) -> list[str]:
    """The tables and indicators that a check names, each once."""
    named = [cell.get("table") or cell.get("indicator", "") for cell in [check, *_cells(check)]]
    return list(dict.fromkeys(filter(None, named)))


def _url(reading: Reading, check: Check) -> str:
    """Where the figures stand: the section that shows the table, else the indicator's page."""
    tables = {table.slug: table.pk for table in reading.tables}
    measures = {measure.name: measure.pk for measure in reading.measures.values()}
    for name in _named(check):
        if name in tables and (section := reading.section_of_table(tables[name])):
            return reading.address("section-detail", section.slug)
        if name in measures:
            return reading.address("indicator-detail", measures[name])
    return reading.address("document")
