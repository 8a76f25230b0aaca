"""How long a page may be kept, and by whom."""

import pytest
from django.urls import reverse

PRIVATE = "private, no-store"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("home", []), ("strategy:map", [2021]), ("strategy:plan-life", [2021])],
)
def test_a_page_behind_the_sign_in_stays_in_no_cache(client, bergamo, name, arguments) -> None:
    address = reverse(name, args=arguments)
    sent_on = client.get(address)
    client.force_login(bergamo.user("pianificazione"))
    shown = client.get(address)

    assert [answer.headers["Cache-Control"] for answer in (sent_on, shown)] == [PRIVATE, PRIVATE]


def test_an_address_that_does_not_exist_stays_in_no_cache(client, db) -> None:
    assert client.get("/non-esiste/").headers["Cache-Control"] == PRIVATE


def test_a_page_that_says_how_long_it_may_be_kept_is_left_alone(client, bergamo) -> None:
    client.force_login(bergamo.user("pianificazione"))

    answer = client.get(reverse("public-data", args=["2021-2023", 0, "map.csv"]))

    assert answer.headers["Cache-Control"] == "public, max-age=3600"


def test_a_public_page_may_be_kept_as_a_stranger_reads_it(client, bergamo) -> None:
    assert "Cache-Control" not in client.get(reverse("accessibility")).headers
