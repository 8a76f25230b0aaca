"""The register of acts."""

import datetime

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import audit_phrases
from tests import factories

PAGE = "/registro/"


def shown(response):
    return {row.record for row in response.context["table"].paginated_rows}


def event(year, **given):
    at = datetime.datetime(year, 5, 1, 12, tzinfo=timezone.get_current_timezone())
    return factories.audit_event(at=at, **given)


def test_shows_who_did_what(client, cast):
    made = event(2050, verb="appointment.made", before={"a": "1"}, after={"a": "2", "b": [1, 2]})
    client.force_login(cast.oiv)

    response = client.get(PAGE, {"since": "2050-01-01"})

    assert shown(response) == {made}
    assert str(audit_phrases.phrase("appointment.made")) in response.text
    assert '<li>a: <del class="cp-old">1</del> <ins class="cp-new">2</ins></li>' in response.text
    assert '<ins class="cp-new">[1, 2]</ins>' not in response.text


def test_a_value_that_was_emptied_is_told_in_words(client, cast):
    event(2050, before={"N. cose": "12"}, after={"N. cose": ""})
    client.force_login(cast.oiv)

    text = client.get(PAGE, {"since": "2050-01-01"}).text

    assert '<li>N. cose: <del class="cp-old">12</del> <ins class="cp-new">vuoto</ins></li>' in text


@pytest.mark.parametrize(
    ("notes", "values", "in_view"),
    [(0, 6, (0, 6)), (0, 7, (0, 5)), (1, 200, (1, 4)), (2, 4, (2, 4)), (20, 3, (5, 0))],
)
def test_folds_an_act_of_many_lines(client, cast, notes, values, in_view):
    event(
        2050,
        note="\n".join(f"riga {number}" for number in range(notes)),
        after={f"cella {number}": str(number) for number in range(values)},
    )
    client.force_login(cast.oiv)

    response = client.get(PAGE, {"since": "2050-01-01"})

    before, _fold, after = response.text.partition('<details class="cp-more">')
    folded = after.partition("</details>")[0]
    assert (before.count("riga "), before.count("<li>cella ")) == in_view
    rest = (folded.count("riga "), folded.count("<li>cella "))
    assert rest == (notes - in_view[0], values - in_view[1])


def test_filters_by_person_verb_and_period(client, cast):
    old = event(2050, actor_label="Ada Filtrata", verb="appointment.made")
    new = event(2051, actor_label="Ada Filtrata", verb="appointment.ended")
    client.force_login(cast.oiv)

    def found(**query):
        return shown(client.get(PAGE, {"person": "filtrata"} | query))

    assert found() == {old, new}
    assert found(verb="appointment.ended") == {new}
    assert found(since="2051-05-01") == {new}
    assert found(until="2050-05-01") == {old}


def test_tells_the_filters_in_force_in_words(client, cast):
    client.force_login(cast.oiv)

    response = client.get(PAGE, {"verb": "appointment.made", "since": "2050-01-02"})

    words = [chip.label.split(": ")[1] for chip in response.context["chips"]]
    assert words == [str(audit_phrases.phrase("appointment.made")), "2.1.2050"]


def test_unknown_verb_speaks_for_itself_until_taught(monkeypatch):
    monkeypatch.setattr(audit_phrases, "PHRASES", {"a": "Zeta"})
    assert audit_phrases.phrase("b") == "b"

    audit_phrases.speak({"b": "Alfa"})

    assert audit_phrases.choices() == [("b", "Alfa"), ("a", "Zeta")]


def test_a_word_of_a_vocabulary_is_told_in_the_language_of_the_reader(monkeypatch):
    monkeypatch.setattr(audit_phrases, "VALUES", {})

    audit_phrases.speak({}, values={"outcome": {"done": "Fatto"}})

    told = [
        audit_phrases.value_words(*pair)
        for pair in [("outcome", "done"), ("outcome", "Altro"), ("outcome", 3), ("state", "done")]
    ]
    assert told == ["Fatto", "Altro", 3, "done"]


@pytest.mark.parametrize("name", ["head", "employee"])
def test_is_refused_to_whoever_does_not_read_the_trace(client, cast, name):
    client.force_login(getattr(cast, name))

    assert client.get(PAGE).status_code == 403


def test_refuses_the_wrong_method(client, cast):
    client.force_login(cast.oiv)

    assert client.post(PAGE).status_code == 405


@pytest.mark.parametrize("item_count", [1, 3])
def test_costs_the_same_statements(client, cast, item_count, django_assert_num_queries):
    for _number in range(item_count):
        event(2050, actor_label="Ada Contata")
    client.force_login(cast.oiv)

    with django_assert_num_queries(9):
        response = client.get(PAGE, {"person": "contata"})

    assert response.context["count"] == item_count


def test_a_day_is_written_as_the_office_does_and_yes_in_words(client, cast):
    event(2050, verb="a.b", after={"a": "2050-01-02", "b": True, "c": False, "d": "2050-1"})
    client.force_login(cast.oiv)

    response = client.get(PAGE, {"since": "2050-01-01"})

    lines = [
        f'<li>{name}: <ins class="cp-new">{value}</ins></li>'
        for name, value in {"a": "2.1.2050", "b": _("yes"), "c": _("no"), "d": "2050-1"}.items()
    ]
    assert [line for line in lines if line not in response.text] == []
