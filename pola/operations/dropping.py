"""An agreement that is not concluded: either side or the personnel office gives it up."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import audit
from organization.models import User
from pola.enums import AgreementState, VersionState
from pola.models import Agreement
from pola.operations.agreement_days import take_away_all
from pola.operations.interest_doors import locked_agreement, save_signed


@transaction.atomic
def drop_agreement(
    agreement: Agreement, *, reason: str, by: User, at: datetime.datetime | None = None
) -> Agreement:
    """Give up an agreement that both sides have not accepted yet, with the reason; its text is
    dropped and the person may ask again. Records `agreement.dropped`, never why.

    The employee, who signs for the Chamber and HR may. Refuses an agreement concluded or over, and
    no reason.
    """
    at = at or timezone.now()
    states = AgreementState.on_its_way
    agreement = locked_agreement(agreement, "pola.drop_agreement", states, by=by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is not concluded.")}, code="reason")
    agreement.drop_reason = reason.strip()
    put_dropped(agreement, by=by, at=at)
    audit.record("agreement.dropped", target=agreement, by=by, at=at)
    return agreement


def put_dropped(agreement: Agreement, *, by: User, at: datetime.datetime) -> None:
    """It never comes into force: its texts are dropped, the days booked in it fall."""
    texts = VersionState.open | {VersionState.IN_FORCE.value}
    drop_texts(agreement, texts, by=by, at=at)
    agreement.state = AgreementState.DROPPED
    save_signed(agreement, by=by, at=at)
    take_away_all(agreement, by=by, at=at)


def drop_texts(
    agreement: Agreement, states: Collection[str], *, by: User | None, at: datetime.datetime
) -> None:
    """The texts in these states lead nowhere any more; one given back is no longer the one that
    was offered."""
    for version in agreement.versions.filter(state__in=sorted(states)):
        if version.state == VersionState.WRITTEN:
            version.text, version.text_sha256 = "", ""
        version.state = VersionState.DROPPED
        save_signed(version, by=by, at=at)
