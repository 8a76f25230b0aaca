"""Indicators made, described anew, retired, taken back; polarities confirmed."""

import pytest
from django.urls import reverse

from indicators.enums import Polarity
from indicators.models import Indicator, Target
from organization.enums import Role
from strategy.enums import PlanState
from strategy.models import Plan
from strategy.operations.indicators import change_indicator
from strategy.operations.polarity import PolarityChoice, confirm_polarities
from strategy.reports.polarity import polarity_state
from strategy.views import indicator_edit
from tests import factories


@pytest.fixture
def user(bergamo):
    return bergamo.user("pianificazione")


@pytest.fixture
def planning(client, user):
    client.force_login(user)
    return client


def at(name: str, tree, *more) -> str:
    return reverse(f"strategy:{name}", args=[tree.plan.first_year, *more])


def colleague():
    made = factories.user()
    factories.appointment(person=made.person, role=Role.PLANNER, unit=factories.unit())
    return made


def test_an_indicator_is_made(planning, tree):
    address = at("indicator-add", tree, "strategico")
    action = tree.actions["2a"]
    form = planning.get(address, {"azione": action.pk, "nome": "Zollette pesate"}).context["form"]
    assert (form.initial["action"], form.initial["name"]) == (str(action.pk), "Zollette pesate")

    answer = planning.post(
        address,
        {"action": action.pk, "name": "Zollette  pesate", "new_source": "Bilancia di prova"},
    )

    assert answer.url == at("dashboard-rows", tree, "strategico")
    made = tree.strategic.rows.get().indicator
    assert (made.name, made.source.name) == ("Zollette pesate", "Bilancia di prova")


def test_one_like_it_is_shown_before(planning, tree):
    there = tree.row("1a", indicator=factories.indicator(name="N. zollette pesate")).indicator
    given = {"action": tree.actions["2a"].pk, "name": "n. zollette pesate."}
    address = at("indicator-add", tree, tree.service.slug)

    answer = planning.post(address, given)

    assert [twin.indicator for twin in answer.context["twins"]] == [there]
    assert Indicator.objects.filter(name__icontains="zollette").count() == 1
    assert planning.post(address, given | {"is_another": given["name"]}).status_code == 302
    assert Indicator.objects.filter(name__icontains="zollette").count() == 2


def test_another_name_is_looked_at_again(planning, tree):
    tree.row("1a", indicator=factories.indicator(name="N. zollette pesate"))
    given = {"action": tree.actions["2a"].pk, "name": "N. zollette pesate", "is_another": "altro"}

    answer = planning.post(at("indicator-add", tree, tree.service.slug), given)

    assert len(answer.context["twins"]) == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 501}, "name"),
        ({"action": ""}, "action"),
        ({"denominator": "anni"}, "numerator"),
        ({"source": "0"}, "source"),
    ],
)
def test_what_is_not_well_said_stays_on_the_page(planning, tree, given, field):
    given = {"action": tree.actions["2a"].pk, "name": "Zollette pesate"} | given

    answer = planning.post(at("indicator-add", tree, "strategico"), given)

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
    assert tree.strategic.rows.count() == 0


def test_a_source_too_long_is_told_over_the_form(planning, tree):
    given = {"action": tree.actions["2a"].pk, "name": "Zollette", "new_source": "x" * 121}

    answer = planning.post(at("indicator-add", tree, "strategico"), given)

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["new_source"])


def typed(answer) -> dict:
    initial = answer.context["form"].initial
    return {
        name: getattr(value, "pk", value) or ""
        for name, value in initial.items()
        if value is not False
    }


def test_an_indicator_is_described_anew(planning, tree):
    indicator = tree.row("1a").indicator
    address = at("indicator-edit", tree, indicator.pk)

    answer = planning.post(address, typed(planning.get(address)) | {"is_project": "on"})

    assert answer.url == at("indicator-detail", tree, indicator.pk)
    indicator.refresh_from_db()
    assert indicator.is_project


