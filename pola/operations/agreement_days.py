"""What happens to the days booked outside the term of an agreement: they fall, and it is told.

Call these inside the transaction of the act that changes the term. Days gone by were worked: they
stay.
"""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from organization import clock
from organization.days import written
from organization.models import User
from pola.durations import A_DAY
from pola.models import Agreement, Suspension
from pola.operations.day_calendar import take_away_days


def take_away_after(agreement: Agreement, *, by: User | None, at: datetime.datetime) -> None:
    """The days booked after the last day of an agreement fall."""
    with override("it"):
        note = _("The agreement ends on %(day)s") % {"day": written(agreement.ends_on)}
    first = max(agreement.ends_on + A_DAY, clock.today())
    held = Agreement.objects.filter(pk=agreement.pk)
    take_away_days(held, first, datetime.date.max, by=by, at=at, note=note)


def take_away_all(agreement: Agreement, *, by: User | None, at: datetime.datetime) -> None:
    """Every day booked in an agreement that never comes into force falls."""
    with override("it"):
        note = _("The agreement does not come into force")
    held = Agreement.objects.filter(pk=agreement.pk)
    take_away_days(held, clock.today(), datetime.date.max, by=by, at=at, note=note)


def take_away_suspended(pause: Suspension, *, by: User | None, at: datetime.datetime) -> None:
    """The days booked within a suspension fall."""
    with override("it"):
        note = _("The agreement is suspended")
    held = Agreement.objects.filter(pk=pause.agreement_id)
    take_away_days(held, pause.starts_on, pause.ends_on, by=by, at=at, note=note)
