"""What happens when planning says which way the results improve: many indicators at once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class PolarityChoice:
    """The polarity chosen for an indicator, and those its years had when it was read, with commas
    between them."""

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
    Refuses (code `stale`) when somebody else chose another one meanwhile. One act records them
    all. Gives back how many indicators were confirmed.
    """
    at = at or timezone.now()
    plan = locked_for_edit(plan, by=by)
    on_plan = DashboardRow.objects.filter(dashboard__plan=plan).values("indicator")
    targets = list(
        Target.objects.for_cycle(plan.first_year)
        .comparable()
        .filter(indicator__in=choices.keys())
        .filter(indicator__in=on_plan)
        .select_for_update()
    )
    changed = []
    before: dict[int, str] = {}
    for target in targets:
        choice = choices[target.indicator_id]
        if target.polarity not in (*choice.was.split(","), choice.polarity):
            raise ValidationError(
                _("Changed by somebody else meanwhile: nothing was confirmed. Look at them again."),
                code="stale",
            )
        if (target.polarity, target.is_polarity_confirmed) != (choice.polarity, True):
            before.setdefault(target.indicator_id, target.polarity)
            target.polarity, target.is_polarity_confirmed = choice.polarity, True
            changed.append(target)
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
