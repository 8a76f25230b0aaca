"""Notes of the OIV: written, answered, withdrawn; what is refused."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from organization.models import AuditEvent, User
from strategy.models import OversightNote
from strategy.operations import answer_note, close_year, withdraw_note, write_note
from tests import factories
from tests.bergamo import protected


@pytest.fixture
def oiv(bergamo) -> User:
    return bergamo.user("oiv")


def acts(plan) -> list[tuple[str, str]]:
    found = AuditEvent.objects.about(plan).order_by("pk")
    return [(one.verb, one.after.get("about", "")) for one in found]


def code_of(refused) -> str:
    with pytest.raises(ValidationError) as refusal:
        refused()
    return getattr(refusal.value, "code", "") or ",".join(refusal.value.message_dict)


def test_a_note_is_written_on_the_year_on_an_objective_or_on_an_indicator(year, oiv) -> None:
    indicator, objective = year.row("N. cose"), year.action.objective

    whole = write_note(year.plan, 2012, text=" Dove? ", by=oiv)
    on_objective = write_note(year.plan, 2012, text="Come?", objective=objective, by=oiv)
    on_indicator = write_note(year.plan, 2012, text="Chi?", indicator=indicator, by=oiv)

    assert (whole.text, whole.subject_label) == ("Dove?", "")
    assert (on_objective.objective, on_objective.subject_label) == (objective, "1.1 Obiettivo")
    assert (on_indicator.indicator, on_indicator.subject_label) == (indicator, "N. cose")
    assert acts(year.plan) == [
        ("oversight.noted", ""),
        ("oversight.noted", "1.1 Obiettivo"),
        ("oversight.noted", "N. cose"),
    ]


def test_a_closed_year_takes_notes(year, oiv, secretary) -> None:
    close_year(year.plan, 2012, by=secretary)

    assert write_note(year.plan, 2012, text="Visto.", by=oiv).pk


@pytest.mark.parametrize("username", ["pianificazione", "segretario", "amministratore"])
def test_only_the_oiv_writes(year, bergamo, username) -> None:
    with pytest.raises(PermissionDenied):
        write_note(year.plan, 2012, text="Io.", by=bergamo.user(username))

    assert not OversightNote.objects.exists()


def test_what_is_not_a_note(year, oiv) -> None:
    assert code_of(lambda: write_note(year.plan, 2012, text="  ", by=oiv)) == "text"
    assert code_of(lambda: write_note(year.plan, 1999, text="Io.", by=oiv)) == "year"


@pytest.mark.parametrize("username", ["pianificazione", "segretario"])
def test_planning_and_the_secretary_answer(year, oiv, bergamo, username) -> None:
    note = write_note(year.plan, 2012, text="Come?", objective=year.action.objective, by=oiv)

    answer = answer_note(note, text="Così.", by=bergamo.user(username))

    assert (answer.answers, answer.year, answer.subject_label) == (note, 2012, "1.1 Obiettivo")
    assert acts(year.plan)[-1] == ("oversight.answered", "1.1 Obiettivo")
    assert not OversightNote.objects.unanswered().exists()


def test_the_oiv_does_not_answer_itself_and_answers_are_not_answered(year, oiv, planner) -> None:
    note = write_note(year.plan, 2012, text="Come?", by=oiv)
    answer = answer_note(note, text="Così.", by=planner)

    with pytest.raises(PermissionDenied):
        answer_note(note, text="Io.", by=oiv)
    assert code_of(lambda: answer_note(answer, text="E poi?", by=planner)) == "answer"
    assert code_of(lambda: answer_note(note, text=" ", by=planner)) == "text"


def test_a_note_is_withdrawn_by_who_wrote_it_and_stays(year, oiv, planner) -> None:
    note = write_note(year.plan, 2012, text="Sbagliata.", by=oiv)

    with pytest.raises(PermissionDenied):
        withdraw_note(note, reason="Non mi piace.", by=planner)
    assert code_of(lambda: withdraw_note(note, reason=" ", by=oiv)) == "reason"
    withdraw_note(note, reason="Altro anno.", by=oiv)

    note.refresh_from_db()
    assert (note.text, note.is_withdrawn, note.withdrawal_reason) == (
        "Sbagliata.",
        True,
        "Altro anno.",
    )
    assert acts(year.plan)[-1][0] == "oversight.withdrawn"
    assert code_of(lambda: withdraw_note(note, reason="Ancora.", by=oiv)) == "withdrawn"
    assert code_of(lambda: answer_note(note, text="Così.", by=planner)) == "withdrawn"


def test_which_notes_wait_for_an_answer(year, oiv, planner) -> None:
    open_one = write_note(year.plan, 2012, text="Aperta.", by=oiv)
    taken_back = write_note(year.plan, 2012, text="Ritirata.", by=oiv)
    withdraw_note(taken_back, reason="Altro anno.", by=oiv)
    half = write_note(year.plan, 2012, text="Risposta ritirata.", by=oiv)
    withdraw_note(answer_note(half, text="Così.", by=planner), reason="No.", by=planner)

    waiting = OversightNote.objects.unanswered().order_by("pk")

    assert list(waiting) == [open_one, half]


def test_notes_are_read_by_who_checks_and_who_answers(year, bergamo) -> None:
    note = factories.oversight_note(plan=year.plan)
    hidden = factories.oversight_note(plan=factories.plan())

    seen = {
        name: set(OversightNote.objects.visible_to(bergamo.user(name)))
        for name in ("oiv", "pianificazione", "segretario", "amministratore")
    }
    others = [
        OversightNote.objects.visible_to(bergamo.user(name)).count()
        for name in ("dirigente", "responsabile", "dipendente")
    ]

    assert seen == {name: {note, hidden} for name in seen}
    assert others == [0, 0, 0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"withdrawn_at": factories.timezone.now()},
        {"withdrawal_reason": "Perché sì."},
    ],
)
def test_the_database_refuses_what_is_not_a_note(year, wrong) -> None:
    note = factories.oversight_note(plan=year.plan)

    with pytest.raises(IntegrityError), transaction.atomic():
        OversightNote.objects.filter(pk=note.pk).update(**wrong)


def test_a_note_is_about_one_thing(year) -> None:
    note = factories.oversight_note(plan=year.plan, objective=year.action.objective)

    with pytest.raises(IntegrityError), transaction.atomic():
        OversightNote.objects.filter(pk=note.pk).update(indicator=year.row("A"))


def test_a_note_keeps_its_words_and_is_never_deleted(db) -> None:
    note = factories.oversight_note()

    with pytest.raises(ValidationError):
        note.delete()
    table = note._meta.db_table
    with protected(table), connection.cursor() as cursor:
        for statement in (f"UPDATE {table} SET text = 'Altro'", f"DELETE FROM {table}"):  # noqa: S608 - the name of a table of ours
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute(statement)
