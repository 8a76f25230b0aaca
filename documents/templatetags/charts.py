"""Draw a chart in a page or a printed document: `{% load charts %}{% chart figure %}`."""

from django import template
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.safestring import SafeString

from documents.charts import Chart
from documents.gantt import Gantt
from documents.small_charts import DegreeBar
from documents.strategy_map import StrategyMap

register = template.Library()


@register.simple_tag
def chart(figure: Chart | DegreeBar | Gantt | StrategyMap) -> SafeString:
    """The SVG of a drawing, with its title first; one template serves screen and paper."""
    return render_to_string(figure.template, {"chart": figure})


def print_number(value: float) -> str:
    """A figure in the reader's language, as the axis and the labels of a chart print it."""
    return number_format(value, use_l10n=True, force_grouping=True)
