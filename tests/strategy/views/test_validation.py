"""The queue of planning: figures beside their target, validated in bulk, returned with a reason."""

import datetime

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from indicators.models import Actual
from organization.models import Unit, User
from strategy.enums import PlanState
from strategy.models import Plan, Recording
from strategy.monitoring_enums import RecordingState
from tests import factories
from tests.strategy.recording import READY, TODAY, second_planner

PAGE = reverse("strategy:validation-list", args=[2024])


@pytest.fixture
def planner(service, client) -> User:
    client.force_login(service.planner)
    return service.planner


def rows(answer) -> dict[str, object]:
    return {row.recording.indicator.name: row for row in answer.context["queue"].rows}


def versions(*recordings: Recording) -> dict[str, int]:
    return {f"version-{one.pk}": one.version for one in recordings}


def states() -> dict[str, str]:
    return dict(Recording.objects.values_list("indicator__name", "state"))


# Shows


def test_each_figure_stands_beside_its_target(client, service, planner):
    service.sent(service.indicator("N. corsi"), note="Compresi quelli a distanza.")
    service.enter(service.indicator("Bozza"), **READY)
    ratio = service.indicator("Quota", "60%", numerator="evase", denominator="totali")
    service.sent(ratio, value="", numerator="1", denominator="2", forecast="at_risk", reason="Sì.")

    answer = client.get(PAGE)
    found = rows(answer)

    assert list(found) == ["N. corsi", "Quota"]
    assert (found["N. corsi"].target.printed, found["N. corsi"].deviation) == ("100", "-60")
    assert (found["Quota"].counts, found["Quota"].deviation.split()[0]) == ("1 / 2", "-10")
    assert [row.is_doubtful for row in found.values()] == [False, True]
    assert [row.is_off for row in found.values()] == [False, False]
    assert (answer.context["queue"].total, answer.context["queue"].choosable) == (2, 2)


@pytest.mark.parametrize(
    ("target", "typed", "is_off", "is_pending"),
    [
        ("30.6.2024", {"value": "28.6.2024"}, False, False),
        ("30.6.2024", {"value": "2.7.2024", "reason": "R.", "cause": "exogenous"}, True, False),
        ("30.6.2024", {"value": "", "reason": "R.", "cause": "exogenous"}, True, True),
        ("31.12.2024", {"value": ""}, False, True),
        ("monitoraggio", {"value": "3", "forecast": ""}, False, False),
        ("100", {"value": "3"}, False, False),
    ],
)
def test_a_target_gone_by_is_off_when_it_is_missed(
    client, service, planner, target, typed, is_off, is_pending
):
    service.sent(service.indicator("N. corsi", target), **typed)

    row = rows(client.get(PAGE))["N. corsi"]

    assert (row.is_off, row.is_pending) == (is_off, is_pending)


def test_at_the_end_of_the_year_every_target_counts(client, service, planner):
    indicator = service.indicator("N. corsi")
    december = factories.monitoring_period(plan=service.plan, ends_on=datetime.date(2024, 12, 31))
    for target, printed in (("N. corsi", "99"), ("Senza target", "3")):
        factories.recording(
            period=december,
            indicator=indicator if target == "N. corsi" else factories.indicator(name=target),
            printed=printed,
            state=RecordingState.SUBMITTED,
        )

    found = rows(client.get(PAGE))

    assert {name: row.is_off for name, row in found.items()} == {
        "N. corsi": True,
        "Senza target": False,
    }


def test_the_queue_is_narrowed_by_unit_and_period(client, service, planner):
    service.sent(service.indicator("N. corsi"))
    factories.recording(
        period=factories.monitoring_period(plan=service.plan, ends_on=datetime.date(2024, 5, 31)),
        indicator=factories.indicator(name="Altro"),
        supplier=Unit.objects.get(slug="risorse-umane"),
        state=RecordingState.SUBMITTED,
    )

    every = client.get(PAGE)
    by_unit = client.get(PAGE, {"unita": "risorse-umane"})
    by_period = client.get(PAGE, {"periodo": "2024-06-30"})
    nothing = client.get(PAGE, {"unita": "risorse-umane", "periodo": "2024-06-30"})

    assert [list(rows(x)) for x in (by_unit, by_period, nothing)] == [["Altro"], ["N. corsi"], []]
    assert (len(rows(every)), len(every.context["queue"].units)) == (2, 2)
    assert nothing.content.decode().count("cp-empty__title") == 1


