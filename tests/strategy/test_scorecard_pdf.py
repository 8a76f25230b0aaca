"""The printed scorecard says what its page says, keeps both standards and carries its data."""

import io

import pypdf
import pytest

from documents.enums import PrintStage
from strategy.enums import PlanState
from strategy.open_data import data_files
from strategy.reports.scorecards import scorecard
from strategy.reports.scores import plan_scores
from strategy.scorecard_pdf import build_scorecard_pdf, scorecard_html, scorecard_sheet
from strategy.snapshots import plan_snapshot
from tests.documents.verapdf import validate


def dashboard_of(bergamo, slug):
    return bergamo.plan.dashboards.select_related("plan", "unit").get(slug=slug)


def test_sheet_of_a_unit_holds_every_row_and_its_reason(bergamo) -> None:
    dashboard = dashboard_of(bergamo, "azienda-speciale")

    html = scorecard_html(dashboard, 2020)

    card = scorecard(plan_scores(dashboard.plan, [dashboard]), dashboard, 2020)
    assert html.count('<th scope="row" class="indicator">') == 22
    for line in card.lines:
        for step in line.explanation.formula:
            assert step in html
    assert "1.408,66 / 15 = 93,9%" in html


def test_sheet_of_the_ente_holds_every_level(bergamo) -> None:
    sheet = scorecard_sheet(dashboard_of(bergamo, "strategico"), 2020)

    assert (sheet.mean.mark.text, len(sheet.lines), sheet.card) == ("98,4%", 58, None)
    assert [count for _mark, count in sheet.bands] == [13, 13, 2, 0, 2]
    html = scorecard_html(sheet.dashboard, 2020)
    assert html.count('<tr class="objective">') == 12
    assert html.count('<tr class="perspective">') == 4


def test_a_mean_and_its_coverage_are_two_things(bergamo) -> None:
    html = scorecard_html(dashboard_of(bergamo, "strategico"), 2020)

    assert html.count("%; misurati ") > 10
    assert "% misurati " not in html


def test_what_is_only_watched_looks_like_it(bergamo) -> None:
    html = scorecard_html(dashboard_of(bergamo, "registro-imprese"), 2020)

    assert html.count('<td class="n monitoring">monitoraggio</td>') == html.count(">monitoraggio<")
    assert ">monitoraggio<" in html


def test_what_holds_for_many_rows_is_said_once(bergamo) -> None:
    sheet = scorecard_sheet(dashboard_of(bergamo, "registro-imprese"), 2020)

    reasons = [line.printed_reason for line in sheet.lines if line.attainment.is_expected]
    assert reasons == ["3 / 3 × 100 = 100%", "2 / 3 × 100 = 66,67%"]
    assert sheet.unconfirmed == 2


def test_a_missing_result_says_so_on_paper(bergamo) -> None:
    sheet = scorecard_sheet(dashboard_of(bergamo, "azienda-speciale"), 2020)

    line = next(line for line in sheet.lines if line.row.name.startswith("Progetto: PID"))
    assert line.printed_reason == line.explanation.notes[0] != ""


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["strategico", "azienda-speciale"])
def test_scorecard_keeps_both_standards_and_carries_its_data(bergamo, tmp_path, slug) -> None:
    dashboard = dashboard_of(bergamo, slug)
    file = tmp_path / "scorecard.pdf"
    heard: list[PrintStage] = []
    content = build_scorecard_pdf(
        dashboard, 2020, on_progress=lambda stage, _page: heard.append(stage)
    )
    file.write_bytes(content)

    attached = pypdf.PdfReader(io.BytesIO(content)).attachments
    published = {one.name: one.content for one in data_files(plan_snapshot(bergamo.plan))}
    assert list(dict.fromkeys(heard)) == list(PrintStage)
    assert attached == {"attainment.csv": [published["attainment.csv"]]}
    assert validate(file, "3a") == []
    assert validate(file, "ua1") == []


@pytest.mark.slow
def test_scorecard_of_a_draft_keeps_both_standards(bergamo, tmp_path) -> None:
    dashboard = dashboard_of(bergamo, "registro-imprese")
    dashboard.plan.state = PlanState.UPDATING
    file = tmp_path / "scorecard.pdf"
    file.write_bytes(build_scorecard_pdf(dashboard, 2020))

    assert validate(file, "3a") == []
    assert validate(file, "ua1") == []
