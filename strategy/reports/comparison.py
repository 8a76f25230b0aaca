"""Two states of a plan side by side: two of its editions, or an edition and the plan as it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from strategy.differences import Difference, differences
from strategy.models import Edition, Plan
from strategy.snapshots import plan_sha256, plan_snapshot, without_actuals

WORKING = "lavoro"


class DamagedEditionError(Exception):
    """The stored data of an edition are not those that were adopted: nothing is said of them."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(str(edition))
        self.edition = edition


@dataclass(frozen=True)
class Side:
    """One of the states that can be compared: an edition, or the working plan without one."""

    plan: Plan
    edition: Edition | None = None

    @property
    def key(self) -> str:
        """The word that stands for it in an address."""
        return f"rev-{self.edition.revision}" if self.edition else WORKING

    @property
    def name(self) -> str:
        """The short name, for a heading."""
        return f"REV. {self.edition.revision}" if self.edition else _("working plan")

    @property
    def label(self) -> str:
        """The name with its day, for a choice."""
        if self.edition is None:
            return _("Working plan, as it is now")
        day = self.edition.act_date
        return f"{self.name}, {day.day}.{day.month}.{day.year}"

    @property
    def sha256(self) -> str:
        """The hash of its data."""
        return self.edition.snapshot_sha256 if self.edition else plan_sha256(self.plan)


@dataclass(frozen=True)
class Comparison:
    """Both sides and what changed from the old one to the new one."""

    plan: Plan
    old: Side
    new: Side
    difference: Difference

    @property
    def is_draft(self) -> bool:
        """One of the sides is not an act."""
        return not (self.old.edition and self.new.edition)


def sides_of(plan: Plan) -> list[Side]:
    """Everything of the plan that can be compared, oldest first, in one statement."""
    editions = plan.editions.without_data().order_by("revision")
    return [*(Side(plan, edition) for edition in editions), Side(plan)]


def usual_sides(sides: Sequence[Side]) -> tuple[Side, Side]:
    """What is compared when nobody chose: the edition in force with what is prepared after it; a
    plan at rest with the edition before."""
    *editions, working = sides
    if len(editions) > 1 and not working.plan.is_draft:
        return editions[-2], editions[-1]
    return (editions[-1], working) if editions else (working, working)


def compare(old: Side, new: Side) -> Comparison:
    """The difference between two states of one plan; results that came in during its years change
    nothing of it. Raises DamagedEditionError."""
    if old.key == new.key:
        return Comparison(old.plan, old, new, Difference(()))
    found = differences(without_actuals(_data(old)), without_actuals(_data(new)))
    return Comparison(old.plan, old, new, found)


def _data(side: Side) -> dict[str, Any]:
    """The data of one side, whose hash is that of the day of adoption."""
    if side.edition is None:
        return plan_snapshot(side.plan)
    if not side.edition.is_snapshot_intact():
        raise DamagedEditionError(side.edition)
    data: dict[str, Any] = json.loads(side.edition.snapshot)
    return data
