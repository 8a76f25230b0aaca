"""The snapshot says the whole plan, always in the same way and at the same price."""

import json

import pytest

from strategy.models import DashboardRow
from strategy.snapshots import canonical, plan_snapshot, sha256
from tests import factories


@pytest.fixture
def snapshot(bergamo):
    return plan_snapshot(bergamo.plan)


def test_a_snapshot_has_the_documented_parts(snapshot) -> None:
    sizes = {name: len(part) for name, part in snapshot.items() if isinstance(part, (list, dict))}

    assert snapshot["schema_version"] == 1
    assert sizes == {
        "institution": 7,
        "plan": 9,
        "map": 6,
        "indicators": 191,
        "dashboards": 14,
        "sections": 25,
        "tables": 13,
        "staff": 17,
        "established_posts": 12,
        "annexes": 1,
    }


def test_the_plan_and_its_tree(snapshot) -> None:
    assert snapshot["plan"] == {
        "first_year": 2021,
        "last_year": 2023,
        "label": "2021-2023",
        "title": "Piano della Performance 2021-2023",
        "revision": 0,
        "reference_date": "2020-12-31",
        "beyond_above": "100",
        "reached_from": "90",
        "partly_reached_from": "70",
    }
    assert [(branch["chart"], len(branch["objectives"])) for branch in snapshot["map"]] == [
        ("strategy", 6),
        ("strategy", 3),
        ("strategy", 2),
        ("strategy", 1),
        ("pola", 4),
        ("pola", 1),
    ]
    assert snapshot["map"][0]["objectives"][0]["name"] == "Attrattività del territorio"


def test_a_row_says_its_branch_and_points_to_its_indicator(snapshot) -> None:
    dashboard = snapshot["dashboards"][-2]
    row = dashboard["rows"][0]

    assert dashboard["heading"] == "CRUSCOTTO DEL DIRIGENTE"
    assert row["perspective"] == "SVILUPPO ECONOMICO DELLE IMPRESE E DEL TERRITORIO"
    assert (row["objective_code"], row["objective"]) == ("1.5", "Semplificazione")
    assert row["action"].startswith("Implementare le attività dello Sportello Unico")
    assert row["name"] == snapshot["indicators"][row["indicator"]]["name"]
    assert (row["nature"], row["weight"]) == ("strategico", "1")


def test_values_are_printed_and_typed(snapshot) -> None:
    named = {one["name"]: one for one in snapshot["indicators"].values()}
    days = named["n giornate in lavoro agile"]

    assert days["targets"]["2021"] == {
        "printed": "da 2.064 a 6.192",
        "availability": "stated",
        "kind": "range",
        "comparator": "",
        "number": "2064",
        "number_to": "6192",
        "day": None,
        "is_yes": None,
        "head_count": None,
        "polarity": "",
        "is_polarity_confirmed": False,
        "tolerance_days": 0,
        "reason": "",
    }
    actual = days["actuals"]["2020"]
    assert (actual["printed"], actual["number"], actual["measured_on"]) == (
        "n. 7.693",
        "7693",
        "2020-12-31",
    )


def test_rows_say_whether_they_are_strategic(snapshot) -> None:
    natures = [[row["nature"] for row in dashboard["rows"]] for dashboard in snapshot["dashboards"]]

    assert set(natures[0]) == {"strategico"}
    assert [rows.count("operativo") for rows in natures] == [
        *(0, 11, 16, 14, 6, 12, 3, 21, 20, 6, 13, 2, 4),
        0,
    ]
    assert set(natures[-1]) == {""}


def test_people_are_numbers_only(snapshot) -> None:
    assert sum(group["count"] for group in snapshot["staff"]) == 87
    assert [group["category"] for group in snapshot["staff"]][:4] == [
        *("Dirigenti", "Dirigenti", "D", "D")
    ]
    assert {name for group in snapshot["staff"] for name in group} == {
        "category",
        "gender",
        "part_time",
        "count",
    }


def test_agile_work_is_handed_down_as_an_annex(snapshot) -> None:
    agile_work = snapshot["annexes"]["agile_work"]

    assert [month["days"] for month in agile_work["months"]][:2] == [689, 1132]
    assert len(agile_work["articles"]) == 14
    assert agile_work["articles"][0]["rules"][0]["number"] == "1.1"


def test_the_text_of_a_snapshot_is_always_the_same(bergamo, snapshot) -> None:
    text = canonical(snapshot)

    assert text == canonical(plan_snapshot(bergamo.plan))
    assert json.loads(text) == snapshot
    assert canonical({"b": "à", "a": [1, 2]}) == '{"a":[1,2],"b":"à"}'
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_snapshot_takes_24_queries_whatever_the_size(bergamo, django_assert_num_queries) -> None:
    plan = bergamo.plan
    for sheet in plan.project_sheets.all():
        factories.activity_result(activity=factories.project_activity(sheet=sheet))
    with django_assert_num_queries(24):
        plan_snapshot(plan)

    small = factories.plan()
    for _row in range(2):
        factories.dashboard_row(dashboard=factories.dashboard(plan=small))
    rows = DashboardRow.objects.filter(dashboard__plan=small)
    block = factories.section_block(section=factories.section(plan=small))
    block.table = factories.reference_row(
        table=factories.reference_column(table=factories.reference_table(plan=small)).table
    ).table
    block.save()
    factories.guideline_rule(article=factories.guideline_article(plan=small))
    assert rows.count() == 2
    sheet = factories.project_sheet(plan=small)
    factories.activity_result(activity=factories.project_activity(sheet=sheet))
    with django_assert_num_queries(24):
        plan_snapshot(small)
