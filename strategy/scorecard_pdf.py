"""A scorecard as PDF, for a meeting or a signature: the same figures and reasons as its page.

The file carries the published degrees of the plan. It is built by a job, like the plan.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from documents.charts import Chart
from documents.data_file import DataFile
from documents.pdf import ProgressListener, whole_pdf
from strategy.attainment_data import ATTAINMENT
from strategy.band_looks import Mark
from strategy.document import LANGUAGE, PlanDocument, plan_document
from strategy.enums import DashboardKind, ScoreLevel
from strategy.models import Dashboard
from strategy.open_data import data_files
from strategy.reports.body_scorecard import BodyScorecard, body_scorecard
from strategy.reports.scorecards import MeanReport, Scorecard, ScoreLine, scorecard
from strategy.reports.scores import plan_scores, strategic_indicators
from strategy.score_drawings import bands_drawing
from strategy.snapshots import plan_snapshot


@dataclass(frozen=True)
class ScorecardDocument:
    """The scorecard ready for its template: of the ente or of a dashboard."""

    document: PlanDocument
    dashboard: Dashboard
    year: int
    title: str
    body: BodyScorecard | None
    card: Scorecard | None
    drawing: Chart | None

    @property
    def mean(self) -> MeanReport | None:
        """The figure of the scorecard."""
        shown = self.body or self.card
        return shown.mean if shown else None

    @property
    def bands(self) -> tuple[tuple[Mark, int], ...]:
        """How many indicators lie in each band."""
        shown = self.body or self.card
        return shown.bands if shown else ()

    @property
    def lines(self) -> tuple[ScoreLine, ...]:
        """The rows, of a dashboard those not to be measured last."""
        if self.body:
            nodes = self.body.body.every(ScoreLevel.ACTION)
            return tuple(line for node in nodes for line in node.lines)
        return (*self.card.lines, *self.card.outside) if self.card else ()

    @property
    def unconfirmed(self) -> int:
        """How many rows rest on a polarity that nobody has confirmed."""
        return sum(line.is_polarity_to_confirm for line in self.lines)


def build_scorecard_pdf(
    dashboard: Dashboard, year: int, *, on_progress: ProgressListener | None = None
) -> bytes:
    """The scorecard as PDF/A-3a and PDF/UA-1, `attainment.csv` inside."""
    return whole_pdf(
        lambda: (scorecard_html(dashboard, year), degree_files(dashboard)), on_progress=on_progress
    )


def degree_files(dashboard: Dashboard) -> list[DataFile]:
    """The published degrees of the plan."""
    files = data_files(plan_snapshot(dashboard.plan))
    return [file for file in files if file.name == ATTAINMENT]


def scorecard_html(dashboard: Dashboard, year: int) -> str:
    """The scorecard as a page of HTML, always in Italian."""
    with translation.override(LANGUAGE):
        return render_to_string("print/scorecard.html", {"sheet": scorecard_sheet(dashboard, year)})


def scorecard_sheet(dashboard: Dashboard, year: int) -> ScorecardDocument:
    """What the printed scorecard says, in the language at hand."""
    plan = dashboard.plan
    document = plan_document(plan, with_sections=False)
    scores = plan_scores(plan, [dashboard])
    if dashboard.kind == DashboardKind.STRATEGIC:
        body = body_scorecard(scores, year)
        title, drawing = body.body.name, bands_drawing(body.bands)
        return ScorecardDocument(document, dashboard, year, title, body, None, drawing)
    card = scorecard(scores, dashboard, year, strategic=strategic_indicators(plan))
    drawing = bands_drawing(card.bands)
    return ScorecardDocument(document, dashboard, year, dashboard.title, None, card, drawing)
