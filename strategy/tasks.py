"""Work that a job worker does for the plan: building what was asked for as a PDF."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.utils.translation import gettext as _
from django_tasks import task

from documents.enums import PrintStage
from documents.models import Build
from documents.operations import (
    BuildError,
    fail_build,
    finish_build,
    report_progress,
    start_build,
)
from documents.pdf import PrintError
from strategy.printables import find_printable

logger = logging.getLogger(__name__)
STAGES = list(PrintStage)
# A line in the database for each so many pages: often enough to see it move.
PAGES_PER_REPORT = 4


@task()
def build_pdf_job(build_id: int) -> None:
    """Build the PDF that was asked for and keep it; whatever goes wrong is said on the build."""
    carry_out(build_id, _build)


def carry_out(build_id: int, work: Callable[[Build], None]) -> None:
    """Take the build up and do its work; whatever goes wrong is said on the build."""
    build = Build.objects.get(pk=build_id)
    try:
        build = start_build(build=build)
    except BuildError:
        logger.info("Build %s is in other hands or was given up", build_id)
        return
    try:
        work(build)
    except PrintError as error:
        fail_build(build=build, error=str(error))
    except BuildError:
        logger.warning("Build %s was given up while it was under way", build_id)
    except Exception:
        logger.exception("Build %s failed", build_id)
        fail_build(
            build=build, error=_("An unforeseen error; the administrator finds it in the log.")
        )


def _build(build: Build) -> None:
    """Make the file of what was asked for, unless the plan has changed in the meantime."""
    printable = find_printable(build.kind, reader=None)
    if printable is None or printable.fingerprint != build.fingerprint:
        raise PrintError(_("The plan was changed in the meantime: ask for the PDF again."))
    content = printable.build(on_progress=Progress(build))
    finish_build(build=build, content=content, name=printable.file_name)


class Progress:
    """Tells the build how far the work is; a page now and then, every stage at once."""

    def __init__(self, build: Build) -> None:
        self.build = build

    def __call__(self, stage: PrintStage, page: int) -> None:
        if page % PAGES_PER_REPORT == 0:
            words = f"{stage.value} {page}" if page else stage.value
            report_progress(
                build=self.build, stage=words, done=STAGES.index(stage), total=len(STAGES)
            )
