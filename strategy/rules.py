"""Who may do what with a plan."""

from __future__ import annotations

from typing import Any

import rules

from organization.enums import Role
from organization.rules import (
    is_administrator,
    is_dirigente,
    is_oiv,
    is_planner,
    is_secretary_general,
    is_unit_head,
    reads_trace,
)
from strategy.enums import PlanAct, PlanState
from strategy.monitoring_enums import YearAct
from strategy.report_enums import ReportAct
from strategy.transitions import acts_possible, report_allows_act

__all__ = [
    "ACTORS",
    "REPORT_ACTORS",
    "YEAR_ACTORS",
    "decides_of_everything",
    "decides_of_unit",
    "is_planner",
    "plan_allows",
    "plan_is_editable",
    "reads_drafts",
    "records_results",
    "schedules_activities",
    "validates_reports",
]


@rules.predicate
def plan_is_editable(user: Any, plan: Any) -> bool:
    """The plan is a draft, in consultation or being updated."""
    return plan is not None and plan.state in PlanState.editable


@rules.predicate
def plan_is_continuable(user: Any, plan: Any) -> bool:
    """The plan is published, being updated or closed: the next triennium may be made of it."""
    return plan is not None and plan.state in PlanState.continuable


@rules.predicate
def plan_is_monitored(user: Any, plan: Any) -> bool:
    """The plan was adopted once and is not closed: what came out of it is recorded."""
    if plan is None or plan.state in PlanState.over:
        return False
    return plan.state in PlanState.in_force or plan.revision > 0


@rules.predicate
def plan_is_reported(user: Any, plan: Any) -> bool:
    """The plan was adopted once: its years are accounted for and closed."""
    return plan is not None and (plan.state in PlanState.in_force or plan.revision > 0)


# Who may decide of a missing result: of any, or of those that the units led supply.
decides_of_everything = is_planner | is_secretary_general
decides_of_unit = is_unit_head | is_dirigente


@rules.predicate
def reads_drafts(user: Any) -> bool:
    """Reads a plan before it is adopted: who prepares it and who is heard on it."""
    return bool(user.is_authenticated and user.roles & Role.drafts_readers)


# Projects: what is asked about is a sheet, or an activity of one.


@rules.predicate
def project_is_editable(user: Any, asked: Any) -> bool:
    """The plan of the sheet is a draft, in consultation or being updated."""
    return bool(_sheet(asked).plan.state in PlanState.editable)


@rules.predicate
def project_is_running(user: Any, asked: Any) -> bool:
    """An edition of the plan is in force, also while its update is prepared or proposed, and the
    plan is not closed."""
    plan = _sheet(asked).plan
    is_in_force = plan.state in PlanState.in_force or plan.revision > 0
    return bool(is_in_force and plan.state != PlanState.CLOSED)


@rules.predicate
def answers_for_project(user: Any, asked: Any) -> bool:
    """Answers for the project, or leads the unit that supplies its figure."""
    sheet = _sheet(asked)
    is_responsible = user.person_id is not None and user.person_id == sheet.responsible_id
    supplier = sheet.indicator.supplier_id
    leads = any(role in Role.leaders and unit == supplier for role, unit in user.held_posts)
    return is_responsible or leads


@rules.predicate
def answers_for_activity(user: Any, activity: Any) -> bool:
    """Answers for the activity."""
    return user.person_id is not None and user.person_id == activity.responsible_id


def _sheet(asked: Any) -> Any:
    return getattr(asked, "sheet", asked)


def plan_allows(act: PlanAct) -> Any:
    """A predicate: the act is possible in the state of the plan."""

    @rules.predicate(name=f"plan_allows_{act.value}")
    def predicate(user: Any, plan: Any) -> bool:
        return plan is not None and act in acts_possible(plan.state)

    return predicate


