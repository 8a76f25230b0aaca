"""Where a Relazione stands, what is still asked, what was approved of it, what the OIV said."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.file_hashes import hash_groups
from organization.days import written
from organization.models import User
from strategy.integrity import Integrity, edition_integrity
from strategy.models import PerformanceReport, ReportEdition, ReportValidation
from strategy.report_enums import ReportState
from strategy.reports.life import Step
from strategy.transitions import REPORT_STEPS, report_step_of

NEXT_STEPS: Mapping[str, str | Promise] = {
    ReportState.DRAFT: gettext_lazy(
        "Next step: write the sections, then the act of the Giunta that approves it."
    ),
    ReportState.APPROVED: gettext_lazy("Next step: send it to the OIV, who validates it."),
    ReportState.TRANSMITTED: gettext_lazy("Next step: the OIV validates it, or says why not."),
    ReportState.VALIDATED: gettext_lazy("Next step: publish it, by 30 June."),
    ReportState.WITH_REMARKS: gettext_lazy(
        "Next step: publish it, by 30 June. The remarks of the OIV are published with it."
    ),
    ReportState.NOT_VALIDATED: gettext_lazy(
        "Next step: take it back to work, mend what the OIV remarked, approve it again."
    ),
    ReportState.PUBLISHED: gettext_lazy("It is on the public page with its hash and its data."),
}


WRITTEN_STEP = gettext_lazy(
    "Next step: the act of the Giunta that approves it; the Secretary General records it here."
)
OVERTAKEN_STEP = gettext_lazy(
    "Next step: take it back to work, approve it again with the new figures."
)


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A section that holds up the approval; told like a problem of the plan."""

    place: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ReportEditionLine:
    """An approval with its files and the answer of the OIV."""

    edition: ReportEdition
    validation: ReportValidation | None
    integrity: Integrity
    hash_groups: Sequence[str]
    is_newest: bool

    def url_of(self, name: str) -> str:
        """The address of one of its files."""
        report = self.edition.report
        where = [report.plan.first_year, report.year, self.edition.number, name]
        return reverse("strategy:report-file", args=where)

    @property
    def pdf_url(self) -> str:
        """The approved file."""
        return self.url_of("relazione.pdf")

    @property
    def act_url(self) -> str:
        """The file of the act, where there is one."""
        return self.url_of("atto.pdf") if self.edition.act_file else ""

    @property
    def minutes_url(self) -> str:
        """The minutes of the OIV, where there are any."""
        has_minutes = self.validation and self.validation.minutes
        return self.url_of("verbale-oiv.pdf") if has_minutes else ""


def next_step(report: PerformanceReport, *, is_overtaken: bool, is_written: bool) -> str | Promise:
    """What comes next; when the year was opened again since the approval, the way back.
    `is_written` says that no section lacks its text."""
    if is_overtaken and not report.is_published:
        return OVERTAKEN_STEP
    if is_written and report.state == ReportState.DRAFT:
        return WRITTEN_STEP
    return NEXT_STEPS[report.state]


def report_steps(
    report: PerformanceReport, editions: Sequence[ReportEditionLine] = ()
) -> list[Step]:
    """The way of the Relazione, with the day on which each step was last reached."""
    newest = editions[0] if editions else None
    validation = newest.validation if newest else None
    days = (
        report.opened_at,
        newest.edition.approved_at if newest else None,
        report.transmitted_at,
        validation.validated_at if validation else None,
        report.published_at,
    )
    place = report_step_of(report.state)
    return [
        Step(
            label=_step_label(state, report),
            detail=_day(at) if at and index <= place else "",
            is_done=index < place or report.is_published,
            is_now=index == place and not report.is_published,
        )
        for index, (state, at) in enumerate(zip(REPORT_STEPS, days, strict=True))
    ]


def edition_lines(report: PerformanceReport, user: User) -> list[ReportEditionLine]:
    """The approvals that the person may read, newest first, in one statement."""
    # Of the closing only its number and day are told: what was closed is long.
    editions = (
        report.editions.visible_to(user)
        .select_related("validation", "closing__reopening")
        .defer("closing__snapshot", "closing__indicator_ids")
    )
    found = []
    for place, edition in enumerate(editions.order_by("-number")):
        edition.report = report
        found.append(
            ReportEditionLine(
                edition,
                getattr(edition, "validation", None),
                edition_integrity(edition),
                hash_groups(edition.pdf_sha256),
                is_newest=not place,
            )
        )
    return found


def unwritten(report: PerformanceReport, *, may_write: bool = True) -> list[Unwritten]:
    """The required sections that have no text, in one statement; who may not write them is led to
    the page that reads them."""
    found = []
    for section in report.sections.unwritten():
        section.report = report
        url = section.edit_url if may_write else section.get_absolute_url()
        found.append(Unwritten(section.heading, _("it has no text yet."), url))
    return found


def _step_label(state: ReportState, report: PerformanceReport) -> str:
    """What the OIV said stands where the validation does."""
    if state == ReportState.VALIDATED and report_step_of(report.state) == REPORT_STEPS.index(state):
        return str(ReportState(report.state).label)
    return str(state.label)


def _day(at: datetime.datetime) -> str:
    return written(timezone.localdate(at))
