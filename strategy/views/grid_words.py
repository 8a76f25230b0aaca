"""The words that the grid says by itself, in the language of the reader."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def grid_words() -> dict[str, str]:
    """What the page's script writes; names in braces are filled in there."""
    return {
        "was": _("was {text}"),
        "wasEmpty": _("was empty"),
        "empty": _("not filled in"),
        "changed": pgettext("cell", "changed"),
        "reads": _("Reads as {reading}."),
        "saved": _("Saved: {text}."),
        "nothing": pgettext("cell", "nothing"),
        "last": _("Result {year}: {text}."),
        "notation": _("to be corrected"),
        "conflict": _("in conflict"),
        "reason": _("without its reason"),
        "closed": _("not open for changes"),
        "keep": _("Keep {text}"),
        "take": _("Take {text}"),
        "blank": _("the empty cell"),
        "author": _("{who}, {when}."),
        "changedOne": _("1 cell changed"),
        "changedMany": _("{n} cells changed"),
        "saveOne": _("Save 1 cell"),
        "saveMany": _("Save {n} cells"),
        "save": _("Save"),
        "range": _("{rows} × {columns} cells chosen"),
        "pastedOne": _("1 cell pasted."),
        "pasted": _("{n} cells pasted."),
        "pastedOutside": _("{n} more fell outside the open cells and were left out."),
        "filledOne": _("1 cell filled."),
        "filled": _("{n} cells filled."),
        "undone": _("Undone."),
        "redone": _("Done again."),
        "noUndo": _("Nothing to undo."),
        "noRedo": _("Nothing to do again."),
        "restoredOne": _("1 cell you had not saved is back. Check it, then save."),
        "restored": _("{n} cells you had not saved are back. Check them, then save."),
        "abandonedOne": _("1 cell as it was. Undo brings your text back."),
        "abandoned": _("{n} cells as they were. Undo brings your texts back."),
        "nothingToSave": _("Nothing to save: every cell is as it was."),
        "saving": _("Saving…"),
        "sessionEnded": _("Your session ended while you were writing. What you wrote is kept."),
        "signIn": _("Log in and go on"),
        "stale": _("This page is too old to save. What you wrote is kept."),
        "reload": _("Reload the page"),
        "notOpen": _("The plan is not open for changes any more. What you wrote is kept here."),
        "offline": _("The server does not answer. What you wrote is kept: try again."),
        "tooMany": _("More cells than can be saved at once: save a part first."),
    }
