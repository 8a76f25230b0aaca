"""The door of what is decided of an approved Relazione, or published: its figures still stand, and
what is stored is what was approved."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from strategy.models import PerformanceReport, ReportEdition
from strategy.reports.report_closing import last_edition


def refuse_overtaken(report: PerformanceReport) -> None:
    """Refuse an approved Relazione whose year was opened again since (code `reopened`)."""
    if report.is_overtaken:
        raise ValidationError(
            _(
                "The year %(year)s was opened again after the approval: take the Relazione back "
                "to work, and approve it again with the new figures."
            )
            % {"year": report.year},
            code="reopened",
        )


def sound_edition(report: PerformanceReport) -> ReportEdition:
    """The approval that is decided of or published; refuses one whose year was opened again since
    (code `reopened`) and one of which something stored was altered (code `damaged`)."""
    refuse_overtaken(report)
    edition = approved_edition(report)
    if not _is_whole(edition):
        raise ValidationError(
            _("%(edition)s: what is stored is not what was approved. The administrator mends it.")
            % {"edition": edition},
            code="damaged",
        )
    return edition


def approved_edition(report: PerformanceReport) -> ReportEdition:
    """The last approval of a Relazione past its draft, which always has one."""
    edition = last_edition(report)
    if edition is None:
        raise ReportEdition.DoesNotExist
    return edition


def _is_whole(edition: ReportEdition) -> bool:
    """Every file and all data, with those of the closing and of the OIV, read again."""
    validation = getattr(edition, "validation", None)
    return (
        edition.is_snapshot_intact()
        and edition.is_pdf_intact()
        and edition.is_act_file_intact()
        and edition.closing.is_snapshot_intact()
        and (validation is None or validation.are_minutes_intact())
    )
