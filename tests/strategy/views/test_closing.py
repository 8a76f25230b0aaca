"""The page on which a year comes to its end."""

import datetime
import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from indicators.enums import Treatment
from organization.models import User
from strategy.enums import PlanState
from strategy.models import Plan, Resolution, YearClosing
from strategy.monitoring_enums import RecordingState, ResolutionState
from strategy.operations import close_year, propose_exclusions
from strategy.snapshots import canonical, plan_snapshot
from tests import factories


@pytest.fixture
def as_user(client, bergamo):
    def sign_in(username: str) -> User:
        user = bergamo.user(username)
        client.force_login(user)
        return user

    return sign_in


@pytest.fixture
def page(year) -> str:
    return reverse("strategy:year-closing", args=[2011, 2012])


def standing(year) -> list[tuple[str, str, str]]:
    found = Resolution.objects.of_year(year.plan, year.year).select_related("indicator")
    return [(x.indicator.name, x.treatment, x.state) for x in found.order_by("pk")]


def names(lines) -> list[str]:
    return [one.line.name for one in lines]


def test_the_page_shows_what_is_missing_and_offers_the_three_ways(
    client, year, page, as_user
) -> None:
    as_user("pianificazione")
    year.row("Misurato", actual="80")
    missing = year.row("Manca")

    answer = client.get(page)

    report = answer.context["report"]
    assert (names(report.open_lines), report.unresolved_count) == (["Manca"], 1)
    assert (report.expected_count, report.measured_count) == (2, 1)
    text = answer.content.decode()
    assert text.count(f'name="chosen" value="{missing.pk}"') == 1
    acts = ["propose_exclusions", "count_as_zero", "close_year"]
    assert [text.count(f'value="{act}"') for act in acts] == [1, 1, 0]
    assert answer.context["may_close"] is False


def test_a_year_that_runs_is_not_told_to_lack_its_results(
    client, year, page, as_user, settings
) -> None:
    settings.DEMO_DATE = datetime.date(2012, 2, 10)
    as_user("pianificazione")
    year.row("Manca")

    running = client.get(page).content.decode()
    settings.DEMO_DATE = datetime.date(2013, 2, 10)
    over = client.get(page).content.decode()

    assert ("Il 2012 non è ancora finito: " in running, "cp-kpis__alert" in running) == (
        True,
        False,
    )
    assert ("Il 2012 non è ancora finito: " in over, "cp-kpis__alert" in over) == (False, True)


def test_where_the_value_is_written_while_the_plan_is_open(client, year, page, as_user) -> None:
    Plan.objects.filter(pk=year.plan.pk).update(state=PlanState.UPDATING, update_reason="Altro.")
    as_user("pianificazione")
    first = year.row("Strategico")
    second = year.row("Operativo", strategic=False)

    lines = client.get(page).context["report"].open_lines

    assert [one.value_url for one in lines] == [
        f"{reverse('strategy:strategic-dashboard-edit', args=[2011])}#a{first.pk}-2012",
        f"{reverse('strategy:dashboard-edit', args=[2011, 'registro'])}#a{second.pk}-2012",
    ]


def test_the_head_is_offered_what_the_unit_supplies(client, year, page, as_user) -> None:
    as_user("responsabile")
    mine = year.row("Sua")
    year.row("Altrui", supplier=factories.unit())

    answer = client.get(page)

    assert names(answer.context["report"].open_lines) == ["Sua", "Altrui"]
    assert answer.content.decode().count('name="chosen"') == 1
    assert answer.content.decode().count(f'value="{mine.pk}"') == 1


def test_the_way_in_is_the_last_year_that_is_over(client, year, as_user, settings) -> None:
    as_user("dipendente")

    answer = client.get(reverse("strategy:closings", args=[2011]))
    assert answer.url == reverse("strategy:year-closing", args=[2011, 2013])

    plan = factories.plan(first_year=2098, state=PlanState.PUBLISHED)
    answer = client.get(reverse("strategy:closings", args=[2098]))
    assert answer.url == reverse("strategy:year-closing", args=[2098, plan.baseline_year])


