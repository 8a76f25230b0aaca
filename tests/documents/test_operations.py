"""Builds: made once, served at once, never stuck."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from documents.enums import BuildState
from documents.fingerprints import fingerprint
from documents.models import Build
from documents.operations import (
    QUEUED_FOR,
    SILENT_FOR,
    BuildError,
    create_build,
    expire_stale_builds,
    fail_build,
    finish_build,
    report_progress,
    request_build,
    start_build,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2021, 1, 25, 12, 0, tzinfo=UTC)
PRINT = fingerprint("plan", "rev 0")
OTHER = fingerprint("plan", "rev 1")


def ask(of=PRINT, *, at=NOON, **options):
    return request_build(kind="plan", fingerprint=of, by="Marta Esempio", at=at, **options)


def done(of=PRINT):
    build = start_build(build=ask(of), at=NOON)
    return finish_build(build=build, content=b"%PDF", name="plan.pdf", at=NOON)


def test_request_queues_a_build_and_hands_its_id_over_after_the_commit(
    django_capture_on_commit_callbacks,
):
    handed = []

    with django_capture_on_commit_callbacks(execute=True):
        build = ask(enqueue=handed.append)

    assert handed == [build.pk]
    assert (build.state, build.requested_by_label, build.requested_at, build.is_open) == (
        BuildState.QUEUED,
        "Marta Esempio",
        NOON,
        True,
    )


def test_request_of_open_content_gives_the_open_build(django_capture_on_commit_callbacks):
    first = ask()
    handed = []

    with django_capture_on_commit_callbacks(execute=True):
        second = ask(enqueue=handed.append)

    assert (second, handed, Build.objects.count()) == (first, [], 1)


def test_request_of_built_content_gives_the_file_at_once():
    built = done()

    assert (ask(), ask().is_done) == (built, True)


def test_request_of_other_content_or_kind_is_another_build():
    builds = {ask(), ask(OTHER), request_build(kind="dashboard", fingerprint=PRINT, by="x")}

    assert len(builds) == 3


def test_request_after_a_failure_is_a_new_build():
    failed = fail_build(build=ask(), error="carta finita", at=NOON)

    again = ask()

    assert (again == failed, again.state) == (False, BuildState.QUEUED)


def test_request_of_a_built_file_that_is_gone_builds_again():
    built = done()
    built.file.storage.delete(built.file.name)

    again = ask()

    assert (again.state, Build.objects.filter(pk=built.pk).exists()) == (BuildState.QUEUED, False)


def test_build_created_in_the_moment_of_its_twin_is_the_twin():
    twin = ask()

    assert create_build(kind="plan", fingerprint=PRINT, by="x", at=NOON) == (twin, False)


def ends_while_refused(monkeypatch, end):
    """The twin ends between the refusal of the database and the look for it."""
    twin = ask()
    atomic = transaction.atomic

    @contextmanager
    def ending():
        try:
            with atomic():
                yield
        except IntegrityError:
            monkeypatch.undo()
            end(start_build(build=twin))
            raise

    monkeypatch.setattr("documents.operations.transaction.atomic", ending)
    return twin


def test_build_whose_twin_is_finished_in_the_same_moment_is_the_twin(monkeypatch):
    twin = ends_while_refused(
        monkeypatch, lambda build: finish_build(build=build, content=b"%PDF", name="plan.pdf")
    )

    assert create_build(kind="plan", fingerprint=PRINT, by="x", at=NOON) == (twin, False)


def test_build_whose_twin_fails_in_the_same_moment_is_refused(monkeypatch):
    ends_while_refused(monkeypatch, lambda build: fail_build(build=build, error="x"))

    with pytest.raises(IntegrityError):
        create_build(kind="plan", fingerprint=PRINT, by="x", at=NOON)


def test_request_refuses_what_is_no_fingerprint():
    with pytest.raises(ValidationError):
        ask("abc")


def test_start_takes_a_queued_build_up_once():
    build = start_build(build=ask(), at=NOON)

    assert (build.state, build.started_at, build.reported_at) == (BuildState.RUNNING, NOON, NOON)
    with pytest.raises(BuildError):
        start_build(build=build)


def test_progress_is_written_with_its_moment():
    build = start_build(build=ask(), at=NOON)
    later = NOON + timedelta(seconds=5)

    report_progress(build=build, stage="Impagina", done=70, total=57, at=later)

    build.refresh_from_db()
    assert (build.stage, build.done_steps, build.total_steps, build.reported_at) == (
        "Impagina",
        57,
        57,
        later,
    )


def test_progress_of_a_build_not_running_is_refused():
    with pytest.raises(BuildError):
        report_progress(build=ask(), stage="Impagina")


def test_finish_keeps_file_size_and_hash():
    build = done()

    with build.file.open() as file:
        assert file.read() == b"%PDF"
    assert build.file.name.startswith("builds/plan")
    assert (build.state, build.size, build.sha256, build.finished_at) == (
        BuildState.DONE,
        4,
        sha256(b"%PDF").hexdigest(),
        NOON,
    )


def test_finish_after_being_given_up_is_refused_and_leaves_no_file(media):
    build = start_build(build=ask(), at=NOON)
    fail_build(build=build, error="interrotto")

    with pytest.raises(BuildError):
        finish_build(build=build, content=b"%PDF", name="plan.pdf")

    assert not (media / "builds").exists()


def test_finish_with_an_empty_file_is_refused_and_leaves_no_file(media):
    build = start_build(build=ask(), at=NOON)

    with pytest.raises(ValidationError):
        finish_build(build=build, content=b"", name="plan.pdf")

    assert list((media / "builds").iterdir()) == []
    build.refresh_from_db()
    assert build.state == BuildState.RUNNING


def test_failure_always_has_a_reason():
    build = fail_build(build=ask(), error="", at=NOON)

    assert (build.state, bool(build.error), build.finished_at) == (BuildState.FAILED, True, NOON)
    with pytest.raises(BuildError):
        fail_build(build=build, error="due volte")


def test_silent_worker_is_given_up_and_the_content_can_be_asked_for_again():
    build = start_build(build=ask(), at=NOON)
    report_progress(build=build, stage="Impagina", at=NOON + timedelta(minutes=5))

    too_early = expire_stale_builds(at=NOON + SILENT_FOR + timedelta(minutes=4))
    again = ask(at=NOON + SILENT_FOR + timedelta(minutes=6))

    build.refresh_from_db()
    assert too_early == 0
    assert (build.state, again == build, again.state) == (
        BuildState.FAILED,
        False,
        BuildState.QUEUED,
    )


def test_request_lost_by_the_queue_is_given_up():
    build = ask()
    other = start_build(build=ask(OTHER), at=NOON + QUEUED_FOR)

    count = expire_stale_builds(at=NOON + QUEUED_FOR + timedelta(minutes=1))

    build.refresh_from_db()
    other.refresh_from_db()
    assert (count, build.state, other.state) == (1, BuildState.FAILED, BuildState.RUNNING)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "lost"}, "finished_at_iff_closed"),
        ({"state": "done", "finished_at": NOON}, "done_has_file"),
        ({"error": "x"}, "error_only_when_failed"),
        ({"finished_at": NOON}, "finished_at_iff_closed"),
        ({"state": "failed"}, "finished_at_iff_closed"),
        ({"done_steps": 2, "total_steps": 1}, "steps_within_total"),
    ],
)
def test_database_refuses(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Build.objects.create(kind="plan", fingerprint=PRINT, **fields)


def test_database_holds_one_open_and_one_done_build_of_a_content():
    done()
    ask(OTHER)
    closed = {"state": "done", "file": "x", "size": 1, "sha256": OTHER, "finished_at": NOON}

    for fields in ({"fingerprint": OTHER}, {"fingerprint": PRINT, **closed}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Build.objects.create(kind="plan", **fields)


def test_build_names_itself():
    assert str(ask()) == f"plan {PRINT[:8]} ({BuildState.QUEUED.label})"


def test_fingerprint_keeps_parts_apart_and_reads_files(tmp_path):
    sheet = tmp_path / "print.css"
    sheet.write_text("a {}")
    before = fingerprint("ab", files=[sheet])
    sheet.write_text("b {}")

    distinct = {before, fingerprint("ab", files=[sheet]), fingerprint("ab"), fingerprint("a", b"b")}

    assert len(distinct) == 4
    assert fingerprint("ab") == fingerprint(b"ab")
