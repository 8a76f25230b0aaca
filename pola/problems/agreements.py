"""What the guidelines say of a request and of an agreement, before anybody decides it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organization.day_names import named
from organization.days import written
from pola.contact_windows import Window, WindowFault, length, window_faults
from pola.durations import A_DAY, admitted_from
from pola.enums import WindowFaultKind
from pola.models import Interest
from pola.norms import Norms
from pola.problems.finding import Blocker, Caution, Finding
from pola.register_querysets import a_year_before
from pola.shares import Share
from pola.terms import Terms


def hire_problems(
    hired_on: datetime.date | None, norms: Norms, *, on: datetime.date
) -> list[Finding]:
    """Art. 3: who was hired, or came by mobility, less than six months ago waits."""
    if hired_on is None:
        return [Blocker(article=3, code="hire", reason=_("the day of hiring is not known"))]
    first = admitted_from(hired_on, norms)
    if on >= first:
        return []
    words = _("a request can be made %(months)s months after hiring, from %(day)s on") % {
        "months": norms.months_from_hire,
        "day": written(first),
    }
    return [Blocker(article=3, code="hire", reason=words)]


def eligibility_problems(interest: Interest, norms: Norms, *, on: datetime.date) -> list[Finding]:
    """What stops a person from being admitted: service, training, safety notice (art. 3, 10,
    11)."""
    found = hire_problems(interest.person.hired_on, norms, on=on)
    return found + duty_problems(interest.training_on, interest.safety_on, on=on)


def duty_problems(
    training_on: datetime.date | None, safety_on: datetime.date | None, *, on: datetime.date
) -> list[Finding]:
    """Art. 10 and 11: training done, safety notice received within a year."""
    found: list[Finding] = []
    if training_on is None:
        words = _("the training on agile work has not been done")
        found.append(Blocker(article=11, code="training", reason=words))
    if safety_on is None:
        words = _("the safety notice has not been received")
        found.append(Blocker(article=10, code="safety", reason=words))
    elif safety_on <= a_year_before(on):
        words = _("the safety notice was received on %(day)s: it counts for a year")
        reason = words % {"day": written(safety_on)}
        found.append(Blocker(article=10, code="safety", reason=reason))
    for day, code in ((training_on, "training"), (safety_on, "safety")):
        if day is not None and day > on:
            words = _("%(day)s has still to come") % {"day": written(day)}
            found.append(Blocker(article=11 if code == "training" else 10, code=code, reason=words))
    return found


def sheet_problems(months: Iterable[datetime.date]) -> list[Finding]:
    """Art. 13: a renewal looks at the activity sheets of the period; these months lack theirs."""
    names = [named(month, "F Y") for month in months]
    if not names:
        return []
    words = ngettext(
        "the activity sheet of %(months)s has not been evaluated",
        "the activity sheets of %(months)s have not been evaluated",
        len(names),
    )
    reason = words % {"months": ", ".join(names)}
    return [Caution(article=13, code="sheets", reason=reason)]


def request_problems(
    interest: Interest,
    norms: Norms,
    *,
    on: datetime.date,
    activity_count: int,
    has_agreement: bool,
) -> list[Finding]:
    """What a request still needs before it is sent."""
    found = hire_problems(interest.person.hired_on, norms, on=on)
    if has_agreement:
        words = _("you have an agreement under way: it is renewed, not asked again")
        found.append(Blocker(article=6, code="agreement", reason=words))
    if not activity_count and not interest.other_activities.strip():
        words = _("say which activities you would do remotely")
        found.append(Blocker(article=2, code="activities", reason=words))
    if not interest.purposes:
        found.append(Blocker(article=1, code="purposes", reason=_("choose at least one purpose")))
    found += start_problems(interest.starts_on, norms, on=on)
    found += days_problems(interest.days_per_week, len(interest.weekdays), norms)
    if interest.place == "other" and not interest.place_detail.strip():
        words = _("say which other place is meant")
        found.append(Blocker(article=4, code="place", reason=words))
    return found + windows_problems(
        norms,
        morning=Window(interest.morning_from, interest.morning_to),
        afternoon=Window(interest.afternoon_from, interest.afternoon_to),
        percent=interest.person.part_time_percent,
        day_ends_at=interest.day_ends_at,
    )


def start_problems(
    starts_on: datetime.date | None, norms: Norms, *, on: datetime.date
) -> list[Finding]:
    """From when: not from a day gone by, nor after the trial (art. 1)."""
    if starts_on is None:
        return [Blocker(article=6, code="start", reason=_("say from which day"))]
    if gone := first_day_problems(starts_on, on=on):
        return gone
    if starts_on > norms.trial_ends_on:
        words = _("the trial ends on %(day)s") % {"day": written(norms.trial_ends_on)}
        return [Blocker(article=1, code="trial", reason=words)]
    return []


def first_day_problems(starts_on: datetime.date, *, on: datetime.date) -> list[Finding]:
    """Nothing begins on a day gone by (art. 6)."""
    if starts_on >= on:
        return []
    return [Blocker(article=6, code="start", reason=_("the first day has gone by"))]


def days_problems(
    days_per_week: int, usual: int, norms: Norms, *, exempted: int = 0
) -> list[Finding]:
    """Art. 4: at most three days a week, unless an exemption allows more."""
    found: list[Finding] = []
    if days_per_week > max(norms.max_days_per_week, exempted):
        words = ngettext(
            "at most %(count)s day a week", "at most %(count)s days a week", norms.max_days_per_week
        ) % {"count": norms.max_days_per_week}
        found.append(Blocker(article=4, code="days", reason=words))
    if usual > days_per_week:
        words = _("the usual days are more than the days a week")
        found.append(Blocker(article=4, code="weekdays", reason=words))
    return found


def windows_problems(
    norms: Norms,
    *,
    morning: Window,
    afternoon: Window,
    percent: int,
    day_ends_at: datetime.time,
) -> list[Finding]:
    """Art. 5: both contact windows long enough and within their hours."""
    faults = window_faults(
        norms, morning=morning, afternoon=afternoon, percent=percent, day_ends_at=day_ends_at
    )
    return [Blocker(article=5, code="windows", reason=window_words(fault)) for fault in faults]


def window_words(fault: WindowFault) -> str:
    """What is wrong with a window and how it is put right."""
    part = _("the morning window") if fault.is_morning else _("the afternoon window")
    words = {
        "part": part,
        "least": length(fault.limit.least),
        "hours": fault.limit.words,
        "found": fault.window.words,
        "length": length(fault.window.minutes) if fault.window.minutes > 0 else "",
    }
    match fault.kind:
        case WindowFaultKind.MISSING:
            return _("%(part)s is missing: at least %(least)s within %(hours)s") % words
        case WindowFaultKind.REVERSED:
            return _("%(part)s (%(found)s) ends before it starts") % words
        case WindowFaultKind.OUTSIDE:
            return _("%(part)s (%(found)s) lies within %(hours)s") % words
        case _:
            return _("%(part)s is of %(length)s: at least %(least)s within %(hours)s") % words


def terms_problems(
    terms: Terms,
    norms: Norms,
    *,
    percent: int,
    longest: datetime.date | None = None,
    exempted: int = 0,
) -> list[Finding]:
    """What a text of an agreement still needs before it is offered (art. 6).

    `longest` is the last day that a first term may have; none for a renewal. `exempted` are the
    days a week of an exemption in force.
    """
    found: list[Finding] = [
        Blocker(
            article=6,
            code=content.value,
            reason=_("“%(content)s” is missing") % {"content": content.label},
        )
        for content in terms.missing
    ]
    found += _term_problems(terms, norms, longest=longest)
    found += days_problems(terms.days_per_week, len(terms.weekdays), norms, exempted=exempted)
    if not terms.morning.is_empty:
        found += windows_problems(
            norms,
            morning=terms.morning,
            afternoon=terms.afternoon,
            percent=percent,
            day_ends_at=terms.day_ends_at,
        )
    return found


def _term_problems(terms: Terms, norms: Norms, *, longest: datetime.date | None) -> list[Finding]:
    if terms.starts_on is None or terms.ends_on is None:
        return []
    found: list[Finding] = []
    trial_end = written(norms.trial_ends_on)
    if terms.ends_on < terms.starts_on:
        words = _("the agreement ends before it starts")
        found.append(Blocker(article=6, code="term", reason=words))
    if terms.ends_on > norms.trial_ends_on:
        words = _("the trial ends on %(day)s: no agreement lasts longer") % {"day": trial_end}
        found.append(Blocker(article=1, code="trial", reason=words))
    elif longest is not None and terms.ends_on > longest:
        words = _("the first duration is of %(months)s months, until %(day)s") % {
            "months": norms.first_term_months,
            "day": written(longest),
        }
        found.append(Blocker(article=6, code="term", reason=words))
    elif terms.is_cut:
        words = _("the duration is cut at the end of the trial, %(day)s") % {"day": trial_end}
        found.append(Caution(article=1, code="cut", reason=words))
    return found


def renewal_problems(terms: Terms, *, ends_on: datetime.date) -> list[Finding]:
    """Art. 6: a renewal follows the last day of the agreement and ends after it: before that day
    an agreement ends by withdrawal alone, with notice and reason (art. 8)."""
    found: list[Finding] = []
    first = ends_on + A_DAY
    if terms.starts_on is not None and terms.starts_on != first:
        words = _("a renewal begins on the day after the agreement ends, %(day)s")
        found.append(Blocker(article=6, code="start", reason=words % {"day": written(first)}))
    if terms.ends_on is not None:
        found += renewal_end_problems(terms.ends_on, ends_on=ends_on)
    return found


def renewal_end_problems(last_day: datetime.date, *, ends_on: datetime.date) -> list[Finding]:
    """Art. 6: a renewal lasts longer than the agreement does already."""
    if last_day > ends_on:
        return []
    words = _("a renewal ends after %(day)s") % {"day": written(ends_on)}
    return [Blocker(article=6, code="term", reason=words)]


def share_problems(shares: Iterable[Share]) -> list[Finding]:
    """Art. 3: fewer than the least share of those who can work remotely do."""
    found: list[Finding] = []
    for share in shares:
        if not share.is_reached:
            words = _(
                "%(effective)s of %(potential)s people (%(share)s): at least %(percent)s%% are "
                "%(least)s"
            ) % {
                "effective": share.effective,
                "potential": share.potential,
                "share": share.words,
                "percent": share.percent,
                "least": share.least,
            }
            found.append(Caution(article=3, code="share", reason=words))
    return found