def test_planning_says_what_is_a_share(planning, tree):
    indicator = tree.row("1a").indicator
    address = at("indicator-edit", tree, indicator.pk)
    ratio = {"numerator": "speso", "denominator": "budget", "is_share": "on"}

    planning.post(address, typed(planning.get(address)) | ratio)
    indicator.refresh_from_db()
    assert indicator.is_share
    assert "(il numeratore ne è una parte)" in (
        planning.get(at("indicator-detail", tree, indicator.pk)).content.decode()
    )

    without = {k: v for k, v in typed(planning.get(address)).items() if k != "is_share"}
    planning.post(address, without)
    indicator.refresh_from_db()
    assert not indicator.is_share

    answer = planning.post(address, without | {"denominator": "", "is_share": "on"})
    assert list(answer.context["form"].errors) == ["is_share"]


def test_what_others_wrote_meanwhile_stands_beside(planning, tree):
    indicator = tree.row("1a").indicator
    address = at("indicator-edit", tree, indicator.pk)
    given = typed(planning.get(address)) | {"name": "mio"}
    change_indicator(indicator, plan=tree.plan, fields={"name": "di altri"}, by=colleague())

    answer = planning.post(address, given)

    assert answer.status_code == 400
    assert list(answer.context["saved"].values()) == ["di altri"]
    assert planning.post(address, given | {"was": answer.context["form"].data["was"]}).url
    indicator.refresh_from_db()
    assert indicator.name == "mio"


def test_where_it_is_used_is_said(planning, tree):
    row = tree.row("1a")
    elsewhere = factories.dashboard_row(indicator=row.indicator)
    factories.actual(indicator=row.indicator)

    usage = planning.get(at("indicator-retire", tree, row.indicator_id)).context["usage"]

    assert [place.dashboard for place in usage.here] == [tree.strategic]
    assert [place.dashboard for place in usage.elsewhere] == [elsewhere.dashboard]
    assert (usage.result_count, usage.may_be_deleted) == (1, False)


def test_it_is_retired_with_its_reason(planning, tree):
    indicator = tree.row("1a").indicator
    address = at("indicator-retire", tree, indicator.pk)

    refused = planning.post(address, {"reason": ""})
    answer = planning.post(address, {"reason": "La fonte non c'è più."})

    assert (refused.status_code, answer.status_code) == (400, 302)
    indicator.refresh_from_db()
    assert indicator.retired_on is not None
    assert tree.strategic.rows.count() == 0


def test_it_is_deleted_when_nobody_would_miss_it(planning, tree):
    indicator = tree.row("1a").indicator
    actual = factories.actual(indicator=indicator)
    address = at("indicator-retire", tree, indicator.pk)

    planning.post(address, {"delete": "on"})
    assert Indicator.objects.filter(pk=indicator.pk).exists()
    actual.delete()
    planning.post(address, {"delete": "on"})

    assert not Indicator.objects.filter(pk=indicator.pk).exists()


def test_a_retired_one_is_taken_back_from_the_search(planning, tree):
    indicator = factories.indicator(name="Zollette", retired_on="2020-01-01")
    address = at("indicator-resume", tree, indicator.pk)

    answer = planning.post(
        address, {"dashboard": tree.service.slug, "q": "zollette", "action": "5"}
    )

    assert answer.url == f"{at('row-add', tree, tree.service.slug)}?q=zollette&azione=5"
    indicator.refresh_from_db()
    assert indicator.retired_on is None


def test_one_that_stands_nowhere_can_be_edited(planning, tree):
    alone = factories.indicator()

    assert planning.get(at("indicator-edit", tree, alone.pk)).status_code == 200


