"""The page of the deviations, the form of a reason, the file."""

import pytest
from django.urls import reverse

from strategy.models import DeviationReason, Plan
from strategy.operations import close_year
from tests import factories


@pytest.fixture
def as_user(client, bergamo):
    def sign_in(username: str):
        user = bergamo.user(username)
        client.force_login(user)
        return user

    return sign_in


def page(name: str = "deviations", *which: int) -> str:
    return f"{reverse(f'strategy:{name}', args=[2011, *which])}?anno=2012"


def names(answer) -> list[str]:
    return [line.name for line in answer.context["selection"].lines]


def reasons() -> list[str]:
    return list(DeviationReason.objects.values_list("reason", flat=True))


def test_the_page_shows_what_is_off_target_and_who_may_tell_why(client, year, as_user) -> None:
    as_user("responsabile")
    mine = year.row("Sua", actual="80")
    year.row("Altrui", supplier=factories.unit())
    year.row("Raggiunta", actual="100")

    answer = client.get(page())

    # What has no result lacks that, not its reason.
    assert (names(answer), answer.context["untold_count"]) == (["Sua", "Altrui"], 1)
    assert not answer.context["is_all_told"]
    assert answer.context["explained"] == {mine.pk}


def test_the_reason_of_a_decision_is_shown_and_is_a_reason(client, year, as_user) -> None:
    as_user("oiv")
    indicator = year.row("Sospesa")
    factories.resolution(
        plan=year.plan, year=2012, indicator=indicator, reason="Sospesa dalla Giunta."
    )

    answer = client.get(page())
    examined = client.get(reverse("strategy:oversight-year", args=[2011, 2012]))

    for page_text in (answer.content.decode(), examined.content.decode()):
        assert page_text.count("Sospesa dalla Giunta.") == 1
    assert (names(answer), answer.context["untold_count"]) == (["Sospesa"], 0)
    assert answer.context["is_all_told"]
    # Only the filter says it.
    assert answer.content.decode().count("senza motivo") == 1
    assert names(client.get(page() + "&motivo=senza")) == []


def test_a_reason_is_written_on_its_page(client, year, as_user) -> None:
    as_user("pianificazione")
    indicator = year.row("A", actual="80")
    typed = {"reason": "Evento annullato.", "cause": "exogenous", "corrective_action": ""}

    shown = client.get(page("deviation-edit", indicator.pk))
    answer = client.post(page("deviation-edit", indicator.pk), typed)

    assert shown.context["line"].name == "A"
    assert shown.context["line"].why.startswith("80 / 100 × 100 = 80%.")
    assert (answer.url, reasons()) == (page(), ["Evento annullato."])
    assert client.get(page()).context["untold_count"] == 0


def test_what_is_wrong_stays_as_typed(client, year, as_user) -> None:
    as_user("pianificazione")
    indicator = year.row("A", actual="80")

    answer = client.post(page("deviation-edit", indicator.pk), {"reason": "Perché sì."})

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["cause"])
    assert answer.content.decode().count("Perché sì.") == 1
    assert reasons() == []


def test_of_two_who_write_the_second_sees_both(client, year, as_user, planner) -> None:
    as_user("responsabile")
    indicator = year.row("A", actual="80")
    factories.deviation_reason(
        plan=year.plan, year=2012, indicator=indicator, reason="Prima.", written_by=planner
    )

    answer = client.post(
        page("deviation-edit", indicator.pk),
        {"reason": "Dopo.", "cause": "endogenous", "seen": ""},
    )

    assert (answer.status_code, answer.context["saved"].reason) == (409, "Prima.")
    assert answer.content.decode().count("Dopo.") == 1
    assert reasons() == ["Prima."]


def test_what_is_not_off_target_has_no_page(client, year, as_user) -> None:
    as_user("pianificazione")
    reached = year.row("A", actual="100")

    assert client.get(page("deviation-edit", reached.pk)).status_code == 404


