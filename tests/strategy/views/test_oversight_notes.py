"""The page of the notes: who reads, writes, answers, withdraws; what is refused."""

import pytest
from django.urls import reverse

from strategy.models import OversightNote
from tests import factories


@pytest.fixture
def as_user(client, bergamo):
    def sign_in(username: str):
        user = bergamo.user(username)
        client.force_login(user)
        return user

    return sign_in


@pytest.fixture
def note(year, bergamo) -> OversightNote:
    return factories.oversight_note(
        plan=year.plan, year=2012, text="Dove sono?", written_by=bergamo.user("oiv")
    )


def page(about: str = "", at: int = 2012) -> str:
    address = reverse("strategy:oversight-notes", args=[2011, at])
    return f"{address}?su={about}" if about else address


def texts() -> list[str]:
    return list(OversightNote.objects.order_by("pk").values_list("text", flat=True))


def test_the_oiv_writes_on_the_year(client, year, as_user) -> None:
    as_user("oiv")

    answer = client.post(page(), {"act": "scrivi", "text": "Dove sono?"})

    assert (answer.url, texts()) == (page(), ["Dove sono?"])
    [thread] = client.get(page()).context["threads"]
    assert (thread.voice.note.text, thread.answer_form, thread.url) == ("Dove sono?", None, "")


def test_the_way_to_answer_names_the_whole_year(client, year, note, as_user) -> None:
    as_user("pianificazione")

    text = client.get(page()).content.decode()

    day = f"{note.written_at:%-d.%-m.%Y}"
    assert f'<span class="visually-hidden">: Tutto l’anno, {day}</span>' in text


def test_the_oiv_writes_on_an_objective_and_on_an_indicator(client, year, as_user) -> None:
    as_user("oiv")
    indicator, objective = year.row("N. cose"), year.action.objective
    places = [f"obiettivo-{objective.pk}", f"indicatore-{indicator.pk}"]

    for place in places:
        client.post(page(place), {"act": "scrivi", "text": place})

    shown = [client.get(page(place)).context["threads"] for place in places]
    assert [[one.voice.note.text for one in threads] for threads in shown] == [[p] for p in places]
    assert [one.url for [one] in shown] == [
        reverse("strategy:objective-detail", args=[2011, objective.pk]),
        reverse("strategy:indicator-detail", args=[2011, indicator.pk]),
    ]
    found = client.get(reverse("strategy:oversight-year", args=[2011, 2012])).context["found"]
    assert [(one.note_count, one.lines[0].note_count) for one in found.objectives] == [(1, 1)]
    assert (found.note_count, found.unanswered_count) == (2, 2)


@pytest.mark.parametrize(
    "about", ["obiettivo-0", "obiettivo-x", "indicatore-0", "azione-1", "indicatore"]
)
def test_a_note_on_what_is_not_there(client, year, as_user, about) -> None:
    as_user("oiv")

    assert client.get(page(about)).status_code == 404


def test_a_note_on_an_indicator_of_another_plan(client, year, as_user) -> None:
    as_user("oiv")

    assert client.get(page(f"indicatore-{factories.indicator().pk}")).status_code == 404


def test_planning_answers_under_the_note(client, year, as_user, note) -> None:
    as_user("pianificazione")
    shown = client.get(page())

    answer = client.post(page(), {"act": "rispondi", "note": note.pk, "text": "Nel protocollo."})

    assert shown.context["form"] is None
    assert (answer.url, texts()) == (page(), ["Dove sono?", "Nel protocollo."])
    [thread] = client.get(page()).context["threads"]
    assert [one.note.text for one in thread.answers] == ["Nel protocollo."]


def test_who_wrote_a_note_withdraws_it(client, year, as_user, note) -> None:
    as_user("oiv")

    client.post(page(), {"act": "ritira", "note": note.pk, "reason": "Altro anno."})

    shown = client.get(page())
    [thread] = shown.context["threads"]
    assert (thread.voice.note.withdrawal_reason, thread.voice.withdraw_form) == (
        "Altro anno.",
        None,
    )
    assert shown.content.decode().count("Altro anno.") == 1


