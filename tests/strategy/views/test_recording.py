""" "Da rilevare": the rows of a service, typed, kept, sent, pasted, corrected."""

import datetime
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organization.models import Unit, User
from organization.uploads import EVIDENCE_KINDS
from strategy.entries import Answer
from strategy.enums import PlanState
from strategy.models import Evidence, MonitoringPeriod, Plan, Recording
from strategy.monitoring_enums import EntryState, RecordingState
from strategy.operations.validation import validate_recordings
from strategy.reports.recording import token_of
from tests import factories
from tests.strategy.recording import READY, TODAY, Service, a_file, digest

PAGE = reverse("strategy:recording-list", args=[2024])
SAVE = reverse("strategy:recording-save", args=[2024])


@pytest.fixture
def head(service, client) -> User:
    """Signed in: who leads the Servizio Registro imprese."""
    client.force_login(service.head)
    return service.head


def fields(service: Service, indicator, *, seen=None, **typed) -> dict:
    """The fields of a row as the form sends them."""
    found = Recording.objects.current().filter(indicator=indicator, period=service.period)
    token = token_of(found.first()) if seen is None else seen
    row = {f"{name}-{indicator.pk}": text for name, text in typed.items()}
    return {f"seen-{indicator.pk}": token} | row


def rows(answer) -> dict[str, object]:
    """The rows of the page by the name of their indicator."""
    page = answer.context["page"]
    return {row.line.name: row for group in page.groups for row in group.rows}


def groups(answer) -> list[tuple[str, list[str]]]:
    page = answer.context["page"]
    return [(group.heading, [row.line.name for row in group.rows]) for group in page.groups]


def told(answer) -> list[tuple[str, str]]:
    """What the top of the page says."""
    return [(one.level_tag, one.message) for one in answer.context["messages"]]


def current(indicator) -> Recording:
    return Recording.objects.current().get(indicator=indicator)


# Shows


def test_the_rows_stand_by_due_date_then_watched_then_of_others(client, service, head):
    service.indicator("Fine anno")
    service.indicator("Già scaduto", "28.2.2024")
    service.indicator("Scade ora", "30.6.2024")
    service.indicator("Osservato", "monitoraggio")
    service.indicator("Di altri", supplier=Unit.objects.get(slug="risorse-umane"))

    answer = client.get(PAGE, headers={"Accept-Language": "en"})

    assert [names for _heading, names in groups(answer)] == [
        ["Già scaduto"],
        ["Scade ora"],
        ["Fine anno"],
        ["Osservato"],
        ["Di altri"],
    ]
    headings = [heading for heading, _names in groups(answer)]
    assert [
        "28.2.2024" in headings[0],
        "30.6.2024" in headings[1],
        "31.12.2024" in headings[2],
    ] == [True] * 3
    page = answer.context["page"]
    assert (page.total, page.done, page.days_left, len(page.open_rows)) == (4, 0, 11, 4)


def test_each_row_has_the_field_of_its_kind(client, service, head):
    value = service.indicator("Valore")
    ratio = service.indicator("Rapporto", "60%", numerator="evase", denominator="totali")
    answer_ = service.indicator("Risposta", "SI")

    html = client.get(PAGE).content.decode()

    assert html.count(f'name="value-{value.pk}"') == 1
    assert html.count(f'name="numerator-{ratio.pk}"') == html.count('aria-label="evase"') == 1
    assert html.count(f'type="radio" name="value-{answer_.pk}"') == 3
    assert html.count('name="forecast-') == 9


def test_what_another_unit_supplies_is_read_once_it_is_sent(client, service, head):
    other = Unit.objects.get(slug="risorse-umane")
    indicator = service.indicator("Di altri", supplier=other)
    made = factories.recording(
        period=service.period, indicator=indicator, supplier=other, printed="42"
    )
    draft = rows(client.get(PAGE))["Di altri"]
    Recording.objects.filter(pk=made.pk).update(
        state=RecordingState.SUBMITTED, submitted_by=service.planner, submitted_at=made.entered_at
    )

    sent = rows(client.get(PAGE))["Di altri"]

    assert (draft.shown, sent.shown, sent.is_editable, sent.state) == ("", "42", False, "read_only")
    assert sent.line.supplier == other.name


def test_a_closed_period_is_read(client, service, head, settings):
    indicator = service.indicator("N. corsi")
    service.enter(indicator, **READY)
    settings.DEMO_DATE = datetime.date(2024, 7, 20)

    answer = client.get(PAGE)

    row = rows(answer)["N. corsi"]
    assert (row.is_editable, row.shown, answer.context["period_state"]) == (False, "40", "closed")
    assert answer.content.decode().count("<textarea") == 0


