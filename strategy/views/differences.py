"""The difference between two editions of a plan, or between one and the plan as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from organization.http import AuthenticatedHttpRequest
from strategy.difference_csv import difference_csv
from strategy.enums import ChangeKind, PlanPart
from strategy.models import Plan
from strategy.printables import PrintableDifference
from strategy.reports.comparison import (
    DamagedEditionError,
    Side,
    compare,
    sides_of,
    usual_sides,
)
from strategy.reports.difference_lines import change_pairs, difference_groups
from strategy.reports.difference_words import counts_words
from strategy.views.loaders import load_plan
from strategy.views.pdf import ask_for_pdf, pdf_page

LINES_PER_PAGE = 200


@dataclass(frozen=True)
class Choice:
    """What the address asks to compare."""

    sides: list[Side]
    old: Side
    new: Side

    @property
    def query(self) -> str:
        """The same two sides, for another address."""
        return urlencode({"da": self.old.key, "a": self.new.key})


def chosen(request: HttpRequest, plan: Plan) -> Choice:
    """The two sides that the address names, or the usual ones; 404 for one that is not there."""
    sides = sides_of(plan)
    by_key = {side.key: side for side in sides}
    old, new = usual_sides(sides)
    try:
        return Choice(
            sides,
            by_key[request.GET.get("da") or old.key],
            by_key[request.GET.get("a") or new.key],
        )
    except KeyError as error:
        raise Http404 from error


def _option(request: HttpRequest, name: str, known: list[str]) -> str:
    """One of the known words, or none."""
    asked = request.GET.get(name, "")
    return asked if asked in known else ""


@require_safe
def difference(request: HttpRequest, year: int) -> HttpResponse:
    """What changed, cell by cell, by part of the plan and by kind of change."""
    plan = load_plan(request, year)
    choice = chosen(request, plan)
    try:
        comparison = compare(choice.old, choice.new)
    except DamagedEditionError as error:
        return damaged(request, plan, error)
    part = _option(request, "parte", PlanPart.values)
    kind = _option(request, "tipo", ChangeKind.values)
    shown = comparison.difference.only(part=part, kind=kind)
    page = Paginator(change_pairs(shown), LINES_PER_PAGE).get_page(request.GET.get("page"))
    counts = comparison.difference.kinds()
    context: dict[str, Any] = {
        "plan": plan,
        "choice": choice,
        "part": part,
        "kind": kind,
        "page": page,
        "groups": difference_groups(page.object_list, shown, plan),
        "total": sum(counts.values()),
        "kinds": _counted(ChangeKind, counts),
        "summary": counts_words(counts),
        "parts": _counted(PlanPart, comparison.difference.parts()),
    }
    return render(request, "strategy/difference.html", context)


def _counted(options: Any, counts: Any) -> list[tuple[str, str, int]]:
    """The words of a choice with how many changes each would show."""
    return [(one.value, one.label, counts[one]) for one in options]


@require_safe
def difference_file(request: HttpRequest, year: int) -> HttpResponse:
    """The same as CSV, whole: see docs/data.md."""
    plan = load_plan(request, year)
    choice = chosen(request, plan)
    try:
        comparison = compare(choice.old, choice.new)
    except DamagedEditionError as error:
        return damaged(request, plan, error)
    name = f"confronto-{plan.label}-{choice.old.key}-{choice.new.key}.csv"
    return HttpResponse(
        difference_csv(comparison.difference),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def difference_pdf(request: AuthenticatedHttpRequest, year: int) -> HttpResponse:
    """The same as an annex in PDF: asked for with a POST, followed and downloaded here."""
    plan = load_plan(request, year)
    choice = chosen(request, plan)
    printable = PrintableDifference(choice.old, choice.new)
    if request.method == "POST":
        return ask_for_pdf(request, printable)
    context = pdf_page(printable) | {"choice": choice}
    return render(request, "strategy/difference_pdf.html", context)


def damaged(request: HttpRequest, plan: Plan, error: DamagedEditionError) -> HttpResponse:
    """Nothing is compared: what is stored is not what was adopted."""
    context = {"plan": plan, "edition": error.edition}
    return render(request, "strategy/difference_damaged.html", context, status=503)
