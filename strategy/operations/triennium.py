"""The plan of the next triennium, made of the one before: structure and overlapping targets."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from indicators.enums import Availability
from indicators.models import Target
from organization import audit
from organization.models import User
from strategy.carriers import carriers
from strategy.enums import PlanState
from strategy.models import (
    Action,
    Dashboard,
    Plan,
    ReferenceColumn,
    ReferenceRow,
    Section,
    SectionBlock,
    SectionImage,
    StrategicObjective,
)
from strategy.operations import project_carrying  # noqa: F401 - it registers itself
from strategy.reports.triennium import Forecast, forecast
from strategy.rules import is_planner

M = TypeVar("M", bound=models.Model)
LEVELS = (1, 2, 3)


@transaction.atomic
def roll_plan_forward(plan: Plan, *, by: User | None, at: datetime.datetime | None = None) -> Plan:
    """Make the plan that begins a year later, a draft that continues this one.

    Map, dashboards, rows, document and tables are copied; so is what is registered as carried,
    the sheets of the projects among it; indicators stay the same ones, retired
    ones and series that have ended are left out; targets of the years both plans have are carried,
    that of the year before stays as the baseline year's; the new year is left to be filled in.
    Results belong to the indicator and need no carrying. Records `plan.rolled_forward`.

    Refuses whoever is not of the planning office, a plan that is not published, being updated or
    closed (code `state`), and a triennium that has its plan already (code `exists`).
    """
    at = at or timezone.now()
    source = Plan.objects.select_for_update().get(pk=plan.pk)
    if by is not None and not is_planner(by):
        raise PermissionDenied(_("You have no right to do this."))
    if source.state not in PlanState.continuable:
        raise ValidationError(
            _("The next triennium is made of a plan that is published, being updated or closed."),
            code="state",
        )
    found = forecast(source)
    new = _new_plan(source, by=by, at=at)
    _Copy(source, new, by=by, at=at).everything(found)
    for one in carriers():
        one.carry(source, new, by=by, at=at)
    audit.record(
        "plan.rolled_forward",
        target=new,
        by=by,
        at=at,
        after={
            "continues": source.label,
            "rows": len(found.rows),
            "targets": len(found.carried_targets),
            "left_out": len(found.left_out),
        },
    )
    return new


def _new_plan(source: Plan, *, by: User | None, at: datetime.datetime) -> Plan:
    """The empty plan of the following triennium."""
    new = Plan(
        first_year=source.first_year + 1,
        reference_date=datetime.date(source.first_year, 12, 31),
        continues=source,
        figure_checks=source.figure_checks,
        beyond_above=source.beyond_above,
        reached_from=source.reached_from,
        partly_reached_from=source.partly_reached_from,
    )
    new.title = source.title.replace(source.label, new.label)
    new.full_clean(validate_unique=False)
    new._history_date = at  # type: ignore[attr-defined] # the history reads it from here
    new._history_user = by  # type: ignore[attr-defined] # as above
    try:
        # The database answers for two who do this at once.
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(
            _("The plan %(label)s exists already.") % {"label": new.label}, code="exists"
        ) from error
    return new


class _Copy:
    """Copies the parts of a plan, each kind in one go; knows which copy stands for which row."""

    def __init__(self, source: Plan, new: Plan, *, by: User | None, at: datetime.datetime) -> None:
        self.source = source
        self.new = new
        self.by = by
        self.at = at

    def everything(self, found: Forecast) -> None:
        """Map, dashboards with their rows, targets, tables, document."""
        actions = self._map()
        self._dashboards(found, actions)
        self._targets(found)
        self._document(self._tables())

    def _map(self) -> dict[int, int]:
        plan = self.source
        perspectives = self._put(plan.perspectives.all(), lambda one: {"plan_id": self.new.pk})
        objectives = self._put(
            StrategicObjective.objects.filter(perspective__plan=plan),
            lambda one: {"perspective_id": perspectives[one.perspective_id]},
        )
        return self._put(
            Action.objects.filter(objective__perspective__plan=plan),
            lambda one: {"objective_id": objectives[one.objective_id]},
        )

    def _dashboards(self, found: Forecast, actions: dict[int, int]) -> None:
        dashboards = self._put(
            Dashboard.objects.filter(plan=self.source), lambda one: {"plan_id": self.new.pk}
        )
        self._put(
            found.rows,
            lambda row: {
                "dashboard_id": dashboards[row.dashboard_id],
                "action_id": actions[row.action_id],
            },
        )

    def _targets(self, found: Forecast) -> None:
        carried = [_copied(target, cycle=self.new.first_year) for target in found.carried_targets]
        empty = [
            Target(
                indicator_id=indicator,
                cycle=self.new.first_year,
                year=year,
                availability=Availability.NOT_FILLED,
                polarity=_last_polarity(found.targets[indicator].values()),
            )
            for indicator, year in found.empty_cells
        ]
        self._create([*carried, *empty])

    def _tables(self) -> dict[int, int]:
        tables = self._put(self.source.reference_tables.all(), lambda one: {"plan_id": self.new.pk})
        # Columns and rows keep no history of their own.
        columns = ReferenceColumn.objects.filter(table__plan=self.source)
        rows = ReferenceRow.objects.filter(table__plan=self.source)
        ReferenceColumn.objects.bulk_create(
            _copied(one, table_id=tables[one.table_id]) for one in columns
        )
        ReferenceRow.objects.bulk_create(
            _copied(one, table_id=tables[one.table_id]) for one in rows
        )
        return tables

    def _document(self, tables: dict[int, int]) -> None:
        """Sections from the chapters down, then their blocks; pictures are the same files."""
        fresh = {
            "plan_id": self.new.pk,
            "is_done": False,
            "version": 1,
            "edited_at": None,
            "edited_by_label": "",
        }
        old = list(Section.objects.filter(plan=self.source))
        sections: dict[int, int] = {}
        for level in LEVELS:
            found = [section for section in old if section.level == level]
            sections.update(
                self._put(found, lambda one: fresh | {"parent_id": sections.get(one.parent_id)})
            )
        self._put(
            SectionBlock.objects.filter(section__plan=self.source),
            lambda one: {
                "section_id": sections[one.section_id],
                "table_id": tables.get(one.table_id),
            },
        )
        pictures = SectionImage.objects.filter(plan=self.source)
        SectionImage.objects.bulk_create(_copied(one, plan_id=self.new.pk) for one in pictures)

    def _put(self, rows: Iterable[Any], changes: Any) -> dict[int, int]:
        """Copies of the rows with what the function says changed; the new key of each old one."""
        olds = list(rows)
        copies = self._create([_copied(row, **changes(row)) for row in olds])
        return {old.pk: copy.pk for old, copy in zip(olds, copies, strict=True)}

    def _create(self, copies: Sequence[M]) -> list[M]:
        if not copies:
            return []
        created: list[M] = bulk_create_with_history(
            copies, type(copies[0]), default_user=self.by, default_date=self.at
        )
        return created


def _copied(row: M, **changes: Any) -> M:
    """The same row without its key, with what is given changed."""
    fields = (field for field in row._meta.concrete_fields if not field.primary_key)
    values = {field.attname: getattr(row, field.attname) for field in fields}
    return type(row)(**values | changes)


def _last_polarity(targets: Iterable[Target]) -> str:
    """The polarity of the latest year that has one: what the planner starts from."""
    stated = sorted((target.year, target.polarity) for target in targets if target.polarity)
    return stated[-1][1] if stated else ""
