"""What stands in the way of the plan, and what it is warned of."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organization.http import AuthenticatedHttpRequest
from strategy.enums import CheckRule
from strategy.reports.checks import checks_report
from strategy.views.loaders import load_plan


@require_safe
def plan_checks(request: AuthenticatedHttpRequest, year: int) -> HttpResponse:
    """Blockers and cautions of the plan as it stands, of one rule when the address names it."""
    plan = load_plan(request, year)
    if not request.user.has_perm("strategy.read_checks"):
        raise PermissionDenied
    asked = request.GET.get("rule", "")
    rule = CheckRule(asked) if asked in CheckRule.values else None
    report = checks_report(plan, rule=rule)
    chips = [{"label": rule.label, "remove_url": request.path}] if rule else []
    context = {
        "plan": plan,
        "report": report,
        "rule": rule,
        "chips": chips,
        "may_edit": request.user.has_perm("strategy.edit_plan", plan),
    }
    return render(request, "strategy/checks.html", context)
