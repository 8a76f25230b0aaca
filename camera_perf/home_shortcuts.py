"""Where each person goes most: shortcuts by the roles held today, the first one first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from camera_perf.home_facts import Facts
from organization.enums import Role
from strategy.enums import PlanState
from strategy.models import Dashboard, Plan


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A page that the person's work often asks for."""

    url: str
    label: str
    detail: str = ""
    icon_name: str = "it-arrow-right"


def shortcuts_of(facts: Facts) -> list[Shortcut]:
    """The shortcuts of every role held, each once, then those of everybody."""
    found: dict[Shortcut, None] = {}
    for role, find in FINDERS.items():
        if role.value in facts.user.roles:
            found.update(dict.fromkeys(find(facts)))
    found.update(dict.fromkeys(_for_everybody(facts)))
    return list(found)


def _page(plan: Plan, name: str, label: str, icon_name: str) -> Shortcut:
    return Shortcut(reverse(f"strategy:{name}", args=[plan.first_year]), label, "", icon_name)


def _dashboard(dashboard: Dashboard) -> Shortcut:
    return Shortcut(dashboard.get_absolute_url(), dashboard.title, dashboard.code, "it-chart-line")


def _planner(facts: Facts) -> Iterator[Shortcut]:
    """While the plan is written the pages to write it on, then those to read it on."""
    if plan := facts.plan:
        if plan.state in PlanState.editable:
            edit = _("Edit the strategic dashboard")
            yield _page(plan, "strategic-dashboard-edit", edit, "it-pencil")
            yield _page(plan, "document-edit", _("Write the document"), "it-note")
            yield _page(plan, "checks", _("Checks"), "it-check-circle")
        yield _page(plan, "strategic-dashboard", _("Strategic dashboard"), "it-list")
        yield _page(plan, "plan-life", _("Life of the plan"), "it-clock")
        yield _page(plan, "cascade", _("Cascade"), "it-share")
        yield _page(plan, "document", _("Document"), "it-file")
    yield _register()


def _secretary_general(facts: Facts) -> Iterator[Shortcut]:
    """The own dashboard and the life of the plan, which goes before while an act waits there; then
    what every head goes to."""
    first = [_dashboard(dashboard) for dashboard in facts.own_dashboards]
    if facts.plan:
        life = _page(facts.plan, "plan-life", _("Life of the plan"), "it-clock")
        first.insert(0 if facts.plan.state == PlanState.PROPOSED else len(first), life)
    yield from first
    yield from _leader(facts)


def _leader(facts: Facts) -> Iterator[Shortcut]:
    """The own dashboard first, then those of the units below."""
    yield from map(_dashboard, facts.own_dashboards)
    yield from map(_dashboard, facts.led_dashboards)
    yield Shortcut(reverse("organization:person-list"), _("People"), "", "it-user")


def _staff_office(_facts: Facts) -> Iterator[Shortcut]:
    yield Shortcut(reverse("organization:staff"), _("Staff in figures"), "", "it-chart-line")
    yield Shortcut(reverse("organization:person-list"), _("People"), "", "it-user")
    yield Shortcut(reverse("pola:overview"), _("Agile work in figures"), "", "it-calendar")


def _auditor(facts: Facts) -> Iterator[Shortcut]:
    if facts.plan:
        yield _page(facts.plan, "oversight", _("OIV workspace"), "it-search")
    for edition in facts.editions:
        yield Shortcut(
            edition.get_absolute_url(),
            _("REV. %(revision)s, %(act)s") % {"revision": edition.revision, "act": edition.act},
            edition.pdf_sha256[:8],
            "it-file-signed",
        )
    if facts.plan:
        yield _page(facts.plan, "difference", _("Compare editions"), "it-exchange-circle")
    yield _register()
    if facts.plan:
        yield _page(facts.plan, "document", _("Document"), "it-file")


def _administrator(facts: Facts) -> Iterator[Shortcut]:
    if facts.user.is_staff:
        yield Shortcut(reverse("admin:index"), _("Administration"), "", "it-settings")
        yield Shortcut(
            reverse("admin:documents_build_changelist"),
            _("Jobs that make documents"),
            "",
            "it-tool",
        )
    yield _register()
    yield Shortcut(reverse("health"), _("Health of the server"), "", "it-plug")


def _for_everybody(facts: Facts) -> Iterator[Shortcut]:
    yield from map(_dashboard, facts.own_dashboards)
    if facts.plan:
        yield _page(facts.plan, "map", _("Strategy map"), "it-map-marker")
    yield Shortcut(reverse("pola:guidelines"), _("Guidelines of agile work"), "", "it-list")
    yield Shortcut(reverse("help"), _("Guide"), "", "it-help-circle")


def _register() -> Shortcut:
    return Shortcut(reverse("organization:audit-list"), _("Register"), "", "it-clock")


FINDERS: dict[Role, Callable[[Facts], Iterator[Shortcut]]] = {
    Role.PLANNER: _planner,
    Role.SECRETARY_GENERAL: _secretary_general,
    Role.DIRIGENTE: _leader,
    Role.UNIT_HEAD: _leader,
    Role.HR: _staff_office,
    Role.OIV: _auditor,
    Role.ADMINISTRATOR: _administrator,
}
