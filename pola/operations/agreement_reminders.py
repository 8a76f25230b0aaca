"""What happens when agreements are about to end: one message for each person, each thing once."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from organization import clock
from organization.days import written
from organization.models import Institution, User
from pola.models import Agreement, AgreementReminder
from pola.operations.day_notices import is_time_of_rest
from pola.reports.agreement_reminders import expiries_due
from strategy.operations.reminders import Sending


def send_expiry_reminders(*, now: datetime.datetime | None = None) -> Sending:
    """Write about the agreements that end within the days of the norm to the employee, to who signs
    for the Chamber and to HR.

    Nothing in the hours of rest nor on days on which the Chamber is closed. Each reminder is kept
    with its sending, so that a second run sends nothing again; what the mail server refuses is
    tried the next time.
    """
    now = now or clock.now()
    institution = Institution.objects.first()
    run = Sending()
    if is_time_of_rest(now, institution):
        run.is_quiet = True
        return run
    due = expiries_due(now.date())
    known = set(AgreementReminder.objects.values_list("user", "agreement", "due_on"))
    for user, agreements in due.items():
        new = [one for one in agreements if (user.pk, one.pk, one.ends_on) not in known]
        if new:
            _send(user, new, run, sender=institution)
    return run


def _send(
    user: User, agreements: Sequence[Agreement], run: Sending, *, sender: Institution | None
) -> None:
    with override("it"):
        subject, text = subject_of(user, agreements), text_of(user, agreements, sender=sender)
    try:
        with transaction.atomic():
            for one in agreements:
                AgreementReminder.objects.create(
                    agreement=one, user=user, due_on=one.ends_on, sent_at=timezone.now()
                )
            send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email])
    except IntegrityError:
        return  # another run was quicker
    except (OSError, SMTPException) as error:
        run.failed.append(f"{user.email}: {error}")
        return
    run.sent.append(user.email)


def subject_of(user: User, agreements: Sequence[Agreement]) -> str:
    """The first day on which one ends, and how many do; one's own is called so."""
    first = min(agreements, key=lambda one: one.ends_on)
    if len(agreements) == 1 and first.person_id == user.person_id:
        words = _("Your agreement of agile work ends on %(day)s")
        return words % {"day": written(first.ends_on)}
    return ngettext(
        "%(count)s agreement of agile work ends, the first on %(day)s",
        "%(count)s agreements of agile work end, the first on %(day)s",
        len(agreements),
    ) % {"count": len(agreements), "day": written(first.ends_on)}


def text_of(user: User, agreements: Sequence[Agreement], *, sender: Institution | None) -> str:
    """The whole message: each agreement with its last day and its page."""
    lines = [
        {
            "name": str(one.person),
            "day": written(one.ends_on),
            "url": f"{settings.BASE_URL}{one.get_absolute_url()}",
        }
        for one in agreements
    ]
    context = {"name": user, "lines": lines, "sender": sender}
    return render_to_string("mail/agreement_expiry.txt", context).strip() + "\n"
