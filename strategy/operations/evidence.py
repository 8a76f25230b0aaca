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
from strategy.monitoring_enums import RecordingState
from strategy.operations.editing import still_there
from strategy.operations.history import sign
from strategy.operations.recording_doors import enters_figures_of, locked_open, refuse_foreign
from strategy.operations.recording_rows import Work


def keep_files(work: Work, kept: list[Evidence]) -> None:
    """Store the files that are not there yet, and the rows that tell of them; of the proofs of a
    figure that is corrected the correction refers to the same files."""
    carried = [_carried(proof, recording) for recording, proof in work.carried]
    Evidence.objects.bulk_create(carried)
    there = {
        (line.recording.pk, proof.sha256)
        for line in work.sheet.lines
        if line.recording
        for proof in line.evidence
    }
    there |= {(proof.recording_id, proof.sha256) for proof in carried}
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


def _carried(proof: Evidence, recording: Recording) -> Evidence:
    """A proof as it goes along with the correction of its figure: the same file, its first day."""
    return Evidence(
        recording=recording,
        file=proof.file.name,
        name=proof.name,
        content_type=proof.content_type,
        size=proof.size,
        sha256=proof.sha256,
        uploaded_at=proof.uploaded_at,
        uploaded_by_id=proof.uploaded_by_id,
    )


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: User, at: datetime.datetime | None = None) -> None:
    """Take a file away from a figure that is still written, and record `evidence.removed`; from the
    correction of a validated figure, which keeps its own. A returned figure is a draft again.

    Refuses a period that is not open, whoever does not enter the figures of its unit today, and a
    figure that was sent (code `state`), and a file taken away already (code `gone`).
    """
    at = at or timezone.now()
    copies = Evidence.objects.filter(recording__supersedes=evidence.recording_id)
    evidence = copies.filter(sha256=evidence.sha256).first() or evidence
    recordings = Recording.objects.select_related("period")
    locked_open(recordings.get(pk=evidence.recording_id).period, by=by)
    recording = Recording.objects.select_for_update().get(pk=evidence.recording_id)
    if not enters_figures_of(by, recording.supplier_id):
        refuse_foreign(by)
    if not recording.is_writable:
        raise ValidationError(_("The figure was sent: its proofs stay with it."), code="state")
    evidence = still_there(Evidence.objects.all(), evidence.pk)
    before = {"sha256": evidence.sha256}
    audit.record("evidence.removed", target=evidence, by=by, at=at, before=before)
    if recording.state == RecordingState.RETURNED:
        recording.state = RecordingState.DRAFT
        recording.version += 1
        sign(recording, by=by, at=at)
        recording.save(update_fields=["state", "version"])
    forget_evidence(evidence)


def forget_evidence(evidence: Evidence) -> None:
    """Remove the row of a file, and the stored file when no other row tells of it."""
    file = evidence.file
    evidence.delete()
    if not Evidence.objects.filter(file=file.name).exists():
        transaction.on_commit(lambda: file.delete(save=False))
