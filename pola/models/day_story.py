"""What happened to a day, who was told, where calendars are read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.constraints import when_and_by_whom
from organization.models import Person, Unit
from pola.day_querysets import CalendarFeedQuerySet, DayEventQuerySet, DayNoticeQuerySet
from pola.enums import DayAct
from pola.models.days import AgileDay


class DayEvent(models.Model):
    """An entry of the story of a day: what, when, by whom, on behalf of whom, and why.

    Written by `pola.operations` together with the act, never changed.
    """

    day = models.ForeignKey(
        AgileDay,
        on_delete=models.CASCADE,
        related_name="events",
        verbose_name=pgettext_lazy("agile work", "day"),
    )
    act = models.CharField(_("what"), max_length=10, choices=DayAct)
    at = models.DateTimeField(_("when"))
    by_label = models.CharField(_("who"), max_length=200)
    acted_for_label = models.CharField(_("on behalf of"), max_length=200, blank=True)
    note = models.TextField(_("note"), max_length=500, blank=True)

    objects = DayEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the story of a day")
        verbose_name_plural = _("entries of the story of a day")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()}, {self.by_label}"


class CalendarFeed(models.Model):
    """A secret address at which the own days, or those of a unit, are read as a calendar.

    Whoever has the address reads it without signing in: it is revoked and made anew at will. The
    one of a unit answers as long as its owner leads it. Door: pola.operations.
    """

    owner = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="calendar_feeds", verbose_name=_("owner")
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="calendar_feeds",
        verbose_name=_("unit"),
    )
    token = models.CharField(_("secret"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"))
    made_by_label = models.CharField(_("made by"), max_length=200)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by_label = models.CharField(_("revoked by"), max_length=200, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner"],
                condition=Q(revoked_at__isnull=True, unit__isnull=True),
                name="%(app_label)s_%(class)s_one_running_of_ones_own",
                violation_error_message=_("This calendar already has an address."),
            ),
            models.UniqueConstraint(
                fields=["owner", "unit"],
                condition=Q(revoked_at__isnull=True, unit__isnull=False),
                name="%(app_label)s_%(class)s_one_running_per_owner_and_unit",
                violation_error_message=_("This calendar already has an address."),
            ),
            when_and_by_whom("revoked", _("A revocation says when and by whom.")),
        ]

    def __str__(self) -> str:
        return str(self.unit or self.owner)


class DayNotice(models.Model):
    """A message to a person about days: approved, revoked, returned, with them as a calendar.

    Written together with the act; sent at once, or when the hours of rest are over (art. 5).
    """

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="day_notices", verbose_name=_("sent to")
    )
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), max_length=4000)
    days = models.ManyToManyField(AgileDay, related_name="notices", verbose_name=_("days"))
    queued_at = models.DateTimeField(_("written at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = DayNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("message about days")
        verbose_name_plural = _("messages about days")
        ordering = ["-queued_at", "-pk"]

    def __str__(self) -> str:
        return str(self.person)
