"""Whose figures a person enters: the own unit, those of heads stood in for, those below."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from organization.enums import Role, UnitKind
from organization.models import Delegation, Person, Unit, User
from organization.rules import is_planner

PLANNING = "pianificazione"
LEADING = Role.leaders


@dataclass(frozen=True, slots=True)
class Desk:
    """A unit whose figures somebody enters, none for the planning office; and for which head, when
    it is not the person's own."""

    unit: Unit | None
    acted_for: Person | None = None

    @property
    def key(self) -> str:
        """Its name in an address."""
        return self.unit.slug if self.unit else PLANNING

    @property
    def unit_ids(self) -> frozenset[int]:
        """The unit and its offices, which have no head of their own to ask."""
        if self.unit is None:
            return frozenset()
        offices = (one.pk for one in self.unit.children.all() if one.kind == UnitKind.OFFICE)
        return frozenset({self.unit.pk, *offices})


def desks_of(user: User, *, on: datetime.date) -> list[Desk]:
    """The desks at which a person may sit on a day: the own ones first, then those of the heads
    stood in for, then the units below, then the planning office. At most four statements."""
    own = [unit_id for role, unit_id in user.held_posts if role in LEADING]
    received: dict[int, Person] = {}
    if user.delegated_unit_ids:
        running = Delegation.objects.running(on=on).filter(delegate_id=user.person_id)
        received = {one.unit_id: one.head for one in running.select_related("head")}
    below = user.recording_unit_ids - set(own) - set(received)
    units = {}
    if own or received or below:
        found = Unit.objects.filter(pk__in={*own, *received, *below}).in_order().with_heads(on=on)
        units = {unit.pk: unit for unit in found.prefetch_related("children")}
    desks = [Desk(units[pk]) for pk in units if pk in own]
    desks += [Desk(units[pk], received[pk]) for pk in units if pk in received and pk not in own]
    desks += [
        Desk(unit, _head_of(unit))
        for pk, unit in units.items()
        if pk in below and unit.kind not in (UnitKind.OFFICE, UnitKind.BODY)
    ]
    if is_planner(user):
        desks.append(Desk(None))
    return desks


def heads_acted_for(
    user: User, unit_ids: Collection[int | None], *, on: datetime.date
) -> dict[int | None, Person | None]:
    """For which head the figures of each unit are entered by the person, none for the own units;
    no statement while all of them are own."""
    own = {unit_id for role, unit_id in user.held_posts if role in LEADING}
    if not {unit_id for unit_id in unit_ids if unit_id is not None} - own:
        return {}
    desks = desks_of(user, on=on)
    found = {}
    for unit_id in unit_ids:
        desk = desk_for(desks, unit_id)
        found[unit_id] = desk.acted_for if desk else None
    return found


def _head_of(unit: Unit) -> Person | None:
    heads = getattr(unit, "running_heads", [])
    return heads[0].person if heads else None


def desk_for(desks: list[Desk], supplier_id: int | None) -> Desk | None:
    """The desk at which the figures of a unit are entered; none when the person has none such."""
    if supplier_id is None:
        return next((desk for desk in desks if desk.unit is None), None)
    return next((desk for desk in desks if supplier_id in desk.unit_ids), None)
