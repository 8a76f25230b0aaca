"""What of a plan holds today: the edition in force, or the plan itself while nothing moved on."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from indicators.bands import BandLimits
from strategy.attainment_data import SCORED
from strategy.enums import PlanState
from strategy.models import Edition, Plan
from strategy.rollup import limits_of
from strategy.snapshots import measured_parts, plan_sha256, plan_snapshot, resolutions, results

_SINCE: dict[str, Callable[[Plan], Any]] = {}


def since_adoption(name: str) -> Callable[[Callable[[Plan], Any]], Callable[[Plan], Any]]:
    """Add a part to the results to date of every plan: how an application above this one hands
    down what happens while a plan is carried out."""

    def register(build: Callable[[Plan], Any]) -> Callable[[Plan], Any]:
        _SINCE[name] = build
        return build

    return register


class DamagedEditionError(Exception):
    """What is stored of the edition is not what was adopted; nothing is given out in its place."""

    def __init__(self, edition: Edition) -> None:
        words = _(
            "%(edition)s: what is stored no longer has the hash of the day of adoption. "
            "Nothing was written."
        )
        super().__init__(words % {"edition": edition})


def edition_behind(plan: Plan) -> Edition | None:
    """The newest edition of a plan that has moved on from it: a revision is being prepared, or
    results came in."""
    edition = plan.editions.select_related("plan").order_by("-revision").first()
    if edition is None or plan.is_draft:
        return edition
    return edition if plan_sha256(plan) != edition.snapshot_sha256 else None


def data_in_force(plan: Plan) -> dict[str, Any]:
    """The frozen data of the edition behind a plan that has moved on; else those of the plan."""
    edition = edition_behind(plan)
    if edition is None:
        return plan_snapshot(plan)
    return _intact(edition)


MeasuredIndicators = dict[str, tuple[dict[str, Any], bool, list[tuple[str, ...]]]]
Measures = tuple[BandLimits, MeasuredIndicators]
SHOWN_NAMES = 3
# What is printed, and why: a degree does not stand on them.
WORDS = frozenset({"printed", "reason"})


def measures_of(data: dict[str, Any], year: int) -> Measures:
    """What measures a year in the data of a plan: the bands; of each indicator with a target of
    that year on a scored dashboard, the typed target, whether it is a project, and in no order the
    rows on which it stands, with branch and weight."""
    places = _scored_places(data)
    return limits_of(data["plan"]), {
        token: (_typed(indicator["targets"][str(year)]), indicator["is_project"], places[token])
        for token, indicator in data["indicators"].items()
        if str(year) in indicator["targets"] and token in places
    }


def unadopted_words(plan: Plan, year: int) -> str:
    """Why a year waits: what would measure it is not what was adopted last, because a revision in
    preparation changes it or because it was changed outside any. Nothing when it is the same, or
    nothing was adopted yet.

    Refuses an edition that is damaged (DamagedEditionError).
    """
    adopted = _adopted_data(plan)
    if adopted is None:
        return ""
    working = measured_parts(plan)
    sides = measures_of(adopted, year), measures_of(working, year)
    if sides[0] == sides[1]:
        return ""
    words = _not_adopted(plan, year)
    names = _changed_names(sides[0][1], sides[1][1], adopted["indicators"] | working["indicators"])
    return f"{words} {names}" if names else words


def _not_adopted(plan: Plan, year: int) -> str:
    if plan.state in PlanState.unadopted:
        return _(
            "Not closed: the revision being prepared changes targets, rows or bands of %(year)s "
            "and is not adopted. Adopt it first, or take its changes of that year back."
        ) % {"year": year}
    return _(
        "Not closed: targets, rows or bands of %(year)s are not those adopted with REV. "
        "%(revision)s. Open an update of the plan: write there what was adopted, or adopt what "
        "changed."
    ) % {"year": year, "revision": plan.revision}


def _changed_names(
    before: MeasuredIndicators, now: MeasuredIndicators, indicators: Mapping[str, Any]
) -> str:
    """The indicators that are measured otherwise, the first of them by name; none where only the
    bands are others."""
    names = sorted(
        str(indicators[token]["name"])
        for token in before.keys() | now.keys()
        if before.get(token) != now.get(token)
    )
    if not names:
        return ""
    told = {"names": "; ".join(names[:SHOWN_NAMES]), "count": len(names) - SHOWN_NAMES}
    if len(names) > SHOWN_NAMES:
        return _("It is about: %(names)s and %(count)s more.") % told
    return _("It is about: %(names)s.") % told


def _adopted_data(plan: Plan) -> dict[str, Any] | None:
    """The data of the newest edition; none before the first."""
    edition = plan.editions.select_related("plan").order_by("-revision").first()
    return None if edition is None else _intact(edition)


def _intact(edition: Edition) -> dict[str, Any]:
    if not edition.is_snapshot_intact():
        raise DamagedEditionError(edition)
    data: dict[str, Any] = json.loads(edition.snapshot)
    return data


def _typed(target: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in target.items() if name not in WORDS}


def _scored_places(data: dict[str, Any]) -> dict[str, list[tuple[str, ...]]]:
    """Of each indicator on the scored dashboards: dashboard, branch and weight of its rows."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for dashboard in data["dashboards"]:
        for row in dashboard["rows"] if dashboard["kind"] in SCORED else ():
            # An objective is known by its code: its name may be put right.
            objective = row["objective_code"] or row["objective"]
            place = (dashboard["slug"], row["perspective"], objective, row["action"], row["weight"])
            found.setdefault(str(row["indicator"]), []).append(place)
    return {token: sorted(places) for token, places in found.items()}


def with_results_to_date(plan: Plan, data: dict[str, Any]) -> dict[str, Any]:
    """The data in force with the results of the plan's years that came in since, and with what was
    decided of those that are missing: an edition says what is expected and keeps its starting
    values; what came out is recorded as it comes. `since` holds what applications above add
    (`since_adoption`)."""
    found, decided = results(plan, since=plan.first_year), resolutions(plan)
    indicators = {
        token: indicator
        | {
            "actuals": indicator["actuals"] | found.get(int(token), {}),
            "resolutions": decided.get(int(token), {}),
        }
        for token, indicator in data["indicators"].items()
    }
    added = {name: build(plan) for name, build in sorted(_SINCE.items())}
    return data | {"indicators": indicators, "since": added}


def adopted_pdf(plan: Plan) -> bytes | None:
    """The adopted PDF of the edition behind a plan that has moved on; none when it has not."""
    edition = edition_behind(plan)
    if edition is None:
        return None
    if not edition.is_pdf_intact():
        raise DamagedEditionError(edition)
    with edition.pdf.open("rb") as file:
        return bytes(file.read())
