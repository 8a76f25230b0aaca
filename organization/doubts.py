"""What could a load not decide by itself? It keeps what is printed and asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A question to the office: where, what the text says, what it should say."""

    place: str
    text: str
    question: str


def by_question(doubts: Iterable[Doubt]) -> dict[str, list[Doubt]]:
    """The doubts that ask the same thing together, in the order in which they were met."""
    groups: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        groups.setdefault(doubt.question, []).append(doubt)
    return groups
