"""The whole document as HTML: every section, table and cell, headings in order, few statements."""

import csv
import datetime
import html
import re
import tomllib
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strategy.acts import Act
from strategy.document import act_in_force, plan_document, plan_html
from strategy.document_layout import shifted_headings
from strategy.enums import PlanState
from strategy.models import SectionBlock

pytestmark = pytest.mark.django_db

BERGAMO = Path(__file__).parents[2] / "fixtures" / "bergamo"
ACT = Act(type="Delibera", number="2", date=datetime.date(2021, 1, 25), body="Giunta")
MARKS = ("</b>", "</strong>", "</em>", "<b>", "<strong>", "<em>")


class Outline(HTMLParser):
    """Headings in order, whether one stands in another, and every identifier."""

    def __init__(self) -> None:
        super().__init__()
        self.ranks: list[int] = []
        self.open: list[str] = []
        self.nested: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if "id" in values:
            self.ids.append(values["id"])
        if values.get("href", "").startswith("#"):
            self.targets.append(values["href"][1:])
        if re.fullmatch(r"h[1-6]", tag):
            if self.open:
                self.nested.append(tag)
            self.open.append(tag)
            self.ranks.append(int(tag[1]))

    def handle_endtag(self, tag):
        if self.open and tag == self.open[-1]:
            self.open.pop()


