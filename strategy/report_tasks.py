"""Work that a job worker does for a Relazione: the PDF to be approved, then the approval itself."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django_tasks import task

from documents.models import Build
from documents.operations import finish_build
from documents.pdf import PrintError
from organization.models import User
from strategy.models import PerformanceReport
from strategy.operations.act_orders import ordered_act, waiting_file
from strategy.operations.report_approval import approve_report, pdf_file_name
from strategy.report_pdf import build_report_pdf
from strategy.tasks import Progress, carry_out


@task()
def approve_report_job(build_id: int, order: dict[str, Any]) -> None:
    """Approve the Relazione as it was asked for; a refusal is said on the build and nothing has
    changed. See also: strategy.operations.request_approval, which writes the order."""
    carry_out(build_id, partial(_approve, order))
    if order["act_file"]:
        default_storage.delete(order["act_file"])


def _approve(order: dict[str, Any], build: Build) -> None:
    """Make the approved file, telling how far its PDF is, and close the build with it."""
    report = PerformanceReport.objects.select_related("plan").get(pk=order["report"])
    try:
        edition = approve_report(
            report,
            act=ordered_act(order),
            act_file=waiting_file(order),
            by=User.objects.get(pk=order["by"]),
            pdf_builder=partial(build_report_pdf, on_progress=Progress(build)),
        )
    except ValidationError as refusal:
        raise PrintError(" ".join(refusal.messages)) from refusal
    except PermissionDenied as refusal:
        raise PrintError(str(refusal)) from refusal
    with default_storage.open(str(edition.pdf.name)) as file:
        finish_build(build=build, content=file.read(), name=pdf_file_name(report))
