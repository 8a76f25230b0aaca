"""What the database asks of more than one table in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CheckConstraint, Q

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def together(moment: str, author: str) -> Q:
    """A moment and who acted then: both or none."""
    return Q(**{f"{moment}__isnull": True, author: ""}) | (
        Q(**{f"{moment}__isnull": False}) & ~Q(**{author: ""})
    )


def when_and_by_whom(act: str, words: StrOrPromise) -> CheckConstraint:
    """The act (*sent*, *decided*) has its moment and its author, or is not done."""
    return CheckConstraint(
        condition=together(f"{act}_at", f"{act}_by_label"),
        name=f"%(app_label)s_%(class)s_{act}_when_and_by_whom",
        violation_error_message=words,
    )
