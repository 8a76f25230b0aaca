"""Work that a job worker does for an adoption: the PDF of the edition, then the adoption itself."""

from __future__ import annotations

from functools import partial
from typing import Any

from django_tasks import task

from documents.models import Build
from organization.models import User
from strategy.act_tasks import Made, carry_out_order
from strategy.models import Plan
from strategy.operations.act_orders import Order, ordered_act, waiting_file
from strategy.operations.adoption import adopt_edition, pdf_file_name
from strategy.plan_pdf import build_plan_pdf
from strategy.tasks import Progress


@task()
def adopt_plan_job(build_id: int, order: dict[str, Any]) -> None:
    """Adopt the plan as it was asked for; a refusal is said on the build and nothing has changed.

    See also: strategy.operations.request_adoption, which writes the order.
    """
    carry_out_order(build_id, order, _adopted)


def _adopted(order: Order, build: Build) -> Made:
    """The edition, telling how far its PDF is."""
    plan = Plan.objects.get(pk=order["plan"])
    edition = adopt_edition(
        plan,
        act=ordered_act(order),
        act_file=waiting_file(order),
        by=User.objects.get(pk=order["by"]),
        pdf_builder=partial(build_plan_pdf, on_progress=Progress(build)),
    )
    return edition, pdf_file_name(plan)
