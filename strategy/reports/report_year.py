"""The year of a Relazione as its blocks need it, each part read once: the closing and what it says.

What is approved states the closing it was approved with; a draft the one that stands and, while the
year is open again, the figures as they are now.
"""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.enums import AttainmentBand
from organization.days import written
from organization.enums import StaffCategory
from strategy.acts import Act
from strategy.band_looks import Mark
from strategy.coverage import standing_words
from strategy.models import PerformanceReport, ReportEdition, YearClosing
from strategy.reports.body_scorecard import YearScore as LiveScore
from strategy.reports.body_scorecard import body_trend
from strategy.reports.closing import DamagedClosingError, data_of, standing_closing
from strategy.reports.maps import MapObjective, MapPerspective, MapResults, MapStanding
from strategy.reports.report_closing import stated_edition
from strategy.reports.year import YearObjective, YearReport
from strategy.reports.year_lines import YearScore, read_score


@dataclass(frozen=True, slots=True)
class TrendYear:
    """The ente in a year: its degree, on how much of the year it stands, on which data."""

    year: int
    value: Fraction | None
    mark: Mark
    coverage: str
    basis: str


class ReportFigures:
    """What the blocks of one Relazione share; `act` is the one that is approving it."""

    def __init__(self, report: PerformanceReport, *, act: Act | None = None) -> None:
        self.report = report
        self._approving = act

    @cached_property
    def edition(self) -> ReportEdition | None:
        """The approval whose figures the Relazione states; none of a draft."""
        return stated_edition(self.report)

    @property
    def _approval(self) -> tuple[datetime.date, str] | None:
        """Day and name of the act that approves what is told; none of a draft."""
        if self._approving:
            return self._approving.date, str(self._approving)
        return (self.edition.act_date, str(self.edition.act)) if self.edition else None

    @cached_property
    def closing(self) -> YearClosing | None:
        """The closing whose figures the Relazione states."""
        if self.edition:
            return self.edition.closing
        return standing_closing(self.report.plan, self.report.year)

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The data of the year."""
        return data_of(self.report.plan, self.report.year, self.closing)

    @cached_property
    def year(self) -> YearReport:
        """The year as row objects."""
        return YearReport(self.data)

    @cached_property
    def bands(self) -> list[tuple[Mark, int]]:
        """How many indicators that should be measured lie in each band."""
        counts = Counter(line.mark.band for line in self.year.expected)
        return [(Mark(band), counts[band]) for band in AttainmentBand]

    # The map

    @cached_property
    def map(self) -> tuple[MapPerspective, ...]:
        """Perspectives and objectives with what stood on them in the year."""
        return tuple(
            MapPerspective(
                place,
                perspective.title,
                tuple(self._objective(one) for one in perspective.objectives),
            )
            for place, perspective in enumerate(self.year.perspectives)
        )

    @cached_property
    def map_results(self) -> MapResults:
        """How perspectives and objectives stand."""
        year = self.year
        perspectives: dict[object, MapStanding] = {
            place: _standing(one.score) for place, one in enumerate(year.perspectives)
        }
        objectives: dict[object, MapStanding] = {
            one.pk: _standing(one.score) for one in year.objectives
        }
        return MapResults(year.year, (year.year,), perspectives, objectives)

    def _objective(self, one: YearObjective) -> MapObjective:
        page = reverse("strategy:objective-detail", args=[self.report.plan.first_year, one.pk or 0])
        return MapObjective(one.pk or 0, one.code, one.name, len(one.actions), len(one.lines), page)

    # The years

    @cached_property
    def trend(self) -> list[TrendYear]:
        """The ente in the years up to this one that have results: as closed where they were."""
        plan, last = self.report.plan, self.report.year
        kept = {one.year: one for one in self._closed_before()}
        found = [
            _closed_year(kept[live.year]) if live.year in kept else _live_year(live)
            for live in body_trend(plan)
            if live.year < last
        ]
        score = self.year.score
        basis = self._basis(self.closing)
        return [*found, TrendYear(last, score.value, score.mark, standing_words(score), basis)]

    def _closed_before(self) -> list[YearClosing]:
        """The closings of the years before this one, with their data; refuses a damaged one, which
        is not a year that was never closed."""
        plan, last = self.report.plan, self.report.year
        closings = list(YearClosing.objects.standing().filter(plan=plan, year__lt=last))
        for one in closings:
            one.plan = plan
            if not one.is_snapshot_intact():
                raise DamagedClosingError(one)
        return closings

    @staticmethod
    def _basis(closing: YearClosing | None) -> str:
        return _closed_words(closing) if closing else _("not closed")

    # People and steps

    @cached_property
    def staff(self) -> dict[str, Counter[str]]:
        """People on the last day of the year by group of categories and gender."""
        groups: dict[str, Counter[str]] = {}
        for one in self.data["staff"]:
            group = StaffCategory(one["category"]).group
            groups.setdefault(group, Counter())[one["gender"]] += one["count"]
        return groups

    @cached_property
    def steps(self) -> list[tuple[str, str, str]]:
        """Day, step, and who or which act: the plan, the closing, the Relazione."""
        report, plan = self.report, self.report.plan
        found = [
            (written(one.act_date), _("Plan adopted, REV. %(n)s") % {"n": one.revision}, one.act)
            for one in plan.editions.defer("snapshot").order_by("revision")
            if one.act_date.year <= report.year
        ]
        if closing := self.closing:
            who = closing.closed_by_label
            found.append((written(closing.closed_on), _("Results of the year closed"), who))
        begun = timezone.localdate(report.opened_at)
        found.append((written(begun), _("Relazione begun"), report.opened_by_label))
        if report.reworked_at:
            day = written(timezone.localdate(report.reworked_at))
            # The reason stays in the house: this is printed and published.
            found.append((day, _("Taken back to work"), report.reworked_by_label))
        if approval := self._approval:
            approved_on, act = approval
            found.append((written(approved_on), _("Relazione approved"), act))
        return found


def percent(score: YearScore) -> str:
    """The degree as it is shown; a dash where nothing is measured."""
    return score.mark.text or "–"


def _standing(score: YearScore) -> MapStanding:
    return MapStanding(score.mark, standing_words(score) if score.total else "")


def _closed_words(closing: YearClosing) -> str:
    return _("closed on %(day)s") % {"day": written(closing.closed_on)}


def _closed_year(closing: YearClosing) -> TrendYear:
    score = read_score(json.loads(closing.snapshot)["body"]["score"])
    words = standing_words(score)
    return TrendYear(closing.year, score.value, score.mark, words, _closed_words(closing))


def _live_year(score: LiveScore) -> TrendYear:
    mean = score.aggregate
    return TrendYear(score.year, mean.value, score.mark, standing_words(mean), _("not closed"))
