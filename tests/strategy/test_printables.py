"""What is asked for as a PDF: its kind, its file, and who is found under a kind."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from documents.pdf import PrintError
from strategy.document import act_in_force
from strategy.enums import PlanState
from strategy.models import Dashboard, Plan
from strategy.printables import (
    Printable,
    PrintableDashboard,
    PrintablePlan,
    PrintableScorecard,
    find_printable,
)
from strategy.snapshots import plan_sha256
from tests import factories
from tests.bergamo import PDF

pytestmark = pytest.mark.django_db


def found(kind: str) -> Printable | None:
    return find_printable(kind, reader=None)


@pytest.fixture
def printables(bergamo) -> list[Printable]:
    """The plan, one of its dashboards, a scorecard."""
    plan = bergamo.plan
    dashboards = plan.dashboards.select_related("plan")
    return [
        PrintablePlan(plan),
        PrintableDashboard(dashboards.get(slug="registro-imprese")),
        PrintableScorecard(dashboards.get(slug="registro-imprese"), 2020),
    ]


def test_kind_and_file_say_revision(printables):
    assert [(p.kind, p.file_name, p.get_absolute_url()) for p in printables] == [
        (
            "plan-2021-rev-0",
            "piano-performance-2021-2023-rev-0.pdf",
            "/piano/2021/pdf/",
        ),
        (
            "dashboard-2021-registro-imprese-rev-0",
            "cruscotto-registro-imprese-2021-2023-rev-0.pdf",
            "/piano/2021/cruscotti/registro-imprese/pdf/",
        ),
        (
            "scorecard-2021-registro-imprese-2020-rev-0",
            "scheda-registro-imprese-2020-2021-2023-rev-0.pdf",
            "/piano/2021/risultati/registro-imprese/pdf/?anno=2020",
        ),
    ]


def test_kind_and_file_say_draft(printables):
    for printable in printables:
        printable.plan.state = PlanState.UPDATING

    assert [(p.kind, p.file_name) for p in printables] == [
        ("plan-2021-rev-0-bozza", "piano-performance-2021-2023-rev-0-bozza.pdf"),
        (
            "dashboard-2021-registro-imprese-rev-0-bozza",
            "cruscotto-registro-imprese-2021-2023-rev-0-bozza.pdf",
        ),
        (
            "scorecard-2021-registro-imprese-2020-rev-0-bozza",
            "scheda-registro-imprese-2020-2021-2023-rev-0-bozza.pdf",
        ),
    ]


def test_each_is_found_under_its_kind(printables):
    again = [found(printable.kind) for printable in printables]

    assert [type(p) for p in again] == [
        PrintablePlan,
        PrintableDashboard,
        PrintableScorecard,
    ]
    assert [p.kind for p in again] == [p.kind for p in printables]


def test_the_draft_of_a_relazione_is_found_by_its_kind(bergamo):
    report = factories.performance_report(plan=bergamo.plan, year=2020)
    printable = found("report-2021-2020-rev-0-bozza")

    assert (printable.report, printable.is_preview) == (report, True)
    assert printable.kind == "report-2021-2020-rev-0-bozza"
    assert printable.file_name == "relazione-performance-2020-bozza.pdf"
    assert printable.get_absolute_url() == "/piano/2021/relazione/2020/pdf/"


@pytest.mark.parametrize("state", ["approved", "transmitted", "not_validated", "published"])
@pytest.mark.parametrize("kind", ["report-2021-2020-rev-0", "report-2021-2020-rev-0-bozza"])
def test_a_draft_is_nobody_s_once_the_relazione_is_approved(bergamo, state, kind):
    factories.performance_report(plan=bergamo.plan, year=2020, state=state)

    assert found(kind) is None


@pytest.mark.slow
def test_the_draft_of_a_relazione_is_built(bergamo):
    factories.performance_report(plan=bergamo.plan, year=2020)

    assert found("report-2021-2020-rev-0-bozza").build().startswith(b"%PDF-")


@pytest.mark.parametrize("slug", ["x-rev-0", "rev-1-bozza", "2021", "bozza"])
def test_a_slug_that_reads_like_a_revision_is_found_too(bergamo, slug):
    printable = PrintableDashboard(
        factories.dashboard(plan=bergamo.plan, slug=slug, kind="dirigente", position=99)
    )

    assert found(printable.kind).dashboard == printable.dashboard


def test_a_kind_is_never_too_long(bergamo):
    longest = Dashboard._meta.get_field("slug").max_length
    plan = bergamo.plan
    plan.state, plan.revision = PlanState.UPDATING, 999
    dashboard = factories.dashboard(plan=plan, slug="a" * longest, kind="dirigente", position=99)

    assert len(PrintableDashboard(dashboard).kind) <= 100
    assert len(PrintableScorecard(dashboard, 2023).kind) <= 100


@pytest.mark.parametrize(
    "kind",
    [
        "plan-1999-rev-0",
        "plan-2021-rev-1",
        "plan-2021-rev-0-bozza",
        "plan-pdf",
        "dashboard-2021-nessuno-rev-0",
        "dashboard-1999-registro-imprese-rev-0",
        "dashboard-2021-registro-imprese-rev-0-bozza",
        "dashboard-2021-rev-0",
        "plan-2021-registro-imprese-rev-0",
        "scorecard-2021-rev-0",
        "scorecard-2021-2020-rev-0",
        "scorecard-2021-registro-imprese-rev-0",
        "scorecard-2021-registro-imprese-anno-rev-0",
        "scorecard-2021-nessuno-2020-rev-0",
        "scorecard-2021-pola-2020-rev-0",
        "scorecard-1999-registro-imprese-2020-rev-0",
        "report-2021-2020-rev-0",
        "report-2021-anno-rev-0",
        "report-2021-rev-0",
        "x-plan-2021-rev-0",
        "plan-2021-rev-0\n",
        "",
    ],
)
def test_nobody_is_found_under_another_kind(bergamo, kind):
    assert found(kind) is None


@pytest.mark.slow
def test_a_dashboard_and_its_plan_change_together(printables):
    plan, dashboard, _scorecard = printables
    before = plan.fingerprint

    assert dashboard.fingerprint == before
    dashboard.plan.sections.filter(slug="premessa").update(title="Altro")
    assert dashboard.fingerprint == plan.fingerprint != before


@pytest.fixture
def carried_out(bergamo) -> Plan:
    """The published plan after a result of its first year came in."""
    indicator = bergamo.plan.dashboards.get(slug="strategico").rows.first().indicator
    factories.actual(indicator=indicator, year=bergamo.plan.first_year, printed="50%")
    bergamo.edition.pdf.save("piano.pdf", ContentFile(PDF), save=False)
    return bergamo.plan


def test_a_result_that_came_in_leaves_the_plan_an_act(carried_out):
    digest = plan_sha256(carried_out)

    assert carried_out.editions.get().snapshot_sha256 != digest
    assert act_in_force(carried_out, snapshot_sha256=digest) is not None


def test_a_plan_changed_since_is_no_act(carried_out):
    row = carried_out.dashboards.get(slug="strategico").rows.first()
    row.indicator.name = "Un altro nome"
    row.indicator.save()

    assert act_in_force(carried_out, snapshot_sha256=plan_sha256(carried_out)) is None


def test_without_an_edition_there_is_no_act():
    assert act_in_force(factories.plan(state=PlanState.PUBLISHED), snapshot_sha256="") is None


def test_the_adopted_file_is_given_out_when_results_came_in(carried_out):
    assert PrintablePlan(carried_out).build() == PDF


def test_a_damaged_file_is_not_given_out(carried_out):
    Path(carried_out.editions.get().pdf.path).write_bytes(b"another")

    with pytest.raises(PrintError):
        PrintablePlan(carried_out).build()