@pytest.mark.parametrize("query", ["", "?periodo=2024-06-30"])
def test_the_figures_of_a_closed_year_are_read(client, service, head, query):
    service.enter(service.indicator("N. corsi"), **READY)
    factories.year_closing(plan=service.plan, year=2024)

    answer = client.get(PAGE + query)

    row = rows(answer)["N. corsi"]
    assert (row.is_editable, row.shown, answer.context["period_state"]) == (False, "40", "closed")
    assert "L’anno 2024 è chiuso: i valori si leggono soltanto." in answer.content.decode()


def test_a_period_to_come_says_when_it_opens(client, service, head, settings):
    service.indicator("N. corsi")
    settings.DEMO_DATE = datetime.date(2024, 6, 29)

    answer = client.get(PAGE + "?periodo=2024-06-30")

    assert rows(answer)["N. corsi"].is_editable is False
    assert (
        "Il periodo si apre il giorno 30.6.2024: i valori si leggono soltanto."
        in answer.content.decode()
    )


def test_before_the_first_period_the_page_says_when(client, service, head, settings):
    settings.DEMO_DATE = datetime.date(2024, 6, 29)

    answer = client.get(PAGE)

    assert answer.context["next_period"] == service.period


def test_a_unit_with_nothing_to_record_is_told(client, service, head):
    answer = client.get(PAGE)

    assert (answer.context["page"].total, answer.content.decode().count("cp-empty__title")) == (
        0,
        1,
    )
    assert "Puoi inviare" not in answer.content.decode()


def test_of_two_open_periods_the_first_to_close_comes_first(client, service, head):
    may = factories.monitoring_period(
        plan=service.plan,
        ends_on=datetime.date(2024, 5, 31),
        closes_on=datetime.date(2024, 7, 31),
        reopening_reason="Dati tardivi.",
    )

    chosen = client.get(PAGE, {"periodo": "2024-05-31"})

    assert client.get(PAGE).context["period"] == service.period
    assert (chosen.context["period"], len(chosen.context["periods"])) == (may, 2)


def test_who_stands_above_chooses_a_unit(client, service, bergamo):
    service.indicator("N. corsi")
    client.force_login(bergamo.user("dirigente"))

    own, below = client.get(PAGE), client.get(PAGE, {"unita": "registro-imprese"})

    assert (own.context["desk"].key, own.context["page"].total) == ("area-dirigente", 0)
    assert (below.context["desk"].acted_for, below.context["page"].total) == (
        service.head.person,
        1,
    )
    assert (own.context["may_delegate"], below.context["may_delegate"]) == (True, True)


# Does


def test_a_draft_is_saved_and_what_is_wrong_stands_at_its_field(client, service, head):
    right, wrong = service.indicator("N. corsi"), service.indicator("Data", "30.6.2024")

    posted = client.post(
        PAGE, fields(service, right, value="40") | fields(service, wrong, value="giugno")
    )
    answer = client.get(PAGE)

    assert (posted.status_code, posted.url) == (302, PAGE)
    found = rows(answer)
    assert (found["N. corsi"].state, found["Data"].state) == ("incomplete", "wrong")
    assert "giugno" in found["Data"].messages["value"].message
    assert answer.content.decode().count('aria-invalid="true"') == 1
    assert current(right).printed == "40"


def test_all_that_are_ready_are_sent(client, service, head):
    ready, blank = service.indicator("N. corsi"), service.indicator("N. fiere")

    client.post(PAGE, fields(service, ready, **READY) | fields(service, blank) | {"act": "send"})

    assert (current(ready).state, Recording.objects.count()) == ("submitted", 1)
    assert client.get(PAGE).context["page"].done == 1


def test_one_is_sent_and_the_others_are_kept(client, service, head):
    first, second = service.indicator("N. corsi"), service.indicator("N. fiere")
    form = fields(service, first, **READY) | fields(service, second, **READY)

    client.post(PAGE, form | {"act": f"send-{second.pk}"})

    assert (current(first).state, current(second).state) == ("draft", "submitted")


def test_a_column_fills_the_rows_from_the_one_chosen(client, service, head):
    one, two, three = (service.indicator(f"N. {number}") for number in range(3))
    form = fields(service, one, value="7") | fields(service, two) | fields(service, three)

    client.post(PAGE, form | {"act": "paste", "from": str(two.pk), "column": "12\r\n13\r\n14"})

    assert [current(x).printed for x in (one, two, three)] == ["7", "12", "13"]


def test_the_lines_of_a_column_beyond_the_last_row_are_told(client, service, head):
    indicator = service.indicator()
    form = fields(service, indicator) | {"act": "paste", "column": "12\n13\n14"}

    answer = client.post(PAGE, form, follow=True)

    assert told(answer)[0] == (
        "warning",
        "1 riga compilata. 2 righe in più cadevano oltre l’ultima e sono rimaste escluse.",
    )


