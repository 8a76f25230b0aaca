"""Agile work from its files: the months that were lived, the articles and their rules."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from organization.doubts import Doubt
from organization.loading import (
    LoadError,
    Record,
    Stamp,
    read_records,
    read_settings,
    store,
)
from pola.doubts import month_doubts
from pola.models import AgileMonth, GuidelineArticle, GuidelineRule
from strategy.models import Plan


@dataclass(frozen=True, kw_only=True)
class PolaFiles:
    """What the files of agile work say, before anything is stored."""

    months: list[Record]
    articles: list[dict[str, Any]]


def read_pola(directory: Path) -> PolaFiles:
    """Read months and guidelines."""
    return PolaFiles(
        months=read_records(directory / "pola" / "agile_months.csv"),
        articles=read_settings(directory / "guidelines.toml")["articles"],
    )


def import_pola(plan: Plan, files: PolaFiles, *, stamp: Stamp) -> list[Doubt]:
    """Store the months not yet recorded, the articles of the plan and their numbered rules."""
    known = set(AgileMonth.objects.values_list("month", flat=True))
    months = [_month(record) for record in files.months]
    store(AgileMonth, [month for month in months if month.month not in known], stamp=stamp)
    articles = [
        GuidelineArticle(plan=plan, number=article["number"], title=article["title"])
        for article in files.articles
    ]
    store(GuidelineArticle, articles, stamp=stamp)
    store(
        GuidelineRule,
        [
            GuidelineRule(
                article=article,
                position=rule_position(rule["number"], article.number),
                text=rule["text"],
                effect=rule["effect"],
            )
            for article, settings in zip(articles, files.articles, strict=True)
            for rule in settings["rules"]
        ],
        stamp=stamp,
    )
    return month_doubts(months)


def rule_position(number: str, article: int) -> int:
    """The place of a rule quoted as 4.1 in its article; one of another article is an error."""
    own, _dot, position = number.partition(".")
    if own != str(article) or not position.isdigit():
        raise LoadError(
            _("guidelines.toml: rule %(rule)s stands in article %(article)s.")
            % {"rule": number, "article": article}
        )
    return int(position)


def _month(record: Record) -> AgileMonth:
    return AgileMonth(
        month=datetime.date.fromisoformat(record["month"]),
        employees=int(record["employees"]),
        potential=int(record["potential"]),
        effective=int(record["effective"]),
        days=int(record["days"]),
        mean_days_per_week=record["mean_days_per_week"],
    )
