"""What does a year of a plan say, whole, as data? The structure of a closing and of the Relazione.

`year_data` gives one dictionary, the same for the same year, without moments of the clock. When a
year is closed it is kept as it stands; pages and the Relazione read it, live or kept, alike.

- `schema_version`: 1; a change of structure raises it; `year`; `formula_version` (see also:
  indicators.attainment);
- `institution`, `plan`, `map`, `indicators`, `dashboards`: as in the snapshot of the plan
  (strategy.snapshots); of the dashboards the scored ones;
- `staff`: people in service on the last day of the year [category, gender, part_time, count];
- `results`: by identifier of the indicator: state, rule, value (exact, as a fraction), degree (two
  decimals), band, formula (steps), notes (codes), difference and measure (result minus target),
  treatment (excluded, zero);
- `body`: the ente: `score`, `perspectives` [name, score, `objectives` [code, name, score, `actions`
  [name, score, `rows` [indicator, name, weight, nature]]]];
- `scores`: by slug of the dashboard: its score;
- `decisions`: by identifier: who proposed and who approved what was decided of a missing result;
- `deviations`: by identifier: reason, cause, corrective_action, written_by, written_on of an
  indicator off target, as it was written for the year, else as it was sent with the figure that
  became its result;
- `evidence`: by identifier: the files sent with that figure [id, name, sha256].

A score has method, value, degree, band, measured, total, early, excluded, zeroed, formula. Numbers
are texts with a point, days are ISO 8601.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, cast

from django.utils import timezone

from indicators.aggregation import Aggregate
from indicators.attainment import FORMULA_VERSION, Attainment
from indicators.bands import BandLimits
from indicators.deviation import deviation
from indicators.rounding import half_up
from indicators.values import read
from organization.models import User
from strategy.attainment_data import (
    SCORED,
    attainment_in,
    scored_indicators,
    scored_rows,
    strategic_rows,
)
from strategy.enums import DashboardKind
from strategy.models import DeviationReason, Evidence, Plan, Recording, Resolution
from strategy.rollup import Score, body_score, dashboard_aggregate, limits_of
from strategy.snapshots import measured_parts, staff_on

SCHEMA_VERSION = 1
Data = dict[str, Any]


def year_data(plan: Plan, year: int) -> Data:
    """A year of a plan as it stands, in a number of queries that does not depend on its size."""
    parts = measured_parts(plan)
    dashboards = [one for one in parts["dashboards"] if one["kind"] in SCORED]
    return {
        "schema_version": SCHEMA_VERSION,
        "year": year,
        "formula_version": FORMULA_VERSION,
        **parts,
        "dashboards": dashboards,
        "staff": staff_on(datetime.date(year, 12, 31)),
        "decisions": decisions(plan, year),
        **entered(plan, year),
        **scored_parts(parts | {"dashboards": dashboards}, year),
    }


def scored_parts(data: Mapping[str, Any], year: int) -> Data:
    """What follows from the values of a year: degrees and means. Pure."""
    limits = limits_of(data["plan"])
    degrees = {
        token: attainment_in(data["indicators"][token], year) for token in scored_indicators(data)
    }
    return {
        "results": {
            token: _result(data["indicators"][token], year, found, limits)
            for token, found in degrees.items()
        },
        "body": _body(body_score(scored_rows(strategic_rows(data), degrees)), limits),
        "scores": {
            one["slug"]: score_of(dashboard_aggregate(scored_rows(one["rows"], degrees)), limits)
            for one in data["dashboards"]
            if one["kind"] in DashboardKind.cascaded
        },
    }


def decisions(plan: Plan, year: int) -> dict[str, Data]:
    """Who decided of the missing results of a year, by identifier of the indicator."""
    decided = Resolution.objects.of_year(plan, year).in_force().with_people()
    return {
        str(one.indicator_id): {
            "treatment": one.treatment,
            "reason": one.reason,
            "proposed_by": str(one.proposed_by),
            "proposed_on": timezone.localdate(one.proposed_at).isoformat(),
            "decided_by": str(one.decided_by) if one.decided_by else "",
            "decided_on": timezone.localdate(one.decided_at).isoformat() if one.decided_at else "",
        }
        for one in decided
    }


def entered(plan: Plan, year: int) -> Data:
    """What was sent with the figures that are the results of a year, and written of its
    deviations."""
    sent = Recording.objects.standing().filter(period__plan=plan, period__ends_on__year=year)
    deviations: dict[str, Data] = {}
    for one in sent.select_related("entered_by__person").order_by("period__ends_on"):
        if one.reason:
            deviations[str(one.indicator_id)] = _told(one, by=one.entered_by, at=one.entered_at)
    written = DeviationReason.objects.filter(plan=plan, year=year)
    for reason in written.select_related("written_by__person").order_by("pk"):
        token = str(reason.indicator_id)
        deviations[token] = _told(reason, by=reason.written_by, at=reason.written_at)
    evidence: dict[str, list[Data]] = {}
    proofs = Evidence.objects.filter(recording__in=sent).order_by("pk")
    for indicator_id, pk, name, digest in proofs.values_list(
        "recording__indicator_id", "pk", "name", "sha256"
    ):
        found = {"id": pk, "name": name, "sha256": digest}
        evidence.setdefault(str(indicator_id), []).append(found)
    return {"deviations": deviations, "evidence": evidence}


def _told(one: Recording | DeviationReason, *, by: User, at: datetime.datetime) -> Data:
    return {
        "reason": one.reason,
        "cause": one.cause,
        "corrective_action": one.corrective_action,
        "written_by": str(by),
        "written_on": timezone.localdate(at).isoformat(),
    }


def printed_in(values: Mapping[str, Any], year: int) -> str:
    """The cell of a year as printed; empty where there is none."""
    return str(values.get(str(year), {}).get("printed", ""))


def _result(indicator: Data, year: int, found: Attainment, limits: BandLimits) -> Data:
    """The degree of an indicator with everything that explains it."""
    target, actual = (read(printed_in(indicator[name], year)) for name in ("targets", "actuals"))
    gap = deviation(target, actual)
    decided = indicator.get("resolutions", {}).get(str(year), {})
    counts = found.is_excluded or found.counts_zero
    return {
        "state": found.state.value,
        "rule": str(found.rule),
        **_degree(found.value, limits),
        "formula": list(found.formula),
        "notes": [note.value for note in found.notes],
        "difference": gap.figure if gap else "",
        "measure": str(gap.kind) if gap else "",
        "treatment": decided.get("treatment", "") if counts else "",
    }


def _degree(value: Fraction | None, limits: BandLimits) -> Data:
    """A degree exact and as it is stored, with its band."""
    return {
        "value": "" if value is None else str(value),
        "degree": "" if value is None else f"{half_up(value, 2)}",
        "band": limits.band(value).value,
    }


def score_of(mean: Aggregate, limits: BandLimits) -> Data:
    """A mean with its method, its coverage and its numbers."""
    return {
        "method": mean.method.value,
        **_degree(mean.value, limits),
        "measured": mean.measured,
        "total": mean.total,
        "early": mean.early,
        "excluded": mean.excluded,
        "zeroed": mean.zeroed,
        "formula": mean.formula,
    }


def _body(score: Score, limits: BandLimits) -> Data:
    """The ente level by level, as the rows stand."""
    return {
        "score": score_of(score.aggregate, limits),
        "perspectives": [
            {
                "name": perspective.key,
                "score": score_of(perspective.aggregate, limits),
                "objectives": [_objective(one, limits) for one in perspective.children],
            }
            for perspective in score.children
        ],
    }


def _objective(objective: Score, limits: BandLimits) -> Data:
    code, name = cast(tuple[str, str], objective.key)
    return {
        "code": code,
        "name": name,
        "score": score_of(objective.aggregate, limits),
        "actions": [
            {
                "name": action.key,
                "score": score_of(action.aggregate, limits),
                "rows": [
                    {key: row.subject[key] for key in ("indicator", "name", "weight", "nature")}
                    for row in action.rows
                ],
            }
            for action in objective.children
        ],
    }
