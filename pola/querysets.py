"""Which months and rules of agile work."""

from __future__ import annotations

from typing import Any

from django.db import models


class AgileMonthQuerySet(models.QuerySet):
    """Months of agile work, in order of time."""

    def visible_to(self, user: Any) -> AgileMonthQuerySet:
        """Every month for whoever is signed in: only totals of the ente, nobody's own days."""
        return self.all() if user.is_authenticated else self.none()

    def for_year(self, year: int) -> AgileMonthQuerySet:
        """Months of one year."""
        return self.filter(month__year=year).order_by("month")


class ArticleQuerySet(models.QuerySet):
    """Articles of the guidelines of a plan."""

    def visible_to(self, user: Any) -> ArticleQuerySet:
        """Every article for whoever is signed in."""
        return self.all() if user.is_authenticated else self.none()

    def with_rules(self) -> ArticleQuerySet:
        """The same articles with their numbered rules."""
        return self.prefetch_related("rules")
