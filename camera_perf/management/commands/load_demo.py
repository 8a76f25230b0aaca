"""`manage.py load_demo`: the Bergamo plan, its demo people, its first edition, an update."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from camera_perf.demo import BERGAMO, PASSWORD
from camera_perf.demo_update import open_demo_update, tell_first_consultation
from camera_perf.loading import load_users
from pola.demo import load_agile_demo
from pola.demo_registers import load_registers_demo


class Command(BaseCommand):
    help = "Load the Bergamo plan and the demo people, adopt REV. 0, open an update; once."
    # Quick: part of `make demo`, where migrate has checked.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError(
                _(
                    "The demo people have a public password and are not loaded here. "
                    "On a machine of your own set DEBUG=1; for real work use load_plan and "
                    "create the accounts in the administration pages."
                )
            )
        call_command("load_plan", BERGAMO, if_missing=True, brief=True, stdout=self.stdout)
        users = load_users(BERGAMO, password=PASSWORD)
        self.stdout.write(_("Demo people added: %(count)s.") % {"count": len(users)})
        tell_first_consultation(BERGAMO)
        # The PDF takes longest: whoever interrupts it starts again from here.
        call_command(
            "load_plan", BERGAMO, if_missing=True, brief=True, adopt=True, stdout=self.stdout
        )
        # Agreements take their objectives from the dashboards in force.
        if agile := load_agile_demo(BERGAMO):
            words = _("Agile work: %(agreements)s agreements in force, %(days)s days.")
            self.stdout.write(words % {"agreements": agile.agreements, "days": agile.days})
        if attended := load_registers_demo(BERGAMO):
            words = _("Registers of agile work: %(count)s people attended a course.")
            self.stdout.write(words % {"count": attended})
        if plan := open_demo_update(BERGAMO):
            self.stdout.write(_("Update under way: %(plan)s.") % {"plan": plan.version_label})
