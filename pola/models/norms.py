"""What an act fixed for agile work, and from which day."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from pola.enums import NormKey
from pola.norms import range_missed, read_norm
from pola.querysets import NormQuerySet

OUT_OF_RANGE = _("It goes from %(least)s to %(most)s.")


class Norm(models.Model):
    """The value of one rule of the guidelines from a day on (Allegato 1): number, hour, day.

    The latest begun holds; what was decided before keeps the one of its day.
    """

    key = models.CharField(_("rule"), max_length=24, choices=NormKey)
    printed = models.CharField(
        _("value"), max_length=20, help_text=_("For example 3, 60%, 31.1.2022, 19.30, si")
    )
    starts_on = models.DateField(_("in force from"))
    act = models.CharField(
        _("act"), max_length=160, help_text=_("For example Delibera di Giunta n. 2 del 25.1.2021")
    )

    objects = NormQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("value of a rule")
        verbose_name_plural = _("values of the rules")
        ordering = ["key", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "starts_on"],
                name="%(app_label)s_%(class)s_one_value_per_rule_and_day",
                violation_error_message=_("This rule already has a value from that day on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()}: {self.printed}"

    @property
    def reference(self) -> str:
        """The article that fixes it, as it is quoted."""
        return NormKey(self.key).reference

    def clean(self) -> None:
        try:
            value = read_norm(self.key, self.printed)
        except (ValueError, KeyError):
            words = _("This value is not read. Write for example 3, 60%, 31.1.2022, 19.30 or si.")
            raise ValidationError({"printed": words}) from None
        if missed := range_missed(self.key, value):
            ends = {"least": missed[0], "most": missed[1]}
            raise ValidationError({"printed": OUT_OF_RANGE % ends})