def test_a_closed_year_is_read_and_not_explained(client, year, as_user, secretary) -> None:
    indicator = year.row("A", actual="80")
    close_year(year.plan, 2012, by=secretary)
    as_user("pianificazione")

    answer = client.get(page())

    assert (names(answer), answer.context["explained"]) == (["A"], set())
    assert client.get(page("deviation-edit", indicator.pk)).status_code == 404


def test_the_file_follows_the_filters(client, year, as_user) -> None:
    as_user("dipendente")
    year.row("Sotto", actual="50")
    year.row("Manca")

    whole = client.get(page("deviations-csv"))
    part = client.get(page("deviations-csv") + "&fascia=not_reached")

    counts = [answer.content.decode().count("\r\n") - 1 for answer in (whole, part)]
    assert counts == [2, 1]
    assert part.headers["Content-Disposition"] == 'attachment; filename="scostamenti-2012.csv"'


def test_filters_that_find_nothing_say_so(client, year, as_user) -> None:
    as_user("dipendente")
    year.row("Sotto", actual="50")
    year.row("Manca")

    answer = client.get(page() + "&fascia=not_reached&motivo=con")

    # Nothing is told yet: the filter offers both, one of which finds nothing.
    assert names(answer) == []
    assert answer.context["selection"].is_filtered


@pytest.mark.parametrize("given", [None, "100"])
def test_without_deviations_the_page_says_why(client, year, as_user, given) -> None:
    as_user("dipendente")
    if given:
        year.row("Raggiunta", actual=given)

    answer = client.get(page())

    assert (answer.status_code, answer.context["selection"].total) == (200, 0)


def test_without_a_year_the_last_one_over_is_shown(client, year, as_user) -> None:
    as_user("dipendente")

    answer = client.get(reverse("strategy:deviations", args=[2011]))

    assert answer.context["year"] == 2013


@pytest.mark.parametrize("asked", ["2009", "2014", "boh"])
def test_a_year_of_which_there_is_no_account(client, year, as_user, asked) -> None:
    as_user("dipendente")

    address = reverse("strategy:deviations", args=[2011])
    assert client.get(f"{address}?anno={asked}").status_code == 404


def test_a_stranger_to_the_plan_finds_nothing(client, year, as_user) -> None:
    indicator = year.row("A", actual="80")
    Plan.objects.filter(pk=year.plan.pk).update(state="draft")
    as_user("dipendente")
    pages = [page(), page("deviations-csv"), page("deviation-edit", indicator.pk)]

    assert [client.get(each).status_code for each in pages] == [404, 404, 404]


@pytest.mark.parametrize("username", ["dipendente", "oiv", "amministratore"])
def test_a_reader_writes_no_reason(client, year, as_user, username) -> None:
    indicator = year.row("A", actual="80")
    as_user(username)
    address = page("deviation-edit", indicator.pk)
    typed = {"reason": "Io.", "cause": "exogenous"}

    assert (client.get(address).status_code, client.post(address, typed).status_code) == (403, 403)
    assert reasons() == []


def test_wrong_methods(client, year, as_user) -> None:
    as_user("pianificazione")
    indicator = year.row("A", actual="80")

    answers = [
        client.post(page()),
        client.post(page("deviations-csv")),
        client.put(page("deviation-edit", indicator.pk)),
    ]

    assert [answer.status_code for answer in answers] == [405, 405, 405]


def test_a_damaged_closing_is_never_shown(client, year, as_user) -> None:
    factories.year_closing(plan=year.plan, year=2012, snapshot_sha256="0" * 64)
    as_user("oiv")

    answers = [client.get(page()), client.get(page("deviations-csv"))]

    assert [answer.status_code for answer in answers] == [503, 503]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_statements_whatever_its_rows(
    client, year, as_user, django_assert_num_queries, count
) -> None:
    for number in range(count):
        told = year.row(f"Detta {number}", actual="80")
        factories.deviation_reason(plan=year.plan, year=2012, indicator=told)
        year.row(f"Muta {number}")
    as_user("responsabile")
    client.get(page())

    with django_assert_num_queries(23):
        client.get(page())
