"""A plan in preparation with a tree of two perspectives, and who prepares it."""

from dataclasses import dataclass

import pytest

from organization.models import User
from strategy.enums import DashboardKind
from strategy.models import Action, Dashboard, DashboardRow, Perspective, Plan, StrategicObjective
from tests import factories
from tests.strategy.recording import TODAY, Service, make_service


@dataclass
class Tree:
    """Perspectives A and B; objectives 1 and 2 of A, 3 of B; actions 1a, 1b, 2a, 3a."""

    plan: Plan
    perspectives: dict[str, Perspective]
    objectives: dict[str, StrategicObjective]
    actions: dict[str, Action]
    strategic: Dashboard
    service: Dashboard

    def row(self, action: str, *, on: Dashboard | None = None, **given) -> DashboardRow:
        dashboard = on or self.strategic
        return factories.dashboard_row(
            dashboard=dashboard,
            action=self.actions[action],
            position=dashboard.rows.count() + 1,
            **given,
        )

    def order(self, dashboard: Dashboard | None = None) -> list[str]:
        """Actions of the rows as the dashboard prints them."""
        rows = (dashboard or self.strategic).rows.select_related("action").order_by("position")
        return [row.action.name for row in rows]


@pytest.fixture
def planner(bergamo) -> User:
    return bergamo.user("pianificazione")


@pytest.fixture
def tree(bergamo) -> Tree:
    plan = factories.plan()
    perspectives = {
        name: factories.perspective(plan=plan, name=name, position=place)
        for place, name in enumerate("AB", 1)
    }
    objectives = {
        code: factories.strategic_objective(
            perspective=perspectives[parent], code=code, name=f"Obiettivo {code}", position=place
        )
        for code, parent, place in [("1", "A", 1), ("2", "A", 2), ("3", "B", 1)]
    }
    actions = {
        name: factories.action(objective=objectives[name[0]], name=name, position=place)
        for name, place in [("1a", 1), ("1b", 2), ("2a", 1), ("3a", 1)]
    }
    return Tree(
        plan,
        perspectives,
        objectives,
        actions,
        factories.dashboard(plan=plan, kind=DashboardKind.STRATEGIC, slug="strategico"),
        factories.dashboard(plan=plan, code="ZZ", position=2),
    )


@pytest.fixture
def service(db, settings) -> Service:
    """The Servizio Registro imprese on 5 July 2024."""
    settings.DEMO_DATE = TODAY
    return make_service()
