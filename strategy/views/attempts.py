"""An act of a form, tried: done, or refused on the form itself."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError

from organization.refusals import tell


def attempt(form: forms.BaseForm, act: Callable[..., object]) -> str:
    """Do the act with what the form says, if it is in order; a refusal stands on the form, its code
    is told; nothing is told when it is done."""
    if not form.is_valid():
        return "form"
    try:
        act(**form.cleaned_data)
    except ValidationError as refusal:
        tell(form, refusal)
        return getattr(refusal, "code", "") or "refused"
    return ""
