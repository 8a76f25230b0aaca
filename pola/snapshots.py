"""What agile work adds to the data of a plan: months of the year before, articles and rules."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from pola.models import AgileMonth, GuidelineArticle
from strategy.models import Plan
from strategy.reports.difference_words import name_fields
from strategy.snapshots import annex

name_fields(
    {
        "month": _("month"),
        "employees": _("employees"),
        "potential": _("employees who can work remotely"),
        "effective": _("effective agile workers"),
        "days": _("agile days"),
        "mean_days_per_week": _("mean days a week, as printed"),
        "text": _("text"),
        "effect": _("effect"),
    },
    agile_work=_("Agile work"),
)


@annex("agile_work")
def agile_work(plan: Plan) -> dict[str, Any]:
    """`months` [month, employees, potential, effective, days, mean_days_per_week] of the year
    before the plan; `articles` [number, title, rules [number, text, effect]]."""
    return {
        "months": [
            {
                "month": f"{month.month:%Y-%m}",
                "employees": month.employees,
                "potential": month.potential,
                "effective": month.effective,
                "days": month.days,
                "mean_days_per_week": month.mean_days_per_week,
            }
            for month in AgileMonth.objects.for_year(plan.baseline_year)
        ],
        "articles": [
            {
                "number": article.number,
                "title": article.title,
                "rules": [
                    {
                        "number": f"{article.number}.{rule.position}",
                        "text": rule.text,
                        "effect": rule.effect,
                    }
                    for rule in article.rules.all()
                ],
            }
            for article in GuidelineArticle.objects.filter(plan=plan).with_rules()
        ],
    }
