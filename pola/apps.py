"""The agile work plan (POLA)."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PolaConfig(AppConfig):
    name = "pola"
    verbose_name = _("Agile work")

    def ready(self) -> None:
        """Let each application that adds data or blocks to the document of a plan say so."""
        autodiscover_modules("snapshots", "blocks", "carriers", "published")
