"""What happens when planning takes a figure that the application computed: it becomes the result
of its indicator, like one that a unit sent."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from indicators.models import Actual, Indicator
from indicators.values import read
from organization.models import User
from strategy.models import Plan
from strategy.operations.closed_years import refuse_closed
from strategy.operations.history import sign
from strategy.rules import is_planner, plan_is_monitored


@dataclass(frozen=True, kw_only=True)
class ComputedFigure:
    """A figure at a day, as it is written, with the two counts when it is a ratio."""

    indicator_id: int
    measured_on: datetime.date
    printed: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@transaction.atomic
def take_computed(
    plan: Plan, figure: ComputedFigure, *, note: str, by: User, at: datetime.datetime
) -> Actual:
    """Make a computed figure the result of its indicator at its day; `note` says how it was
    computed. A result that is there already is superseded and stays. The caller records the act.

    Refuses whoever is not of planning, a plan that was not adopted or is closed (code `state`),
    a closed year (code `closed_year`).
    """
    if not is_planner(by):
        raise PermissionDenied(_("You have no right to do this."))
    # The plan first: a year is closed with its plan locked.
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if not plan_is_monitored(by, plan):
        raise ValidationError(
            _("Only a plan that was adopted and is not closed is measured."), code="state"
        )
    year = figure.measured_on.year
    refuse_closed([(figure.indicator_id, year)])
    Indicator.objects.select_for_update().get(pk=figure.indicator_id)
    same = Actual.objects.current().filter(
        indicator_id=figure.indicator_id, year=year, measured_on=figure.measured_on
    )
    old = same.first()
    if old is not None:
        old.is_current = False
        sign(old, by=by, at=at)
        old.save(update_fields=["is_current"])
    made = Actual(
        indicator_id=figure.indicator_id,
        year=year,
        measured_on=figure.measured_on,
        numerator_value=figure.numerator,
        denominator_value=figure.denominator,
        note=note,
        supersedes=old,
    )
    made.take(read(figure.printed))
    made.full_clean()
    sign(made, by=by, at=at)
    made.save(force_insert=True)
    return made