@pytest.mark.parametrize("start", ["", "x", "999999"])
def test_a_column_without_a_row_of_its_own_begins_at_the_first(client, service, head, start):
    indicator = service.indicator()

    client.post(PAGE, fields(service, indicator) | {"act": "paste", "from": start, "column": "12"})

    assert current(indicator).printed == "12"


def test_files_come_with_the_form_and_are_taken_away_by_it(client, service, head):
    indicator = service.indicator()
    file = SimpleUploadedFile("prova.txt", b"prova")

    client.post(PAGE, fields(service, indicator, **READY) | {f"files-{indicator.pk}": file})
    proof = Evidence.objects.get()
    shown = client.get(PAGE).content.decode().count("prova.txt")
    client.post(PAGE, fields(service, indicator, **READY) | {"act": f"remove-{proof.pk}"})

    assert (shown, Evidence.objects.count(), current(indicator).printed) == (2, 0, "40")


def test_every_kind_of_proof_that_is_taken_is_named(client, service, head):
    service.indicator()

    hint = client.get(PAGE).content.decode().partition("PDF, ODT")[2].partition(";")[0]

    named = {word.strip() for word in f"PDF, ODT{hint}".split(",")}
    kinds = {end.removeprefix(".").upper() for end in EVIDENCE_KINDS}
    assert named == kinds - {"JPG"}


def test_a_bad_file_is_told_at_its_field_and_what_was_typed_stays(client, service, head):
    indicator = service.indicator("N. corsi")
    file = SimpleUploadedFile("verbale.pdf", b"non un PDF")

    answer = client.post(
        PAGE,
        fields(service, indicator, **READY, note="Bozza.")
        | {f"files-{indicator.pk}": file, "act": "send"},
    )

    row = rows(answer)["N. corsi"]
    assert (answer.status_code, row.state, row.answer.note) == (200, "ready", "Bozza.")
    assert "verbale.pdf" in row.messages["files"].message
    assert (current(indicator).state, Evidence.objects.count()) == ("draft", 0)


def test_what_was_sent_and_what_was_not_is_told_at_the_top(client, service, head):
    sent, refused = service.indicator("N. corsi"), service.indicator("N. fiere")
    form = fields(service, sent, **READY) | fields(service, refused, **READY) | {"act": "send"}
    form |= {f"files-{refused.pk}": SimpleUploadedFile("verbale.pdf", b"non un PDF")}

    answer = client.post(PAGE, form)

    assert told(answer) == [("success", "1 valore inviato.")]
    assert answer.context["left"] == [
        (refused.pk, "N. fiere", "verbale.pdf: Il file dice di essere PDF e non lo è.")
    ]
    assert answer.content.decode().count(f'href="#r-{refused.pk}"') == 1


@pytest.mark.parametrize(
    ("others", "said"), [(0, []), (1, [("success", "Le altre righe sono salvate.")])]
)
def test_a_draft_that_is_not_kept_is_told_at_the_top(client, service, head, others, said):
    long = service.indicator("N. corsi")
    form = fields(service, long, value="1" * 100)
    for number in range(others):
        form |= fields(service, service.indicator(f"N. {number}"), **READY)

    answer = client.post(PAGE, form)

    assert told(answer) == said
    assert answer.context["left"] == [
        (long.pk, "N. corsi", "Troppo lungo: al massimo 80 caratteri.")
    ]


def test_what_is_wrong_in_a_row_is_told_while_another_is_not_kept(client, service, head):
    wrong, long = service.indicator("N. corsi"), service.indicator("N. fiere")
    client.post(PAGE, fields(service, wrong, value="dodici"))

    form = fields(service, wrong, value="dodici") | fields(service, long, value="1" * 100)
    row = rows(client.post(PAGE, form))["N. corsi"]

    assert (row.state, list(row.messages)) == ("wrong", ["value"])


def test_each_file_that_is_refused_is_told_at_its_field(client, service, head):
    indicator = service.indicator("N. corsi")
    files = [SimpleUploadedFile(name, b"MZ") for name in ("verbale.pdf", "programma.exe")]

    form = fields(service, indicator, **READY) | {f"files-{indicator.pk}": files}
    answer = client.post(PAGE, form)

    message = rows(answer)["N. corsi"].messages["files"].message
    assert [line.partition(": ")[0] for line in message.splitlines()] == [
        "verbale.pdf",
        "programma.exe",
    ]
    [(_pk, _name, why)] = answer.context["left"]
    assert (why, answer.content.decode().count("<br>programma.exe: ")) == (message, 2)