rules.add_perm("strategy.build_pdf", rules.is_authenticated)
rules.add_perm("strategy.read_checks", reads_drafts)
rules.add_perm("strategy.edit_plan", is_planner & plan_is_editable)
rules.add_perm("strategy.read_reminders", is_planner | is_administrator)
rules.add_perm("strategy.edit_periods", is_planner & plan_is_monitored)
rules.add_perm("strategy.roll_plan_forward", is_planner & plan_is_continuable)

# Planning edits sheets and activities as the rest of the plan; results and dates are kept up to
# date while the plan runs by who answers for them, whatever is being updated.
_takes_results = project_is_running | (is_planner & project_is_editable)
schedules_activities = is_planner | answers_for_project
records_results = schedules_activities | answers_for_activity
rules.add_perm("strategy.change_project", is_planner & project_is_editable)
rules.add_perm("strategy.schedule_activity", schedules_activities & _takes_results)
rules.add_perm("strategy.record_activity_result", records_results & _takes_results)

# Who does which act in the life of a plan.
ACTORS = {
    PlanAct.OPEN_CONSULTATION: is_planner,
    PlanAct.RECORD_CONSULTATION: is_planner,
    PlanAct.PROPOSE: is_planner,
    PlanAct.SEND_BACK: is_planner | is_secretary_general,
    PlanAct.ADOPT: is_secretary_general,
    PlanAct.PUBLISH: is_planner | is_secretary_general,
    PlanAct.OPEN_UPDATE: is_planner,
    PlanAct.CLOSE: is_secretary_general,
}
for _act, _actors in ACTORS.items():
    rules.add_perm(f"strategy.{_act.value}", _actors & plan_allows(_act))

rules.add_perm(
    "strategy.explain_deviation", (decides_of_everything | decides_of_unit) & plan_is_reported
)

# What is missing of a year, and what the OIV says of it: for those who check, and whom they ask.
rules.add_perm("strategy.read_oversight", reads_trace & plan_is_reported)
rules.add_perm("strategy.write_oversight_note", is_oiv & plan_is_reported)
rules.add_perm(
    "strategy.answer_oversight_note", (is_planner | is_secretary_general) & plan_is_reported
)

# Who does which act at the end of a year; of which indicators, strategy.reports.closing says.
YEAR_ACTORS = {
    YearAct.EXCLUDE: is_planner | decides_of_unit,
    YearAct.ZERO: decides_of_everything | decides_of_unit,
    YearAct.APPROVE: is_secretary_general,
    YearAct.REFUSE: is_secretary_general,
    YearAct.WITHDRAW: decides_of_everything | decides_of_unit,
    YearAct.CLOSE: is_secretary_general,
    YearAct.REOPEN: is_secretary_general,
}
for _year_act, _actors in YEAR_ACTORS.items():
    rules.add_perm(f"strategy.{_year_act.value}", _actors & plan_is_reported)


# The Relazione: what is asked about is the Relazione of a year, or the plan before there is one.


def report_allows(act: ReportAct) -> Any:
    """A predicate: the act is possible in the state of the Relazione."""

    @rules.predicate(name=f"report_allows_{act.value}")
    def predicate(user: Any, report: Any) -> bool:
        return report is not None and (
            report_allows_act(act, report.state)
            # The database is asked only where its answer opens a way.
            or (report_allows_act(act, report.state, is_overtaken=True) and report.is_overtaken)
        )

    return predicate


# Whoever writes the Relazione or approves it does not validate it, whatever else they are.
validates_reports = is_oiv & ~is_planner & ~is_secretary_general

# Who does which act with a Relazione.
REPORT_ACTORS = {
    ReportAct.WRITE: is_planner,
    ReportAct.APPROVE: is_secretary_general,
    ReportAct.TRANSMIT: is_planner | is_secretary_general,
    ReportAct.VALIDATE: validates_reports,
    ReportAct.REWORK: is_planner | is_secretary_general,
    ReportAct.PUBLISH: is_planner | is_secretary_general,
}
for _report_act, _actors in REPORT_ACTORS.items():
    rules.add_perm(f"strategy.{_report_act.value}", _actors & report_allows(_report_act))
rules.add_perm("strategy.open_report", is_planner & plan_is_reported)
