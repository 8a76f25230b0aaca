"""The scorecards of the ente and of a dashboard."""

import pytest
from django.urls import reverse

from indicators.enums import AttainmentBand
from indicators.models import Actual, Indicator
from strategy.enums import DashboardKind, PlanState
from strategy.models import DashboardRow, Plan
from tests import factories

ENTE = "/piano/2021/risultati/"
AGENCY = "/piano/2021/risultati/azienda-speciale/"


def scored(small, count: int) -> None:
    """Rows with a target and a result in the year before the small plan."""
    for row in small.add_rows(count):
        year = small.plan.first_year
        factories.target(indicator=row.indicator, cycle=year, year=year - 1, printed="100")


def matech() -> int:
    return Indicator.objects.get(name__contains="Matech Point").pk


# Shows


def test_ente_shows_levels_years_and_everybody(client, employee) -> None:
    answer = client.get(ENTE)

    card = answer.context["card"]
    text = answer.content.decode()
    assert (answer.context["year"], card.mean.mark.text) == (2020, "98,4%")
    assert [len(node.children) for node in card.body.children] == [6, 3, 2, 1]
    assert len(answer.context["others"]) == 12
    for node in card.objectives:
        assert f'href="{node.url}"' in text


@pytest.mark.parametrize(
    "path",
    [
        ENTE,
        AGENCY,
        "/piano/2021/scostamenti/",
        "/piano/2021/oiv/2020/",
        "/piano/2021/da-rilevare/?unita=registro-imprese&periodo=2021-06-30",
    ],
)
def test_while_a_revision_is_prepared_its_targets_are_told_apart(client, bergamo, path) -> None:
    words = "La REV. 1 è in preparazione"
    client.force_login(bergamo.user("responsabile" if "da-rilevare" in path else "pianificazione"))
    before = client.get(path).content.decode()
    Plan.objects.filter(first_year=2021).update(
        state=PlanState.UPDATING, revision=1, update_reason="Variazione."
    )

    during = client.get(path).content.decode()

    assert (words in before, words in during) == (False, True)
    assert "resta in vigore la REV. 0" in during
    assert 'href="/piano/2021/confronto/"' in during


def test_unit_shows_its_rows_worst_first(client, employee) -> None:
    answer = client.get(AGENCY)

    lines = answer.context["lines"]
    assert [line.mark.text for line in lines[:3]] == ["69,2%", "75,0%", "77,0%"]
    assert answer.context["card"].mean.mark.text == "93,9%"
    assert answer.context["year"] == 2020


def test_every_percentage_has_its_reason_one_click_away(client, employee) -> None:
    answer = client.get(AGENCY)

    text = answer.content.decode()
    for line in answer.context["lines"]:
        for step in line.explanation.formula:
            assert step in text
    # One for the scorecard, one for each row.
    assert text.count('<details class="cp-why') == 1 + len(answer.context["lines"])


def test_order_of_the_plan_can_be_asked_for(client, employee) -> None:
    answer = client.get(AGENCY, {"ordine": "piano"})

    assert answer.context["lines"] == answer.context["card"].lines


def test_objectives_of_the_ente_can_be_sorted_by_worst(client, employee) -> None:
    answer = client.get(ENTE, {"ordine": "peggiori"})

    assert [node.code for node in answer.context["objectives"]][:3] == ["1.4", "1.6", "1.3"]
    assert [one.dashboard.code for one in answer.context["others"]][:2] == ["DIR", "RI"]


def test_a_year_is_chosen_in_the_address(client, employee) -> None:
    row = DashboardRow.objects.filter(dashboard__slug="azienda-speciale").first()
    factories.actual(indicator=row.indicator, year=2021, printed="10")

    years = [
        client.get(AGENCY, query).context["year"]
        for query in ({}, {"anno": "2020"}, {"anno": "1999"}, {"anno": "?"})
    ]

    assert years == [2021, 2020, 2021, 2021]


def test_the_selector_leads_to_the_scorecard_chosen(client, employee) -> None:
    query = {"scheda": "segretario-generale", "anno": "2020", "ordine": "piano"}

    answer = client.get(ENTE, query)

    assert (answer.status_code, answer.url) == (
        302,
        "/piano/2021/risultati/segretario-generale/?anno=2020&ordine=piano",
    )
    assert client.get(AGENCY, {"scheda": "strategico"}).url == ENTE
    assert client.get(AGENCY, {"scheda": "azienda-speciale"}).status_code == 200
    assert client.get(AGENCY, {"scheda": "nessuna"}).status_code == 200


def test_scorecard_of_the_ente_has_one_address(client, employee) -> None:
    answer = client.get(f"{ENTE}strategico/")

    assert (answer.status_code, answer.url) == (302, ENTE)


