"""The files of the narrative document: its index, its bodies, its blocks and its guidelines."""

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures" / "bergamo"
SEED = ROOT.parent / "shared" / "seed" / "piano-performance-2021-2023.txt"

INDEX = [
    ("", "Premessa"),
    ("1", "Presentazione della Camera di commercio di Bergamo"),
    ("1.1", "Mission e principali attività"),
    ("1.2", "Organizzazione e personale"),
    ("1.3", "Risorse economiche"),
    ("2", "Analisi del contesto esterno"),
    ("2.1", "Lo scenario economico nella provincia di Bergamo"),
    ("2.2", "Il quadro normativo"),
    ("3", "Pianificazione"),
    ("3.1", "Mappa strategica"),
    ("3.2", "Gli obiettivi strategici"),
    ("3.3", "Gli obiettivi operativi"),
    ("4", "Dalla performance organizzativa alla performance individuale"),
    ("5", "Piano Organizzativo del Lavoro Agile"),
    ("5.1", "Livello di attuazione"),
    ("5.1.1", "L'esperienza del lavoro agile pre-emergenziale"),
    ("5.1.2", "L'esperienza del lavoro agile emergenziale"),
    ("5.2", "Le modalità attuative"),
    ("5.2.1", "Finalità del lavoro agile"),
    ("5.2.2", "Mappatura delle attività che possono essere svolte in modalità lavoro agile"),
    ("5.2.3", "Fattori abilitanti"),
    ("5.2.4", "Programma di attuazione del lavoro agile"),
    ("5.3", "Ruoli e responsabilità"),
    ("5.4", "Programma di sviluppo del lavoro agile"),
    ("A1", "Linee guida per la disciplina del lavoro agile"),
]
ARTICLES = [
    "Finalità",
    "Attività interessate",
    "Individuazione dei dipendenti e criteri di ammissione",
    "Modalità di svolgimento",
    "Tempi di riposo, disconnessione e reperibilità",
    "Accordo individuale",
    "Trattamento economico e giuridico",
    "Recesso e sospensione",
    "Dotazione strumentale e obblighi di custodia e riservatezza",
    "Salute e sicurezza",
    "Formazione",
    "Privacy",
    "Monitoraggio",
    "Disposizioni finali",
]
NOT_AGILE = [
    "accoglienza e servizi ausiliari",
    "archiviazione cartacea",
    "gestione magazzino",
    "interventi hardware",
    "produzione e restituzione di documenti per l'estero",
    "rilascio di certificati del Registro Imprese o di altre banche dati",
    "vidimazione e restituzione libri, registri e formulari rifiuti",
    "rilascio carte tachigrafiche",
    "rilascio firma digitale/CNS",
    "domanda di cancellazione dei protesti",
    "rinnovo delle autorizzazioni dei centri tecnici presso le officine per il controllo sui"
    " cronotachigrafi",
    "concorsi a premio",
    "audizioni relative all'attività sanzionatoria e gli incontri di mediazione ed arbitrato,"
    " qualora non realizzabili da remoto",
]
BLOCKS = [
    ("1.2", "establishment_table", ""),
    ("1.2", "staff_by_gender", ""),
    ("1.2", "staff_by_category_and_gender", ""),
    ("1.2", "part_time_table", ""),
    ("1.3", "reference_table", "economico"),
    ("1.3", "reference_table", "partecipazioni"),
    ("2.1", "reference_table", "ateco"),
    ("2.1", "reference_table", "forme-giuridiche"),
    ("2.1", "reference_table", "forme-giuridiche-variazioni"),
    ("2.1", "value_added", "valore-aggiunto"),
    ("2.1", "reference_table", "scenari"),
    ("3.1", "strategy_map", ""),
    ("3.2", "strategic_dashboard", ""),
    ("3.3", "unit_dashboards", ""),
    ("4", "cascade_summary", ""),
    ("4", "dashboard", "segretario-generale"),
    ("4", "dashboard", "dirigente"),
    ("5.1.2", "agile_months", "lavoro-agile-mesi"),
    ("5.1.2", "reference_table", "formazione-agile"),
    ("5.1.2", "reference_table", "tecnologia-agile"),
    ("5.2.3", "reference_table", "fattori-abilitanti"),
    ("5.2.4", "reference_table", "programma-agile"),
    ("5.3", "reference_table", "ruoli-pola"),
    ("5.4", "pola_indicators", ""),
    ("A1", "guidelines", ""),
]
SECTION_KEYS = {"number", "title", "slug", "parent", "level", "is_annex", "summary"}
OPTIONAL_SECTION_KEYS = {"key_figure", "blocks"}
BLOCK_KEYS = {"kind", "caption", "lead", "source_note"}
OPTIONAL_BLOCK_KEYS = {"table", "argument"}
EFFECTS = {"blocks", "warns", "workflow", "declaration", "information"}
TAGS = {"p", "ul", "ol", "li", "h3", "em", "strong"}
PARENTS = {"p": {""}, "h3": {""}, "ul": {""}, "ol": {""}, "li": {"ul", "ol"}}
RUN = 8
"""Words in a row that would count as copied prose."""


