"""The organization chart and the page of a unit."""

import pytest
from django.urls import reverse

from organization.enums import Role
from tests import factories

LIST = "/organizzazione/"


def detail(unit):
    return reverse("organization:unit-detail", args=[unit.slug])


def nodes_of(response):
    waiting, found = list(response.context["nodes"]), {}
    while waiting:
        node = waiting.pop()
        found[node.unit.pk] = node
        waiting.extend(node.children)
    return found


def test_chart_shows_heads_and_people(client, cast):
    client.force_login(cast.employee)

    response = client.get(LIST)

    node = nodes_of(response)[cast.unit.pk]
    assert (node.heads, node.total) == ((str(cast.head.person),), 2)
    assert str(cast.head.person) in response.text


def test_chart_asks_to_sign_in(client, cast):
    response = client.get(LIST)

    assert (response.status_code, response.url) == (302, "/accedi/?next=/organizzazione/")


@pytest.mark.parametrize("verb", ["post", "put", "delete"])
def test_chart_refuses_the_wrong_method(client, cast, verb):
    client.force_login(cast.employee)

    assert getattr(client, verb)(LIST).status_code == 405


@pytest.mark.parametrize("item_count", [1, 3])
def test_chart_costs_the_same_statements(client, cast, item_count, django_assert_num_queries):
    for _ in range(item_count):
        factories.appointment(unit=factories.unit(), role=Role.UNIT_HEAD)
    client.force_login(cast.oiv)

    with django_assert_num_queries(7):
        client.get(LIST)


def test_unit_shows_people_to_its_head(client, cast):
    client.force_login(cast.head)

    response = client.get(detail(cast.unit))

    assert set(response.context["people"]) == {cast.head.person, cast.employee.person}
    assert response.context["total"] == 2


def test_unit_hides_its_people_from_another_head(client, cast):
    client.force_login(cast.stranger)

    response = client.get(detail(cast.unit))

    assert list(response.context["people"]) == []
    assert str(cast.employee.person) not in response.text
    assert str(cast.head.person) in response.text


def test_unit_adds_up_the_units_below(client, cast):
    office = factories.unit(parent=cast.unit)
    factories.person(unit=office)
    client.force_login(cast.head)

    response = client.get(detail(cast.unit))

    assert [node.unit for node in response.context["nodes"]] == [office]
    assert (response.context["unit"].people_count, response.context["total"]) == (2, 3)


def test_unit_links_its_dashboard_and_the_indicators_it_supplies(client, bergamo):
    client.force_login(bergamo.user("responsabile"))

    response = client.get("/organizzazione/registro-imprese/")

    dashboard = bergamo.plan.dashboards.get(unit__slug="registro-imprese")
    assert response.text.count(f'href="{dashboard.get_absolute_url()}"') == 1
    supplied = dashboard.unit.supplied_indicators.first()
    address = reverse("strategy:indicator-detail", args=[2021, supplied.pk])
    assert response.text.count(f'href="{address}"') == 1


def test_unknown_unit_is_not_found(client, cast):
    client.force_login(cast.oiv)

    assert client.get("/organizzazione/nessuna/").status_code == 404


def test_unit_refuses_the_wrong_method(client, cast):
    client.force_login(cast.oiv)

    assert client.post(detail(cast.unit)).status_code == 405


@pytest.mark.parametrize("item_count", [1, 3])
def test_unit_costs_the_same_statements(client, cast, item_count, django_assert_num_queries):
    unit = factories.unit()
    plan = factories.plan(state="published")
    for _ in range(item_count):
        factories.appointment(person=factories.person(unit=unit), unit=unit)
        factories.unit(parent=unit)
        indicator = factories.indicator(supplier=unit)
        factories.dashboard_row(dashboard=factories.dashboard(plan=plan), indicator=indicator)
    client.force_login(cast.oiv)

    with django_assert_num_queries(11):
        response = client.get(detail(unit))

    assert len(response.context["people"]) == item_count
