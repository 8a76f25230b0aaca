"""Can a rule of the guidelines take another value from a day on, and what stays as it is?"""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organization.days import written
from pola.enums import AgreementState, NormKey
from pola.models import AgileDay, Agreement, Norm
from pola.norms import Norms, read_norm
from pola.problems.finding import Blocker, Caution, Finding


def norm_problems(
    key: NormKey, printed: str, starts_on: datetime.date, *, today: datetime.date
) -> list[Finding]:
    """What stands in the way of a value, and what it does not touch; the value itself is read.

    A day gone by is refused once something was decided from it on: it was decided by the rule of
    its day. What is decided for days to come is told, and stays.
    """
    norms = Norm.objects.in_force(on=starts_on)
    found = _contradictions(key, replace(norms, **{key.value: read_norm(key, printed)}))
    decided = _decided_from(starts_on)
    words = ", ".join(_counted(*decided))
    if starts_on < today and any(decided):
        reason = _("from %(day)s on there are already decisions (%(what)s): choose a later day") % {
            "day": written(starts_on),
            "what": words,
        }
        found.append(Blocker(article=key.article, reason=reason, code="decided"))
    elif any(decided):
        reason = _("already decided from that day on (%(what)s): they keep the rule of their day")
        found.append(
            Caution(article=key.article, reason=reason % {"what": words}, code="decided_to_come")
        )
    elif starts_on < today:
        reason = _("the day has gone by: nothing was decided from then on, the value holds from it")
        found.append(Caution(article=key.article, reason=reason, code="past"))
    return found


def _decided_from(day: datetime.date) -> tuple[int, int]:
    """Days of agile work and agreements decided that lie on the day or after it."""
    days = AgileDay.objects.filter(day__gte=day, decided_at__isnull=False).count()
    concluded = sorted(AgreementState.concluded)
    return days, Agreement.objects.filter(starts_on__gte=day, state__in=concluded).count()


def _counted(days: int, agreements: int) -> list[str]:
    said = []
    if days:
        said.append(ngettext("%(n)s day", "%(n)s days", days) % {"n": days})
    if agreements:
        words = ngettext("%(n)s agreement", "%(n)s agreements", agreements)
        said.append(words % {"n": agreements})
    return said


def _contradictions(key: NormKey, norms: Norms) -> list[Finding]:
    """Pairs of rules that the value would turn upside down."""
    pairs = (
        ("min_days_per_week", "max_days_per_week"),
        ("morning_opens", "morning_closes"),
        ("afternoon_opens", "afternoon_closes"),
        ("rest_ends", "rest_begins"),
        ("notice_days", "notice_days_disabled"),
    )
    return [
        Blocker(
            article=key.article,
            reason=_("“%(less)s” would come after “%(more)s”: change the other one first")
            % {"less": NormKey(less).label, "more": NormKey(more).label},
            code="contradiction",
        )
        for less, more in pairs
        if key.value in (less, more) and getattr(norms, less) > getattr(norms, more)
    ]
