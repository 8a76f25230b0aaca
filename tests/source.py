"""An independent reader of the printed tables of the Bergamo plan 2021-2023.

It reads ``tests/data/source_tables.txt``, where the table lines of the published plan stand word
for word, and never a fixture: what the application publishes is compared with what it returns.
The faults of the text that the plan's readers know of are undone here, each in its own function.
"""

import functools
import re
from pathlib import Path
from typing import NamedTuple

TABLES = Path(__file__).parent / "data" / "source_tables.txt"
STRATEGIC_HEADING = "CRUSCOTTO STRATEGICO 2021"
UNIT_HEADINGS = (
    "SERVIZIO AFFARI GENERALI",
    "SERVIZIO PROMOZIONE E SVILUPPO ECONOMIA LOCALE",
    "SERVIZIO COMUNICAZIONE, STUDI E INFORMAZIONE ECONOMICA",
    "SERVIZIO REGISTRO IMPRESE",
    "SERVIZIO SPORTELLI POLIFUNZIONALI",
    "SERVIZIO REGOLAZIONE DEL MERCATO",
    "SERVIZIO RISORSE FINANZIARIE",
    "SERVIZIO RISORSE UMANE E GESTIONE PARTECIPAZIONI",
    "SERVIZIO RISORSE STRUMENTALI",
    "AZIENDA SPECIALE",
    "CRUSCOTTO DEL SEGRETARIO GENERALE",
    "CRUSCOTTO DEL DIRIGENTE",
)
POLA_AREAS = (
    "SALUTE ORGANIZZATIVA",
    "SALUTE PROFESSIONALE",
    "SALUTE DIGITALE",
    "SALUTE ECONOMICO-FINANZIARIA",
    "INDICATORI QUANTITATIVI",
)
MERGED_ACTION_START = "Aggiornamento sistemi informativi contabili"

# name: (chapter it stands in, first words of its first line, lines of headings)
TABLE_STARTS = {
    "dotazione": ("1.2", "categoria\t", 1),
    "genere": ("1.2", "31.12.2020\t", 1),
    "categorie-genere": ("1.2", "PERSONALE IN SERVIZIO AL 31.12.2020", 2),
    "part-time": ("1.2", "31.12.2020\t", 1),
    "economico": ("1.3", "\tCONSUNTIVO 2019", 1),
    "partecipazioni": ("1.3", "Società\t", 1),
    "ateco": ("2.1", "Sezioni Ateco\t", 2),
    "forme-giuridiche": ("2.1", "Classe di forma giuridica\t", 2),
    "forme-giuridiche-variazioni": ("2.1", "Variazione % sul 2° trimestre 2019\t", 1),
    "valore-aggiunto": ("2.1", "Anno\tAgricoltura", 1),
    "scenari": ("2.1", "\tBergamo\t", 2),
    "lavoro-agile-mesi": ("5.1.2", "Dimensioni del lavoro agile\t", 1),
    "formazione-agile": ("5.1.2", "Formazione sui temi legati al lavoro agile\t", 1),
    "tecnologia-agile": ("5.1.2", "Tecnologia\t", 1),
    "fattori-abilitanti": ("5.2.3", "Anno\t", 1),
    "programma-agile": ("5.2.4", "\t2021\t2022\t2023", 1),
    "ruoli-pola": ("5.3", "\tNella costruzione", 1),
}
SECOND_OF_ITS_START = {"part-time"}


class MapRow(NamedTuple):
    """One strategic objective of the map in chapter 3.1, as the map prints it."""

    perspective: str
    objective_code: str
    objective: str


class StrategicRow(NamedTuple):
    """One row of the strategic dashboard in chapter 3.2."""

    perspective: str
    objective_code: str
    objective: str
    action: str
    indicator: str
    target_2020: str
    actual_2020: str
    target_2021: str
    target_2022: str
    target_2023: str
    source: str


class UnitRow(NamedTuple):
    """One row of a unit's, the Segretario Generale's or the dirigente's dashboard."""

    dashboard: str
    perspective: str
    objective_code: str
    objective: str
    action: str
    indicator: str
    target_2020: str
    actual_2020: str
    target_2021: str
    source: str


class PolaRow(NamedTuple):
    """One row of the POLA development programme in chapter 5.4."""

    dimension: str
    area: str
    objective: str
    indicator: str
    baseline_2020: str
    target_2021: str
    target_2022: str
    target_2023: str
    source: str


class Table(NamedTuple):
    """A reference table: the lines of its headings and the lines of its body, as plain cells."""

    headings: list[list[str]]
    rows: list[list[str]]


def plain(text: str) -> str:
    """The text of a cell without the marks of emphasis and the spaces that came with them."""
    text = re.sub(r"</i> (?=[,;”])|(?<=“) <i>|</?i>", "", text)
    return re.sub(r"\*+([^*]+)\*+", r"\1", text).strip()


def normalised(name: str) -> str:
    """The words of an indicator's name without case, spaces and punctuation."""
    name = re.sub(r"\bOCRI\b", "OCR", name)
    return re.sub(r"[^\w%€]", "", name.casefold())


