"""What the pages that give account of a year have in common: which year, and the other years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from organization import clock
from strategy.models import Plan
from strategy.reports.closing import reported_years


@dataclass(frozen=True, slots=True)
class YearTab:
    """The same page of a year."""

    label: str
    url: str
    is_current: bool
    count: int | None = None


def begun_years(plan: Plan) -> list[int]:
    """The years that a plan gives account of and that have begun; the one before it always."""
    this_year = clock.today().year
    return [
        year for year in reported_years(plan) if year <= this_year or year == plan.baseline_year
    ]


def last_over(plan: Plan) -> int:
    """The last year that is over, of those that the plan gives account of."""
    over = [year for year in begun_years(plan) if year < clock.today().year]
    return over[-1] if over else plan.baseline_year


def asked_year(request: HttpRequest, plan: Plan) -> int:
    """The year asked for in the address (`anno`), else the last one that is over; 404 for a year
    of which the plan gives no account yet."""
    asked = request.GET.get("anno", "")
    if not asked:
        return last_over(plan)
    return begun_year(plan, asked)


def begun_year(plan: Plan, asked: str | int) -> int:
    """The year, if the plan gives account of it and it has begun; 404 otherwise."""
    found = {str(year): year for year in begun_years(plan)}
    if str(asked) not in found:
        raise Http404
    return found[str(asked)]


def year_frame(plan: Plan, at: int, address: Callable[[int], str]) -> dict[str, Any]:
    """Plan and year, and the way to the same page of the other years."""
    tabs = [YearTab(str(each), address(each), each == at) for each in begun_years(plan)]
    return {"plan": plan, "year": at, "year_tabs": tabs}
