"""What happens when a picture is brought into the document."""

from __future__ import annotations

import datetime

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from documents.pictures import Picture, inspected
from organization import audit
from organization.models import User
from strategy.models import PerformanceReport, Plan, SectionImage
from strategy.operations.editing import locked_for_edit
from strategy.operations.performance_reports import locked_report
from strategy.report_enums import ReportAct


def add_picture(
    document: Plan | PerformanceReport,
    *,
    upload: UploadedFile,
    alt: str,
    by: User | None,
    at: datetime.datetime | None = None,
) -> SectionImage:
    """Keep a picture of the plan's document, or of a Relazione, under the name of its content, with
    its alternative text.

    The file is looked into and written anew before anything is locked. The same picture again is
    the one that is there: with the words given now in the document of the plan, as it is in a
    Relazione, which changes nothing of the plan. When it is refused no file stays behind.
    """
    picture = inspected(upload, size=upload.size or 0)
    written: list[FieldFile] = []
    try:
        return _keep(
            document, picture=picture, alt=alt, by=by, at=at or timezone.now(), written=written
        )
    except BaseException:
        for file in written:
            _forget(file)
        raise


@transaction.atomic
def _keep(
    document: Plan | PerformanceReport,
    *,
    picture: Picture,
    alt: str,
    by: User | None,
    at: datetime.datetime,
    written: list[FieldFile],
) -> SectionImage:
    plan = _locked_plan(document, by=by)
    same = SectionImage.objects.filter(plan=plan, sha256=picture.sha256).first()
    if same and isinstance(document, PerformanceReport):
        return same
    image = same or SectionImage(plan=plan, sha256=picture.sha256)
    image.alt = alt.strip()
    image.width, image.height = picture.width, picture.height
    image.uploaded_at, image.uploaded_by_label = at, str(by) if by else ""
    name = f"{picture.sha256[:32]}{picture.suffix}"
    image.file.name = f"sections/{name}"
    image.full_clean()
    if not image.file.storage.exists(image.file.name):
        image.file.save(name, ContentFile(picture.content), save=False)
        written.append(image.file)
    image.save()
    audit.record(
        "picture.added",
        target=image,
        by=by,
        at=at,
        after={"alt": image.alt, "sha256": image.sha256},
    )
    return image


def _forget(file: FieldFile) -> None:
    """Take away a file that was written for nothing, unless another plan has the same picture."""
    if not SectionImage.objects.filter(file=file.name).exists():
        file.delete(save=False)


def _locked_plan(document: Plan | PerformanceReport, *, by: User | None) -> Plan:
    """The plan under which the pictures are kept, its document locked by who may write in it."""
    if isinstance(document, PerformanceReport):
        return locked_report(ReportAct.WRITE, document, by=by).plan
    return locked_for_edit(document, by=by)