def test_what_is_none_of_the_three_answers_stays_until_one_is_chosen(client, service, head):
    indicator = service.indicator("Adottato", "SI")
    name = f"value-{indicator.pk}"
    client.post(PAGE, fields(service, indicator) | {"act": "paste", "column": "forse"})

    html = client.get(PAGE).content.decode()
    client.post(PAGE, fields(service, indicator, value="forse", note="Da sentire."))
    kept = current(indicator).printed
    client.post(PAGE, fields(service, indicator) | {name: ["forse", "SI"]})

    assert html.count(f'<input type="hidden" name="{name}" value="forse">') == 1
    assert (kept, current(indicator).printed) == ("forse", "SI")


def test_a_sent_figure_is_taken_back(client, service, head):
    indicator = service.indicator()
    sent = service.sent(indicator)

    client.post(PAGE, {"act": f"back-{sent.pk}"})

    assert current(indicator).state == RecordingState.DRAFT


def test_taking_back_what_planning_has_seen_is_told(client, service, head):
    made = factories.recording(
        period=service.period,
        indicator=service.indicator(),
        supplier=service.unit,
        state=RecordingState.VALIDATED,
    )

    answer = client.post(PAGE, {"act": f"back-{made.pk}"}, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    made.refresh_from_db()
    assert made.state == RecordingState.VALIDATED


@pytest.mark.parametrize(
    "act", ["back-999999", "back-x", "remove-999999", "remove-x", "discard-9999"]
)
def test_what_is_not_there_is_not_found(client, service, head, act):
    service.indicator()

    assert client.post(PAGE, {"act": act}).status_code == 404


def test_a_validated_figure_is_corrected_with_its_reason(client, service, head):
    made = factories.recording(
        period=service.period,
        indicator=service.indicator("N. corsi"),
        supplier=service.unit,
        forecast="yes",
        state=RecordingState.VALIDATED,
    )
    shut = rows(client.get(PAGE))["N. corsi"]
    opened = rows(client.get(PAGE, {"correggi": made.indicator_id}))["N. corsi"]
    form = fields(service, made.indicator, value="98", forecast="yes")

    refused = client.post(PAGE, form | {f"correction-{made.indicator_id}": ""})
    client.post(PAGE, form | {f"correction-{made.indicator_id}": "Doppioni.", "act": "send"})

    assert (shut.may_correct, shut.is_editable, opened.is_correcting, opened.is_open) == (
        True,
        False,
        True,
        True,
    )
    row = rows(refused)["N. corsi"]
    assert (row.is_correcting, row.answer.value, list(row.messages)) == (True, "98", ["correction"])
    assert current(made.indicator).correction_reason == "Doppioni."


def test_a_proof_is_taken_away_from_a_correction_as_it_is_written(client, service, head):
    indicator = service.indicator("N. corsi")
    sent = service.sent(indicator, files=(a_file(),))
    validate_recordings(service.plan, seen={sent.pk: sent.version}, by=service.planner)
    proof, act = Evidence.objects.get(), {"act": f"remove-{Evidence.objects.get().pk}"}
    form = fields(service, indicator, **READY)

    unasked = client.post(PAGE, form | act | {f"correction-{indicator.pk}": ""})
    client.post(PAGE, form | act | {f"correction-{indicator.pk}": "Prova di altri."})

    assert list(rows(unasked)["N. corsi"].messages) == ["correction"]
    assert (current(indicator).supersedes, current(indicator).evidence.count()) == (sent, 0)
    assert list(sent.evidence.all()) == [proof]


def test_a_correction_that_corrects_nothing_is_told_at_the_top(client, service, head):
    sent = service.sent(service.indicator("N. corsi"))
    validate_recordings(service.plan, seen={sent.pk: sent.version}, by=service.planner)
    service.enter(sent.indicator, value="41", forecast="yes", correction="Perché.")

    answer = client.post(PAGE, fields(service, sent.indicator, **READY) | {"act": "send"})

    [(_pk, name, why)] = answer.context["left"]
    assert (name, why.split(":")[0], current(sent.indicator).state) == (
        "N. corsi",
        "La correzione non cambia nulla",
        RecordingState.DRAFT,
    )


def test_a_correction_in_writing_says_what_it_corrects_and_is_discarded_once_asked(
    client, service, head
):
    sent = service.sent(service.indicator("N. corsi"))
    validate_recordings(service.plan, seen={sent.pk: sent.version}, by=service.planner)
    service.enter(sent.indicator, value="41", forecast="yes", correction="Doppioni.")
    form = fields(service, sent.indicator, value="42", forecast="yes")

    asked = client.post(PAGE, form | {"act": f"ask-{sent.indicator_id}"}, follow=True)
    row = rows(asked)["N. corsi"]
    form = fields(service, sent.indicator, value="43", forecast="yes")
    done = client.post(PAGE, form | {"act": f"discard-{sent.indicator_id}"}, follow=True)

    assert (row.corrected, row.is_discarding, row.answer.value) == ("40", True, "42")
    assert "La correzione è scartata" in told(done)[-1][1]
    assert (current(sent.indicator), rows(done)["N. corsi"].corrected) == (sent, "")


def test_a_correction_that_changed_meanwhile_is_not_discarded(client, service, head):
    sent = service.sent(service.indicator("N. corsi"))
    validate_recordings(service.plan, seen={sent.pk: sent.version}, by=service.planner)
    service.enter(sent.indicator, value="41", forecast="yes", correction="Doppioni.")
    seen = fields(service, sent.indicator)
    service.enter(sent.indicator, value="42", forecast="yes")

    answer = client.post(PAGE, seen | {"act": f"discard-{sent.indicator_id}"}, follow=True)

    assert [level for level, _words in told(answer)] == ["error"]
    assert current(sent.indicator).printed == "42"


def test_a_returned_figure_says_why(client, service, head):
    factories.recording(
        period=service.period,
        indicator=service.indicator("N. corsi"),
        supplier=service.unit,
        state=RecordingState.RETURNED,
        return_reason="Manca la fonte.",
    )

    answer = client.get(PAGE)

    row = rows(answer)["N. corsi"]
    assert (row.is_returned, row.is_editable, row.is_open) == (True, True, True)
    assert answer.content.decode().count("Manca la fonte.") == 1


def test_a_returned_figure_that_nobody_touched_is_sent_by_its_own_button_alone(
    client, service, head
):
    indicator = service.indicator("N. corsi")
    factories.recording(
        period=service.period,
        indicator=indicator,
        supplier=service.unit,
        printed="40",
        forecast="yes",
        state=RecordingState.RETURNED,
    )
    form = fields(service, indicator, **READY)

    page = client.get(PAGE)
    said = told(client.post(PAGE, form | {"act": "send"}, follow=True))
    with_the_others = current(indicator).state
    client.post(PAGE, form | {"act": f"send-{indicator.pk}"})

    assert (rows(page)["N. corsi"].state, page.context["page"].ready) == ("returned", 0)
    assert "1 restituito" in page.content.decode()
    assert said == [
        (
            "warning",
            "La bozza è salvata. 1 valore restituito non è stato inviato: "
            "cambialo, oppure invialo da solo.",
        )
    ]
    assert (with_the_others, current(indicator).state) == ("returned", "submitted")


# Two people, a period that closes


def test_a_row_that_somebody_else_changed_shows_both(client, service, head):
    indicator = service.indicator("N. corsi")
    seen = token_of(None)
    service.enter(indicator, value="41", forecast="yes")

    answer = client.post(PAGE, fields(service, indicator, seen=seen, **READY))
    row = rows(answer)["N. corsi"]
    again = fields(service, indicator, seen=row.token, **READY)
    client.post(PAGE, again)

    assert (answer.status_code, row.answer, row.conflict.saved.value) == (
        200,
        Answer(**READY),
        "41",
    )
    assert answer.content.decode().count("cp-cellmsg--conflict") == 1
    assert current(indicator).printed == "40"


def test_the_other_text_may_be_taken(client, service, head):
    indicator, other = service.indicator("N. corsi"), service.indicator("N. fiere")
    seen = token_of(None)
    service.enter(indicator, value="41", forecast="yes")
    form = fields(service, indicator, seen=seen, **READY) | fields(service, other, **READY)

    client.post(PAGE, form | {"act": f"take-{indicator.pk}"})

    assert (current(indicator).printed, current(other).printed) == ("41", "40")


def test_a_period_closed_while_typing_keeps_what_was_typed(client, service, head):
    indicator = service.indicator("N. corsi")
    form = fields(service, indicator, **READY, note="Da rivedere.")
    MonitoringPeriod.objects.filter(pk=service.period.pk).update(is_locked=True)

    answer = client.post(PAGE, form | {"act": "send"})

    row = rows(answer)["N. corsi"]
    assert (answer.status_code, row.answer.value, row.answer.note) == (409, "40", "Da rivedere.")
    assert row.state == "ready"
    assert (row.is_editable, bool(answer.context["error"])) == (True, True)
    assert Recording.objects.count() == 0


# Refused


def test_a_figure_of_another_unit_is_refused_and_nothing_is_saved(client, service, head):
    own = service.indicator("N. corsi")
    other = service.indicator("Di altri", supplier=Unit.objects.get(slug="risorse-umane"))

    form = fields(service, own, seen="0.0.x", value="40", forecast="at_risk", note="Da rivedere.")
    answer = client.post(PAGE, form | fields(service, other))

    assert (answer.status_code, Recording.objects.count()) == (403, 0)
    assert answer.context["typed"] == [("N. corsi", ["40", "A rischio", "Da rivedere."])]
    assert "Torna ai valori da rilevare" in answer.content.decode()


def test_a_closed_period_with_a_foreign_row_is_refused_too(client, service, head):
    stranger = factories.indicator()
    MonitoringPeriod.objects.filter(pk=service.period.pk).update(is_locked=True)

    answer = client.post(PAGE, fields(service, stranger, **READY))

    assert (answer.status_code, Recording.objects.count()) == (409, 0)


def test_a_substitute_past_the_last_day_is_told_so(client, service, bergamo):
    substitute = bergamo.user("dipendente")
    yesterday = TODAY - datetime.timedelta(days=1)
    factories.delegation(
        unit=service.unit,
        head=service.head.person,
        delegate=substitute.person,
        starts_on=yesterday,
        ends_on=yesterday,
    )
    client.force_login(substitute)

    indicator = service.indicator("N. corsi")
    answer = client.get(PAGE)
    posted = client.post(PAGE, fields(service, indicator, **READY) | {"act": "send"})

    assert (answer.status_code, "4.7.2024" in answer.content.decode()) == (403, True)
    assert (posted.status_code, "4.7.2024" in posted.context["reason"]) == (403, True)
    assert (posted.context["typed"][0][0], Recording.objects.count()) == ("N. corsi", 0)
    assert posted.context["has_desk"] is False


def test_who_enters_the_figures_of_no_unit_is_told_that_a_substitution_may_be_over(
    client, service, bergamo
):
    client.force_login(bergamo.user("dipendente"))
    indicator = service.indicator("N. corsi")

    posted = client.post(PAGE, fields(service, indicator, **READY))

    assert posted.context["reason"] == (
        "Oggi non inserisci i valori di nessuna unità: "
        "se sostituivi qualcuno, la sostituzione è terminata."
    )


@pytest.mark.parametrize(
    "query", [{"unita": "risorse-umane"}, {"periodo": "2024-06-29"}, {"periodo": "x"}]
)
def test_a_desk_or_a_period_that_is_not_one_s_own_is_not_found(client, service, head, query):
    service.indicator()

    assert client.get(PAGE, query).status_code == 404


def test_an_outsider_gets_404_and_a_reader_403(client, service, bergamo):
    client.force_login(bergamo.user("dipendente"))
    reader = client.get(PAGE).status_code
    Plan.objects.filter(pk=service.plan.pk).update(state=PlanState.DRAFT)

    assert (reader, client.get(PAGE).status_code) == (403, 404)


# What the script sends


def send(client, payload, query="periodo=2024-06-30"):
    body = payload if isinstance(payload, str) else json.dumps(payload)
    return client.post(f"{SAVE}?{query}", body, content_type="application/json")


def test_the_script_is_told_what_is_not_kept_and_why(client, service, head):
    long, kept = service.indicator("Lungo"), service.indicator("N. corsi")
    typed = [{"id": long.pk, "value": "1" * 100}, {"id": kept.pk, "value": "40"}]

    answer = send(client, {"rows": [{"seen": token_of(None)} | row for row in typed]})

    refused = answer.json()["rows"][0]["messages"]["value"]["text"]
    assert [row["unkept"] for row in answer.json()["rows"]] == [refused, ""]
    assert Recording.objects.get().indicator == kept


def test_the_script_keeps_drafts_and_is_told_how_they_are_read(client, service, head):
    ratio = service.indicator(
        "Rapporto", "60%", numerator="evase", denominator="totali", is_share=True
    )
    wrong = service.indicator("Data", "30.6.2024")
    blank = token_of(None)

    answer = send(
        client,
        {
            "rows": [
                {
                    "id": ratio.pk,
                    "seen": blank,
                    "numerator": "1",
                    "denominator": "3",
                    "forecast": "at_risk",
                },
                {"id": wrong.pk, "seen": blank, "value": "giugno"},
            ]
        },
    )

    first, second = answer.json()["rows"]
    assert (first["state"], first["printed"], first["asks"]) == ("incomplete", "33,33%", True)
    assert first["seen"] == token_of(current(ratio))
    assert list(first["messages"]) == ["reason"]
    assert first["messages"]["reason"]["wrong"] is False
    assert (second["state"], second["printed"], second["messages"]["value"]["wrong"]) == (
        "wrong",
        "",
        True,
    )


def test_the_script_is_told_what_is_wrong_though_nothing_is_to_be_saved(client, service, head):
    indicator = service.indicator("N. corsi")
    row = {"id": indicator.pk, "value": "dodici"}
    [saved] = send(client, {"rows": [row | {"seen": token_of(None)}]}).json()["rows"]

    [again] = send(client, {"rows": [row | {"seen": saved["seen"]}]}).json()["rows"]

    assert (again["state"], again["messages"]) == ("wrong", saved["messages"])


def test_the_script_is_told_of_a_conflict(client, service, head):
    indicator = service.indicator()
    service.enter(indicator, value="41", forecast="yes")

    answer = send(client, {"rows": [{"id": indicator.pk, "seen": token_of(None), "value": "40"}]})

    [row] = answer.json()["rows"]
    assert row["conflict"] == {"who": str(service.head), "when": "10.42", "text": "41"}
    assert current(indicator).printed == "41"


def test_the_script_is_told_of_a_row_that_went(client, service, head):
    indicator = service.indicator()
    row = {"id": indicator.pk, "seen": "9.9.000000000000", "value": "40"}

    answer = send(client, {"rows": [row]})

    assert answer.json()["rows"][0]["conflict"] == {"who": "", "when": "", "text": ""}


def test_the_script_is_told_that_the_period_closed(client, service, head):
    indicator = service.indicator()
    MonitoringPeriod.objects.filter(pk=service.period.pk).update(is_locked=True)

    answer = send(client, {"rows": [{"id": indicator.pk, "seen": token_of(None), "value": "40"}]})

    assert (answer.status_code, list(answer.json())) == (409, ["error"])


@pytest.mark.parametrize(
    "payload",
    [
        "no JSON",
        [],
        {},
        {"rows": []},
        {"rows": "x"},
        {"rows": ["x"]},
        {"rows": [{"id": "1"}]},
        {"rows": [{"id": True}]},
        {"rows": [{"id": -1}]},
        {"rows": [{"id": 1, "value": 3}]},
        {"rows": [{"id": 1, "correction": 3}]},
        {"rows": [{"id": 1}, {"id": 1}]},
        {"rows": [{"id": 1}] * 501},
    ],
    ids=lambda payload: str(payload)[:30],
)
def test_what_is_no_list_of_rows_is_refused(client, service, head, payload):
    answer = send(client, payload)

    assert (answer.status_code, Recording.objects.count()) == (400, 0)


def test_a_period_that_is_not_there_is_not_found(client, service, head):
    assert send(client, {"rows": [{"id": 1}]}, query="").status_code == 404


def test_the_script_may_not_enter_for_another_unit(client, service, head):
    stranger = factories.indicator()

    answer = send(client, {"rows": [{"id": stranger.pk, "seen": "", "value": "1"}]})

    assert (answer.status_code, Recording.objects.count()) == (403, 0)


def test_saving_is_not_a_page(client, service, head):
    assert client.get(SAVE).status_code == 405


# Proofs, given out


@pytest.fixture
def proof(service, media) -> Evidence:
    service.enter(service.indicator(), **READY)
    made = factories.evidence(
        recording=Recording.objects.get(),
        file="evidence/1/prova.txt",
        name="prova d’esempio.txt",
        content_type="text/plain",
        sha256=digest(b"prova"),
    )
    path = media / made.file.name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"prova")
    return made


