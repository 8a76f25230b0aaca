"""What was done by whom: it is never changed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organization.days import written
from organization.models.kept import Kept
from organization.querysets import AuditEventQuerySet


class AuditEvent(Kept):
    """One act done by somebody: proposed, adopted, recorded, returned...

    Append only and without foreign keys, so that it survives what it tells of. The only door is
    `organization.audit.record`; the database refuses changes and deletions.
    """

    at = models.DateTimeField(_("when"))
    actor_id = models.CharField(_("who, identifier"), max_length=40, blank=True)
    actor_label = models.CharField(_("who"), max_length=200)
    verb = models.CharField(_("what"), max_length=60)
    target_type = models.CharField(_("on what, type"), max_length=100)
    target_id = models.CharField(_("on what, identifier"), max_length=40)
    target_label = models.CharField(_("on what"), max_length=300)
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=2000)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="auditevent_target"),
            models.Index(fields=["-at"], name="auditevent_newest"),
        ]

    def __str__(self) -> str:
        day = timezone.localdate(self.at)
        return f"{written(day)} {self.actor_label}: {self.verb} {self.target_label}"

    @property
    def who(self) -> str:
        """The person as named on that day; what nobody did, the system did by itself."""
        return self.actor_label if self.actor_id else gettext("the system")
