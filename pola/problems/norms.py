"""Can a rule of the guidelines take another value from a day on, and what stays as it is?"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organization.days import written
from pola.dated_norms import DatedNorms, Value
from pola.enums import AgreementState, NormKey
from pola.models import AgileDay, Agreement, Norm
from pola.norms import Norms
from pola.problems.finding import Blocker, Caution, Finding


def norm_problems(
    key: NormKey, printed: str, starts_on: datetime.date, *, today: datetime.date
) -> list[Finding]:
    """What stands in the way of a value, and what it does not touch; the value itself can be read.

    A day gone by is refused once something was decided from it on: it was decided by the rule of
    its day. What is decided for days to come is told, and stays.
    """
    values = Norm.objects.values_list("key", "printed", "starts_on")
    found = _contradictions(key, [*values, (key.value, printed, starts_on)], starts_on)
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


def withdrawal_problems(norm: Norm) -> list[Finding]:
    """What stands in the way of taking a value back: with the one before it, which holds again, two
    rules would be upside down."""
    left = Norm.objects.exclude(pk=norm.pk).values_list("key", "printed", "starts_on")
    return _contradictions(NormKey(norm.key), left, norm.starts_on)


def _contradictions(key: NormKey, values: Iterable[Value], since: datetime.date) -> list[Finding]:
    """Pairs of rules with this one in them that are upside down on a day or after it, when other
    values begin; each is said of its first day."""
    values = list(values)
    dated = DatedNorms(values)
    days = sorted({since, *(day for _key, _printed, day in values if day > since)})
    pairs = (
        ("min_days_per_week", "max_days_per_week"),
        ("morning_opens", "morning_closes"),
        ("afternoon_opens", "afternoon_closes"),
        ("rest_ends", "rest_begins"),
        ("notice_days", "notice_days_disabled"),
    )
    upside_down = {
        pair: next((day for day in days if _is_upside_down(dated.on(day), *pair)), None)
        for pair in pairs
        if key.value in pair
    }
    return [_contradiction(key, pair, day) for pair, day in upside_down.items() if day]


def _is_upside_down(norms: Norms, less: str, more: str) -> bool:
    return bool(getattr(norms, less) > getattr(norms, more))


def _contradiction(key: NormKey, pair: tuple[str, str], day: datetime.date) -> Finding:
    words = _("“%(less)s” would come after “%(more)s” (%(day)s): change the other one first")
    less, more = (NormKey(name).label for name in pair)
    reason = words % {"day": written(day), "less": less, "more": more}
    return Blocker(article=key.article, reason=reason, code="contradiction")
