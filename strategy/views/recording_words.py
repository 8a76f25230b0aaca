"""The words that the page of the figures says by itself, in the language of the reader."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def recording_words() -> dict[str, str]:
    """What the page's script writes; names in braces are filled in there."""
    return {
        "saved": _("Draft saved at {at}"),
        "saving": _("Saving…"),
        "offline": _("Not saved: the server does not answer. What you wrote stays here."),
        "session": _(
            "Your session ended while you were writing. The text is safe: sign in and come back."
        ),
        "stale": _("Not saved: your right to enter these figures has ended."),
        "sendOne": ngettext("Send the one that is ready", "Send the %(n)s that are ready", 1),
        "sendMany": _("Send the {n} that are ready"),
        "send": _("Send"),
        "readyOne": _("1 ready"),
        "ready": _("{n} ready"),
        "wrong": _("{n} to be corrected"),
        "incomplete": _("{n} to complete"),
        "blank": _("{n} to fill in"),
        "conflict": _("Changed by {who} at {when} while you were writing: “{text}”."),
        "keep": _("Keep mine"),
        "choose": _("A row is not saved: choose which figure stays."),
        "take": _("Take “{text}”"),
        "pastedOne": _("1 row filled."),
        "pasted": _("{n} rows filled."),
        "pastedOutside": _("{n} more fell outside and were left out."),
    }
