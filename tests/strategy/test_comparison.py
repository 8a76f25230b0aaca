"""Two states of the real plan side by side: what is read, what is shown, what is handed out."""

import csv
import datetime
import io
import json
import time

import pypdf
import pytest

from documents.pdf import PrintError
from indicators.models import Actual, Target
from strategy.difference_csv import HEADER, difference_csv
from strategy.difference_pdf import build_difference_pdf, difference_html
from strategy.differences import differences
from strategy.enums import PlanPart, PlanState
from strategy.models import Plan, Section
from strategy.printables import PrintableDifference, find_printable
from strategy.reports.comparison import (
    DamagedEditionError,
    Side,
    compare,
    sides_of,
    usual_sides,
)
from strategy.reports.difference_lines import change_pairs, difference_groups
from strategy.reports.difference_words import (
    field_words,
    name_words,
    place_words,
    value_words,
)
from strategy.snapshots import plan_snapshot
from tests import factories
from tests.documents.verapdf import validate

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(bergamo) -> Plan:
    """The real plan, being updated: one target and one text are not what was adopted."""
    plan = bergamo.plan
    plan.state, plan.revision, plan.update_reason = PlanState.UPDATING, 1, "Variazione."
    plan.save()
    target = Target.objects.filter(cycle=2021, year=2021, kind="percent").order_by("pk").first()
    target.printed = "77%"
    target.full_clean()
    target.save()
    section = Section.objects.get(plan=plan, slug="premessa")
    section.body = section.body.replace("</p>", " Aggiunto qui.</p>", 1)
    section.save()
    return plan


def comparison_of(plan: Plan):
    return compare(*usual_sides(sides_of(plan)))


def lines_of(comparison, plan=None):
    pairs = change_pairs(comparison.difference)
    groups = difference_groups(pairs, comparison.difference, plan)
    return [line for group in groups for line in group.lines]


def test_an_adopted_plan_equals_its_edition(bergamo):
    comparison = comparison_of(bergamo.plan)

    assert (comparison.old.key, comparison.new.key) == ("rev-0", "lavoro")
    assert comparison.difference.subjects == ()


def test_the_working_plan_says_what_changed(plan):
    comparison = comparison_of(plan)

    assert comparison.difference.parts() == {PlanPart.CELLS: 1, PlanPart.DOCUMENT: 1}
    assert comparison.is_draft


def test_results_of_a_year_of_the_plan_are_no_changes_of_it(plan):
    indicator = Target.objects.filter(cycle=2021, year=2021, kind="number").first().indicator
    factories.actual(
        indicator=indicator, year=2021, measured_on=datetime.date(2021, 6, 30), printed="7"
    )
    Actual.objects.filter(year=2020).exclude(indicator=indicator).first().delete()

    changes = change_pairs(comparison_of(plan).difference)

    assert sorted((change.field, change.detail) for _subject, change in changes) == [
        ("actual", "2020"),
        ("body", ""),
        ("target", "2021"),
    ]


def test_labels_of_the_sides(plan):
    assert [(side.key, side.label) for side in sides_of(plan)] == [
        ("rev-0", "REV. 0, 25.1.2021"),
        ("lavoro", "Piano in lavorazione, com’è ora"),
    ]


def test_the_usual_sides(db):
    plan = factories.plan(state=PlanState.DRAFT)
    assert [side.key for side in usual_sides(sides_of(plan))] == ["lavoro", "lavoro"]

    factories.edition(plan=plan, revision=0)
    factories.edition(plan=plan, revision=1)
    assert [side.key for side in usual_sides(sides_of(plan))] == ["rev-1", "lavoro"]

    plan.state = PlanState.PUBLISHED
    assert [side.key for side in usual_sides(sides_of(plan))] == ["rev-0", "rev-1"]


def test_a_damaged_edition_is_never_compared(plan):
    edition = factories.edition(plan=plan, revision=5, snapshot_sha256="0" * 64)
    old, new = Side(plan, edition), Side(plan)

    with pytest.raises(DamagedEditionError):
        compare(old, new)
    with pytest.raises(PrintError, match=r"REV\. 5"):
        build_difference_pdf(old, new)


