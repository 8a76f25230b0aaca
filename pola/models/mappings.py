"""How an activity was mapped, day by day: ten parameters and the grade they gave (5.2.2)."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organization.days import written
from pola.enums import Grade
from pola.mapping import HIGHEST, NAMES
from pola.models.activities import Activity
from pola.register_querysets import ActivityMappingQuerySet

IN_SCALE = reduce(and_, (Q(**{f"{name}__lte": HIGHEST}) for name in NAMES))


def _level(name: Any) -> Any:
    return models.PositiveSmallIntegerField(name, validators=[MaxValueValidator(HIGHEST)])


class ActivityMapping(models.Model):
    """The answers given for an activity on a day, and the grade they gave; never changed: a review
    is a new row, and the newest holds. Door: pola.operations.mappings.
    """

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="mappings", verbose_name=_("activity")
    )
    mapped_on = models.DateField(_("mapped on"))
    remote_part = _level(_("part that can be done remotely"))
    autonomy = _level(_("autonomy"))
    exchange = _level(_("exchange with colleagues"))
    it_decisions = _level(_("IT tools in communicating and deciding"))
    front_office = _level(_("front office"))
    standard = _level(_("standardisation"))
    urgency = _level(_("urgencies"))
    peaks = _level(_("peaks"))
    it_work = _level(_("IT tools in the work"))
    measures = _level(_("quantitative indicators"))
    grade = models.CharField(_("grade"), max_length=10, choices=Grade)
    note = models.TextField(_("note"), blank=True, max_length=1000)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by_label = models.CharField(_("recorded by"), max_length=200)

    objects = ActivityMappingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mapping of an activity")
        verbose_name_plural = _("mappings of the activities")
        ordering = ["activity", "-mapped_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "mapped_on"],
                name="%(app_label)s_%(class)s_once_a_day",
                violation_error_message=_("This activity was already mapped on that day."),
            ),
            models.CheckConstraint(
                condition=IN_SCALE,
                name="%(app_label)s_%(class)s_levels_0_to_3",
                violation_error_message=_("Each parameter has a level from 0 to 3."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}, {written(self.mapped_on)}"

    @property
    def levels(self) -> dict[str, int]:
        """The ten answers by parameter."""
        return {name: getattr(self, name) for name in NAMES}
