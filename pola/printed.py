"""What agile work has built as PDF: the monitoring report of a year.

Imported when the application is ready, so that `strategy` need not know who lives above it.
"""

from __future__ import annotations

from django.urls import reverse

from documents.fingerprints import fingerprint
from documents.pdf import ProgressListener
from organization import clock
from pola.monitoring_pdf import build_monitoring_pdf, monitoring_html
from pola.reports.statistics import known_months
from strategy.models import Plan
from strategy.plan_pdf import looks
from strategy.printables import Printable, Shelf, printable


class PrintableMonitoring(Printable):
    """The monitoring report of agile work in a year, as of the day it is asked for."""

    def __init__(self, plan: Plan, year: int) -> None:
        super().__init__(plan)
        self.year = year
        self.stem = f"monitoraggio-pola-{year}"

    @property
    def subject(self) -> str:
        return f"pola-{self.plan.first_year}-{self.year}"

    @property
    def fingerprint(self) -> str:
        """What it says today."""
        return fingerprint(monitoring_html(self.plan, self.year, today=clock.today()), looks())

    def get_absolute_url(self) -> str:
        return reverse("pola:monitoring-pdf", args=[self.year])

    def build(self, *, on_progress: ProgressListener | None = None) -> bytes:
        return build_monitoring_pdf(
            self.plan, self.year, today=clock.today(), on_progress=on_progress
        )


@printable("pola")
def find_monitoring(shelf: Shelf, year: str) -> PrintableMonitoring | None:
    """The report of a year that has begun, from the first of which something is known."""
    plan = shelf.plan
    if plan is None or not year.isdecimal():
        return None
    known = known_months().years(today=clock.today())
    return PrintableMonitoring(plan, int(year)) if int(year) in known else None
