"""The Relazione sulla performance of a closed year: its text, its approvals, the OIV's answer."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.file_hashes import file_sha256
from organization.constraints import together
from organization.models import Kept
from strategy.models.acted import MadeByAct
from strategy.models.closing import YEARS, YearClosing
from strategy.models.document import WrittenText
from strategy.models.plan import Plan
from strategy.report_enums import ReportOutcome, ReportState
from strategy.report_querysets import (
    ReportEditionQuerySet,
    ReportQuerySet,
    ReportSectionQuerySet,
)


class PerformanceReport(models.Model):
    """The Relazione sulla performance of a closed year of a plan (art. 10, D.Lgs. 150/2009).

    One for each year; the figures of a draft are those of the closing that stands, once approved
    those of the closing its edition names. What was approved is kept by its editions, what the OIV
    answered by their validation. The state changes only through
    `strategy.operations`.
    """

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="performance_reports", verbose_name=_("plan")
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    state = models.CharField(
        _("state"), max_length=16, choices=ReportState, default=ReportState.DRAFT
    )
    opened_at = models.DateTimeField(_("begun at"))
    opened_by_label = models.CharField(_("begun by"), max_length=200)
    transmitted_at = models.DateTimeField(_("sent to the OIV at"), null=True, blank=True)
    transmitted_by_label = models.CharField(_("sent to the OIV by"), max_length=200, blank=True)
    reworked_at = models.DateTimeField(_("taken back to work at"), null=True, blank=True)
    reworked_by_label = models.CharField(_("taken back to work by"), max_length=200, blank=True)
    rework_reason = models.TextField(_("why it went back to work"), blank=True, max_length=4000)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by_label = models.CharField(_("published by"), max_length=200, blank=True)

    is_reopened: bool  # by ReportQuerySet.with_reopening

    objects = ReportQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Relazione sulla performance")
        verbose_name_plural = _("Relazioni sulla performance")
        ordering = ["-year", "-plan__first_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year"],
                name="%(app_label)s_%(class)s_once_per_plan_and_year",
                violation_error_message=_("This year already has its Relazione."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReportState.values),
                name="%(app_label)s_%(class)s_state_is_known",
                violation_error_message=_("A Relazione has no such state."),
            ),
            models.CheckConstraint(
                condition=together("transmitted_at", "transmitted_by_label"),
                name="%(app_label)s_%(class)s_sending_at_and_by_together",
                violation_error_message=_("A sending has its moment and its person."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "approved"]) | Q(transmitted_at__isnull=False),
                name="%(app_label)s_%(class)s_sent_before_it_is_validated",
                violation_error_message=_("The OIV answers of what was sent."),
            ),
            models.CheckConstraint(
                condition=Q(reworked_at__isnull=True, reworked_by_label="", rework_reason="")
                | Q(reworked_at__isnull=False) & ~Q(reworked_by_label="") & ~Q(rework_reason=""),
                name="%(app_label)s_%(class)s_rework_at_by_and_reason_together",
                violation_error_message=_("What goes back to work says who, when and why."),
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                & ~Q(published_by_label="")
                | ~Q(state="published") & Q(published_at__isnull=True, published_by_label=""),
                name="%(app_label)s_%(class)s_published_at_and_by_together",
                violation_error_message=_("A publication has its moment and its person."),
            ),
        ]

    def __str__(self) -> str:
        return _("Relazione sulla performance %(year)s") % {"year": self.year}

    def get_absolute_url(self) -> str:
        return reverse("strategy:report", args=[self.plan.first_year, self.year])

    @property
    def public_url(self) -> str:
        """The stable address on the public page, which answers once it is published."""
        return reverse("public-report", args=[self.plan.label, self.year])

    @property
    def is_editable(self) -> bool:
        """Its text can be written."""
        return self.state in ReportState.editable

    @property
    def is_overtaken(self) -> bool:
        """Approved, and the year was opened again since: the closing it states is superseded."""
        if self.is_editable:
            return False
        states = self.editions.order_by("-number").values_list("closing__reopening", flat=True)
        return states.first() is not None

    @property
    def is_published(self) -> bool:
        """Anybody reads it."""
        return self.state == ReportState.PUBLISHED


class ReportSection(WrittenText):
    """A part of a Relazione, made with it from the index (strategy.report_index): `key` says which
    blocks stand under its text and what is asked of whoever writes it. A required one holds up
    the approval while it has no text."""

    report = models.ForeignKey(
        PerformanceReport,
        on_delete=models.CASCADE,
        related_name="sections",
        verbose_name=_("Relazione"),
    )
    slug = models.SlugField(_("address name"), max_length=80)
    number = models.CharField(_("number"), max_length=12, blank=True)
    title = models.CharField(_("title"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"))
    level = models.PositiveSmallIntegerField(
        _("level"), validators=[MinValueValidator(1), MaxValueValidator(2)]
    )
    is_required = models.BooleanField(_("needs a text"), default=False)

    objects = ReportSectionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("section of a Relazione")
        verbose_name_plural = _("sections of Relazioni")
        ordering = ["report", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "slug"],
                name="%(app_label)s_%(class)s_slug_once_per_report",
                violation_error_message=_("This Relazione already has a section at this address."),
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        return self.page_url("report-section")

    def page_url(self, name: str) -> str:
        """The address of a page of this section."""
        report = self.report
        return reverse(f"strategy:{name}", args=[report.plan.first_year, report.year, self.slug])

    @property
    def edit_url(self) -> str:
        """The page on which its text is written."""
        return self.page_url("report-section-edit")

    @property
    def plan(self) -> Plan:
        """The plan of its Relazione."""
        return self.report.plan

    @property
    def is_annex(self) -> bool:
        """A Relazione has no annexes. See also: Section.is_annex."""
        return False

    @property
    def heading(self) -> str:
        """Number and title as the index prints them."""
        return f"{self.number} {self.title}".strip()


class ReportEdition(MadeByAct):
    """A Relazione as it was approved by an act: data, PDF and their SHA-256, never changed again.

    The snapshot is canonical JSON: the closing with its hash, and the texts. A Relazione approved
    again after it went back to work is a new one; the old one stays. Made only by
    `strategy.operations.approve_report`; the database refuses changes and deletions.
    """

    report = models.ForeignKey(
        PerformanceReport,
        on_delete=models.PROTECT,
        related_name="editions",
        verbose_name=_("Relazione"),
    )
    number = models.PositiveSmallIntegerField(_("number of the approval"))
    closing = models.ForeignKey(
        YearClosing,
        on_delete=models.PROTECT,
        related_name="report_editions",
        verbose_name=_("closing"),
    )
    approved_at = models.DateTimeField(_("recorded at"))
    approved_by_label = models.CharField(_("recorded by"), max_length=200)
    pdf = models.FileField(_("PDF"), upload_to="relazioni/", max_length=200)

    objects = ReportEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("approved Relazione")
        verbose_name_plural = _("approved Relazioni")
        ordering = ["report", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"],
                name="%(app_label)s_%(class)s_number_once_per_report",
                violation_error_message=_("This approval has already been recorded."),
            ),
            models.CheckConstraint(
                condition=~Q(act_number="") & ~Q(act_type="") & ~Q(act_body=""),
                name="%(app_label)s_%(class)s_act_is_named",
                violation_error_message=_("A Relazione needs the act that approved it."),
            ),
            models.CheckConstraint(
                condition=Q(act_file="", act_file_sha256="")
                | ~Q(act_file="") & ~Q(act_file_sha256=""),
                name="%(app_label)s_%(class)s_file_of_the_act_with_its_hash",
                violation_error_message=_("The file of the act goes with its hash."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(report)s, approval %(number)s") % {"report": self.report, "number": self.number}

    def get_absolute_url(self) -> str:
        return self.report.public_url


class ReportValidation(Kept):
    """What the OIV decided of an approved Relazione (art. 14, D.Lgs. 150/2009): outcome, notes,
    minutes, never changed again. Made only by `strategy.operations.decide_report`."""

    edition = models.OneToOneField(
        ReportEdition,
        on_delete=models.PROTECT,
        related_name="validation",
        verbose_name=_("approved Relazione"),
    )
    outcome = models.CharField(_("outcome"), max_length=16, choices=ReportOutcome)
    notes = models.TextField(_("notes"), blank=True, max_length=20_000)
    validated_at = models.DateTimeField(_("decided at"))
    validated_by_label = models.CharField(_("decided by"), max_length=200)
    minutes = models.FileField(_("minutes"), upload_to="minutes/", max_length=200, blank=True)
    minutes_sha256 = models.CharField(_("SHA-256 of the minutes"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("validation of a Relazione")
        verbose_name_plural = _("validations of Relazioni")
        ordering = ["-validated_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="validated") | ~Q(notes=""),
                name="%(app_label)s_%(class)s_remarks_are_written",
                violation_error_message=_("Write what was remarked."),
            ),
            models.CheckConstraint(
                condition=Q(minutes="", minutes_sha256="") | ~Q(minutes="") & ~Q(minutes_sha256=""),
                name="%(app_label)s_%(class)s_minutes_with_their_hash",
                violation_error_message=_("The minutes go with their hash."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, {self.get_outcome_display()}"

    def are_minutes_intact(self) -> bool:
        """The minutes, if there are any, still have the hash of the day of the validation."""
        return not self.minutes or file_sha256(self.minutes) == self.minutes_sha256
