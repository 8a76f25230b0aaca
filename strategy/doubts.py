"""What must the office be asked about the figures of a plan? Known faults, found in the data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

from django.utils.translation import gettext as _

from organization.doubts import Doubt
from strategy.enums import RowLevel
from strategy.figures import Check, Figures, TableRecord


def figure_doubts(figures: Figures, checks: Mapping[str, Sequence[Check]]) -> list[Doubt]:
    """Every figure of which a declared check does not hold."""
    return [
        doubt
        for name, finder in FINDERS.items()
        for check in checks.get(name, ())
        for doubt in finder(figures, check)
    ]


def share_doubts(figures: Figures, check: Check) -> Iterator[Doubt]:
    """Percentages that do not follow from part and whole, at the decimals printed."""
    table = figures.tables[check["table"]]
    for row in table.rows:
        printed = table.number(row, check["percent"])
        computed = share(
            table.number(row, check["part"]), table.number(row, check["whole"]), like=printed
        )
        if computed != printed:
            yield Doubt(
                place=f"{table.caption}, {row[0]}",
                text=_("Printed %(printed)s, computed %(computed)s%%.")
                % {
                    "printed": row[table.column(check["percent"])],
                    "computed": str(computed).replace(".", ","),
                },
                question=_("These percentages do not follow from their figures: which is right?"),
            )


def share(part: Decimal, whole: Decimal, *, like: Decimal) -> Decimal:
    """Part over whole in per cent, rounded half up to as many decimals as another figure."""
    unit = Decimal(1).scaleb(int(like.as_tuple().exponent))
    return (100 * part / whole).quantize(unit, rounding=ROUND_HALF_UP)


def sum_doubts(figures: Figures, check: Check) -> Iterator[Doubt]:
    """Rows in which a column is not the sum of the columns it adds up."""
    table = figures.tables[check["table"]]
    for row in table.rows:
        computed = sum((table.number(row, part) for part in check["parts"]), Decimal(0))
        if computed != table.number(row, check["total"]):
            yield _sum_doubt(table, row[0], row[table.column(check["total"])], computed)


def total_doubts(figures: Figures, check: Check) -> Iterator[Doubt]:
    """Totals that are not the sum of the items above them."""
    table = figures.tables[check["table"]]
    for heading in check["columns"]:
        computed = Decimal(0)
        for row, level in zip(table.rows, table.levels, strict=True):
            if level == RowLevel.ITEM:
                computed += table.number(row, heading)
            elif level == RowLevel.TOTAL and computed != table.number(row, heading):
                yield _sum_doubt(table, heading, row[table.column(heading)], computed)


def _sum_doubt(table: TableRecord, where: str, printed: str, computed: Decimal) -> Doubt:
    return Doubt(
        place=f"{table.caption}, {where}",
        text=_("Printed %(printed)s, the parts add up to %(computed)s.")
        % {"printed": printed, "computed": f"{computed:f}".replace(".", ",")},
        question=_("These totals are not the sum of their parts: which is right?"),
    )


def twin_doubts(figures: Figures, check: Check) -> Iterator[Doubt]:
    """One figure printed in two places, differently."""
    first, second = figures.value(check["first"]), figures.value(check["second"])
    if first == second:
        return
    yield Doubt(
        place=figures.place(check["first"]),
        text=_("Here %(first)s; %(second)s in: %(place)s.")
        % {
            "first": first.printed,
            "second": second.printed,
            "place": figures.place(check["second"]),
        },
        question=_("The same figure is printed in two ways: which is right?"),
    )


def base_doubts(figures: Figures, check: Check) -> Iterator[Doubt]:
    """One percentage, printed twice, of two different numbers."""
    first, second = figures.value(check["first"]), figures.value(check["second"])
    bases = figures.value(check["first_base"]), figures.value(check["second_base"])
    if first.number != second.number or bases[0] == bases[1]:
        return
    yield Doubt(
        place=figures.place(check["first"]),
        text=_("%(first)s of %(base)s here; %(second)s of %(other)s in: %(place)s.")
        % {
            "first": first.printed,
            "base": bases[0].printed,
            "second": second.printed,
            "other": bases[1].printed,
            "place": figures.place(check["second"]),
        },
        question=_("The same percentage stands on two bases: which one counts?"),
    )


def ceiling_doubts(figures: Figures, check: Check) -> Iterator[Doubt]:
    """A share of people that their number does not reach: of "at least", parts are rounded up.

    A word in the place of a figure is not checked; without a number of people, the share alone is.
    """
    share_cell, base = figures.value(check["share"]), figures.value(check["base"]).number
    if share_cell.number is None or base is None:
        return
    least = max(share_cell.number, Decimal(check["at_least"]))
    people = share_cell.head_count
    if people is None:
        is_reached = share_cell.number >= least
        reached = share_cell.number
    else:
        is_reached = people >= ceil(least * base / 100)
        reached = share(Decimal(people), base, like=Decimal("0.1"))
    if is_reached:
        return
    yield Doubt(
        place=figures.place(check["share"]),
        text=_(
            "Printed %(printed)s of %(base)s, that is %(reached)s%%; at least %(least)s%% takes "
            "%(needed)s people."
        )
        % {
            "printed": share_cell.printed,
            "base": f"{base:f}",
            "reached": f"{reached:f}".replace(".", ","),
            "least": f"{least:f}",
            "needed": ceil(least * base / 100),
        },
        question=_("The minimum share is not reached: which number counts?"),
    )


FINDERS: dict[str, Callable[[Figures, Check], Iterator[Doubt]]] = {
    "shares": share_doubts,
    "sums": sum_doubts,
    "totals": total_doubts,
    "twins": twin_doubts,
    "bases": base_doubts,
    "ceilings": ceiling_doubts,
}


def name_doubts(rows: Iterable[tuple[str, str, str]]) -> list[Doubt]:
    """Rows (dashboard, indicator, name printed there) that name an indicator in another way."""
    return [
        Doubt(
            place=heading,
            text=_("“%(printed)s” is taken for “%(name)s”.") % {"printed": printed, "name": name},
            question=_("Are these the same indicator?"),
        )
        for heading, name, printed in rows
        if printed
    ]
