"""The structure of the plan and its dashboards: shown, changed, refused, at the same cost for few
and for many."""

import pytest
from django.urls import reverse

from organization.enums import Role
from strategy.enums import DashboardKind, MapKind, PlanState
from strategy.models import Dashboard, Perspective, Plan
from strategy.operations.branches import change_branch
from strategy.operations.dashboards import change_dashboard
from tests import factories


@pytest.fixture
def user(bergamo):
    return bergamo.user("pianificazione")


@pytest.fixture
def planning(client, user):
    client.force_login(user)
    return client


def at(name: str, plan: Plan, *more) -> str:
    return reverse(f"strategy:{name}", args=[plan.first_year, *more])


def colleague():
    made = factories.user()
    factories.appointment(person=made.person, role=Role.PLANNER, unit=factories.unit())
    return made


def test_the_tree_shows_what_stands_where(planning, tree):
    tree.row("1a")
    tree.row("1a", on=tree.service)

    lines = planning.get(at("structure", tree.plan)).context["lines"]

    assert [(x.heading, x.level, x.index, x.is_first, x.is_last) for x in lines] == [
        ("A", 1, 0, True, False),
        ("1 Obiettivo 1", 2, 0, True, False),
        ("1a", 3, 0, True, False),
        ("1b", 3, 1, False, True),
        ("2 Obiettivo 2", 2, 1, False, True),
        ("2a", 3, 0, True, True),
        ("B", 1, 1, False, True),
        ("3 Obiettivo 3", 2, 0, True, True),
        ("3a", 3, 0, True, True),
    ]
    assert [x.indicator_count for x in lines] == [2, 2, 2, 0, 0, 0, 0, 0, 0]
    assert lines[0].codes == ("ZZ",)
    assert lines[2].parent == lines[1].key


def test_the_tree_of_the_pola_stands_apart(planning, tree):
    factories.perspective(plan=tree.plan, chart=MapKind.POLA, name="Salute")

    answer = planning.get(at("structure", tree.plan), {"albero": "pola"})

    assert [line.heading for line in answer.context["lines"]] == ["Salute"]


def test_a_perspective_is_added(planning, tree):
    answer = planning.post(at("branch-add", tree.plan, "prospettiva"), {"name": " Terza  C "})

    added = tree.plan.perspectives.get(name="Terza C")
    assert answer.url == f"{at('structure', tree.plan)}?spostato=perspective-{added.pk}"
    assert added.chart == MapKind.STRATEGY


def test_a_dimension_of_the_pola_is_added(planning, tree):
    address = at("branch-add", tree.plan, "prospettiva")

    answer = planning.post(f"{address}?albero=pola", {"name": "Salute digitale"})

    assert Perspective.objects.get(plan=tree.plan, name="Salute digitale").chart == MapKind.POLA
    assert "albero=pola" in answer.url


def test_an_objective_and_an_action_are_added_where_they_were_asked_for(planning, tree):
    address = at("branch-add", tree.plan, "obiettivo")
    parent = tree.perspectives["B"]
    form = planning.get(address, {"in": parent.pk}).context["form"]
    assert form.initial["parent"] == parent

    planning.post(address, {"code": "3.9", "name": "Nuovo", "parent": parent.pk})
    objective = parent.objectives.get(code="3.9")
    planning.post(at("branch-add", tree.plan, "azione"), {"name": "Fare", "parent": objective.pk})

    assert [action.name for action in objective.actions.all()] == ["Fare"]


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("prospettiva", {"name": ""}, "name"),
        ("prospettiva", {"name": "x" * 161}, "name"),
        ("prospettiva", {"name": "A"}, "__all__"),
        ("obiettivo", {"name": "Uno", "code": "1"}, "code"),
        ("azione", {"name": "Fare", "parent": 0}, "parent"),
    ],
    ids=["no name", "too long", "name taken", "code taken", "parent of another plan"],
)
def test_what_cannot_be_added_stays_on_the_page(planning, tree, kind, given, field):
    given = {"parent": tree.perspectives["B"].pk} | given

    answer = planning.post(at("branch-add", tree.plan, kind), given)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"].data["name"] == given["name"]


