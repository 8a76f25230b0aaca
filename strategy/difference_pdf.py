"""The difference between two states of a plan as an annex in PDF, with the same lines as data."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from documents.data_file import DataFile
from documents.fingerprints import fingerprint
from documents.pdf import Content, PrintError, ProgressListener, whole_pdf
from organization.models import Institution
from strategy.acts import Act
from strategy.difference_csv import difference_csv
from strategy.document import LANGUAGE
from strategy.models import Plan
from strategy.open_data import CSV
from strategy.plan_pdf import looks
from strategy.reports.comparison import Comparison, DamagedEditionError, Side, compare
from strategy.reports.difference_lines import Group, change_pairs, difference_groups


@dataclass(frozen=True)
class DifferenceDocument:
    """The annex, ready for the template, which shares the running lines of the plan."""

    comparison: Comparison
    institution: Institution | None
    groups: list[Group]
    total: int
    act: Act | None = None

    @property
    def plan(self) -> Plan:
        """The plan whose states are compared."""
        return self.comparison.plan

    @property
    def is_draft(self) -> bool:
        """The working plan is one of the sides: BOZZA stands on every page."""
        return self.comparison.is_draft

    @property
    def name(self) -> str:
        """What the foot of each page calls it."""
        return self.plan.title

    @property
    def draft_words(self) -> str:
        """What stands on every page while one side is no act."""
        return _("BOZZA – not adopted") if self.is_draft else ""

    @property
    def revision(self) -> str:
        """Both sides, as the foot of each page says them."""
        return _("from %(old)s to %(new)s") % {
            "old": self.comparison.old.name,
            "new": self.comparison.new.name,
        }

    @property
    def modified(self) -> str:
        """Midday of the later act; the present moment when one side is not an act."""
        editions = [side.edition for side in (self.comparison.old, self.comparison.new)]
        days = [edition.act_date for edition in editions if edition]
        if self.is_draft:
            return timezone.now().isoformat()
        noon = datetime.datetime.combine(max(days), datetime.time(12), datetime.UTC)
        return noon.isoformat()


def build_difference_pdf(
    old: Side, new: Side, *, on_progress: ProgressListener | None = None
) -> bytes:
    """The annex as PDF/A-3a and PDF/UA-1 with its CSV inside. A damaged edition is refused."""

    def read() -> Content:
        try:
            comparison = compare(old, new)
        except DamagedEditionError as error:
            raise PrintError(
                _("The stored data of %(edition)s are not those that were adopted.")
                % {"edition": error.edition}
            ) from error
        return difference_html(comparison), [_data_file(comparison)]

    return whole_pdf(read, on_progress=on_progress)


def difference_fingerprint(old: Side, new: Side) -> str:
    """What makes two annexes the same: the data of both sides, templates, styles, words, code."""
    return fingerprint(old.sha256, new.sha256, looks())


def difference_html(comparison: Comparison) -> str:
    """The annex as one page of HTML, always in Italian."""
    with translation.override(LANGUAGE):
        difference = comparison.difference
        document = DifferenceDocument(
            comparison=comparison,
            institution=Institution.objects.first(),
            groups=difference_groups(change_pairs(difference), difference),
            total=sum(difference.kinds().values()),
        )
        return render_to_string("print/difference.html", {"document": document})


def _data_file(comparison: Comparison) -> DataFile:
    return DataFile(
        name="difference.csv",
        content=difference_csv(comparison.difference),
        mime_type=CSV,
        description=f"Confronto, {comparison.plan.label}",
    )
