"""Indicators from their file: sources, indicators, targets and results; every cell is read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from pathlib import Path

from indicators.enums import TargetKind
from indicators.models import Actual, Indicator, Source, Target
from indicators.records import IndicatorRecord
from indicators.values import NotationError, Value, read
from organization.loading import LoadError, Record, Stamp, found, read_records, store
from organization.models import Unit

NO_CELL = r"\N"  # the plan has no such cell, which is not an empty cell
YEAR_COLUMN = re.compile(r"(?P<what>target|actual)_(?P<year>[0-9]{4})")
# Days, answers, words and ranges have one way of being reached.
WITHOUT_POLARITY = frozenset(
    {TargetKind.DATE, TargetKind.YES_NO, TargetKind.TEXT, TargetKind.RANGE}
)


def read_indicators(path: Path) -> list[IndicatorRecord]:
    """The lines of the file, their cells read."""
    return [_record(line, path.name) for line in read_records(path)]


def _record(line: Record, place: str) -> IndicatorRecord:
    return IndicatorRecord(
        name=line["name"],
        source=line["source"],
        is_project=line.is_true("is_project"),
        numerator=line["numerator"],
        denominator=line["denominator"],
        is_share="is_share" in line and line.is_true("is_share"),
        unit_of_measure=line["unit_of_measure"],
        measurement_area=line["letter"],
        polarity=line["polarity"],
        supplier=line["supplier"],
        targets=_cells(line, "target", place),
        actuals=_cells(line, "actual", place),
    )


def _cells(line: Record, what: str, place: str) -> dict[int, Value]:
    """The cells of targets or results by year; a year without cell is left out."""
    cells = {}
    for heading, text in line.items():
        match = YEAR_COLUMN.fullmatch(heading)
        if match is None or match["what"] != what or text == NO_CELL:
            continue
        try:
            cells[int(match["year"])] = read(text)
        except NotationError as error:
            raise LoadError(f"{place}, {line['name']}, {heading}: {error}") from error
    return cells


def import_indicators(
    records: Iterable[IndicatorRecord], *, cycle: int, measured_on: datetime.date, stamp: Stamp
) -> dict[str, Indicator]:
    """Store indicators with targets and results; returns them by the name of the record."""
    records = list(records)
    sources = _sources(records)
    units = {unit.slug: unit for unit in Unit.objects.all()}
    indicators = store(
        Indicator,
        [
            Indicator(
                name=record.name,
                numerator=record.numerator,
                denominator=record.denominator,
                unit_of_measure=record.unit_of_measure,
                is_share=record.is_share,
                is_project=record.is_project,
                measurement_area=record.measurement_area,
                source=sources.get(record.source),
                supplier=found(units, record.supplier, place=record.name)
                if record.supplier
                else None,
            )
            for record in records
        ],
        stamp=stamp,
    )
    pairs = list(zip(records, indicators, strict=True))
    store(Target, _targets(pairs, cycle), stamp=stamp)
    store(Actual, _actuals(pairs, measured_on), stamp=stamp)
    return {record.name: indicator for record, indicator in pairs}


def _sources(records: list[IndicatorRecord]) -> dict[str, Source]:
    """The sources of the records by name; those not yet recorded are stored."""
    known = {source.name: source for source in Source.objects.all()}
    names = dict.fromkeys(record.source for record in records if record.source)
    new = [Source(name=name) for name in names if name not in known]
    for source in new:
        source.full_clean(validate_unique=False, validate_constraints=False)
    known.update({source.name: source for source in Source.objects.bulk_create(new)})
    return known


def _targets(pairs: list[tuple[IndicatorRecord, Indicator]], cycle: int) -> Iterable[Target]:
    for record, indicator in pairs:
        for year, value in record.targets.items():
            yield Target(
                indicator=indicator,
                cycle=cycle,
                year=year,
                printed=value.printed,
                polarity="" if value.kind in WITHOUT_POLARITY else record.polarity,
            )


def _actuals(
    pairs: list[tuple[IndicatorRecord, Indicator]], measured_on: datetime.date
) -> Iterable[Actual]:
    for record, indicator in pairs:
        for year, value in record.actuals.items():
            yield Actual(
                indicator=indicator, year=year, measured_on=measured_on, printed=value.printed
            )
