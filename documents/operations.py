"""What happens to a build: asked for, taken up, heard of, finished, failed, given up for dead."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.enums import BuildState
from documents.models import Build

# A worker that is silent for so long has been killed; a plan of 60 pages takes seconds.
SILENT_FOR = timedelta(minutes=10)
# A request that no worker took up for so long is not in the queue any more.
QUEUED_FOR = timedelta(hours=12)

Enqueue = Callable[[int], object]


class BuildError(Exception):
    """The build is not in the state the operation needs, for instance given up meanwhile."""


def request_build(
    *,
    kind: str,
    fingerprint: str,
    by: str,
    enqueue: Enqueue | None = None,
    at: datetime | None = None,
) -> Build:
    """The build of this content: the finished one, the open one, or a new one put in the queue.

    `enqueue` gets the id of a new build after the commit. A failed build does not stand in the
    way of a new one; a finished one whose file is gone is built again.
    """
    at = at or timezone.now()
    expire_stale_builds(at=at)
    if usable := _usable(kind, fingerprint):
        return usable
    build, is_new = create_build(kind=kind, fingerprint=fingerprint, by=by, at=at)
    if is_new and enqueue:
        transaction.on_commit(partial(enqueue, build.pk))
    return build


def create_build(*, kind: str, fingerprint: str, by: str, at: datetime) -> tuple[Build, bool]:
    """A new build, or the twin that somebody put in the queue in the same moment."""
    build = Build(kind=kind, fingerprint=fingerprint, requested_by_label=by, requested_at=at)
    # The database alone knows of twins: it answers for the constraints.
    build.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            build.save(force_insert=True)
    except IntegrityError:
        # The twin may be finished by now; only when it has failed too is there nothing to share.
        twin = Build.objects.of(kind, fingerprint).exclude(state=BuildState.FAILED).first()
        if twin is None:
            raise
        return twin, False
    return build, True


def start_build(*, build: Build, at: datetime | None = None) -> Build:
    """A worker takes the build up; refuses one that does not wait for a worker."""
    at = at or timezone.now()
    with transaction.atomic():
        locked = _locked(build, BuildState.QUEUED)
        locked.state = BuildState.RUNNING
        locked.started_at = locked.reported_at = at
        locked.full_clean()
        locked.save(update_fields=["state", "started_at", "reported_at"])
    return locked


def report_progress(
    *, build: Build, stage: str, done: int = 0, total: int = 0, at: datetime | None = None
) -> None:
    """Say how far the work is; the sign of life that keeps the build from being given up.

    Written in one statement, since it happens often and nobody else writes these columns.
    """
    alive = Build.objects.filter(pk=build.pk, state=BuildState.RUNNING)
    changed = alive.update(
        stage=stage[:120],
        done_steps=min(done, total),
        total_steps=total,
        reported_at=at or timezone.now(),
    )
    if not changed:
        raise BuildError(_("The build is no longer running."))


def finish_build(*, build: Build, content: bytes, name: str, at: datetime | None = None) -> Build:
    """Keep the file with its size and hash; refuses a build that was given up meanwhile."""
    with transaction.atomic():
        locked = _locked(build, BuildState.RUNNING)
        locked.file.save(name, ContentFile(content), save=False)
        try:
            locked.state = BuildState.DONE
            locked.stage = ""
            locked.done_steps = locked.total_steps
            locked.size = len(content)
            locked.sha256 = sha256(content).hexdigest()
            locked.finished_at = locked.reported_at = at or timezone.now()
            locked.full_clean()
            locked.save()
        except Exception:
            locked.file.delete(save=False)
            raise
    return locked


def fail_build(*, build: Build, error: str, at: datetime | None = None) -> Build:
    """Close the build with the reason; the same content can be asked for again."""
    with transaction.atomic():
        locked = _locked(build, *BuildState.OPEN)
        locked.state = BuildState.FAILED
        locked.error = error or _("No reason given.")
        locked.finished_at = at or timezone.now()
        locked.full_clean()
        locked.save(update_fields=["state", "error", "finished_at"])
    return locked


def expire_stale_builds(
    *,
    at: datetime | None = None,
    silent_for: timedelta = SILENT_FOR,
    queued_for: timedelta = QUEUED_FOR,
) -> int:
    """Fail the builds nobody works on any more, so that they can be asked for again; how many."""
    at = at or timezone.now()
    stale = Build.objects.stale(running_since=at - silent_for, queued_since=at - queued_for)
    # Asked on every look at the progress: reading first keeps SQLite's one writer free.
    if not stale.exists():
        return 0
    expired: int = stale.update(
        state=BuildState.FAILED,
        error=_("The worker stopped before the document was ready. Ask for it again."),
        finished_at=at,
    )
    return expired


def _usable(kind: str, fingerprint: str) -> Build | None:
    """The finished build with its file still there, else the open one."""
    same = Build.objects.of(kind, fingerprint)
    done: Build | None = same.done().first()
    if done and not done.file.storage.exists(str(done.file.name)):
        done.delete()
        done = None
    waiting: Build | None = same.open().first()
    return done or waiting


def _locked(build: Build, *states: str) -> Build:
    locked: Build | None = (
        Build.objects.select_for_update().filter(pk=build.pk, state__in=states).first()
    )
    if locked is None:
        raise BuildError(_("The build is no longer in the state this needs."))
    return locked
