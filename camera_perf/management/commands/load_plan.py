"""`manage.py load_plan DIR`: a plan from its directory of files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from camera_perf.loading import adopt_loaded, existing_plan, load_plan
from organization.doubts import Doubt, by_question
from organization.loading import LoadError
from strategy.plan_pdf import build_plan_pdf


class Command(BaseCommand):
    help = "Load the plan of a directory of files; tells what the office has to be asked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")
        parser.add_argument(
            "--if-missing",
            action="store_true",
            help="do nothing, without complaint, when the plan is already recorded",
        )
        parser.add_argument(
            "--brief",
            action="store_true",
            help="say how many questions there are for the office, not which",
        )
        parser.add_argument(
            "--adopt",
            action="store_true",
            help="make the first edition, PDF included, with the act of plan.toml, and publish it",
        )

    def handle(self, *args: Any, directory: Path, **options: Any) -> None:
        try:
            if options["if_missing"] and (plan := existing_plan(directory)):
                if not options["brief"]:
                    self.stdout.write(_("The plan %(label)s is there.") % {"label": plan.label})
            else:
                loaded = load_plan(directory)
                self.stdout.write(_("Loaded: %(plan)s.") % {"plan": loaded.plan})
                if options["brief"]:
                    self.count(loaded.doubts)
                else:
                    self.tell(loaded.doubts)
        except LoadError as error:
            raise CommandError(str(error)) from error
        if options["adopt"] and (edition := adopt_loaded(directory, pdf_builder=build_plan_pdf)):
            self.stdout.write(
                _("Adopted: %(edition)s, %(act)s.") % {"edition": edition, "act": edition.act}
            )

    def count(self, doubts: list[Doubt]) -> None:
        """Print how many doubts there are and where they are kept."""
        words = _("%(count)s questions for the office; nothing was guessed: see the register.")
        self.stdout.write(words % {"count": len(doubts)})

    def tell(self, doubts: list[Doubt]) -> None:
        """Print the doubts, those that ask the same thing under one question."""
        if not doubts:
            return
        self.stdout.write(
            _("%(count)s questions for the office; nothing was guessed:") % {"count": len(doubts)}
        )
        for question, group in by_question(doubts).items():
            self.stdout.write(f"\n{question}")
            for doubt in group:
                self.stdout.write(f"  {doubt.place}: {doubt.text}")
