"""The PDF of a plan and of a single dashboard: data into a document, the document into a file.

The file carries its own data. The same plan, templates and styles give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import weasyprint
from django.apps import apps
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from documents.data_file import DataFile
from documents.fingerprints import fingerprint
from documents.pdf import Content, ProgressListener, whole_pdf
from documents.resources import static_path
from strategy.acts import Act
from strategy.document import (
    LANGUAGE,
    PlanDocument,
    act_in_force,
    only_section,
    plan_document,
    plan_html,
)
from strategy.models import Dashboard, Plan, Section
from strategy.open_data import data_files
from strategy.printed import printed_dashboard
from strategy.reports import dashboard_report
from strategy.snapshots import canonical, plan_snapshot, sha256

TEMPLATES = (
    "templates/print/**/*.html",
    "templates/blocks/**/*.html",
    "templates/charts/*.svg",
)
WORDS = f"locale/{LANGUAGE}/LC_MESSAGES/*.mo"
STYLES = "css/print.css"


def build_plan_pdf(
    plan: Plan, *, act: Act | None = None, on_progress: ProgressListener | None = None
) -> bytes:
    """The whole plan as PDF/A-3a and PDF/UA-1 with its data inside.

    With an `act` it is the edition adopted by it; without, the edition in force, or a draft when
    the plan is not adopted. `on_progress` hears the stages and the pages laid out.
    """

    def read() -> Content:
        snapshot = plan_snapshot(plan)
        digest = sha256(canonical(snapshot).encode())
        document = plan_document(plan, act=act, snapshot_sha256=digest)
        return plan_html(document), attachments(snapshot)

    return whole_pdf(read, on_progress=on_progress)


def plan_fingerprint(plan: Plan) -> str:
    """What makes two PDFs of a plan the same: data, act, templates, styles, words, code, engine."""
    data = canonical(plan_snapshot(plan))
    act = act_in_force(plan, snapshot_sha256=sha256(data.encode()))
    state = str(act) if act else f"{plan.state} {plan.revision}"
    return fingerprint(data, state, looks())


@cache
def looks() -> str:
    """Engine, templates, styles, words and the code that draws, read once per process: they change
    with the release."""
    return fingerprint(weasyprint.__version__, files=[*_sources(), static_path(STYLES)])


def _sources() -> Iterator[Path]:
    root = Path(settings.BASE_DIR)
    own = [app.name for app in apps.get_app_configs() if Path(app.path).parent == root]
    patterns = [*TEMPLATES, WORDS, *(f"{name}/**/*.py" for name in own)]
    return (path for pattern in patterns for path in root.glob(pattern))


def attachments(snapshot: dict[str, object]) -> list[DataFile]:
    """What travels inside the file: the published CSV files and the JSON of the whole plan."""
    return data_files(snapshot)


def build_dashboard_pdf(
    dashboard: Dashboard, *, on_progress: ProgressListener | None = None
) -> bytes:
    """One dashboard alone, with the identity of the plan at its head."""
    return whole_pdf(lambda: (dashboard_html(dashboard), ()), on_progress=on_progress)


def dashboard_html(dashboard: Dashboard) -> str:
    """One dashboard as a page of HTML, always in Italian."""
    plan = dashboard.plan
    with translation.override(LANGUAGE):
        document: PlanDocument = plan_document(plan, with_sections=False)
        context = {"document": document, "printed": printed_dashboard(dashboard_report(dashboard))}
        return render_to_string("print/dashboard.html", context)


def build_section_pdf(section: Section, *, on_progress: ProgressListener | None = None) -> bytes:
    """One section as it will stand in the printed plan: same pages, same numbers, nothing else."""
    return whole_pdf(lambda: (section_html(section), ()), on_progress=on_progress)


def section_html(section: Section) -> str:
    """One section as a page of HTML, always in Italian."""
    document = only_section(plan_document(section.plan), section.slug)
    with translation.override(LANGUAGE):
        return render_to_string("print/section.html", {"document": document, "section": section})
