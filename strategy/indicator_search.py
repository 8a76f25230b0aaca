"""Which indicators answer to the words of somebody who wants one on a dashboard?"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch

from indicators.models import Indicator
from organization.querysets import holding_words
from strategy.models import Dashboard, DashboardRow, Plan

MOST = 30


@dataclass(frozen=True, slots=True)
class Found:
    """An indicator that answers: the signs of the dashboards of the plan it stands on, whether it
    already stands on this one, whether it is retired."""

    indicator: Indicator
    codes: tuple[str, ...]
    stands_here: bool

    @property
    def is_retired(self) -> bool:
        """Not in use any more."""
        return self.indicator.retired_on is not None

    @property
    def codes_text(self) -> str:
        """The signs in one line."""
        return " ".join(self.codes)


def found_indicators(
    plan: Plan, dashboard: Dashboard, query: str, *, pk: str | None = None
) -> list[Found]:
    """Indicators with all the words in name, definition or source, those of the plan first, at
    most thirty, in two statements; with `pk` that one alone."""
    indicators = Indicator.objects.with_source()
    if pk is not None:
        wanted = int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 18 else 0
        indicators = indicators.filter(pk=wanted)
    columns = ("name__icontains", "definition__icontains", "source__name__icontains")
    indicators = holding_words(indicators, query, *columns)
    rows = DashboardRow.objects.filter(dashboard__plan=plan).select_related("dashboard")
    indicators = indicators.prefetch_related(
        Prefetch("rows", rows.order_by("dashboard__position"), to_attr="rows_here")
    )
    here = DashboardRow.objects.filter(dashboard__plan=plan, indicator=OuterRef("pk"))
    indicators = indicators.annotate(is_here=Exists(here)).order_by(
        F("retired_on").asc(nulls_first=True), "-is_here", "name", "pk"
    )
    return [_found(one, dashboard) for one in indicators[:MOST]]


def _found(indicator: Indicator, dashboard: Dashboard) -> Found:
    rows: list[DashboardRow] = indicator.rows_here  # type: ignore[attr-defined]  # by the prefetch
    return Found(
        indicator,
        tuple(row.dashboard.code or row.dashboard.title for row in rows),
        any(row.dashboard_id == dashboard.pk for row in rows),
    )
