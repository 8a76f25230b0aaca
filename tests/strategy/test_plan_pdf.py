"""The PDF of the real plan: both standards, its data inside, every indicator as text."""

import csv
import io
import json
import re
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pypdf
import pytest
from django.core.management import CommandError, call_command

from camera_perf.demo import BERGAMO
from camera_perf.demo_update import open_demo_update
from documents.enums import PrintStage
from documents.pdf import PrintError, check_pdf
from indicators.models import Indicator, Target
from strategy.document import plan_document, plan_html
from strategy.enums import PlanState
from strategy.plan_pdf import (
    attachments,
    build_dashboard_pdf,
    build_plan_pdf,
    dashboard_html,
    plan_fingerprint,
)
from strategy.reports import dashboard_report
from strategy.snapshots import plan_snapshot
from tests.documents.verapdf import validate

pytestmark = pytest.mark.django_db

BUILT: dict[str, bytes] = {}
HEARD: list[tuple[PrintStage, int]] = []  # while it was built
PAGES = range(48, 62)


@pytest.fixture
def pdf(bergamo, tmp_path) -> Iterator[Path]:
    """The PDF of the edition in force, built once for all tests of this file."""
    if "plan" not in BUILT:
        BUILT["plan"] = build_plan_pdf(bergamo.plan, on_progress=lambda *news: HEARD.append(news))
    file = tmp_path / "plan.pdf"
    file.write_bytes(BUILT["plan"])
    return file


def squeezed(text: str) -> str:
    """The text without any space: lines of a cell are broken anywhere."""
    return re.sub(r"\s+", "", text)


def text_of(file: Path) -> str:
    return subprocess.run(
        ["pdftotext", "-raw", str(file), "-"], check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.slow
@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_both_standards_are_kept(pdf, flavour):
    assert validate(pdf, flavour) == []


@pytest.mark.slow
def test_the_data_inside_are_those_of_the_plan(bergamo, pdf):
    inside = pypdf.PdfReader(pdf).attachments
    files = attachments(plan_snapshot(bergamo.plan))

    assert {name: contents[0] for name, contents in inside.items()} == {
        file.name: file.content for file in files
    }
    assert json.loads(inside["plan.json"][0])["plan"]["title"] == bergamo.plan.title


@pytest.mark.slow
def test_the_csv_inside_equals_the_table_on_the_page(bergamo, pdf):
    inside = pypdf.PdfReader(pdf).attachments
    rows = list(csv.DictReader(io.StringIO(inside["strategic_dashboard.csv"][0].decode())))
    lines = dashboard_report(bergamo.plan.dashboards.get(slug="strategico")).lines

    assert [(row["indicator"], row["target_2021"], row["source"]) for row in rows] == [
        (line.indicator, line.cells[2].printed, line.source) for line in lines
    ]


@pytest.mark.slow
def test_every_indicator_and_every_article_is_found_as_text(bergamo, pdf):
    text = squeezed(text_of(pdf))
    shown = Indicator.objects.filter(rows__dashboard__plan=bergamo.plan).distinct()

    missing = [i.name for i in shown if squeezed(i.name) not in text]
    assert missing == []
    articles = bergamo.plan.guideline_articles.all()
    assert [a.title for a in articles if squeezed(a.title) not in text] == []


@pytest.mark.slow
def test_fonts_are_ours_and_inside(pdf):
    listing = subprocess.run(
        ["pdffonts", str(pdf)], check=True, capture_output=True, text=True
    ).stdout.splitlines()[2:]

    assert listing
    for line in listing:
        assert re.search(r"\+(Titillium-Web|Source-Sans-3)", line), line
        assert line.split()[-5:-2] == ["yes", "yes", "yes"], line


@pytest.mark.slow
def test_the_file_says_what_it_is(bergamo, pdf):
    reader = pypdf.PdfReader(pdf)

    assert len(reader.pages) in PAGES
    assert reader.metadata.title == (
        "Piano della Performance 2021-2023, REV. 0 - Camera di commercio di Bergamo"
    )
    assert reader.trailer["/Root"]["/Lang"] == "it"
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert len(titles) == 9
    assert "BOZZA" not in text_of(pdf)
    assert "Delibera di Giunta n. 2 del 25.1.2021" in text_of(pdf)
    assert squeezed(bergamo.edition.snapshot_sha256) in squeezed(text_of(pdf))


@pytest.mark.slow
def test_the_build_tells_how_far_it_is(pdf):
    stages = list(dict.fromkeys(stage for stage, _page in HEARD))

    assert stages == list(PrintStage)
    assert max(page for _stage, page in HEARD) in PAGES


@pytest.mark.slow
def test_a_draft_says_so_on_every_page(bergamo, tmp_path):
    open_demo_update(BERGAMO)
    file = tmp_path / "draft.pdf"
    call_command("build_plan_pdf", plan="2021-2023", output=file, working=True)

    pages = text_of(file).split("\f")[:-1]
    assert [n for n, page in enumerate(pages, 1) if "BOZZA" not in page] == []
    assert validate(file, "ua1") == []
    assert validate(file, "3a") == []
    assert bergamo.plan.editions.count() == 1


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["strategico", "registro-imprese", "dirigente"])
def test_a_dashboard_alone(bergamo, tmp_path, slug):
    dashboard = bergamo.plan.dashboards.get(slug=slug)
    file = tmp_path / "dashboard.pdf"
    heard: list[PrintStage] = []
    content = build_dashboard_pdf(dashboard, on_progress=lambda stage, _page: heard.append(stage))
    file.write_bytes(content)

    assert list(dict.fromkeys(heard)) == list(PrintStage)
    text = squeezed(text_of(file))
    missing = [
        x.indicator for x in dashboard_report(dashboard).lines if squeezed(x.indicator) not in text
    ]
    assert missing == []
    assert squeezed(bergamo.edition.snapshot_sha256) in text
    assert "BOZZA" not in text


