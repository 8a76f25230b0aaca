"""What the guidelines say of the days asked, approved, revoked, moved (art. 4, 5, 6, 8)."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organization import clock
from organization.day_names import named
from pola.dated_norms import DatedNorms
from pola.enums import DayState, NormKey
from pola.models import AgileDay
from pola.problems.finding import Blocker, Caution, Exempted, Finding
from pola.problems.standing import Standing
from pola.quotas import (
    Closed,
    WeekLimit,
    WeekUse,
    exceeds_month,
    grouped,
    horizon,
    latest_revocation,
    may_replace,
    notice_given,
)


def in_words(day: datetime.date) -> str:
    """A day as it is said: mercoledì 24 febbraio; with its year when it is not that of today."""
    return named(day, "l j F" if day.year == clock.today().year else "l j F Y")


def office_zone() -> ZoneInfo:
    """The time of the office."""
    return ZoneInfo(timezone.get_default_timezone_name())


# Asked


def asking_problems(
    standing: Standing, wanted: Collection[datetime.date], *, today: datetime.date
) -> list[Finding]:
    """What stops days from being asked together: each day by itself, then their weeks and months.

    A day that is stopped by itself is not counted in its week, nor one of too many of its week in
    its month.
    """
    found = [one for day in sorted(set(wanted)) for one in _day(standing, day, today)]
    found += _weeks(standing, _left(wanted, found), today)
    found += _months(standing, _left(wanted, found), today)
    return found


def _left(days: Collection[datetime.date], found: Collection[Finding]) -> list[datetime.date]:
    """The days that nothing has stopped so far."""
    stopped = {one.day for one in found}
    return [day for day in days if day not in stopped]


def _day(standing: Standing, day: datetime.date, today: datetime.date) -> Iterable[Finding]:
    """What stops a day by itself: the first thing, the others would only repeat it."""
    norms = standing.norms.on(today)
    closed = standing.calendar.why_closed(day)
    if standing.agreement_on(day) is None:
        yield _stopped(6, "no_agreement", day, _("on %(day)s you have no agreement in force"))
    elif day <= today:
        words = _("days are planned in advance: %(day)s is past or is today")
        yield _stopped(4, "past", day, words)
    elif day > horizon(today, norms):
        words = ngettext(
            "days are asked at most %(weeks)s week ahead: %(day)s is later",
            "days are asked at most %(weeks)s weeks ahead: %(day)s is later",
            norms.horizon_weeks,
        )
        article = NormKey.HORIZON_WEEKS.article
        yield _stopped(article, "horizon", day, words, weeks=norms.horizon_weeks)
    elif closed is not None:
        yield _closed(closed, day)
    elif day in standing.live:
        yield _stopped(4, "taken", day, _("%(day)s is already asked or approved"))


def _stopped(article: int, code: str, day: datetime.date, words: str, **said: int) -> Finding:
    """A day that a rule stops; its words are composed only then."""
    reason = words % {"day": in_words(day), **said}
    return Blocker(article=article, reason=reason, code=code, day=day)


def _closed(closed: Closed, day: datetime.date) -> Finding:
    """A day on which there is no work, or none away from the office."""
    words = {
        Closed.WEEKEND: _("%(day)s is not a working day"),
        Closed.HOLIDAY: _("%(day)s is a holiday"),
        Closed.CLOSURE: _("on %(day)s the office is closed"),
        Closed.ABSENCE: _("on %(day)s an absence is recorded"),
        Closed.SUSPENSION: _("on %(day)s agile work is suspended"),
    }[closed]
    article = 8 if closed is Closed.SUSPENSION else 4
    reason = words % {"day": in_words(day)}
    return Blocker(article=article, reason=reason, code=closed.value, day=day)


def _weeks(
    standing: Standing, days: Collection[datetime.date], today: datetime.date
) -> Iterable[Finding]:
    for monday, wanted in grouped(days).items():
        taken = len(standing.taken_in_week(monday, today=today))
        words = _("%(limit)s. Withdraw one to ask for %(day)s")
        yield from _beyond_week(standing.limit_of(monday), wanted, taken, words)


def _beyond_week(
    limit: WeekLimit | None, wanted: Sequence[datetime.date], taken: int, words: str
) -> Iterable[Finding]:
    """The days that are too many for their week; that no agreement covers it is said elsewhere."""
    if limit is None:
        return
    for day in wanted[max(limit.days - taken, 0) :]:
        reason = words % {"limit": limit_words(limit), "day": in_words(day)}
        yield Blocker(article=limit.article, reason=reason, code="week", day=day)


def _months(
    standing: Standing, days: Collection[datetime.date], today: datetime.date
) -> Iterable[Finding]:
    for month in sorted({day.replace(day=1) for day in days}):
        wanted = sorted(day for day in set(days) if day.replace(day=1) == month)
        taken = len(standing.taken_in_month(month, today=today))
        yield from _beyond_month(standing, wanted, taken)


def _beyond_month(
    standing: Standing, days: Collection[datetime.date], taken: int
) -> Iterable[Finding]:
    """The days of a month that are too many for it, besides those taken."""
    for number, day in enumerate(days, start=1):
        norms = standing.norms.on(day)
        if exceeds_month(taken + number, norms):
            reason = ngettext(
                "at most %(limit)s day a month: %(day)s is one more",
                "at most %(limit)s days a month: %(day)s is one more",
                norms.max_days_per_month,
            ) % {"limit": norms.max_days_per_month, "day": in_words(day)}
            yield Blocker(article=4, reason=reason, code="month", day=day)


def gathered(findings: Iterable[Finding]) -> list[str]:
    """What several days say, one line for each rule: the first day in words, the others after it in
    figures."""
    by_rule: dict[tuple[int, str], list[Finding]] = {}
    for one in findings:
        by_rule.setdefault((one.article, one.code), []).append(one)
    return [_first_and_others(first, others) for first, *others in by_rule.values()]


def _first_and_others(first: Finding, others: Sequence[Finding]) -> str:
    days = ", ".join(date_format(one.day, "j.n") for one in others if one.day)
    if not days:
        return first.text
    return _("%(first)s (the same for %(days)s)") % {"first": first.text, "days": days}


def limit_words(limit: WeekLimit) -> str:
    """The limit of a week and which rule it is: massimo 3 giornate a settimana."""
    words = {"count": limit.days}
    if limit.is_of_agreement:
        return (
            ngettext(
                "your agreement has at most %(count)s day a week",
                "your agreement has at most %(count)s days a week",
                limit.days,
            )
            % words
        )
    if limit.is_of_presence:
        return (
            ngettext(
                "presence in the office prevails, at most %(count)s day in this week",
                "presence in the office prevails, at most %(count)s days in this week",
                limit.days,
            )
            % words
        )
    if limit.is_exempted:
        return (
            ngettext(
                "exemption, up to %(count)s day a week",
                "exemption, up to %(count)s days a week",
                limit.days,
            )
            % words
        )
    return (
        ngettext("at most %(count)s day a week", "at most %(count)s days a week", limit.days)
        % words
    )


def week_findings(
    standing: Standing, monday: datetime.date, *, today: datetime.date
) -> list[Finding]:
    """What is said of a week as it stands: an exemption, more days than allowed, too few of them;
    it stops nothing."""
    week = standing.week(monday, today=today)
    if week is None:
        return []
    found: list[Finding] = []
    norms = standing.norms.on(monday)
    if week.limit.is_exempted:
        found.append(Exempted(article=4, reason=limit_words(week.limit), code="exempted"))
    if week.is_beyond:
        words = _beyond_words(week)
        found.append(Caution(article=week.limit.article, reason=words, code="week", day=monday))
    if week.lacks_least(norms):
        found += few_days([monday], standing.norms)
    return found


def _beyond_words(week: WeekUse) -> str:
    """The limit of a week that has more days than it, which week and how many it has."""
    words = _("%(limit)s: the week of %(day)s has %(taken)s")
    limit, day = limit_words(week.limit), in_words(week.monday)
    return words % {"limit": limit, "day": day, "taken": week.taken}


def few_days(mondays: Sequence[datetime.date], norms: DatedNorms) -> list[Finding]:
    """Some weeks have fewer days than the least: said of all of them at once, of each least."""
    by_least: dict[int, list[datetime.date]] = {}
    for monday in mondays:
        by_least.setdefault(norms.on(monday).min_days_per_week, []).append(monday)
    return [_few(count, found) for count, found in by_least.items()]


def _few(count: int, mondays: Sequence[datetime.date]) -> Finding:
    if len(mondays) == 1:
        words = ngettext(
            "at least %(count)s day a week: the week of %(day)s has fewer",
            "at least %(count)s days a week: the week of %(day)s has fewer",
            count,
        )
        reason = words % {"count": count, "day": in_words(mondays[0])}
    else:
        words = ngettext(
            "at least %(count)s day a week: the weeks of %(days)s have fewer",
            "at least %(count)s days a week: the weeks of %(days)s have fewer",
            count,
        )
        days = ", ".join(named(one, "j F") for one in mondays)
        reason = words % {"count": count, "days": days}
    return Caution(article=4, reason=reason, code="least", day=mondays[0])


# Submitted


def submitting_problems(
    standing: Standing, days: Collection[AgileDay], *, today: datetime.date
) -> list[Finding]:
    """What stops days asked from being handed in: more of them than their weeks or months allow,
    as after an act that narrowed the limit. A day gone by can no more be withdrawn: it stops
    nothing."""
    ahead = sorted(one.day for one in days if one.day > today)
    found: list[Finding] = [
        Blocker(article=week.limit.article, reason=_too_many_words(week), code="week", day=monday)
        for monday in grouped(ahead)
        if (week := standing.week(monday, today=today)) and week.is_beyond
    ]
    for month in sorted({day.replace(day=1) for day in ahead}):
        wanted = [day for day in ahead if day.replace(day=1) == month]
        kept = len(standing.taken_in_month(month, today=today)) - len(wanted)
        found += _beyond_month(standing, wanted, kept)
    return found


def _too_many_words(week: WeekUse) -> str:
    """A week beyond its limit, and how many of its days are withdrawn to go on."""
    words = _("%(beyond)s. Withdraw %(many)s before sending")
    return words % {"beyond": _beyond_words(week), "many": week.taken - week.limit.days}


# Approved


def approving_problems(
    standing: Standing, days: Collection[AgileDay], *, today: datetime.date
) -> list[Finding]:
    """What stops days asked from being approved: what changed since, the limits of the week and of
    the month, in which what is asked and not chosen does not count."""
    chosen = {one.day for one in days}
    found = [*_changed(standing, chosen, today)]
    for monday, wanted in grouped(chosen).items():
        kept = _kept(standing.taken_in_week(monday, today=today), chosen)
        words = _("%(limit)s: %(day)s is one more")
        found += _beyond_week(standing.limit_of(monday), wanted, kept, words)
    for month in sorted({day.replace(day=1) for day in chosen}):
        wanted = sorted(day for day in chosen if day.replace(day=1) == month)
        kept = _kept(standing.taken_in_month(month, today=today), chosen)
        found += _beyond_month(standing, wanted, kept)
    return found


def _kept(taken: Collection[AgileDay], chosen: Collection[datetime.date]) -> int:
    """How many of the days taken stay whatever is decided: approved and proposed."""
    return sum(one.state != DayState.ASKED and one.day not in chosen for one in taken)


def _changed(
    standing: Standing, days: Collection[datetime.date], today: datetime.date
) -> Iterable[Finding]:
    """What has come to stop a day since it was asked."""
    for day in sorted(days):
        closed = standing.calendar.why_closed(day)
        if standing.agreement_on(day) is None:
            words = _("on %(day)s no agreement is in force") % {"day": in_words(day)}
            yield Blocker(article=6, reason=words, code="no_agreement", day=day)
        elif day <= today:
            words = _("%(day)s is past or is today: silence is not an approval")
            reason = words % {"day": in_words(day)}
            yield Blocker(article=4, reason=reason, code="past", day=day)
        elif closed is not None:
            yield _closed(closed, day)


# Revoked, moved, called back


def revoking_problems(standing: Standing, day: AgileDay, *, at: datetime.datetime) -> list[Finding]:
    """Less than the hours of notice before the schedule of that day begins (art. 4)."""
    norms = standing.norms.on(day.day)
    begins_at, zone = day.agreement.day_begins_at_on(day.day), office_zone()
    latest = latest_revocation(day.day, begins_at, norms.revocation_hours, zone)
    if at <= latest:
        return []
    reason = _(
        "a day is revoked with %(hours)s hours of notice: the term ended at %(latest)s; %(left)s"
    ) % {
        "hours": norms.revocation_hours,
        "latest": moment_in_words(latest),
        "left": _left_words(notice_given(at, day.day, begins_at, zone)),
    }
    return [Blocker(article=4, reason=reason, code="notice", day=day.day)]


def _left_words(left: datetime.timedelta) -> str:
    """How much is left of the time before a day begins."""
    hours = left // datetime.timedelta(hours=1)
    if hours < 0:
        return _("the day has begun")
    if hours == 0:
        return _("less than an hour is left to its beginning")
    words = ngettext(
        "%(hours)s hour is left to its beginning",
        "%(hours)s hours are left to its beginning",
        hours,
    )
    return words % {"hours": hours}


def replacing_problems(
    standing: Standing, revoked: AgileDay, other: datetime.date, *, today: datetime.date
) -> list[Finding]:
    """Another day in the place of a revoked one: of the same week or of the next, within limits."""
    if not may_replace(revoked.day, other):
        reason = _(
            "days are not carried over: only the same week as %(day)s, or the next, can take it"
        ) % {"day": in_words(revoked.day)}
        return [Blocker(article=4, reason=reason, code="carried", day=other)]
    return asking_problems(standing, [other], today=today)


def moment_in_words(moment: datetime.datetime) -> str:
    """A moment as the office says it: le 8.00 di mercoledì 10 febbraio."""
    local = timezone.localtime(moment, office_zone())
    return _("%(hour)s of %(day)s") % {
        "hour": f"{local.hour}.{local:%M}",
        "day": in_words(local.date()),
    }
