"""Which indicators, targets and results."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from indicators.enums import Availability, TargetKind


class IndicatorQuerySet(models.QuerySet):
    """Indicators, whatever dashboard shows them."""

    def visible_to(self, user: Any) -> IndicatorQuerySet:
        """Every indicator for whoever is signed in; which plan shows it is strategy's concern."""
        return self.all() if user.is_authenticated else self.none()

    def in_use(self) -> IndicatorQuerySet:
        """Indicators not retired."""
        return self.filter(retired_on__isnull=True)

    def with_source(self) -> IndicatorQuerySet:
        """The same indicators with source and supplying unit loaded."""
        return self.select_related("source", "supplier")


class TargetQuerySet(models.QuerySet):
    """Indicator-years."""

    def for_cycle(self, cycle: int) -> TargetQuerySet:
        """Targets set by the plan whose triennium starts in the year."""
        return self.filter(cycle=cycle)

    def for_year(self, year: int) -> TargetQuerySet:
        """Targets of one year."""
        return self.filter(year=year)

    def weighted(self) -> TargetQuerySet:
        """Targets that count in the averages. See also: Target.is_weighted."""
        return self.filter(availability=Availability.STATED).exclude(kind=TargetKind.TEXT)

    def comparable(self) -> TargetQuerySet:
        """Numeric targets, whose results improve one way or the other."""
        numeric = Q(kind__in=[TargetKind.NUMBER, TargetKind.PERCENT, TargetKind.MONEY])
        return self.filter(numeric, availability=Availability.STATED)

    def with_polarity_to_confirm(self) -> TargetQuerySet:
        """Numeric targets whose polarity nobody has confirmed yet."""
        return self.comparable().filter(is_polarity_confirmed=False)


class ActualQuerySet(models.QuerySet):
    """Results."""

    def current(self) -> ActualQuerySet:
        """Results that no correction has superseded."""
        return self.filter(is_current=True)

    def for_year(self, year: int) -> ActualQuerySet:
        """Results of one year."""
        return self.filter(year=year)

    def not_filled(self) -> ActualQuerySet:
        """Results left empty, which somebody still has to supply."""
        return self.filter(availability=Availability.NOT_FILLED)
