"""What does a rule of the guidelines answer? That it stops, that it warns, that it does not hold.

The same value feeds the page, the mail and the refusal, and quotes its article:
“Art. 4: massimo 3 giornate a settimana”.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.utils.functional import Promise

SECTION = "5.2.4"  # what no article fixes, the section of the plan does


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule says: the article that says it (0 for section 5.2.4), the reason in words, a code
    for whoever asks which rule it is, the day it is about when there is one."""

    is_blocker: ClassVar[bool] = False
    tone: ClassVar[str] = "info"

    article: int
    reason: str | Promise
    code: str = ""
    day: datetime.date | None = None

    @property
    def reference(self) -> str:
        """The article as it is quoted: Art. 4."""
        return f"Art. {self.article}" if self.article else SECTION

    @property
    def text(self) -> str:
        """Article and reason, as they are read everywhere."""
        return f"{self.reference}: {self.reason}"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker(Finding):
    """The rule stops the act."""

    is_blocker: ClassVar[bool] = True
    tone: ClassVar[str] = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution(Finding):
    """The rule warns; who decides may go on."""

    tone: ClassVar[str] = "caution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempted(Finding):
    """The rule does not hold in this case; the reason never tells why (“deroga”)."""


def blockers(findings: Iterable[Finding]) -> list[Finding]:
    """Those that stop."""
    return [one for one in findings if one.is_blocker]


def refuse(findings: Iterable[Finding]) -> None:
    """Stop with every blocker in words (ValidationError); nothing happens when there is none."""
    found = blockers(findings)
    if found:
        raise ValidationError([ValidationError(one.text, code=one.code or "rule") for one in found])
