"""The words that the page of the figures says by itself, in the language of the reader."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strategy.monitoring_enums import EntryState
from strategy.operations.recording_rows import Outcome


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
        "returnedOne": _("1 returned"),
        "returned": _("{n} returned"),
        "wrong": _("{n} to be corrected"),
        "incomplete": _("{n} to complete"),
        "blank": _("{n} to fill in"),
        "conflict": _("Changed by {who} at {when} while you were writing: “{text}”."),
        "keep": _("Keep mine"),
        "unkept": _("“{name}” is not saved. {why}"),
        "unkeptMany": _("{n} rows are not saved: each of them says why."),
        "choose": _("A row is not saved: choose which figure stays."),
        "take": _("Take “{text}”"),
        "pastedOne": _("1 row filled."),
        "pasted": _("{n} rows filled."),
        "pastedOutsideOne": _("1 more fell outside and was left out."),
        "pastedOutside": _("{n} more fell outside and were left out."),
    }


def saved_words(done: Sequence[Outcome], *, is_partial: bool) -> tuple[int, str]:
    """What was done with the rows that were kept, and what is left in them, in one message with its
    level; `is_partial` when others were not kept."""
    sent = sum(one.is_sent for one in done)
    wrong = sum(one.state == EntryState.WRONG for one in done)
    unfinished = sum(one.state == EntryState.INCOMPLETE for one in done)
    held = sum(one.is_held for one in done)
    told = [_("The other rows are saved.") if is_partial else _("The draft is saved.")]
    if sent:
        words = ngettext("%(count)s figure sent.", "%(count)s figures sent.", sent)
        told = [words % {"count": sent}]
    if wrong:
        words = ngettext(
            "%(count)s figure is to be corrected.", "%(count)s figures are to be corrected.", wrong
        )
        told.append(words % {"count": wrong})
    if unfinished:
        words = ngettext(
            "%(count)s figure is to be completed.",
            "%(count)s figures are to be completed.",
            unfinished,
        )
        told.append(words % {"count": unfinished})
    if held:
        words = ngettext(
            "%(count)s returned figure was not sent: change it, or send it alone.",
            "%(count)s returned figures were not sent: change them, or send each alone.",
            held,
        )
        told.append(words % {"count": held})
    level = messages.WARNING if wrong or unfinished or held else messages.SUCCESS
    return level, " ".join(told)


def pasted_words(filled: int, outside: int) -> str:
    """How many rows a pasted column filled, and how many of its lines no row took."""
    rows = ngettext("%(n)s row filled.", "%(n)s rows filled.", filled) % {"n": filled}
    left = ngettext(
        "%(n)s more line fell outside the rows and was left out.",
        "%(n)s more lines fell outside the rows and were left out.",
        outside,
    )
    return f"{rows} {left % {'n': outside}}"
