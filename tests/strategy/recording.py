"""A service that enters its figures: a plan of 2024, the period of 30 June, 5 July 2024."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from typing import Any

from indicators.models import Indicator
from organization.enums import Role
from organization.models import Unit, User
from strategy.entries import Answer
from strategy.enums import DashboardKind, PlanState
from strategy.evidence import Received
from strategy.models import Dashboard, MonitoringPeriod, Plan, Recording
from strategy.operations.recording import save_recordings
from strategy.operations.recording_rows import Outcome, RecordingChange
from strategy.reports.recording import Line, load_sheet, token_of
from tests import factories

TODAY = datetime.date(2024, 7, 5)
AT = datetime.datetime(2024, 7, 5, 8, 42, tzinfo=datetime.UTC)
READY = {"value": "40", "forecast": "yes"}


@dataclass
class Service:
    """The Servizio Registro imprese, its head, its dashboard, the period of 30 June."""

    unit: Unit
    head: User
    planner: User
    plan: Plan
    dashboard: Dashboard
    period: MonitoringPeriod

    def indicator(self, name: str = "N. cose", target: str = "100", **given: Any) -> Indicator:
        """An indicator on the dashboard of the service, with its target of 2024."""
        made = factories.indicator(name=name, **given)
        factories.target(indicator=made, cycle=2024, printed=target)
        position = self.dashboard.rows.count() + 1
        factories.dashboard_row(dashboard=self.dashboard, indicator=made, position=position)
        return made

    def line(self, indicator: Indicator, **which: Any) -> Line:
        """The row of the indicator on the sheet of the service."""
        sheet = load_sheet(self.plan, self.period, units={self.unit.pk}, **which)
        return sheet.by_indicator[indicator.pk]

    def change(self, indicator: Indicator, *, seen: str = "", **typed: Any) -> RecordingChange:
        """What is wanted in the row as it stands now, unless `seen` says how it was read."""
        own = {
            name: typed.pop(name)
            for name in ("submit", "is_alone", "correction", "files", "refused_files")
            if name in typed
        }
        token = seen or token_of(Recording.objects.current().filter(indicator=indicator).first())
        return RecordingChange(indicator_id=indicator.pk, answer=Answer(**typed), seen=token, **own)

    def save(self, *changes: RecordingChange, by: User | None = None) -> list[Outcome]:
        """What became of the rows."""
        outcomes = save_recordings(self.period, changes=changes, by=by or self.head, at=AT)
        return [outcomes[change.indicator_id] for change in changes]

    def enter(self, indicator: Indicator, *, by: User | None = None, **typed: Any) -> Outcome:
        """The same for one row."""
        [outcome] = self.save(self.change(indicator, **typed), by=by)
        return outcome

    def sent(self, indicator: Indicator, **typed: Any) -> Recording:
        """A figure sent by the head."""
        self.enter(indicator, submit=True, **READY | typed)
        return Recording.objects.current().get(indicator=indicator)


def make_service() -> Service:
    plan = factories.plan(first_year=2024, state=PlanState.PUBLISHED)
    unit = Unit.objects.get(slug="registro-imprese")
    return Service(
        unit=unit,
        head=User.objects.get(username="responsabile"),
        planner=User.objects.get(username="pianificazione"),
        plan=plan,
        dashboard=factories.dashboard(plan=plan, unit=unit, code="RI", kind=DashboardKind.UNIT),
        period=factories.monitoring_period(plan=plan),
    )


def second_planner() -> User:
    """Another person of planning."""
    person = factories.person()
    unit = Unit.objects.get(slug="segretario-generale")
    factories.appointment(person=person, role=Role.PLANNER, unit=unit)
    return factories.user(person=person)


def a_file(name: str = "prova.txt", content: bytes = b"prova") -> Received:
    """A file that may be kept."""
    return Received(name, content, "text/plain")


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def figures_of(bergamo: Any, user: User) -> None:
    """A figure of the loaded plan with its proof, entered by somebody who is there, and who stands
    in for whom: something to look at in every table."""
    period, unit = bergamo.plan.periods.first(), Unit.objects.get(slug="registro-imprese")
    recording = factories.recording(
        period=period, indicator=Indicator.objects.first(), entered_by=user
    )
    factories.evidence(recording=recording)
    factories.reminder(period=period, user=user)
    people = {"head": unit.people.first(), "delegate": user.person}
    factories.delegation(unit=unit, **people)
