"""`manage.py demo_people`: who can sign in to the demo, and what to try as whom."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from camera_perf.demo import PASSWORD, demo_people


class Command(BaseCommand):
    help = "Print the demo people: user name, person, role, what to try."
    # Quick: part of `make demo`, where migrate has checked.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        headings = (_("User name"), _("Person"), _("Role"), _("What to try"))
        lines = [
            headings,
            *((one.username, one.name, one.roles, one.what_to_try) for one in demo_people()),
        ]
        widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
        for line in lines:
            cells = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
            self.stdout.write("  ".join(cells).rstrip())
        if settings.DEMO_ALLOWED:
            self.stdout.write(_("Password of all: %(password)s") % {"password": PASSWORD})
