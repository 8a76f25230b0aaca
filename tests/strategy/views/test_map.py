"""The strategy map."""

import pytest
from django.utils.html import escape

from indicators.enums import AttainmentBand
from indicators.models import Actual
from strategy.band_looks import Mark
from strategy.models import DashboardRow, Plan, StrategicObjective
from tests import factories

MAP = "/piano/2021/mappa/"


def test_map_shows_perspectives_objectives_and_counts(client, employee):
    answer = client.get(MAP)

    perspectives = answer.context["perspectives"]
    assert [len(perspective.objectives) for perspective in perspectives] == [6, 3, 2, 1]
    assert [perspective.indicator_count for perspective in perspectives] == [26, 15, 5, 12]
    assert [o.code for p in perspectives for o in p.objectives] == [
        "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1", "2.2", "2.3", "3.1", "3.2", "4.1"
    ]  # fmt: skip
    assert (answer.context["objective_count"], answer.context["indicator_count"]) == (12, 58)


def test_drawing_and_list_say_the_same(client, employee):
    answer = client.get(MAP, {"anno": "nessuno"})

    text = answer.content.decode()
    for perspective in answer.context["perspectives"]:
        for objective in perspective.objectives:
            # Twice in the drawing (laptop and phone), once in the list.
            assert text.count(f'href="{objective.url}"') == 3


def test_every_degree_leads_to_its_explanation_of_the_year(client, employee):
    text = client.get(MAP, {"anno": "2020"}).content.decode()
    objective = StrategicObjective.objects.get(code="1.4", perspective__plan__first_year=2021)
    anchor = f"obiettivo-{objective.pk}"
    address = f"/piano/2021/risultati/?anno=2020&spiega={anchor}"

    # Twice in the drawing (laptop and phone), once in the list.
    assert text.count(f'href="{escape(address)}#{anchor}"') == 3
    assert f'href="{objective.get_absolute_url()}?anno=2020"' in text
    explained = client.get(address).content.decode()
    assert f'id="{anchor}"' in explained
    assert explained.count('<details class="cp-why" open>') == 1
    page = client.get(f"{objective.get_absolute_url()}?anno=2020").content.decode()
    assert f'href="{escape(address)}#{anchor}"' in page


def test_a_provisional_degree_is_marked_and_says_its_method(client, employee):
    row = DashboardRow.objects.filter(dashboard__slug="strategico").first()
    factories.actual(indicator=row.indicator, year=2021, printed="90%")

    answer = client.get(MAP, {"anno": "2021"})

    [badge] = [
        card.badge
        for band in answer.context["wide"].bands
        for card in band.cards
        if card.badge.figure.text
    ]
    words = " ".join(line.text for line in badge.coverage)
    assert words.endswith(", provvisorio")
    assert " ".join(line.text for line in answer.context["wide"].bands[0].coverage).endswith(
        ", provvisorio"
    )
    text = answer.content.decode()
    assert text.count(f"{words} <a ") == 1
    assert "media di medie" in text
    trend = client.get("/piano/2021/risultati/", {"anno": "2021"}).content.decode()
    year_by_year = trend[trend.index("per anno</caption>") :]
    assert year_by_year.split("</table>")[0].count("provvisorio") >= 2


def test_map_is_coloured_by_the_last_year_with_results(client, employee):
    answer = client.get(MAP)

    results = answer.context["results"]
    cards = {
        card.code.text: card.badge for band in answer.context["wide"].bands for card in band.cards
    }
    assert (results.year, answer.context["is_coloured"]) == (2020, True)
    assert (cards["1.4"].word.text, cards["1.4"].figure.text) == (
        str(Mark(AttainmentBand.PARTLY_REACHED).word),
        "88,7%",
    )
    assert (cards["1.5"].ink, cards["1.5"].figure.text) == ("#4a5d70", "")
    assert "2020" in answer.context["wide"].title
    assert [band.figure.text for band in answer.context["narrow"].bands] == [
        "93,8%",
        "100,0%",
        "100,0%",
        "100,0%",
    ]


def test_map_without_results_is_as_the_plan_draws_it(client, employee):
    answer = client.get(MAP, {"anno": "nessuno"})

    cards = [card for band in answer.context["wide"].bands for card in band.cards]
    assert (answer.context["is_coloured"], {card.badge for card in cards}) == (False, {None})


def test_plan_without_results_has_no_choice_of_colours(client, employee, small):
    small.add_rows(1)
    Actual.objects.filter(indicator__rows__dashboard=small.strategic).delete()

    answer = client.get(small.plan.get_absolute_url())

    assert (answer.context["results"], answer.context["is_coloured"]) == (None, False)
    assert 'name="anno"' not in answer.content.decode()


def test_objective_without_rows_has_no_standing(client, employee, small):
    row = small.add_row("N. cose")
    year = small.plan.first_year
    factories.target(indicator=row.indicator, cycle=year, year=year - 1, printed="100")
    factories.strategic_objective(perspective=small.objective.perspective, position=2)

    answer = client.get(small.plan.get_absolute_url())

    (band,) = answer.context["wide"].bands
    assert [bool(card.badge) for card in band.cards] == [True, False]


def test_address_of_the_plan_is_the_map(client, employee):
    assert client.get("/piano/2021/").context["objective_count"] == 12


def test_objectives_of_other_plans_stay_out(client, employee, small):
    small.add_rows(1)

    answer = client.get(MAP)

    assert answer.context["objective_count"] == 12
    assert small.objective.name not in answer.content.decode()


def test_empty_plan_says_what_to_do(client, employee, small):
    small.service.delete()
    small.strategic.delete()
    small.action.delete()
    small.objective.delete()

    answer = client.get(small.plan.get_absolute_url())

    assert (answer.status_code, answer.context["perspectives"]) == (200, ())


def test_draft_is_not_found_by_the_outsider(client, employee, draft):
    answer = client.get(draft.plan.get_absolute_url())

    assert answer.status_code == 404
    assert draft.plan.title not in answer.content.decode()


def test_map_refuses_to_be_written_to(client, employee):
    assert client.post(MAP).status_code == 405
    assert Plan.objects.get(first_year=2021).title == "Piano della Performance 2021-2023"


@pytest.mark.parametrize("count", [1, 3])
def test_map_takes_the_same_statements_whatever_stands_on_it(
    client, employee, small, django_assert_num_queries, count
):
    for _ in range(count):
        objective = factories.strategic_objective(perspective=small.objective.perspective)
        small.action = factories.action(objective=objective)
        small.add_rows(count)

    with django_assert_num_queries(12):
        client.get(small.plan.get_absolute_url())
