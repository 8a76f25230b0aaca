"""What does an individual agreement say? Its nine contents (art. 6) as data. Pure.

`Terms` come from the JSON of a version and go back to it unchanged; `missing` says which of the
nine contents are still empty: nothing is offered until none is.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from typing import Any

from pola.contact_windows import Window, hour
from pola.enums import Content

TEXTS = ("place", "returns", "availability", "equipment", "indicators", "monitoring", "notice")


@dataclass(frozen=True, slots=True)
class Objective:
    """A measurable objective of the agreement (art. 13): a row of the unit's dashboard as it was
    when it was chosen."""

    row: int
    action: str
    indicator: str
    expected: str

    @property
    def words(self) -> str:
        """As the text of the agreement says it."""
        return f"{self.indicator}: {self.expected}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The nine contents, with the place (art. 4) and the hours of the day."""

    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    is_cut: bool = False
    days_per_week: int = 1
    weekdays: tuple[int, ...] = ()
    day_begins_at: datetime.time = datetime.time(8)
    day_ends_at: datetime.time = datetime.time(16, 30)
    morning: Window = field(default_factory=lambda: Window(None, None))
    afternoon: Window = field(default_factory=lambda: Window(None, None))
    objectives: tuple[Objective, ...] = ()
    place: str = ""
    returns: str = ""
    availability: str = ""
    equipment: str = ""
    indicators: str = ""
    monitoring: str = ""
    notice: str = ""

    @property
    def missing(self) -> tuple[Content, ...]:
        """The contents that are still empty, in the order of art. 6."""
        return tuple(content for content in Content if not self.has(content))

    @property
    def objective_rows(self) -> tuple[int, ...]:
        """The rows of the dashboard that were chosen."""
        return tuple(one.row for one in self.objectives)

    def has(self, content: Content) -> bool:
        """Whether the content is there."""
        match content:
            case Content.TERM:
                return self.starts_on is not None and self.ends_on is not None
            case Content.OBJECTIVES:
                return bool(self.objectives)
            case Content.WINDOWS:
                return not self.morning.is_empty
            case _:
                return bool(getattr(self, content.value).strip())

    def with_changes(self, **changes: Any) -> Terms:
        """The same terms with something else in them."""
        return replace(self, **changes)


def terms_to_json(terms: Terms) -> dict[str, Any]:
    """The terms as a version keeps them."""
    return {
        "starts_on": _day_text(terms.starts_on),
        "ends_on": _day_text(terms.ends_on),
        "is_cut": terms.is_cut,
        "days_per_week": terms.days_per_week,
        "weekdays": list(terms.weekdays),
        "day_begins_at": _hour_text(terms.day_begins_at),
        "day_ends_at": _hour_text(terms.day_ends_at),
        "morning": [_hour_text(terms.morning.start), _hour_text(terms.morning.end)],
        "afternoon": [_hour_text(terms.afternoon.start), _hour_text(terms.afternoon.end)],
        "objectives": [
            {"row": o.row, "action": o.action, "indicator": o.indicator, "expected": o.expected}
            for o in terms.objectives
        ],
        **{name: getattr(terms, name) for name in TEXTS},
    }


def terms_from_json(data: dict[str, Any]) -> Terms:
    """The terms that a version keeps."""
    return Terms(
        starts_on=_day(data["starts_on"]),
        ends_on=_day(data["ends_on"]),
        is_cut=data["is_cut"],
        days_per_week=data["days_per_week"],
        weekdays=tuple(data["weekdays"]),
        day_begins_at=datetime.time.fromisoformat(data["day_begins_at"]),
        day_ends_at=datetime.time.fromisoformat(data["day_ends_at"]),
        morning=_window(data["morning"]),
        afternoon=_window(data["afternoon"]),
        objectives=tuple(Objective(**one) for one in data["objectives"]),
        **{name: data[name] for name in TEXTS},
    )


def _window(hours: list[str]) -> Window:
    start, end = (datetime.time.fromisoformat(text) if text else None for text in hours)
    return Window(start, end)


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _day_text(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _hour_text(moment: datetime.time | None) -> str:
    return moment.strftime("%H:%M") if moment else ""


def day_words(terms: Terms) -> str:
    """The hours of the day as the offices write them: 8.00-16.30."""
    return f"{hour(terms.day_begins_at)}-{hour(terms.day_ends_at)}"
