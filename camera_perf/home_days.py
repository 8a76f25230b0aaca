"""What waits for whom about the days of agile work: one's own, and those to be decided."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from camera_perf.home_tasks import Due, Task
from organization.models import User
from pola.enums import DayState, MonthState
from pola.models import AgileDay, MonthPlan
from pola.problems.days import in_words


def day_tasks(user: User, on: datetime.date) -> Iterator[Task]:
    """The tasks of a person: two statements, three for who leads a unit or stands in for a head."""
    if user.person_id is None:
        return
    yield from _to_decide(user)
    waiting = {DayState.ASKED, DayState.PROPOSED}
    days = AgileDay.objects.filter(person_id=user.person_id, day__gt=on, state__in=sorted(waiting))
    ahead = list(days.order_by("day"))
    for one in ahead:
        if one.state == DayState.PROPOSED:
            yield Task(
                Due.OPEN,
                _("Accept %(day)s, or not") % {"day": in_words(one.day)},
                _("It is proposed in the place of a day that was revoked."),
                reverse("pola:day-detail", args=[one.pk]),
                _("Answer"),
                "it-exchange-circle",
            )
    asked = Counter(one.day.replace(day=1) for one in ahead if one.state == DayState.ASKED)
    if asked:
        yield from _to_send(user, asked)


def _to_send(user: User, asked: Counter[datetime.date]) -> Iterator[Task]:
    """Months with days asked that were not sent, or that came back."""
    plans = MonthPlan.objects.filter(person_id=user.person_id, month__in=asked)
    states = dict(plans.values_list("month", "state"))
    for month, count in sorted(asked.items()):
        state = states.get(month, MonthState.DRAFT)
        if state == MonthState.SUBMITTED:
            continue
        words = ngettext("%(count)s day asked", "%(count)s days asked", count) % {"count": count}
        returned = state == MonthState.RETURNED
        said = _("Change and send %(month)s again") if returned else _("Send %(month)s")
        yield Task(
            Due.OPEN,
            said % {"month": date_format(month, "F Y").lower()},
            words,
            f"{reverse('pola:day-calendar')}?mese={month:%Y-%m}",
            _("Open the calendar"),
            "it-calendar",
        )


def _to_decide(user: User) -> Iterator[Task]:
    """Months that wait for who leads the unit, or stands in for its head."""
    if not (user.led_unit_ids or user.delegated_unit_ids):
        return
    plans = MonthPlan.objects.submitted().exclude(person_id=user.person_id)
    units = plans.filter(person__unit__in=user.recording_unit_ids)
    found = Counter(units.order_by("month").values_list("month", "person__unit__slug"))
    for (month, slug), count in found.items():
        yield Task(
            Due.OPEN,
            ngettext(
                "Decide the days of %(count)s person for %(month)s",
                "Decide the days of %(count)s people for %(month)s",
                count,
            )
            % {"count": count, "month": date_format(month, "F Y").lower()},
            _("They are approved together, or one by one."),
            f"{reverse('pola:day-team')}?unita={slug}&mese={month:%Y-%m}",
            _("Open the calendar"),
            "it-calendar",
        )
