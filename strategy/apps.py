"""The performance plan."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from organization.audit_phrases import speak


class StrategyConfig(AppConfig):
    name = "strategy"
    verbose_name = _("Plan")

    def ready(self) -> None:
        """Teach the trace the verbs of a plan."""
        speak(
            {
                "plan.consultation_opened": _("Consultation opened"),
                "plan.opinion_recorded": _("Opinion recorded"),
                "plan.proposed": _("Plan proposed"),
                "plan.sent_back": _("Proposal sent back"),
                "plan.adopted": _("Plan adopted"),
                "plan.published": _("Plan published"),
                "plan.update_opened": _("Update opened"),
                "plan.closed": _("Plan closed"),
                "section.written": _("Text of a section written"),
                "section.restored": _("Text of a section brought back"),
                "section.done": _("Section marked as done"),
                "section.reopened": _("Section opened again"),
                "section.added": _("Section added"),
                "section.renamed": _("Section renamed"),
                "section.moved": _("Section moved"),
                "section.removed": _("Section removed"),
                "block.placed": _("Generated block placed"),
                "block.changed": _("Generated block changed"),
                "block.moved": _("Generated block moved"),
                "block.removed": _("Generated block taken away"),
                "picture.added": _("Picture added to the document"),
                "targets.edited": _("Targets and results edited"),
                "row.added": _("Indicator put on a dashboard"),
                "bands.set": _("Limits of the bands set"),
                "plan.rolled_forward": _("Plan made of the one before"),
            },
            fields={
                "version": _("version"),
                "restored": _("Version brought back"),
                "done": _("done"),
                "number": _("number"),
                "title": _("title"),
                "slug": _("address name"),
                "position": _("position"),
                "level": _("level"),
                "section": _("section"),
                "kind": _("kind"),
                "argument": _("argument"),
                "caption": _("caption"),
                "alt": _("alternative text"),
                "sha256": _("SHA-256"),
                "dashboard": _("dashboard"),
                "continues": _("continues"),
                "rows": _("dashboard rows"),
                "targets": _("targets"),
                "left_out": _("Rows not carried"),
                "beyond_above": _("Beyond the target above"),
                "reached_from": _("Reached from"),
                "partly_reached_from": _("Partly reached from"),
            },
        )