def words(text: str) -> str:
    """The text without marks and with single spaces."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).strip()


@pytest.fixture
def page(bergamo) -> str:
    return plan_html(plan_document(bergamo.plan, act=ACT, snapshot_sha256="0" * 64))


def test_every_section_is_there_in_order(page):
    settings = tomllib.loads((BERGAMO / "sections.toml").read_text("utf-8"))
    places = [page.index(f'id="{section["slug"]}"') for section in settings["sections"]]

    assert places == sorted(places)
    text = words(page)
    for section in settings["sections"]:
        assert words(section["title"]) in text, section["slug"]
        assert words(section["summary"]) in text


def test_every_cell_of_every_table_is_there_as_printed(page):
    found = Counter(map(words, re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", page, re.DOTALL)))
    for path in sorted((BERGAMO / "tables").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        expected = Counter(words(cell) for row in rows for cell in row)
        missing = {cell for cell in expected if cell and cell not in found}
        assert missing == set(), path.name


def test_every_row_of_every_dashboard_is_there(page):
    text = page
    for path in sorted((BERGAMO / "rows").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        section = text[text.index(f'id="cruscotto-{path.stem}"') :]
        table = section[: section.index("</table>")]
        names = re.findall(r'class="indicator">(.*?)</th>', table, re.DOTALL)
        assert [words(name) for name in names] == [
            words(row["printed_name"] or row["indicator"]) for row in rows
        ], path.stem


@pytest.mark.slow
def test_headings_never_skip_a_level_nor_stand_in_each_other(page):
    outline = Outline()
    outline.feed(page)

    assert outline.nested == []
    assert outline.ranks[0] == 1
    steps = [b - a for a, b in zip(outline.ranks, outline.ranks[1:], strict=False)]
    assert max(steps) == 1


def test_links_lead_somewhere_and_identifiers_are_single(page):
    outline = Outline()
    outline.feed(page)

    assert [name for name, count in Counter(outline.ids).items() if count > 1] == []
    assert set(outline.targets) - set(outline.ids) == set()


@pytest.mark.slow
def test_tables_and_figures_are_counted_through_the_document(bergamo):
    document = plan_document(bergamo.plan, act=ACT)

    assert [view.table_number for view in document.tables] == list(
        range(1, len(document.tables) + 1)
    )
    assert [view.figure_number for view in document.figures] == [1, 2, 3, 4]


def test_an_operational_row_says_so_in_a_word(page):
    rows = re.findall(r'<tr class="operational">.*?</tr>', page, re.DOTALL)

    assert rows
    assert all('<td class="kind">oper.</td>' in row for row in rows)


@pytest.mark.slow
def test_statements_do_not_grow_with_the_rows(bergamo):
    plan, digest = bergamo.plan, bergamo.edition.snapshot_sha256
    with CaptureQueriesContext(connection) as few:
        plan_html(plan_document(plan, snapshot_sha256=digest))
    section = plan.sections.get(slug="risorse-economiche")
    stored = section.blocks.first()
    SectionBlock.objects.bulk_create(
        SectionBlock(section=section, position=10 + n, kind=stored.kind, table=stored.table)
        for n in range(20)
    )
    with CaptureQueriesContext(connection) as many:
        plan_html(plan_document(plan, snapshot_sha256=digest))

    assert len(few) == len(many)
    assert len(few) <= 25


@pytest.mark.slow
def test_the_document_is_italian_whatever_the_reader_speaks(bergamo, settings):
    settings.LANGUAGE_CODE = "en"

    page = plan_html(plan_document(bergamo.plan, act=ACT))

    assert '<html lang="it">' in page


def test_the_act_in_force_is_that_of_the_edition(bergamo):
    digests = [bergamo.edition.snapshot_sha256, "0" * 64]

    # With another hash the plan itself is held against the edition (see also: test_printables).
    acts = [str(act_in_force(bergamo.plan, snapshot_sha256=digest)) for digest in digests]
    assert acts == ["Delibera di Giunta n. 2 del 25.1.2021"] * 2


def test_an_adopted_plan_is_no_draft(bergamo):
    document = plan_document(bergamo.plan)

    assert not document.is_draft
    assert document.modified == "2021-01-25T12:00:00+00:00"
    assert [value for _name, value in document.cover_facts] == [
        "REV. 0",
        "Delibera di Giunta n. 2",
        "25.1.2021",
    ]


@pytest.mark.slow
def test_a_plan_being_updated_is_a_draft(bergamo):
    plan = bergamo.plan
    plan.state = PlanState.UPDATING

    document = plan_document(plan)

    assert document.is_draft
    assert document.act is None
    assert '<body class="draft">' in plan_html(document)
    assert plan.get_state_display() in document.state_sentence


def test_a_draft_tells_the_day_that_the_office_stands_on(bergamo, settings):
    settings.DEMO_DATE = datetime.date(2021, 7, 5)
    plan = bergamo.plan
    plan.state = PlanState.UPDATING

    document = plan_document(plan, with_sections=False)

    assert " 5.7.2021: " in document.state_sentence
    assert dict(document.cover_facts)["Situazione al"] == "5.7.2021"
    assert document.made_at.date() == datetime.datetime.now(datetime.UTC).date()


def test_what_is_true_of_an_edition_alone_is_not_said_of_a_draft(bergamo):
    plan = bergamo.plan
    plan.state = PlanState.UPDATING
    document = plan_document(plan, with_sections=False)

    draft, edition = plan_html(document), plan_html(replace(document, is_draft=False))

    for words in ("I valori sono stampati come deliberati", "è pubblicata accanto al collegamento"):
        assert (words in draft, words in edition) == (False, True)
    assert "I valori sono stampati come stanno nel piano in lavorazione" in draft
    assert "Questa è una bozza" in draft


def test_an_edition_is_never_a_draft(bergamo):
    plan = bergamo.plan
    plan.state = PlanState.PROPOSED

    assert not plan_document(plan, act=ACT).is_draft


def test_the_next_edition_names_the_earlier_ones(bergamo):
    plan = bergamo.plan
    plan.revision = 1

    assert plan_document(plan, act=ACT).earlier == (
        "REV. 0, Delibera di Giunta n. 2 del 25.1.2021",
    )


@pytest.mark.parametrize(
    ("body", "above", "expected"),
    [
        ("<p>a</p>", 2, "<p>a</p>"),
        ("<h3>a</h3><h4>b</h4>", 1, "<h2>a</h2><h3>b</h3>"),
        ("<h3>a</h3>", 2, "<h3>a</h3>"),
        ("<h2>a</h2>", 3, "<h4>a</h4>"),
        ("<h2>a</h2><h6>b</h6>", 3, "<h4>a</h4><h6>b</h6>"),
    ],
)
def test_headings_of_a_text_stand_below_the_heading_above(body, above, expected):
    assert shifted_headings(body, above=above) == expected
