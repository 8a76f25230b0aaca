"""The public page: adopted editions for anybody, and never a file that is not the adopted one."""

import json
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

from strategy.models import Edition
from strategy.open_data import data_files, file_names
from strategy.public_page import checks, edition_contents, hash_groups, listed_files
from tests import factories
from tests.bergamo import PDF, empty

LIST = "/trasparenza/"
EDITION = "/trasparenza/2021-2023/rev-0/"
FILE = f"{EDITION}piano.pdf"
DATA = f"{EDITION}dati/strategic_dashboard.csv"
SHA = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"


@pytest.fixture
def damaged(bergamo, settings) -> Edition:
    """The edition whose file on disk somebody has changed."""
    edition = bergamo.edition
    (Path(settings.MEDIA_ROOT) / edition.pdf.name).write_bytes(PDF + b".")
    return edition


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("path", [LIST, EDITION, FILE, DATA])
@pytest.mark.parametrize("username", [None, "dipendente"])
def test_anybody_reads_the_public_pages(bergamo, client, path, username) -> None:
    if username:
        client.force_login(bergamo.user(username))

    response = client.get(path)
    assert (response.status_code, bool(body(response))) == (200, True)


@pytest.mark.parametrize("path", [LIST, EDITION, FILE, DATA])
def test_nobody_writes_there(bergamo, client, path) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/trasparenza/2021-2023/rev-1/",
        "/trasparenza/2024-2026/rev-0/",
        "/trasparenza/2021-2022/rev-0/",
        "/trasparenza/piano/rev-0/",
        "/trasparenza/2021-2023/rev-1/piano.pdf",
        f"{EDITION}dati/staff.xlsx",
        f"{EDITION}dati/..",
    ],
)
def test_what_is_not_published_is_not_found(bergamo, client, path) -> None:
    assert client.get(path).status_code == 404


def test_a_plan_that_is_not_adopted_is_not_there(bergamo, client) -> None:
    draft = factories.plan(title="Piano in bozza")

    assert client.get(f"/trasparenza/{draft.label}/rev-0/").status_code == 404
    assert "Piano in bozza" not in client.get(LIST).content.decode()


def test_the_list_teaches_when_nothing_is_adopted(db, client) -> None:
    empty("strategy_edition")

    assert client.get(LIST).context["editions"].count() == 0
    assert client.get(LIST).status_code == 200


def test_the_file_is_the_adopted_one(bergamo, client) -> None:
    response = client.get(FILE)

    assert body(response) == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="piano-performance-2021-2023-rev-0.pdf"'
    )
    assert response.headers["ETag"] == f'"{bergamo.edition.pdf_sha256}"'
    assert response.headers["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("path", [FILE, DATA])
def test_a_reader_who_has_it_already_gets_nothing_again(bergamo, client, path) -> None:
    first = client.get(path)
    etag = first.headers["ETag"]
    body(first)

    again = client.get(path, headers={"if-none-match": etag})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag
    other = client.get(path, headers={"if-none-match": '"another"'})
    assert (other.status_code, bool(body(other))) == (200, True)


def test_a_changed_file_is_never_served(damaged, client) -> None:
    response = client.get(FILE)

    assert response.status_code == 503
    assert response.headers["Cache-Control"] == "no-store"
    assert PDF not in response.content
    assert reverse("public-pdf", args=["2021-2023", 0]) not in client.get(EDITION).content.decode()


def test_a_reader_with_the_right_hash_is_told_too(damaged, client) -> None:
    headers = {"if-none-match": f'"{damaged.pdf_sha256}"'}

    assert client.get(FILE, headers=headers).status_code == 503


def test_a_missing_file_is_noticed(bergamo, settings, client) -> None:
    (Path(settings.MEDIA_ROOT) / bergamo.edition.pdf.name).unlink()

    assert client.get(FILE).status_code == 503
    assert client.get(EDITION).status_code == 200


def test_data_that_are_not_those_adopted_are_not_served(db, client) -> None:
    edition = factories.edition(snapshot_sha256=SHA)
    address = f"/trasparenza/{edition.plan.label}/rev-0/"

    assert client.get(f"{address}dati/map.csv").status_code == 503
    page = client.get(address)
    assert (page.status_code, "contents" in page.context) == (200, False)


def test_the_csv_equal_those_that_travel_inside_the_pdf(bergamo, client) -> None:
    files = data_files(json.loads(bergamo.edition.snapshot))

    served = {name: client.get(f"{EDITION}dati/{name}").content for name in file_names()}

    assert served == {file.name: file.content for file in files}


def test_csv_and_json_say_what_they_are(bergamo, client) -> None:
    json_response = client.get(f"{EDITION}dati/plan.json")

    assert client.get(DATA).headers["Content-Type"] == "text/csv; charset=utf-8"
    assert client.get(DATA).headers["Content-Disposition"] == (
        'attachment; filename="strategic_dashboard.csv"'
    )
    assert json_response.headers["Content-Type"] == "application/json; charset=utf-8"


def test_the_page_counts_what_the_edition_holds(bergamo) -> None:
    contents = edition_contents(json.loads(bergamo.edition.snapshot))

    assert [(p.title, len(p.objectives), p.indicator_count) for p in contents.perspectives] == [
        ("Sviluppo economico delle imprese e del territorio", 6, 26),
        ("Semplificazione e innovazione dei processi", 3, 15),
        ("Apprendimento e crescita", 2, 5),
        ("Economico finanziaria", 1, 12),
    ]
    assert contents.dashboard_count == 12
    assert contents.row_count == 192
    assert contents.section_count == 25


def test_the_files_are_listed_with_rows_and_size(bergamo) -> None:
    with translation.override("en"):
        files = listed_files(bergamo.edition, json.loads(bergamo.edition.snapshot))

    assert [(file.label, file.detail.split(", ")[:2]) for file in files[:5]] == [
        ("Cruscotto strategico", ["CSV", "58 rows"]),
        ("Cruscotti di servizi, SG e dirigente", ["CSV", "192 rows"]),
        ("Mappa strategica", ["CSV", "12 rows"]),
        ("Personale in servizio", ["CSV", "17 rows"]),
        ("Indicatori del POLA", ["CSV", "21 rows"]),
    ]
    assert files[5].detail.split(", ")[0] == "JSON"
    assert files[0].url == DATA


def test_a_hash_is_shown_in_groups_and_can_be_computed() -> None:
    assert hash_groups(SHA)[:2] == ["2c26b46b", "68ffc68f"]
    assert "".join(hash_groups(SHA)) == SHA
    assert [check.command for check in checks("piano.pdf")] == [
        "sha256sum piano.pdf",
        "shasum -a 256 piano.pdf",
        "Get-FileHash piano.pdf",
        "certutil -hashfile piano.pdf SHA256",
    ]


@pytest.mark.parametrize("path", [LIST, EDITION])
def test_the_pages_cost_the_same_with_more_editions(
    bergamo, client, django_assert_num_queries, path
) -> None:
    expected = {LIST: 2, EDITION: 4}[path]
    with django_assert_num_queries(expected):
        body(client.get(path))
    for _ in range(2):
        factories.edition()
    factories.edition(plan=bergamo.plan, revision=1)
    with django_assert_num_queries(expected):
        body(client.get(path))


@pytest.mark.parametrize(("path", "expected"), [(FILE, 2), (DATA, 2)])
def test_a_file_costs_two_statements(
    bergamo, client, django_assert_num_queries, path, expected
) -> None:
    with django_assert_num_queries(expected):
        body(client.get(path))
