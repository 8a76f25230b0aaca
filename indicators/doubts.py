"""What must the office be asked about the indicators of a plan? Known faults, found in the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from indicators.enums import Availability, Polarity, TargetKind
from indicators.records import IndicatorRecord
from indicators.values import Value
from organization.doubts import Doubt

COMPARABLE = frozenset({TargetKind.NUMBER, TargetKind.PERCENT, TargetKind.MONEY})


def indicator_doubts(records: Iterable[IndicatorRecord], *, first_year: int) -> list[Doubt]:
    """Every doubt on the indicators of a plan, line by line, and one on polarity over all."""
    records = list(records)
    doubts = [doubt for record in records for doubt in _line_doubts(record, first_year)]
    return doubts + polarity_doubts(records)


def _line_doubts(record: IndicatorRecord, first_year: int) -> Iterator[Doubt]:
    if is_without_values(record):
        yield Doubt(
            place=record.name,
            text=_("The line has lost its values."),
            question=_("Which targets, results and source were cut from these lines?"),
        )
        return
    if not record.source:
        yield Doubt(
            place=record.name,
            text=_("The line has no source."),
            question=_("Where are these figures read?"),
        )
    if record.name.count("(") != record.name.count(")"):
        yield Doubt(
            place=record.name,
            text=_("The name opens or closes a bracket too many."),
            question=_("How are these names written in full?"),
        )
    yield from baseline_doubts(record, first_year - 1)
    yield from kind_doubts(record)
    yield from monitoring_doubts(record, first_year)
    yield from ambition_doubts(record, first_year)


def is_without_values(record: IndicatorRecord) -> bool:
    """Not one of its cells was filled in."""
    return all(cell.availability == Availability.NOT_FILLED for cell in record.cells)


def baseline_doubts(record: IndicatorRecord, year: int) -> Iterator[Doubt]:
    """Cells of the year before the plan left empty: neither a value nor "not foreseen"."""
    empty = Availability.NOT_FILLED
    target, actual = record.targets.get(year), record.actuals.get(year)
    if actual is None or actual.availability != empty:
        return
    if target is not None and target.availability == empty:
        text = _("Target and result %(year)s are empty.") % {"year": year}
    else:
        text = _("The result %(year)s is empty.") % {"year": year}
    yield Doubt(
        place=record.name,
        text=text,
        question=_("Not foreseen, not available, or which value?"),
    )


def kind_doubts(record: IndicatorRecord) -> Iterator[Doubt]:
    """Cells of one line that measure different things, or not what the line announces."""
    kinds = {base_kind(cell) for cell in record.cells} - {"", TargetKind.TEXT}
    if len(kinds) > 1:
        yield Doubt(
            place=record.name,
            text=" / ".join(cell.printed or "…" for cell in in_order(record)),
            question=_("These lines mix kinds of value: what is measured?"),
        )
    if record.is_project and TargetKind.DATE in kinds:
        yield Doubt(
            place=record.name,
            text=_("A project whose target is a date."),
            question=_("Is the project measured by its progress or by the date?"),
        )
    if any(cell.printed.upper() == "SI/NO" for cell in record.targets.values()):
        yield Doubt(
            place=record.name,
            text=_("The target is printed SI/NO and read as yes."),
            question=_("Is yes the expected answer?"),
        )


def monitoring_doubts(record: IndicatorRecord, first_year: int) -> Iterator[Doubt]:
    """A target in the year before and only monitoring in the plan."""
    before, now = record.targets.get(first_year - 1), record.targets.get(first_year)
    if before is None or now is None:
        return
    if before.availability == Availability.STATED and now.availability == Availability.MONITORING:
        yield Doubt(
            place=record.name,
            text=" / ".join(cell.printed or "…" for cell in in_order(record)),
            question=_("These lines had a target and are now only monitored: is it meant?"),
        )


def ambition_doubts(record: IndicatorRecord, first_year: int) -> Iterator[Doubt]:
    """The first target of the plan is worse than the last result."""
    actual, target = record.actuals.get(first_year - 1), record.targets.get(first_year)
    if actual is None or target is None or not is_worse(target, actual, record.polarity):
        return
    yield Doubt(
        place=record.name,
        text=_("Result %(before)s: %(actual)s; target %(year)s: %(target)s.")
        % {
            "before": first_year - 1,
            "actual": actual.printed,
            "year": first_year,
            "target": target.printed,
        },
        question=_("These targets are worse than the last result: why?"),
    )


def is_worse(target: Value, actual: Value, polarity: str) -> bool:
    """The target asks for less than was already reached; only like can be compared with like."""
    if target.kind != actual.kind or target.kind not in COMPARABLE:
        return False
    if target.number is None or actual.number is None:
        return False
    if polarity == Polarity.LOWER_IS_BETTER:
        return target.number > actual.number
    return polarity == Polarity.HIGHER_IS_BETTER and target.number < actual.number


def polarity_doubts(records: Iterable[IndicatorRecord]) -> list[Doubt]:
    """The plan prints no polarity: those read as "lower is better" are told one by one."""
    return [
        Doubt(
            place=record.name,
            text=_("The plan prints no polarity; read as: lower is better."),
            question=_("Is lower better here, and higher everywhere else?"),
        )
        for record in records
        if record.polarity == Polarity.LOWER_IS_BETTER
    ]


def base_kind(cell: Value) -> str:
    """What the cell counts; a range counts what its ends count."""
    return cell.ends or cell.kind


def in_order(record: IndicatorRecord) -> list[Value]:
    """The cells as the plan prints them: year by year, the target before the result."""
    years = sorted({*record.targets, *record.actuals})
    cells = [(record.targets.get(year), record.actuals.get(year)) for year in years]
    return [cell for pair in cells for cell in pair if cell is not None]
