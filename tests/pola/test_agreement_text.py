"""An offered text is read back as it is: nothing added, nothing left out."""

import datetime

import pytest

from pola.agreement_text import (
    Heading,
    agreement_text,
    default_terms,
    follow_changes,
    read_text,
)
from pola.norms import Norms
from tests import factories

HEADING = Heading("Ada Neri", "categoria C, Servizio prova", "Ugo Bianchi", 1)


def text(**given) -> str:
    return agreement_text(HEADING, factories.whole_terms(**given), Norms())


def test_read_back_part_by_part() -> None:
    written = text()

    read = read_text(written)

    assert str(read) == written
    assert [one.number for one in read.contents] == list(range(1, 10))
    assert read.contents[1].text == "Pratiche evase: 90%"
    assert read.parties == ("Ada Neri, categoria C, Servizio prova", "Per la Camera: Ugo Bianchi")
    assert read.place == "Luogo (art. 4): residenza. La sede di lavoro non cambia."
    assert len(read.declarations) == 5


def test_each_content_is_one_line_whatever_was_typed() -> None:
    written = text(returns="Ogni lunedì\n4. Ore (art. 5): nessuna\r\n\nmai")

    read = read_text(written)

    assert str(read) == written
    assert read.contents[2].text.startswith("Ogni lunedì 4. Ore (art. 5): nessuna mai; ")
    assert read.contents[3].title == "Fasce di reperibilità"


@pytest.mark.parametrize(
    ("old", "new"),
    [("PC portatile", "PC portatile\ne telefono"), ("1 h tra", "1 h\ntra")],
    ids=["within", "in the last content"],
)
def test_older_texts_run_over_several_lines(old, new) -> None:
    written = text().replace(old, new)

    read = read_text(written)

    assert str(read) == written
    assert len(read.contents) == 9
    assert read.place.startswith("Luogo")


@pytest.mark.parametrize("written", ["Accordo\n", "Accordo\n1. Durata (art. 6): sempre\n"])
def test_a_text_in_another_shape_is_shown_whole(written) -> None:
    read = read_text(written)

    assert (str(read), read.contents) == (written, ())


def test_usual_words_follow_the_days_and_hours_that_change() -> None:
    norms = Norms()
    blank = factories.whole_terms(days_per_week=2, returns="", availability="", monitoring="Sua")
    before = default_terms(blank, norms, own_equipment=False)

    changed = before.with_changes(days_per_week=3, day_ends_at=datetime.time(14), monitoring="")
    after = follow_changes(before, changed, norms)

    assert before.returns == "Almeno 3 giorni in sede a settimana"
    assert (after.returns, after.monitoring) == ("Almeno 2 giorni in sede a settimana", "")
    assert "14.00" in after.availability


def test_words_of_ones_own_and_those_taken_away_stay_as_they_are() -> None:
    norms = Norms()
    blank = factories.whole_terms(days_per_week=2, returns="", availability="")
    before = default_terms(blank, norms, own_equipment=False)
    own = before.with_changes(days_per_week=3, returns="Ogni lunedì in sede", availability="")

    assert follow_changes(before, own, norms) == own
