"""The agile work plan (POLA)."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from organization.audit_phrases import speak

MONITORING_ACTS = {
    "sheet.sent": _("Activity sheet sent"),
    "sheet.evaluated": _("Activity sheet evaluated"),
    "sheet.returned": _("Activity sheet given back"),
    "figure.accepted": _("Computed figure taken as a result"),
    "figure.declined": _("Computed figure declined"),
}


class PolaConfig(AppConfig):
    name = "pola"
    verbose_name = _("Agile work")

    def ready(self) -> None:
        """Let each application that adds data or blocks to the document of a plan say so."""
        autodiscover_modules("snapshots", "blocks", "carriers", "published")
        speak(MONITORING_ACTS)