def test_a_branch_is_renamed_and_moved_to_another_parent(planning, tree):
    action = tree.actions["1a"]
    address = at("branch-edit", tree.plan, "azione", action.pk)
    given = planning.get(address).context["form"].initial

    answer = planning.post(address, given | {"name": "Uno", "parent": tree.objectives["3"].pk})

    assert answer.status_code == 302
    action.refresh_from_db()
    assert (action.name, action.objective, action.position) == ("Uno", tree.objectives["3"], 2)


def test_what_others_wrote_meanwhile_stands_beside(planning, tree):
    objective = tree.objectives["1"]
    address = at("branch-edit", tree.plan, "obiettivo", objective.pk)
    given = planning.get(address).context["form"].initial
    given |= {"parent": tree.perspectives["A"].pk, "name": "mio"}
    change_branch(objective, fields={"name": "di altri"}, by=colleague())

    answer = planning.post(address, given)

    assert answer.status_code == 400
    assert list(answer.context["saved"].values()) == ["di altri"]
    form = answer.context["form"]
    assert form.data["name"] == "mio"
    again = planning.post(address, given | {"was": form.data["was"]})
    assert again.status_code == 302
    objective.refresh_from_db()
    assert objective.name == "mio"


def test_a_branch_of_another_plan_is_not_found(planning, tree):
    stranger = factories.action()
    names = ("branch-edit", "branch-remove")

    answers = [planning.get(at(name, tree.plan, "azione", stranger.pk)) for name in names]
    answers.append(planning.get(at("branch-add", tree.plan, "ramo")))
    answers.append(planning.get(at("branch-edit", tree.plan, "ramo", tree.actions["1a"].pk)))

    assert [answer.status_code for answer in answers] == [404] * 4


@pytest.mark.parametrize(
    ("item", "given", "order"),
    [
        ("1b", {"direction": "up"}, ["1b", "1a"]),
        ("1a", {"direction": "down"}, ["1b", "1a"]),
        ("1a", {"direction": "up"}, ["1a", "1b"]),
        ("1a", {"parent": "2", "index": 0}, ["1b"]),
        ("1a", {"parent": "", "index": 0}, ["1a", "1b"]),
        ("1a", {"parent": "perspective", "index": 0}, ["1a", "1b"]),
    ],
    ids=["up", "down", "no further", "dropped", "dropped nowhere", "dropped on another sort"],
)
def test_branches_take_a_step_or_are_dropped(planning, tree, item, given, order):
    keys = {"2": f"objective-{tree.objectives['2'].pk}", "": "", "perspective": "perspective-1"}
    given = {"item": f"action-{tree.actions[item].pk}"} | given
    if "parent" in given:
        given["parent"] = keys[given["parent"]]

    answer = planning.post(at("branch-move", tree.plan), given)

    assert answer.status_code == 302
    found = tree.objectives["1"].actions.order_by("position")
    assert [action.name for action in found] == order


@pytest.mark.parametrize("item", ["", "action-0", "action-x", "action-999999999999999999"])
def test_what_is_not_there_any_more_is_said(planning, tree, item):
    answer = planning.post(at("branch-move", tree.plan), {"item": item}, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_an_empty_branch_is_removed_after_asking(planning, tree):
    address = at("branch-remove", tree.plan, "azione", tree.actions["3a"].pk)
    assert planning.get(address).context["parts"] == []

    planning.post(address)

    assert not tree.objectives["3"].actions.exists()


def test_what_holds_something_says_what_and_where(planning, tree):
    row = tree.row("3a")
    address = at("branch-remove", tree.plan, "azione", tree.actions["3a"].pk)

    parts = planning.get(address).context["parts"]
    answer = planning.post(address, follow=True)

    label = f"{row.indicator} ({tree.strategic.title})"
    assert parts == [(label, at("row-edit", tree.plan, row.pk))]
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert tree.objectives["3"].actions.exists()
    above = planning.get(at("branch-remove", tree.plan, "obiettivo", tree.objectives["3"].pk))
    assert [label for label, _url in above.context["parts"]] == ["3a"]


# Dashboards


def test_the_dashboards_are_shown_in_their_order(planning, tree):
    tree.row("1a")

    shown = planning.get(at("structure-dashboards", tree.plan)).context["dashboards"]

    assert [(one.slug, one.row_count) for one in shown] == [
        ("strategico", 1),
        (tree.service.slug, 0),
    ]


def test_a_dashboard_is_added(planning, tree):
    given = {"kind": DashboardKind.UNIT, "heading": "SERVIZIO NUOVO", "code": "SN"}
    given["unit"] = factories.unit().pk

    answer = planning.post(at("dashboard-add", tree.plan), given)

    assert answer.url == at("dashboard-rows", tree.plan, "servizio-nuovo")
    assert tree.plan.dashboards.get(slug="servizio-nuovo").code == "SN"


def test_a_dashboard_that_cannot_be_stays_on_the_page(planning, tree):
    given = {"kind": DashboardKind.UNIT, "heading": "X", "code": "ZZ"}
    given["unit"] = factories.unit().pk

    answer = planning.post(at("dashboard-add", tree.plan), given)

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["code"])


