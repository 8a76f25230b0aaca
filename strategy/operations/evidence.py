"""What happens to the files that prove a figure: kept with it, taken away while it is written."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import audit
from organization.models import User
from strategy.models import Evidence, Recording
from strategy.operations.recording_doors import enters_figures_of, locked_open, refuse_foreign
from strategy.operations.recording_rows import Work


def keep_files(work: Work, kept: list[Evidence]) -> None:
    """Store the files that are not there yet, and the rows that tell of them."""
    there = {
        (line.recording.pk, proof.sha256)
        for line in work.sheet.lines
        if line.recording
        for proof in line.evidence
    }
    for recording, received in work.files:
        if (recording.pk, received.sha256) in there:
            continue
        there.add((recording.pk, received.sha256))
        proof = Evidence(
            recording=recording,
            name=received.name,
            content_type=received.content_type,
            size=len(received.content),
            sha256=received.sha256,
            uploaded_at=work.at,
            uploaded_by=work.by,
        )
        proof.file.save(received.name, ContentFile(received.content), save=False)
        kept.append(proof)
        proof.full_clean()
        proof.save(force_insert=True)
        audit.record(
            "evidence.added",
            target=proof,
            by=work.by,
            at=work.at,
            after={"indicator": str(recording.indicator), "sha256": proof.sha256},
        )


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: User, at: datetime.datetime | None = None) -> None:
    """Take a file away from a figure that is still written, and record `evidence.removed`.

    Refuses a period that is not open, whoever does not enter the figures of its unit today, and a
    figure that was sent (code `state`).
    """
    at = at or timezone.now()
    recordings = Recording.objects.select_related("period")
    locked_open(recordings.get(pk=evidence.recording_id).period, by=by)
    recording = Recording.objects.select_for_update().get(pk=evidence.recording_id)
    if not enters_figures_of(by, recording.supplier_id):
        refuse_foreign(by)
    if not recording.is_writable:
        raise ValidationError(_("The figure was sent: its proofs stay with it."), code="state")
    before = {"sha256": evidence.sha256}
    audit.record("evidence.removed", target=evidence, by=by, at=at, before=before)
    file = evidence.file
    evidence.delete()
    transaction.on_commit(lambda: file.delete(save=False))
