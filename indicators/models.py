"""What is measured, what is expected year by year, and what came out."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators.enums import Availability, Comparator, MeasurementArea, Polarity, TargetKind
from indicators.querysets import ActualQuerySet, IndicatorQuerySet, TargetQuerySet
from indicators.values import NotationError, Value, read
from organization.models import Unit

NUMERIC_KINDS = [TargetKind.NUMBER, TargetKind.PERCENT, TargetKind.MONEY]


class Source(models.Model):
    """Where a figure is read (Fonte del dato): an archive, an application, a survey."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("source of the figure")
        verbose_name_plural = _("sources of the figures")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.name,)


class Indicator(models.Model):
    """What is measured. One row however many dashboards show it: its result is entered once.

    `numerator` and `denominator` say in words what a ratio divides; with `is_share` the first is a
    part of the second and never exceeds it. `supplier` is the unit that supplies the figure;
    `measurement_area` is the letter of art. 8 D.Lgs. 150/2009.
    """

    name = models.CharField(_("name"), max_length=500)
    definition = models.TextField(_("definition"), blank=True, max_length=4000)
    numerator = models.CharField(_("numerator"), max_length=400, blank=True)
    denominator = models.CharField(_("denominator"), max_length=400, blank=True)
    is_share = models.BooleanField(
        _("the numerator is part of the denominator"),
        default=False,
        help_text=_("Then a numerator larger than its denominator is refused."),
    )
    unit_of_measure = models.CharField(_("unit of measure"), max_length=60, blank=True)
    is_project = models.BooleanField(_("measures a project"), default=False)
    measurement_area = models.CharField(
        _("area of art. 8"), max_length=1, choices=MeasurementArea, blank=True
    )
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("source of the figure"),
    )
    supplier = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supplied_indicators",
        verbose_name=_("unit that supplies the figure"),
    )
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    objects = IndicatorQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(denominator="") | ~Q(numerator=""),
                name="%(app_label)s_%(class)s_denominator_needs_numerator",
                violation_error_message=_("A ratio with a denominator needs its numerator."),
            ),
            models.CheckConstraint(
                condition=Q(is_share=False) | ~Q(denominator=""),
                name="%(app_label)s_%(class)s_share_of_a_denominator",
                violation_error_message=_("Only a ratio is a share of something."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="%(app_label)s_%(class)s_has_a_name",
                violation_error_message=_("An indicator needs a name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_ratio(self) -> bool:
        """Measured by dividing one count by another."""
        return bool(self.denominator)


class PrintedValue(models.Model):
    """A cell of the plan: the text as printed, beside the value it means.

    `printed` is never rewritten; the typed columns are what `indicators.values.read` made of it.
    Amounts: number of things, percent points, euro, days or working hours according to `kind` and
    to the indicator's unit of measure.
    """

    printed = models.CharField(_("as printed"), max_length=80, blank=True)
    availability = models.CharField(
        _("availability"), max_length=16, choices=Availability, default=Availability.NOT_FILLED
    )
    kind = models.CharField(_("kind"), max_length=12, choices=TargetKind, blank=True)
    comparator = models.CharField(_("comparison"), max_length=12, choices=Comparator, blank=True)
    number = models.DecimalField(
        _("number"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    number_to = models.DecimalField(
        _("number, upper end"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    day = models.DateField(_("date"), null=True, blank=True)
    is_yes = models.BooleanField(_("yes"), null=True, blank=True)
    head_count = models.PositiveIntegerField(_("people"), null=True, blank=True)

    class Meta:
        abstract = True

    def take(self, value: Value) -> None:
        """Set text and typed columns from a value that was read."""
        self.printed = value.printed
        self.availability = value.availability
        self.kind = value.kind or ""
        self.comparator = value.comparator or ""
        self.number = value.number
        self.number_to = value.number_to
        self.day = value.day
        self.is_yes = value.is_yes
        self.head_count = value.head_count

    def clean(self) -> None:
        """The typed columns say what the text says, and nothing else."""
        super().clean()
        try:
            self.take(read(self.printed))
        except NotationError as error:
            raise ValidationError({"printed": str(error)}) from error

    @property
    def is_stated(self) -> bool:
        """Carries a value."""
        return self.availability == Availability.STATED


def typed_columns_match(prefix: str = "") -> Q:
    """The database's half of `PrintedValue.clean`: each kind fills its own columns only."""
    empty = Q(number__isnull=True, number_to__isnull=True, day__isnull=True, is_yes__isnull=True)
    unstated = ~Q(availability=Availability.STATED) & Q(kind="") & empty
    stated = Q(availability=Availability.STATED)
    numeric = stated & Q(
        kind__in=NUMERIC_KINDS,
        number__isnull=False,
        number_to__isnull=True,
        day__isnull=True,
        is_yes__isnull=True,
    )
    span = stated & Q(
        kind=TargetKind.RANGE,
        number__isnull=False,
        number_to__isnull=False,
        number_to__gte=F("number"),
        day__isnull=True,
        is_yes__isnull=True,
    )
    date = stated & Q(
        kind=TargetKind.DATE,
        number__isnull=True,
        number_to__isnull=True,
        day__isnull=False,
        is_yes__isnull=True,
    )
    yes_no = stated & Q(
        kind=TargetKind.YES_NO,
        number__isnull=True,
        number_to__isnull=True,
        day__isnull=True,
        is_yes__isnull=False,
    )
    words = stated & Q(kind=TargetKind.TEXT) & empty
    return unstated | numeric | span | date | yes_no | words


class Target(PrintedValue):
    """What is expected of an indicator in one year: the indicator-year of a plan.

    `cycle` is the first year of the triennium whose plan sets it, so that two plans may expect
    different things of the same year. Kind, polarity and *monitoraggio* belong here, not to the
    indicator, because they change from year to year. Changed through `strategy.operations`.
    """

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="targets", verbose_name=_("indicator")
    )
    cycle = models.PositiveSmallIntegerField(
        _("first year of the plan"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    polarity = models.CharField(_("polarity"), max_length=8, choices=Polarity, blank=True)
    is_polarity_confirmed = models.BooleanField(_("polarity confirmed"), default=False)
    tolerance_days = models.PositiveSmallIntegerField(
        _("tolerance in days"), default=0, validators=[MaxValueValidator(366)]
    )
    reason = models.TextField(_("reason of the target"), blank=True, max_length=2000)

    objects = TargetQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["indicator", "cycle", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "cycle", "year"],
                name="%(app_label)s_%(class)s_once_per_indicator_plan_and_year",
                violation_error_message=_("This indicator already has a target for this year."),
            ),
            models.CheckConstraint(
                condition=typed_columns_match(),
                name="%(app_label)s_%(class)s_typed_columns_match_kind",
                violation_error_message=_("The value does not match its kind."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=F("cycle") - 1) & Q(year__lte=F("cycle") + 2),
                name="%(app_label)s_%(class)s_year_within_the_plan",
                violation_error_message=_(
                    "A plan sets targets for its three years and keeps the year before."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}, {self.year}: {self.printed}"

    @property
    def is_weighted(self) -> bool:
        """Counts in the averages: stated and measurable (section 3.2, monitoring never counts)."""
        return self.is_stated and self.kind != TargetKind.TEXT


class Actual(PrintedValue):
    """What came out (consuntivo) of an indicator in one year, at a date.

    A correction is a new row that supersedes the old one, which stays. For a ratio the two counts
    are kept, so that sums of ratios can be exact; a zero denominator gives n.d.
    """

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="actuals", verbose_name=_("indicator")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    measured_on = models.DateField(_("measured on"))
    numerator_value = models.DecimalField(
        _("numerator"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    denominator_value = models.DecimalField(
        _("denominator"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    note = models.TextField(_("note"), blank=True, max_length=4000)
    is_current = models.BooleanField(_("current"), default=True)
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("corrects"),
    )

    objects = ActualQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["indicator", "year", "measured_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year", "measured_on"],
                condition=Q(is_current=True),
                name="%(app_label)s_%(class)s_one_current_per_indicator_and_day",
                violation_error_message=_("This indicator already has a result at this date."),
            ),
            models.CheckConstraint(
                condition=typed_columns_match(),
                name="%(app_label)s_%(class)s_typed_columns_match_kind",
                violation_error_message=_("The value does not match its kind."),
            ),
            models.CheckConstraint(
                condition=Q(numerator_value__isnull=True, denominator_value__isnull=True)
                | Q(numerator_value__isnull=False, denominator_value__isnull=False),
                name="%(app_label)s_%(class)s_numerator_and_denominator_together",
                violation_error_message=_("Numerator and denominator go together."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}, {self.year}: {self.printed}"

    def clean(self) -> None:
        super().clean()
        if self.denominator_value == Decimal(0) and self.is_stated:
            raise ValidationError({"printed": _("With a zero denominator the result is n.d.")})

    def counts_give(self, value: Value) -> bool:
        """The two counts of the ratio, divided, are this value as far as it is written: 43 of 72
        give 59,72%, 59,7% and 60%. A zero denominator gives n.d. and nothing else."""
        if self.numerator_value is None or self.denominator_value is None:
            return False
        if not self.denominator_value:
            return value.availability == Availability.NOT_AVAILABLE
        if value.number is None or value.kind not in NUMERIC_KINDS or value.comparator:
            return False
        if value.head_count not in (None, self.numerator_value):
            return False
        scale = 100 if value.kind == TargetKind.PERCENT else 1
        quotient = self.numerator_value * scale / self.denominator_value
        return quotient.quantize(value.number, ROUND_HALF_UP) == value.number


def printed_of(cell: PrintedValue | None) -> str:
    """The text of a cell; empty where the plan has no such cell."""
    return cell.printed if cell is not None else ""


def as_typed(cell: PrintedValue) -> dict[str, Any]:
    """The typed columns of a cell as plain data, for snapshots and differences."""
    return {
        "printed": cell.printed,
        "availability": cell.availability,
        "kind": cell.kind,
        "comparator": cell.comparator,
        "number": None if cell.number is None else format(cell.number.normalize(), "f"),
        "number_to": None if cell.number_to is None else format(cell.number_to.normalize(), "f"),
        "day": cell.day.isoformat() if cell.day else None,
        "is_yes": cell.is_yes,
        "head_count": cell.head_count,
    }
