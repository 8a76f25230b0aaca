"""Work that a job worker does for agile work: building an agreement that was asked for as a PDF."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django_tasks import task

from documents.models import Build
from documents.operations import finish_build, request_build
from documents.pdf import PrintError
from organization.models import User
from pola.agreement_pdf import agreement_fingerprint, build_agreement_pdf
from pola.models import AgreementVersion
from strategy.tasks import Progress, carry_out


@task()
def build_agreement_job(build_id: int) -> None:
    """Build the agreement that was asked for and keep it; whatever goes wrong is said on the
    build."""
    carry_out(build_id, _build)


def _build(build: Build) -> None:
    _word, agreement, number = build.kind.split("-")
    versions = AgreementVersion.objects.select_related(
        "agreement__person", "agreement__unit", "agreement__counterpart"
    )
    version = versions.filter(agreement=int(agreement), number=int(number)).first()
    if version is None or agreement_fingerprint(version) != build.fingerprint:
        raise PrintError(_("The agreement was changed in the meantime: ask for the PDF again."))
    content = build_agreement_pdf(version, on_progress=Progress(build))
    finish_build(build=build, content=content, name=version.file_name)


def request_agreement_pdf(version: AgreementVersion, *, by: User) -> Build:
    """Ask for the PDF of a text as it stands: the finished one, the open one or a new one."""
    return request_build(
        kind=version.kind,
        fingerprint=agreement_fingerprint(version),
        by=str(by),
        enqueue=build_agreement_job.enqueue,
    )
