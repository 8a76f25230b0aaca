"""The home page: where the person is, what waits for them, where they go most."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import chain

from django.utils import timezone

from camera_perf.agile_tasks import agile_tasks
from camera_perf.duty_tasks import duty_tasks
from camera_perf.home_days import day_tasks
from camera_perf.home_facts import Facts
from camera_perf.home_probe import probe
from camera_perf.home_scores import ScorecardLine, standings_of
from camera_perf.home_shortcuts import Shortcut, shortcuts_of
from camera_perf.home_tasks import tasks_of
from camera_perf.home_waiting import TaskGroup
from camera_perf.monitoring_tasks import monitoring_tasks
from organization.audit_phrases import phrase
from organization.models import Appointment, AuditEvent, Delegation, User
from strategy.models import Edition, Plan


@dataclass(frozen=True, slots=True)
class LatestAct:
    """An act of the trace in words, as the timeline shows it."""

    when: str
    title: str
    text: str
    icon_name: str = "it-clock"
    url: str = ""


@dataclass(frozen=True, slots=True)
class HomeReport:
    """The home page of one person on a day."""

    user: User
    day: datetime.date
    plan: Plan | None
    edition: Edition | None
    standings: list[ScorecardLine]
    groups: list[TaskGroup]
    shortcuts: list[Shortcut]
    posts: list[Appointment]
    stood_in: list[Delegation]
    acts: list[LatestAct]

    @property
    def task_count(self) -> int:
        """How many things wait."""
        return sum(len(group.tasks) for group in self.groups)

    @property
    def late_count(self) -> int:
        """How many of them are late."""
        return sum(len(group.tasks) for group in self.groups if group.due.is_late)

    @property
    def first_name(self) -> str:
        """The name the person is greeted by."""
        return self.user.person.first_name if self.user.person else str(self.user)


def home_report(user: User, plan: Plan | None, on: datetime.date) -> HomeReport:
    """What the home page says: a fixed number of statements, whatever the size of the plan."""
    facts = Facts(user, plan, on)
    facts.answered = probe(facts)
    return HomeReport(
        user=user,
        day=on,
        plan=plan,
        edition=facts.editions[0] if facts.editions else None,
        standings=standings_of(facts),
        groups=tasks_of(
            facts,
            on,
            chain(
                agile_tasks(facts, on),
                day_tasks(facts, on),
                duty_tasks(facts, on),
                monitoring_tasks(facts, on),
            ),
        ),
        shortcuts=shortcuts_of(facts),
        posts=user.running_appointments,
        stood_in=_stood_in(user, on),
        acts=[_act(event) for event in facts.acts],
    )


def _stood_in(user: User, on: datetime.date) -> list[Delegation]:
    """The heads for whom the person stands in on a day; no statement for who stands in for none."""
    if not user.delegated_unit_ids:
        return []
    running = Delegation.objects.running(on=on).filter(delegate_id=user.person_id)
    return list(running.with_people())


def _act(event: AuditEvent) -> LatestAct:
    day = timezone.localtime(event.at)
    return LatestAct(
        when=f"{day.day}.{day.month}.{day.year}",
        title=str(phrase(event.verb)),
        text=f"{event.target_label}, {event.who}",
    )
