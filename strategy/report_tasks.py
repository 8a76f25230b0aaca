"""Work that a job worker does for a Relazione: the PDF to be approved, then the approval itself."""

from __future__ import annotations

from functools import partial
from typing import Any

from django_tasks import task

from documents.models import Build
from organization.models import User
from strategy.act_tasks import Made, carry_out_order
from strategy.models import PerformanceReport
from strategy.operations.act_orders import Order, ordered_act, waiting_file
from strategy.operations.report_approval import approve_report, pdf_file_name
from strategy.report_pdf import build_report_pdf
from strategy.tasks import Progress


@task()
def approve_report_job(build_id: int, order: dict[str, Any]) -> None:
    """Approve the Relazione as it was asked for; a refusal is said on the build and nothing has
    changed. See also: strategy.operations.request_approval, which writes the order."""
    carry_out_order(build_id, order, _approved)


def _approved(order: Order, build: Build) -> Made:
    """The approved Relazione, telling how far its PDF is."""
    report = PerformanceReport.objects.select_related("plan").get(pk=order["report"])
    edition = approve_report(
        report,
        act=ordered_act(order),
        act_file=waiting_file(order),
        by=User.objects.get(pk=order["by"]),
        pdf_builder=partial(build_report_pdf, on_progress=Progress(build)),
    )
    return edition, pdf_file_name(report)
