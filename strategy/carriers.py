"""What the applications above carry into the plan of the next triennium: they register it here."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from organization.models import User
from strategy.models import Plan


class Carry(Protocol):
    """Copies the rows of the old plan to the new one, inside the transaction that makes it."""

    def __call__(self, old: Plan, new: Plan, *, by: User | None, at: datetime.datetime) -> None:
        """Copy them."""


@dataclass(frozen=True)
class Carrier:
    """What is carried: in words, how many of it a plan has, how it is done."""

    label: str | Promise
    count: Callable[[Plan], int]
    carry: Carry


_CARRIERS: dict[str, Carrier] = {}


def carrier(
    name: str, *, label: str | Promise, count: Callable[[Plan], int]
) -> Callable[[Carry], Carry]:
    """Register what is carried besides the plan's own parts."""

    def register(carry: Carry) -> Carry:
        _CARRIERS[name] = Carrier(label, count, carry)
        return carry

    return register


def carriers() -> list[Carrier]:
    """Everything registered, in the order of the names."""
    return [_CARRIERS[name] for name in sorted(_CARRIERS)]
