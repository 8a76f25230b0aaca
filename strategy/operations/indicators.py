"""What happens to the indicators of a plan: made, described anew, retired, taken back, deleted.

An indicator is one however many dashboards and plans show it: a change of its words is read
everywhere but in adopted editions, which never change.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.models import Indicator, Source, Target
from organization import audit, clock
from organization.models import User
from strategy.fingerprints import fingerprint
from strategy.models import Action, Dashboard, DashboardRow, Plan
from strategy.operations.editing import locked_for_edit, refuse_stale, still_there
from strategy.operations.history import sign
from strategy.operations.rows import add_row
from strategy.reports.usage import usage_report

# What planning says of an indicator, in the order of the form.
FIELDS = (
    "name",
    "definition",
    "source",
    "supplier",
    "unit_of_measure",
    "is_project",
    "numerator",
    "denominator",
    "is_share",
    "measurement_area",
)


def indicator_fingerprint(indicator: Indicator) -> str:
    """What the words of an indicator are known by. See also: change_indicator."""
    return fingerprint(indicator, FIELDS)


@transaction.atomic
def create_indicator(
    dashboard: Dashboard,
    *,
    action: Action,
    fields: Mapping[str, Any],
    new_source: str = "",
    by: User | None,
    at: datetime.datetime | None = None,
) -> Indicator:
    """Make an indicator and put it on a dashboard, under an action.

    `new_source` names a source that is not in the list yet. Its targets are then written in the
    grid. Refuses what `add_row` refuses.
    """
    at = at or timezone.now()
    plan = locked_for_edit(dashboard.plan, by=by)
    indicator = Indicator(**fields)
    _name_source(indicator, new_source)
    _save(indicator, by=by, at=at)
    audit.record(
        "indicator.created",
        target=indicator,
        by=by,
        at=at,
        after=_as_text(indicator),
        note=plan.version_label,
    )
    add_row(dashboard, action=action, indicator=indicator, by=by, at=at)
    return indicator


@transaction.atomic
def change_indicator(
    indicator: Indicator,
    *,
    plan: Plan,
    fields: Mapping[str, Any],
    new_source: str = "",
    was: str = "",
    by: User | None,
    at: datetime.datetime | None = None,
) -> Indicator:
    """Describe an indicator anew: name, definition, source, who supplies it, what it divides.

    `was` is the fingerprint of what was read: refuses (code `stale`) when somebody else changed it
    meanwhile.
    """
    at = at or timezone.now()
    plan = locked_for_edit(plan, by=by)
    indicator = _locked(indicator)
    refuse_stale(indicator, FIELDS, was)
    before = _as_text(indicator)
    for name in FIELDS:
        setattr(indicator, name, fields.get(name, getattr(indicator, name)))
    _name_source(indicator, new_source)
    # Without a denominator nothing is a share of it.
    indicator.is_share = indicator.is_share and bool(indicator.denominator)
    after = _as_text(indicator)
    if after == before:
        return indicator
    _save(indicator, by=by, at=at)
    audit.record(
        "indicator.changed",
        target=indicator,
        by=by,
        at=at,
        before={name: text for name, text in before.items() if after.get(name) != text},
        after={name: text for name, text in after.items() if before.get(name) != text},
        note=plan.version_label,
    )
    return indicator


@transaction.atomic
def retire_indicator(
    indicator: Indicator,
    *,
    plan: Plan,
    reason: str,
    by: User | None,
    at: datetime.datetime | None = None,
) -> Indicator:
    """Stop using an indicator: it leaves the dashboards of the plan and is offered no more.

    Its results, its history, its rows on other plans and the adopted editions stay; it can be taken
    back into use. Refuses without a reason, which the register keeps.
    """
    today, at = clock.today(at), at or timezone.now()
    plan = locked_for_edit(plan, by=by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is not used any more.")}, code="required")
    indicator = _locked(indicator)
    if indicator.retired_on is None:
        indicator.retired_on = today
        _save(indicator, by=by, at=at)
    audit.record(
        "indicator.retired",
        target=indicator,
        by=by,
        at=at,
        before={"dashboards": _leave_dashboards(indicator, plan, by=by, at=at)},
        note=reason.strip(),
    )
    return indicator


@transaction.atomic
def resume_indicator(
    indicator: Indicator, *, plan: Plan, by: User | None, at: datetime.datetime | None = None
) -> Indicator:
    """Take a retired indicator back into use; its rows are put back one by one."""
    at = at or timezone.now()
    locked_for_edit(plan, by=by)
    indicator = _locked(indicator)
    if indicator.retired_on is not None:
        before = {"retired_on": indicator.retired_on.isoformat()}
        indicator.retired_on = None
        _save(indicator, by=by, at=at)
        audit.record("indicator.resumed", target=indicator, by=by, at=at, before=before)
    return indicator


@transaction.atomic
def delete_indicator(
    indicator: Indicator, *, plan: Plan, by: User | None, at: datetime.datetime | None = None
) -> None:
    """Delete an indicator with its rows and targets of the plan.

    Refuses (code `used`) one that something else than this plan would miss (see also:
    `strategy.reports.usage`): it can be retired instead. Its history stays, and its act in the
    register.
    """
    at = at or timezone.now()
    plan = locked_for_edit(plan, by=by)
    indicator = _locked(indicator)
    if not usage_report(plan, indicator).may_be_deleted:
        raise ValidationError(
            _("“%(indicator)s” is used elsewhere, or has results: retire it instead.")
            % {"indicator": indicator},
            code="used",
        )
    audit.record(
        "indicator.deleted",
        target=indicator,
        by=by,
        at=at,
        before=_as_text(indicator)
        | {"dashboards": _leave_dashboards(indicator, plan, by=by, at=at)},
    )
    for target in Target.objects.filter(indicator=indicator):
        sign(target, by=by, at=at)
        target.delete()
    sign(indicator, by=by, at=at)
    indicator.delete()


def _locked(indicator: Indicator) -> Indicator:
    return still_there(Indicator.objects.select_for_update(), indicator.pk)


def _leave_dashboards(
    indicator: Indicator, plan: Plan, *, by: User | None, at: datetime.datetime
) -> str:
    """Take the indicator off the dashboards of the plan; which they were."""
    rows = DashboardRow.objects.filter(indicator=indicator, dashboard__plan=plan)
    titles = []
    for row in rows.select_related("dashboard__unit").in_order():
        titles.append(row.dashboard.title)
        sign(row, by=by, at=at)
        row.delete()
    return ", ".join(titles)


def _name_source(indicator: Indicator, name: str) -> None:
    """The source that is not in the list yet, or is under this very name."""
    if name := " ".join(name.split()):
        known = Source.objects.filter(name__iexact=name).first()
        source = known or Source(name=name)
        if known is None:
            source.full_clean()
            source.save()
        indicator.source = source


def _save(indicator: Indicator, *, by: User | None, at: datetime.datetime) -> None:
    indicator.full_clean()
    sign(indicator, by=by, at=at)
    indicator.save()


def _as_text(indicator: Indicator) -> dict[str, str | bool]:
    """The indicator as the register keeps it: what is said of it, in words."""
    texts: dict[str, str | bool] = {}
    for name in FIELDS:
        field = Indicator._meta.get_field(name)
        value = getattr(indicator, name)
        choices = dict(getattr(field, "flatchoices", ()) or ())
        text = value if isinstance(value, bool) else str(choices.get(value, value or ""))
        if text:
            texts[name] = text
    return texts
