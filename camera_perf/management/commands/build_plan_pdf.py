"""`manage.py build_plan_pdf`: the PDF of a plan, with its data inside, into a file."""

from __future__ import annotations

import hashlib
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from documents.enums import PrintStage
from documents.pdf import PrintError
from strategy.in_force import DamagedEditionError, adopted_pdf
from strategy.models import Plan
from strategy.plan_pdf import build_plan_pdf


class Command(BaseCommand):
    help = (
        "Write the PDF of a plan (PDF/A-3a and PDF/UA-1) with its data attached: the adopted file "
        "while a revision is being prepared, otherwise one built from the plan as it stands."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--plan", required=True, metavar="2021-2023", help="the triennium")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")
        parser.add_argument(
            "--working",
            action="store_true",
            help="build the plan as it stands, also if it is no act yet",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        plan = Plan.objects.for_label(options["plan"]).first()
        if plan is None:
            known = ", ".join(other.label for other in Plan.objects.all()) or _("none")
            raise CommandError(
                _("There is no plan %(label)s. Recorded plans: %(known)s.")
                % {"label": options["plan"], "known": known}
            )
        output: Path = options["output"]
        self.refuse_unwritable(output)
        start = time.perf_counter()
        pages = 0

        def count(stage: PrintStage, page: int) -> None:
            nonlocal pages
            if stage == PrintStage.LAYOUT:
                pages = max(pages, page)

        try:
            content = None if options["working"] else adopted_pdf(plan)
            is_stored = content is not None
            content = content or build_plan_pdf(plan, on_progress=count)
            output.write_bytes(content)
        except (PrintError, DamagedEditionError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise self.unwritable(output, error) from error
        words = (
            _("%(file)s: the adopted file, %(size)s kB")
            if is_stored
            else _("%(file)s: %(pages)s pages, %(size)s kB, %(seconds)s s")
        )
        self.stdout.write(
            words
            % {
                "file": output,
                "pages": pages,
                "size": len(content) // 1000,
                "seconds": f"{time.perf_counter() - start:.1f}",
            }
        )
        self.stdout.write(f"SHA-256 {hashlib.sha256(content).hexdigest()}")

    def refuse_unwritable(self, output: Path) -> None:
        """Say at once, before the long work, that the file cannot be written."""
        try:
            with output.open("ab"):
                pass
        except OSError as error:
            raise self.unwritable(output, error) from error

    def unwritable(self, output: Path, error: OSError) -> CommandError:
        """The refusal of the system in a sentence."""
        return CommandError(
            _("%(file)s cannot be written: %(reason)s")
            % {"file": output, "reason": error.strerror or error}
        )
