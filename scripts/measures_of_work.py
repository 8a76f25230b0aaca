"""The measures of the work on a plan: saving many cells, comparing two large editions."""

from __future__ import annotations

import copy
import datetime
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from django.test import Client
from django.utils import timezone

from indicators.models import Actual, Target
from scripts.measuring import Measure, counted, cpu_seconds, fetch
from strategy.enums import DashboardKind, PlanState
from strategy.models import Edition, Plan
from strategy.snapshots import canonical, plan_snapshot, sha256

CELLS = 200
INDICATORS = 2_000
ROUNDS = 5

# What bulk_create and bulk_update send: an INSERT of several rows, an UPDATE that says for each
# row what it gets. Everything else counts, an INSERT of one row too.
BULK_INSERT = re.compile(r"^INSERT INTO .* VALUES \([^)]*\), \(", re.DOTALL)
BULK_UPDATE = re.compile(r"^UPDATE .* SET .* = CASE WHEN ", re.DOTALL)


def is_bulk_write(statement: str) -> bool:
    """One statement that writes many rows."""
    return bool(BULK_INSERT.match(statement) or BULK_UPDATE.match(statement))


def saving(client: Client, plan: Plan) -> Iterator[Measure]:
    """A save of the grid: one request with every changed cell, of each kind there is."""
    Plan.objects.filter(pk=plan.pk).update(
        state=PlanState.UPDATING, revision=plan.revision + 1, update_reason="Misura."
    )
    wanted = list(cells_to_change(plan))
    with counted() as statements:
        answer = client.post(
            f"/piano/{plan.first_year}/cruscotto/modifica/",
            json.dumps({"cells": wanted}),
            content_type="application/json",
        )
    if len(answer.json().get("saved", {})) != CELLS:
        sys.exit(f"{CELLS} cells were not saved: {answer.content[:400]!r}")
    others = [statement for statement in statements if not is_bulk_write(statement)]
    yield Measure(f"saving {CELLS} cells, statements but bulk writes", len(others), 15)


def cells_to_change(plan: Plan) -> Iterator[dict[str, str]]:
    """Targets to be changed, results to be corrected, first targets of a year: a third each."""
    shown = plan.dashboards.get(kind=DashboardKind.STRATEGIC).rows.values("indicator")
    held = Target.objects.filter(indicator__in=shown, cycle=plan.first_year)
    results = Actual.objects.current().filter(indicator__in=shown, year=plan.baseline_year)
    third = CELLS // 3
    for actual in results.order_by("pk")[:third]:
        yield _cell(f"a{actual.indicator_id}-{actual.year}", actual.printed)
    for target in held.filter(year=plan.first_year).order_by("pk")[:third]:
        yield _cell(f"t{target.indicator_id}-{target.year}", target.printed)
    empty = list(held.filter(year=plan.last_year).order_by("pk")[: CELLS - 2 * third])
    held.filter(pk__in=[target.pk for target in empty]).delete()
    for target in empty:
        yield _cell(f"t{target.indicator_id}-{target.year}", "")


def _cell(key: str, was: str) -> dict[str, str]:
    return {"key": key, "text": "999", "was": was, "reason": "Misura."}


def comparing(client: Client, plan: Plan) -> Iterator[Measure]:
    """The difference of two large editions, as the page shows it: both read and checked against
    their hash, compared, the first lines drawn."""
    old = enlarged(plan_snapshot(plan))
    new = changed(old)
    for revision, data in ((8, old), (9, new)):
        _store(plan, revision, data)
    address = f"/piano/{plan.first_year}/confronto/?da=rev-8&a=rev-9"
    fetch(client, address)
    figure = cpu_seconds(lambda: fetch(client, address), rounds=ROUNDS)
    yield Measure(f"difference of {INDICATORS} indicators, s of CPU", figure, 1.0)


def enlarged(data: dict[str, Any]) -> dict[str, Any]:
    """The same plan with its indicators, each on its dashboards, repeated up to the number."""
    data = json.loads(canonical(data))
    known = list(data["indicators"].items())
    rows = [list(dashboard["rows"]) for dashboard in data["dashboards"]]
    for number in range(len(known), INDICATORS):
        token, indicator = known[number % len(known)]
        name = f"{indicator['name']} ({number})"
        data["indicators"][f"9{number:06}"] = copy.deepcopy(indicator) | {"name": name}
        for dashboard, held in zip(data["dashboards"], rows, strict=True):
            dashboard["rows"] += [
                row | {"indicator": f"9{number:06}", "name": f"{row['name']} ({number})"}
                for row in held
                if row["indicator"] == token
            ]
    return data


def changed(data: dict[str, Any]) -> dict[str, Any]:
    """The next edition: a target in ten is another, an indicator in a hundred went, came, or has
    other words; a row in fifty moved, a section in five says more."""
    data = copy.deepcopy(data)
    tokens = list(data["indicators"])
    for token in tokens[::10]:
        for target in list(data["indicators"][token]["targets"].values())[:1]:
            target |= {"printed": "999", "kind": "number", "number": "999"}
    gone = set(tokens[1::100])
    for token in gone:
        data["indicators"][f"8{token}"] = data["indicators"].pop(token) | {"name": f"Nuovo {token}"}
    for token in tokens[2::100]:
        data["indicators"][token]["definition"] += " Definizione precisata."
    for dashboard in data["dashboards"]:
        rows = dashboard["rows"]
        for row in rows:
            if row["indicator"] in gone:
                row["indicator"] = f"8{row['indicator']}"
        for place in range(0, len(rows) - 5, 50):
            rows.insert(place + 4, rows.pop(place))
    for section in data["sections"][::5]:
        section["body"] += "<p>Il testo di questa sezione dice qualcosa di più.</p>"
    return data


def _store(plan: Plan, revision: int, data: dict[str, Any]) -> None:
    text = canonical(data)
    Edition.objects.create(
        plan=plan,
        revision=revision,
        act_type="Delibera",
        act_number=str(revision),
        act_date=datetime.date(plan.first_year, revision, 1),
        act_body="Giunta",
        adopted_at=timezone.now(),
        snapshot=text,
        snapshot_sha256=sha256(text.encode()),
        pdf="editions/misura.pdf",
        pdf_sha256=sha256(b""),
        pdf_size=0,
    )
