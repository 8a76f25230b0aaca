"""The expression of interest of an employee, and why it has precedence (art. 3)."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organization.constraints import when_and_by_whom
from organization.models import Person, Unit
from pola.enums import InterestState, Place, PriorityKind, Purpose
from pola.models.activities import Activity
from pola.querysets import InterestQuerySet, PriorityGroundQuerySet


class Interest(models.Model):
    """An employee asks for agile work: activities, purposes, place, days, contact windows (art. 3).

    HR checks the requirements (`training_on`, `safety_on` are the facts entered), the deciding
    dirigente assesses the criteria a, b, c and grants or refuses with the reason. Of each person
    one is under way at a time (held by the database). Why it has precedence stands apart, in
    `PriorityGround`. Door: pola.operations.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="interests", verbose_name=_("person")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="interests", verbose_name=_("unit")
    )
    decider = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="interests_to_decide",
        verbose_name=_("decides"),
        help_text=_("The dirigente; the Secretary General for a dirigente (art. 6)"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=InterestState, default=InterestState.DRAFT
    )
    activities = models.ManyToManyField(
        Activity, blank=True, related_name="interests", verbose_name=_("activities")
    )
    other_activities = models.TextField(_("other activities"), max_length=1000, blank=True)
    purposes = models.JSONField(
        _("purposes"), default=list, blank=True, help_text=_("Letters of art. 1")
    )
    place = models.CharField(_("place"), max_length=10, choices=Place, default=Place.HOME)
    place_detail = models.CharField(_("address of the place"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    days_per_week = models.PositiveSmallIntegerField(
        _("days a week"), default=1, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    weekdays = models.JSONField(
        _("usual days"), default=list, blank=True, help_text=_("0 is Monday, 4 is Friday")
    )
    day_begins_at = models.TimeField(_("the day begins at"), default=datetime.time(8))
    day_ends_at = models.TimeField(_("the day ends at"), default=datetime.time(16, 30))
    morning_from = models.TimeField(_("reached in the morning from"), default=datetime.time(9))
    morning_to = models.TimeField(_("reached in the morning to"), default=datetime.time(12))
    afternoon_from = models.TimeField(
        _("reached in the afternoon from"), default=datetime.time(14, 30), null=True, blank=True
    )
    afternoon_to = models.TimeField(
        _("reached in the afternoon to"), default=datetime.time(15, 30), null=True, blank=True
    )
    own_equipment = models.BooleanField(
        _("with equipment of one's own"), default=False, help_text=_("Only if agreed (art. 9)")
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    sent_by_label = models.CharField(_("sent by"), max_length=200, blank=True)
    training_on = models.DateField(_("training done on"), null=True, blank=True)
    safety_on = models.DateField(_("safety notice received on"), null=True, blank=True)
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    checked_by_label = models.CharField(_("checked by"), max_length=200, blank=True)
    criterion_a = models.BooleanField(
        _("activities and needs of the service"), null=True, blank=True
    )
    criterion_b = models.BooleanField(_("equipment available"), null=True, blank=True)
    criterion_c = models.BooleanField(
        _("regular, continuous, efficient service"), null=True, blank=True
    )
    decision_reason = models.TextField(_("reason of the decision"), max_length=2000, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by_label = models.CharField(_("decided by"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    objects = InterestQuerySet.as_manager()
    # What was judged of the person stands in this row alone.
    history = HistoricalRecords(
        excluded_fields=["criterion_a", "criterion_b", "criterion_c", "decision_reason"]
    )

    class Meta:
        verbose_name = _("expression of interest")
        verbose_name_plural = _("expressions of interest")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=sorted(InterestState.open)),
                name="%(app_label)s_%(class)s_one_open_per_person",
                violation_error_message=_("This person already has a request under way."),
            ),
            models.CheckConstraint(
                condition=Q(days_per_week__range=(1, 5)),
                name="%(app_label)s_%(class)s_days_a_week_1_to_5",
                violation_error_message=_("A request asks from 1 to 5 days a week."),
            ),
            models.CheckConstraint(
                condition=Q(decider__isnull=True) | ~Q(decider=F("person")),
                name="%(app_label)s_%(class)s_decided_by_somebody_else",
                violation_error_message=_("Nobody decides his own request."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(decider__isnull=False, starts_on__isnull=False),
                name="%(app_label)s_%(class)s_sent_to_somebody",
                violation_error_message=_("A request sent says from when and who decides."),
            ),
            when_and_by_whom("sent", _("A sending says when and by whom.")),
            when_and_by_whom("checked", _("A check says when and by whom.")),
            when_and_by_whom("decided", _("A decision says when and by whom.")),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(decision_reason=""),
                name="%(app_label)s_%(class)s_refused_with_a_reason",
                violation_error_message=_("Art. 3: a refusal says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.unit.short_name}"

    def get_absolute_url(self) -> str:
        return reverse("pola:interest-detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Written, sent or checked: not decided yet."""
        return self.state in InterestState.open

    @property
    def purpose_words(self) -> list[str]:
        """The purposes chosen, each with its letter."""
        words = {one.value: one.label for one in Purpose}
        return [f"{letter}) {words[letter]}" for letter in sorted(self.purposes)]

    def clean(self) -> None:
        if not isinstance(self.weekdays, list) or any(d not in range(5) for d in self.weekdays):
            raise ValidationError({"weekdays": _("The usual days go from Monday to Friday.")})
        if not isinstance(self.purposes, list) or not set(self.purposes) <= set(Purpose.values):
            raise ValidationError({"purposes": _("The purposes are the letters a to f of art. 1.")})


class PriorityGround(models.Model):
    """Why a request has precedence (art. 3): special-category data.

    `visible_to` shows the row to HR, to who decides today and to the person alone; it has no
    history and no words of it enter the register, an export or a message.
    """

    interest = models.ForeignKey(
        Interest, on_delete=models.CASCADE, related_name="grounds", verbose_name=_("request")
    )
    kind = models.CharField(_("ground"), max_length=20, choices=PriorityKind)
    leave_ended_on = models.DateField(
        _("maternity leave ended on"),
        null=True,
        blank=True,
        help_text=_("Precedence for three years from that day"),
    )
    note = models.TextField(_("reserved note"), max_length=1000, blank=True)

    objects = PriorityGroundQuerySet.as_manager()

    class Meta:
        verbose_name = _("reserved ground")
        verbose_name_plural = _("reserved grounds")
        ordering = ["interest", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["interest", "kind"],
                name="%(app_label)s_%(class)s_once_per_request",
                violation_error_message=_("This ground is already there."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="maternity") | Q(leave_ended_on__isnull=False),
                name="%(app_label)s_%(class)s_leave_with_its_end",
                violation_error_message=_("Say on which day the leave ended."),
            ),
        ]

    def __str__(self) -> str:
        # Read wherever the row is named: never the ground itself.
        return f"{self.interest.person}"
