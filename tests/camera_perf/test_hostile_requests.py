"""Addresses and queries that nobody in good faith writes get an answer, never a broken page."""

import datetime
from urllib.parse import quote

import pytest
from django.urls import reverse

from tests import factories

HUGE = "9" * 30
PUBLIC = [
    f"/trasparenza/{label}/rev-{revision}/"
    for label, revision in [
        ("²-²", "0"),
        (f"{HUGE}-{int(HUGE) + 2}", "0"),
        (f"{'9' * 5000}-{'9' * 5000}", "0"),
        ("2021-2023", HUGE),
        ("2021-2023", "9" * 5000),
        ("٢٠٢١-٢٠٢٣", "0"),
        ("a\0b", "0"),
        ("２０２１-２０２３", "0"),
    ]
]


@pytest.mark.parametrize("path", PUBLIC, ids=range(len(PUBLIC)))
def test_a_label_that_is_no_triennium_is_not_found(client, bergamo, path):
    assert client.get(quote(path)).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        f"/piano/{HUGE}/",
        f"/piano/2021/obiettivi/{HUGE}/",
        f"/piano/2021/prospettive/{HUGE}/",
        f"/piano/2021/indicatori/{HUGE}/",
        f"/piano/2021/pdf/{HUGE}/stato/",
        f"/piano/2021/pdf/{HUGE}/file/",
        f"/persone/{HUGE}/",
        "/trasparenza/2021-2023/rev-0/dati/..%2F..%2Fmanage.py",
    ],
)
def test_a_number_no_database_holds_is_not_found(client, bergamo, path):
    client.force_login(bergamo.user("pianificazione"))

    assert client.get(path).status_code == 404


QUERIES = [
    {"page": HUGE},
    {"page": "-1"},
    {"page": "0"},
    {"page": "x\0"},
    {"per_page": "0"},
    {"per_page": "-3"},
    {"per_page": HUGE},
    {"per_page": "x"},
    {"sort": "-x"},
    {"sort": "\0"},
    {"q": "a\0b"},
    {"q": "a " * 3000},
    {"q": "%_\\"},
    {"person": "a\0b"},
    {"person": "x" * 5000},
    {"unit": HUGE},
    {"unit": "x\0"},
    {"category": "\0"},
    {"verb": "\0"},
    {"since": "0001-01-01", "until": "9999-12-31"},
    {"since": "x"},
    {"day": "0001-01-01"},
    {"day": "9999-12-31"},
    {"day": "x\0"},
    {"perspective": HUGE, "objective": "x", "kind": "\0", "nature": "x", "source": "\0"},
]
PAGES = [
    ("organization:person-list", []),
    ("organization:audit-list", []),
    ("organization:staff", []),
    ("strategy:indicator-list", [2021]),
    ("strategy:strategic-dashboard", [2021]),
    ("strategy:dashboard-detail", [2021, "registro-imprese"]),
]


@pytest.mark.parametrize("query", QUERIES, ids=repr)
def test_a_query_without_sense_shows_the_page(client, bergamo, query):
    client.force_login(bergamo.user("pianificazione"))

    answers = {
        name: client.get(reverse(name, args=args), query).status_code for name, args in PAGES
    }

    assert answers == dict.fromkeys(answers, 200)


@pytest.mark.parametrize(
    "name",
    [
        "a\0b",
        "x" * 5000,
        "ｐｉａｎｉｆｉｃａｚｉｏｎｅ",
        "\ud800".encode("utf-16", "surrogatepass"),
    ],
)
def test_a_name_that_no_account_has_is_refused_at_the_sign_in(client, bergamo, settings, name):
    settings.AXES_ENABLED = True

    answer = client.post(reverse("login"), {"username": name, "password": "wrong"})

    assert answer.status_code == 200


@pytest.mark.parametrize("number", ["9" * 19, "9" * 5000], ids=len)
def test_a_key_that_no_database_holds_is_no_choice(client, bergamo, number):
    course = factories.training_course()
    asked = [
        ("pianificazione", "strategy:period-list", [2021], {"act": "lock", "periods": number}),
        ("pianificazione", "pola:figure-list", [], {"act": f"accept-{number}"}),
        ("personale", "pola:training", [course.pk], {"people": number}),
        ("dipendente", "pola:interest-write", ["attivita"], {"activities": number}),
    ]
    answers = []

    for user, name, args, data in asked:
        client.force_login(bergamo.user(user))
        answers.append(client.post(reverse(name, args=args), data))

    assert [answer.status_code for answer in answers] == [200, 400, 400, 200]
    assert list(answers[-1].context["form"].errors) == ["activities"]


def test_a_figure_that_nobody_entered_is_not_corrected(client, bergamo, settings):
    settings.DEMO_DATE = datetime.date(2021, 7, 5)
    client.force_login(bergamo.user("responsabile"))
    page = reverse("strategy:recording-list", args=[2021])

    assert client.get(page, {"correggi": "9" * 5000}).status_code == 200
