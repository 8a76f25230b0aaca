"""What happens to requests and agreements when a post passes to somebody else."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from organization import audit, clock
from organization.models import Person, User
from pola.enums import AgreementState, InterestState, VersionState
from pola.models import Agreement, Interest
from pola.operations.agreements import write_again
from pola.operations.interest_doors import save_signed
from pola.reports.counterparts import Chart, chart_of


@transaction.atomic
def pass_to_posts(
    *,
    on: datetime.date | None = None,
    by: User | None = None,
    at: datetime.datetime | None = None,
) -> list[Interest | Agreement]:
    """Requests that wait and agreements that are not over pass to who holds the post on the day
    (art. 3 and 6); records `interest.passed` and `agreement.passed`.

    What was decided and accepted stays as it was. An offered text that the Chamber has not accepted
    is written again, for it names who signs. Where nobody holds the post nothing passes. A
    substitute of the head decides days and enters figures: he signs no agreement.
    """
    at = at or timezone.now()
    chart = chart_of(on or clock.today())
    waiting = Interest.objects.filter(state__in=sorted(InterestState.waiting))
    held = Agreement.objects.filter(state__in=sorted(AgreementState.open))
    requests = _pass_on(waiting, "decider", chart, by=by, at=at)
    agreements = _pass_on(held, "counterpart", chart, by=by, at=at)
    for agreement in agreements:
        _write_again(agreement, by=by, at=at)
    return [*requests, *agreements]


def _pass_on(
    rows: models.QuerySet, named: str, chart: Chart, *, by: User | None, at: datetime.datetime
) -> list[Any]:
    """Name who holds the post today on each row that names somebody else."""
    heirs = _heirs(rows, named, chart)
    locked = rows.select_for_update(of=("self",)).filter(pk__in=heirs).order_by("pk")
    passed = list(locked.select_related("person", "unit", named))
    for row in passed:
        before, after = ({"signs": str(one)} for one in (getattr(row, named), heirs[row.pk]))
        setattr(row, named, heirs[row.pk])
        save_signed(row, by=by, at=at)
        verb = f"{row._meta.model_name}.passed"
        audit.record(verb, target=row, by=by, at=at, before=before, after=after)
    return passed


def _heirs(rows: models.QuerySet, named: str, chart: Chart) -> dict[int, Person]:
    """Who holds the post, by row, where it is not the person named."""
    found = {}
    for row in rows.select_related("person"):
        heir = chart.counterpart_of(row.person, row.unit_id)
        if heir is not None and heir.pk != getattr(row, f"{named}_id"):
            found[row.pk] = heir
    return found


def _write_again(agreement: Agreement, *, by: User | None, at: datetime.datetime) -> None:
    offered = agreement.versions.filter(state=VersionState.OFFERED, employer_accepted_at=None)
    for version in offered:
        version.agreement = agreement
        with override("it"):
            words = _("%(name)s signs for the Chamber now: the text has to name who signs.")
            reason = words % {"name": agreement.counterpart}
        write_again(version, reason=reason, by=by, at=at)
