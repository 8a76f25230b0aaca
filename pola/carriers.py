"""The guidelines for agile work pass into the plan of the next triennium; its months do not: they
are those of the year before each plan."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_create_with_history

from organization.models import User
from pola.models import GuidelineArticle, GuidelineRule
from strategy.carriers import carrier
from strategy.models import Plan


def article_count(plan: Plan) -> int:
    """How many articles a plan has."""
    return GuidelineArticle.objects.filter(plan=plan).count()


@carrier("guidelines", label=_("Articles of the guidelines for agile work"), count=article_count)
def carry_guidelines(old: Plan, new: Plan, *, by: User | None, at: datetime.datetime) -> None:
    """Articles with their rules, word for word."""
    articles = list(GuidelineArticle.objects.filter(plan=old).with_rules())
    copies = bulk_create_with_history(
        [GuidelineArticle(plan=new, number=one.number, title=one.title) for one in articles],
        GuidelineArticle,
        default_user=by,
        default_date=at,
    )
    rules = [
        GuidelineRule(article=copy, position=rule.position, text=rule.text, effect=rule.effect)
        for article, copy in zip(articles, copies, strict=True)
        for rule in article.rules.all()
    ]
    bulk_create_with_history(rules, GuidelineRule, default_user=by, default_date=at)