def test_an_empty_queue_says_so(client, service, planner):
    answer = client.get(PAGE)

    assert (answer.context["queue"].total, answer.content.decode().count("cp-empty__title")) == (
        0,
        1,
    )
    assert "0 figures" not in answer.content.decode()
    assert "0 valori" not in answer.content.decode()


def test_the_own_figures_cannot_be_chosen_and_say_why(client, service, planner):
    made = factories.recording(
        period=service.period,
        indicator=factories.indicator(name="N. obiettivi"),
        entered_by=planner,
        state=RecordingState.SUBMITTED,
    )

    answer = client.get(PAGE)

    row = rows(answer)["N. obiettivi"]
    assert (row.is_own, answer.context["queue"].choosable) == (True, 0)
    html = answer.content.decode()
    assert (html.count('name="chosen"'), html.count(f'value="validate-{made.pk}"')) == (0, 0)
    assert html.count(f'value="return-{made.pk}"') == 1


# Does


def test_one_is_returned_and_the_rest_validated_in_bulk(client, service, planner):
    back, *others = [service.sent(service.indicator(f"N. {number}")) for number in range(3)]
    form = versions(back, *others) | {f"reason-{back.pk}": "Manca la fonte."}

    returned = client.post(PAGE, form | {"act": f"return-{back.pk}"})
    chosen = {"act": "validate", "chosen": [one.pk for one in others]}
    validated = client.post(PAGE, form | chosen)

    assert (returned.status_code, validated.status_code) == (302, 302)
    assert states() == {"N. 0": "returned", "N. 1": "validated", "N. 2": "validated"}
    assert Actual.objects.filter(indicator__in=[x.indicator for x in others]).count() == 2


def test_one_is_validated_by_itself(client, service, planner):
    first, second = (service.sent(service.indicator(f"N. {number}")) for number in range(2))

    client.post(PAGE, versions(first, second) | {"act": f"validate-{second.pk}"})

    assert states() == {"N. 0": "submitted", "N. 1": "validated"}


def test_a_reason_is_kept_without_what_no_database_holds(client, service, planner):
    sent = service.sent(service.indicator("N. corsi"))
    form = versions(sent) | {f"reason-{sent.pk}": "Manca\0 la fonte."}

    client.post(PAGE, form | {"act": f"return-{sent.pk}"})

    assert Recording.objects.get(pk=sent.pk).return_reason == "Manca la fonte."


def test_a_figure_that_a_substitute_sent_says_who_entered_it_and_who_sent_it_for_whom(
    client, service, planner
):
    indicator = service.indicator("N. corsi")
    service.enter(indicator, **READY)
    people = {"head": service.head.person, "delegate": planner.person}
    factories.delegation(unit=service.unit, starts_on=TODAY, ends_on=TODAY, **people)
    service.enter(indicator, by=User.objects.get(pk=planner.pk), submit=True, **READY)

    queue = client.get(PAGE)
    client.force_login(service.head)
    sheet = client.get(reverse("strategy:recording-list", args=[2024]))

    said = " ".join(strip_tags(queue.content.decode().replace("<", " <")).split())
    words = "inserito da Giada Presunto inviato da Olga Comparsa per Giada Presunto"
    assert (said.count(words), rows(queue)["N. corsi"].is_own) == (1, True)
    assert said.count("L'hai inviato tu: lo convalida un collega.") == 1
    assert (
        strip_tags(sheet.content.decode()).count(
            "Inserito da Giada Presunto il giorno 5.7.2024. "
            "Inviato da Olga Comparsa per Giada Presunto il giorno 5.7.2024."
        )
        == 1
    )


def test_a_figure_that_a_colleague_sent_says_so(client, service, planner):
    sent = service.sent(service.indicator("N. corsi"))
    Recording.objects.filter(pk=sent.pk).update(submitted_by=second_planner())

    client.force_login(service.head)
    sheet = client.get(reverse("strategy:recording-list", args=[2024]))

    name = Recording.objects.get().submitted_by
    assert strip_tags(sheet.content.decode()).count(f". Inviato da {name} il giorno 5.7.2024.") == 1


# Refused