def test_planning_proposes_the_secretary_approves_and_closes(client, year, page, as_user) -> None:
    as_user("pianificazione")
    left_out, zero = year.row("Esclusa"), year.row("A zero")

    answer = client.post(
        page, {"act": "propose_exclusions", "chosen": [left_out.pk], "reason": "Annullato."}
    )
    assert answer.url == page
    client.post(page, {"act": "count_as_zero", "chosen": [zero.pk], "reason": ""})
    shown = client.get(page)
    [waiting] = shown.context["report"].waiting
    # Nothing lacks a result any more: what is said is what it waits for.
    text = shown.content.decode()
    assert "1 esclusione aspetta l’approvazione del Segretario Generale" in text
    assert "né una decisione" not in text
    as_user("segretario")
    client.post(page, {"act": "approve_exclusions", "chosen": [waiting.resolution.pk]})
    answer = client.post(page, {"act": "close_year"})

    assert answer.url == page
    assert standing(year) == [
        ("Esclusa", Treatment.EXCLUDED, ResolutionState.IN_FORCE),
        ("A zero", Treatment.ZERO, ResolutionState.IN_FORCE),
    ]
    shown = client.get(page)
    assert shown.context["closing"] == YearClosing.objects.get()
    assert [one.line.name for one in shown.context["report"].decided] == ["Esclusa", "A zero"]
    assert shown.content.decode().count('value="withdraw_resolutions"') == 1
    assert shown.content.decode().count('name="chosen"') == 0


def test_a_closed_year_shows_what_was_closed(client, year, page, as_user, secretary) -> None:
    indicator = year.row("A", actual="80")
    close_year(year.plan, year.year, by=secretary)
    indicator.name = "Altro nome"
    indicator.save()
    as_user("dipendente")

    report = client.get(page).context["report"]

    assert [line.name for line in report.report.lines] == ["A"]


def test_the_secretary_opens_it_again_with_a_reason(client, year, page, as_user) -> None:
    close_year(year.plan, year.year, by=as_user("segretario"))

    refused = client.post(page, {"act": "reopen_year", "reason": ""})
    client.post(page, {"act": "reopen_year", "reason": "Dato rettificato."})

    assert (refused.status_code, "reason" in refused.context["reason_form"].errors) == (200, True)
    [closing] = client.get(page).context["closings"]
    assert closing.reopening.reason == "Dato rettificato."
    assert client.get(page).context["closing"] is None


def test_a_refusal_keeps_what_was_typed_and_ticked(client, year, page, as_user) -> None:
    as_user("pianificazione")
    indicator = year.row("Manca")

    nothing = client.post(page, {"act": "count_as_zero", "reason": "Perché così."})
    no_reason = client.post(page, {"act": "propose_exclusions", "chosen": [indicator.pk]})

    text = nothing.content.decode()
    assert (nothing.status_code, text.count("Perché così.")) == (200, 1)
    assert nothing.context["missing_error"]
    assert no_reason.context["decision_form"].errors["reason"]
    assert no_reason.content.decode().count(f'value="{indicator.pk}" checked') == 1
    assert standing(year) == []


def test_a_choice_that_is_not_a_number_is_no_choice(client, year, page, as_user) -> None:
    as_user("pianificazione")

    answer = client.post(page, {"act": "count_as_zero", "chosen": ["x", "²"]})

    assert (answer.status_code, bool(answer.context["missing_error"])) == (200, True)


def test_what_changed_meanwhile_is_said_with_409(client, year, page, as_user) -> None:
    as_user("segretario")
    year.row("Manca")

    stopped = client.post(page, {"act": "close_year"})
    gone = client.post(page, {"act": "approve_exclusions", "chosen": [999]})

    assert (stopped.status_code, gone.status_code) == (409, 409)
    assert stopped.context["refused"].non_field_errors()
    assert YearClosing.objects.count() == 0


def test_a_decision_is_taken_back_from_the_list(client, year, page, as_user) -> None:
    as_user("pianificazione")
    made = factories.resolution(plan=year.plan, year=2012, indicator=year.row("A"))

    client.post(page, {"act": "withdraw_resolutions", "chosen": [made.pk]})

    assert [state for _name, _treatment, state in standing(year)] == [ResolutionState.WITHDRAWN]


