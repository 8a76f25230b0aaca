"""Where things stand on the printed page: what is beside, above and on the same page as what."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from documents.lettering import minus
from documents.pdf import render_pdf

WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)</word>'
)


class Word(NamedTuple):
    """A word on a page: its edges in points."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


def printed(body: str, tmp_path: Path, *, css_class: str = "") -> dict[str, list[Word]]:
    """Every word of the printed body, with its places."""
    file = tmp_path / "page.pdf"
    html = f"""<!doctype html><html lang="it"><head><meta charset="utf-8"><title>Prova</title>
    <meta name="author" content="Camera"></head><body class="{css_class}">
    <p class="running" data-institution="Camera" data-document="Piano" data-revision="REV. 0"
      data-act="" data-page="Pagina" data-of="di" data-guide-word="dall’obiettivo" data-draft="">
    </p>
    {body}</body></html>"""
    file.write_bytes(render_pdf(html))
    told = subprocess.run(
        ["pdftotext", "-bbox", str(file), "-"], check=True, capture_output=True, text=True
    ).stdout
    found: dict[str, list[Word]] = {}
    for number, page in enumerate(told.split("<page ")[1:], start=1):
        for *edges, word in WORD.findall(page):
            found.setdefault(word, []).append(Word(number, *map(float, edges)))
    return found


def row(action: str, indicator: str, *, code: str = "1.1", height: int = 8) -> str:
    return (
        f'<tr style="height: {height}mm"><th scope="row" class="action" data-guide="{code}">'
        f'{action}</th><th scope="row" class="indicator">{indicator}</th></tr>'
    )


def group(name: str, count: int, *, code: str = "1.1") -> str:
    rows = "".join(row(name if not n else "idem", f"{name}{n}", code=code) for n in range(count))
    return f'<tbody class="action">{rows}</tbody>'


def table(*groups: str, heading: str = "", more: str = "") -> str:
    return f"""<section class="dashboard reported {more}">{heading}<table class="dashboard report">
    <caption>Tabella</caption><thead><tr><th scope="col">Azione</th><th scope="col">Indicatore</th>
    </tr></thead>{"".join(groups)}</table></section>"""


@pytest.mark.parametrize(
    ("number", "aligned"), [("", True), ('<span class="no">1.1 </span>', False)]
)
def test_only_a_heading_with_a_number_begins_in_the_margin(tmp_path, number, aligned) -> None:
    words = printed(
        f"""<section class="chapter"><div class="opening"><h1>Capitolo</h1></div>
        <div class="text"><div class="section"><p>Testo.</p><h2>{number}Titolo</h2></div></div>
        </section>""",
        tmp_path,
    )

    first = words["1.1" if number else "Titolo"][0]
    assert (first.left == pytest.approx(words["Testo."][0].left, abs=1)) is aligned


def test_a_page_shared_by_two_dashboards_names_the_objective_it_begins_with(tmp_path) -> None:
    words = printed(
        table(group("A", 30, code="3.1"), heading="<h3>Primo</h3>")
        + table(group("B", 3, code="1.1"), heading="<h3>Secondo</h3>", more="follows"),
        tmp_path,
    )

    assert [one.page for one in words["dall’obiettivo"]] == [2, 3]
    assert [one.page for one in words["3.1"]] == [2, 3]
    assert words["B0"][0].page == 3
    assert not words.keys() & {"1.1", "–"}


def test_a_first_group_that_fits_is_not_divided(tmp_path) -> None:
    space = '<div style="height: 100mm"></div><h3>Primo</h3>'
    words = printed(table(group("A", 5), group("B", 3), heading=space), tmp_path)

    assert {words[f"A{n}"][0].page for n in range(5)} == {2}
    assert {words[f"B{n}"][0].page for n in range(3)} == {3}


def test_a_section_that_opens_a_wide_page_is_named_above_it(tmp_path) -> None:
    words = printed(
        """<section class="map-page"><h3>Mappa</h3></section><div class="text">
        <div class="section"><div class="opening-lines"><h2>Triennali</h2></div></div></div>"""
        + table(group("A", 1), heading="<h3>Primo</h3>"),
        tmp_path,
    )

    assert [one.page for one in words["Triennali"]] == [3, 3]


def test_a_row_of_a_comparison_is_not_divided(tmp_path) -> None:
    long = " ".join(["prima", *["parola"] * 400, "ultima"])
    words = printed(
        f"""<section class="dashboard"><div style="height: 120mm"></div>
        <table class="dashboard difference"><thead><tr><th scope="col">Dove</th>
        <th scope="col">Testo</th></tr></thead><tbody><tr><td>Qui</td><td>{long}</td></tr></tbody>
        </table></section>""",
        tmp_path,
        css_class="single",
    )

    assert len({words[word][0].page for word in ("Qui", "prima", "ultima")}) == 1


@pytest.mark.parametrize("css_class", ["single", "single draft"])
def test_every_page_but_the_first_of_a_single_document_says_its_title(tmp_path, css_class) -> None:
    words = printed(
        f"""<div class="title-block"><div><h1>Scheda</h1></div></div>
        <section class="dashboard"><h2>Parte</h2><table class="dashboard"><thead><tr>
        <th scope="col">Azione</th><th scope="col">Indicatore</th></tr></thead>
        {group("A", 50)}</table></section>""",
        tmp_path,
        css_class=css_class,
    )

    pages = max(one.page for one in words["Pagina"])
    assert [one.page for one in words["Scheda"]] == list(range(1, pages + 1))
    assert pages > 1


@pytest.mark.parametrize("css_class", ["", "draft"])
def test_a_dashboard_within_the_text_stays_on_a_page_of_the_text(tmp_path, css_class) -> None:
    words = printed(
        f"""<section class="chapter"><div class="opening"><h1>Capitolo</h1></div><div class="text">
        <table class="dashboard pola"><thead><tr><th scope="col">Azione</th>
        <th scope="col">Indicatore</th></tr></thead>
        {group("A", 1)}</table></div></section>""",
        tmp_path,
        css_class=css_class,
    )

    assert words["A0"][0].page == words["Capitolo"][0].page
    assert "dall’obiettivo" not in words


def test_facts_of_the_cover_do_not_touch(tmp_path) -> None:
    facts = ["2021-2023", "Delibera di Giunta n. 158", "30.5.2022", "Dati chiusi il 20.4.2022"]
    shown = "".join(f"<div><dt>Nome</dt><dd>{fact}</dd></div>" for fact in facts)
    words = printed(
        f'<section class="cover"><dl class="cover-facts">{shown}</dl></section>', tmp_path
    )

    date = words["30.5.2022"][0]
    assert all(date.left - one.right > 6 for one in words["Giunta"] + words["158"] + words["n."])


def test_captions_of_drawings_side_by_side_stand_on_one_line(tmp_path) -> None:
    words = printed(
        """<div class="abreast"><figure><div style="height: 30mm"></div>
        <figcaption>Una</figcaption></figure><figure><div style="height: 40mm"></div>
        <figcaption>Due</figcaption></figure></div>""",
        tmp_path,
        css_class="single",
    )

    assert words["Una"][0].top == pytest.approx(words["Due"][0].top, abs=0.5)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("-3", "−3"),
        ("-2,5 punti", "−2,5 punti"),
        ("-", "-"),
        ("", ""),
        ("+1", "+1"),
        ("5-3", "5-3"),
    ],
)
def test_a_figure_below_zero_has_a_true_minus(text, shown) -> None:
    assert minus(text) == shown
