"""The Chamber and the boxes of its organisation chart."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organization.enums import UnitKind
from organization.querysets import UnitQuerySet


class Institution(models.Model):
    """The body that runs this installation, one row: a Chamber of Commerce as it signs its acts.

    The IPA code is the one of the national index of public administrations.
    """

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=80)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postal_code = models.CharField(
        _("postal code"), max_length=5, blank=True, validators=[RegexValidator(r"^\d{5}$")]
    )
    city = models.CharField(_("city"), max_length=80, blank=True)
    province = models.CharField(_("province"), max_length=2, blank=True)
    ipa_code = models.CharField(_("IPA code"), max_length=20, blank=True)
    tax_code = models.CharField(_("tax code"), max_length=16, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    patron_day = models.CharField(
        _("patron saint"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^([1-9]|[12]\d|3[01])\.([1-9]|1[0-2])$")],
        help_text=_("Day and month on which the office is closed, for example 26.8."),
    )
    inail_position = models.CharField(
        _("INAIL position"),
        max_length=12,
        blank=True,
        help_text=_("Asked for by the list of agreements for the Ministry of Labour"),
    )
    inail_rate = models.CharField(_("INAIL rate item"), max_length=8, blank=True)
    logo = models.ImageField(_("logo"), upload_to="institution/", blank=True)

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institution")

    def __str__(self) -> str:
        return self.name

    @property
    def patron(self) -> tuple[int, int] | None:
        """Month and day of the patron saint, if one is kept."""
        if not self.patron_day:
            return None
        day, _point, month = self.patron_day.partition(".")
        return int(month), int(day)

    def clean(self) -> None:
        super().clean()
        try:
            datetime.date(2001, *(self.patron or (1, 1)))
        except ValueError:
            words = _("This is not a day of the calendar.")
            raise ValidationError({"patron_day": words}) from None
        if Institution.objects.exclude(pk=self.pk).exists():
            raise ValidationError(_("An installation serves one institution, already recorded."))


class Unit(models.Model):
    """A box of the organisation chart: Secretary General, area, service, office, special agency.

    A tree: only the Chamber itself stands at the root.
    """

    name = models.CharField(_("name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=40)
    code = models.CharField(
        _("code"), max_length=8, blank=True, help_text=_("Two or three letters")
    )
    slug = models.SlugField(_("address name"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    mission = models.TextField(_("what it does"), blank=True, max_length=1000)

    objects = UnitQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="%(app_label)s_%(class)s_not_part_of_itself",
                violation_error_message=_("A unit cannot be part of itself."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=False) | Q(kind=UnitKind.BODY),
                name="%(app_label)s_%(class)s_only_the_chamber_at_the_root",
                violation_error_message=_("Say which unit this one is part of."),
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="%(app_label)s_%(class)s_code_unique",
                violation_error_message=_("Another unit has this code."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organization:unit-detail", args=[self.slug])

    def clean(self) -> None:
        if self.pk and self.parent_id in Unit.objects.ids_under(self.pk):
            raise ValidationError({"parent": _("A unit cannot stand below one of its own parts.")})