def test_the_secretary_refuses_with_a_reason(client, year, page, as_user, planner) -> None:
    [made] = propose_exclusions(
        year.plan, 2012, indicators=[year.row("A").pk], reason="Perso.", by=planner
    )
    as_user("segretario")

    refused = client.post(page, {"act": "refuse_exclusions", "chosen": [made.pk]})
    client.post(page, {"act": "refuse_exclusions", "chosen": [made.pk], "reason": "C’è."})

    assert refused.context["refusal_form"].errors["reason"]
    assert [state for _name, _treatment, state in standing(year)] == [ResolutionState.REFUSED]


@pytest.mark.parametrize(
    ("username", "refused"),
    [
        (
            "pianificazione",
            {"approve_exclusions", "refuse_exclusions", "close_year", "reopen_year"},
        ),
        ("responsabile", {"approve_exclusions", "refuse_exclusions", "close_year", "reopen_year"}),
        ("segretario", {"propose_exclusions"}),
        ("oiv", "everything"),
        ("dipendente", "everything"),
        ("amministratore", "everything"),
    ],
)
def test_each_does_what_is_his(client, year, page, as_user, username, refused) -> None:
    as_user(username)
    acts = [
        "propose_exclusions",
        "count_as_zero",
        "approve_exclusions",
        "refuse_exclusions",
        "withdraw_resolutions",
        "close_year",
        "reopen_year",
    ]
    year.row("Manca")

    answers = {act: client.post(page, {"act": act}).status_code for act in acts}

    wanted = set(acts) if refused == "everything" else refused
    assert {act for act, status in answers.items() if status == 403} == wanted


def test_a_reader_sees_no_act(client, year, page, as_user) -> None:
    year.row("Manca")
    as_user("dipendente")

    answer = client.get(page)

    assert names(answer.context["report"].open_lines) == ["Manca"]
    assert answer.content.decode().count('name="act"') == 0


def test_a_stranger_to_the_plan_finds_nothing(client, year, page, as_user) -> None:
    Plan.objects.filter(pk=year.plan.pk).update(state=PlanState.DRAFT)
    as_user("dipendente")

    assert client.get(page).status_code == 404
    assert client.post(page, {"act": "close_year"}).status_code == 404


@pytest.mark.parametrize("at", [2009, 2014])
def test_a_year_of_which_the_plan_gives_no_account(client, year, as_user, at) -> None:
    as_user("pianificazione")

    assert client.get(reverse("strategy:year-closing", args=[2011, at])).status_code == 404


def test_a_year_that_has_not_begun_is_not_there(client, year, as_user, settings) -> None:
    settings.DEMO_DATE = datetime.date(2021, 7, 5)
    as_user("pianificazione")
    page = reverse("strategy:year-closing", args=[2021, 2022])

    assert client.get(page).status_code == 404


def test_wrong_methods_and_unknown_acts(client, year, page, as_user) -> None:
    as_user("segretario")

    assert client.put(page).status_code == 405
    assert client.post(page, {"act": "burn"}).status_code == 400


def test_the_data_of_a_closing_are_given_out_as_they_are(client, year, as_user, secretary) -> None:
    year.row("A", actual="80")
    closing = close_year(year.plan, 2012, by=secretary)
    as_user("dipendente")
    address = reverse("strategy:year-closing-data", args=[2011, 2012, 1])

    answer = client.get(address)

    assert answer.content.decode() == closing.snapshot
    assert json.loads(answer.content)["year"] == 2012
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="anno-2012-chiusura-1.json"'
    )
    assert client.post(address).status_code == 405
    other = reverse("strategy:year-closing-data", args=[2011, 2012, 2])
    assert client.get(other).status_code == 404


def test_a_damaged_closing_is_never_shown(client, year, page, as_user) -> None:
    closing = factories.year_closing(plan=year.plan, year=2012, snapshot_sha256="0" * 64)
    as_user("oiv")
    data = reverse("strategy:year-closing-data", args=[2011, 2012, 1])

    answers = [client.get(page), client.get(data)]

    assert [answer.status_code for answer in answers] == [503, 503]
    assert [answer.context["closing"] for answer in answers] == [closing, closing]


