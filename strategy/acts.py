"""By which act does a body of the Chamber adopt a plan?"""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Act:
    """An act of a body: Delibera di Giunta n. 2 del 25.1.2021. See also: Edition.act."""

    type: str
    number: str
    date: datetime.date
    body: str

    @property
    def columns(self) -> dict[str, Any]:
        """The act as the columns of what it made. See also: MadeByAct."""
        return {f"act_{name}": value for name, value in asdict(self).items()}

    def __str__(self) -> str:
        day = f"{self.date.day}.{self.date.month}.{self.date.year}"
        return f"{self.type} di {self.body} n. {self.number} del {day}"