class BodyParser(HTMLParser):
    """Reads a body strictly: allowed tags only, no attribute, closed in order, in their place."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check the tag, its attributes and its parent."""
        parent = self.open[-1] if self.open else ""
        inline = {"p", "li", "em", "strong"}
        if tag not in TAGS or attrs or parent not in PARENTS.get(tag, inline):
            self.faults.append(f"<{tag}> in <{parent}>")
        if tag in {"p", "li", "h3"}:
            self.texts.append((tag, ""))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Check that the innermost open tag is the one that closes."""
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Collect the text of the current paragraph, item or heading."""
        if not data.strip() and not {"p", "li", "h3"} & set(self.open):
            return
        if not {"p", "li", "h3"} & set(self.open):
            self.faults.append(data)
            return
        tag, text = self.texts[-1]
        self.texts[-1] = (tag, text + data)


def read_body(html: str) -> BodyParser:
    """Parse one body to its end."""
    parser = BodyParser()
    parser.feed(html)
    parser.close()
    parser.faults += [f"<{tag}> left open" for tag in parser.open]
    return parser


def load_sections() -> list[dict[str, Any]]:
    """The sections as written in their file."""
    text = (FIXTURES / "sections.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["sections"])


def load_articles() -> list[dict[str, Any]]:
    """The articles of the guidelines as written in their file."""
    text = (FIXTURES / "guidelines.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["articles"])


def body_of(slug: str) -> str:
    """The HTML of one section."""
    return (FIXTURES / "sections" / f"{slug}.html").read_text(encoding="utf-8")


def seed_text() -> str:
    """The source text without its marks of emphasis; empty where the source is not at hand."""
    if not SEED.exists():
        return ""
    return re.sub(r"</?i>|\*", "", SEED.read_text(encoding="utf-8"))


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of consecutive words of a text."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def written_texts() -> list[tuple[str, str]]:
    """Every narrative text with the place where it stands, printed names taken out."""
    texts = []
    for section in load_sections():
        place = section["slug"]
        blocks = section.get("blocks", [])
        pieces = [text for _, text in read_body(body_of(place)).texts]
        pieces += [text for block in blocks for _, text in read_body(block["lead"]).texts]
        figure = section.get("key_figure", {"caption": ""})
        texts += [(place, text) for text in [*pieces, section["summary"], figure["caption"]]]
    for article in load_articles():
        texts += [(rule["number"], rule["text"]) for rule in article["rules"]]
    names = {*NOT_AGILE, "L'economia della provincia di Bergamo nei prossimi anni"}
    return [(place, text) for place, text in texts if text not in names]


def test_sections_follow_the_index_of_the_source() -> None:
    """Numbers and titles are those of the index, in its order."""
    assert [(row["number"], row["title"]) for row in load_sections()] == INDEX


def test_index_is_the_one_printed_in_the_source() -> None:
    """Where the source is at hand, the expected index is read again from it."""
    printed = seed_text().partition("INDICE\n")[2].partition("ALLEGATO")[0]
    lines = re.findall(r"^(?:(\d[\d.]*?)\.? )?([^\d\n].*)\t\d+$", printed, re.MULTILINE)
    assert lines == (INDEX[:-1] if printed else [])


def test_sections_form_a_tree() -> None:
    """Level, parent and annex mark agree with the number; slugs are unique."""
    sections = load_sections()
    slugs = {row["number"]: row["slug"] for row in sections}
    assert len(set(slugs.values())) == len(sections)
    for row in sections:
        head = row["number"].rpartition(".")[0]
        assert row["level"] == row["number"].count(".") + 1, row["slug"]
        assert row["parent"] == (slugs[head] if head else ""), row["slug"]
        assert row["is_annex"] == row["number"].startswith("A"), row["slug"]


def test_sections_carry_known_keys_only() -> None:
    """No key is missing or misspelt, in sections, key figures and blocks."""
    for row in load_sections():
        assert set(row) - OPTIONAL_SECTION_KEYS == SECTION_KEYS, row["slug"]
        assert set(row.get("key_figure", {})) in (set(), {"value", "caption"}), row["slug"]
        for block in row.get("blocks", []):
            assert set(block) - OPTIONAL_BLOCK_KEYS == BLOCK_KEYS, row["slug"]


def test_chapters_have_a_summary_of_one_sentence() -> None:
    """Chapters and annex open with one sentence; the other sections have none."""
    for row in load_sections():
        sentences = re.findall(r"[^.]+\.(?=\s|$)", row["summary"])
        assert len(sentences) == (1 if row["level"] == 1 else 0), row["slug"]


def test_blocks_are_known_and_in_order() -> None:
    """Every generated block stands where the source prints it."""
    blocks = [
        (row["number"], block["kind"], block.get("table", block.get("argument", "")))
        for row in load_sections()
        for block in row.get("blocks", [])
    ]
    assert blocks == BLOCKS


def test_every_block_has_a_caption_and_a_well_formed_lead() -> None:
    """Captions are never empty; leads use the tags of the bodies."""
    for row in load_sections():
        for block in row.get("blocks", []):
            assert block["caption"].strip(), row["slug"]
            assert read_body(block["lead"]).faults == [], row["slug"]


def test_tables_keep_one_caption() -> None:
    """A table of figures is called the same in the document and in its own file."""
    tables = tomllib.loads((FIXTURES / "tables.toml").read_text(encoding="utf-8"))
    blocks = [block for row in load_sections() for block in row.get("blocks", [])]
    captions = {block["table"]: block["caption"] for block in blocks if "table" in block}
    assert captions == {slug: table["caption"] for slug, table in tables.items()}


def test_bodies_are_the_sections() -> None:
    """There is one body for each section and no other."""
    files = sorted(path.name for path in (FIXTURES / "sections").iterdir())
    assert files == sorted(f"{row['slug']}.html" for row in load_sections())


def test_bodies_are_full_and_well_formed() -> None:
    """Each body has words in every element and only allowed tags, rightly nested."""
    for row in load_sections():
        body = read_body(body_of(row["slug"]))
        assert body.faults == [], row["slug"]
        assert body.texts != [], row["slug"]
        assert [tag for tag, text in body.texts if not text.strip()] == [], row["slug"]


def test_headings_stand_only_under_second_level_sections() -> None:
    """An h3 in a chapter would skip a level, in a third-level section it would repeat one."""
    with_headings = [row["level"] for row in load_sections() if "<h3>" in body_of(row["slug"])]
    assert set(with_headings) == {2}


def test_not_agile_activities_are_listed_word_for_word() -> None:
    """The thirteen activities that cannot be done remotely keep their names."""
    items = [
        text for tag, text in read_body(body_of("mappatura-delle-attivita")).texts if tag == "li"
    ]
    assert items[10:] == NOT_AGILE


def test_articles_are_fourteen_and_consecutive() -> None:
    """Numbers and titles are those of Allegato 1."""
    titles = [(row["number"], row["title"]) for row in load_articles()]
    assert titles == list(enumerate(ARTICLES, start=1))


def test_rules_are_numbered_written_and_typed() -> None:
    """The rules of each article count from one, say something and have a known effect."""
    for row in load_articles():
        numbers = [rule["number"] for rule in row["rules"]]
        expected = [f"{row['number']}.{place}" for place in range(1, len(numbers) + 1)]
        assert numbers == expected
        assert numbers != []
        for rule in row["rules"]:
            assert set(rule) == {"number", "text", "effect"}, rule["number"]
            assert rule["text"].endswith("."), rule["number"]
            assert rule["effect"] in EFFECTS, rule["number"]


def test_key_figures_are_figures_of_the_source() -> None:
    """Where the source is at hand, every key figure is printed in it."""
    source = seed_text()
    figures = [row["key_figure"]["value"] for row in load_sections() if "key_figure" in row]
    assert [value for value in figures if source and value not in source] == []


def test_prose_is_not_copied() -> None:
    """No run of eight words of the source stands in a text, printed names excepted."""
    source = runs(seed_text())
    copied = [
        (place, " ".join(run)) for place, text in written_texts() for run in runs(text) & source
    ]
    assert copied == []
