"""Which unit supplies a figure."""

import pytest

from strategy.enums import DashboardKind
from strategy.suppliers import supplier_of

UNIT, SG, TOP = DashboardKind.UNIT, DashboardKind.SECRETARY_GENERAL, DashboardKind.STRATEGIC


@pytest.mark.parametrize(
    ("declared", "showing", "supplier"),
    [
        (7, [(UNIT, 1), (UNIT, 2)], 7),
        (None, [(UNIT, 1), (TOP, None)], 1),
        (None, [(UNIT, 1), (SG, 9)], 1),
        (None, [(UNIT, 1), (UNIT, 2)], None),
        (None, [(SG, 9), (TOP, None)], 9),
        (None, [(SG, 9), (DashboardKind.DIRIGENTE, 8)], None),
        (None, [(TOP, None)], None),
        (None, [], None),
    ],
    ids=[
        "declared",
        "the only service",
        "a service before the Segretario Generale",
        "two services: planning",
        "no service: who else shows it",
        "two of them: planning",
        "the ente alone: planning",
        "nobody: planning",
    ],
)
def test_one_unit_supplies_a_figure(declared, showing, supplier):
    assert supplier_of(declared, showing) == supplier