def test_a_dashboard_is_renamed(planning, tree):
    address = at("dashboard-rename", tree.plan, tree.service.slug)
    given = planning.get(address).context["form"].initial | {"unit": tree.service.unit_id}

    assert planning.post(address, given | {"heading": "ALTRO"}).status_code == 302
    tree.service.refresh_from_db()
    assert tree.service.heading == "ALTRO"


def test_a_dashboard_changed_meanwhile_stands_beside(planning, tree):
    address = at("dashboard-rename", tree.plan, tree.service.slug)
    given = planning.get(address).context["form"].initial | {"unit": tree.service.unit_id}
    change_dashboard(tree.service, fields={"heading": "DI ALTRI"}, by=colleague())

    answer = planning.post(address, given | {"heading": "MIO"})

    assert answer.status_code == 400
    assert list(answer.context["saved"].values()) == ["DI ALTRI"]


@pytest.mark.parametrize("given", [{"direction": "up"}, {"index": 0}])
def test_a_dashboard_moves(planning, tree, given):
    planning.post(at("dashboard-move", tree.plan), {"item": tree.service.slug} | given)

    found = Dashboard.objects.filter(plan=tree.plan).order_by("position")
    assert [one.slug for one in found] == [tree.service.slug, "strategico"]


def test_one_that_is_not_there_does_not(planning, tree):
    answer = planning.post(at("dashboard-move", tree.plan), {"item": "altro"}, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_a_dashboard_is_removed_when_empty(planning, tree):
    address = at("dashboard-remove", tree.plan, tree.service.slug)
    row = tree.row("1a", on=tree.service)
    assert planning.get(address).context["row_count"] == 1
    planning.post(address)
    assert tree.plan.dashboards.count() == 2

    row.delete()
    planning.post(address)

    assert tree.plan.dashboards.count() == 1


# Refused


PAGES = [
    ("structure", []),
    ("structure-dashboards", []),
    ("branch-add", ["prospettiva"]),
    ("dashboard-add", []),
    ("dashboard-remove", ["strategico"]),
    ("dashboard-rename", ["strategico"]),
    ("polarity-confirm", []),
]


@pytest.mark.parametrize(("name", "more"), PAGES)
@pytest.mark.parametrize(
    ("who", "state", "expected"),
    [
        ("dipendente", PlanState.DRAFT, 404),
        ("segretario", PlanState.DRAFT, 403),
        ("pianificazione", PlanState.PROPOSED, 409),
    ],
    ids=["stranger", "reader", "locked"],
)
def test_refused(client, bergamo, tree, name, more, who, state, expected):
    Plan.objects.filter(pk=tree.plan.pk).update(state=state)
    client.force_login(bergamo.user(who))

    assert client.get(at(name, tree.plan, *more)).status_code == expected


@pytest.mark.parametrize("name", ["branch-move", "dashboard-move"])
def test_moves_are_posted(planning, tree, name):
    assert planning.get(at(name, tree.plan)).status_code == 405


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_tree_costs_the_same(planning, tree, item_count, django_assert_num_queries):
    for _number in range(item_count):
        tree.row("1a")
        factories.action(objective=tree.objectives["1"], position=9)

    with django_assert_num_queries(9):
        planning.get(at("structure", tree.plan))


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_dashboards_cost_the_same(planning, tree, item_count, django_assert_num_queries):
    for _number in range(item_count):
        tree.row("1a", on=factories.dashboard(plan=tree.plan))

    with django_assert_num_queries(6):
        planning.get(at("structure-dashboards", tree.plan))
