"""Agile work: the articles that discipline it and the months that were lived."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from pola.enums import RuleEffect
from pola.querysets import AgileMonthQuerySet, ArticleQuerySet
from strategy.models import Plan


class AgileMonth(models.Model):
    """A month of agile work in the whole Chamber (table 5.1.2): people at month end, days, mean.

    `potential` are the employees whose work can be done remotely, `effective` those who did it.
    The mean of days a week per worker is kept as printed.
    """

    month = models.DateField(_("month"), unique=True, help_text=_("Its first day"))
    employees = models.PositiveSmallIntegerField(_("employees"))
    potential = models.PositiveSmallIntegerField(_("employees who can work remotely"))
    effective = models.PositiveSmallIntegerField(_("effective agile workers"))
    days = models.PositiveIntegerField(_("agile days"))
    mean_days_per_week = models.CharField(_("mean days a week, as printed"), max_length=8)

    objects = AgileMonthQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("month of agile work")
        verbose_name_plural = _("months of agile work")
        ordering = ["month"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="%(app_label)s_%(class)s_is_a_first_day",
                violation_error_message=_("A month is written as its first day."),
            ),
            models.CheckConstraint(
                condition=Q(effective__lte=F("potential")) & Q(potential__lte=F("employees")),
                name="%(app_label)s_%(class)s_effective_potential_employees",
                violation_error_message=_(
                    "Effective workers are at most the potential ones, and these the employees."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m.%Y}"


class GuidelineArticle(models.Model):
    """An article of the guidelines for agile work (Allegato 1)."""

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="guideline_articles", verbose_name=_("plan")
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    title = models.CharField(_("title"), max_length=160)

    objects = ArticleQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="%(app_label)s_%(class)s_number_once_per_plan",
                violation_error_message=_("This article already exists."),
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def heading(self) -> str:
        """Number and title as printed."""
        return f"Art. {self.number} - {self.title}"


class GuidelineRule(models.Model):
    """One numbered rule of an article, with what happens when it is not respected."""

    article = models.ForeignKey(
        GuidelineArticle, on_delete=models.CASCADE, related_name="rules", verbose_name=_("article")
    )
    position = models.PositiveSmallIntegerField(
        _("number in the article"), validators=[MinValueValidator(1)]
    )
    text = models.TextField(_("text"), max_length=2000)
    effect = models.CharField(_("effect"), max_length=12, choices=RuleEffect)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["article", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "position"],
                name="%(app_label)s_%(class)s_number_once_per_article",
                violation_error_message=_("This article already has a rule of this number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:60]}"

    @property
    def number(self) -> str:
        """The number as it is quoted: 4.1."""
        return f"{self.article.number}.{self.position}"

    @property
    def is_enforced(self) -> bool:
        """A request that breaks the rule is held back or warned about."""
        return self.effect in RuleEffect.enforced

    def clean(self) -> None:
        if not self.text.strip():
            raise ValidationError({"text": _("A rule needs its text.")})
