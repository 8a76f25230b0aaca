"""What is asked for as a PDF: a plan, one dashboard, a scorecard, a section as it will print, a
difference, a Relazione."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from documents.pdf import PrintError, ProgressListener
from organization.models import User
from strategy.difference_pdf import build_difference_pdf, difference_fingerprint
from strategy.in_force import DamagedEditionError, adopted_pdf
from strategy.models import Dashboard, PerformanceReport, Plan, Section
from strategy.plan_pdf import (
    build_dashboard_pdf,
    build_plan_pdf,
    build_section_pdf,
    plan_fingerprint,
)
from strategy.report_pdf import build_report_pdf, report_fingerprint
from strategy.reports.comparison import Side, sides_of
from strategy.reports.scores import SCORED
from strategy.scorecard_pdf import build_scorecard_pdf

# How every kind below is spelled; the slug ends before the last revision in it.
KIND = re.compile(
    r"(?P<what>[a-z]+)-(?P<year>[0-9]+)(?:-(?P<slug>.+))?"
    r"-rev-[0-9]+(?:-bozza)?",
    re.ASCII,
)

BETWEEN = "-a-"


class Printable(ABC):
    """A part of a plan with a PDF of its own: what it is called, where it is asked for, how it is
    built."""

    stem: str  # what the name of the file begins with
    is_preview = False  # looked at in the browser, not downloaded

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @property
    def kind(self) -> str:
        """The kind of document under which its builds are kept: those of a draft apart, which not
        everybody who reads the adopted plan may read."""
        return f"{self.subject}-{self._issue}"

    @property
    def file_name(self) -> str:
        """The name under which the PDF is downloaded."""
        return f"{self.stem}-{self.plan.label}-{self._issue}.pdf"

    @property
    def fingerprint(self) -> str:
        """What its content is made of: all the data of the plan, whose hash each PDF prints."""
        return plan_fingerprint(self.plan)

    @property
    def _issue(self) -> str:
        """The revision, and whether it is still a draft."""
        return f"rev-{self.plan.revision}{'-bozza' if self.plan.is_draft else ''}"

    @property
    @abstractmethod
    def subject(self) -> str:
        """What the kind begins with."""

    @abstractmethod
    def get_absolute_url(self) -> str:
        """The page where it is asked for and followed."""

    @abstractmethod
    def build(self, *, on_progress: ProgressListener | None = None) -> bytes:
        """The file."""


class PrintablePlan(Printable):
    """The whole plan, with its data inside."""

    stem = "piano-performance"

    @property
    def subject(self) -> str:
        return f"plan-{self.plan.first_year}"

    def get_absolute_url(self) -> str:
        return reverse("strategy:plan-pdf", args=[self.plan.first_year])

    def build(self, *, on_progress: ProgressListener | None = None) -> bytes:
        """While nothing new is prepared, the adopted file, whatever results came in since."""
        try:
            adopted = None if self.plan.is_draft else adopted_pdf(self.plan)
        except DamagedEditionError as error:
            raise PrintError(str(error)) from error
        return adopted or build_plan_pdf(self.plan, on_progress=on_progress)


class PrintableDashboard(Printable):
    """One dashboard alone."""

    def __init__(self, dashboard: Dashboard) -> None:
        super().__init__(dashboard.plan)
        self.dashboard = dashboard
        self.stem = f"cruscotto-{dashboard.slug}"

    @property
    def subject(self) -> str:
        return f"dashboard-{self.plan.first_year}-{self.dashboard.slug}"

    def get_absolute_url(self) -> str:
        return reverse("strategy:dashboard-pdf", args=[self.plan.first_year, self.dashboard.slug])

    def build(self, *, on_progress: ProgressListener | None = None) -> bytes:
        return build_dashboard_pdf(self.dashboard, on_progress=on_progress)


class PrintableScorecard(Printable):
    """How a dashboard did in a year, or the ente when it is the strategic one."""

    def __init__(self, dashboard: Dashboard, year: int) -> None:
        super().__init__(dashboard.plan)
        self.dashboard = dashboard
        self.year = year
        self.stem = f"scheda-{dashboard.slug}-{year}"

    @property
    def subject(self) -> str:
        return f"scorecard-{self.plan.first_year}-{self.dashboard.slug}-{self.year}"

    def get_absolute_url(self) -> str:
        page = reverse("strategy:scorecard-pdf", args=[self.plan.first_year, self.dashboard.slug])
        return f"{page}?{urlencode({'anno': self.year})}"

    def build(self, *, on_progress: ProgressListener | None = None) -> bytes:
        return build_scorecard_pdf(self.dashboard, self.year, on_progress=on_progress)


class PrintableSection(Printable):
    """One section as it will print, to be looked at while it is written."""

    is_preview = True

    def __init__(self, section: Section) -> None:
        super().__init__(section.plan)
        self.section = section
        self.stem = f"anteprima-{section.slug}"

    @property
    def subject(self) -> str:
        # By number: the longest address of a section is longer than a kind may be.
        return f"section-{self.plan.first_year}-{self.section.pk}"

    def get_absolute_url(self) -> str:
        return reverse("strategy:section-pdf", args=[self.plan.first_year, self.section.slug])

    def build(self, *, on_progress: ProgressListener | None = None) -> bytes:
        return build_section_pdf(self.section, on_progress=on_progress)


class PrintableDifference(Printable):
    """What changed between two states of a plan, as an annex."""

    stem = "confronto"

    def __init__(self, old: Side, new: Side) -> None:
        super().__init__(old.plan)
        self.old = old
        self.new = new

    @property
    def subject(self) -> str:
        return f"difference-{self.plan.first_year}-{self.old.key}{BETWEEN}{self.new.key}"

    @property
    def file_name(self) -> str:
        return f"{self.stem}-{self.plan.label}-{self.old.key}-{self.new.key}.pdf"

    @property
    def fingerprint(self) -> str:
        """The data of both sides, whatever else the plan holds now."""
        return difference_fingerprint(self.old, self.new)

    def get_absolute_url(self) -> str:
        sides = {"da": self.old.key, "a": self.new.key}
        page = reverse("strategy:difference-pdf", args=[self.plan.first_year])
        return f"{page}?{urlencode(sides)}"

    def build(self, *, on_progress: ProgressListener | None = None) -> bytes:
        return build_difference_pdf(self.old, self.new, on_progress=on_progress)


class PrintableReport(Printable):
    """The draft of a Relazione, to be read before it is approved; what was approved is a file."""

    is_preview = True

    def __init__(self, report: PerformanceReport) -> None:
        super().__init__(report.plan)
        self.report = report

    @property
    def subject(self) -> str:
        return f"report-{self.plan.first_year}-{self.report.year}"

    @property
    def file_name(self) -> str:
        return f"relazione-performance-{self.report.year}-bozza.pdf"

    @property
    def _issue(self) -> str:
        """Always a draft, whatever the plan is."""
        return f"rev-{self.plan.revision}-bozza"

    @property
    def fingerprint(self) -> str:
        """Its texts and the data of its year, whatever else the plan holds now."""
        return report_fingerprint(self.report)

    def get_absolute_url(self) -> str:
        return reverse("strategy:report-pdf", args=[self.plan.first_year, self.report.year])

    def build(self, *, on_progress: ProgressListener | None = None) -> bytes:
        return build_report_pdf(self.report, on_progress=on_progress)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The plan that begins in a year, its dashboards and its Relazioni, as far as a person may read
    them; a job, which nobody reads, has them all."""

    year: str
    reader: User | None

    @property
    def plan(self) -> Plan | None:
        """The plan."""
        found: Plan | None = self._of(Plan).filter(first_year=self.year).first()
        return found

    @property
    def dashboards(self) -> QuerySet[Dashboard]:
        """Its dashboards."""
        found = self._of(Dashboard).filter(plan__first_year=self.year)
        return found.select_related("plan", "unit")

    @property
    def reports(self) -> QuerySet[PerformanceReport]:
        """Its Relazioni."""
        found = self._of(PerformanceReport).filter(plan__first_year=self.year)
        return found.select_related("plan")

    def _of(self, model: Any) -> Any:
        return model.objects.visible_to(self.reader) if self.reader else model.objects.all()


