"""What happens when a person is told about days: written with the act, sent when it may be.

In the hours of rest that the rules fix, and on days on which the Chamber is closed, nothing leaves
(art. 5): it waits for the timer of the reminders.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field
from email.mime.text import MIMEText
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django_tasks import task

from organization import clock
from organization.days import is_quiet, written
from organization.models import Institution, Person
from pola.enums import DayState
from pola.models import AgileDay, Closure, DayNotice, MonthPlan, Norm
from pola.problems.days import in_words
from pola.reports.day_feeds import attachments_of


@dataclass
class Delivery:
    """What a run did; quiet when it was no time to write to anybody."""

    is_quiet: bool = False
    sent: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def queue_approved(
    person: Person,
    approved: Collection[AgileDay],
    refused: Collection[AgileDay],
    *,
    reason: str,
    at: datetime.datetime,
) -> None:
    """Tell which days of a month are approved and which are not."""
    with override("it"):
        subject = _decided_words(len(approved), len(refused))
        lines = [_("Approved: %(days)s.") % {"days": _listed(approved)}] if approved else []
        if refused:
            said = {"days": _listed(refused), "reason": reason}
            lines.append(_("Not approved: %(days)s. Reason: %(reason)s") % said)
        _queue(person, subject, lines, [*approved, *refused], at=at)


def _decided_words(approved: int, refused: int) -> str:
    if not approved:
        words = ngettext(
            "%(count)s day of agile work not approved",
            "%(count)s days of agile work not approved",
            refused,
        )
        return words % {"count": refused}
    words = ngettext(
        "%(count)s day of agile work approved",
        "%(count)s days of agile work approved",
        approved,
    )
    return words % {"count": approved}


def queue_returned(
    plan: MonthPlan, days: Collection[AgileDay], *, reason: str, at: datetime.datetime
) -> None:
    """Tell that a month comes back, and why."""
    with override("it"):
        month = f"{plan.month.month}.{plan.month.year}"
        subject = _("Calendar of %(month)s to be changed") % {"month": month}
        line = _("The calendar of %(month)s comes back to you. Reason: %(reason)s") % {
            "month": month,
            "reason": reason,
        }
        _queue(plan.person, subject, [line], days, at=at)


def queue_revoked(day: AgileDay, proposal: AgileDay | None, *, at: datetime.datetime) -> None:
    """Tell that a day is revoked and why, and which one is proposed in its place."""
    with override("it"):
        said = {"day": in_words(day.day), "reason": day.reason}
        subject = _("Day of agile work revoked: %(day)s") % {"day": written(day.day)}
        lines = [_("%(day)s is revoked (art. 4). Reason: %(reason)s") % said]
        if proposal is not None:
            words = _("%(day)s is proposed in its place: accept it or not.")
            lines.append(words % {"day": in_words(proposal.day)})
        _queue(day.person, subject, lines, [day], at=at)


def queue_recalled(day: AgileDay, *, at: datetime.datetime) -> None:
    """Tell that somebody is called back to the office today."""
    with override("it"):
        subject = _("Called back to the office: %(day)s") % {"day": written(day.day)}
        line = _("%(day)s you are called back to the office (art. 4). Reason: %(reason)s") % {
            "day": in_words(day.day),
            "reason": day.reason,
        }
        _queue(day.person, subject, [line], [day], at=at)


def queue_accepted(proposal: AgileDay, *, at: datetime.datetime) -> None:
    """Confirm a proposal that was accepted, with the day for the calendar."""
    with override("it"):
        subject = _("Day of agile work approved: %(day)s") % {"day": written(proposal.day)}
        words = _("You have accepted %(day)s: it is approved.")
        line = words % {"day": in_words(proposal.day)}
        _queue(proposal.person, subject, [line], [proposal], at=at)


def queue_taken_away(
    person: Person, days: Collection[AgileDay], *, reason: str, at: datetime.datetime
) -> None:
    """Tell which days fall with an act that was not about them: a closure, an absence, the end or
    the suspension of the agreement."""
    with override("it"):
        subject = ngettext(
            "%(count)s day of agile work taken away",
            "%(count)s days of agile work taken away",
            len(days),
        ) % {"count": len(days)}
        said = {"days": _listed(days), "reason": reason}
        line = _("Taken away: %(days)s. Reason: %(reason)s") % said
        approved = [one for one in days if one.state == DayState.APPROVED]
        _queue(person, subject, [line], days, at=at, attached=approved)


def _listed(days: Collection[AgileDay]) -> str:
    return ", ".join(written(one.day) for one in sorted(days, key=lambda one: one.day))


def _queue(
    person: Person,
    subject: str,
    lines: Collection[str],
    days: Collection[AgileDay],
    *,
    at: datetime.datetime,
    attached: Collection[AgileDay] | None = None,
) -> None:
    """Write the message with the act; it leaves when the act is kept. The days attached are those
    that a calendar has or takes, all of them when nothing else is said."""
    context = {"person": person, "lines": lines, "url": _address(days)}
    text = render_to_string("mail/day_notice.txt", context).strip() + "\n"
    notice = DayNotice(person=person, subject=subject[:200], text=text, queued_at=at)
    notice.full_clean()
    notice.save(force_insert=True)
    notice.days.add(*(days if attached is None else attached))
    transaction.on_commit(send_notices_job.enqueue, robust=True)


def _address(days: Collection[AgileDay]) -> str:
    if not settings.BASE_URL:
        return ""
    month = min(one.day for one in days)
    return f"{settings.BASE_URL}{reverse('pola:day-calendar')}?mese={month:%Y-%m}"


# Sent


@task()
def send_notices_job() -> None:
    """Send what waits, outside the page on which the act was done."""
    send_notices()


def send_notices(*, now: datetime.datetime | None = None) -> Delivery:
    """Send the messages that wait; none in the hours of rest nor on days on which the Chamber is
    closed. Two runs at once send each message once."""
    now = now or clock.now()
    institution = Institution.objects.first()
    run = Delivery()
    if is_time_of_rest(now, institution):
        run.is_quiet = True
        return run
    waiting = DayNotice.objects.waiting().order_by("queued_at", "pk")
    for pk in list(waiting.values_list("pk", flat=True)):
        send_one(pk, run, institution)
    return run


def is_time_of_rest(now: datetime.datetime, institution: Institution | None) -> bool:
    """Nobody is written to, by a reminder neither: in the hours of the rule in force (art. 5), on
    holidays, on days on which the whole Chamber is closed."""
    day = now.date()
    norms = Norm.objects.in_force(on=day)
    patron = institution.patron if institution else None
    is_rest = is_quiet(now, patron=patron, begins=norms.rest_begins, ends=norms.rest_ends)
    return is_rest or Closure.objects.whole().between(day, day).exists()


def send_one(pk: int, run: Delivery, institution: Institution | None) -> None:
    """Send one message unless another run was quicker; what the server refuses is tried again."""
    try:
        with transaction.atomic():
            found = DayNotice.objects.select_for_update(of=("self",)).waiting()
            notice = found.select_related("person__user").filter(pk=pk).first()
            if notice is None:
                return  # another run was quicker
            notice.sent_at = timezone.now()
            notice.save(update_fields=["sent_at"])
            address = getattr(getattr(notice.person, "user", None), "email", "")
            if not address:
                return  # nobody to write to: the pages tell it
            with override("it"):
                _message(notice, address, institution).send()
    except (OSError, SMTPException) as error:
        run.failed.append(f"{pk}: {error}")
        return
    run.sent.append(address)


def _message(notice: DayNotice, address: str, institution: Institution | None) -> EmailMessage:
    message = EmailMessage(notice.subject, notice.text, settings.DEFAULT_FROM_EMAIL, [address])
    days = notice.days.exclude(state__in=[DayState.ASKED, DayState.REFUSED])
    for name, method, content in attachments_of(days, institution):
        part = MIMEText(content.decode(), "calendar", "utf-8")
        part.set_param("method", method)
        part.add_header("Content-Disposition", "attachment", filename=name)
        message.attach(part)
    return message