def test_provisional_is_said(client, employee, small) -> None:
    scored(small, 1)
    address = reverse("strategy:scorecards", args=[small.plan.first_year])
    whole = client.get(address)
    small.add_row("senza consuntivo")
    waiting = small.strategic.rows.last().indicator
    year = small.plan.first_year
    factories.target(indicator=waiting, cycle=year, year=year - 1, printed="100")
    Actual.objects.filter(indicator=waiting).delete()

    partial = client.get(address)

    assert not whole.context["card"].mean.aggregate.is_provisional
    assert "cp-note--caution" not in whole.content.decode()
    assert partial.context["card"].mean.aggregate.missing == 1
    assert "cp-note--caution" in partial.content.decode()


def test_measured_before_the_end_of_the_year_is_said(client, employee, small) -> None:
    scored(small, 1)
    early = f"{small.plan.first_year - 1}-06-30"
    Actual.objects.filter(indicator__rows__dashboard=small.service).update(measured_on=early)

    answer = client.get(reverse("strategy:scorecards", args=[small.plan.first_year]))

    assert answer.context["card"].mean.aggregate.early == 1
    assert "cp-note--caution" in answer.content.decode()


def test_the_forecast_stands_in_the_place_of_the_band_during_the_year(
    client, employee, small
) -> None:
    scored(small, 1)
    year = small.plan.first_year - 1
    early = Actual.objects.filter(indicator__rows__dashboard=small.service)
    early.update(measured_on=f"{year}-06-30")
    period = factories.monitoring_period(plan=small.plan)
    factories.recording(
        period=period,
        indicator=early.get().indicator,
        actual=early.get(),
        state="validated",
        forecast="at_risk",
    )
    address = reverse("strategy:scorecard-detail", args=[small.plan.first_year, small.service.slug])

    [line] = client.get(address).context["card"].lines
    shown = client.get(address).content.decode()
    early.update(measured_on=f"{year}-12-31")
    [whole] = client.get(address).context["card"].lines

    assert (line.forecast.word, line.forecast.tone) == ("a rischio", "caution")
    assert "previsione al 31 dicembre" in shown
    assert whole.forecast.word == ""


def test_plan_without_results_says_what_to_do(client, employee, small) -> None:
    address = reverse("strategy:scorecards", args=[small.plan.first_year])
    unit = reverse("strategy:scorecard-detail", args=[small.plan.first_year, small.service.slug])

    answers = [client.get(one) for one in (address, unit)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.context["year"] for answer in answers] == [None, None]
    assert all('class="cp-empty"' in answer.content.decode() for answer in answers)


def test_unit_without_anything_to_measure_says_so(client, employee, small) -> None:
    small.add_rows(1)
    unit = reverse("strategy:scorecard-detail", args=[small.plan.first_year, small.service.slug])

    answer = client.get(unit)

    assert (answer.context["lines"], len(answer.context["card"].outside)) == ((), 1)
    assert 'class="cp-empty"' in answer.content.decode()


# “E se…”


def test_a_value_is_tried_without_being_saved(client, employee) -> None:
    before = Actual.objects.count()

    answer = client.get(AGENCY, {"prova": matech(), "valore": "65"})

    card = answer.context["card"]
    assert (card.mean.mark.text, card.would_be.mark.text) == ("93,9%", "96,0%")
    assert (Actual.objects.count(), answer.context["trial"].error) == (before, "")
    assert f'value="{matech()}:65"' in answer.content.decode()


def test_a_value_is_tried_on_the_ente(client, employee) -> None:
    pk = Indicator.objects.get(name="Progetto: Turismo").pk

    answer = client.get(ENTE, {"prova": pk, "valore": "50%"})

    card = answer.context["card"]
    assert (card.mean.mark.text, card.would_be.mark.text) == ("98,4%", "97,8%")
    assert [node.code for node in card.moved if node.code] == ["1.1"]


def test_wrong_notation_is_said_and_what_was_typed_stays(client, employee) -> None:
    answer = client.get(AGENCY, {"prova": matech(), "valore": "sessanta"})

    text = answer.content.decode()
    assert answer.context["card"].would_be is None
    assert 'value="sessanta"' in text
    assert 'role="alert"' in text
    assert f'<option value="{matech()}" selected>' in text


@pytest.mark.parametrize("typed", ["65%", "-", "n.d.", "1.1.2020", "monitoraggio"])
def test_a_value_that_gives_no_degree_is_refused_and_moves_nothing(client, employee, typed) -> None:
    answer = client.get(AGENCY, {"prova": matech(), "valore": typed})

    text = answer.content.decode()
    assert answer.context["card"].would_be is None
    assert f'name="valore" type="text" value="{typed}"' in text
    assert 'id="try-error" role="alert"' in text
    assert answer.context["trial"].error.endswith("Il target è 65.")


def test_what_is_typed_is_shown_as_text(client, employee) -> None:
    answer = client.get(AGENCY, {"prova": matech(), "valore": '"><script>'})

    assert "<script>alert" not in answer.content.decode()
    assert 'value="&quot;&gt;&lt;script&gt;"' in answer.content.decode()


