"""What the frame of every page shows: the body, the entries of the menu, the plan at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from rules import has_perm

from organization.enums import Role
from organization.models import Institution
from strategy.models import Plan


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a menu."""

    label: str | Promise
    url: str
    is_current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Institution, menus, plan and roles. Everything is read only if the page shows it."""
    user = getattr(request, "user", None)
    context: dict[str, Any] = {"institution": SimpleLazyObject(Institution.objects.first)}
    if user is None or not user.is_authenticated:
        return context
    plan = SimpleLazyObject(lambda: current_plan(request))
    return context | {
        "current_plan": plan,
        "current_roles": roles_text(user),
        "main_entries": main_entries(request, plan),
        "section_entries": section_entries(request, plan),
    }


def current_plan(request: HttpRequest) -> Plan | None:
    """The plan of the page, else the newest that the person may read."""
    plan = getattr(request, "plan", None)
    return plan or Plan.objects.visible_to(request.user).first()


def roles_text(user: Any) -> str:
    """Roles held today, in words."""
    names = {role.value: role.label for role in Role}
    held = [appointment.role for appointment in user.running_appointments]
    if user.is_superuser and Role.ADMINISTRATOR.value not in held:
        held.append(Role.ADMINISTRATOR.value)
    return ", ".join(str(names[role]) for role in dict.fromkeys(held))


def _section_of(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        return ""
    return match.namespace or match.view_name


def main_entries(request: HttpRequest, plan: Any) -> list[Entry]:
    """The main menu: what the person may open, nothing else."""
    here = _section_of(request)
    entries = [Entry(_("Home"), reverse("home"), here == "home")]
    if plan:
        entries.append(Entry(_("Plan"), plan.get_absolute_url(), here == "strategy"))
    entries += [
        Entry(_("Agile work"), reverse("pola:overview"), here == "pola"),
        Entry(
            _("Organization"),
            reverse("organization:unit-list"),
            here == "organization" and not _is_trace(request),
        ),
        Entry(_("Editions"), reverse("public"), here.startswith("public")),
    ]
    # The predicate alone: on every page, the groups of the account would be two statements more.
    if has_perm("organization.read_trace", request.user):
        entries.append(Entry(_("Register"), reverse("organization:audit-list"), _is_trace(request)))
    if request.user.is_staff:
        entries.append(Entry(_("Administration"), reverse("admin:index"), here == "admin"))
    return entries


def _is_trace(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and match.view_name == "organization:audit-list")


PLAN_PAGES = (
    (_("Strategy map"), "strategy:map", ("map", "perspective-detail", "objective-detail")),
    (
        _("Strategic dashboard"),
        "strategy:strategic-dashboard",
        ("strategic-dashboard", "indicator-detail"),
    ),
    (_("Dashboards"), "strategy:dashboard-list", ("dashboard-list", "dashboard-detail")),
    (_("Cascade"), "strategy:cascade", ("cascade",)),
    (_("Indicators"), "strategy:indicator-list", ("indicator-list",)),
    (_("Document"), "strategy:document", ("document", "section-detail")),
    (_("PDF and data"), "strategy:plan-pdf", ("plan-pdf", "build-status", "open-data")),
)


def section_entries(request: HttpRequest, plan: Any) -> list[Entry]:
    """The pages of the section the person is in."""
    match = request.resolver_match
    if match is None:
        return []
    if match.namespace == "strategy" and plan:
        return [
            Entry(str(label), reverse(name, args=[plan.first_year]), match.url_name in names)
            for label, name, names in PLAN_PAGES
        ]
    pages = () if _is_trace(request) else OTHER_PAGES.get(match.namespace, ())
    return [
        Entry(str(label), reverse(name), match.url_name in names) for label, name, names in pages
    ]


OTHER_PAGES: dict[str, tuple[tuple[Any, str, tuple[str, ...]], ...]] = {
    "organization": (
        (_("Organisation chart"), "organization:unit-list", ("unit-list", "unit-detail")),
        (_("People"), "organization:person-list", ("person-list", "person-detail")),
        (_("Staff in figures"), "organization:staff", ("staff",)),
    ),
    "pola": (
        (_("Agile work in figures"), "pola:overview", ("overview",)),
        (_("Programme indicators"), "pola:indicators", ("indicators",)),
        (_("Guidelines"), "pola:guidelines", ("guidelines",)),
    ),
}
