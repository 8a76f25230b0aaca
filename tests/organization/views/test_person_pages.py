"""The list of people and the page of a person."""

import datetime

import pytest
from django.urls import reverse

from organization.enums import Role
from tests import factories

LIST = "/persone/"


def shown(response):
    return {row.record for row in response.context["table"].paginated_rows}


def detail(person):
    return reverse("organization:person-detail", args=[person.pk])


def test_list_shows_the_people_of_the_units_one_leads(client, cast):
    client.force_login(cast.head)

    response = client.get(LIST)

    assert shown(response) == {cast.head.person, cast.employee.person}
    assert (response.context["count"], response.context["everybody"]) == (2, 2)


def test_list_shows_an_employee_oneself(client, cast):
    client.force_login(cast.employee)

    response = client.get(LIST)

    assert shown(response) == {cast.employee.person}


def test_list_comes_25_to_a_page_sorted_by_name(client, bergamo):
    client.force_login(bergamo.user("personale"))

    first = client.get(LIST)
    second = client.get(LIST, {"page": "2", "sort": "-name"})

    names = [(r.record.last_name, r.record.first_name) for r in first.context["table"].page]
    assert (len(names), names) == (25, sorted(names))
    names = [(r.record.last_name, r.record.first_name) for r in second.context["table"].page]
    assert (len(names), names) == (25, sorted(names, reverse=True))
    assert first.context["count"] == 89


def test_list_filters_by_words_unit_and_category(client, cast):
    client.force_login(cast.oiv)
    unit = factories.unit()
    office = factories.unit(parent=unit)
    ada = factories.person(first_name="Ada", last_name="Unica", unit=office, category="D")
    bea = factories.person(first_name="Bea", last_name="Unica", unit=unit)

    def found(**query):
        return shown(client.get(LIST, query))

    assert found(q="unica") == {ada, bea}
    assert found(q="unica ada") == {ada}
    assert found(q=ada.employee_number) == {ada}
    assert found(unit=unit.pk) == {ada, bea}
    assert found(unit=unit.pk, category="D") == {ada}


def test_list_tells_the_filters_in_force(client, cast):
    client.force_login(cast.oiv)

    response = client.get(LIST, {"q": "prova", "category": "C", "page": "1"})

    assert [chip.remove_url for chip in response.context["chips"]] == ["?category=C", "?q=prova"]


def test_list_with_a_wrong_filter_shows_none_in_force(client, cast):
    client.force_login(cast.oiv)

    response = client.get(LIST, {"category": "Z9"})

    assert response.context["chips"] == []


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_costs_the_same_statements(client, cast, item_count, django_assert_num_queries):
    unit = factories.unit()
    for _ in range(item_count):
        factories.appointment(person=factories.person(unit=unit))
    client.force_login(cast.oiv)

    with django_assert_num_queries(14):
        response = client.get(LIST, {"unit": unit.pk})

    assert response.context["count"] == item_count


def test_list_refuses_the_wrong_method(client, cast):
    client.force_login(cast.oiv)

    assert client.post(LIST).status_code == 405


def test_person_shows_posts_past_posts_and_changes(client, cast):
    person = cast.employee.person
    past = factories.appointment(person=person, role=Role.HR, ends_on=datetime.date(2020, 5, 1))
    person.first_name = "Altra"
    person.save()
    client.force_login(cast.head)

    response = client.get(detail(person))

    assert response.context["person"] == person
    assert [post.role for post in response.context["person"].running_appointments] == ["employee"]
    assert list(response.context["past"]) == [past]
    latest = response.context["history"][0]
    assert [(c.before, c.after) for c in latest.changes] == [("Persona", "Altra")]


def test_person_is_shown_to_oneself(client, cast):
    client.force_login(cast.employee)

    assert client.get(detail(cast.employee.person)).context["person"] == cast.employee.person


@pytest.mark.parametrize("name", ["stranger", "employee"])
def test_person_is_not_found_by_an_outsider(client, cast, name):
    client.force_login(getattr(cast, name))

    assert client.get(detail(cast.head.person)).status_code == 404


def test_person_refuses_the_wrong_method(client, cast):
    client.force_login(cast.head)

    assert client.post(detail(cast.employee.person)).status_code == 405


@pytest.mark.parametrize("item_count", [1, 3])
def test_person_costs_the_same_statements(client, cast, item_count, django_assert_num_queries):
    person = factories.person()
    for _ in range(item_count):
        factories.appointment(person=person)
        factories.appointment(person=person, ends_on=datetime.date(2020, 5, 1))
        person.unit = factories.unit()
        person.save()
    client.force_login(cast.oiv)

    with django_assert_num_queries(10):
        response = client.get(detail(person))

    assert len(response.context["history"]) == item_count + 1