def test_an_indicator_of_another_scorecard_is_not_tried(client, employee) -> None:
    pk = Indicator.objects.get(name__startswith="Scarto documentazione").pk

    answer = client.get(AGENCY, {"prova": pk, "valore": "1.1.2020"})

    assert (answer.context["card"].would_be, bool(answer.context["trial"].error)) == (None, True)


def test_pdf_of_a_scorecard_is_asked_for_from_its_page(client, employee) -> None:
    text = client.get(AGENCY).content.decode()

    assert f'action="{AGENCY}pdf/?anno=2020"' in text


def test_plan_without_results_has_no_scorecard_to_print(client, employee, small) -> None:
    address = reverse("strategy:scorecard-pdf", args=[small.plan.first_year, small.service.slug])

    assert client.get(address).status_code == 404
    assert client.get(f"{ENTE}pola/pdf/").status_code == 404


# The limits of the bands


@pytest.fixture
def updating(small) -> Plan:
    """The small plan while its next revision is prepared."""
    Plan.objects.filter(pk=small.plan.pk).update(state="updating", update_reason="Bilancio.")
    small.plan.refresh_from_db()
    return small.plan


def limits_of(plan) -> str:
    return reverse("strategy:band-limits", args=[plan.first_year])


def test_planning_sets_the_limits(client, bergamo, small, updating) -> None:
    scored(small, 1)
    client.force_login(bergamo.user("pianificazione"))
    page = reverse("strategy:scorecards", args=[updating.first_year])
    shown = client.get(page).content.decode()
    data = {"beyond_above": "110", "reached_from": "92,5", "partly_reached_from": "75"}

    answer = client.post(limits_of(updating), data)

    updating.refresh_from_db()
    assert f'href="{limits_of(updating)}"' in shown
    assert (answer.status_code, answer.url) == (302, page)
    assert str(updating.reached_from) == "92.50"
    assert client.get(page).context["card"].mean.mark.band == AttainmentBand.PARTLY_REACHED


def test_limits_that_do_not_go_up_stay_as_typed(client, bergamo, updating) -> None:
    client.force_login(bergamo.user("pianificazione"))
    data = {"beyond_above": "100", "reached_from": "60,5", "partly_reached_from": "75"}

    answer = client.post(limits_of(updating), data)

    updating.refresh_from_db()
    assert (answer.status_code, answer.context["form"]["reached_from"].value()) == (400, "60,5")
    assert bool(answer.context["form"].errors) is True
    assert str(updating.reached_from) == "90.00"


def test_limits_refuse_the_reader_and_the_adopted_plan(client, bergamo, small, updating) -> None:
    client.force_login(bergamo.user("segretario"))
    reader = client.post(limits_of(updating), {})
    client.force_login(bergamo.user("pianificazione"))
    adopted = client.post("/piano/2021/risultati/fasce/", {})

    assert (reader.status_code, adopted.status_code) == (403, 409)
    assert set(Plan.objects.values_list("reached_from", flat=True)) == {90}


# Refused


def test_draft_is_not_found_by_the_outsider(client, employee, draft) -> None:
    scored(draft, 1)
    year = draft.plan.first_year
    addresses = [
        reverse("strategy:scorecards", args=[year]),
        reverse("strategy:scorecard-detail", args=[year, draft.service.slug]),
    ]

    answers = [client.get(address) for address in addresses]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert all("N. cose 0" not in answer.content.decode() for answer in answers)


def test_scorecard_of_another_plan_and_of_agile_work_are_not_found(client, employee, small) -> None:
    other = reverse("strategy:scorecard-detail", args=[2021, small.service.slug])

    assert client.get(other).status_code == 404
    assert client.get(f"{ENTE}pola/").status_code == 404


@pytest.mark.parametrize("address", [ENTE, AGENCY])
def test_scorecards_refuse_to_be_written_to(client, employee, address) -> None:
    before = Actual.objects.count()

    assert client.post(address, {"prova": matech(), "valore": "65"}).status_code == 405
    assert Actual.objects.count() == before


# Cost


@pytest.mark.parametrize("count", [1, 3])
def test_ente_takes_the_same_statements_whatever_its_rows(
    client, employee, small, django_assert_num_queries, count
) -> None:
    scored(small, count)
    for number in range(count):
        factories.dashboard(plan=small.plan, kind=DashboardKind.UNIT, position=3 + number)

    with django_assert_num_queries(11):
        client.get(reverse("strategy:scorecards", args=[small.plan.first_year]))


@pytest.mark.parametrize("count", [1, 3])
def test_unit_takes_the_same_statements_whatever_its_rows(
    client, employee, small, django_assert_num_queries, count
) -> None:
    scored(small, count)
    address = reverse("strategy:scorecard-detail", args=[small.plan.first_year, small.service.slug])

    with django_assert_num_queries(12):
        client.get(address)
