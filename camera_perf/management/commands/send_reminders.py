"""`manage.py send_reminders`: writes to everybody who has figures to enter; for a timer."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organization import clock
from organization.models import Institution
from pola.operations import begin_renewals, expire_agreements, pass_to_posts
from pola.operations.agreement_reminders import send_expiry_reminders
from pola.operations.day_notices import is_time_of_rest, send_notices
from strategy.operations.reminders import send_reminders


class Command(BaseCommand):
    help = (
        "Send the reminders that are due (a period opened, a week before its close, what is "
        "missing after it) and the messages about days that wait. Run it every half hour; each is "
        "sent once, none in the hours of rest nor on days on which the Chamber is closed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--hour",
            type=int,
            choices=range(24),
            help="as if it were that hour; demonstrations only",
        )

    def handle(self, *args: Any, hour: int | None = None, **options: Any) -> None:
        if not settings.BASE_URL:
            raise CommandError(
                _(
                    "BASE_URL is not set: the links of the reminders would lead nowhere. "
                    "Set it to the address of the application."
                )
            )
        now = clock.now()
        if hour is not None:
            if settings.DEMO_DATE is None:
                raise CommandError(_("--hour is for demonstrations, which stand on a DEMO_DATE."))
            now = now.replace(hour=hour, minute=0)
        expire_agreements(on=now.date())
        pass_to_posts(on=now.date())
        begin_renewals(on=now.date())
        if is_time_of_rest(now, Institution.objects.first()):
            self.stdout.write(_("Nobody is written to at this time."))
            return
        run = send_reminders(now=now)
        expiries = send_expiry_reminders(now=now)
        run.sent += expiries.sent
        run.failed += expiries.failed
        words = ngettext("%(count)s reminder sent.", "%(count)s reminders sent.", len(run.sent))
        self.stdout.write(words % {"count": len(run.sent)})
        notices = send_notices(now=now)
        if notices.sent:
            said = ngettext(
                "%(count)s message about days sent.",
                "%(count)s messages about days sent.",
                len(notices.sent),
            )
            self.stdout.write(said % {"count": len(notices.sent)})
        if failed := [*run.failed, *notices.failed]:
            raise CommandError("\n".join([_("Not sent, tried again the next time:"), *failed]))
