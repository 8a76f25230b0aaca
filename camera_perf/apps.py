"""The wiring as an application: it holds the commands, the components and the system checks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from organization.audit_phrases import speak


class CameraPerfConfig(AppConfig):
    name = "camera_perf"
    verbose_name = _("Performance cycle")

    def ready(self) -> None:
        """Teach the trace the verb of a load."""
        speak({"plan.loaded": _("Plan loaded")})
