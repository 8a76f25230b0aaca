"""The words that the matrix says by itself, in the language of the reader."""

from __future__ import annotations

from django.utils.translation import gettext as _


def cascade_words() -> dict[str, str]:
    """What the page's script writes; names in braces are filled in there."""
    return {
        "addedOne": _("1 assignment added"),
        "added": _("{n} assignments added"),
        "removedOne": _("1 assignment taken away"),
        "removed": _("{n} assignments taken away"),
        "none": _("Nothing changed"),
        "enteOnly": _("only the ente"),
        "shown": _("{n} of {all}"),
        "noneShown": _("No indicator with these filters"),
        "restoredOne": _("1 box you had not saved is back. Check it, then save."),
        "restored": _("{n} boxes you had not saved are back. Check them, then save."),
        "abandonedOne": _("1 box as it was."),
        "abandoned": _("{n} boxes as they were."),
    }
