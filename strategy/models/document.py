"""The document of the plan: sections in order, their text, and the blocks generated from data."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.rich_text import clean_html
from organization.models import User
from strategy.document_querysets import (
    ReferenceTableQuerySet,
    SectionImageQuerySet,
    SectionPresenceQuerySet,
    SectionQuerySet,
)
from strategy.enums import RowLevel
from strategy.models.plan import Plan


class WrittenText(models.Model):
    """A text written in the editor, whatever document it stands in.

    The body is HTML (paragraphs, lists, tables, emphasis, images with alternative text), cleaned of
    everything else at every door: each calls `full_clean`. `version` counts the saves: who saves
    an older one is told, and nothing is overwritten. `is_done` is planning's own mark.
    """

    body = models.TextField(_("text"), blank=True, max_length=200_000)
    is_done = models.BooleanField(_("done"), default=False)
    version = models.PositiveIntegerField(_("version"), default=1)
    edited_at = models.DateTimeField(_("last edited"), null=True, blank=True)
    edited_by_label = models.CharField(_("last edited by"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        self.body = clean_html(self.body)


class Section(WrittenText):
    """A numbered part of the document: a rich-text body, then blocks generated from the data."""

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="sections", verbose_name=_("plan")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    number = models.CharField(_("number"), max_length=12, blank=True)
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"))
    level = models.PositiveSmallIntegerField(
        _("level"), validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    is_annex = models.BooleanField(_("annex"), default=False)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    key_figure = models.CharField(_("key figure"), max_length=40, blank=True)
    key_figure_caption = models.CharField(_("what the figure is"), max_length=160, blank=True)

    objects = SectionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "slug"],
                name="%(app_label)s_%(class)s_slug_once_per_plan",
                violation_error_message=_("This plan already has a section at this address."),
            ),
            models.CheckConstraint(
                condition=Q(level=1, parent__isnull=True) | Q(level__gt=1, parent__isnull=False),
                name="%(app_label)s_%(class)s_only_chapters_without_parent",
                violation_error_message=_("Only chapters stand on their own."),
            ),
            models.CheckConstraint(
                condition=Q(level__range=(1, 3)),
                name="%(app_label)s_%(class)s_level_1_to_3",
                violation_error_message=_("A section is of level 1 to 3."),
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        return reverse("strategy:section-detail", args=[self.plan.first_year, self.slug])

    @property
    def edit_url(self) -> str:
        """The page on which its text is written."""
        return reverse("strategy:section-edit", args=[self.plan.first_year, self.slug])

    @property
    def heading(self) -> str:
        """Number and title as the index prints them; an annex has only its title."""
        return self.title if self.is_annex else f"{self.number} {self.title}".strip()


class SectionPresence(models.Model):
    """Who has a section open for writing, and when the page was last heard of."""

    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, related_name="presences", verbose_name=_("section")
    )
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="open_sections", verbose_name=_("user")
    )
    seen_at = models.DateTimeField(_("last heard of at"))

    objects = SectionPresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("person writing a section")
        verbose_name_plural = _("people writing a section")
        ordering = ["section", "seen_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "user"],
                name="%(app_label)s_%(class)s_once_per_section_and_user",
                violation_error_message=_("This person is already there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.section}"


class SectionImage(models.Model):
    """A picture of the document, with the words that stand for it where it is not seen.

    The alternative text is mandatory (WCAG 1.1.1, PDF/UA-1). Named by its content, so that the
    same picture uploaded twice is one file.
    """

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="images", verbose_name=_("plan")
    )
    file = models.FileField(_("picture"), upload_to="sections/", max_length=200)
    width = models.PositiveIntegerField(_("width in pixels"))
    height = models.PositiveIntegerField(_("height in pixels"))
    alt = models.CharField(_("alternative text"), max_length=300)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by_label = models.CharField(_("uploaded by"), max_length=200, blank=True)

    objects = SectionImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture of the document")
        verbose_name_plural = _("pictures of the document")
        ordering = ["plan", "-uploaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "sha256"],
                name="%(app_label)s_%(class)s_once_per_plan",
                violation_error_message=_("This plan already has this picture."),
            ),
            models.CheckConstraint(
                condition=~Q(alt=""),
                name="%(app_label)s_%(class)s_alternative_text_is_written",
                violation_error_message=_("Write what the picture shows."),
            ),
        ]

    def __str__(self) -> str:
        return self.alt


class ReferenceTable(models.Model):
    """A table of figures quoted as printed: budget, shareholdings, Ateco, scenarios."""

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="reference_tables", verbose_name=_("plan")
    )
    slug = models.SlugField(_("name"), max_length=60)
    caption = models.CharField(_("caption"), max_length=200)
    source_note = models.CharField(_("source"), max_length=200, blank=True)

    objects = ReferenceTableQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("table of figures")
        verbose_name_plural = _("tables of figures")
        ordering = ["plan", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "slug"],
                name="%(app_label)s_%(class)s_name_once_per_plan",
                violation_error_message=_("This plan already has a table of this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.caption


class ReferenceColumn(models.Model):
    """A column of a table of figures; the first one names the rows."""

    table = models.ForeignKey(
        ReferenceTable, on_delete=models.CASCADE, related_name="columns", verbose_name=_("table")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    heading = models.CharField(_("heading"), max_length=120, blank=True)
    is_numeric = models.BooleanField(_("figures"), default=False)

    class Meta:
        verbose_name = _("column")
        verbose_name_plural = _("columns")
        ordering = ["table", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "position"],
                name="%(app_label)s_%(class)s_one_per_position",
                violation_error_message=_("This place is taken by another column."),
            ),
        ]

    def __str__(self) -> str:
        return self.heading


class ReferenceRow(models.Model):
    """A row of a table of figures: one printed text per column, verbatim."""

    table = models.ForeignKey(
        ReferenceTable, on_delete=models.CASCADE, related_name="rows", verbose_name=_("table")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    level = models.CharField(_("rank"), max_length=8, choices=RowLevel, default=RowLevel.ITEM)
    cells = models.JSONField(_("cells"), default=list)

    class Meta:
        verbose_name = _("row")
        verbose_name_plural = _("rows")
        ordering = ["table", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "position"],
                name="%(app_label)s_%(class)s_one_per_position",
                violation_error_message=_("This place is taken by another row."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.cells[0]) if self.cells else ""

    def clean(self) -> None:
        if not isinstance(self.cells, list) or not all(isinstance(c, str) for c in self.cells):
            raise ValidationError({"cells": _("The cells are a list of texts.")})
        if self.table_id and len(self.cells) != self.table.columns.count():
            raise ValidationError({"cells": _("A row has one cell for each column.")})


class SectionBlock(models.Model):
    """Something generated from the data that stands in a section, with its caption and source.

    `kind` is the name under which a builder is registered in `strategy.blocks`; `argument` tells
    the builder which dashboard, when the kind needs one.
    """

    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, related_name="blocks", verbose_name=_("section")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=40)
    argument = models.CharField(_("argument"), max_length=60, blank=True)
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    lead = models.TextField(_("introduction"), blank=True, max_length=4000)
    source_note = models.CharField(_("source"), max_length=200, blank=True)
    table = models.ForeignKey(
        ReferenceTable,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="blocks",
        verbose_name=_("table of figures"),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("generated block")
        verbose_name_plural = _("generated blocks")
        ordering = ["section", "position"]

    def __str__(self) -> str:
        return self.caption or self.kind

    def clean(self) -> None:
        self.lead = clean_html(self.lead)
