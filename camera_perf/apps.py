"""The wiring as an application: it holds the commands, the components and the system checks."""

from importlib import import_module

from axes.apps import AppConfig as AxesConfig
from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from organization.audit_phrases import speak


class CameraPerfConfig(AppConfig):
    default = True
    name = "camera_perf"
    verbose_name = _("Performance cycle")

    def ready(self) -> None:
        """Teach the trace the verb of a load; register the checks."""
        import_module("camera_perf.checks")
        speak({"plan.loaded": _("Plan loaded")})


class AdministrationConfig(AdminConfig):
    """The administration, on a site of ours."""

    default_site = "camera_perf.administration.Administration"


class SignInsConfig(AxesConfig):
    """django-axes under a name of ours: what it counts are attempts to sign in."""

    verbose_name = _("Sign-ins")


# Words of django-axes in the administration; it has no Italian of its own, the catalogue lends it.
AXES_WORDS = (
    gettext_noop("access attempt"),
    gettext_noop("access attempts"),
    gettext_noop("access failure"),
    gettext_noop("access failures"),
    gettext_noop("access log"),
    gettext_noop("access logs"),
    gettext_noop("Access lock out"),
    gettext_noop("Attempt Remaining"),
    gettext_noop("Attempt Time"),
    gettext_noop("Clean up expired attempts"),
    gettext_noop("Expires At"),
    gettext_noop("Failed Logins"),
    gettext_noop("Form Data"),
    gettext_noop("GET Data"),
    gettext_noop("HTTP Accept"),
    gettext_noop("IP Address"),
    gettext_noop("Locked Out"),
    gettext_noop("Logout Time"),
    gettext_noop("Meta Data"),
    gettext_noop("Not set"),
    gettext_noop("POST Data"),
    gettext_noop("Path"),
    gettext_noop("Session key hash (sha256)"),
    gettext_noop("User Agent"),
    gettext_noop("Username"),
)
