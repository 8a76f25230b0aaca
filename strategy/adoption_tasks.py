"""Work that a job worker does for an adoption: the PDF of the edition, then the adoption itself."""

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
from strategy.models import Plan
from strategy.operations.act_orders import ordered_act, waiting_file
from strategy.operations.adoption import adopt_edition, pdf_file_name
from strategy.plan_pdf import build_plan_pdf
from strategy.tasks import Progress, carry_out


@task()
def adopt_plan_job(build_id: int, order: dict[str, Any]) -> None:
    """Adopt the plan as it was asked for; a refusal is said on the build and nothing has changed.

    See also: strategy.operations.request_adoption, which writes the order.
    """
    carry_out(build_id, partial(_adopt, order))
    if order["act_file"]:
        default_storage.delete(order["act_file"])


def _adopt(order: dict[str, Any], build: Build) -> None:
    """Make the edition, telling how far its PDF is, and close the build with it."""
    plan = Plan.objects.get(pk=order["plan"])
    try:
        edition = adopt_edition(
            plan,
            act=ordered_act(order),
            act_file=waiting_file(order),
            by=User.objects.get(pk=order["by"]),
            pdf_builder=partial(build_plan_pdf, on_progress=Progress(build)),
        )
    except ValidationError as refusal:
        raise PrintError(" ".join(refusal.messages)) from refusal
    except PermissionDenied as refusal:
        raise PrintError(str(refusal)) from refusal
    with default_storage.open(str(edition.pdf.name)) as file:
        finish_build(build=build, content=file.read(), name=pdf_file_name(plan))