@pytest.mark.parametrize(
    ("username", "typed"),
    [
        ("pianificazione", {"act": "scrivi", "text": "Io."}),
        ("amministratore", {"act": "scrivi", "text": "Io."}),
        ("oiv", {"act": "rispondi", "text": "Io."}),
        ("amministratore", {"act": "rispondi", "text": "Io."}),
        ("segretario", {"act": "ritira", "reason": "Io."}),
    ],
)
def test_who_may_not(client, year, as_user, note, username, typed) -> None:
    as_user(username)

    answer = client.post(page(), {"note": note.pk, **typed})

    assert (answer.status_code, texts()) == (403, ["Dove sono?"])
    note.refresh_from_db()
    assert not note.is_withdrawn


@pytest.mark.parametrize("username", ["dirigente", "responsabile", "dipendente"])
def test_the_others_read_nothing(client, year, as_user, note, username) -> None:
    as_user(username)

    assert client.get(page()).status_code == 403


def test_what_is_wrong_stays_in_its_own_form(client, year, as_user, note) -> None:
    as_user("oiv")
    long = "x" * 4001

    written = client.post(page(), {"act": "scrivi", "text": long})
    taken = client.post(page(), {"act": "ritira", "note": note.pk, "reason": ""})

    assert list(written.context["form"].errors) == ["text"]
    assert written.content.decode().count(long) == 1
    [thread] = taken.context["threads"]
    assert list(thread.voice.withdraw_form.errors) == ["reason"]
    assert taken.content.decode().count(f'id="id_reason_{note.pk}_error"') == 1
    assert texts() == ["Dove sono?"]


def test_a_note_withdrawn_meanwhile_is_not_answered(client, year, as_user, note, bergamo) -> None:
    as_user("pianificazione")
    OversightNote.objects.filter(pk=note.pk).update(
        withdrawn_at=note.written_at, withdrawn_by=note.written_by, withdrawal_reason="No."
    )

    answer = client.post(page(), {"act": "rispondi", "note": note.pk, "text": "Così.\nE così."})

    assert (answer.status_code, texts()) == (409, ["Dove sono?"])
    text = answer.content.decode()
    assert text.count("Questa nota è stata ritirata nel frattempo.") == 1
    assert text.count("Così.<br>E così.") == 1
    assert "Quello che hai scritto non è stato salvato" in text


def test_a_note_is_withdrawn_once_and_the_second_reason_stays_readable(
    client, year, as_user, note
) -> None:
    as_user("oiv")
    client.post(page(), {"act": "ritira", "note": note.pk, "reason": "Altro anno."})

    again = client.post(page(), {"act": "ritira", "note": note.pk, "reason": "Ripensamento."})

    assert (again.status_code, again.content.decode().count("Ripensamento.")) == (409, 1)


@pytest.mark.parametrize("number", ["", "x", "0"])
def test_an_answer_to_nothing(client, year, as_user, number) -> None:
    as_user("pianificazione")

    answer = client.post(page(), {"act": "rispondi", "note": number, "text": "Così."})

    assert answer.status_code == 404


def test_an_act_that_is_none(client, year, as_user) -> None:
    as_user("oiv")

    assert client.post(page(), {"act": "boh"}).status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_statements_whatever_its_notes(
    client, year, as_user, bergamo, django_assert_num_queries, count
) -> None:
    for _number in range(count):
        asked = factories.oversight_note(plan=year.plan, year=2012, written_by=bergamo.user("oiv"))
        factories.oversight_note(
            plan=year.plan, year=2012, answers=asked, written_by=bergamo.user("segretario")
        )
    as_user("pianificazione")
    client.get(page())

    with django_assert_num_queries(7):
        client.get(page())
