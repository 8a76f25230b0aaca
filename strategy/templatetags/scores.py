"""Degrees of attainment on a page: `{% load scores %}`. What comes back often is drawn once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from documents.small_charts import degree_bar
from documents.templatetags.charts import chart
from indicators.aggregation import Aggregate
from indicators.enums import AttainmentBand
from strategy.band_looks import Mark
from strategy.coverage import coverage_words, standing_words
from strategy.reports.body_scorecard import ScoreNode
from strategy.reports.maps import MapStanding
from strategy.reports.scorecards import ScoreLine
from strategy.score_drawings import spark_of

register = template.Library()


@register.simple_tag
def band(mark: Mark) -> SafeString:
    """The band of a degree: icon and word on its tint."""
    return _band(Mark(mark.band), get_language())


@lru_cache(maxsize=32)
def _band(mark: Mark, language: str | None) -> SafeString:
    """The band from its template; the language is part of what it is kept under."""
    return render_to_string("strategy/band.html", {"mark": mark})


@register.simple_tag
def degree(line: ScoreLine) -> SafeString:
    """The bar of a degree, beside its figure."""
    if line.degree is None:
        return SafeString()
    return _degree(round(line.degree), line.mark.ink)


@lru_cache(maxsize=2048)
def _degree(value: int, ink: str) -> SafeString:
    return chart(degree_bar(value, ink))


@register.simple_tag
def map_standing(standings: Mapping[object, MapStanding], pk: int, name: str) -> SafeString:
    """The cells of a level in the list of the map: its degree, which leads to its explanation, its
    band, how sure it is."""
    found = standings.get(pk) or MapStanding(Mark(AttainmentBand.NOT_MEASURABLE), "")
    return render_to_string("strategy/map_standing.html", {"standing": found, "name": name})


@register.simple_tag
def score_line(line: ScoreLine, year: int, indicator_base: str) -> SafeString:
    """A row of a scorecard with its reason under it, kept under everything that is shown in it."""
    return _drawn_line(line, year, indicator_base, get_language())


@lru_cache(maxsize=4096)
def _drawn_line(
    line: ScoreLine, year: int, indicator_base: str, language: str | None
) -> SafeString:
    """The row from its template; the language is part of what it is kept under."""
    context = {
        "line": line,
        "year": year,
        "year_before": year - 1,
        "next_year": year + 1,
        "indicator_base": indicator_base,
    }
    return render_to_string("strategy/scorecard_line.html", context)


@register.simple_tag
def outside_line(line: ScoreLine, indicator_base: str) -> SafeString:
    """A row that is not to be measured, with its reason, kept likewise."""
    return _drawn_outside(line, indicator_base, get_language())


@lru_cache(maxsize=4096)
def _drawn_outside(line: ScoreLine, indicator_base: str, language: str | None) -> SafeString:
    context = {"line": line, "indicator_base": indicator_base}
    return render_to_string("strategy/scorecard_outside.html", context)


@register.simple_tag
def score_levels(node: ScoreNode, indicator_base: str) -> SafeString:
    """What makes a level of the ente: the levels below it and their indicators, kept likewise."""
    return _drawn_levels(node, indicator_base, get_language())


@lru_cache(maxsize=256)
def _drawn_levels(node: ScoreNode, indicator_base: str, language: str | None) -> SafeString:
    context = {"node": node, "indicator_base": indicator_base}
    return render_to_string("strategy/scorecard_levels.html", context)


@register.simple_tag
def spark(line: ScoreLine) -> SafeString:
    """Targets and results of a row over the years."""
    drawing = spark_of(line)
    return chart(drawing) if drawing else SafeString()


@register.filter
def coverage(found: Aggregate) -> str:
    """Measured k of n."""
    return coverage_words(found)


@register.filter
def standing(found: Aggregate) -> str:
    """Measured k of n, provisional."""
    return standing_words(found)
