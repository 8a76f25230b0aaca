"""The job that builds the PDF: through the queue of the database, and when something goes wrong."""

import pytest
from django.core.management import call_command

from documents.enums import BuildState, PrintStage
from documents.models import Build
from documents.operations import expire_stale_builds, fail_build, request_build, start_build
from strategy.models import Section
from strategy.operations import request_pdf
from strategy.printables import PrintableDashboard, PrintablePlan
from strategy.tasks import Progress, build_pdf_job

DATABASE_QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


@pytest.fixture
def waiting(bergamo) -> Build:
    """A build of the plan as it stands, that waits for a worker."""
    plan = PrintablePlan(bergamo.plan)
    return request_build(kind=plan.kind, fingerprint=plan.fingerprint, by="Prova")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_builds_what_was_asked_for(bergamo, settings):
    settings.TASKS = DATABASE_QUEUE
    user = bergamo.user("pianificazione")
    printable = PrintableDashboard(bergamo.plan.dashboards.get(slug="dirigente"))
    build = request_pdf(printable, by=user)
    assert build.state == BuildState.QUEUED

    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False)

    build.refresh_from_db()
    assert (build.state, build.error) == (BuildState.DONE, "")
    assert build.requested_by_label == str(user)
    with build.file.open("rb") as file:
        assert file.read(5) == b"%PDF-"
    assert request_pdf(printable, by=user).pk == build.pk


@pytest.mark.django_db(transaction=True)
def test_asking_twice_gives_the_same_open_build(bergamo, settings):
    settings.TASKS = DATABASE_QUEUE
    user = bergamo.user("pianificazione")

    printable = PrintablePlan(bergamo.plan)
    assert request_pdf(printable, by=user) == request_pdf(printable, by=user)


def test_a_plan_changed_meanwhile_is_not_built(bergamo, waiting):
    Section.objects.filter(slug="premessa").update(title="Altro")

    build_pdf_job.func(waiting.pk)

    waiting.refresh_from_db()
    assert waiting.state == BuildState.FAILED
    assert waiting.error != ""


def test_a_build_in_other_hands_is_left_alone(bergamo, waiting):
    start_build(build=waiting)

    build_pdf_job.func(waiting.pk)

    waiting.refresh_from_db()
    assert waiting.state == BuildState.RUNNING


def test_what_is_no_longer_there_is_not_built(bergamo, waiting):
    Build.objects.filter(pk=waiting.pk).update(kind="plan-1999-rev-0")

    build_pdf_job.func(waiting.pk)

    waiting.refresh_from_db()
    assert waiting.state == BuildState.FAILED
    assert waiting.error != ""


@pytest.mark.slow
def test_an_unforeseen_error_is_said_on_the_build(bergamo, settings, tmp_path, caplog):
    settings.MEDIA_ROOT = tmp_path / "a file where the folder should be"
    settings.MEDIA_ROOT.touch()
    dashboard = PrintableDashboard(bergamo.plan.dashboards.get(slug="dirigente"))
    build = request_build(kind=dashboard.kind, fingerprint=dashboard.fingerprint, by="Prova")

    build_pdf_job.func(build.pk)

    build.refresh_from_db()
    assert build.state == BuildState.FAILED
    assert build.error != ""
    assert "NotADirectoryError" in caplog.text


@pytest.mark.slow
def test_a_build_given_up_while_under_way_stays_so(bergamo, waiting, monkeypatch):
    """The page gave it up: the next report of progress stops the work."""
    before = Progress.__call__

    def given_up(self, stage, page):
        fail_build(build=self.build, error="given up")
        before(self, stage, page)

    monkeypatch.setattr(Progress, "__call__", given_up)

    build_pdf_job.func(waiting.pk)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.error) == (BuildState.FAILED, "given up")


def test_a_dead_job_is_shown_and_can_be_asked_again(bergamo, waiting):
    running = start_build(build=waiting)
    Build.objects.filter(pk=running.pk).update(reported_at="2021-01-01T00:00Z")
    assert expire_stale_builds() == 1

    plan = PrintablePlan(bergamo.plan)
    again = request_build(kind=plan.kind, fingerprint=plan.fingerprint, by="Prova")

    assert again.pk != waiting.pk


def test_progress_is_told_by_stage_and_now_and_then_by_page(bergamo, waiting):
    build = start_build(build=waiting)
    progress = Progress(build)

    progress(PrintStage.LAYOUT, 8)
    progress(PrintStage.LAYOUT, 9)
    build.refresh_from_db()
    assert (build.stage, build.done_steps, build.total_steps) == ("layout 8", 1, 5)

    progress(PrintStage.CHECKING, 0)
    build.refresh_from_db()
    assert (build.stage, build.done_steps) == ("checking", 4)
