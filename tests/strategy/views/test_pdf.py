"""The pages of the PDF, of a plan and of a dashboard alike: shown, asked for, followed, downloaded;
who may, who may not."""

import hashlib

import pytest
from django.urls import reverse

from documents.models import Build
from documents.operations import (
    SILENT_FOR,
    fail_build,
    finish_build,
    report_progress,
    start_build,
)
from strategy.enums import PlanState
from strategy.models import Plan
from strategy.operations import request_pdf
from strategy.printables import (
    Printable,
    PrintableDashboard,
    PrintablePlan,
    PrintableScorecard,
)
from tests import factories

pytestmark = pytest.mark.django_db

CONTENT = b"%PDF-1.7 a stand-in"


@pytest.fixture(autouse=True)
def _queue_of_the_database(settings):
    """A request puts the job in the queue; nobody builds it."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }


@pytest.fixture
def planner(bergamo, client):
    client.force_login(bergamo.user("pianificazione"))
    return client


@pytest.fixture(params=["plan", "registro-imprese", "scorecard"])
def printable(bergamo, request) -> Printable:
    """What is asked for: the plan, a dashboard, a scorecard."""
    if request.param == "plan":
        return PrintablePlan(bergamo.plan)
    if request.param == "scorecard":
        return PrintableScorecard(printable_dashboard("azienda-speciale").dashboard, 2020)
    return printable_dashboard(request.param)


@pytest.fixture
def page(printable) -> str:
    """The address of its page."""
    return printable.get_absolute_url()


@pytest.fixture
def build(bergamo, printable) -> Build:
    """A build that waits for a worker."""
    return request_pdf(printable, by=bergamo.user("pianificazione"))


def printable_dashboard(slug: str) -> PrintableDashboard:
    dashboards = Plan.objects.get(first_year=2021).dashboards.select_related("plan", "unit")
    return PrintableDashboard(dashboards.get(slug=slug))


def done(build: Build) -> Build:
    return finish_build(build=start_build(build=build), content=CONTENT, name="plan.pdf")


def status(build: Build, year: int = 2021) -> str:
    return reverse("strategy:build-status", args=[year, build.pk])


def file(build: Build, year: int = 2021) -> str:
    return reverse("strategy:build-file", args=[year, build.pk])


def test_the_page_says_that_nothing_was_asked_for(planner, page):
    response = planner.get(page)

    assert response.status_code == 200
    assert response.context["build"] is None
    assert "hx-get" not in response.content.decode()


def test_asking_puts_a_build_in_the_queue(planner, printable, page):
    response = planner.post(page)

    assert (response.status_code, response.url) == (302, page)
    (build,) = Build.objects.all()
    assert (build.kind, build.is_open) == (printable.kind, True)


def test_an_open_build_is_followed_every_second_with_and_without_script(planner, build, page):
    html = planner.get(page).content.decode()

    assert f'hx-get="{status(build)}" hx-trigger="every 1s"' in html
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in html
    assert "<form method" not in html.split("<main")[1]


def test_the_status_says_stage_and_page(planner, build):
    running = start_build(build=build)
    report_progress(build=running, stage="layout 12", done=1, total=5)

    response = planner.get(status(build))

    assert (response.context["page"], response.status_code) == ("12", 200)
    assert response.context["stage"] != ""
    assert "<html" not in response.content.decode()


def test_a_finished_build_is_offered_and_no_longer_asked_after(planner, build):
    done(build)

    html = planner.get(status(build)).content.decode()

    assert file(build) in html
    assert hashlib.sha256(CONTENT).hexdigest() in html
    assert "hx-get" not in html


@pytest.mark.parametrize("error", ["", "Mancano i caratteri."])
def test_the_form_is_back_when_the_work_is_over(planner, build, page, error):
    """In the piece that the page takes in last, without a reload; the keyboard goes to what
    comes next, on the page it stays where it is."""
    if error:
        fail_build(build=build, error=error)
    else:
        done(build)

    piece, whole = (planner.get(url).content.decode() for url in (status(build), page))

    form = f'<form method="post" action="{page}">'
    assert [text.count(form) for text in (piece, whole)] == [1, 1]
    assert [text.count("autofocus") for text in (piece, whole)] == [1, 0]
    next_step = "<button" if error else f'<a class="btn btn-primary" href="{file(build)}"'
    assert next_step in piece.split("autofocus")[0]


def test_a_failed_build_says_why_and_can_be_asked_again(planner, build, page):
    fail_build(build=build, error="Mancano i caratteri.")

    html = planner.get(page).content.decode()

    assert "Mancano i caratteri." in html
    planner.post(page)
    assert Build.objects.filter(kind=build.kind).count() == 2
    build.refresh_from_db()
    assert build.get_state_display() in planner.get(page).content.decode()


def test_unchanged_content_is_served_at_once(planner, printable, build, page):
    done(build)

    response = planner.post(page, follow=True)

    assert response.redirect_chain == [(file(build), 302)]
    assert b"".join(response.streaming_content) == CONTENT
    assert Build.objects.count() == 1


def test_content_that_changed_is_built_anew(planner, printable, build, page):
    done(build)
    printable.plan.sections.filter(slug="premessa").update(title="Altro")

    response = planner.post(page)

    assert (response.status_code, response.url) == (302, page)
    assert Build.objects.filter(kind=build.kind).count() == 2


def test_the_file_is_downloaded(planner, printable, build):
    done(build)

    response = planner.get(file(build))

    assert b"".join(response.streaming_content) == CONTENT
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{printable.file_name}"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_build_under_way_has_no_file(planner, build):
    assert planner.get(file(build)).status_code == 404


def test_a_file_that_is_gone_is_not_found(planner, build):
    finished = done(build)
    finished.file.storage.delete(finished.file.name)

    assert planner.get(file(build)).status_code == 404


def test_a_build_of_another_document_is_not_found(planner, build):
    Build.objects.filter(pk=build.pk).update(kind="plan-1999")

    assert planner.get(status(build)).status_code == 404
    assert planner.get(file(build)).status_code == 404


def test_a_build_of_another_year_is_not_found(planner, build):
    factories.plan(first_year=2031, state=PlanState.PUBLISHED)

    assert [planner.get(url).status_code for url in (status(build, 2031), file(build, 2031))] == [
        404,
        404,
    ]


def test_no_such_dashboard(planner, bergamo):
    address = reverse("strategy:dashboard-pdf", args=[2021, "nessuno"])

    assert planner.get(address).status_code == 404
    assert planner.post(address).status_code == 404


@pytest.mark.parametrize("slug", ["strategico", "registro-imprese"])
def test_one_click_on_a_dashboard_asks_for_its_pdf(planner, bergamo, slug):
    printable = printable_dashboard(slug)

    html = planner.get(printable.dashboard.get_absolute_url()).content.decode()

    assert html.count(f'<form method="post" action="{printable.get_absolute_url()}">') == 1


def test_each_dashboard_has_builds_of_its_own(planner, bergamo):
    user = bergamo.user("pianificazione")
    one, other = (
        request_pdf(printable_dashboard(slug), by=user) for slug in ("dirigente", "strategico")
    )
    done(one)

    page = planner.get(printable_dashboard("strategico").get_absolute_url())

    assert (page.context["build"], page.context["builds"]) == (other, [])
    assert PrintablePlan(bergamo.plan).fingerprint == one.fingerprint == other.fingerprint
    plan_page = planner.get(PrintablePlan(bergamo.plan).get_absolute_url())
    assert plan_page.context["build"] is None


def test_a_draft_is_not_there_for_an_employee(client, bergamo, printable, build, page):
    Plan.objects.update(state=PlanState.DRAFT)
    client.force_login(bergamo.user("dipendente"))

    answers = [client.get(address).status_code for address in (page, status(build), file(build))]
    assert answers == [404] * 3
    assert client.post(page).status_code == 404


@pytest.mark.parametrize("username", ["oiv", "dipendente"])
def test_whoever_reads_may_ask(client, bergamo, page, username):
    client.force_login(bergamo.user(username))

    assert client.post(page).status_code == 302
    assert [build.requested_by_label for build in Build.objects.all()] == [
        str(bergamo.user(username))
    ]


def test_a_stranger_signs_in_first(client, page):
    assert [client.get(page).status_code, client.post(page).status_code] == [302, 302]
    assert Build.objects.count() == 0


def test_what_is_only_read_is_not_written(planner, build, page):
    assert [planner.post(url).status_code for url in (status(build), file(build))] == [405, 405]
    assert planner.put(page).status_code == 405


@pytest.mark.parametrize("count", [1, 12])
def test_a_page_costs_the_same_however_many_builds(
    planner, printable, page, django_assert_num_queries, count
):
    for number in range(count):
        Build.objects.create(
            kind=printable.kind,
            fingerprint=f"{number:064d}",
            state="failed",
            error="x",
            finished_at="2021-01-01T00:00Z",
        )
    planner.get(page)

    # The plan names its newest edition, a scorecard asks which years have results; a dashboard
    # comes with its plan.
    asks_more = isinstance(printable, PrintablePlan | PrintableScorecard)
    with django_assert_num_queries(8 if asks_more else 7):
        planner.get(page)


def test_a_look_at_the_progress_costs_little(planner, build, django_assert_num_queries):
    planner.get(status(build))

    # A scorecard also asks which years have results.
    with django_assert_num_queries(8 if isinstance(printable, PrintableScorecard) else 7):
        planner.get(status(build))


def test_the_file_of_a_draft_is_not_handed_out_with_the_adopted_plan(
    planner, bergamo, client, page
):
    Plan.objects.update(state=PlanState.PROPOSED)
    planner.post(page)
    draft = done(Build.objects.get())
    handed = planner.get(file(draft))
    content = b"".join(handed.streaming_content)

    Plan.objects.update(state=PlanState.PUBLISHED)
    client.force_login(bergamo.user("dipendente"))

    assert content == CONTENT
    assert handed["Content-Disposition"].endswith('-rev-0-bozza.pdf"')
    assert [client.get(url).status_code for url in (status(draft), file(draft))] == [404, 404]
    assert client.get(page).context["build"] is None


@pytest.mark.parametrize("is_piece", [True, False])
def test_a_build_whose_worker_was_killed_can_be_asked_for_again(planner, build, page, is_piece):
    running = start_build(build=build)
    Build.objects.filter(pk=build.pk).update(reported_at=running.reported_at - 2 * SILENT_FOR)

    response = planner.get(status(build) if is_piece else page)

    assert response.context["build"].state == "failed"
    planner.post(page)
    assert Build.objects.open().count() == 1
