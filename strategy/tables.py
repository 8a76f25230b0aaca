"""Lists of the plan with paging and sorting."""

from __future__ import annotations

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from indicators.models import Indicator


class IndicatorTable(tables.Table):
    """Every indicator of a plan, with its source and the unit that supplies its figure."""

    name = tables.Column(verbose_name=_("Indicator"), attrs={"td": {"class": "cp-cell-wide"}})
    source = tables.Column(verbose_name=_("Source"), order_by="source__name", default="")
    supplier = tables.Column(verbose_name=_("Supplied by"), order_by="supplier__name", default="")
    dashboards = tables.Column(
        verbose_name=_("Dashboards"), accessor="dashboard_count", attrs={"td": {"class": "cp-num"}}
    )

    class Meta:
        model = Indicator
        fields = ("name", "source", "supplier", "dashboards")
        attrs = {"class": "cp-table cp-table--cards cp-cards-2"}

    def __init__(self, *args: object, year: int, **kwargs: object) -> None:
        self.year = year
        super().__init__(*args, **kwargs)

    def render_name(self, record: Indicator) -> SafeString:
        """The name as a link to the page of the indicator."""
        url = reverse("strategy:indicator-detail", args=[self.year, record.pk])
        return format_html('<a href="{}">{}</a>', url, record.name)
