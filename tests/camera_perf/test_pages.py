"""Guide, accessibility statement, health of the server."""

import datetime

import pytest
from django.db import DatabaseError, connection

from tests import factories


def test_the_guide_asks_for_a_login(db, client) -> None:
    assert client.get("/guida/").status_code == 302


def test_the_guide_explains_every_sign(bergamo, client) -> None:
    client.force_login(bergamo.user("dipendente"))

    page = client.get("/guida/")

    assert page.status_code == 200
    signs = ["cp-v--monitoring", "cp-v--none", "cp-v--nd", "cp-v--empty"]
    assert [page.content.decode().count(sign) for sign in signs] == [1, 1, 1, 1]


def test_the_accessibility_statement_is_public_and_says_whom_to_write_to(db, client) -> None:
    factories.institution(email="urp@example.org")

    page = client.get("/accessibilita/")

    assert page.status_code == 200
    assert page.content.decode().count("mailto:urp@example.org") == 1


def test_without_an_address_it_does_not_pretend_to_have_one(db, client) -> None:
    factories.institution(email="")

    assert "mailto:" not in client.get("/accessibilita/").content.decode()


def test_health_is_plain_public_and_costs_one_statement(
    db, client, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        response = client.get("/salute/")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.headers["Content-Type"] == "text/plain"
    assert "no-store" in response.headers["Cache-Control"]


def test_health_is_503_when_the_database_does_not_answer(db, client) -> None:
    def refuse(*_args):
        raise DatabaseError("gone")

    with connection.execute_wrapper(refuse):
        response = client.get("/salute/")

    assert response.status_code == 503


@pytest.mark.parametrize("path", ["/", "/guida/", "/accessibilita/", "/salute/"])
def test_nobody_writes_there(bergamo, client, path) -> None:
    client.force_login(bergamo.user("dipendente"))

    assert client.post(path).status_code == 405


def test_a_demonstration_says_once_which_day_it_stands_on(bergamo, client, settings) -> None:
    client.force_login(bergamo.user("dipendente"))
    real = client.get("/").content.decode()
    settings.DEMO_DATE = datetime.date(2021, 7, 5)

    page = client.get("/").content.decode()

    assert (real.count("cp-bar__day"), page.count("cp-bar__day")) == (0, 1)
    assert page.partition('cp-bar__day">')[2].partition("</p>")[0].endswith(" 5.7.2021")