def test_the_closed_column_is_shut_in_the_grid(client, year, as_user, secretary) -> None:
    indicator = year.row("A", actual="80")
    close_year(year.plan, 2012, by=secretary)
    Plan.objects.filter(pk=year.plan.pk).update(state=PlanState.UPDATING, update_reason="Altro.")
    as_user("pianificazione")
    page = reverse("strategy:strategic-dashboard-edit", args=[2011])

    grid = client.get(page).content.decode()
    form = client.get(f"{page}?modulo=1").content.decode()

    assert grid.count('data-c="a2012">') == 1
    assert grid.count('data-c="a2011" data-open>') == 1
    assert form.count(f'name="a{indicator.pk}-2012"') == 0
    assert form.count(f'name="a{indicator.pk}-2011"') == 1


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("username", ["pianificazione", "segretario"])
def test_the_page_takes_the_same_statements_whatever_its_rows(
    client, year, page, as_user, planner, django_assert_num_queries, count, username
) -> None:
    period = factories.monitoring_period(plan=year.plan, ends_on=datetime.date(2012, 12, 31))
    for number in range(count):
        factories.recording(
            period=period,
            indicator=year.row(f"Manca {number}"),
            state=RecordingState.SUBMITTED,
        )
        factories.resolution(plan=year.plan, year=2012, indicator=year.row(f"Zero {number}"))
        waits = year.row(f"Aspetta {number}")
        propose_exclusions(year.plan, 2012, indicators=[waits.pk], reason="Perso.", by=planner)
    as_user(username)
    client.get(page)

    with django_assert_num_queries(26):
        client.get(page)


def test_refused_by_the_model_too(year, secretary) -> None:
    closing = close_year(year.plan, 2012, by=secretary)

    with pytest.raises(ValidationError):
        closing.save()


@pytest.mark.parametrize("is_damaged", [False, True])
def test_the_page_says_that_a_revision_holds_the_year_up_before_it_is_tried(
    client, year, page, as_user, is_damaged
) -> None:
    as_user("segretario")
    measured = year.row("Misurato", actual="80")
    hashes = {"snapshot_sha256": "0" * 64} if is_damaged else {}
    factories.edition(plan=year.plan, snapshot=canonical(plan_snapshot(year.plan)), **hashes)
    Plan.objects.filter(pk=year.plan.pk).update(state=PlanState.UPDATING, update_reason="Altro.")
    measured.targets.update(printed="200", number=200)

    shown, refused = client.get(page), client.post(page, {"act": "close_year"})

    assert (shown.context["may_close"], refused.status_code) == (False, 409)
    text = shown.content.decode()
    words = "non ha più l’impronta" if is_damaged else "cambia target, righe o fasce del 2012"
    assert text.count(words) == 1
    assert "Non manca nulla, ma l’anno attende la revisione del piano." in text
    assert text.count('name="act" value="close_year"') == 0


@pytest.mark.parametrize(("username", "links"), [("segretario", 0), ("pianificazione", 1)])
def test_the_figures_that_wait_are_named_before_the_button(
    client, year, page, as_user, username, links
) -> None:
    as_user(username)
    period = factories.monitoring_period(plan=year.plan, ends_on=datetime.date(2012, 12, 31))
    sent = factories.recording(
        period=period,
        indicator=year.row("Corsi", actual="95"),
        printed="",
        state=RecordingState.SUBMITTED,
    )

    shown = client.get(page)

    text = shown.content.decode()
    queue = f"/piano/2011/da-validare/?periodo=2012-12-31#q-{sent.pk}"
    assert (text.count(f'href="{queue}"'), shown.context["may_close"]) == (links, False)
    assert text.count("1 valore del 2012 attende la validazione") == 1
    assert text.count("1 valore attende la validazione.") == 1
    assert text.count('name="act" value="close_year"') == 0
    report = shown.context["report"]
    assert [(one.name, one.url) for one in report.pending] == [
        ("Corsi (31.12.2012)", queue if links else "")
    ]


def test_a_figure_sent_meanwhile_is_said_with_409(client, year, page, as_user) -> None:
    as_user("segretario")
    factories.recording(
        period=factories.monitoring_period(plan=year.plan, ends_on=datetime.date(2012, 6, 30)),
        indicator=year.row("Corsi", actual="95"),
        state=RecordingState.SUBMITTED,
    )

    refused = client.post(page, {"act": "close_year"})

    assert refused.status_code == 409
    words = "Non chiuso: 1 valore attende che la pianificazione lo validi o lo restituisca. Corsi"
    assert refused.content.decode().count(f"{words} (30.6.2012)") == 1
    assert not YearClosing.objects.exists()
