"""An offered text is read back as it is: nothing added, nothing left out."""

import pytest

from pola.agreement_text import Heading, agreement_text, read_text
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
