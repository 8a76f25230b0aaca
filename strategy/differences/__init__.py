"""What changed between two snapshots of a plan, cell by cell. Pure.

Two dictionaries as `strategy.snapshots` makes them go in, a tree comes out: the difference, its
subjects (an indicator, a row, an objective, a section, a row of a table), the changes of each.

Things are recognised by what the snapshot identifies them with (id, slug), those left over by
their names. What is derived from the rest is not told again: whether a row is strategic, the
number of the revision.
"""

from strategy.differences.annexes import annex_changes
from strategy.differences.changes import Change, Difference, Snapshot, Subject
from strategy.differences.dashboards import dashboard_changes
from strategy.differences.document import document_changes
from strategy.differences.indicators import indicator_changes, match_indicators
from strategy.differences.map import map_changes, match_map
from strategy.differences.plan import plan_changes, staff_changes
from strategy.differences.projects import project_changes
from strategy.differences.tables import table_changes

__all__ = ["Change", "Difference", "Snapshot", "Subject", "differences"]


def differences(old: Snapshot, new: Snapshot) -> Difference:
    """Everything that was added, removed, moved or changed from the old snapshot to the new one."""
    tree = match_map(old, new)
    indicators = match_indicators(old, new)
    return Difference(
        (
            *plan_changes(old, new),
            *map_changes(tree),
            *indicator_changes(old, new, indicators),
            *dashboard_changes(old, new, tree=tree, indicators=indicators),
            *project_changes(old, new, indicators),
            *document_changes(old["sections"], new["sections"]),
            *table_changes(old["tables"], new["tables"]),
            *staff_changes(old, new),
            *annex_changes(old["annexes"], new["annexes"]),
        )
    )
