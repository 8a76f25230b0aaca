"""How the answer of the OIV looks, the same on every page: `{% load outcomes %}`."""

from __future__ import annotations

from django import template

from strategy.report_enums import ReportOutcome

register = template.Library()

TONES = {
    ReportOutcome.VALIDATED: "ok",
    ReportOutcome.WITH_REMARKS: "caution",
    ReportOutcome.NOT_VALIDATED: "error",
}


@register.filter
def outcome_tone(outcome: str) -> str:
    """The tone of the badge of an outcome."""
    return TONES[ReportOutcome(outcome)]
