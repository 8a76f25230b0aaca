"""The performance plan."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from organization.audit_phrases import speak


class StrategyConfig(AppConfig):
    name = "strategy"
    verbose_name = _("Plan")

    def ready(self) -> None:
        """Teach the trace the verbs of a plan."""
        speak({"plan.adopted": _("Plan adopted"), "plan.published": _("Plan published")})
