"""Is there anything to ask for? One statement that says which finders of the home page may find
something, so that nobody pays for what waits for others."""

from __future__ import annotations

from django.db.models import Exists, QuerySet

from camera_perf.agile_tasks import (
    asked_renewals,
    ending_soon,
    waiting_requests,
    waiting_texts,
)
from camera_perf.home_days import waiting_days
from camera_perf.home_facts import Facts
from documents.enums import BuildState
from documents.models import Build
from organization.enums import Role
from organization.models import User
from pola.models import ActivitySheet, Agreement, Incident
from pola.reports.duties import waiting_activities
from pola.reports.figures import lived_days
from strategy.models import (
    OversightNote,
    PerformanceReport,
    Recording,
    Resolution,
    YearClosing,
)


def probe(facts: Facts) -> frozenset[str]:
    """The names of the questions that have an answer, for the person on the day of the page."""
    asked = _of_strategy(facts) | _of_agile_work(facts)
    if facts.user.holds(Role.ADMINISTRATOR):
        asked["jobs"] = Build.objects.filter(state=BuildState.FAILED)
    if not asked:
        return frozenset()
    found = User.objects.filter(pk=facts.user.pk).values_list(
        *(Exists(rows) for rows in asked.values())
    )
    return frozenset(name for name, holds in zip(asked, found.get(), strict=True) if holds)


def _of_strategy(facts: Facts) -> dict[str, QuerySet]:
    if facts.plan is None:
        return {}
    asked: dict[str, QuerySet] = {}
    if facts.is_employed or facts.user.led_unit_ids:
        asked["periods"] = facts.plan.periods.open_on(facts.day)
    if facts.user.holds(Role.PLANNER, Role.SECRETARY_GENERAL, Role.OIV, Role.ADMINISTRATOR):
        asked["reports"] = PerformanceReport.objects.filter(plan=facts.plan)
    if facts.user.holds(Role.OIV, Role.ADMINISTRATOR):
        asked["closings"] = YearClosing.objects.filter(plan=facts.plan)
    if facts.user.led_unit_ids or facts.user.holds(Role.PLANNER):
        asked["decisions"] = Resolution.objects.standing().filter(year=facts.plan.baseline_year)
    if facts.user.holds(Role.SECRETARY_GENERAL):
        asked["exclusions"] = Resolution.objects.to_approve().filter(plan=facts.plan)
    if facts.user.holds(Role.PLANNER, Role.SECRETARY_GENERAL):
        asked["notes"] = OversightNote.objects.filter(plan=facts.plan)
    if facts.user.holds(Role.PLANNER):
        asked["figures"] = Recording.objects.awaiting().filter(period__plan=facts.plan)
    return asked


def _of_agile_work(facts: Facts) -> dict[str, QuerySet]:
    """Nothing for who is not employed: the OIV, suppliers."""
    if not facts.is_employed:
        return {}
    me, day = facts.user.person_id, facts.day
    asked: dict[str, QuerySet] = {
        "texts": waiting_texts(facts.user),
        "agreements": Agreement.objects.filter(person=me),
        "days": waiting_days(facts.user, day),
        "endings": ending_soon(facts.user, day),
    }
    if facts.user.led_unit_ids:
        asked["sheets"] = ActivitySheet.objects.to_evaluate_first(facts.user)
        asked["mappings"] = waiting_activities(facts.user, day)
    if facts.user.holds(Role.HR, Role.DIRIGENTE, Role.SECRETARY_GENERAL):
        asked["requests"] = waiting_requests(facts.user)
        asked["renewals"] = asked_renewals(facts.user)
    if facts.user.holds(Role.HR):
        asked["incidents"] = Incident.objects.open()
    if facts.plan and facts.user.holds(Role.PLANNER):
        asked["lived"] = lived_days(facts.plan, today=day)
    return asked