@pytest.mark.slow
def test_a_dashboard_alone_keeps_both_standards(bergamo, tmp_path):
    file = tmp_path / "dashboard.pdf"
    file.write_bytes(build_dashboard_pdf(bergamo.plan.dashboards.get(slug="affari-generali")))

    assert validate(file, "3a") == []
    assert validate(file, "ua1") == []


@pytest.mark.slow
def test_data_changed_after_the_adoption_are_not_passed_off_as_adopted(bergamo):
    plan = bergamo.plan
    dashboard = plan.dashboards.get(slug="registro-imprese")
    adopted = dashboard_html(dashboard)
    fingerprint = plan_fingerprint(plan)

    target = Target.objects.filter(indicator__rows__dashboard=dashboard, kind="percent").first()
    target.printed = "1%"
    target.full_clean()
    target.save()
    changed = dashboard_html(dashboard)

    act, digest = "Delibera di Giunta n. 2 del 25.1.2021", bergamo.edition.snapshot_sha256
    assert (act in adopted, digest[:8] in adopted, "BOZZA" in adopted) == (True, True, False)
    assert (act in changed, digest[:8] in changed, "BOZZA" in changed) == (False, False, True)
    assert plan_fingerprint(plan) != fingerprint


@pytest.mark.slow
def test_an_objective_has_one_place_and_every_link_finds_it(bergamo):
    """One whose rows do not stand together is headed twice; one without rows is not headed."""
    rows = bergamo.plan.dashboards.get(slug="strategico").rows
    moved = rows.order_by("position").first()
    rows.filter(pk=moved.pk).update(position=999)
    gone = rows.filter(action__objective__code="3.2")
    assert gone.delete()[0] > 0

    html = plan_html(plan_document(bergamo.plan))

    heading = moved.action.objective.name
    table = html.split('<table class="dashboard strategic">')[1].split("</table>")[0]
    assert table.count(heading) == 2
    places = re.findall(r' id="(obiettivo-[^"]*)"', html)
    links = re.findall(r' href="#(obiettivo-[^"]*)"', html)
    assert sorted(places) == sorted(set(places)) == sorted(links)
    assert re.findall(r' data-href="#(obiettivo-[^"]*)"', html) == links


@pytest.mark.slow
def test_the_fingerprint_moves_with_the_data_and_with_the_state(bergamo):
    plan = bergamo.plan
    before = plan_fingerprint(plan)

    assert plan_fingerprint(bergamo.plan) == before
    plan.state = PlanState.UPDATING
    assert plan_fingerprint(plan) != before
    section = bergamo.plan.sections.first()
    section.title = "Un altro titolo"
    section.save()
    assert plan_fingerprint(bergamo.plan) != before


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 cut"])
def test_a_dashboard_that_is_cut_short_is_refused(content):
    with pytest.raises(PrintError):
        check_pdf(content)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 cut", b"%PDF-1.7 %%EOF"])
def test_a_file_that_lost_something_is_refused(bergamo, content):
    files = attachments(plan_snapshot(bergamo.plan))

    with pytest.raises(PrintError):
        check_pdf(content, files)


@pytest.mark.slow
def test_the_command_writes_the_same_file_again(bergamo, pdf, tmp_path, capsys):
    output = tmp_path / "out.pdf"
    call_command("build_plan_pdf", plan="2021-2023", output=output)

    said, digest = capsys.readouterr().out, sha256(output.read_bytes()).hexdigest()
    assert digest == sha256(BUILT["plan"]).hexdigest()
    assert digest in said
    assert re.search(r": (\d+) ", said)


def test_the_command_names_the_plans_there_are(bergamo, tmp_path):
    with pytest.raises(CommandError, match=r"2030-2032.*2021-2023"):
        call_command("build_plan_pdf", plan="2030-2032", output=tmp_path / "x.pdf")


def test_the_command_says_at_once_that_it_cannot_write(bergamo, tmp_path):
    output = tmp_path / "missing" / "x.pdf"

    with pytest.raises(CommandError, match=re.escape(str(output))):
        call_command("build_plan_pdf", plan="2021-2023", output=output)


@pytest.mark.slow
def test_the_command_passes_on_why_it_cannot_print(bergamo, tmp_path, settings):
    settings.STATICFILES_DIRS = []
    settings.STATIC_ROOT = tmp_path

    with pytest.raises(CommandError):
        call_command("build_plan_pdf", plan="2021-2023", output=tmp_path / "x.pdf")
