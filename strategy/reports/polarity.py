"""Which indicators of a plan have a polarity to confirm, and what was read for each?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from indicators.models import Target
from strategy.models import DashboardRow, Plan


@dataclass(frozen=True, slots=True)
class PolarityLine:
    """An indicator: its numeric targets of the plan, the polarity they have, whether confirmed;
    `is_ticked` when it was ticked on a page that comes back."""

    pk: int
    name: str
    codes: tuple[str, ...]
    targets: str
    polarity: str
    is_confirmed: bool
    is_ticked: bool
    was: str = ""

    @property
    def codes_text(self) -> str:
        """The signs of the dashboards in one line."""
        return " ".join(self.codes)


@dataclass(frozen=True, slots=True)
class PolarityReport:
    """The lines shown, and how many of how many wait."""

    lines: tuple[PolarityLine, ...]
    waiting_count: int
    count: int


def polarity_report(
    plan: Plan, *, shows_all: bool, choices: Collection[int] = frozenset()
) -> PolarityReport:
    """Indicators with numeric targets, in the order of the dashboards, in two statements; only
    those that wait, unless all are asked for."""
    targets: dict[int, list[Target]] = defaultdict(list)
    for target in Target.objects.for_cycle(plan.first_year).comparable().order_by("year"):
        targets[target.indicator_id].append(target)
    names: dict[int, str] = {}
    codes: dict[int, list[str]] = defaultdict(list)
    rows = DashboardRow.objects.filter(dashboard__plan=plan).in_order()
    for pk, name, code in rows.values_list("indicator_id", "indicator__name", "dashboard__code"):
        names.setdefault(pk, name)
        if code:
            codes[pk].append(code)
    lines = [
        _line(pk, name, tuple(codes[pk]), targets[pk], is_ticked=pk in choices)
        for pk, name in names.items()
        if pk in targets
    ]
    waiting = [line for line in lines if not line.is_confirmed]
    return PolarityReport(tuple(lines if shows_all else waiting), len(waiting), len(lines))


def _line(
    pk: int, name: str, codes: tuple[str, ...], targets: list[Target], *, is_ticked: bool
) -> PolarityLine:
    return PolarityLine(
        pk=pk,
        name=name,
        codes=codes,
        targets=", ".join(f"{target.year}: {target.printed}" for target in targets),
        polarity=next((target.polarity for target in targets if target.polarity), ""),
        is_confirmed=all(target.is_polarity_confirmed for target in targets),
        is_ticked=is_ticked,
        was=",".join(sorted({target.polarity for target in targets})),
    )
