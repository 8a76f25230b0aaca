"""How is the refusal of an operation told?"""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from organization.refusals import refusals_at


class Asking(forms.Form):
    day = forms.CharField(required=False)


@pytest.fixture
def form():
    asked = Asking({"day": "1.1.2021"})
    assert asked.is_valid()
    return asked


def test_refusal_stands_at_its_field_or_over_the_form(form):
    with refusals_at(form):
        raise ValidationError({"day": "Too early.", "hour": "Too late."})

    assert form.errors == {"day": ["Too early."], "__all__": ["Too late."]}


def test_refusal_about_no_field_keeps_its_code(form):
    with refusals_at(form):
        raise ValidationError("Somebody was faster.", code="stale")

    assert form.has_error("__all__", code="stale")


def test_nothing_refused_is_nothing_told(form):
    done = []
    with refusals_at(form):
        done.append("done")

    assert (done, form.errors) == (["done"], {})


def test_a_fault_is_no_refusal(form):
    with pytest.raises(KeyError), refusals_at(form):
        raise KeyError("day")

    assert form.errors == {}
