"""The adoption: the proposed plan becomes an edition, with its act, which never changes again."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Build
from organization import audit, clock
from organization.models import User
from organization.operations import refuse_unless_permitted
from strategy.acts import Act
from strategy.enums import PlanAct
from strategy.models import Edition, Plan
from strategy.operations.act_orders import (
    Order,
    keep_with_files,
    ordered_build,
    refuse_under_way,
    refuse_unnamed,
    told_of,
)
from strategy.operations.moves import locked_for, move, next_state
from strategy.snapshots import canonical, plan_snapshot


class PdfBuilder(Protocol):
    """Whatever makes the PDF of a plan; with an act it makes an edition, not a draft."""

    def __call__(self, plan: Plan, *, act: Act) -> bytes:
        """The file."""


def adoption_kind(plan: Plan) -> str:
    """Under which kind the builds of the adoption of this revision are kept."""
    return f"adoption-{plan.first_year}-rev-{plan.revision}"


@transaction.atomic
def request_adoption(
    plan: Plan,
    *,
    act: Act,
    act_file: bytes = b"",
    by: User,
    enqueue: Callable[[int, Order], object],
    at: datetime.datetime | None = None,
) -> Build:
    """Ask for the adoption of the proposed plan by an act: a job makes the PDF, then adopts.

    Refuses an act that is not named in full or is dated in the future, and a second adoption
    while one is under way (code `under_way`). `enqueue` gets the build and the order once the
    request is committed. Nothing is adopted before the job has ended.
    """
    plan = locked_for(PlanAct.ADOPT, plan, by=by)
    today, at = clock.today(at), at or timezone.now()
    refuse_unnamed(_edition(plan, act), today=today)
    kind = adoption_kind(plan)
    refuse_under_way(kind, _("The adoption of this revision is already under way."), at=at)
    return ordered_build(
        kind,
        {"plan": plan.pk},
        act=act,
        act_file=act_file,
        name=act_file_name(plan),
        by=by,
        enqueue=enqueue,
        at=at,
    )


def adopt_edition(
    plan: Plan,
    *,
    act: Act,
    act_file: bytes = b"",
    by: User | None,
    at: datetime.datetime | None = None,
    pdf_builder: PdfBuilder,
) -> Edition:
    """Make of the proposed plan the edition REV. n: data, PDF, file of the act and their hashes.

    Refuses a plan that is not proposed, a revision already adopted, and a plan that was changed
    while its PDF was being made (which takes long and so happens before the transaction), and
    whoever may not adopt. The plan becomes adopted; the act is recorded with its hashes. `by` is
    None for a load.
    """
    _refuse_unless_adoptable(plan)
    refuse_unless_permitted("strategy.adopt_plan", plan, by)
    data = canonical(plan_snapshot(plan))
    pdf = pdf_builder(plan, act=act)
    edition = _edition(plan, act)
    edition.reason = plan.update_reason
    edition.adopted_at = at or timezone.now()
    edition.adopted_by_label = str(by) if by else ""
    keep_with_files(
        edition,
        data=data,
        pdf=(pdf_file_name(plan), pdf),
        act_file=(act_file_name(plan), act_file),
        keep=partial(_adopt, edition, by=by),
    )
    return edition


def pdf_file_name(plan: Plan) -> str:
    """The name under which the PDF of the revision is kept."""
    return f"piano-performance-{plan.label}-rev-{plan.revision}.pdf"


def act_file_name(plan: Plan) -> str:
    """The name under which the file of its act is kept."""
    return f"atto-{plan.label}-rev-{plan.revision}.pdf"


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
    move(plan, PlanAct.ADOPT, by=by, at=edition.adopted_at)
    after = {"revision": edition.revision} | told_of(edition)
    audit.record("plan.adopted", target=plan, by=by, at=edition.adopted_at, after=after)


def _edition(plan: Plan, act: Act) -> Edition:
    """The edition that the act would make of the revision at hand."""
    return Edition(plan=plan, revision=plan.revision, **act.columns)


def _refuse_unless_adoptable(plan: Plan) -> None:
    if plan.editions.filter(revision=plan.revision).exists():
        raise ValidationError(_("This revision has already been adopted."), code="revision")
    next_state(PlanAct.ADOPT, plan)
