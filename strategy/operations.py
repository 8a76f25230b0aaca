"""What happens when a plan is adopted, published, asked for on paper."""

from __future__ import annotations

import datetime
from typing import Protocol

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Build
from documents.operations import request_build
from organization import audit
from organization.models import User
from organization.operations import refuse_unless_permitted
from strategy.acts import Act
from strategy.enums import PlanState
from strategy.models import Edition, Plan
from strategy.printables import Printable
from strategy.snapshots import canonical, plan_snapshot, sha256
from strategy.tasks import build_pdf_job


class PdfBuilder(Protocol):
    """Whatever makes the PDF of a plan; with an act it makes an edition, not a draft."""

    def __call__(self, plan: Plan, *, act: Act) -> bytes:
        """The file."""


def adopt_edition(
    plan: Plan,
    *,
    act: Act,
    by: User | None,
    at: datetime.datetime | None = None,
    pdf_builder: PdfBuilder,
) -> Edition:
    """Make of the proposed plan the edition REV. n: data, PDF and their hashes, never changed.

    Refuses a plan that is not proposed, a revision already adopted, and a plan that was changed
    while its PDF was being made (which takes long and so happens before the transaction), and
    whoever may not adopt. The plan becomes adopted; the act is recorded with both hashes. `by` is
    None for a load.
    """
    _refuse_unless_adoptable(plan)
    refuse_unless_permitted("strategy.adopt_plan", plan, by)
    data = canonical(plan_snapshot(plan))
    pdf = pdf_builder(plan, act=act)
    edition = Edition(
        plan=plan,
        revision=plan.revision,
        act_type=act.type,
        act_number=act.number,
        act_date=act.date,
        act_body=act.body,
        adopted_at=at or timezone.now(),
        adopted_by_label=str(by) if by else "",
        snapshot=data,
        snapshot_sha256=sha256(data.encode()),
        pdf_sha256=sha256(pdf),
        pdf_size=len(pdf),
    )
    name = f"piano-performance-{plan.label}-rev-{plan.revision}.pdf"
    edition.pdf.save(name, ContentFile(pdf), save=False)
    try:
        _adopt(edition, by=by)
    except BaseException:
        edition.pdf.delete(save=False)
        raise
    return edition


@transaction.atomic
def _adopt(edition: Edition, *, by: User | None) -> None:
    plan = Plan.objects.select_for_update().get(pk=edition.plan_id)
    _refuse_unless_adoptable(plan)
    refuse_unless_permitted("strategy.adopt_plan", plan, by)
    if canonical(plan_snapshot(plan)) != edition.snapshot:
        raise ValidationError(
            _("The plan was changed while its PDF was being made: adopt it again."),
            code="changed",
        )
    edition.plan = plan
    edition.full_clean()
    edition.save(force_insert=True)
    _move(plan, PlanState.ADOPTED, at=edition.adopted_at)
    audit.record(
        "plan.adopted",
        target=plan,
        by=by,
        at=edition.adopted_at,
        after={
            "revision": edition.revision,
            "act": edition.act,
            "snapshot_sha256": edition.snapshot_sha256,
            "pdf_sha256": edition.pdf_sha256,
        },
    )


@transaction.atomic
def publish_plan(plan: Plan, *, by: User | None, at: datetime.datetime | None = None) -> Plan:
    """Mark the adopted plan as published. Refuses any other state; records the act."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state != PlanState.ADOPTED:
        raise ValidationError(_("Only an adopted plan can be published."), code="state")
    refuse_unless_permitted("strategy.publish_plan", plan, by)
    at = at or timezone.now()
    _move(plan, PlanState.PUBLISHED, at=at)
    audit.record("plan.published", target=plan, by=by, at=at, after={"revision": plan.revision})
    return plan


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


def _refuse_unless_adoptable(plan: Plan) -> None:
    if plan.editions.filter(revision=plan.revision).exists():
        raise ValidationError(_("This revision has already been adopted."), code="revision")
    if plan.state != PlanState.PROPOSED:
        raise ValidationError(_("Only a proposed plan can be adopted."), code="state")


def _move(plan: Plan, state: PlanState, *, at: datetime.datetime) -> None:
    plan.state = state
    plan._history_date = at  # type: ignore[attr-defined] # the history reads it from here
    plan.full_clean(validate_unique=False)
    plan.save(update_fields=["state", "changed_at"])
