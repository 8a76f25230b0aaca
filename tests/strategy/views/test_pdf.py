"""The pages of the PDF: shown, asked for, followed, downloaded; who may, who may not."""

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
from strategy.operations import request_plan_pdf
from strategy.tasks import kind_of

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


@pytest.fixture
def build(bergamo) -> Build:
    """A build that waits for a worker."""
    return request_plan_pdf(bergamo.plan, by=bergamo.user("pianificazione"))


def done(build: Build) -> Build:
    return finish_build(build=start_build(build=build), content=CONTENT, name="plan.pdf")


def page(name: str = "plan-pdf", *args) -> str:
    return reverse(f"strategy:{name}", args=[2021, *args])


def test_the_page_says_that_nothing_was_asked_for(planner):
    response = planner.get(page())

    assert response.status_code == 200
    assert response.context["build"] is None
    assert "hx-get" not in response.content.decode()


def test_asking_puts_a_build_in_the_queue(planner, bergamo):
    response = planner.post(page())

    assert (response.status_code, response.url) == (302, page())
    (build,) = Build.objects.filter(kind=kind_of(bergamo.plan))
    assert build.is_open


def test_an_open_build_is_followed_every_second_with_and_without_script(planner, build):
    html = planner.get(page()).content.decode()

    assert f'hx-get="{page("build-status", build.pk)}" hx-trigger="every 1s"' in html
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in html
    assert "<form method" not in html.split("<main")[1]


def test_the_status_says_stage_and_page(planner, build):
    running = start_build(build=build)
    report_progress(build=running, stage="layout 12", done=1, total=5)

    response = planner.get(page("build-status", build.pk))

    assert (response.context["page"], response.status_code) == ("12", 200)
    assert response.context["stage"] != ""
    assert "<html" not in response.content.decode()


def test_a_finished_build_is_offered_and_no_longer_asked_after(planner, build):
    done(build)

    html = planner.get(page("build-status", build.pk)).content.decode()

    assert page("build-file", build.pk) in html
    assert hashlib.sha256(CONTENT).hexdigest() in html
    assert "hx-get" not in html


def test_a_failed_build_says_why_and_can_be_asked_again(planner, build):
    fail_build(build=build, error="Mancano i caratteri.")

    html = planner.get(page()).content.decode()

    assert "Mancano i caratteri." in html
    planner.post(page())
    assert Build.objects.filter(kind=build.kind).count() == 2
    build.refresh_from_db()
    assert build.get_state_display() in planner.get(page()).content.decode()


def test_unchanged_content_is_served_at_once(planner, build):
    done(build)

    response = planner.post(page(), follow=True)

    assert response.context["build"] == build
    assert len(list(response.context["messages"])) == 1
    assert Build.objects.filter(kind=build.kind).count() == 1


def test_the_file_is_downloaded(planner, build):
    done(build)

    response = planner.get(page("build-file", build.pk))

    assert b"".join(response.streaming_content) == CONTENT
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        'attachment; filename="piano-performance-2021-2023-rev-0.pdf"'
    )
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_build_under_way_has_no_file(planner, build):
    assert planner.get(page("build-file", build.pk)).status_code == 404


def test_a_file_that_is_gone_is_not_found(planner, build):
    finished = done(build)
    finished.file.storage.delete(finished.file.name)

    assert planner.get(page("build-file", build.pk)).status_code == 404


def test_a_build_of_another_document_is_not_found(planner, build):
    Build.objects.filter(pk=build.pk).update(kind="plan-1999")

    assert planner.get(page("build-status", build.pk)).status_code == 404
    assert planner.get(page("build-file", build.pk)).status_code == 404


def test_one_dashboard_is_built_at_once(planner):
    response = planner.get(page("dashboard-pdf", "dirigente"))

    assert response.content[:5] == b"%PDF-"
    assert response["Content-Disposition"] == (
        'attachment; filename="cruscotto-dirigente-2021-2023-rev-0.pdf"'
    )


def test_no_such_dashboard(planner):
    assert planner.get(page("dashboard-pdf", "nessuno")).status_code == 404


def test_a_draft_is_not_there_for_an_employee(client, bergamo, build):
    Plan.objects.update(state=PlanState.DRAFT)
    client.force_login(bergamo.user("dipendente"))

    addresses = [
        page(),
        page("build-status", build.pk),
        page("build-file", build.pk),
        page("dashboard-pdf", "dirigente"),
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * 4
    assert client.post(page()).status_code == 404


def test_a_stranger_signs_in_first(client, bergamo):
    assert client.get(page()).status_code == 302


@pytest.mark.parametrize("name", ["build-status", "build-file"])
def test_what_is_only_read_is_not_written(planner, build, name):
    assert planner.post(page(name, build.pk)).status_code == 405
    assert planner.put(page()).status_code == 405


def test_a_page_costs_the_same_however_many_builds(planner, bergamo, django_assert_max_num_queries):
    for number in range(12):
        Build.objects.create(
            kind=kind_of(bergamo.plan),
            fingerprint=f"{number:064d}",
            state="failed",
            error="x",
            finished_at="2021-01-01T00:00Z",
        )

    with django_assert_max_num_queries(15):
        planner.get(page())


def test_the_file_of_a_draft_is_not_handed_out_with_the_adopted_plan(planner, bergamo, client):
    Plan.objects.update(state=PlanState.PROPOSED)
    plan = Plan.objects.get()
    draft = done(request_plan_pdf(plan, by=bergamo.user("pianificazione")))
    addresses = [page("build-status", draft.pk), page("build-file", draft.pk)]
    file = planner.get(addresses[1])
    content = b"".join(file.streaming_content)

    Plan.objects.update(state=PlanState.PUBLISHED)
    client.force_login(bergamo.user("dipendente"))

    assert content == CONTENT
    assert file["Content-Disposition"].endswith('-rev-0-bozza.pdf"')
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert client.get(page()).context["build"] is None


@pytest.mark.parametrize("name", ["plan-pdf", "build-status"])
def test_a_build_whose_worker_was_killed_can_be_asked_for_again(planner, build, name):
    running = start_build(build=build)
    Build.objects.filter(pk=build.pk).update(reported_at=running.reported_at - 2 * SILENT_FOR)

    response = planner.get(page(name, *([build.pk] if name == "build-status" else [])))

    assert response.context["build"].state == "failed"
    planner.post(page())
    assert Build.objects.open().count() == 1
