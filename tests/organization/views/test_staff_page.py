"""The staff tables on the day one chooses."""

import datetime

import pytest
from django.utils import timezone

PAGE = "/organizzazione/personale/"


def test_shows_the_tables_of_section_1_2_with_their_chart(client, bergamo):
    client.force_login(bergamo.user("dipendente"))

    response = client.get(PAGE, {"day": "2020-12-31"})

    report = response.context["report"]
    assert (report.day, report.everybody.total) == (datetime.date(2020, 12, 31), 87)
    assert response.text.count("<svg xmlns") == 2  # for a wide and for a narrow screen


@pytest.mark.parametrize("query", [{}, {"day": ""}, {"day": "ieri"}])
def test_counts_today_when_no_day_is_readable(client, cast, query):
    client.force_login(cast.employee)

    response = client.get(PAGE, query)

    assert response.context["report"].day == timezone.localdate()
    assert bool(response.context["form"].errors) == (query == {"day": "ieri"})


def test_asks_to_sign_in(client, db):
    assert client.get(PAGE).url == f"/accedi/?next={PAGE}"


def test_refuses_the_wrong_method(client, cast):
    client.force_login(cast.employee)

    assert client.post(PAGE).status_code == 405


def test_costs_the_same_statements(client, cast, django_assert_num_queries):
    client.force_login(cast.oiv)

    for day in ("1980-01-01", "2020-12-31"):
        with django_assert_num_queries(7):
            client.get(PAGE, {"day": day})
