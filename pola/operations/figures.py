"""What planning decides of a computed figure: it is taken as the result of its indicator, or
declined with a reason."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from organization import audit, clock
from organization.models import User
from pola.models import FigureDecision
from pola.reports.figures import ProposedFigure, proposed_figures
from strategy.models import Plan
from strategy.operations.computed import ComputedFigure, take_computed
from strategy.rules import is_planner


@transaction.atomic
def accept_figure(
    plan: Plan,
    *,
    indicator_id: int,
    printed: str,
    by: User,
    at: datetime.datetime | None = None,
) -> FigureDecision:
    """Take a computed figure as the result of its indicator at its day; record `figure.accepted`
    of the plan.

    `printed` is the figure that was read. Refuses whoever is not of planning, a figure that has
    moved since or was decided (code `stale`), and what `take_computed` refuses.
    """
    at = at or timezone.now()
    proposed = _open(plan, indicator_id, printed, by=by)
    figure = proposed.figure
    actual = take_computed(
        plan,
        ComputedFigure(
            indicator_id=indicator_id,
            measured_on=figure.measured_on,
            printed=figure.printed,
            numerator=figure.numerator,
            denominator=figure.denominator,
        ),
        note=figure.arithmetic,
        by=by,
        at=at,
    )
    made = _decision(proposed, by=by, at=at)
    made.is_accepted, made.actual = True, actual
    return _recorded(made, plan, "figure.accepted", by=by, at=at)


@transaction.atomic
def decline_figure(
    plan: Plan,
    *,
    indicator_id: int,
    printed: str,
    reason: str,
    by: User,
    at: datetime.datetime | None = None,
) -> FigureDecision:
    """Leave the indicator as it is, with the reason; record `figure.declined` of the plan.

    Refuses as above; also an empty reason.
    """
    at = at or timezone.now()
    made = _decision(_open(plan, indicator_id, printed, by=by), by=by, at=at)
    made.is_accepted, made.reason = False, reason.strip()
    if not made.reason:
        raise ValidationError({"reason": _("Say why the figure is declined.")})
    return _recorded(made, plan, "figure.declined", by=by, at=at)


def _open(plan: Plan, indicator_id: int, printed: str, *, by: User) -> ProposedFigure:
    """The figure as it is computed now, if it is the one that was read and waits."""
    if not is_planner(by):
        raise PermissionDenied(_("You have no right to do this."))
    Plan.objects.select_for_update().get(pk=plan.pk)
    with override("it"):  # what is kept is in the language of the plan, whoever decides
        proposed = proposed_figures(plan, today=clock.today())
    for one in proposed:
        if one.indicator.pk == indicator_id and one.is_open and one.figure.printed == printed:
            return one
    raise ValidationError(
        _("This figure has moved, or was decided meanwhile: look at it again."), code="stale"
    )


def _decision(proposed: ProposedFigure, *, by: User, at: datetime.datetime) -> FigureDecision:
    return FigureDecision(
        indicator=proposed.indicator,
        measured_on=proposed.figure.measured_on,
        printed=proposed.figure.printed,
        arithmetic=proposed.figure.arithmetic,
        decided_at=at,
        decided_by_label=str(by),
    )


def _recorded(
    made: FigureDecision, plan: Plan, verb: str, *, by: User, at: datetime.datetime
) -> FigureDecision:
    made.full_clean()
    made.save(force_insert=True)
    after = {made.indicator.name: made.printed}
    audit.record(verb, target=plan, by=by, at=at, after=after, note=made.reason)
    return made
