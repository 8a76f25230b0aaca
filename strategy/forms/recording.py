"""What a sheet of figures sends: the rows of its form, or of its script, as changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from strategy.entries import FIELDS, MAX_TEXT, Answer
from strategy.evidence import Received, received
from strategy.operations.recording_rows import RecordingChange

SEEN = re.compile(r"seen-([1-9][0-9]{0,17})", re.ASCII)
DRAFT, SEND, PASTE, REMOVE = "draft", "send", "paste", "remove-"
MAX_ROWS = 500


class PayloadError(ValueError):
    """What was sent is not a list of rows."""


class ReasonForm(forms.Form):
    """Why a figure is returned."""

    reason = forms.CharField(label=_("Reason"), max_length=MAX_TEXT)


def rows_of(data: Mapping[str, str]) -> list[int]:
    """The indicators whose rows a form holds."""
    matches = (SEEN.fullmatch(name) for name in data)
    return [int(match[1]) for match in matches if match]


def changes_from_form(
    data: Mapping[str, str],
    files: MultiValueDict[str, Any],
    *,
    filled: Mapping[int, Mapping[str, str]] | None = None,
) -> list[RecordingChange]:
    """The rows of the form; `filled` are fields that a pasted column writes over.

    `act` says which are sent: `send` all of them, `send-12` one, anything else none; and which
    proof is about to be taken away: `remove-12`.
    """
    act = data.get("act", DRAFT)
    removed = act.removeprefix(REMOVE) if act.startswith(REMOVE) else ""
    changes = []
    for pk in rows_of(data):
        typed = {name: data.get(f"{name}-{pk}", "") for name in FIELDS}
        kept, refused = _received(files.getlist(f"files-{pk}"))
        changes.append(
            RecordingChange(
                indicator_id=pk,
                answer=Answer(**typed | dict((filled or {}).get(pk, {}))),
                seen=data.get(f"seen-{pk}", ""),
                submit=act in (SEND, f"{SEND}-{pk}"),
                is_alone=act == f"{SEND}-{pk}",
                correction=data.get(f"correction-{pk}"),
                files=kept,
                refused_files=refused,
                without=int(removed) if removed.isdecimal() and len(removed) < 18 else None,
            )
        )
    return changes


def _received(files: Iterable[Any]) -> tuple[tuple[Received, ...], tuple[str, ...]]:
    kept, refused = [], []
    for file in files:
        try:
            kept.append(received(file))
        except ValidationError as error:
            refused.append(f"{file.name}: {' '.join(error.messages)}")
    return tuple(kept), tuple(refused)


def changes_from_script(payload: Any) -> list[RecordingChange]:
    """The rows that the page sends while they are written: `{"rows": [{"id", "seen", ...}]}`."""
    rows = payload.get("rows") if isinstance(payload, Mapping) else None
    if not isinstance(rows, list) or not 0 < len(rows) <= MAX_ROWS:
        raise PayloadError("rows")
    changes = [_change(row) for row in rows]
    if len({change.indicator_id for change in changes}) < len(changes):
        raise PayloadError("id")
    return changes


def _change(row: Any) -> RecordingChange:
    if not isinstance(row, Mapping):
        raise PayloadError("row")
    pk, correction = row.get("id"), row.get("correction")
    texts = {name: row.get(name, "") for name in (*FIELDS, "seen")}
    if not isinstance(pk, int) or isinstance(pk, bool) or not 0 < pk < 10**18:
        raise PayloadError("id")
    texts_hold = all(isinstance(text, str) for text in texts.values())
    if not texts_hold or not isinstance(correction, str | None):
        raise PayloadError("text")
    seen = texts.pop("seen")
    return RecordingChange(
        indicator_id=pk, answer=Answer(**texts), seen=seen, correction=correction
    )