def map_rows() -> list[MapRow]:
    """The objectives of the map, in the order of their codes."""
    rows: list[MapRow] = []
    perspective = ""
    for line in _block("3.1", "SVILUPPO ECONOMICO"):
        first, *cells = _cells(line)
        perspective = first or perspective
        rows += [MapRow(perspective, *_objective(cell)) for cell in cells if cell]
    return sorted(rows, key=lambda row: row.objective_code)


def strategic_rows() -> list[StrategicRow]:
    """The rows of the strategic dashboard, in the order of the plan."""
    return [StrategicRow(*cells) for cells in _dashboard_rows(STRATEGIC_HEADING)]


def unit_rows() -> list[UnitRow]:
    """The rows of the twelve other dashboards, in the order of the plan."""
    return [
        UnitRow(heading, *cells) for heading in UNIT_HEADINGS for cells in _dashboard_rows(heading)
    ]


def kind_of(row: UnitRow) -> str:
    """``strategico`` when the row's indicator also stands in the strategic dashboard."""
    return "strategico" if normalised(row.indicator) in _strategic_names() else "operativo"


def pola_rows() -> list[PolaRow]:
    """The rows of table 5.4, with the page break, the shift and the split word undone."""
    rows: list[PolaRow] = []
    dimension = area = objective = ""
    for line in _lines_after("5.4 PROGRAMMA"):
        cells = _unshifted(_cells(line))
        if not any(cells) or cells[0] == "DIMENSIONI":
            continue
        dimension = _unsplit(cells[0]) or dimension
        if cells[1] in POLA_AREAS:
            area = cells[1]
            continue
        objective = cells[1] or objective
        rows.append(PolaRow(dimension, area, objective, *cells[2:]))
    return rows


def table(name: str) -> Table:
    """The reference table of that name, its parts after page breaks joined."""
    chapter, start, heading_lines = TABLE_STARTS[name]
    blocks = [block for block in _blocks(chapter) if block[0].startswith(start)]
    if name in SECOND_OF_ITS_START:
        blocks = blocks[1:]
    elif name == "genere":
        blocks = blocks[:1]
    lines = blocks[0] + [line for block in blocks[1:] for line in block[heading_lines:]]
    grid = [_cells(line) for line in lines]
    return Table(grid[:heading_lines], grid[heading_lines:])


def cell_texts() -> set[str]:
    """Every cell of a value that the dashboards and table 5.4 print."""
    return (
        {cell for row in strategic_rows() for cell in row[5:10]}
        | {cell for row in unit_rows() for cell in row[6:9]}
        | {cell for row in pola_rows() for cell in row[4:8]}
    )


@functools.cache
def _lines() -> list[str]:
    return TABLES.read_text(encoding="utf-8").split("\n")


@functools.cache
def _strategic_names() -> frozenset[str]:
    return frozenset(normalised(row.indicator) for row in strategic_rows())


def _cells(line: str) -> list[str]:
    return [plain(cell) for cell in line.split("\t")]


def _objective(text: str) -> tuple[str, str]:
    code, _, name = text.partition(" ")
    return code, name


def _is_heading(line: str) -> bool:
    return (
        line in UNIT_HEADINGS
        or line == STRATEGIC_HEADING
        or bool(re.match(r"\d\.\d(\.\d)? [^\t]+$", line))
    )


def _lines_after(heading: str) -> list[str]:
    """The lines between a heading and the next one, blank lines included."""
    lines = _lines()
    start = next(n for n, line in enumerate(lines) if line.startswith(heading)) + 1
    end = next((n for n in range(start, len(lines)) if _is_heading(lines[n])), len(lines))
    return lines[start:end]


def _blocks(chapter: str) -> list[list[str]]:
    """The runs of lines without a blank one in a chapter."""
    text = "\n".join(_lines_after(f"{chapter} "))
    return [block.split("\n") for block in re.split(r"\n{2,}", text.strip("\n")) if block]


def _block(chapter: str, start: str) -> list[str]:
    return next(block for block in _blocks(chapter) if block[0].startswith(start))


def _dashboard_rows(heading: str) -> list[list[str]]:
    rows: list[list[str]] = []
    perspective = action = ""
    objective: tuple[str, str] = ("", "")
    for line in _lines_after(heading):
        first, *others = _cells(line)
        if not line or first == "Azione":
            continue
        if any(others):
            action = first or action
            rows += [[perspective, *objective, action, *cells] for cells in _unmerged(others)]
        elif re.match(r"\d\.\d ", first):
            objective, action = _objective(first), ""
        else:
            perspective, action = first, ""
    return rows


def _unmerged(cells: list[str]) -> list[list[str]]:
    """Two rows where the text has run two into one, each with what is left of it."""
    if not cells[1].startswith(MERGED_ACTION_START):
        return [cells]
    cut, whole, *values = cells
    return [[cut, "", "", "", ""], [whole, *values, ""]]


def _unshifted(cells: list[str]) -> list[str]:
    """The economic-financial rows, which the text has moved one column to the left."""
    return ["", *cells[:-1]] if len(cells) > 1 and cells[1].startswith("€") else cells


def _unsplit(dimension: str) -> str:
    return dimension.replace("IMPLEN- TAZIONE", "IMPLEMENTAZIONE")
