"""The contract of the open data: what is published equals the printed plan, cell by cell.

The expected cells come from the text of the source, read by `tests.source`, never from a fixture.
"""

import csv
import io
import json
from collections import Counter

import pytest

from strategy.open_data import data_files, file_names
from strategy.snapshots import canonical, plan_snapshot
from tests import source

STRATEGIC_HEADER = (
    "perspective,objective_code,objective,action,indicator,"
    "target_2020,actual_2020,target_2021,target_2022,target_2023,source"
)
UNIT_HEADER = (
    "dashboard,perspective,objective_code,objective,action,indicator,kind,"
    "target_2020,actual_2020,target_2021,source"
)
POLA_HEADER = (
    "dimension,area,objective,indicator,baseline_2020,target_2021,target_2022,target_2023,source"
)


@pytest.fixture
def published(bergamo) -> dict[str, bytes]:
    """The files by name, made of the plan as loaded."""
    return {file.name: file.content for file in data_files(plan_snapshot(bergamo.plan))}


def rows(content: bytes) -> list[tuple[str, ...]]:
    """The rows of a file without its header."""
    return [tuple(row) for row in csv.reader(io.StringIO(content.decode(), newline=""))][1:]


def header(content: bytes) -> str:
    return content.decode().split("\r\n")[0]


def test_nine_files_are_published(published) -> None:
    assert tuple(published) == file_names()
    assert file_names() == (
        "strategic_dashboard.csv",
        "unit_dashboards.csv",
        "map.csv",
        "staff.csv",
        "pola_indicators.csv",
        "attainment.csv",
        "pola_months.csv",
        "pola_programme.csv",
        "plan.json",
    )


def test_the_headers_are_those_of_the_contract(published) -> None:
    assert {name: header(content) for name, content in published.items() if "csv" in name} == {
        "strategic_dashboard.csv": STRATEGIC_HEADER,
        "unit_dashboards.csv": UNIT_HEADER,
        "map.csv": "perspective,objective_code,objective",
        "staff.csv": "category,gender,part_time,count",
        "pola_indicators.csv": POLA_HEADER,
        "attainment.csv": "year,level,code,name,method,measured,total,attainment",
        "pola_months.csv": "month,employees,potential,effective,days,days_per_week",
        "pola_programme.csv": "dimension,2021,2022,2023",
    }


def test_the_strategic_dashboard_equals_the_source(published) -> None:
    expected = [tuple(row) for row in source.strategic_rows()]

    assert len(expected) == 58
    assert rows(published["strategic_dashboard.csv"]) == expected


def test_the_other_dashboards_equal_the_source(published) -> None:
    expected = [(*row[:6], source.kind_of(row), *row[6:]) for row in source.unit_rows()]

    assert len(expected) == 192
    assert rows(published["unit_dashboards.csv"]) == expected


@pytest.mark.slow
def test_the_map_equals_the_source(published) -> None:
    assert rows(published["map.csv"]) == [tuple(row) for row in source.map_rows()]


def test_the_pola_equals_the_source(published) -> None:
    expected = [tuple(row) for row in source.pola_rows()]

    assert len(expected) == 21
    assert rows(published["pola_indicators.csv"]) == expected


def count(found: list[tuple[str, ...]], **wanted: str) -> int:
    names = ("category", "gender", "part_time", "count")
    people = [dict(zip(names, row, strict=True)) for row in found]
    return sum(
        int(group["count"])
        for group in people
        if all(group[name] == value for name, value in wanted.items())
    )


def test_the_staff_adds_up_to_the_tables_of_the_source(published) -> None:
    found = rows(published["staff.csv"])
    posts = {row[0]: row[3] for row in source.table("dotazione").rows}
    genders = {row[0]: row[1] for row in source.table("genere").rows}
    part_time = {row[0]: row[1] for row in source.table("part-time").rows}

    by_category = {name: str(count(found, category=name) or "-") for name in posts}
    assert by_category | {"Totale": str(count(found))} == posts
    assert {
        "Donne": str(count(found, gender="F")),
        "Uomini": str(count(found, gender="M")),
        "Totale": str(count(found)),
    } == genders
    assert {
        "Donne": str(count(found, gender="F", part_time="true")),
        "Uomini": str(count(found, gender="M", part_time="true")),
        "Totale": str(count(found, part_time="true")),
    } == part_time


def test_the_staff_by_category_and_gender_equals_the_source(published) -> None:
    groups: Counter[tuple[str, str]] = Counter()
    for category, gender, _part_time, number in rows(published["staff.csv"]):
        group = category if category == "Dirigenti" else category[0]
        groups[group, gender] += int(number)
    table = source.table("categorie-genere")

    assert table.headings[-1] == ["", "Maschi", "Femmine", "Totale"]
    assert [
        [name, str(groups[name, "M"]), str(groups[name, "F"])]
        for name in dict.fromkeys(group for group, _gender in groups)
    ] == [row[:3] for row in table.rows[:-1]]


def test_the_files_are_utf8_without_mark_and_end_their_lines_as_rfc_4180(published) -> None:
    content = published["strategic_dashboard.csv"]

    assert content[:11] == b"perspective"
    assert content.count(b"\r\n") == content.count(b"\n") == 59


def test_the_json_is_the_canonical_snapshot(bergamo, published) -> None:
    assert published["plan.json"].decode() == canonical(plan_snapshot(bergamo.plan))
    assert json.loads(published["plan.json"])["plan"]["label"] == "2021-2023"


def test_the_data_of_the_edition_are_those_of_the_plan(bergamo, published) -> None:
    frozen = {file.name: file.content for file in data_files(json.loads(bergamo.edition.snapshot))}

    assert frozen == published
