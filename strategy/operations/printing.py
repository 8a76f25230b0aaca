"""What is asked for on paper."""

from __future__ import annotations

from documents.models import Build
from documents.operations import request_build
from organization.models import User
from strategy.printables import Printable
from strategy.tasks import build_pdf_job


def request_pdf(printable: Printable, *, by: User) -> Build:
    """Ask for the PDF of a plan, or of a dashboard, as it stands.

    Unchanged content gives the build that is done, or under way, at once; otherwise a job is put
    in the queue once the request is committed.
    """
    return request_build(
        kind=printable.kind,
        fingerprint=printable.fingerprint,
        by=str(by),
        enqueue=build_pdf_job.enqueue,
    )
