"""What does one line of the indicators' file say, its cells read?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from indicators.enums import TargetKind
from indicators.values import Value


@dataclass(frozen=True, kw_only=True)
class IndicatorRecord:
    """An indicator as the plan prints it: words, and a value for each year that has a cell."""

    name: str
    source: str = ""
    is_project: bool = False
    numerator: str = ""
    denominator: str = ""
    unit_of_measure: str = ""
    measurement_area: str = ""
    polarity: str = ""
    supplier: str = ""
    targets: Mapping[int, Value] = field(default_factory=dict)
    actuals: Mapping[int, Value] = field(default_factory=dict)

    @property
    def is_share(self) -> bool:
        """A ratio in per cent that never goes beyond 100: its numerator is taken to be a part of
        its denominator. The plan does not say it; the office may say otherwise."""
        per_cent = [cell.number for cell in self.cells if cell.kind == TargetKind.PERCENT]
        is_per_cent = self.unit_of_measure == "%" or bool(per_cent)
        whole = all(number is None or number <= 100 for number in per_cent)
        return bool(self.denominator) and is_per_cent and whole

    @property
    def cells(self) -> list[Value]:
        """Every cell of the line."""
        return [*self.targets.values(), *self.actuals.values()]
