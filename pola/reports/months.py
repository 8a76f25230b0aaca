"""The months that were lived and the rules, as row objects without markup."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.charts import Chart, bar_chart
from documents.templatetags.charts import print_number
from organization.day_names import named
from pola.enums import RuleEffect
from pola.models import AgileMonth, GuidelineArticle
from pola.querysets import AgileMonthQuerySet, ArticleQuerySet
from strategy.models import Plan

UNDER_THE_BARS = 180  # where the columns of the printed table begin


@dataclass(frozen=True, slots=True)
class MonthsReport:
    """The months of agile work of a year, in order, and what they come to (table 5.1.2)."""

    year: int
    months: tuple[AgileMonth, ...]

    @property
    def total_days(self) -> int:
        """Days of agile work in the year."""
        return sum(month.days for month in self.months)

    @property
    def busiest(self) -> AgileMonth:
        """The month with most days, the earlier of two alike."""
        return max(self.months, key=lambda month: month.days)

    @property
    def quietest(self) -> AgileMonth:
        """The month with fewest days, the earlier of two alike."""
        return min(self.months, key=lambda month: month.days)

    @property
    def last(self) -> AgileMonth:
        """The latest month recorded."""
        return self.months[-1]


def months_report(year: int, months: AgileMonthQuerySet | None = None) -> MonthsReport:
    """The months of a year, all those recorded unless some are given: one statement."""
    chosen = AgileMonth.objects.all() if months is None else months
    return MonthsReport(year, tuple(chosen.for_year(year)))


def months_chart(
    report: MonthsReport,
    *,
    left: float = UNDER_THE_BARS,
    width: float = 660,
    height: float = 176,
) -> Chart:
    """Days of agile work month by month, the most and the fewest darker.

    `left` is where the bars begin; on paper they stand above the columns of the table.
    """
    finding = _("Agile days, %(total)s in all: most in %(most)s, fewest in %(fewest)s.") % {
        "total": print_number(report.total_days),
        "most": named(report.busiest.month, "F"),
        "fewest": named(report.quietest.month, "F"),
    }
    return bar_chart(
        finding,
        [named(month.month, "M").rstrip(".") for month in report.months],
        [month.days for month in report.months],
        print_number=print_number,
        accents=[report.months.index(month) for month in (report.busiest, report.quietest)],
        width=width,
        height=height,
        left=left,
    )


@dataclass(frozen=True, slots=True)
class Sign:
    """How the effect of a rule is shown: its word, the tone of its badge, what it means."""

    label: str
    tone: str
    meaning: str


def effect_signs() -> dict[str, Sign]:
    """A sign for every effect, from the strictest to the mildest."""
    said = {
        RuleEffect.BLOCKS: ("error", _("what breaks the rule cannot be done")),
        RuleEffect.WARNS: ("caution", _("it can be done, the reader is told")),
        RuleEffect.WORKFLOW: ("info", _("says who does what, and in which order")),
        RuleEffect.DECLARATION: ("ok", _("somebody has to declare something")),
        RuleEffect.INFORMATION: ("neutral", _("explains, without an effect of its own")),
    }
    return {
        effect.value: Sign(str(effect.label), tone, meaning)
        for effect, (tone, meaning) in said.items()
    }


@dataclass(frozen=True, slots=True)
class RuleReport:
    """A rule as it is quoted, with the sign of its effect."""

    number: str
    text: str
    sign: Sign

    @property
    def anchor(self) -> str:
        """The place of the rule in its page."""
        return f"regola-{self.number.replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """An article of the guidelines with its numbered rules."""

    number: int
    heading: str
    rules: tuple[RuleReport, ...]

    @property
    def anchor(self) -> str:
        """The place of the article in its page."""
        return f"articolo-{self.number}"


def guidelines_report(
    plan: Plan, articles: ArticleQuerySet | None = None
) -> tuple[ArticleReport, ...]:
    """The articles of Allegato 1 with their rules, all unless some are given: two statements."""
    chosen = GuidelineArticle.objects.all() if articles is None else articles
    signs = effect_signs()
    return tuple(
        ArticleReport(
            article.number,
            article.heading,
            tuple(
                RuleReport(f"{article.number}.{rule.position}", rule.text, signs[rule.effect])
                for rule in article.rules.all()
            ),
        )
        for article in chosen.filter(plan=plan).order_by("number").with_rules()
    )
