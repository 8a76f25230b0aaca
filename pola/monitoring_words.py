"""The words of the register for the monitoring of agile work."""

from django.utils.translation import gettext_lazy as _

from organization.audit_phrases import speak

speak(
    {
        "sheet.sent": _("Activity sheet sent"),
        "sheet.evaluated": _("Activity sheet evaluated"),
        "sheet.returned": _("Activity sheet given back"),
        "figure.accepted": _("Computed figure taken as a result"),
        "figure.declined": _("Computed figure declined"),
    }
)