def file_url(proof: Evidence) -> str:
    return reverse("strategy:evidence-file", args=[2024, proof.pk])


def test_a_proof_is_given_out_to_be_saved(client, service, head, proof):
    answer = client.get(file_url(proof))

    assert (answer.status_code, b"".join(answer)) == (200, b"prova")
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/plain", "private, no-store")


@pytest.mark.parametrize("username", ["dipendente", "personale", "pianificazione", "oiv"])
def test_the_proof_of_a_draft_is_not_known_to_others(client, service, bergamo, proof, username):
    client.force_login(bergamo.user(username))

    assert client.get(file_url(proof)).status_code == 404


def test_a_proof_of_another_plan_is_not_found(client, service, head, proof):
    address = reverse("strategy:evidence-file", args=[2021, proof.pk])

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("content", [b"altro", None], ids=["changed", "gone"])
def test_a_file_that_is_not_what_was_added_is_not_given_out(
    client, service, head, proof, media, content
):
    path = media / proof.file.name
    path.unlink()
    if content:
        path.write_bytes(content)

    assert client.get(file_url(proof)).status_code == 404


# Projects


def a_project(service: Service, target: str = "30%", **given):
    """A project of the service whose only activity is at 40% on 30 June, at 90% on 5 July."""
    indicator = service.indicator("Progetto: premio", target, is_project=True, **given)
    sheet = factories.project_sheet(plan=service.plan, indicator=indicator)
    activity = factories.project_activity(sheet=sheet)
    factories.activity_result(activity=activity, printed="40%")
    factories.activity_result(activity=activity, printed="90%", measured_on=TODAY)
    return indicator, sheet


