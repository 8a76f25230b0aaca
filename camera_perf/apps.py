"""The wiring as an application: it holds the commands, the components and the system checks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CameraPerfConfig(AppConfig):
    name = "camera_perf"
    verbose_name = _("Performance cycle")
