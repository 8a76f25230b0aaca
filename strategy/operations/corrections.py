"""What happens to the correction of a validated figure that is given up before it is validated."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import audit
from organization.models import User
from strategy.models import Recording
from strategy.operations.evidence import forget_evidence
from strategy.operations.history import sign
from strategy.operations.recording_doors import enters_figures_of, locked_open, refuse_foreign
from strategy.reports.recording import token_of


@transaction.atomic
def discard_correction(
    correction: Recording, *, seen: str, by: User, at: datetime.datetime | None = None
) -> Recording:
    """Give up the correction of a validated figure while it is written, with the proofs that came
    with it; the figure it corrects is the current one again. Record `figures.correction_discarded`.

    `seen` is what was read of it (`token_of`). Refuses one that was sent (code `state`), one that
    somebody changed meanwhile (code `stale`), a period that is not open, and whoever does not enter
    the figures of its unit today.
    """
    at = at or timezone.now()
    period = locked_open(correction.period, by=by)
    found = Recording.objects.select_for_update(of=("self",)).select_related("indicator")
    locked = found.filter(pk=correction.pk, supersedes__isnull=False).first()
    if locked is None or not locked.is_writable:
        raise ValidationError(
            _("This correction is not written any more: nothing was discarded."), code="state"
        )
    if not enters_figures_of(by, locked.supplier_id):
        refuse_foreign(by)
    if _read(token_of(locked)) != _read(seen):
        raise ValidationError(
            _("Somebody changed this correction meanwhile: look at it again."), code="stale"
        )
    corrected = Recording.objects.select_for_update(of=("self",)).get(superseded_by=locked)
    for proof in locked.evidence.all():
        forget_evidence(proof)
    before, why = {locked.indicator.name: locked.printed}, locked.correction_reason
    sign(locked, by=by, at=at)
    locked.delete()
    corrected.is_current = True
    sign(corrected, by=by, at=at)
    corrected.save(update_fields=["is_current"])
    audit.record(
        "figures.correction_discarded",
        target=period,
        by=by,
        at=at,
        before=before,
        after={locked.indicator.name: corrected.printed},
        note=why,
    )
    return corrected


def _read(token: str) -> str:
    """Row and version of what was read, without what was typed since."""
    return token.rpartition(".")[0]
