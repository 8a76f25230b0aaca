"""How the refusal of an operation is told: on the form that asked, or over the next page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest


def tell(form: forms.BaseForm, refusal: ValidationError) -> None:
    """At the field that it is about when the form has it, else over the form."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, problems in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, problems)


@dataclass(frozen=True, slots=True)
class Telling:
    """A block that ends at the first refusal, which is told; the page goes on after the block."""

    how: Callable[[ValidationError], None]

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, ValidationError):
            return False
        self.how(error)
        return True


def refusals_at(form: forms.BaseForm) -> Telling:
    """What is refused inside stands on the form."""
    return Telling(partial(tell, form))


def refusals_told(request: HttpRequest) -> Telling:
    """What is refused inside stands over the next page."""
    return Telling(lambda refusal: messages.error(request, " ".join(refusal.messages)))
