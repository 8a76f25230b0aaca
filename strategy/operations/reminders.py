"""What happens when reminders are sent: one message for each person, each reminder once."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from smtplib import SMTPException
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from organization import clock
from organization.days import is_quiet, written
from organization.models import Institution, User
from strategy.models import Reminder
from strategy.monitoring_enums import ReminderKind
from strategy.reports.reminders import Item, reminders_due


@dataclass
class Sending:
    """What a run did: messages sent, those that the mail server did not take; quiet when it was no
    time to write to anybody."""

    is_quiet: bool = False
    sent: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def send_reminders(*, now: datetime.datetime | None = None) -> Sending:
    """Write to everybody who has figures to enter, and to planning about those that are missing.

    One message for each person, with direct links; nothing in the hours of rest nor on holidays
    (the other closures are known to the command, which asks about them first). Each reminder is
    kept with its sending, so that a second run, at the same time too, sends nothing again; what the
    mail server refuses is tried the next time.
    """
    now = now or clock.now()
    institution = Institution.objects.first()
    run = Sending()
    if is_quiet(now, patron=institution.patron if institution else None):
        run.is_quiet = True
        return run
    due = reminders_due(now.date())
    known = set(Reminder.objects.values_list("user", "kind", "period", "due_on"))
    for user, items in due.items():
        new = [item for item in items if (user.pk, *_key(item)) not in known]
        if new:
            _send(user, new, run, sender=institution)
    return run


def _key(item: Item) -> tuple[str, int, datetime.date]:
    return item.kind.value, item.period.pk, item.period.closes_on


def _send(user: User, items: Sequence[Item], run: Sending, *, sender: Institution | None) -> None:
    with override("it"):
        subject, text = subject_of(items), text_of(user, items, sender=sender)
    try:
        with transaction.atomic():
            for kind, period_id, due_on in dict.fromkeys(_key(item) for item in items):
                Reminder.objects.create(
                    user=user,
                    kind=kind,
                    period_id=period_id,
                    due_on=due_on,
                    subject=subject,
                    sent_at=timezone.now(),
                )
            send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email])
    except IntegrityError:
        return  # another run was quicker
    except (OSError, SMTPException) as error:
        run.failed.append(f"{user.email}: {error}")
        return
    run.sent.append(user.email)


# What is written


def subject_of(items: Sequence[Item]) -> str:
    """The most urgent day, and how many figures."""
    first = min(items, key=lambda item: item.period.closes_on)
    count = sum(item.count for item in items)
    words = {"count": count, "day": written(first.period.closes_on)}
    if first.kind == ReminderKind.OVERDUE:
        return (
            ngettext(
                "%(count)s figure missing since %(day)s",
                "%(count)s figures missing since %(day)s",
                count,
            )
            % words
        )
    return (
        ngettext(
            "%(count)s figure to be recorded by %(day)s",
            "%(count)s figures to be recorded by %(day)s",
            count,
        )
        % words
    )


def text_of(user: User, items: Sequence[Item], *, sender: Institution | None) -> str:
    """The whole message: what is asked, period by period, each unit with its link; what is missing
    in a period leads to one page, told once."""
    parts = []
    for period in dict.fromkeys(item.period for item in items):
        asked = [item for item in items if item.period == period]
        kind, is_overdue = asked[0].kind, asked[0].kind == ReminderKind.OVERDUE
        lines = [
            {
                "unit": item.unit or _("Planning office"),
                "count": item.count,
                "url": "" if is_overdue else link(item),
            }
            for item in asked
        ]
        heading = _heading(kind, period.ends_on, period.closes_on)
        url = link(asked[0]) if is_overdue else ""
        parts.append({"heading": heading, "lines": lines, "url": url})
    context = {"name": user, "parts": parts, "sender": sender, "base_url": settings.BASE_URL}
    context["is_asked"] = any(item.kind != ReminderKind.OVERDUE for item in items)
    return render_to_string("mail/reminder.txt", context).strip() + "\n"


def _heading(kind: ReminderKind, ends_on: datetime.date, closes_on: datetime.date) -> str:
    words = {"end": written(ends_on), "close": written(closes_on)}
    if kind == ReminderKind.OPENED:
        return _("The figures at %(end)s can be entered until %(close)s.") % words
    if kind == ReminderKind.WEEK_BEFORE:
        return _("The figures at %(end)s are to be sent by %(close)s.") % words
    return _("The period of %(end)s closed on %(close)s and these figures are missing.") % words


def link(item: Item) -> str:
    """Where the figures are entered; for planning, where the periods are kept."""
    year = item.period.plan.first_year
    if item.kind == ReminderKind.OVERDUE:
        return f"{settings.BASE_URL}{reverse('strategy:period-list', args=[year])}"
    query = urlencode({"periodo": item.period.ends_on.isoformat(), "unita": item.desk})
    return f"{settings.BASE_URL}{reverse('strategy:recording-list', args=[year])}?{query}"
