"""Names that are the same in other letters are found; others are not."""

import pytest

from indicators.likeness import Likeness, alike, plain

OTHERS = [
    (1, "Progetto: Composizione delle crisi (OCR)"),
    (2, "N. vidimazioni di libri e formulari (fogli"),
    (3, "Giorni medi di pagamento"),
    (4, "Qualità dei dati"),
]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Progetto: composizione delle crisi (OCRI)", [1]),
        ("N. vidimazioni di libri e formulari (fogli)", [2]),
        ("GIORNI  MEDI DI PAGAMENTO.", [3]),
        ("qualita dei dati", [4]),
        ("Giorni medi per la regolarizzazione contabile", []),
        ("gio", []),
    ],
)
def test_alike(name, found):
    assert [one.pk for one in alike(name, OTHERS)] == found


def test_the_same_in_other_letters_is_the_same():
    assert [one.is_same for one in alike("giorni medi, di pagamento", OTHERS)] == [True]
    assert not Likeness(0.9, "a", 1).is_same


def test_the_nearest_first_and_at_most_five():
    names = [(pk, f"N. convegni organizzati nell'anno {'x' * pk}") for pk in range(9)]

    found = alike("N. convegni organizzati nell'anno", names)

    assert [one.pk for one in found] == [0, 1, 2, 3, 4]


def test_plain():
    assert plain("«Qualità»:  dell’Ente,") == "qualita dell ente"
