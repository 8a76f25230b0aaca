"""How a state of a day looks: sign, icon, tone. Colour always comes with the word."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from pola.enums import DayAct, DayState


@dataclass(frozen=True, slots=True)
class Look:
    """The tone of a cell, its letter in the calendar of a unit, its icon, its word."""

    tone: str
    letter: str
    icon_name: str
    word: str | Promise
    badge: str
    broken: str | Promise = ""

    @property
    def cell_word(self) -> str | Promise:
        """The word as it stands in a narrow cell: a long one says where it can be broken."""
        return self.broken or self.word


LOOKS = {
    DayState.APPROVED: Look(
        "agile", "A", "it-check-circle", pgettext_lazy("day in the calendar", "Agile"), "ok"
    ),
    DayState.ASKED: Look(
        "asked", "?", "it-clock", pgettext_lazy("day in the calendar", "Asked"), "info"
    ),
    DayState.PROPOSED: Look(
        "proposed",
        "P",
        "it-exchange-circle",
        pgettext_lazy("day in the calendar", "Proposed"),
        "caution",
    ),
    DayState.REVOKED: Look(
        "revoked", "R", "it-close-circle", pgettext_lazy("day in the calendar", "Revoked"), "error"
    ),
    DayState.RECALLED: Look(
        "revoked",
        "R",
        "it-close-circle",
        pgettext_lazy("day in the calendar", "Called back"),
        "error",
    ),
    DayState.REFUSED: Look(
        "refused",
        "N",
        "it-ban",
        pgettext_lazy("day in the calendar", "Not approved"),
        "neutral",
        # Translators: with a soft hyphen where a long word can be broken.
        pgettext_lazy("day in a narrow cell", "Not approved"),
    ),
}
DRAFT = Look(
    "draft", "", "it-pencil", pgettext_lazy("day in the calendar", "To be sent"), "neutral"
)
# Always explained; what else the month has is added.
USUAL = (
    LOOKS[DayState.APPROVED],
    LOOKS[DayState.ASKED],
    LOOKS[DayState.PROPOSED],
    LOOKS[DayState.REVOKED],
)


def legend_of(*, shown: Collection[Look | None], usual: Collection[Look] = USUAL) -> list[Look]:
    """The looks that a calendar explains: the usual ones, then the others that it shows."""
    return [*usual, *(look for look in LOOKS.values() if look in shown and look not in usual)]


# What is told in the calendar when no live day stands there.
TOLD = (DayState.REVOKED, DayState.RECALLED, DayState.REFUSED)

ICONS = {
    DayAct.ASKED: "it-plus-circle",
    DayAct.SUBMITTED: "it-upload",
    DayAct.RETURNED: "it-arrow-left-circle",
    DayAct.APPROVED: "it-check-circle",
    DayAct.REFUSED: "it-ban",
    DayAct.CANCELLED: "it-close",
    DayAct.REVOKED: "it-close-circle",
    DayAct.PROPOSED: "it-exchange-circle",
    DayAct.ACCEPTED: "it-check-circle",
    DayAct.DECLINED: "it-close",
    DayAct.RECALLED: "it-close-circle",
    DayAct.TAKEN: "it-close-circle",
}
