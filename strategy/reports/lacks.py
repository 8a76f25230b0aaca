"""How much a year of a plan still lacks, counted: the home page of the OIV asks for no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from indicators.attainment import Attainment
from indicators.enums import Treatment
from strategy.attainment_data import SCORED, attainment_in
from strategy.models import DashboardRow, DeviationReason, Evidence, Plan, Recording
from strategy.monitoring_enums import MissingPiece
from strategy.reports.closing import data_of, standing_closing
from strategy.reports.year import YearReport
from strategy.reports.year_lines import IndicatorStanding, missing_pieces
from strategy.snapshots import indicator_parts

Pieces = Iterable[tuple[MissingPiece, ...]]


@dataclass(frozen=True, slots=True)
class YearLacks:
    """What the indicators of a year lack, the heaviest first, with how many of them."""

    year: int
    counts: dict[MissingPiece, int]

    @property
    def missing_count(self) -> int:
        """How many things are missing, without what is said softly."""
        return sum(n for piece, n in self.counts.items() if not piece.is_light)


def year_lacks(plan: Plan, year: int) -> YearLacks:
    """The same counts as strategy.reports.oversight, in six statements; of a closed year in one.

    A closing that is damaged raises DamagedClosingError.
    """
    closing = standing_closing(plan, year)
    if closing is None:
        pieces = _as_it_stands(plan, year)
    else:
        lines = YearReport(data_of(plan, year, closing)).lines
        pieces = (line.missing for line in lines if line.is_expected)
    found = Counter(piece for every in pieces for piece in every)
    return YearLacks(year, {piece: found[piece] for piece in MissingPiece if found[piece]})


def _as_it_stands(plan: Plan, year: int) -> Pieces:
    told_and_proved = _told_and_proved(plan, year)
    for token, indicator in indicator_parts(plan).items():
        if int(token) not in told_and_proved:
            continue
        found = attainment_in(indicator, year)
        decided = indicator["resolutions"].get(str(year), {})
        standing = _standing(found, decided.get("treatment", ""))
        if standing.is_expected:
            is_told, is_proved = told_and_proved[int(token)]
            yield missing_pieces(
                standing,
                is_told=is_told or bool(standing.treatment and decided["reason"]),
                is_proved=is_proved,
                has_source=bool(indicator["source"]),
            )


def _standing(found: Attainment, decided: str) -> IndicatorStanding:
    counts = decided and (found.is_excluded or found.counts_zero)
    treatment = Treatment(decided) if counts else None
    return IndicatorStanding(
        found.state, found.value, treatment, frozenset(found.notes), found.rule
    )


def _told_and_proved(plan: Plan, year: int) -> dict[int, tuple[bool, bool]]:
    """Of each scored indicator: a deviation is told, a file proves its figure."""
    sent = Recording.objects.standing().filter(period__plan=plan, period__ends_on__year=year)
    own = sent.filter(indicator=OuterRef("indicator"))
    written = DeviationReason.objects.filter(plan=plan, year=year, indicator=OuterRef("indicator"))
    proofs = Evidence.objects.filter(recording__in=sent).filter(
        recording__indicator=OuterRef("indicator")
    )
    rows = DashboardRow.objects.filter(dashboard__plan=plan, dashboard__kind__in=SCORED)
    found = rows.order_by().annotate(
        is_told=Exists(own.exclude(reason="")) | Exists(written), is_proved=Exists(proofs)
    )
    return {
        pk: (bool(told), bool(proved))
        for pk, told, proved in found.values_list("indicator_id", "is_told", "is_proved")
    }