def test_the_row_of_a_project_offers_what_its_sheet_says_at_the_day_of_the_figures(
    client, service, head
):
    indicator, sheet = a_project(service)

    answer = client.get(PAGE)

    row = rows(answer)["Progetto: premio"]
    assert (row.project.printed, row.offers_sheet, row.answer) == ("40%", True, Answer())
    page = answer.content.decode()
    assert f'value="sheet-{indicator.pk}"' in page
    assert f'href="{sheet.get_absolute_url()}?anno=2024"' in page


def test_what_the_sheet_says_is_taken_as_a_draft_with_its_calculation(client, service, head):
    indicator, _sheet = a_project(service)
    other = service.indicator("N. altre")
    typed = fields(service, indicator, note="Si prosegue.") | fields(service, other, value="7")

    client.post(PAGE, typed | {"act": f"sheet-{indicator.pk}"})

    taken = current(indicator)
    assert (taken.printed, taken.state, taken.entered_by) == ("40%", RecordingState.DRAFT, head)
    assert taken.note.splitlines() == [
        "Dalla scheda del progetto. Avanzamento: (40 × 1) / 1 = 40%. 1 attività.",
        "Si prosegue.",
    ]
    assert current(other).printed == "7"
    assert rows(client.get(PAGE))["Progetto: premio"].offers_sheet is False


