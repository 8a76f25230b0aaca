"""Where a line may break in a printed document: `{% load lettering %}{{ act|unbroken }}`."""

from django import template
from django.template.defaultfilters import stringfilter

from documents import lettering

register = template.Library()


@register.filter
@stringfilter
def unbroken(text: str) -> str:
    """The text on one line wherever it fits."""
    return lettering.unbroken(text)
