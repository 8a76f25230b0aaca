"""The workspace of the OIV: who opens it, what it says, its filters, its file."""

import pytest
from django.urls import reverse

from strategy.models import Plan
from strategy.operations import close_year
from tests import factories

READERS = ["oiv", "pianificazione", "segretario", "amministratore"]
OTHERS = ["dirigente", "responsabile", "personale", "dipendente"]


@pytest.fixture
def as_user(client, bergamo):
    def sign_in(username: str):
        user = bergamo.user(username)
        client.force_login(user)
        return user

    return sign_in


def page(name: str = "oversight-year", at: int = 2012) -> str:
    return reverse(f"strategy:{name}", args=[2011, at])


@pytest.mark.parametrize("username", READERS)
def test_who_checks_and_who_answers_reads_it(client, year, as_user, username) -> None:
    year.row("A", actual="80")
    as_user(username)

    answer = client.get(page())

    assert (answer.status_code, answer.context["found"].missing_count) == (200, 2)


@pytest.mark.parametrize("username", OTHERS)
def test_the_others_do_not(client, year, as_user, username) -> None:
    as_user(username)

    answers = [client.get(page()), client.get(page("oversight-csv"))]
    entrance = client.get(reverse("strategy:oversight", args=[2011]))

    assert [answer.status_code for answer in (*answers, entrance)] == [403, 403, 403]


def test_a_plan_never_adopted_gives_no_account(client, year, as_user) -> None:
    Plan.objects.filter(pk=year.plan.pk).update(state="draft")
    as_user("oiv")

    assert client.get(page()).status_code == 403


def test_the_way_in_is_the_last_year_over(client, year, as_user) -> None:
    as_user("oiv")

    answer = client.get(reverse("strategy:oversight", args=[2011]))

    assert answer.url == page(at=2013)


@pytest.mark.parametrize("at", [2009, 2014])
def test_a_year_of_which_there_is_no_account(client, year, as_user, at) -> None:
    as_user("oiv")

    answers = [client.get(page(name, at)) for name in ("oversight-year", "oversight-csv")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_an_open_year_is_provisional_and_a_closed_one_says_when(
    client, year, as_user, secretary
) -> None:
    year.row("A", actual="80")
    as_user("oiv")

    before = client.get(page())
    closing = close_year(year.plan, 2012, by=secretary)
    after = client.get(page())

    assert (before.context["closing"], after.context["closing"]) == (None, closing)
    assert after.context["found"].score == before.context["found"].score


def test_a_filter_opens_the_objectives_it_finds(client, year, as_user) -> None:
    year.row("A", actual="80")
    as_user("oiv")

    shut = client.get(page()).content.decode()
    open_ = client.get(f"{page()}?mostra=senza-evidenza").content.decode()

    assert [text.count('id="obiettivo-1" open') for text in (shut, open_)] == [0, 1]


def test_a_filter_that_finds_nothing_says_so(client, year, as_user) -> None:
    year.row("A", actual="80")
    as_user("oiv")

    answer = client.get(f"{page()}?mostra=corretti")

    assert (answer.status_code, answer.context["selection"].objectives) == (200, ())
    assert 'id="obiettivo-1"' not in answer.content.decode()


def test_a_year_without_anything_to_measure(client, year, as_user) -> None:
    as_user("oiv")

    assert client.get(page()).context["found"].lines == ()


def test_proofs_lead_to_their_file(client, year, as_user, head) -> None:
    indicator = year.row("A", actual="80")
    period = factories.monitoring_period(
        plan=year.plan, ends_on=factories.datetime.date(2012, 12, 31)
    )
    recording = factories.recording(
        period=period, indicator=indicator, entered_by=head, state="validated"
    )
    proof = factories.evidence(recording=recording, name="registro.pdf")
    as_user("oiv")

    shown = client.get(page()).content.decode()

    link = reverse("strategy:evidence-file", args=[2011, proof.pk])
    assert shown.count(f'href="{link}"') == 1


def test_the_file_follows_the_filter(client, year, as_user) -> None:
    year.row("Sotto", actual="80")
    year.row("Manca")
    as_user("oiv")

    whole, part = (
        client.get(page("oversight-csv")),
        client.get(f"{page('oversight-csv')}?mostra=senza-risultato"),
    )

    counts = [answer.content.decode().count("\r\n") - 1 for answer in (whole, part)]
    assert counts == [2, 1]
    assert part.headers["Content-Disposition"] == 'attachment; filename="spazio-oiv-2012.csv"'


def test_a_damaged_closing_is_never_shown(client, year, as_user) -> None:
    factories.year_closing(plan=year.plan, year=2012, snapshot_sha256="0" * 64)
    as_user("oiv")

    answers = [client.get(page()), client.get(page("oversight-csv"))]

    assert [answer.status_code for answer in answers] == [503, 503]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_statements_whatever_its_rows(
    client, year, as_user, django_assert_num_queries, count
) -> None:
    for number in range(count):
        told = year.row(f"Detta {number}", actual="80")
        factories.deviation_reason(plan=year.plan, year=2012, indicator=told)
        year.row(f"Muta {number}")
    as_user("oiv")
    client.get(page())

    with django_assert_num_queries(24):
        client.get(page())
