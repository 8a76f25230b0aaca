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
                "plan.rolled_forward": _("Plan made of the one before"),
                "figures.sent": _("Figures sent"),
                "figures.corrected": _("Validated figures corrected"),
                "figures.taken_back": _("Figure taken back before validation"),
                "figures.validated": _("Figures validated"),
                "figures.returned": _("Figure returned"),
                "evidence.added": _("Proof added to a figure"),
                "evidence.removed": _("Proof taken away from a figure"),
                "period.added": _("Monitoring period added"),
                "period.changed": _("Monitoring period moved"),
                "period.removed": _("Monitoring period removed"),
                "period.opened": _("Monitoring period opened before its day"),
                "period.locked": _("Monitoring period locked"),
                "period.reopened": _("Monitoring period reopened"),
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
                "figures_at": _("Figures at"),
                "indicator": _("indicator"),
                "opens_on": _("Opens on"),
                "closes_on": _("Closes on"),
            },
        )
