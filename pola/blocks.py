"""The blocks of agile work that stand in the document: the months lived, the guidelines.

Imported when the application is ready, so that `strategy` need not know who lives above it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pola.models import GuidelineArticle
from pola.reports import months_chart, months_report
from strategy.block_registry import (
    Anchor,
    BlockContext,
    BlockView,
    block,
    phone_drawing,
    problem_view,
    stored_table,
    table_view,
)


@block("agile_months", label=gettext_lazy("Months of agile work"), takes="table")
def agile_months(context: BlockContext) -> BlockView:
    """Agile days month by month, drawn above the table whose columns stand under the bars."""
    table = stored_table(context)
    if table is None:
        return problem_view(_("This block does not say which table it shows."))
    report = months_report(context.plan.baseline_year)
    if not report.months:
        return table_view(table)
    draw = partial(months_chart, report)
    caption = _("Agile days in %(year)s, month by month") % {"year": context.plan.baseline_year}
    more: dict[str, Any] = {"figure_caption": caption, "table_class": "months dense"}
    more |= phone_drawing(context, draw, left=40)
    return table_view(table, figure=draw(), context=more)


@block("guidelines", label=gettext_lazy("Guidelines of agile work"))
def guidelines(context: BlockContext) -> BlockView:
    """The articles of the guidelines with their numbered rules."""
    articles = list(
        GuidelineArticle.objects.filter(plan=context.plan).order_by("number").with_rules()
    )
    if not articles:
        return problem_view(_("This plan has no guidelines yet."))
    anchors = tuple(
        Anchor(f"articolo-{article.number}", article.title, f"Art. {article.number}")
        for article in articles
    )
    return BlockView(
        template="blocks/print/guidelines.html" if context.is_print else "blocks/guidelines.html",
        anchors=anchors,
        is_wide=context.is_print,
        context={"articles": articles},
    )
