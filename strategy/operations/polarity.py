"""What happens when planning says which way the results improve: many indicators at once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from simple_history.utils import bulk_update_with_history

from indicators.enums import Polarity
from indicators.models import Indicator, Target
from organization import audit
from organization.models import User
from strategy.models import DashboardRow, Plan
from strategy.operations.editing import locked_for_edit
from strategy.reports.polarity import polarity_state


@dataclass(frozen=True)
class PolarityChoice:
    """The polarity chosen for an indicator, and what its years said when it was read (see also:
    strategy.reports.polarity.polarity_state)."""

    polarity: Polarity
    was: str


@transaction.atomic
def confirm_polarities(
    plan: Plan,
    *,
    choices: Mapping[int, PolarityChoice],
    by: User | None,
    at: datetime.datetime | None = None,
) -> int:
    """Say which way each of these indicators improves, in every year of the plan, all or none.

    The plan prints no polarity: what was read at the load stands until it is confirmed here.
    Refuses (code `stale`) when somebody else chose or confirmed another one meanwhile. One act
    records them all. Gives back how many indicators were confirmed.
    """
    at = at or timezone.now()
    plan = locked_for_edit(plan, by=by)
    on_plan = DashboardRow.objects.filter(dashboard__plan=plan).values("indicator")
    held = (
        Target.objects.for_cycle(plan.first_year)
        .comparable()
        .filter(indicator__in=choices.keys())
        .filter(indicator__in=on_plan)
        .order_by("indicator", "year")
        .select_for_update()
    )
    changed: list[Target] = []
    before: dict[int, str] = {}
    for pk, group in groupby(held, attrgetter("indicator_id")):
        targets, choice = list(group), choices[pk]
        wanted = (choice.polarity, True)
        others = [one for one in targets if (one.polarity, one.is_polarity_confirmed) != wanted]
        if others and choice.was != polarity_state(targets):
            raise ValidationError(
                _("Changed by somebody else meanwhile: nothing was confirmed. Look at them again."),
                code="stale",
            )
        if others:
            before[pk] = targets[0].polarity
        for target in others:
            target.polarity, target.is_polarity_confirmed = wanted
        changed += others
    if changed:
        fields = ["polarity", "is_polarity_confirmed"]
        bulk_update_with_history(changed, Target, fields, default_user=by, default_date=at)
        _record(plan, choices, before, by, at)
    return len(before)


def _record(
    plan: Plan,
    choices: Mapping[int, PolarityChoice],
    before: Mapping[int, str],
    by: User | None,
    at: datetime.datetime,
) -> None:
    names = dict(Indicator.objects.filter(pk__in=before).values_list("pk", "name"))
    labels = dict(Polarity.choices)
    with override("it"):
        audit.record(
            "polarities.confirmed",
            target=plan,
            by=by,
            at=at,
            before={names[pk]: str(labels.get(polarity, "")) for pk, polarity in before.items()},
            after={names[pk]: str(choices[pk].polarity.label) for pk in before},
        )