def test_the_cost_does_not_depend_on_the_size(plan, django_assert_num_queries):
    for sheet in plan.project_sheets.all():
        factories.activity_result(activity=factories.project_activity(sheet=sheet))
    with django_assert_num_queries(26):
        comparison_of(plan)

    small = factories.plan(state=PlanState.UPDATING, revision=1)
    factories.edition(plan=small, snapshot=json.dumps(plan_snapshot(small)))
    factories.dashboard_row(dashboard=factories.dashboard(plan=small))
    block = factories.section_block(section=factories.section(plan=small))
    block.table = factories.reference_row(
        table=factories.reference_column(table=factories.reference_table(plan=small)).table
    ).table
    block.save()
    factories.guideline_rule(article=factories.guideline_article(plan=small))
    sheet = factories.project_sheet(plan=small)
    factories.activity_result(activity=factories.project_activity(sheet=sheet))
    with django_assert_num_queries(26):
        comparison_of(small)


def test_two_thousand_indicators_take_less_than_a_second(bergamo):
    """Ten times the real plan, every target of it changed."""
    old = plan_snapshot(bergamo.plan)
    known = old["indicators"]
    old["indicators"] = {f"{key}-{n}": one for key, one in known.items() for n in range(11)}
    for dashboard in old["dashboards"]:
        dashboard["rows"] = [
            row | {"indicator": f"{row['indicator']}-{n}"}
            for n in range(11)
            for row in dashboard["rows"]
        ]
    new = json.loads(json.dumps(old))
    for indicator in new["indicators"].values():
        for cell in indicator["targets"].values():
            cell["printed"] += "0"
    assert len(new["indicators"]) > 2000

    began = time.process_time()
    found = differences(old, new)

    assert time.process_time() - began < 1
    assert len(found.subjects) > 2000


# Shown


def test_lines_say_field_values_and_words(plan):
    cell, text = lines_of(comparison_of(plan), plan)

    assert (cell.field, cell.old.text, cell.new.text) == ("Target 2021", "100%", "77%")
    assert cell.url.startswith("/piano/2021/indicatori/")
    assert (text.field, text.url) == ("Testo", "/piano/2021/documento/premessa/")
    assert [(word.is_removed, word.is_added) for word in text.words] == [
        (False, False),
        (False, True),
        (False, False),
    ]
    assert text.words[1].text.strip() == "Aggiunto qui."
    assert "…" in text.words[-1].text


def test_lines_without_a_plan_lead_nowhere(plan):
    assert {line.url for line in lines_of(comparison_of(plan))} == {""}


def test_marks_alone_are_said_in_words(plan):
    section = Section.objects.get(plan=plan, slug="mission")
    section.body = section.body.replace("<p>", "<p><strong>", 1).replace("</p>", "</strong></p>", 1)
    section.save()

    line = lines_of(comparison_of(plan))[-1]

    assert line.words == ()
    assert line.note == "Stesse parole: sono cambiati solo grassetti, titoli o collegamenti."


def test_long_names_are_compared_by_words_and_new_texts_are_shortened(plan):
    long = "Numero delle iniziative di promozione del territorio e dei suoi prodotti"
    row = plan.dashboards.get(slug="strategico").rows.first()
    row.printed_name = long
    row.save()
    factories.section(plan=plan, slug="nuova", position=99, body=f"<p>{'parola ' * 100}</p>")

    lines = {line.field: line for line in lines_of(comparison_of(plan))}

    assert lines["Testo"].new.text.endswith("…")
    assert (lines["Testo"].old.is_absent, lines["Testo"].old.is_empty) == (True, False)
    # The short name of before stands beside the long one; two long ones are compared by words.
    assert (lines["Nome come stampato qui"].new.text, lines["Nome come stampato qui"].words) == (
        long,
        (),
    )


def test_two_long_names_are_compared_by_words(plan):
    indicator = max(
        (row.indicator for row in plan.dashboards.get(slug="strategico").rows.all()),
        key=lambda one: len(one.name),
    )
    indicator.name += " in totale"
    indicator.save()

    named = [line for line in lines_of(comparison_of(plan)) if line.field == "Nome"]

    assert [(word.is_added, word.text.strip()) for word in named[0].words][-1] == (
        True,
        "in totale",
    )


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("is_annex", "true", "sì"),
        ("is_annex", "false", "no"),
        ("measured_on", "2020-12-31", "31.12.2020"),
        ("measured_on", "", ""),
        ("weight", "1.5", "1,5"),
        ("polarity", "lower", "decrescente: più basso è meglio"),
        ("level", "total", "totale"),
        ("level", "2", "2"),
        ("kind", "dirigente", "Cruscotto del dirigente"),
        ("kind", "strategy_map", "Mappa strategica"),
        ("kind", "unknown", "unknown"),
        ("body", "<p>Uno</p><p>due</p>", "Uno\ndue"),
        ("name", "Nome", "Nome"),
    ],
)
def test_values_as_they_are_read(field, value, words):
    assert value_words(field, value) == words


