"""What the frame of every page shows: the body, the entries of the menu, the plan at hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import ResolverMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from rules import has_perm

from camera_perf.agile_menu import AGILE_PAGES, agile_pages_closed_to
from organization.enums import Role
from organization.models import Institution
from strategy.models import Plan
from strategy.rules import plan_is_reported


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a menu."""

    label: str | Promise
    url: str
    is_current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Institution, menus, plan and roles. Everything is read only if the page shows it."""
    user = getattr(request, "user", None)
    context: dict[str, Any] = {
        "institution": SimpleLazyObject(Institution.objects.first),
        "demo_day": settings.DEMO_DATE,
    }
    if user is None or not user.is_authenticated:
        return context
    plan = SimpleLazyObject(lambda: current_plan(request))
    closed = _closed_pages(user)
    return context | {
        "current_plan": plan,
        "current_roles": roles_text(user),
        "main_entries": main_entries(request, plan, closed),
        "section_entries": section_entries(request, plan, closed),
        "page_tabs": page_tabs(request, closed),
    }


def current_plan(request: HttpRequest) -> Plan | None:
    """The plan of the page, else the newest that the person may read."""
    plan = getattr(request, "plan", None)
    return plan or Plan.objects.visible_to(request.user).first()


def roles_text(user: Any) -> str:
    """Roles held today, in words."""
    names = {role.value: role.label for role in Role}
    held = [role for role, _unit in user.held_posts]
    if user.is_superuser and Role.ADMINISTRATOR.value not in held:
        held.append(Role.ADMINISTRATOR.value)
    return ", ".join(str(names[role]) for role in dict.fromkeys(held))


def main_entries(request: HttpRequest, plan: Any, closed: frozenset[str]) -> tuple[Entry, ...]:
    """The main menu: what the person may open, nothing else."""
    match = request.resolver_match
    return main_menu(
        section=_section(match) if match else "",
        is_trace=_is_trace(request),
        year=plan.first_year if plan else None,
        closed=closed,
        # The predicate alone: the groups of the account would be two statements more.
        reads_trace=has_perm("organization.read_trace", request.user),
        is_staff=request.user.is_staff,
    )


@lru_cache(maxsize=256)
def main_menu(
    *,
    section: str,
    is_trace: bool,
    year: int | None,
    closed: frozenset[str],
    reads_trace: bool,
    is_staff: bool,
) -> tuple[Entry, ...]:
    """The main menu as it depends on a handful of facts: composed once for each of them."""
    entries = [Entry(_("Home"), reverse("home"), section == "home")]
    if year:
        entries.append(
            Entry(_("Plan"), reverse("strategy:map", args=[year]), section == "strategy")
        )
        first = next(name for _label, name, _names in RESULT_PAGES if name not in closed)
        entries.append(Entry(_("Results"), reverse(first, args=[year]), section == RESULTS))
    here = section == "organization" and not is_trace
    entries += [
        Entry(_("Agile work"), reverse("pola:overview"), section == "pola"),
        Entry(_("Organization"), reverse("organization:unit-list"), here),
        Entry(_("Editions"), reverse("public"), section.startswith("public")),
    ]
    if reads_trace:
        entries.append(Entry(_("Register"), reverse("organization:audit-list"), is_trace))
    if is_staff:
        entries.append(Entry(_("Administration"), reverse("admin:index"), section == "admin"))
    return tuple(entries)


def _closed_pages(user: Any) -> frozenset[str]:
    """The pages that the person may not open, from what is held today."""
    return _closed_to(user.roles, stands_in=bool(user.delegated_unit_ids))


@lru_cache(maxsize=256)
def _closed_to(roles: frozenset[str], *, stands_in: bool) -> frozenset[str]:
    """The same for whoever holds those roles, or stands in for a head. See also: strategy.rules,
    which the pages ask."""
    planner, administrator = Role.PLANNER.value in roles, Role.ADMINISTRATOR.value in roles
    may = {
        CHECKS: bool(roles & Role.drafts_readers),
        RECORDING: planner or stands_in or bool(roles & Role.leaders),
        VALIDATION: planner,
        REMINDERS: planner or administrator,
        OVERSIGHT: bool(roles & Role.trace_readers),
    }
    closed = {page for page, is_open in may.items() if not is_open}
    return frozenset(closed | agile_pages_closed_to(roles, stands_in=stands_in))


def _section(match: Any) -> str:
    """The part of the main menu that a page belongs to."""
    if match.namespace == "strategy" and match.url_name in RESULT_NAMES:
        return RESULTS
    return str(match.namespace or match.view_name)


def _is_trace(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and match.view_name == "organization:audit-list")


CHECKS = "strategy:checks"  # for those who read drafts
PLAN_PAGES = (
    (
        _("Strategy map"),
        "strategy:map",
        (
            "map",
            "perspective-detail",
            "objective-detail",
            "structure",
            "branch-add",
            "branch-edit",
            "branch-remove",
            "polarity-confirm",
        ),
    ),
    (
        _("Strategic dashboard"),
        "strategy:strategic-dashboard",
        ("strategic-dashboard", "strategic-dashboard-edit", "indicator-detail"),
    ),
    (
        _("Dashboards"),
        "strategy:dashboard-list",
        (
            "dashboard-list",
            "dashboard-detail",
            "dashboard-edit",
            "dashboard-pdf",
            "structure-dashboards",
            "dashboard-add",
            "dashboard-rename",
            "dashboard-remove",
            "dashboard-rows",
            "row-add",
            "row-edit",
            "row-remove",
            "indicator-add",
        ),
    ),
    (_("Cascade"), "strategy:cascade", ("cascade", "cascade-edit")),
    (
        _("Indicators"),
        "strategy:indicator-list",
        ("indicator-list", "indicator-edit", "indicator-retire"),
    ),
    (
        _("Document"),
        "strategy:document",
        (
            "document",
            "document-edit",
            "section-detail",
            "section-add",
            "section-edit",
            "section-rename",
            "section-remove",
            "section-versions",
            "section-version",
            "section-pdf",
            "block-add",
            "block-edit",
            "block-remove",
        ),
    ),
    (_("Checks"), CHECKS, ("checks",)),
    (
        _("Life of the plan"),
        "strategy:plan-life",
        ("plan-life", "adoption-status", "difference", "plan-roll-forward", "plan-decisions"),
    ),
    (_("PDF and data"), "strategy:plan-pdf", ("plan-pdf", "build-status", "open-data")),
)


RESULTS = "results"
RECORDING = "strategy:recording-list"  # for those who supply figures
VALIDATION = "strategy:validation-list"  # for planning
REMINDERS = "strategy:reminder-list"  # for planning and administrators
OVERSIGHT = "strategy:oversight"  # for the OIV, and those whom it asks
RESULT_PAGES = (
    (_("To be recorded"), RECORDING, ("recording-list",)),
    (_("To be validated"), VALIDATION, ("validation-list",)),
    (
        _("Scorecards"),
        "strategy:scorecards",
        ("scorecards", "scorecard-detail", "scorecard-pdf", "band-limits"),
    ),
    (
        _("Projects"),
        "strategy:project-list",
        (
            "project-list",
            "project-detail",
            "project-edit",
            "activity-add",
            "activity-edit",
            "activity-dates",
            "activity-result",
            "activity-remove",
        ),
    ),
    (
        _("Periods"),
        "strategy:period-list",
        ("period-list", "period-add", "period-edit", "period-remove"),
    ),
    (_("Deviations"), "strategy:deviations", ("deviations", "deviation-edit")),
    (_("Closing of the year"), "strategy:closings", ("year-closing",)),
    (
        _("Relazione"),
        "strategy:reports",
        (
            "report",
            "report-pdf",
            "report-section",
            "report-section-edit",
            "report-section-versions",
            "report-section-version",
        ),
    ),
    (_("OIV workspace"), OVERSIGHT, ("oversight-year", "oversight-notes", "report-validation")),
    (_("Reminders"), REMINDERS, ("reminder-list",)),
)
RESULT_NAMES = frozenset(name for _label, _page, names in RESULT_PAGES for name in names)


def section_entries(request: HttpRequest, plan: Any, closed: frozenset[str]) -> tuple[Entry, ...]:
    """The pages of the section the person is in."""
    match = request.resolver_match
    if match is None or _is_trace(request):
        return ()
    if match.namespace == "pola":
        return agile_menu(_agile_page(request, match), closed)
    if match.namespace != "strategy":
        return section_menu(match.namespace, match.url_name, closed=closed)
    if not plan:
        return ()
    if not plan_is_reported.test(request.user, plan):
        closed |= {OVERSIGHT}
    return section_menu(_section(match), match.url_name, plan.first_year, closed=closed)


@lru_cache(maxsize=256)
def section_menu(
    section: str, page: str, *years: int, closed: frozenset[str] = frozenset()
) -> tuple[Entry, ...]:
    """The pages of a section, composed once for each page of each plan; without those that the
    person may not open."""
    pages = PAGES.get(section, ())
    return tuple(
        Entry(label, reverse(name, args=years), page in names)
        for label, name, names in pages
        if name not in closed
    )


@lru_cache(maxsize=256)
def agile_menu(page: str, closed: frozenset[str]) -> tuple[Entry, ...]:
    """The entries of agile work, each leading to the first page behind it that is open."""
    return tuple(
        Entry(label, reverse(pages[0][1]), any(page in names for _label, _name, names in pages))
        for label, behind in AGILE_PAGES
        if (pages := [one for one in behind if one[1] not in closed])
    )


@lru_cache(maxsize=256)
def agile_tabs(page: str, closed: frozenset[str]) -> tuple[Entry, ...]:
    """The pages of agile work that stand beside one under the same entry, if there are others."""
    for _label, behind in AGILE_PAGES:
        if any(page in names for _label, _name, names in behind):
            tabs = [
                Entry(label, reverse(name), page in names)
                for label, name, names in behind
                if name not in closed
            ]
            return tuple(tabs) if len(tabs) > 1 else ()
    return ()


def page_tabs(request: HttpRequest, closed: frozenset[str]) -> tuple[Entry, ...]:
    """The tabs under the section: agile work has more pages than fit in a line."""
    match = request.resolver_match
    if match is None or match.namespace != "pola":
        return ()
    return agile_tabs(_agile_page(request, match), closed)


def _agile_page(request: HttpRequest, match: ResolverMatch) -> str:
    """The page whose entry is marked: the same day is one's own or of the unit that one reads."""
    return getattr(request, "menu_page", "") or match.url_name or ""


PAGES: dict[str, tuple[tuple[Any, str, tuple[str, ...]], ...]] = {
    "strategy": PLAN_PAGES,
    RESULTS: RESULT_PAGES,
    "organization": (
        (_("Organisation chart"), "organization:unit-list", ("unit-list", "unit-detail")),
        (_("People"), "organization:person-list", ("person-list", "person-detail")),
        (_("Staff in figures"), "organization:staff", ("staff",)),
        (_("Substitutes"), "organization:delegation-list", ("delegation-list",)),
    ),
}
