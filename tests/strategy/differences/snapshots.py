"""Small snapshots, by hand and generated, with every part a snapshot has."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

from strategy.differences import Difference, Subject
from strategy.enums import ChangeKind, PlanPart

Data = dict[str, Any]
REVERSED = {ChangeKind.ADDED: ChangeKind.REMOVED, ChangeKind.REMOVED: ChangeKind.ADDED}


def cell(printed: str, **given: Any) -> Data:
    """A target, which for the comparison may be a result too."""
    return {
        "printed": printed,
        "availability": "stated" if printed else "not_filled",
        "kind": "number" if printed else "",
        "comparator": "",
        "number": printed or None,
        "number_to": None,
        "day": None,
        "is_yes": None,
        "head_count": None,
        "polarity": "higher",
        "is_polarity_confirmed": False,
        "tolerance_days": 0,
        "reason": "",
        **given,
    }


def actual(printed: str, **given: Any) -> Data:
    facts = {"measured_on": "2020-12-31", "numerator_value": None, "denominator_value": None}
    kept = {k: v for k, v in cell(printed).items() if k in list(cell(""))[:9]}
    return kept | facts | {"note": ""} | given


def indicator(name: str, **given: Any) -> Data:
    return {
        "name": name,
        "definition": "",
        "numerator": "",
        "denominator": "",
        "unit_of_measure": "",
        "is_project": False,
        "measurement_area": "",
        "source": "Priamo",
        "supplier": "",
        "targets": {"2021": cell("10"), "2022": cell("11")},
        "actuals": {"2020": actual("9")},
        **given,
    }


def row(token: str, *, action: str = "Azione", name: str = "", **given: Any) -> Data:
    return {
        "perspective": "SVILUPPO",
        "objective_code": "1.1",
        "objective": "Attrattività",
        "action": action,
        "name": name or f"Indicatore {token}",
        "indicator": token,
        "nature": "strategico",
        "weight": "1",
        **given,
    }


def dashboard(slug: str, *rows: Data, **given: Any) -> Data:
    return {
        "slug": slug,
        "kind": "unit",
        "heading": f"SERVIZIO {slug.upper()}",
        "code": slug[:2].upper(),
        "unit": f"Servizio {slug}",
        "rows": list(rows),
        **given,
    }


def section(slug: str, **given: Any) -> Data:
    return {
        "number": "1",
        "title": f"Sezione {slug}",
        "slug": slug,
        "parent": "",
        "level": 1,
        "is_annex": False,
        "summary": "",
        "key_figure": "",
        "key_figure_caption": "",
        "body": "<p>Un testo.</p>",
        "blocks": [],
        **given,
    }


def block(kind: str, **given: Any) -> Data:
    empty = dict.fromkeys(("argument", "caption", "lead", "source_note", "table"), "")
    return {"kind": kind} | empty | given


def table(slug: str, *rows: list[str], headings: tuple[str, ...] = ("Voce", "2021")) -> Data:
    return {
        "slug": slug,
        "caption": f"Tabella {slug}",
        "source_note": "",
        "columns": [{"heading": one, "is_numeric": bool(at)} for at, one in enumerate(headings)],
        "rows": [{"level": "item", "cells": cells} for cells in rows],
    }


def objective(identity: int, *actions: Data, **given: Any) -> Data:
    return {
        "id": identity,
        "code": f"1.{identity}",
        "name": f"Obiettivo {identity}",
        "map_name": "",
        "mission": "",
        "actions": list(actions),
        **given,
    }


def action(identity: int, name: str = "") -> Data:
    return {"id": identity, "name": name or f"Azione {identity}"}


def branch(name: str, *objectives: Data, chart: str = "strategy") -> Data:
    return {"chart": chart, "name": name, "objectives": list(objectives)}


def activity(identity: int, name: str = "", **given: Any) -> Data:
    return {
        "id": identity,
        "name": name or f"Attività {identity}",
        "office": "",
        "starts_on": "2021-01-01",
        "ends_on": "2021-12-31",
        "weight": "1",
        "target": _value("100%"),
        "result": None,
        **given,
    }


def outcome(printed: str, **given: Any) -> Data:
    """The result of an activity."""
    return _value(printed) | {"measured_on": "2021-06-30", "note": ""} | given


def _value(printed: str) -> Data:
    return {name: text for name, text in cell(printed).items() if name in list(cell(""))[:9]}


def sheet(token: str, *activities: Data, **given: Any) -> Data:
    facts = {"office": "", "purpose": "", "notes": ""}
    said = {"indicator": token, "name": f"Progetto {token}", **facts} | given
    return said | {"activities": list(activities)}


def projects(*sheets: Data) -> Data:
    """Annexes with these sheets; without any, as they were before there were sheets."""
    annexes = snapshot()["annexes"]
    return annexes | {"projects": {"sheets": list(sheets)}} if sheets else annexes


def snapshot(**given: Any) -> Data:
    """A plan with one branch, two indicators on two dashboards, a section, a table."""
    main = objective(1, action(1, "Azione"), action(2, "Altra azione"))
    main |= {"code": "1.1", "name": "Attrattività"}
    made = {
        "schema_version": 1,
        "institution": {"name": "Camera", "city": "Bergamo"},
        "plan": {
            "first_year": 2021,
            "last_year": 2023,
            "label": "2021-2023",
            "title": "Piano 2021-2023",
            "revision": 0,
            "reference_date": "2020-12-31",
        },
        "map": [branch("SVILUPPO", main)],
        "indicators": {"1": indicator("Indicatore 1"), "2": indicator("Indicatore 2")},
        "dashboards": [
            dashboard("strategico", row("1"), row("2"), kind="strategic", unit=""),
            dashboard("imprese", row("1")),
        ],
        "sections": [section("premessa")],
        "tables": [table("bilancio", ["Proventi", "10"], ["Oneri", "8"])],
        "staff": [{"category": "C", "gender": "F", "part_time": False, "count": 3}],
        "established_posts": [{"act": "Delibera 1", "category": "C", "posts": 4}],
        "annexes": {
            "agile_work": {
                "months": [{"month": "2020-03", "days": 10}],
                "articles": [
                    {"number": 1, "title": "Finalità", "rules": [{"number": "1.1", "text": "Sì."}]}
                ],
            }
        },
    }
    return copy.deepcopy(made | given)


def plainly(difference: Difference) -> list[tuple]:
    """What a difference says, whatever it calls things and in whatever order."""
    return sorted(
        (
            subject.part.value,
            change.kind.value,
            change.field,
            # A column of a table is called as it is now, whichever side that is.
            "" if subject.part == PlanPart.TABLES else change.detail,
            change.old or "",
            change.new or "",
        )
        for subject in difference.subjects
        for change in subject.changes
    )


def seen_from_the_other_side(difference: Difference) -> list[tuple]:
    """The same, read backwards."""
    return sorted(
        (part, REVERSED.get(ChangeKind(kind), ChangeKind(kind)).value, field, detail, new, old)
        for part, kind, field, detail, old, new in plainly(difference)
    )


def told(difference: Difference) -> list[tuple]:
    """Each subject with its changes, short."""
    return [
        (subject.part.value, subject.place, subject.name, *_short(subject))
        for subject in difference.subjects
    ]


def _short(subject: Subject) -> list[tuple]:
    return [(c.kind.value, f"{c.field} {c.detail}".strip(), c.old, c.new) for c in subject.changes]


# Generated ones

WORDS = st.sampled_from(["", "uno", "due", "tre"])
NAMES = st.sampled_from(["Alfa", "Beta", "Gamma", "Delta", "Epsilon"])
TOKENS = st.sampled_from(["1", "2", "3", "4", "5", "6"])
CELLS = st.builds(cell, st.sampled_from(["", "1", "2", "3"]), reason=WORDS)


def _unique(elements: st.SearchStrategy, key: str, size: int = 4) -> st.SearchStrategy:
    return st.lists(elements, unique_by=lambda one: one[key], max_size=size)


@st.composite
def plans(draw: st.DrawFn) -> Data:
    """Any plan of a few things, whose rows stand on indicators and actions that are there."""
    identities = draw(st.permutations(range(1, 9)))
    objectives = [
        objective(
            identity,
            *(action(identity * 10 + at, name) for at, name in enumerate(draw(_names()))),
            name=name,
        )
        for identity, name in zip(identities, draw(_names()), strict=False)
    ]
    cut = draw(st.integers(0, len(objectives)))
    branches = [branch("A", *objectives[:cut]), branch("B", *objectives[cut:])]
    paths = [
        {
            "perspective": b["name"],
            "objective_code": o["code"],
            "objective": o["name"],
            "action": a["name"],
        }
        for b in branches
        for o in b["objectives"]
        for a in o["actions"]
    ]
    indicators = {
        token: indicator(
            name=f"{draw(NAMES)} {token}",
            source=draw(WORDS),
            targets={
                year: draw(CELLS) for year in draw(st.sets(st.sampled_from(["2021", "2022"])))
            },
        )
        for token in draw(st.lists(TOKENS, unique=True))
    }
    dashboards = [
        dashboard(
            slug,
            *(
                row(token, weight=draw(st.sampled_from(["1", "2"]))) | draw(st.sampled_from(paths))
                for token in draw(st.permutations(sorted(indicators)))[: draw(st.integers(0, 6))]
                if paths
            ),
        )
        for slug in draw(st.permutations(["uno", "due", "tre"]))[: draw(st.integers(0, 3))]
    ]
    return snapshot(
        map=branches,
        indicators=indicators,
        dashboards=dashboards,
        sections=_after_their_parents(draw(_unique(_sections(), "slug"))),
        tables=draw(_unique(_tables(), "slug")),
        annexes=projects(*draw(_unique(_sheets(), "indicator", 3))),
        staff=[],
    )


def _after_their_parents(sections: list[Data]) -> list[Data]:
    """The same sections, each part of one that stands before it, or of none."""
    before = {""}
    for one in sections:
        one["parent"] = one["parent"] if one["parent"] in before else ""
        before.add(one["slug"])
    return sections


def _names() -> st.SearchStrategy[list[str]]:
    return st.lists(NAMES, unique=True, max_size=4)


@st.composite
def _sheets(draw: st.DrawFn) -> Data:
    """A sheet that says something, also of an indicator that the plan does not have."""
    activities = draw(_unique(_activities(), "id", 3))
    names = draw(_names())[: len(activities)]
    for one, name in zip(activities, [*names, *"xyz"], strict=False):
        one["name"] = name
    token = draw(TOKENS)
    # The name is the indicator's: it is told there.
    return sheet(token, *activities, purpose=draw(WORDS.filter(bool)))


def _activities() -> st.SearchStrategy[Data]:
    return st.builds(
        activity,
        st.integers(1, 5),
        weight=st.sampled_from(["1", "2"]),
        target=st.sampled_from([_value("1"), _value("2")]),
        result=st.none() | st.builds(outcome, st.sampled_from(["1", "2"]), note=WORDS),
    )


def _sections() -> st.SearchStrategy[Data]:
    return st.builds(
        section,
        st.sampled_from(["a", "b", "c", "d"]),
        title=NAMES,
        parent=st.sampled_from(["", "a", "b"]),
        body=st.sampled_from(["", "<p>uno due</p>", "<p>uno tre</p>"]),
        blocks=st.lists(
            st.builds(block, st.sampled_from(["map", "table"]), caption=WORDS), max_size=3
        ),
    )


@st.composite
def _tables(draw: st.DrawFn) -> Data:
    headings = draw(st.lists(NAMES, unique=True, min_size=1, max_size=3))
    rows = draw(st.lists(st.tuples(*(WORDS for _heading in headings)), max_size=4))
    slug = draw(st.sampled_from(["x", "y", "z"]))
    return table(slug, *(list(cells) for cells in rows), headings=tuple(headings))
