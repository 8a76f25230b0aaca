"""Which way the results improve: the list that planning confirms in bulk."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from indicators.enums import Polarity
from organization.http import AuthenticatedHttpRequest
from strategy.models import Plan
from strategy.operations.polarity import PolarityChoice, confirm_polarities
from strategy.reports.polarity import polarity_report
from strategy.views.loaders import edits_plan


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def polarity_confirm(request: AuthenticatedHttpRequest, plan: Plan) -> HttpResponse:
    """The indicators whose polarity is to be confirmed, or all of them; a POST confirms those
    ticked, all or none."""
    shows_all = "tutti" in request.GET
    choices = polarity_choices(request.POST)
    problem = ""
    if request.method == "POST":
        problem = _confirm(request, plan, choices)
        if not problem:
            return redirect(request.get_full_path())
    report = polarity_report(
        plan, shows_all=shows_all, ticked=choices, chosen=polarities_chosen(request.POST)
    )
    context = {
        "plan": plan,
        "report": report,
        "shows_all": shows_all,
        "problem": problem,
        "polarities": Polarity.choices,
        "page_url": reverse("strategy:polarity-confirm", args=[plan.first_year]),
    }
    status = 400 if problem else 200
    return render(request, "strategy/polarity_confirm.html", context, status=status)


def _confirm(
    request: AuthenticatedHttpRequest, plan: Plan, choices: Mapping[int, PolarityChoice | None]
) -> str:
    """Confirm them and say so, or say why not."""
    if not choices:
        return _("Tick the indicators to confirm, one at least.")
    said = {pk: choice for pk, choice in choices.items() if choice}
    if len(said) < len(choices):
        count = len(choices) - len(said)
        return ngettext(
            "%(n)s indicator ticked has no polarity: choose one. Nothing was confirmed.",
            "%(n)s indicators ticked have no polarity: choose one. Nothing was confirmed.",
            count,
        ) % {"n": count}
    try:
        count = confirm_polarities(plan, choices=said, by=request.user)
    except ValidationError as error:
        return " ".join(error.messages)
    told = ngettext("%(n)s polarity confirmed.", "%(n)s polarities confirmed.", count)
    messages.success(request, told % {"n": count})
    return ""


def polarities_chosen(data: Mapping[str, str]) -> dict[int, str]:
    """The polarity chosen on every line (`p-12`), ticked or not."""
    return {
        int(name[2:]): chosen
        for name, chosen in data.items()
        if name[:2] == "p-" and name[2:].isascii() and name[2:].isdigit() and len(name) <= 20
        if chosen in Polarity.values
    }


def polarity_choices(data: Mapping[str, str]) -> dict[int, PolarityChoice | None]:
    """The indicators ticked (`c-12`), each with the polarity chosen (`p-12`), or none."""
    choices: dict[int, PolarityChoice | None] = {}
    for name in data:
        pk = name.removeprefix("c-")
        if pk == name or not (pk.isascii() and pk.isdigit()) or len(pk) > 18:
            continue
        chosen = data.get(f"p-{pk}", "")
        known = chosen in Polarity.values
        was = data.get(f"was-{pk}", "")
        choices[int(pk)] = PolarityChoice(Polarity(chosen), was) if known else None
    return choices
