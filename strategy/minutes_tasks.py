"""Work that a job worker does for the OIV: the PDF of its minutes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django_tasks import task

from documents.models import Build
from documents.operations import finish_build
from documents.pdf import PrintError
from strategy.minutes_pdf import build_minutes_pdf, minutes_file_name, minutes_fingerprint
from strategy.minutes_pdf import minutes_kind as kind_of
from strategy.models import ReportEdition
from strategy.reports.closing import DamagedClosingError
from strategy.reports.examinations import ExaminationSheet, examination_sheet
from strategy.tasks import Progress, carry_out


@task()
def build_minutes_job(build_id: int) -> None:
    """Make the minutes that were asked for; whatever goes wrong is said on the build."""
    carry_out(build_id, _build)


def _build(build: Build) -> None:
    """Make the file, unless the examination has changed in the meantime."""
    year, number = (int(word) for word in build.kind.split("-")[2:])
    editions = ReportEdition.objects.filter(report__year=year, number=number)
    for edition in editions.select_related("report__plan", "closing"):
        sheet = examination_sheet(edition)
        if kind_of(edition) == build.kind and _fingerprint(sheet) == build.fingerprint:
            content = build_minutes_pdf(sheet, on_progress=Progress(build))
            finish_build(build=build, content=content, name=minutes_file_name(edition))
            return
    raise PrintError(_("The examination was changed in the meantime: ask for the PDF again."))


def _fingerprint(sheet: ExaminationSheet) -> str:
    """Of the examination as it stands; a damaged closing is said on the build."""
    try:
        return minutes_fingerprint(sheet)
    except DamagedClosingError as error:
        raise PrintError(str(error)) from error
