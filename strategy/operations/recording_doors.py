"""The doors of recording: the period must be open, the figures one's own to enter."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from organization import clock
from organization.days import written
from organization.models import Delegation, User
from organization.rules import is_planner
from strategy.models import MonitoringPeriod
from strategy.reports.closing import closed_words
from strategy.rules import plan_is_monitored


def locked_open(period: MonitoringPeriod, *, by: User) -> MonitoringPeriod:
    """The period as it is now, locked with what is entered in it until the transaction ends.

    Refuses one that is not open today, whose year is closed, or whose plan is not measured
    (ValidationError, code `closed`).
    """
    locked = (
        MonitoringPeriod.objects.select_for_update(of=("self",))
        .select_related("plan")
        .with_closed_years()
        .get(pk=period.pk)
    )
    if locked.is_year_closed:
        raise ValidationError(closed_words(locked.year), code="closed")
    today = clock.today()
    if locked.is_open_on(today) and plan_is_monitored(by, locked.plan):
        return locked
    if not locked.is_locked and today < locked.opens_on:
        words = _("The figures at %(end)s are entered from %(day)s. Nothing was saved.")
        day = locked.opens_on
    else:
        words = _(
            "The period of %(end)s is closed since %(day)s: nothing was saved. "
            "Planning can reopen it."
        )
        is_over = locked.closes_on < today
        day = locked.closes_on + datetime.timedelta(days=1) if is_over else today
    raise ValidationError(
        words % {"end": written(locked.ends_on), "day": written(day)}, code="closed"
    )


def refuse_foreign(by: User) -> None:
    """Say why the figures of a unit are not entered by a person: a substitution that is over, one
    that may be (taken back before it had lasted a day), or none at all."""
    today = clock.today()
    past = Delegation.objects.filter(
        delegate_id=by.person_id, ends_on__lt=today, taken_back_at__isnull=True
    )
    last = past.with_people().order_by("-ends_on").first() if by.person_id else None
    if last is not None:
        raise PermissionDenied(
            _("You stood in for %(head)s until %(day)s: ask for another substitution.")
            % {"head": last.head, "day": written(last.ends_on)}
        )
    if not by.recording_unit_ids and not is_planner(by):
        raise PermissionDenied(
            _(
                "You enter the figures of no unit today: "
                "if you stood in for somebody, the substitution is over."
            )
        )
    raise PermissionDenied(_("Another unit supplies this figure: nothing was saved."))


def enters_figures_of(user: User, supplier_id: int | None) -> bool:
    """Enters today the figures that a unit supplies; those of nobody are planning's."""
    if supplier_id is None:
        return is_planner(user)
    return supplier_id in user.recording_unit_ids
