"""Where a line may break in a printed document, and how a figure below zero is set:
`{% load lettering %}{{ act|unbroken }}`."""

from django import template
from django.template.defaultfilters import stringfilter

from documents import lettering

register = template.Library()


@register.filter
@stringfilter
def unbroken(text: str) -> str:
    """The text on one line wherever it fits."""
    return lettering.unbroken(text)


@register.filter
@stringfilter
def minus(text: str) -> str:
    """A figure below zero with a true minus: only where it is computed, not quoted."""
    return lettering.minus(text)
