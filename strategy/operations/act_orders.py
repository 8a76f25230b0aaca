"""What an adoption and an approval have in common: the order for a job, the files that are kept."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from documents.fingerprints import fingerprint
from documents.models import Build
from documents.operations import expire_stale_builds, request_build
from organization.models import User
from strategy.acts import Act
from strategy.models import Edition, ReportEdition
from strategy.snapshots import sha256

WAITING_ROOM = "adoptions"  # where the file of an act waits until the edition is made
ACT_FIELDS = ("act_type", "act_number", "act_date", "act_body")
Order = dict[str, Any]  # what the job is told, as plain data


def refuse_unnamed(edition: Edition | ReportEdition, *, today: datetime.date) -> None:
    """Say what an edition would refuse of its act before the long work, and not after it."""
    others = {field.name for field in edition._meta.fields} - set(ACT_FIELDS)
    edition.clean_fields(exclude=others)
    if edition.act_date > today:
        raise ValidationError({"act_date": _("This day has yet to come.")})


def refuse_under_way(kind: str, words: str, *, at: datetime.datetime) -> None:
    """Refuse (code `under_way`) what a job is doing already; a job that was lost is given up."""
    expire_stale_builds(at=at)
    if Build.objects.filter(kind=kind).open().exists():
        raise ValidationError(words, code="under_way")


def ordered_build(
    kind: str,
    about: dict[str, int],
    *,
    act: Act,
    act_file: bytes,
    name: str,
    by: User,
    enqueue: Callable[[int, Order], object],
    at: datetime.datetime,
) -> Build:
    """The build of the edition, with its order for the job once the request is committed; the file
    of the act waits under its name."""
    order: Order = about | {
        "by": by.pk,
        "act": asdict(act) | {"date": act.date.isoformat()},
        "act_file": _left_waiting(name, act_file),
    }
    return request_build(
        kind=kind,
        fingerprint=fingerprint(kind, str(act), at.isoformat()),
        by=str(by),
        at=at,
        enqueue=partial(_hand_over, enqueue, order),
    )


def ordered_act(order: Order) -> Act:
    """The act that an order names."""
    return Act(**order["act"] | {"date": datetime.date.fromisoformat(order["act"]["date"])})


def waiting_file(order: Order) -> bytes:
    """The file of the act that waits for the job; nothing without one."""
    if not order["act_file"]:
        return b""
    with default_storage.open(order["act_file"]) as file:
        return bytes(file.read())


def keep_with_files(
    edition: Edition | ReportEdition,
    *,
    data: str,
    pdf: tuple[str, bytes],
    act_file: tuple[str, bytes],
    keep: Callable[[], None],
) -> None:
    """Write the PDF and the file of the act, each under its name, then keep the edition with the
    hashes of data and files; when it is refused its files go too."""
    edition.snapshot, edition.snapshot_sha256 = data, sha256(data.encode())
    edition.pdf_sha256, edition.pdf_size = sha256(pdf[1]), len(pdf[1])
    edition.act_file_sha256 = sha256(act_file[1]) if act_file[1] else ""
    written = []
    try:
        edition.pdf.save(pdf[0], ContentFile(pdf[1]), save=False)
        written.append(edition.pdf)
        if act_file[1]:
            edition.act_file.save(act_file[0], ContentFile(act_file[1]), save=False)
            written.append(edition.act_file)
        keep()
    except BaseException:
        for file in written:
            file.delete(save=False)
        raise


def told_of(edition: Edition | ReportEdition) -> dict[str, Any]:
    """What the trace says of an edition: its act and the hashes."""
    told = {
        "act": edition.act,
        "snapshot_sha256": edition.snapshot_sha256,
        "pdf_sha256": edition.pdf_sha256,
    }
    if edition.act_file:
        told["act_file_sha256"] = edition.act_file_sha256
    return told


def _hand_over(enqueue: Callable[[int, Order], object], order: Order, build_id: int) -> None:
    enqueue(build_id, order)


def _left_waiting(name: str, act_file: bytes) -> str:
    """The place where the file of the act waits for the job; none without a file."""
    if not act_file:
        return ""
    return str(default_storage.save(f"{WAITING_ROOM}/{name}", ContentFile(act_file)))
