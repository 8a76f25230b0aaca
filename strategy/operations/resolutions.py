"""What is decided of results that are missing when a year is to be closed."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.enums import Treatment
from indicators.models import Indicator
from organization import audit
from organization.models import User
from strategy.models import Plan, Resolution
from strategy.monitoring_enums import ResolutionState, YearAct
from strategy.operations.closed_years import locked_open_year, refuse_others
from strategy.operations.history import sign
from strategy.operations.lifecycle import NOTE_LENGTH
from strategy.operations.moves import required
from strategy.reports.closing import may_decide_of, suppliers_of
from strategy.reports.year import YearReport
from strategy.year_data import year_data


@transaction.atomic
def propose_exclusions(
    plan: Plan,
    year: int,
    *,
    indicators: Collection[int],
    reason: str,
    by: User,
    at: datetime.datetime | None = None,
) -> list[Resolution]:
    """Ask that indicators without a result be left out of a year, for one reason; record
    `exclusion.proposed` of each.

    Refuses an empty reason, an indicator that is measured, not to be measured or decided of
    already, one that the person may not decide of (PermissionDenied), and a closed year. Counts
    only once another person, the Secretary General, has approved it.
    """
    plan, at = locked_open_year(plan, year), at or timezone.now()
    refuse_others(YearAct.EXCLUDE, plan, by=by)
    reason = required(reason, _("Say why the indicator is excluded from the year."))
    made = [
        Resolution(
            plan=plan,
            year=year,
            indicator=indicator,
            treatment=Treatment.EXCLUDED,
            reason=reason,
            state=ResolutionState.PROPOSED,
            proposed_at=at,
            proposed_by=by,
        )
        for indicator in _undecided(plan, year, indicators, by=by)
    ]
    return _save(made, "exclusion.proposed", by=by, at=at)


@transaction.atomic
def count_as_zero(
    plan: Plan,
    year: int,
    *,
    indicators: Collection[int],
    reason: str = "",
    by: User,
    at: datetime.datetime | None = None,
) -> list[Resolution]:
    """Let indicators without a result count zero in a year; record `result.counted_zero` of each.

    Refuses what an exclusion refuses, except that the reason may be empty. Counts at once.
    """
    plan, at = locked_open_year(plan, year), at or timezone.now()
    refuse_others(YearAct.ZERO, plan, by=by)
    made = [
        Resolution(
            plan=plan,
            year=year,
            indicator=indicator,
            treatment=Treatment.ZERO,
            reason=reason.strip(),
            state=ResolutionState.IN_FORCE,
            proposed_at=at,
            proposed_by=by,
        )
        for indicator in _undecided(plan, year, indicators, by=by)
    ]
    return _save(made, "result.counted_zero", by=by, at=at)


@transaction.atomic
def approve_exclusions(
    plan: Plan,
    year: int,
    *,
    resolutions: Collection[int],
    by: User,
    at: datetime.datetime | None = None,
) -> list[Resolution]:
    """Approve exclusions that were proposed; record `exclusion.approved` of each.

    Refuses whoever is not the Secretary General and whoever proposed one of them, and what does
    not wait for approval any more.
    """
    plan, at = locked_open_year(plan, year), at or timezone.now()
    refuse_others(YearAct.APPROVE, plan, by=by)
    chosen = _chosen(plan, year, resolutions, {ResolutionState.PROPOSED})
    if any(one.proposed_by_id == by.pk for one in chosen):
        raise ValidationError(
            _("An exclusion is approved by somebody else than who proposed it."), code="same_person"
        )
    return _decide(chosen, ResolutionState.IN_FORCE, "exclusion.approved", by=by, at=at)


@transaction.atomic
def refuse_exclusions(
    plan: Plan,
    year: int,
    *,
    resolutions: Collection[int],
    reason: str,
    by: User,
    at: datetime.datetime | None = None,
) -> list[Resolution]:
    """Refuse exclusions that were proposed, saying why; record `exclusion.refused` of each."""
    plan, at = locked_open_year(plan, year), at or timezone.now()
    refuse_others(YearAct.REFUSE, plan, by=by)
    reason = required(reason, _("Say why the exclusion is refused."))
    chosen = _chosen(plan, year, resolutions, {ResolutionState.PROPOSED})
    return _decide(chosen, ResolutionState.REFUSED, "exclusion.refused", by=by, at=at, note=reason)


@transaction.atomic
def withdraw_resolutions(
    plan: Plan,
    year: int,
    *,
    resolutions: Collection[int],
    by: User,
    at: datetime.datetime | None = None,
) -> list[Resolution]:
    """Take back what was decided or proposed: the results are missing again; record
    `resolution.withdrawn` of each. By whoever may decide of the indicator."""
    plan, at = locked_open_year(plan, year), at or timezone.now()
    refuse_others(YearAct.WITHDRAW, plan, by=by)
    chosen = _chosen(plan, year, resolutions, ResolutionState.standing)
    suppliers = suppliers_of(plan, {one.indicator_id for one in chosen})
    if not all(may_decide_of(by, suppliers.get(one.indicator_id)) for one in chosen):
        raise PermissionDenied(_("You have no right to do this."))
    return _decide(chosen, ResolutionState.WITHDRAWN, "resolution.withdrawn", by=by, at=at)


def _undecided(plan: Plan, year: int, indicators: Collection[int], *, by: User) -> list[Indicator]:
    """The indicators, all of them without a result and undecided, that the person may decide of."""
    if not indicators:
        raise ValidationError(_("Choose at least one indicator."), code="none")
    found = Indicator.objects.filter(pk__in=set(indicators)).order_by("pk")
    suppliers = suppliers_of(plan, set(indicators))
    if not all(may_decide_of(by, supplier) for supplier in suppliers.values()):
        raise PermissionDenied(_("You have no right to do this."))
    open_ones = {line.indicator_id for line in YearReport(year_data(plan, year)).unresolved}
    standing = Resolution.objects.of_year(plan, year).standing()
    open_ones -= set(standing.values_list("indicator_id", flat=True))
    if not set(indicators) <= open_ones:
        raise ValidationError(
            _("One of the indicators has a result or a decision by now: look at the list again."),
            code="changed",
        )
    return list(found)


def _chosen(
    plan: Plan, year: int, resolutions: Collection[int], states: Collection[str]
) -> list[Resolution]:
    """The decisions, all of them in one of the states."""
    if not resolutions:
        raise ValidationError(_("Choose at least one indicator."), code="none")
    found = list(
        Resolution.objects.of_year(plan, year)
        .filter(pk__in=set(resolutions), state__in=states)
        .select_related("plan", "indicator")
    )
    if len(found) < len(set(resolutions)):
        raise ValidationError(
            _("One of the decisions has changed by now: look at the list again."), code="changed"
        )
    return found


def _save(
    made: Iterable[Resolution], verb: str, *, by: User, at: datetime.datetime
) -> list[Resolution]:
    saved = []
    for one in made:
        one.full_clean()
        sign(one, by=by, at=at)
        one.save(force_insert=True)
        _record(one, verb, by=by, at=at, note=one.reason)
        saved.append(one)
    return saved


def _decide(
    chosen: Iterable[Resolution],
    state: ResolutionState,
    verb: str,
    *,
    by: User,
    at: datetime.datetime,
    note: str = "",
) -> list[Resolution]:
    decided = []
    for one in chosen:
        one.state, one.decided_at, one.decided_by = state, at, by
        one.full_clean()
        sign(one, by=by, at=at, reason=note[:100])
        one.save(update_fields=["state", "decided_at", "decided_by"])
        _record(one, verb, by=by, at=at, note=note or one.reason)
        decided.append(one)
    return decided


def _record(one: Resolution, verb: str, *, by: User, at: datetime.datetime, note: str) -> None:
    """The act stands with the plan, and names the indicator."""
    after = {"year": one.year, "indicator": one.indicator.name}
    audit.record(verb, target=one.plan, by=by, at=at, after=after, note=note[:NOTE_LENGTH])
