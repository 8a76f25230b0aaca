"""States of requests, agreements and texts on a page: `{% load agreements %}`."""

from __future__ import annotations

from typing import Any

from django import template

from pola.enums import AgreementState, InterestState, VersionState

register = template.Library()

INTEREST_TONES = {
    InterestState.SENT: "info",
    InterestState.CHECKED: "info",
    InterestState.GRANTED: "ok",
    InterestState.REFUSED: "error",
}
AGREEMENT_TONES = {
    AgreementState.OFFERED: "caution",
    AgreementState.RUNNING: "ok",
    AgreementState.WITHDRAWN: "error",
}
VERSION_TONES = {VersionState.OFFERED: "caution", VersionState.IN_FORCE: "ok"}
TONES: dict[str, dict[Any, str]] = {
    "interest": INTEREST_TONES,
    "agreement": AGREEMENT_TONES,
    "agreementversion": VERSION_TONES,
}


@register.inclusion_tag("components/badge.html")
def state_badge(row: Any) -> dict[str, Any]:
    """The state of a request, of an agreement or of a text: a word, with a sign where it judges."""
    tones: dict[Any, str] = TONES[row._meta.model_name]
    tone = tones.get(row.state, "neutral")
    icons = {
        "info": "it-info-circle",
        "ok": "it-check-circle",
        "caution": "it-warning-circle",
        "error": "it-close-circle",
    }
    return {
        "label": getattr(row, "state_words", None) or row.get_state_display(),
        "tone": tone,
        "icon_name": icons.get(tone, ""),
    }