def test_taken_again_the_calculation_takes_the_place_of_the_earlier_one(client, service, head):
    indicator, sheet = a_project(service)
    client.post(PAGE, fields(service, indicator) | {"act": f"sheet-{indicator.pk}"})
    factories.activity_result(activity=sheet.activities.get(), printed="50%")
    standing = {"value": "40%", "note": current(indicator).note}

    client.post(PAGE, fields(service, indicator, **standing) | {"act": f"sheet-{indicator.pk}"})

    again = current(indicator)
    assert again.printed == "50%"
    assert (again.note.count("Avanzamento"), "= 50%" in again.note) == (1, True)


@pytest.mark.parametrize("of", ["empty", "unfinished", "ratio"])
def test_a_sheet_that_does_not_say_the_figure_is_only_led_to(client, service, head, of):
    given = {"numerator": "fatte", "denominator": "tutte"} if of == "ratio" else {}
    indicator, sheet = a_project(service, "31.12.2024" if of == "unfinished" else "30%", **given)
    if of == "empty":
        sheet.activities.all().delete()

    client.post(PAGE, fields(service, indicator) | {"act": f"sheet-{indicator.pk}"})
    row = rows(client.get(PAGE))["Progetto: premio"]

    assert (row.project.printed, row.offers_sheet, row.project.pk) == ("", False, sheet.pk)
    assert not Recording.objects.filter(indicator=indicator).exists()


