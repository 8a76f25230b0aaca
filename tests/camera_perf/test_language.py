"""Italian first; English for who asks for it, whatever the browser says."""

import pytest

pytestmark = pytest.mark.django_db

PAGE = "/trasparenza/"


def test_pages_are_italian_whatever_the_browser_says(client):
    response = client.get(PAGE, headers={"accept-language": "en-US,en"})

    assert 'lang="it"' in response.text
    assert response.headers["Content-Language"] == "it"


def test_who_chooses_english_reads_english_and_stays_on_the_page(client):
    response = client.post("/lingua/", {"language": "en", "next": PAGE})

    assert (response.status_code, response.url) == (302, PAGE)
    assert 'lang="en"' in client.get(PAGE).text


def test_a_language_that_is_not_ours_is_not_kept(client):
    client.post("/lingua/", {"language": "xx", "next": PAGE})
    client.cookies["django_language"] = "xx"

    assert 'lang="it"' in client.get(PAGE).text


def test_the_way_back_never_leads_to_another_house(client):
    response = client.post("/lingua/", {"language": "en", "next": "https://example.com/"})

    assert response.url == "/"


def test_choosing_is_not_done_by_reading(client):
    assert client.get("/lingua/").status_code == 405
