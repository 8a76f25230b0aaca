"""Pages of the frame: home, guide, accessibility statement, health of the server."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from camera_perf.context import current_plan
from camera_perf.home import home_report
from organization import clock
from organization.http import AuthenticatedHttpRequest


@require_safe
def home(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Where I am, what waits for me, my shortcuts: by the roles held today."""
    plan = current_plan(request)
    request.plan = plan  # type: ignore[attr-defined]  # read by camera_perf.context.frame
    report = home_report(request.user, plan, clock.today())
    return render(request, "home/home.html", {"report": report})


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How to read, search, share and download, role by role."""
    return render(request, "home/guide.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: what holds, what is known not to, whom to write to."""
    return render(request, "home/accessibility.html")


@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Whether the server works, for whoever watches it: `ok`, or 503 without a database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", "text/plain", status=503)
    return HttpResponse("ok\n", "text/plain")


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language chosen at the foot of a page, and go back to that page."""
    return set_language(request)