def test_a_block_without_caption_is_called_by_its_kind(db):
    assert (name_words("strategy_map"), name_words("N. cose")) == ("Mappa strategica", "N. cose")


@pytest.mark.parametrize(
    ("part", "place", "words"),
    [
        (PlanPart.MAP, "SVILUPPO ECONOMICO", "Sviluppo economico"),
        (PlanPart.CELLS, "1.1 · ENTE, SG", "1.1 · ENTE, SG"),
        (PlanPart.ANNEXES, "agile_work", "Lavoro agile"),
    ],
)
def test_places_as_they_are_read(part, place, words):
    assert place_words(part, place) == words


def test_a_cell_of_a_table_is_called_by_its_column(db):
    assert (field_words("cell", "2020"), field_words("heading", "2")) == ("2020", "Titolo 2")


# Handed out


def test_the_file_has_a_line_for_each_change(plan):
    comparison = comparison_of(plan)

    header, cell, text = csv.reader(io.StringIO(difference_csv(comparison.difference).decode()))

    assert tuple(header) == HEADER
    assert cell[:2] + cell[4:] == ["cells", "changed", "target", "2021", "100%", "77%"]
    assert text[0] == "document"
    assert "<p>" not in text[6] + text[7]


def test_the_file_of_what_was_added_leaves_the_old_side_empty(plan):
    factories.section(plan=plan, number="9", title="Nuova", position=99, body="<p>Ecco.</p>")

    rows = list(csv.reader(io.StringIO(difference_csv(comparison_of(plan).difference).decode())))

    assert [row[1:2] + row[4:] for row in rows[-2:]] == [
        ["added", "section", "", "", "9 Nuova"],
        ["added", "body", "", "", "Ecco."],
    ]


@pytest.fixture
def printable(plan) -> PrintableDifference:
    return PrintableDifference(*sides_of(plan))


def found(kind: str):
    return find_printable(kind, reader=None)


def test_the_annex_is_named_by_its_sides(printable):
    assert (printable.kind, printable.file_name, printable.get_absolute_url()) == (
        "difference-2021-rev-0-a-lavoro-rev-1-bozza",
        "confronto-2021-2023-rev-0-lavoro.pdf",
        "/piano/2021/confronto/pdf/?da=rev-0&a=lavoro",
    )


def test_the_annex_is_found_under_its_kind(printable):
    again = found(printable.kind)

    assert (again.old.key, again.new.key) == ("rev-0", "lavoro")
    assert again.fingerprint == printable.fingerprint


@pytest.mark.parametrize(
    "kind",
    [
        "difference-2021-rev-0-a-rev-7-rev-1-bozza",
        "difference-2021-rev-7-a-lavoro-rev-1-bozza",
        "difference-1999-rev-0-a-lavoro-rev-1-bozza",
        "difference-2021-rev-0-a-lavoro-rev-0",
        "difference-2021-rev-1-bozza",
    ],
)
def test_no_annex_is_found_under_another_kind(plan, kind):
    assert found(kind) is None


def test_the_annex_changes_with_the_plan_it_speaks_of(plan, printable):
    before = printable.fingerprint
    Section.objects.filter(plan=plan, slug="mission").update(title="Altro")

    assert printable.fingerprint != before


@pytest.mark.slow
def test_the_annex_keeps_both_standards_and_holds_its_data(plan, printable, tmp_path):
    heard = []
    file = tmp_path / "annex.pdf"
    file.write_bytes(printable.build(on_progress=lambda stage, _page: heard.append(stage)))

    assert [validate(file, flavour) for flavour in ("3a", "ua1")] == [[], []]
    reader = pypdf.PdfReader(file)
    data = difference_csv(comparison_of(plan).difference)
    assert {name: content[0] for name, content in reader.attachments.items()} == {
        "difference.csv": data
    }
    text = "".join(page.extract_text() for page in reader.pages)
    assert ("77%" in text, "BOZZA" in text) == (True, True)
    assert heard


def test_the_annex_of_two_editions_is_no_draft_and_carries_the_later_date(plan):
    edition = plan.editions.get(revision=0)
    later = factories.edition(
        plan=plan, revision=1, snapshot=json.dumps(plan_snapshot(plan)), act_date="2021-06-30"
    )
    later.refresh_from_db()

    html = difference_html(compare(Side(plan, edition), Side(plan, later)))

    assert 'content="2021-06-30T12:00:00+00:00"' in html
    assert "BOZZA" not in html


def test_an_annex_without_differences_says_so(bergamo):
    html = difference_html(comparison_of(bergamo.plan))

    assert "Tra i due non è cambiato nulla." in html
