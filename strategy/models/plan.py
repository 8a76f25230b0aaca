"""The plan of a triennium and the editions that were adopted of it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators.bands import BandLimits
from strategy.edition_querysets import EditionQuerySet
from strategy.enums import PlanState
from strategy.models.acted import MadeByAct
from strategy.querysets import PlanQuerySet


class Plan(models.Model):
    """The Piano della performance of three years, the working copy that planning edits.

    `revision` is the number of the edition in force or, while updating, of the one prepared.
    `reference_date` is the day at which staff and results are stated (31 December before the
    triennium). `update_reason` says why the revision in preparation is made; `continues` is the
    plan it was rolled forward from; `figure_checks` declares which printed figures must follow
    from which (see also: strategy.figures). `beyond_above`, `reached_from` and
    `partly_reached_from`, percent points, are the limits of the bands of attainment. The state
    changes only through `strategy.operations`.
    """

    first_year = models.PositiveSmallIntegerField(
        _("first year"),
        unique=True,
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
    )
    title = models.CharField(_("title"), max_length=160)
    revision = models.PositiveSmallIntegerField(_("revision"), default=0)
    state = models.CharField(_("state"), max_length=16, choices=PlanState, default=PlanState.DRAFT)
    reference_date = models.DateField(_("reference date"))
    update_reason = models.TextField(_("reason of the update"), blank=True, max_length=4000)
    continues = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("continues"),
    )
    figure_checks = models.JSONField(_("checks of the figures"), default=dict, blank=True)
    beyond_above = models.DecimalField(
        _("beyond the target above"), max_digits=5, decimal_places=2, default=Decimal(100)
    )
    reached_from = models.DecimalField(
        _("reached from"), max_digits=5, decimal_places=2, default=Decimal(90)
    )
    partly_reached_from = models.DecimalField(
        _("partly reached from"), max_digits=5, decimal_places=2, default=Decimal(70)
    )
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = PlanQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-first_year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PlanState.values),
                name="%(app_label)s_%(class)s_state_is_known",
                violation_error_message=_("A plan has no such state."),
            ),
            models.CheckConstraint(
                condition=~Q(state="updating") | ~Q(update_reason=""),
                name="%(app_label)s_%(class)s_update_has_its_reason",
                violation_error_message=_("Say why the plan is updated."),
            ),
            models.CheckConstraint(
                condition=Q(partly_reached_from__gt=0)
                & Q(reached_from__gt=F("partly_reached_from"))
                & Q(beyond_above__gte=F("reached_from")),
                name="%(app_label)s_%(class)s_limits_of_the_bands_ascend",
                violation_error_message=_(
                    "The limits of the bands go up: above zero partly reached, then reached, then "
                    "beyond the target."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("strategy:map", args=[self.first_year])

    @property
    def last_year(self) -> int:
        """The third year of the triennium."""
        return self.first_year + 2

    @property
    def baseline_year(self) -> int:
        """The year before the triennium, whose result is the starting value."""
        return self.first_year - 1

    @property
    def years(self) -> list[int]:
        """The three years of the plan."""
        return list(range(self.first_year, self.last_year + 1))

    @property
    def label(self) -> str:
        """The triennium as it is spoken of and as the commands name it: 2021-2023."""
        return f"{self.first_year}-{self.last_year}"

    @property
    def short_title(self) -> str:
        """The triennium, where the title would not fit."""
        return self.label

    @property
    def band_limits(self) -> BandLimits:
        """From where on a degree of attainment is called what in this plan."""
        limits = (self.beyond_above, self.reached_from, self.partly_reached_from)
        return BandLimits(*map(Fraction, limits))

    @property
    def version_label(self) -> str:
        """Title and revision, as the foot of a page says them."""
        return f"{self.title}, REV. {self.revision}"

    @property
    def is_draft(self) -> bool:
        """What would be printed now is not yet an act."""
        return self.state in PlanState.unadopted

    @property
    def adopted_revision(self) -> int | None:
        """The revision that stays in force while the next one is being prepared; none otherwise."""
        return self.revision - 1 if self.is_draft and self.revision else None

    @property
    def state_label(self) -> str:
        """Revision and state in one line: REV. 0 adopted."""
        return f"REV. {self.revision} · {self.get_state_display()}"


class Edition(MadeByAct):
    """REV. n of a plan as adopted by an act: data, PDF and their SHA-256, never changed again.

    The snapshot is canonical JSON (sorted keys, UTF-8); its hash is the hash of the data, the
    other one that of the PDF file. Made only by `strategy.operations.adopt_edition`; the database
    refuses changes and deletions.
    """

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="editions", verbose_name=_("plan")
    )
    revision = models.PositiveSmallIntegerField(_("revision"))
    adopted_at = models.DateTimeField(_("recorded at"))
    adopted_by_label = models.CharField(_("recorded by"), max_length=200, blank=True)
    pdf = models.FileField(_("PDF"), upload_to="editions/", max_length=200)
    reason = models.TextField(_("reason of the update"), blank=True, max_length=4000)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["plan", "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "revision"],
                name="%(app_label)s_%(class)s_once_per_plan_and_revision",
                violation_error_message=_("This revision has already been adopted."),
            ),
            models.CheckConstraint(
                condition=~Q(act_number="") & ~Q(act_type="") & ~Q(act_body=""),
                name="%(app_label)s_%(class)s_act_is_named",
                violation_error_message=_("An edition needs the act that adopted it."),
            ),
            models.CheckConstraint(
                condition=Q(act_file="", act_file_sha256="")
                | (~Q(act_file="") & ~Q(act_file_sha256="")),
                name="%(app_label)s_%(class)s_file_of_the_act_with_its_hash",
                violation_error_message=_("The file of the act goes with its hash."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.title}, REV. {self.revision}"

    def get_absolute_url(self) -> str:
        return reverse("public-edition", args=[self.plan.label, self.revision])
