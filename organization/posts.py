"""What the applications above do when an appointment is made or ended, in the same transaction.

Each says so in a module `posts`, loaded when it starts. An appointment that begins on a later day
changes nothing yet: what follows it is done anew by the timer of `send_reminders`.
"""

from __future__ import annotations

import datetime
from typing import Protocol

from organization.models import User


class Follower(Protocol):
    """What follows a change of posts, done by who made the change."""

    def __call__(self, *, by: User | None, at: datetime.datetime | None) -> object: ...


FOLLOWERS: list[Follower] = []


def follow(act: Follower) -> None:
    """Do this too when posts change."""
    FOLLOWERS.append(act)


def posts_changed(*, by: User | None, at: datetime.datetime | None) -> None:
    """Do whatever follows a change of posts, in the order in which it was told."""
    for act in FOLLOWERS:
        act(by=by, at=at)
