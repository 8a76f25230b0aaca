"""What does one line of the indicators' file say, its cells read?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from indicators.values import Value


@dataclass(frozen=True, kw_only=True)
class IndicatorRecord:
    """An indicator as the plan prints it: words, and a value for each year that has a cell. Whether
    a numerator is part of its denominator the plan does not print: the file says it."""

    name: str
    source: str = ""
    is_project: bool = False
    numerator: str = ""
    denominator: str = ""
    is_share: bool = False
    unit_of_measure: str = ""
    measurement_area: str = ""
    polarity: str = ""
    supplier: str = ""
    targets: Mapping[int, Value] = field(default_factory=dict)
    actuals: Mapping[int, Value] = field(default_factory=dict)

    @property
    def cells(self) -> list[Value]:
        """Every cell of the line."""
        return [*self.targets.values(), *self.actuals.values()]
