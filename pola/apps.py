"""The agile work plan (POLA)."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.audit_phrases import speak


class PolaConfig(AppConfig):
    name = "pola"
    verbose_name = _("Agile work")

    def ready(self) -> None:
        """Let each application that adds data or blocks to the document of a plan say so."""
        autodiscover_modules("snapshots", "blocks", "carriers")
        speak_of_agreements()


def speak_of_agreements() -> None:
    """Teach the trace the verbs of requests and agreements; none says why."""
    speak(
        {
            "interest.sent": _("Expression of interest sent"),
            "interest.withdrawn": _("Expression of interest taken back"),
            "interest.incomplete": _("Requirements of a request: something is missing"),
            "interest.checked": _("Requirements of a request checked"),
            "interest.granted": _("Request of agile work granted"),
            "interest.refused": _("Request of agile work refused"),
            "agreement.begun": _("Agreement begun"),
            "agreement.written": _("Text of an agreement written"),
            "agreement.offered": _("Agreement offered"),
            "agreement.given_back": _("Agreement given back"),
            "agreement.accepted": _("Agreement accepted by one side"),
            "agreement.concluded": _("Agreement concluded"),
            "agreement.evaluated": _("Agreement evaluated"),
            "agreement.suspended": _("Agreement suspended"),
            "agreement.withdrawn": _("Withdrawal from an agreement"),
            "agreement.expired": _("Agreement expired"),
            "agreement.moved": _("Agreement taken to another unit"),
            "exemption.granted": _("Exemption granted"),
        },
        fields={
            "days": _("days a week"),
            "missing": _("missing"),
            "criteria": _("criteria met"),
            "side": _("side"),
            "outcome": pgettext_lazy("evaluation", "outcome"),
        },
    )
