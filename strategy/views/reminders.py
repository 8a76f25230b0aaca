"""The reminders that were sent; in a demonstration, their text too."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rules import has_perm

from organization.http import AuthenticatedHttpRequest
from strategy.models import Reminder
from strategy.reports.mailbox import is_kept_in_files, kept_mail
from strategy.views.loaders import load_plan

AT_MOST = 200


@require_safe
def reminder_list(request: AuthenticatedHttpRequest, year: int) -> HttpResponse:
    """Who was reminded of what, when: for planning and administrators."""
    plan = load_plan(request, year)
    if not has_perm("strategy.read_reminders", request.user):
        raise PermissionDenied
    reminders = Reminder.objects.filter(period__plan=plan)
    reminders = reminders.select_related("user__person", "period")[:AT_MOST]
    context = {
        "plan": plan,
        "reminders": reminders,
        "mails": kept_mail(),
        "is_kept": is_kept_in_files(),
    }
    return render(request, "strategy/reminder_list.html", context)