def test_a_plan_proposed_meanwhile_is_said(planning, tree, monkeypatch):
    indicator = factories.indicator(retired_on="2020-01-01")
    address = at("indicator-resume", tree, indicator.pk)
    loaded = indicator_edit.load_indicator

    def propose_meanwhile(plan, pk):
        Plan.objects.filter(pk=plan.pk).update(state=PlanState.PROPOSED)
        return loaded(plan, pk)

    monkeypatch.setattr(indicator_edit, "load_indicator", propose_meanwhile)
    answer = planning.post(address, {"dashboard": "a\0b"}, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_from_nowhere_it_leads_to_the_dashboards(planning, tree):
    indicator = factories.indicator(retired_on="2020-01-01")

    answer = planning.post(at("indicator-resume", tree, indicator.pk))

    assert answer.url == at("dashboard-list", tree)


def test_an_indicator_of_other_plans_is_not_found(planning, tree):
    stranger = factories.dashboard_row().indicator
    names = ("indicator-edit", "indicator-retire")

    answers = [planning.get(at(name, tree, stranger.pk)) for name in names]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("name", ["indicator-edit", "indicator-retire"])
@pytest.mark.parametrize(
    ("who", "state", "expected"),
    [
        ("dipendente", PlanState.DRAFT, 404),
        ("responsabile", PlanState.DRAFT, 403),
        ("pianificazione", PlanState.PROPOSED, 409),
    ],
)
def test_refused(client, bergamo, tree, name, who, state, expected):
    indicator = tree.row("1a").indicator
    Plan.objects.filter(pk=tree.plan.pk).update(state=state)
    client.force_login(bergamo.user(who))

    assert client.get(at(name, tree, indicator.pk)).status_code == expected


# Polarities


@pytest.fixture
def pair(tree) -> list[Indicator]:
    """Two indicators with a figure to reach, a third with words only."""
    made = [tree.row("1a").indicator, tree.row("1b").indicator, tree.row("2a").indicator]
    for indicator, printed in zip(made, ["10", "20%", "verifica"], strict=True):
        factories.target(indicator=indicator, cycle=tree.plan.first_year, printed=printed)
    return made[:2]


def seen(indicator: Indicator) -> str:
    return polarity_state(Target.objects.filter(indicator=indicator).comparable())


def test_those_that_wait_are_shown(planning, tree, pair, user):
    choice = PolarityChoice(Polarity.LOWER_IS_BETTER, seen(pair[0]))
    confirm_polarities(tree.plan, choices={pair[0].pk: choice}, by=user)

    report = planning.get(at("polarity-confirm", tree)).context["report"]
    everything = planning.get(at("polarity-confirm", tree), {"tutti": 1}).context["report"]

    assert [(line.pk, line.is_confirmed) for line in report.lines] == [(pair[1].pk, False)]
    assert [(line.pk, line.polarity) for line in everything.lines] == [
        (pair[0].pk, "lower"),
        (pair[1].pk, "higher"),
    ]
    assert (report.waiting_count, report.count) == (1, 2)


def test_those_ticked_are_confirmed(planning, tree, pair):
    given = {f"c-{pair[0].pk}": "on", "c-x": "on"}
    for indicator in pair:
        given |= {f"p-{indicator.pk}": "lower", f"was-{indicator.pk}": seen(indicator)}

    assert planning.post(at("polarity-confirm", tree), given).status_code == 302

    found = Target.objects.filter(indicator__in=pair).order_by("indicator")
    assert [(target.polarity, target.is_polarity_confirmed) for target in found] == [
        ("lower", True),
        ("higher", False),
    ]


@pytest.mark.parametrize("wrong", ["nothing", "no polarity", "stale"])
def test_what_cannot_be_confirmed_is_said_and_stays_ticked(planning, tree, pair, wrong):
    pk = pair[0].pk
    given = {f"c-{pk}": "on", f"p-{pk}": "lower", f"was-{pk}": seen(pair[0])}
    given[f"p-{pair[1].pk}"] = "lower"
    if wrong == "stale":
        given[f"was-{pk}"] = "altro"
    if wrong == "nothing":
        del given[f"c-{pk}"]
    if wrong == "no polarity":
        given[f"p-{pk}"] = ""

    answer = planning.post(at("polarity-confirm", tree), given)

    assert answer.status_code == 400
    assert answer.context["problem"]
    lines = answer.context["report"].lines
    assert lines[0].is_ticked == (wrong != "nothing")
    assert [line.polarity for line in lines] == [
        "higher" if wrong == "no polarity" else "lower",
        "lower",
    ]
    assert bool(lines[1].saved_label)
    assert not Target.objects.filter(indicator=pk, is_polarity_confirmed=True).exists()


@pytest.mark.parametrize("item_count", [1, 3])
def test_polarities_cost_the_same(planning, tree, item_count, django_assert_num_queries):
    for _number in range(item_count):
        indicator = tree.row("1a").indicator
        factories.target(indicator=indicator, cycle=tree.plan.first_year)

    with django_assert_num_queries(7):
        planning.get(at("polarity-confirm", tree))


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_form_of_an_indicator_costs_the_same(
    planning, tree, item_count, django_assert_num_queries
):
    indicator = tree.row("1a").indicator
    for _number in range(item_count):
        factories.dashboard_row(indicator=indicator)

    with django_assert_num_queries(14):
        planning.get(at("indicator-edit", tree, indicator.pk))
