"""How sure is a mean? Rows measured out of those that should be, and what was decided of others."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Covered(Protocol):
    """A mean that knows its rows. See also: indicators.aggregation.Aggregate."""

    @property
    def measured(self) -> int:
        """Rows measured."""

    @property
    def total(self) -> int:
        """Rows that should be."""

    @property
    def zeroed(self) -> int:
        """Rows measured only because they count zero."""

    @property
    def excluded(self) -> int:
        """Rows left out with a reason approved."""


class Standing(Covered, Protocol):
    """A mean that knows whether it may still change."""

    @property
    def is_provisional(self) -> bool:
        """A row is not measured, or was before the end of the year."""


def standing_words(found: Standing) -> str:
    """How sure a mean is: its coverage, and that it is provisional while it is."""
    words = coverage_words(found)
    return ", ".join((words, _("provisional"))) if found.is_provisional else words


def coverage_words(found: Covered) -> str:
    """Measured k of n, of which z at zero, x excluded."""
    said = [
        _("measured %(measured)s of %(total)s") % {"measured": found.measured, "total": found.total}
    ]
    if found.zeroed:
        said.append(_("of which %(count)s at zero") % {"count": found.zeroed})
    if found.excluded:
        words = ngettext("%(count)s excluded", "%(count)s excluded", found.excluded)
        said.append(words % {"count": found.excluded})
    return ", ".join(said)