@pytest.mark.parametrize("act", ["sheet-0", "sheet-x", "sheet-"])
def test_a_sheet_that_is_not_there_fills_nothing(client, service, head, act):
    indicator, _sheet = a_project(service)

    client.post(PAGE, fields(service, indicator) | {"act": act})

    assert not Recording.objects.exists()


# What it costs


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_rows(
    client, service, head, django_assert_num_queries, count
):
    for number in range(count):
        service.enter(service.indicator(f"N. {number}"), **READY)

    with django_assert_num_queries(16):
        client.get(PAGE)


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize("act", ["draft", "send"])
def test_a_save_costs_at_most_eleven_statements_beside_the_bulk_writes(
    client, service, head, count, act
):
    found = [service.indicator(f"N. {number}") for number in range(count)]
    form = {"act": act}
    for indicator in found:
        form |= fields(service, indicator, seen=token_of(None), **READY)

    with CaptureQueriesContext(connection) as asked:
        answer = client.post(f"{PAGE}?periodo=2024-06-30", form)

    bulk = ('INSERT INTO "strategy_recording"', 'INSERT INTO "strategy_historicalrecording"')
    others = [
        query["sql"]
        for query in asked.captured_queries
        if not query["sql"].startswith((*bulk, "SAVEPOINT", "RELEASE"))
    ]
    assert (answer.status_code, Recording.objects.count()) == (302, count)
    assert len(others) == {"draft": 10, "send": 11}[act]


@pytest.mark.parametrize("count", [1, 3])
def test_the_script_costs_the_same_for_any_number_of_rows(
    client, service, head, django_assert_num_queries, count
):
    found = [service.indicator(f"N. {number}") for number in range(count)]
    rows_ = [{"id": x.pk, "seen": token_of(None), "value": "40"} for x in found]

    with django_assert_num_queries(14):
        answer = send(client, {"rows": rows_})

    assert [row["state"] for row in answer.json()["rows"]] == [EntryState.INCOMPLETE] * count


@pytest.mark.parametrize("act", ["sheet-" + "9" * 5000, "paste"])
def test_a_row_that_is_no_number_of_ours_is_no_fault_of_the_page(client, service, head, act):
    indicator = service.indicator("N. corsi")
    typed = fields(service, indicator, value="7") | {"from": "9" * 5000, "column": "7"}

    assert client.post(PAGE, typed | {"act": act}).status_code in (200, 302)
