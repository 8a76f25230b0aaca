"""`manage.py export_open_data --plan 2021-2023 --output DIR`: the published data of a plan."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from strategy.in_force import DamagedEditionError, data_in_force, with_results_to_date
from strategy.models import Plan
from strategy.open_data import data_files
from strategy.snapshots import plan_snapshot


class Command(BaseCommand):
    help = (
        "Write the open data of a plan that are in force: CSV files and the JSON of the whole. "
        "While a revision is being prepared they are those of the newest edition."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--plan", required=True, metavar="2021-2023")
        parser.add_argument("--output", required=True, type=Path, metavar="DIR")
        parser.add_argument(
            "--working", action="store_true", help="the plan as it stands, also if it is no act yet"
        )

    def handle(self, *args: Any, plan: str, output: Path, **options: Any) -> None:
        found = find_plan(plan)
        try:
            data = plan_snapshot(found) if options["working"] else data_in_force(found)
        except DamagedEditionError as error:
            raise CommandError(str(error)) from error
        files = data_files(data, to_date=with_results_to_date(found, data))
        try:
            output.mkdir(parents=True, exist_ok=True)
            for file in files:
                (output / file.name).write_bytes(file.content)
        except OSError as error:
            raise CommandError(
                _("Nothing can be written to %(directory)s: %(reason)s.")
                % {"directory": output, "reason": error.strerror}
            ) from error
        for file in files:
            self.stdout.write(str(output / file.name))


def find_plan(label: str) -> Plan:
    """The plan of a triennium named 2021-2023; otherwise an error that names those there are."""
    plan = Plan.objects.for_label(label).first()
    if plan:
        return plan
    labels = ", ".join(known.label for known in Plan.objects.all())
    if not labels:
        raise CommandError(
            _("There is no plan yet: load one with `manage.py load_plan` or `make demo`.")
        )
    raise CommandError(
        _("There is no plan “%(label)s”. Recorded: %(labels)s.")
        % {"label": label, "labels": labels}
    )
