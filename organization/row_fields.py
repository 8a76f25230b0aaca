"""Rows chosen by their keys in a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

LONGEST_KEY = 18  # digits of a key that every database can look for


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows of a list; a key longer than any that a database holds is no choice."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if len(str(key)) > LONGEST_KEY:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": f"{str(key)[:LONGEST_KEY]}…"},
                )
        return super().clean(value)
