"""What the tests of a plan stand on: a tree in preparation, a year to be closed, a service that
enters its figures, and who does what with them."""

from dataclasses import dataclass

import pytest

from indicators.models import Indicator
from organization.models import Unit, User
from strategy.enums import DashboardKind, PlanState
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


@dataclass
class Year:
    """The year 2012 of a published plan 2011-2013: a strategic dashboard and one of the Registro
    imprese, whose head is `responsabile`."""

    plan: Plan
    action: Action
    strategic: Dashboard
    service: Dashboard
    year: int

    def row(
        self, name: str, target: str = "100", actual: str | None = None, *, strategic=True, **more
    ) -> Indicator:
        """An indicator with target and result of the year, on both dashboards or on the unit's
        alone; `supplier` is the Registro imprese unless it is given."""
        indicator = factories.indicator(name=name, supplier=more.pop("supplier", self.service.unit))
        factories.target(
            indicator=indicator, cycle=self.plan.first_year, year=self.year, printed=target
        )
        if actual is not None:
            factories.actual(indicator=indicator, year=self.year, printed=actual)
        for dashboard in [self.strategic, self.service] if strategic else [self.service]:
            factories.dashboard_row(
                dashboard=dashboard,
                action=self.action,
                indicator=indicator,
                position=dashboard.rows.count() + 1,
                **more,
            )
        return indicator


@pytest.fixture
def year(bergamo) -> Year:
    return make_year()


def make_year(first_year: int = 2011) -> Year:
    """The same for a test that commits, which loads by itself; or of another triennium."""
    plan = factories.plan(first_year=first_year, state=PlanState.PUBLISHED)
    objective = factories.strategic_objective(
        perspective=factories.perspective(plan=plan, name="CLIENTI"), code="1.1", name="Obiettivo"
    )
    return Year(
        plan,
        factories.action(objective=objective, name="Azione"),
        factories.dashboard(plan=plan, kind=DashboardKind.STRATEGIC, slug="strategico"),
        factories.dashboard(
            plan=plan,
            code="RI",
            slug="registro",
            position=2,
            unit=Unit.objects.get(slug="registro-imprese"),
        ),
        first_year + 1,
    )


@pytest.fixture
def secretary(bergamo) -> User:
    return bergamo.user("segretario")


@pytest.fixture
def head(bergamo) -> User:
    """Who leads the Registro imprese."""
    return bergamo.user("responsabile")


@pytest.fixture
def service(db, settings) -> Service:
    """The Servizio Registro imprese on 5 July 2024."""
    settings.DEMO_DATE = TODAY
    return make_service()
