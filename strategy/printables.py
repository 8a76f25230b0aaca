"""What is asked for as a PDF: a plan, or one dashboard of it."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from django.db.models import QuerySet
from django.urls import reverse

from strategy.models import Dashboard, Plan
from strategy.plan_pdf import (
    ProgressListener,
    build_dashboard_pdf,
    build_plan_pdf,
    plan_fingerprint,
)

# How every kind below is spelled; the slug ends before the last revision in it.
KIND = re.compile(
    r"(?:plan|dashboard)-(?P<year>[0-9]+)(?:-(?P<slug>.+))?-rev-[0-9]+(?:-bozza)?", re.ASCII
)


class Printable(ABC):
    """A part of a plan with a PDF of its own: what it is called, where it is asked for, how it is
    built."""

    stem: str  # what the name of the file begins with

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
        return build_plan_pdf(self.plan, on_progress=on_progress)


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


def find_printable(
    kind: str, *, plans: QuerySet[Plan], dashboards: QuerySet[Dashboard]
) -> Printable | None:
    """Whose PDFs are kept under this kind, among the given plans and dashboards; nobody's when the
    plan has meanwhile passed to another revision, or from draft to edition."""
    words = KIND.fullmatch(kind)
    if words is None:
        return None
    found: Printable | None = None
    if slug := words["slug"]:
        same = dashboards.filter(plan__first_year=words["year"], slug=slug)
        if dashboard := same.select_related("plan", "unit").first():
            found = PrintableDashboard(dashboard)
    elif plan := plans.filter(first_year=words["year"]).first():
        found = PrintablePlan(plan)
    return found if found and found.kind == kind else None
