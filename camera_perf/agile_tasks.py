"""What waits for whom in agile work: requests to check and decide, texts to write and accept,
renewals asked for, agreements about to end."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from camera_perf.home_facts import Facts
from camera_perf.home_waiting import Due, Task
from organization.days import written
from organization.enums import Role
from organization.models import User
from pola.enums import AgreementState, InterestState, VersionState
from pola.forms.agreements import ENDING
from pola.models import Agreement, AgreementVersion, Interest
from pola.querysets import InterestQuerySet, decided_by, signed_by
from pola.reports.agreement_reminders import expiring
from pola.reports.agreements import day_gone_by

THREE_MONTHS = datetime.timedelta(days=92)


def agile_tasks(facts: Facts, on: datetime.date) -> Iterator[Task]:
    """Everything of agile work that waits for the person: one statement where a text is on its way,
    one more for who decides and where a renewal was asked for, two where an agreement is about to
    end; none for the others."""
    if not facts.is_employed:
        return
    if facts.may_find("texts"):
        yield from _texts(facts)
    decides = facts.user.holds(Role.HR, Role.DIRIGENTE, Role.SECRETARY_GENERAL)
    if decides and facts.may_find("requests"):
        yield from _requests(facts)
    if facts.may_find("renewals"):
        yield from _renewals(facts)
    if facts.may_find("endings"):
        yield from _expiries(facts, on)


def waiting_texts(user: User) -> QuerySet[AgreementVersion]:
    """Texts to accept, on either side; granted requests whose text is to be written."""
    mine = Q(
        agreement__person=user.person_id, employee_accepted_at=None, state=VersionState.OFFERED
    )
    for_chamber = signed_by(user, "agreement__")
    offered = Q(state=VersionState.OFFERED, employer_accepted_at=None)
    return AgreementVersion.objects.filter(
        mine | for_chamber & (offered | Q(state=VersionState.WRITTEN))
    )


def _texts(facts: Facts) -> Iterator[Task]:
    waiting = waiting_texts(facts.user)
    for version in waiting.select_related("agreement__person", "agreement__unit"):
        agreement = version.agreement
        if version.state == VersionState.WRITTEN:
            words = _("Write the agreement of %(name)s")
        elif day_gone_by(version):
            words = _("Give the agreement back, its first day has gone by: %(name)s")
        else:
            words = _("Accept the agreement: %(name)s")
        yield Task(
            Due.OPEN,
            words % {"name": agreement.person},
            agreement.unit.name,
            agreement.get_absolute_url(),
            _("Open the agreement"),
            "it-file-signed",
            _("from %(day)s") % {"day": written(agreement.starts_on)},
        )


def waiting_requests(user: User) -> InterestQuerySet:
    """Requests to check, for HR; to decide, for the dirigente."""
    to_decide = Q(state=InterestState.CHECKED) & decided_by(user)
    is_hr = user.holds(Role.HR)
    return Interest.objects.filter(Q(state=InterestState.SENT) | to_decide if is_hr else to_decide)


def _requests(facts: Facts) -> Iterator[Task]:
    states = list(waiting_requests(facts.user).values_list("state", flat=True))
    if count := states.count(InterestState.SENT):
        yield Task(
            Due.OPEN,
            ngettext(
                "%(count)s request of agile work to check",
                "%(count)s requests of agile work to check",
                count,
            )
            % {"count": count},
            _("Service, training, safety notice."),
            reverse("pola:interest-list"),
            _("Open the queue"),
            "it-user",
        )
    if count := states.count(InterestState.CHECKED):
        yield Task(
            Due.OPEN,
            ngettext(
                "%(count)s request of agile work to decide",
                "%(count)s requests of agile work to decide",
                count,
            )
            % {"count": count},
            _("The criteria a, b, c of art. 3."),
            reverse("pola:decision-list"),
            _("Open the requests"),
            "it-user",
        )


def asked_renewals(user: User) -> QuerySet[Agreement]:
    """Agreements in force whose renewal the employee asked of the person who signs."""
    running = Agreement.objects.filter(signed_by(user), state=AgreementState.RUNNING)
    return running.exclude(renewal_asked_at=None)


def _renewals(facts: Facts) -> Iterator[Task]:
    asked = asked_renewals(facts.user).select_related("person", "unit")
    for agreement in asked.order_by("ends_on"):
        yield Task(
            Due.OPEN,
            _("Evaluate the renewal asked by %(name)s") % {"name": agreement.person},
            agreement.unit.name,
            reverse("pola:agreement-act", args=[agreement.pk, "rinnovo"]),
            _("Evaluate and renew"),
            "it-refresh",
            _("by %(day)s") % {"day": written(agreement.ends_on)},
        )


def ending_soon(user: User, on: datetime.date) -> QuerySet[Agreement]:
    """Agreements in force that end within three months and that the person holds, signs, or, for
    HR, whoever has them: a first look, before the days of the norm are read."""
    soon = Agreement.objects.ending_between(on, on + THREE_MONTHS)
    if user.holds(Role.HR):
        return soon
    return soon.filter(Q(person=user.person_id) | signed_by(user))


def _expiries(facts: Facts, on: datetime.date) -> Iterator[Task]:
    """Agreements about to end: one's own; those that one signs and whose renewal nobody asked;
    all of them, for HR."""
    ending = expiring(on)
    for own in (one for one in ending if one.person_id == facts.user.person_id):
        if own.renewal_asked_at is None:
            yield Task(
                Due.OPEN,
                _("Your agreement of agile work ends on %(day)s") % {"day": written(own.ends_on)},
                _("It ends by itself: its page says whether a renewal can be asked."),
                own.get_absolute_url(),
                _("Open the agreement"),
                "it-calendar",
            )
    if not facts.user.holds(Role.HR):
        signed = [one for one in ending if one.counterpart_id == facts.user.person_id]
        ending = [one for one in signed if one.renewal_asked_at is None]
    if ending:
        yield _ending_task(ending)


def _ending_task(ending: Sequence[Agreement]) -> Task:
    first, count = ending[0], len(ending)
    title = ngettext("%(count)s agreement about to end", "%(count)s agreements about to end", count)
    return Task(
        Due.OPEN,
        title % {"count": count},
        _("The first is that of %(name)s.") % {"name": first.person},
        f"{reverse('pola:agreement-list')}?stato={ENDING}",
        _("Open the register"),
        "it-calendar",
        _("by %(day)s") % {"day": written(first.ends_on)},
    )
