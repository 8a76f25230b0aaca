"""The articles that discipline agile work (Allegato 1) and their numbered rules."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from pola.enums import RuleEffect
from pola.querysets import ArticleQuerySet
from strategy.models import Plan


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
