"""The agile work plan (POLA)."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from organization.audit_phrases import speak

DAY_PHRASES = {
    "days.asked": _("Days of agile work asked"),
    "days.cancelled": _("Days of agile work given up"),
    "month.submitted": _("Month of agile work submitted"),
    "month.approved": _("Month of agile work approved"),
    "month.returned": _("Month of agile work returned"),
    "day.revoked": _("Day of agile work revoked"),
    "day.proposed": _("Another day proposed"),
    "day.accepted": _("Day proposed accepted"),
    "day.declined": _("Day proposed declined"),
    "day.recalled": _("Person called back to the office"),
    "office.closed": _("Closure of the office recorded"),
    "office.reopened": _("Closure of the office taken back"),
    "absence.recorded": _("Absence recorded"),
    "absence.removed": _("Absence taken back"),
    "calendar.made": _("Address of a calendar made"),
    "calendar.revoked": _("Address of a calendar revoked"),
}


class PolaConfig(AppConfig):
    name = "pola"
    verbose_name = _("Agile work")

    def ready(self) -> None:
        """Let each application that adds data or blocks to the document of a plan say so."""
        autodiscover_modules("snapshots", "blocks", "carriers", "day_rules")
        speak(DAY_PHRASES, fields={"days": _("Days"), "acted_for": _("On behalf of")})
