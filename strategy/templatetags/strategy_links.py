"""What the pages of the organization show of the plan: `{% load strategy_links %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Count, Max
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from documents.charts import Series, grouped_bars
from documents.templatetags.charts import chart
from organization.models import Unit
from organization.reports import StaffReport
from strategy.block_registry import PHONE_WIDTH
from strategy.models import Dashboard, DashboardRow

register = template.Library()

NARROW: dict[str, Any] = {"width": PHONE_WIDTH, "height": 210.0, "left": 32.0}


@register.inclusion_tag("strategy/unit_dashboards.html", takes_context=True)
def unit_dashboards(context: template.Context, unit: Unit) -> dict[str, Any]:
    """The dashboards of a unit in the plans the reader may see."""
    dashboards = Dashboard.objects.visible_to(context["request"].user).filter(unit=unit)
    counted = dashboards.annotate(row_count=Count("rows"))
    return {"dashboards": counted.select_related("plan", "unit")}


@register.inclusion_tag("strategy/unit_indicators.html", takes_context=True)
def unit_indicators(context: template.Context, unit: Unit) -> dict[str, Any]:
    """The indicators whose figure a unit supplies, with the newest plan that shows each."""
    user = context["request"].user
    rows = DashboardRow.objects.visible_to(user)
    supplied = unit.supplied_indicators.visible_to(user).in_use().filter(rows__in=rows)
    return {"indicators": supplied.annotate(first_year=Max("rows__dashboard__plan__first_year"))}


@register.simple_tag
def staff_chart(report: StaffReport, *, is_narrow: bool = False) -> SafeString:
    """Women and men of each category, one on top of the other; a drawing of its own for phones."""
    finding = _("Staff in service: %(women)s women and %(men)s men.") % {
        "women": report.everybody.female,
        "men": report.everybody.male,
    }
    return chart(
        grouped_bars(
            finding,
            [row.label for row in report.by_group],
            [
                Series(_("Women"), tuple(row.female for row in report.by_group)),
                Series(_("Men"), tuple(row.male for row in report.by_group)),
            ],
            stacked=True,
            **(NARROW if is_narrow else {}),
        )
    )
