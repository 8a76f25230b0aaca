"""What happens when the figures of a period are entered and sent by who supplies them.

Each row stands for itself: it is kept whole or not at all, and what is said of it comes back with
it. What concerns the whole (a period that closed, a figure of another unit) refuses everything.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from indicators.values import TYPED
from organization import audit, clock
from organization.models import User
from organization.rules import is_planner
from strategy.entries import FIELDS
from strategy.models import Evidence, MonitoringPeriod, Recording
from strategy.monitoring_enums import RecordingState
from strategy.operations.evidence import keep_files
from strategy.operations.history import sign
from strategy.operations.recording_doors import enters_figures_of, locked_open, refuse_foreign
from strategy.operations.recording_rows import Outcome, RecordingChange, Work, outcome_of
from strategy.reports.desks import heads_acted_for
from strategy.reports.recording import Line, load_sheet, token_of

BATCH = 200
WRITTEN = (
    "printed",
    *TYPED,
    "numerator_value",
    "denominator_value",
    *(name for name in FIELDS if name != "value"),
    "state",
    "version",
    "supplier",
    "entered_at",
    "entered_by",
    "acted_for",
    "submitted_at",
    "submitted_by",
    "submitted_for",
    "return_reason",
)


def save_recordings(
    period: MonitoringPeriod,
    *,
    changes: Sequence[RecordingChange],
    by: User,
    at: datetime.datetime | None = None,
) -> dict[int, Outcome]:
    """Keep what was typed in the rows as drafts and send those that are asked to be sent and
    ready; what became of each row comes back.

    Refuses everything when the period is not open (ValidationError, code `closed`) or a figure is
    supplied by a unit whose figures the person does not enter today (PermissionDenied). A row that
    somebody else changed meanwhile, or that was sent, stays as it is. Sending is recorded as
    `figures.sent`, a correction of what was validated as `figures.corrected`.
    """
    kept: list[Evidence] = []
    try:
        return _save(period, changes, by=by, at=at or timezone.now(), kept=kept)
    except BaseException:
        for proof in kept:
            proof.file.delete(save=False)
        raise


@transaction.atomic
def _save(
    period: MonitoringPeriod,
    changes: Sequence[RecordingChange],
    *,
    by: User,
    at: datetime.datetime,
    kept: list[Evidence],
) -> dict[int, Outcome]:
    period = locked_open(period, by=by)
    wanted = {change.indicator_id for change in changes}
    sheet = load_sheet(
        period.plan,
        period,
        units=by.recording_unit_ids,
        planning=is_planner(by),
        only=wanted,
        lock=True,
        proofs=any(one.files or one.correction is not None for one in changes),
    )
    mine = {line.indicator_id: line for line in sheet.mine}
    if wanted - mine.keys():
        refuse_foreign(by)
    suppliers = {line.supplier_id for line in mine.values()}
    acted_for = heads_acted_for(by, suppliers, on=clock.today())
    work = Work(by, at, clock.today(), sheet, acted_for)
    outcomes = {
        change.indicator_id: outcome_of(work, mine[change.indicator_id], change)
        for change in changes
    }
    _write(work, kept)
    return {
        pk: replace(outcome, token=token_of(_stored(work, pk, mine[pk])))
        for pk, outcome in outcomes.items()
    }


@transaction.atomic
def take_back(recording: Recording, *, by: User, at: datetime.datetime | None = None) -> Recording:
    """Make a sent figure a draft again, before planning has looked at it; record
    `figures.taken_back`.

    Refuses one that is not sent any more, a period that is not open, and whoever does not enter
    the figures of its unit today.
    """
    at = at or timezone.now()
    period = locked_open(recording.period, by=by)
    found = Recording.objects.select_for_update(of=("self",)).select_related("indicator")
    locked = found.get(pk=recording.pk)
    if not enters_figures_of(by, locked.supplier_id):
        refuse_foreign(by)
    if locked.state != RecordingState.SUBMITTED or not locked.is_current:
        raise ValidationError(_("This figure does not wait for planning any more."), code="state")
    locked.state = RecordingState.DRAFT
    locked.version += 1
    sign(locked, by=by, at=at)
    locked.save(update_fields=["state", "version"])
    after = {locked.indicator.name: locked.printed}
    audit.record("figures.taken_back", target=period, by=by, at=at, after=after)
    return locked


# Written together


def _stored(work: Work, indicator_id: int, line: Line) -> Recording | None:
    """The row of an indicator after the save."""
    new = (one for one in work.new if one.indicator_id == indicator_id)
    return next(new, line.recording)


# Written together


def _write(work: Work, kept: list[Evidence]) -> None:
    options = {"batch_size": BATCH, "default_user": work.by, "default_date": work.at}
    if work.superseded:
        bulk_update_with_history(work.superseded, Recording, ["is_current"], **options)
    if work.changed:
        bulk_update_with_history(work.changed, Recording, WRITTEN, **options)
    if work.new:
        bulk_create_with_history(work.new, Recording, **options)
    keep_files(work, kept)
    _record(work)


def _record(work: Work) -> None:
    """One act for what was sent, in the language of the plan whoever sends it."""
    if not work.sent:
        return
    acted_for = (work.acted_for.get(line.supplier_id) for line, _one in work.sent)
    heads = {head for head in acted_for if head is not None}
    with override("it"):
        note = ", ".join(_("for %(head)s") % {"head": head} for head in sorted(heads, key=str))
        for verb, is_correction in (("figures.sent", False), ("figures.corrected", True)):
            told = [x for x in work.sent if bool(x[1].supersedes_id) == is_correction]
            if told:
                reasons = [one.correction_reason for _line, one in told if one.supersedes_id]
                audit.record(
                    verb,
                    target=work.sheet.period,
                    by=work.by,
                    at=work.at,
                    after={line.name: one.printed for line, one in told},
                    note=". ".join([*filter(None, [note]), *reasons])[:2000],
                )
