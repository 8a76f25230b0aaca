"""A task of the home page: what waits for somebody, why, where to go, by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy, ngettext

NAMED = 2  # names inside a task that counts many


class Due(Enum):
    """When a task is due, the first one first."""

    LATE = gettext_lazy("Late")
    OPEN = gettext_lazy("To be done")

    @property
    def is_late(self) -> bool:
        """Its day has gone by."""
        return self is Due.LATE


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for the person: what, why, where to go, by when."""

    due: Due
    title: str
    text: str
    url: str
    action: str
    icon_name: str = "it-note"
    when: str = ""


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """The tasks due at the same time."""

    due: Due
    tasks: tuple[Task, ...]

    @property
    def label(self) -> str:
        """The heading of the group."""
        return str(self.due.value)


def first_names(every: Sequence[str]) -> str:
    names = ", ".join(every[:NAMED])
    others = len(every) - NAMED
    if others <= 0:
        return names
    return ngettext("%(names)s and %(count)s other", "%(names)s and %(count)s others", others) % {
        "names": names,
        "count": others,
    }
