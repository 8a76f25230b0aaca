"""Which indicators of a plan have a polarity to confirm, and what was read for each?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from indicators.enums import Polarity
from indicators.models import Target
from strategy.models import DashboardRow, Plan


@dataclass(frozen=True, slots=True)
class PolarityLine:
    """An indicator: its numeric targets of the plan, the polarity saved, whether confirmed.

    `chosen` and `is_ticked` are what somebody chose on a page that comes back; `was` is what the
    years said when the page was made (see also: polarity_state).
    """

    pk: int
    name: str
    codes: tuple[str, ...]
    targets: str
    saved: str
    is_confirmed: bool
    was: str
    chosen: str = ""
    is_ticked: bool = False

    @property
    def polarity(self) -> str:
        """What the page shows as chosen."""
        return self.chosen or self.saved

    @property
    def saved_label(self) -> str:
        """What is saved, in words, where somebody chose otherwise."""
        if not self.chosen or self.chosen == self.saved or not self.saved:
            return ""
        return str(Polarity(self.saved).label)

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


def polarity_state(targets: Iterable[Target]) -> str:
    """What the targets of an indicator say of its polarity, year by year: two readings agree when
    nobody chose or confirmed anything in between."""
    return ",".join(
        f"{target.year}{target.polarity[:1]}{'c' if target.is_polarity_confirmed else ''}"
        for target in sorted(targets, key=lambda target: target.year)
    )


def polarity_report(
    plan: Plan,
    *,
    shows_all: bool,
    ticked: Collection[int] = frozenset(),
    chosen: Mapping[int, str] | None = None,
) -> PolarityReport:
    """Indicators with numeric targets, in the order of the dashboards, in two statements; only
    those that wait, unless all are asked for."""
    chosen = chosen or {}
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
        PolarityLine(
            pk=pk,
            name=name,
            codes=tuple(codes[pk]),
            targets=", ".join(f"{target.year}: {target.printed}" for target in targets[pk]),
            saved=next((target.polarity for target in targets[pk] if target.polarity), ""),
            is_confirmed=all(target.is_polarity_confirmed for target in targets[pk]),
            was=polarity_state(targets[pk]),
            chosen=chosen.get(pk, ""),
            is_ticked=pk in ticked,
        )
        for pk, name in names.items()
        if pk in targets
    ]
    waiting = [line for line in lines if not line.is_confirmed]
    return PolarityReport(tuple(lines if shows_all else waiting), len(waiting), len(lines))