Finder = Callable[[Shelf, str], Printable | None]
_FINDERS: dict[str, Finder] = {}


def printable(what: str) -> Callable[[Finder], Finder]:
    """Say who finds a kind of document, by the shelf of its year and by what stands between year
    and revision: how an application above this one has its own built."""

    def register(find: Finder) -> Finder:
        _FINDERS[what] = find
        return find

    return register


def find_printable(kind: str, *, reader: User | None) -> Printable | None:
    """Whose PDFs are kept under this kind, among what the reader may read (a job: everything);
    nobody's when the plan has meanwhile passed to another revision, or from draft to edition."""
    words = KIND.fullmatch(kind)
    find = _FINDERS.get(words["what"]) if words else None
    if words is None or find is None:
        return None
    found = find(Shelf(words["year"], reader), words["slug"] or "")
    return found if found and found.kind == kind else None


@printable("plan")
def _plan(shelf: Shelf, _name: str) -> PrintablePlan | None:
    """The whole plan."""
    plan = shelf.plan
    return PrintablePlan(plan) if plan else None


@printable("dashboard")
def _dashboard(shelf: Shelf, slug: str) -> PrintableDashboard | None:
    """The dashboard of that name."""
    dashboard = shelf.dashboards.filter(slug=slug).first()
    return PrintableDashboard(dashboard) if dashboard else None


@printable("scorecard")
def _scorecard(shelf: Shelf, name: str) -> PrintableScorecard | None:
    """The scorecard of the dashboard and of the year that end the name."""
    slug, _between, year = name.rpartition("-")
    dashboard = shelf.dashboards.filter(slug=slug, kind__in=SCORED).first()
    if dashboard is None or not year.isdecimal():
        return None
    return PrintableScorecard(dashboard, int(year))


@printable("section")
def _section(shelf: Shelf, number: str) -> PrintableSection | None:
    """The section of that number in the plan."""
    plan = shelf.plan
    if plan is None or not number.isdecimal():
        return None
    section = plan.sections.filter(pk=int(number)).select_related("plan").first()
    return PrintableSection(section) if section else None


@printable("difference")
def _difference(shelf: Shelf, sides: str) -> PrintableDifference | None:
    """The annex on the two states that the words name, if the plan has both."""
    plan = shelf.plan
    by_key = {side.key: side for side in sides_of(plan)} if plan else {}
    old, _between, new = sides.partition(BETWEEN)
    if old not in by_key or new not in by_key:
        return None
    return PrintableDifference(by_key[old], by_key[new])


@printable("report")
def _report(shelf: Shelf, year: str) -> PrintableReport | None:
    """The draft of the Relazione of the year that ends the name: nobody's once it is approved, when
    more people read the Relazione than may read its drafts."""
    if not year.isdecimal():
        return None
    report = shelf.reports.filter(year=int(year)).first()
    return PrintableReport(report) if report and report.is_editable else None