def test_a_missing_reason_is_told_at_its_field_and_at_the_top(client, service, planner):
    sent = service.sent(service.indicator("N. corsi"))

    answer = client.post(PAGE, versions(sent) | {"act": f"return-{sent.pk}"})

    row = rows(answer)["N. corsi"]
    assert (answer.status_code, row.error, row.is_open) == (200, answer.context["error"], True)
    assert answer.context["refused"] == row
    assert answer.content.decode().count(f'href="#reason-{sent.pk}"') == 1
    assert states() == {"N. corsi": "submitted"}


@pytest.mark.parametrize("verb", ["return", "validate"])
def test_what_was_ticked_stays_ticked_when_another_row_is_refused(client, service, planner, verb):
    ticked, other = (service.sent(service.indicator(f"N. {number}")) for number in range(2))
    form = versions(ticked) | {"act": f"{verb}-{other.pk}", "chosen": [ticked.pk]}

    answer = client.post(PAGE, form)

    found = rows(answer)
    assert {name: row.is_chosen for name, row in found.items()} == {"N. 0": True, "N. 1": False}
    assert (answer.context["refused"], bool(answer.context["error"])) == (found["N. 1"], True)
    assert answer.content.decode().count(f'href="#q-{other.pk}"') == 1
    assert set(states().values()) == {"submitted"}


def test_a_figure_that_waits_no_more_is_told_without_a_way_to_it(client, service, planner):
    sent = service.sent(service.indicator("N. corsi"))
    form = versions(sent) | {"act": f"validate-{sent.pk}"}
    client.post(PAGE, form)

    answer = client.post(PAGE, form)

    assert (answer.status_code, answer.context["refused"]) == (409, None)


def test_a_correction_stands_beside_what_it_replaces(client, service, planner):
    first = service.sent(service.indicator("N. corsi"))
    client.post(PAGE, versions(first) | {"act": f"validate-{first.pk}"})
    service.enter(first.indicator, value="41", forecast="yes", correction="Doppioni.", submit=True)

    row = rows(client.get(PAGE))["N. corsi"]

    assert (row.recording.printed, row.corrected) == ("41", "40")


def test_what_changed_meanwhile_is_told_and_the_choice_stays(client, service, planner):
    first, second = (service.sent(service.indicator(f"N. {number}")) for number in range(2))
    form = versions(first) | {"act": "validate", "chosen": [first.pk, second.pk]}
    other = {f"reason-{first.pk}": "Ci penso."}

    answer = client.post(PAGE, form | other)

    assert (answer.status_code, bool(answer.context["error"])) == (409, True)
    found = rows(answer)
    assert [row.is_chosen for row in found.values()] == [True, True]
    assert (found["N. 0"].reason, set(states().values())) == ("Ci penso.", {"submitted"})


def test_nothing_chosen_is_told(client, service, planner):
    service.sent(service.indicator())

    assert client.post(PAGE, {"act": "validate", "chosen": "x"}).status_code == 409


def test_an_own_figure_is_not_validated_by_a_hand_made_form(client, service, planner):
    made = factories.recording(
        period=service.period,
        indicator=factories.indicator(name="N. obiettivi"),
        entered_by=planner,
        state=RecordingState.SUBMITTED,
    )

    answer = client.post(PAGE, versions(made) | {"act": f"validate-{made.pk}"})

    assert (answer.status_code, states()) == (409, {"N. obiettivi": "submitted"})


@pytest.mark.parametrize("act", ["", "delete", "return", "return-x", "validate-0"])
def test_an_unknown_act_is_a_bad_request(client, service, planner, act):
    assert client.post(PAGE, {"act": act}).status_code == 400


def test_an_outsider_gets_404(client, service, bergamo):
    Plan.objects.filter(pk=service.plan.pk).update(state=PlanState.DRAFT)
    client.force_login(bergamo.user("dipendente"))

    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("username", ["responsabile", "segretario", "oiv"])
def test_a_reader_gets_403(client, service, bergamo, username):
    sent = service.sent(service.indicator("N. corsi"))
    client.force_login(bergamo.user(username))

    answers = [client.get(PAGE), client.post(PAGE, {"act": f"validate-{sent.pk}"})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert states() == {"N. corsi": "submitted"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_statements_do_not_grow_with_the_figures(
    client, service, planner, django_assert_num_queries, count
):
    for number in range(count):
        service.sent(service.indicator(f"N. {number}"))

    with django_assert_num_queries(8):
        client.get(PAGE)
