"""What does a plan say, whole, as data? The structure of editions and of the published JSON.

`plan_snapshot` gives one dictionary, the same for the same plan, without moments of the clock:

- `schema_version`: 1; a change of structure raises it;
- `institution`: name, short_name, city, province, ipa_code, tax_code, website;
- `plan`: first_year, last_year, label, title, revision, reference_date; the limits of the bands
  beyond_above, reached_from, partly_reached_from (absent from the first editions: 100, 90, 70);
- `map`: perspectives [chart (strategy, pola), name, objectives [id, code, name, map_name, mission,
  actions [id, name]]]; in the POLA tree these are dimensions, areas, objectives;
- `indicators`: by identifier: name, definition, numerator, denominator, unit_of_measure,
  is_project, measurement_area, source, supplier, `targets` and `actuals` by year, each as
  `printed` and as typed (availability, kind, comparator, number, number_to, day, is_yes,
  head_count); targets also polarity, is_polarity_confirmed, tolerance_days, reason; actuals also
  measured_on, numerator_value, denominator_value, note; `resolutions` by year [treatment
  (excluded, zero), reason]: what was decided of a missing result (absent from the first editions);
- `dashboards`: slug, kind, unit, heading, code, `rows` [perspective, objective_code, objective,
  action, name (of the indicator as printed there), indicator (its identifier), nature
  (strategico, operativo; empty in the POLA), weight];
- `sections`: number, title, slug, parent, level, is_annex, summary, key_figure,
  key_figure_caption, body, `blocks` [kind, argument, caption, lead, source_note, table];
- `tables`: slug, caption, source_note, `columns` [heading, is_numeric], `rows` [level, cells];
- `staff`: people in service at the reference date [category, gender, part_time, count];
- `established_posts`: act, category, posts;
- `annexes`: what is added under a name of its own (`annex`): `projects`, the sheets that say
  something (strategy.project_data), and what the applications above hand down.

Numbers are texts with a point, days are ISO 8601.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from indicators.models import Actual, Indicator, Target, as_typed
from organization.enums import StaffCategory
from organization.models import EstablishedPosts, Institution, Person
from strategy.enums import DashboardKind, MapKind, RowNature
from strategy.models import (
    Dashboard,
    DashboardRow,
    Perspective,
    Plan,
    ReferenceTable,
    Resolution,
    Section,
)
from strategy.project_data import projects_data
from strategy.rollup import UNSAID_LIMITS

SCHEMA_VERSION = 1
Data = dict[str, Any]
_ANNEXES: dict[str, Callable[[Plan], Any]] = {"projects": projects_data}


def annex(name: str) -> Callable[[Callable[[Plan], Any]], Callable[[Plan], Any]]:
    """Add a part to every snapshot: how an application above this one hands its data down. Where
    the builder answers None the part is left out."""

    def register(build: Callable[[Plan], Any]) -> Callable[[Plan], Any]:
        _ANNEXES[name] = build
        return build

    return register


def plan_snapshot(plan: Plan) -> Data:
    """The whole plan as plain data, in a number of queries that does not depend on its size."""
    return {
        "schema_version": SCHEMA_VERSION,
        **measured_parts(plan),
        "sections": _sections(plan),
        "tables": _tables(plan),
        "staff": staff_on(plan.reference_date),
        "established_posts": list(EstablishedPosts.objects.values("act", "category", "posts")),
        "annexes": _annexes(plan),
    }


def measured_parts(plan: Plan) -> Data:
    """The parts of a plan that say what is measured: who, which plan, map, indicators,
    dashboards."""
    return {
        "institution": _institution(),
        "plan": _fields(plan, "first_year", "last_year", "label", "title", "revision")
        | {"reference_date": plan.reference_date.isoformat()}
        | {name: _plain(getattr(plan, name)) for name in UNSAID_LIMITS},
        "map": _trees(plan),
        "indicators": indicator_parts(plan),
        "dashboards": _dashboards(plan),
    }


def _annexes(plan: Plan) -> Data:
    parts = {name: build(plan) for name, build in sorted(_ANNEXES.items())}
    return {name: part for name, part in parts.items() if part is not None}


def canonical(snapshot: Data) -> str:
    """The one text of a snapshot: sorted keys, no idle spaces, letters as they are."""
    return json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(content: bytes) -> str:
    """The hash by which an edition is recognised."""
    return hashlib.sha256(content).hexdigest()


def plan_sha256(plan: Plan) -> str:
    """The hash of the data of a plan as it stands now."""
    return sha256(canonical(plan_snapshot(plan)).encode())


def _fields(thing: Any, *names: str) -> Data:
    return {name: getattr(thing, name) for name in names}


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else format(number.normalize(), "f")


def _institution() -> Data:
    institution = Institution.objects.first() or Institution()
    return _fields(
        institution,
        "name",
        "short_name",
        "city",
        "province",
        "ipa_code",
        "tax_code",
        "website",
    )


def _trees(plan: Plan) -> list[Data]:
    """The branches of the map, then those of the POLA."""
    trees: dict[str, list[Data]] = {MapKind.STRATEGY: [], MapKind.POLA: []}
    perspectives = Perspective.objects.filter(plan=plan).order_by("position")
    for perspective in perspectives.prefetch_related("objectives__actions"):
        objectives = [
            _fields(objective, "id", "code", "name", "map_name", "mission")
            | {"actions": [_fields(action, "id", "name") for action in objective.actions.all()]}
            for objective in perspective.objectives.all()
        ]
        trees[perspective.chart].append(
            _fields(perspective, "chart", "name") | {"objectives": objectives}
        )
    return [branch for tree in trees.values() for branch in tree]


def results(plan: Plan, *, since: int) -> dict[int, dict[str, Data]]:
    """The results of the indicators on the dashboards of the plan by year, from a year on."""
    shown = DashboardRow.objects.filter(dashboard__plan=plan).values("indicator")
    actuals = Actual.objects.current().filter(
        indicator__in=shown, year__range=(since, plan.last_year)
    )
    return _by_year(actuals.order_by("year", "measured_on", "pk"), _actual)


def without_actuals(data: Data) -> Data:
    """The data of a plan without the results of its own years; those before it stay."""
    first_year = str(data["plan"]["first_year"])
    indicators = {
        token: one
        | {"actuals": {year: cell for year, cell in one["actuals"].items() if year < first_year}}
        for token, one in data["indicators"].items()
    }
    return data | {"indicators": indicators}


def without_results(data: Data) -> Data:
    """The data of a plan without what comes in while it is carried out: results of its years, what
    was decided of missing ones, the work on its projects. The rest is what the Giunta adopts."""
    indicators = {
        token: {name: value for name, value in one.items() if name != "resolutions"}
        for token, one in without_actuals(data)["indicators"].items()
    }
    annexes = {name: one for name, one in data["annexes"].items() if name != "projects"}
    return data | {"indicators": indicators, "annexes": annexes}


def resolutions(plan: Plan) -> dict[int, dict[str, Data]]:
    """What was decided in the plan of missing results, and is in force, by year."""
    decided = Resolution.objects.filter(plan=plan).in_force()
    return _by_year(decided.order_by("year"), lambda one: _fields(one, "treatment", "reason"))


def indicator_parts(plan: Plan) -> dict[str, Data]:
    """The indicators that stand on a dashboard of the plan, with its targets and the results."""
    shown = DashboardRow.objects.filter(dashboard__plan=plan).values("indicator")
    indicators = Indicator.objects.filter(pk__in=shown).with_source().order_by("pk")
    targets = Target.objects.filter(indicator__in=shown, cycle=plan.first_year)
    targets_by_year = _by_year(targets.order_by("year"), _target)
    actuals_by_year = results(plan, since=plan.baseline_year)
    decided = resolutions(plan)
    return {
        str(indicator.pk): _fields(
            indicator,
            "name",
            "definition",
            "numerator",
            "denominator",
            "unit_of_measure",
            "is_project",
            "measurement_area",
        )
        | {
            "source": indicator.source.name if indicator.source else "",
            "supplier": indicator.supplier.name if indicator.supplier else "",
            "targets": targets_by_year[indicator.pk],
            "actuals": actuals_by_year[indicator.pk],
            "resolutions": decided[indicator.pk],
        }
        for indicator in indicators
    }


def _by_year(cells: Iterable[Any], describe: Callable[[Any], Data]) -> dict[int, dict[str, Data]]:
    """The cells of each indicator by year; the latest one of a year stands."""
    found: dict[int, dict[str, Data]] = defaultdict(dict)
    for cell in cells:
        found[cell.indicator_id][str(cell.year)] = describe(cell)
    return found


def _target(target: Target) -> Data:
    return as_typed(target) | _fields(
        target, "polarity", "is_polarity_confirmed", "tolerance_days", "reason"
    )


def _actual(actual: Actual) -> Data:
    return as_typed(actual) | {
        "measured_on": actual.measured_on.isoformat(),
        "numerator_value": _plain(actual.numerator_value),
        "denominator_value": _plain(actual.denominator_value),
        "note": actual.note,
    }


def _dashboards(plan: Plan) -> list[Data]:
    dashboards = Dashboard.objects.filter(plan=plan).select_related("unit").order_by("position")
    rows: dict[int, list[Data]] = defaultdict(list)
    shown = DashboardRow.objects.filter(dashboard__plan=plan).with_nature().with_tree()
    for row in shown.in_order():
        rows[row.dashboard_id].append(_row(row))
    return [
        _fields(dashboard, "slug", "kind", "heading", "code")
        | {
            "unit": dashboard.unit.name if dashboard.unit else "",
            "rows": rows[dashboard.pk],
        }
        for dashboard in dashboards
    ]


def _row(row: DashboardRow) -> Data:
    objective = row.action.objective
    return {
        "perspective": objective.perspective.name,
        "objective_code": objective.code,
        "objective": objective.name,
        "action": row.action.name,
        "name": str(row),
        "indicator": str(row.indicator_id),
        "nature": _nature(row),
        "weight": _plain(row.weight),
    }


def _nature(row: Any) -> str:
    """Strategic or operational; the rows of the POLA are neither."""
    if row.dashboard.kind == DashboardKind.POLA:
        return ""
    nature = RowNature.STRATEGIC if row.is_strategic else RowNature.OPERATIONAL
    return str(nature.value)


def _sections(plan: Plan) -> list[Data]:
    sections = Section.objects.filter(plan=plan).order_by("position")
    return [
        _fields(
            section,
            "number",
            "title",
            "slug",
            "level",
            "is_annex",
            "summary",
            "key_figure",
            "key_figure_caption",
            "body",
        )
        | {
            "parent": section.parent.slug if section.parent else "",
            "blocks": [
                _fields(block, "kind", "argument", "caption", "lead", "source_note")
                | {"table": block.table.slug if block.table else ""}
                for block in section.blocks.all()
            ],
        }
        for section in sections.select_related("parent").prefetch_related("blocks__table")
    ]


def _tables(plan: Plan) -> list[Data]:
    tables = ReferenceTable.objects.filter(plan=plan).order_by("slug").with_cells()
    return [
        _fields(table, "slug", "caption", "source_note")
        | {
            "columns": [_fields(one, "heading", "is_numeric") for one in table.columns.all()],
            "rows": [_fields(one, "level", "cells") for one in table.rows.all()],
        }
        for table in tables
    ]


def staff_on(day: datetime.date) -> list[Data]:
    """People in service on the day: numbers only, never names."""
    people = Person.objects.in_service(on=day)
    counts = Counter(
        (category, gender, percent < 100)
        for category, gender, percent in people.values_list(
            "category", "gender", "part_time_percent"
        )
    )
    order = StaffCategory.values
    return [
        {"category": category, "gender": gender, "part_time": part_time, "count": counts[group]}
        for group in sorted(counts, key=lambda group: (order.index(group[0]), *group[1:]))
        for category, gender, part_time in [group]
    ]
