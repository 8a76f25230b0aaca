"""The reader of the printed tables reads the published plan, whole and word for word."""

import os
from pathlib import Path

import pytest

from tests import source

PLAN = Path(
    os.environ.get(
        "SOURCE_PLAN",
        Path(__file__).parents[2] / "shared" / "seed" / "piano-performance-2021-2023.txt",
    )
)


def plan_lines() -> set[str]:
    """The lines of the published plan or, away from it, of the tables kept here."""
    text = PLAN if PLAN.exists() else source.TABLES
    return set(text.read_text(encoding="utf-8").split("\n"))


def test_every_line_of_the_tables_stands_in_the_plan() -> None:
    tables = source.TABLES.read_text(encoding="utf-8").split("\n")
    assert [line for line in tables if line not in plan_lines()] == []


def test_the_map_has_twelve_objectives_in_four_perspectives() -> None:
    rows = source.map_rows()
    assert [row.objective_code for row in rows] == (
        ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1", "2.2", "2.3", "3.1", "3.2", "4.1"]
    )
    assert list(dict.fromkeys(row.perspective for row in rows)) == [
        "SVILUPPO ECONOMICO DELLE IMPRESE E DEL TERRITORIO",
        "SEMPLIFICAZIONE E INNOVAZIONE DEI PROCESSI",
        "APPRENDIMENTO E CRESCITA",
        "ECONOMICO FINANZIARIA",
    ]


def test_the_strategic_dashboard_has_58_rows() -> None:
    assert len(source.strategic_rows()) == 58


def test_the_rows_of_each_other_dashboard() -> None:
    rows = source.unit_rows()
    counts = [sum(row.dashboard == heading for row in rows) for heading in source.UNIT_HEADINGS]
    assert counts == [13, 21, 20, 14, 16, 7, 25, 25, 9, 22, 11, 9]
    assert sum(counts[:10]) == 172


def test_every_row_has_its_perspective_objective_action_and_indicator() -> None:
    rows = [*(row[:5] for row in source.strategic_rows())]
    rows += [row[1:6] for row in source.unit_rows()]
    assert [row for row in rows if not all(row)] == []


def test_strategic_rows_on_each_other_dashboard() -> None:
    rows = [row for row in source.unit_rows() if source.kind_of(row) == "strategico"]
    counts = [sum(row.dashboard == heading for row in rows) for heading in source.UNIT_HEADINGS]
    assert counts == [2, 5, 6, 8, 4, 4, 4, 5, 3, 9, 9, 5]


def test_the_merged_row_is_two_rows() -> None:
    rows = [row for row in source.unit_rows() if row.dashboard == "SERVIZIO RISORSE FINANZIARIE"]
    index = next(n for n, row in enumerate(rows) if row.indicator.startswith("Esame posizioni"))
    cut, whole = rows[index : index + 2]
    assert cut.indicator.endswith("riconciliazione posizioni debitorie e")
    assert cut[6:] == ("", "", "", "")
    assert whole.indicator == (
        "Aggiornamento sistemi informativi contabili per modifica Istituto Tesoriere dell'Ente"
    )
    assert whole[6:] == ("-", "-", "30.4.2021", "")
    assert cut.action == whole.action == "Monitorare l'andamento economico e finanziario"


def test_the_pola_programme_has_21_rows() -> None:
    rows = source.pola_rows()
    areas = [sum(row.area == area for row in rows) for area in source.POLA_AREAS]
    assert areas == [3, 6, 7, 3, 2]
    assert list(dict.fromkeys(row.dimension for row in rows)) == [
        "CONDIZIONI ABILITANTI DEL LAVORO AGILE",
        "IMPLEMENTAZIONE DEL LAVORO AGILE",
    ]


def test_the_shifted_rows_of_the_pola_programme_stand_in_their_columns() -> None:
    rows = [row for row in source.pola_rows() if row.area == "SALUTE ECONOMICO-FINANZIARIA"]
    assert {row.objective for row in rows} == {
        "Utilizzare in modo efficiente le risorse necessarie a sviluppare il lavoro agile"
    }
    assert [row[4:] for row in rows] == [("",) * 5] * 3


@pytest.mark.parametrize(
    ("name", "rows", "columns"),
    [
        ("dotazione", 7, 5),
        ("genere", 3, 2),
        ("categorie-genere", 6, 4),
        ("part-time", 3, 2),
        ("economico", 32, 5),
        ("partecipazioni", 13, 4),
        ("ateco", 21, 7),
        ("forme-giuridiche", 5, 6),
        ("forme-giuridiche-variazioni", 5, 5),
        ("valore-aggiunto", 20, 9),
        ("scenari", 12, 7),
        ("lavoro-agile-mesi", 5, 11),
        ("formazione-agile", 4, 2),
        ("tecnologia-agile", 4, 4),
        ("fattori-abilitanti", 3, 8),
        ("programma-agile", 5, 4),
        ("ruoli-pola", 7, 3),
    ],
)
def test_each_reference_table_is_read_whole(name: str, rows: int, columns: int) -> None:
    read = source.table(name)
    assert len(read.rows) == rows
    assert {len(row) for row in [*read.headings, *read.rows]} == {columns}
