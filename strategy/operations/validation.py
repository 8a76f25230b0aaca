"""What planning does with the figures that were sent: validate them, or return them, saying why."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from indicators.models import Actual
from indicators.values import read
from organization import audit
from organization.models import User
from strategy.models import Plan, Recording
from strategy.monitoring_enums import RecordingState
from strategy.operations.closed_years import refuse_closed
from strategy.operations.history import sign
from strategy.operations.moves import required
from strategy.reports.figure_authors import authors_of
from strategy.rules import is_planner, plan_is_monitored

BATCH, MAX_NAMED = 200, 3
REVIEWED = ("state", "version", "reviewed_at", "reviewed_by", "actual", "return_reason")
Key = tuple[int, datetime.date]


@transaction.atomic
def validate_recordings(
    plan: Plan, *, seen: Mapping[int, int], by: User, at: datetime.datetime | None = None
) -> list[Recording]:
    """Accept the figures that were sent, all of them or none; each becomes the result of its
    indicator at the day of its period. Record `figures.validated` of each period.

    `seen` says which version of each figure was read. Refuses whoever is not of planning, a figure
    that is not waiting any more or was changed meanwhile (code `stale`), those that the person
    entered or sent, of which the person typed the value before somebody else wrote beside it, or to
    which a result that the person recorded on the sheet of a project led (code `own`), and those of
    a closed year (code `closed_year`). A result that is there already
    is superseded and stays.
    """
    at = at or timezone.now()
    # The plan first: a year is closed with its plan locked.
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    found = _waiting(plan, seen, by=by)
    refuse_closed((one.indicator_id, one.period.year) for one in found)
    authors = authors_of(found)
    own = [one for one in found if by.pk in authors[one.pk]]
    if own:
        raise ValidationError(
            _("Who entered a figure does not validate it: %(names)s.")
            % {"names": ", ".join(one.indicator.name for one in own)},
            code="own",
        )
    results = _results(found)
    superseded = [one.supersedes for one in results.values() if one.supersedes is not None]
    for old in superseded:
        old.is_current = False
    options = {"batch_size": BATCH, "default_user": by, "default_date": at}
    if superseded:
        bulk_update_with_history(superseded, Actual, ["is_current"], **options)
    made = list(results.values())
    if made:
        bulk_create_with_history(made, Actual, **options)
    for one in found:
        one.state, one.actual = RecordingState.VALIDATED, results.get(one.pk)
        _review(one, by=by, at=at)
    bulk_update_with_history(found, Recording, REVIEWED, **options)
    for period in {one.period_id: one.period for one in found}.values():
        told = {x.indicator.name: x.printed for x in found if x.period_id == period.pk}
        audit.record("figures.validated", target=period, by=by, at=at, after=told)
    return found


@transaction.atomic
def return_recording(
    plan: Plan,
    *,
    pk: int,
    version: int,
    reason: str,
    by: User,
    at: datetime.datetime | None = None,
) -> Recording:
    """Send a figure back to who supplies it, with a reason, and record `figures.returned`.

    Refuses as above; also an empty reason. Who entered a figure may return it.
    """
    at = at or timezone.now()
    [found] = _waiting(plan, {pk: version}, by=by)
    found.return_reason = required(reason, _("Say why the figure is returned."))
    found.state = RecordingState.RETURNED
    _review(found, by=by, at=at)
    found.full_clean(validate_unique=False)
    sign(found, by=by, at=at)
    found.save(update_fields=REVIEWED)
    after = {found.indicator.name: found.printed}
    audit.record(
        "figures.returned",
        target=found.period,
        by=by,
        at=at,
        after=after,
        note=found.return_reason,
    )
    return found


def _waiting(plan: Plan, seen: Mapping[int, int], *, by: User) -> list[Recording]:
    """The figures of a plan that wait for planning, locked, as they were read."""
    if not is_planner(by):
        raise PermissionDenied(_("You have no right to do this."))
    if not plan_is_monitored(by, plan):
        raise ValidationError(
            _("Only a plan that was adopted and is not closed is measured."), code="state"
        )
    if not seen:
        raise ValidationError(_("Choose at least one figure."), code="none")
    recordings = Recording.objects.awaiting().filter(period__plan=plan, pk__in=list(seen))
    recordings = recordings.select_for_update(of=("self",)).order_by("pk")
    found = list(recordings.select_related("period__plan", "indicator"))
    unchanged = [one for one in found if one.version == seen[one.pk]]
    if stale := set(seen) - {one.pk for one in unchanged}:
        raise ValidationError(_stale_words(plan, stale), code="stale")
    return found


def _stale_words(plan: Plan, stale: Collection[int]) -> str:
    """Which figures are not as they were read: the first by name, the others by number."""
    known = Recording.objects.filter(period__plan=plan, pk__in=stale)
    named = list(known.order_by("pk").values_list("indicator__name", flat=True)[:MAX_NAMED])
    others = len(stale) - len(named)
    if not named:
        words = ngettext(
            "%(count)s figure was changed or looked at meanwhile: nothing was done.",
            "%(count)s figures were changed or looked at meanwhile: nothing was done.",
            others,
        )
        return words % {"count": others}
    names = ", ".join(named)
    if others:
        more = ngettext("%(names)s and %(count)s other", "%(names)s and %(count)s others", others)
        names = more % {"names": names, "count": others}
    return _("Changed or looked at meanwhile, nothing was done: %(names)s.") % {"names": names}


def _review(recording: Recording, *, by: User, at: datetime.datetime) -> None:
    recording.reviewed_at, recording.reviewed_by = at, by
    recording.version += 1


def _results(recordings: Sequence[Recording]) -> dict[int, Actual]:
    """The results that the figures become, by figure. A date not reached yet becomes none, unless
    it corrects one."""
    held = _held(recordings)
    results = {}
    for one in recordings:
        old = held.get((one.indicator_id, one.period.ends_on))
        if not one.printed and old is None:
            continue
        result = Actual(
            indicator_id=one.indicator_id,
            year=one.period.year,
            measured_on=one.period.ends_on,
            numerator_value=one.numerator_value,
            denominator_value=one.denominator_value,
            note=one.note,
            supersedes=old,
        )
        result.take(read(one.printed))
        result.full_clean(
            exclude=["indicator", "supersedes"], validate_unique=False, validate_constraints=False
        )
        results[one.pk] = result
    return results


def _held(recordings: Sequence[Recording]) -> dict[Key, Actual]:
    """The current results at the days of the periods, locked."""
    days = {one.period.ends_on for one in recordings}
    actuals = Actual.objects.current().filter(
        measured_on__in=days, indicator__in=[one.indicator_id for one in recordings]
    )
    return {(one.indicator_id, one.measured_on): one for one in actuals.select_for_update()}
