"""The performance plan."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
                "project.opened": _("Project sheets opened"),
                "project.changed": _("Project sheet changed"),
                "project.result_recorded": _("Result of a project recorded"),
                "activity.added": _("Activity added"),
                "activity.changed": _("Activity changed"),
                "activity.rescheduled": _("Dates of an activity changed"),
                "activity.moved": _("Activity moved"),
                "activity.removed": _("Activity removed"),
                "activity.result_recorded": _("Result of an activity recorded"),
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
                "responsible": _("who answers for it"),
                "purpose": _("purpose"),
                "sheets": _("sheets of the projects"),
                "notes": _("notes"),
                "name": _("name"),
                "target": _("target"),
                "weight": _("weight"),
                "result": pgettext_lazy("activity of a project", "result"),
                "results": pgettext_lazy("activity of a project", "results"),
                "measured_on": _("measured on"),
                "year": _("year"),
            },
        )
