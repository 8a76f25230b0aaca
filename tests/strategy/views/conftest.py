"""A small plan of its own for the pages: one branch, as many rows as a test wants."""

from dataclasses import dataclass

import pytest

from organization.models import Unit, User
from strategy.enums import DashboardKind, PlanState
from strategy.models import Action, Dashboard, DashboardRow, Plan, StrategicObjective
from tests import factories


@dataclass
class SmallPlan:
    """A plan in force with a strategic dashboard and one of a unit, both still empty."""

    plan: Plan
    objective: StrategicObjective
    action: Action
    strategic: Dashboard
    service: Dashboard

    def add_rows(self, count: int) -> list[DashboardRow]:
        """Strategic rows whose indicators also stand on the unit's dashboard, with their values."""
        return [self.add_row(f"N. cose {number}") for number in range(count)]

    def add_row(self, name: str, *, on: Dashboard | None = None, **values: str) -> DashboardRow:
        """A row on a dashboard (on both, unless one is named)."""
        year = self.plan.first_year
        indicator = factories.indicator(name=name)
        factories.target(indicator=indicator, cycle=year, printed=values.get("printed", "100"))
        factories.actual(indicator=indicator, year=year - 1, printed="90")
        rows = [
            factories.dashboard_row(
                dashboard=dashboard,
                action=self.action,
                indicator=indicator,
                position=dashboard.rows.count() + 1,
            )
            for dashboard in ([on] if on else [self.strategic, self.service])
        ]
        return rows[0]


@pytest.fixture
def small(db) -> SmallPlan:
    """The small plan, published."""
    plan = factories.plan(state=PlanState.PUBLISHED)
    objective = factories.strategic_objective(perspective=factories.perspective(plan=plan))
    return SmallPlan(
        plan=plan,
        objective=objective,
        action=factories.action(objective=objective),
        strategic=factories.dashboard(
            plan=plan, kind=DashboardKind.STRATEGIC, slug="strategico", heading="CRUSCOTTO"
        ),
        service=factories.dashboard(
            plan=plan, code="RI", position=2, unit=Unit.objects.get(slug="registro-imprese")
        ),
    )


@pytest.fixture
def employee(db, client) -> User:
    """Signed in: somebody who reads plans in force and no draft."""
    user = User.objects.get(username="dipendente")
    client.force_login(user)
    return user


@pytest.fixture
def draft(small) -> SmallPlan:
    """The small plan, not adopted yet."""
    Plan.objects.filter(pk=small.plan.pk).update(state=PlanState.DRAFT)
    small.plan.refresh_from_db()
    return small
