"""The story of something, as the timeline draws it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """An act: when, what, by whom and why."""

    when: str
    title: str
    text: str
    icon_name: str = "it-clock"
    url: str = ""
