"""The public page: adopted editions for anybody, and never a file that is not the adopted one."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from documents.file_hashes import hash_groups
from strategy.enums import PlanState
from strategy.models import Edition, Plan
from strategy.open_data import data_files, file_names
from strategy.public_page import checks, edition_contents, listed_files
from strategy.snapshots import sha256
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

    assert client.get(LIST).context["editions"] == []
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

    assert [(file.label, file.detail.split(", ")[:2]) for file in files[:8]] == [
        ("Cruscotto strategico", ["CSV", "58 rows"]),
        ("Cruscotti di servizi, SG e dirigente", ["CSV", "192 rows"]),
        ("Mappa strategica", ["CSV", "12 rows"]),
        ("Personale in servizio", ["CSV", "17 rows"]),
        ("Indicatori del POLA", ["CSV", "21 rows"]),
        ("Gradi di raggiungimento", ["CSV", "245 rows"]),
        ("Mesi di lavoro agile", ["CSV", "10 rows"]),
        ("Programma del lavoro agile", ["CSV", "5 rows"]),
    ]
    assert files[8].detail.split(", ")[0] == "JSON"
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
    body(client.get(path))  # what frozen data hold is remembered from the first look
    expected = {LIST: 3, EDITION: 4}[path]
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


ACT_FILE = b"%PDF-1.7 the act %%EOF"
NEW = "/trasparenza/2021-2023/rev-1/"


@pytest.fixture
def updated(bergamo, settings) -> Edition:
    """REV. 1, adopted with the file of its act and not yet published."""
    path = Path(settings.MEDIA_ROOT) / "acts" / "atto.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(ACT_FILE)
    Plan.objects.filter(pk=bergamo.plan.pk).update(revision=1, state=PlanState.ADOPTED)
    return factories.edition(
        plan=bergamo.plan,
        revision=1,
        snapshot=bergamo.edition.snapshot,
        pdf=bergamo.edition.pdf.name,
        pdf_sha256=bergamo.edition.pdf_sha256,
        act_file="acts/atto.pdf",
        act_file_sha256=sha256(ACT_FILE),
    )


def publish(edition: Edition) -> None:
    Plan.objects.filter(pk=edition.plan_id).update(state=PlanState.PUBLISHED)


def in_force(client) -> list[int]:
    return [one.pk for one in client.get(LIST).context["editions"] if one.is_in_force]


@pytest.mark.parametrize("path", ["", "piano.pdf", "atto.pdf", "dati/map.csv"])
def test_what_is_adopted_is_public_once_it_is_published(updated, client, path) -> None:
    before = client.get(f"{NEW}{path}").status_code
    publish(updated)
    response = client.get(f"{NEW}{path}")

    assert (before, response.status_code, bool(body(response))) == (404, 200, True)


def test_the_old_edition_stays_and_says_where_the_new_one_is(updated, client) -> None:
    waiting = client.get(EDITION)
    publish(updated)
    superseded = client.get(EDITION)

    assert (waiting.context["newest"].revision, superseded.context["newest"].revision) == (0, 1)
    assert (NEW in waiting.content.decode(), NEW in superseded.content.decode()) == (False, True)
    assert body(client.get(FILE)) == PDF
    assert in_force(client) == [updated.pk]


def test_an_edition_is_superseded_by_the_adoption_of_the_next_one(updated, client) -> None:
    pages = [client.get(path).content.decode() for path in (LIST, EDITION)]

    assert in_force(client) == []
    for page in pages:
        assert ("superata" in page, "in vigore" in page) == (True, False)
    assert "in preparazione" not in pages[1]
    assert "È stata adottata un’edizione successiva, che sarà pubblicata qui." in pages[1]


def test_a_superseded_edition_names_no_other_superseded_one_as_the_one_in_force(
    updated, client
) -> None:
    Plan.objects.filter(pk=updated.plan_id).update(revision=2)
    factories.edition(plan=updated.plan, revision=2)

    for path in (EDITION, NEW):
        page = client.get(path).content.decode()
        assert ("sarà pubblicata qui" in page, "in vigore" in page) == (True, False)


def test_an_edition_being_updated_stays_in_force(bergamo, client) -> None:
    Plan.objects.filter(pk=bergamo.plan.pk).update(
        revision=1, state=PlanState.PROPOSED, update_reason="Nuove risorse."
    )

    assert client.get(EDITION).context["newest"].revision == 0
    assert in_force(client) == [bergamo.edition.pk]


def test_the_act_is_given_out_as_it_came(updated, client) -> None:
    publish(updated)

    response = client.get(f"{NEW}atto.pdf")

    assert body(response) == ACT_FILE
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="atto-2021-2023-rev-1.pdf"'
    )
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert response.headers["ETag"] == f'"{updated.act_file_sha256}"'


def test_a_changed_act_is_never_served(updated, settings, client) -> None:
    publish(updated)
    (Path(settings.MEDIA_ROOT) / "acts" / "atto.pdf").write_bytes(b"another")

    response = client.get(f"{NEW}atto.pdf")

    assert (response.status_code, response.headers["Cache-Control"]) == (503, "no-store")
    page = client.get(NEW)
    assert page.context["is_act_file_intact"] is False
    assert f"{NEW}atto.pdf" not in page.content.decode()


def test_a_stranger_may_keep_the_page_and_the_signed_in_may_not(bergamo, client) -> None:
    stranger = client.get(EDITION)
    client.force_login(bergamo.user("dipendente"))
    signed_in = client.get(EDITION)

    assert "Cache-Control" not in stranger.headers
    assert signed_in.headers["Cache-Control"] == "private, no-store"


def test_the_second_look_at_the_page_reads_no_data(bergamo, client) -> None:
    client.get(EDITION)
    with CaptureQueriesContext(connection) as queries:
        client.get(EDITION)

    assert [query for query in queries if '"snapshot"' in query["sql"]] == []
