"""The fixture files of the Bergamo plan say what the plan prints, cell by cell."""

import csv
import datetime
import html
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pola.enums import NORMS
from tests import source

BERGAMO = Path(__file__).parents[2] / "fixtures" / "bergamo"
NO_ROW = r"\N"
YEARS = ("target_2020", "actual_2020", "target_2021", "target_2022", "target_2023")
DEMO_USERS = [
    "pianificazione",
    "segretario",
    "dirigente",
    "responsabile",
    "personale",
    "dipendente",
    "oiv",
    "amministratore",
]
LEVELS = {"item", "total", "detail", "result", "heading"}
Record = dict[str, str]


def records(name: str) -> list[Record]:
    """The lines of a fixture by their headings."""
    with (BERGAMO / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def grid(name: str) -> list[list[str]]:
    """The cells of a fixture, headings first."""
    with (BERGAMO / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def settings(name: str) -> dict[str, Any]:
    """What a TOML fixture says."""
    return tomllib.loads((BERGAMO / f"{name}.toml").read_text(encoding="utf-8"))


def column(name: str, heading: str) -> list[str]:
    """The cells under one heading of a fixture."""
    return [record[heading] for record in records(name)]


def by_name(name: str) -> dict[str, Record]:
    """Indicators by their name."""
    return {record["name"]: record for record in records(name)}


def objectives() -> dict[str, Record]:
    """The coded objectives of the map."""
    return {row["objective_code"]: row for row in records("map") if row["chart"] == "strategy"}


def dashboard_rows(dashboard: Record, years: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A dashboard put together from its rows, the indicators and the map."""
    indicators, goals = by_name("indicators"), objectives()
    rows = []
    for row in records(f"rows/{dashboard['slug']}"):
        goal, indicator = goals[row["objective_code"]], indicators[row["indicator"]]
        rows.append(
            (
                goal["perspective"],
                goal["objective_code"],
                goal["objective"],
                row["action"],
                row["printed_name"] or indicator["name"],
                *(indicator[year] for year in years),
                indicator["source"],
            )
        )
    return rows


def employees() -> list[Record]:
    """The people in service: those with a category."""
    return [person for person in records("people") if person["category"]]


def test_the_map_is_the_one_of_the_plan() -> None:
    rows = [
        (row["perspective"], row["objective_code"], row["map_name"])
        for row in objectives().values()
    ]
    assert rows == [tuple(row) for row in source.map_rows()]


def test_the_strategic_dashboard_equals_the_plan() -> None:
    dashboard = records("dashboards")[0]
    assert dashboard["heading"] == source.STRATEGIC_HEADING
    assert dashboard_rows(dashboard, YEARS) == [tuple(row) for row in source.strategic_rows()]


def test_the_other_dashboards_equal_the_plan() -> None:
    rows = [
        (dashboard["heading"], *row)
        for dashboard in records("dashboards")[1:-1]
        for row in dashboard_rows(dashboard, YEARS[:3])
    ]
    assert rows == [tuple(row) for row in source.unit_rows()]


def test_the_pola_programme_equals_the_plan() -> None:
    indicators = by_name("pola/indicators")
    rows = [
        (
            row["dimension"],
            row["area"],
            row["objective"],
            row["printed_name"] or row["indicator"],
            *(indicators[row["indicator"]][year] for year in YEARS[1:]),
            indicators[row["indicator"]]["source"],
        )
        for row in records("pola/rows")
    ]
    assert rows == [tuple(row) for row in source.pola_rows()]


def test_the_pola_branches_of_the_map_are_its_dimensions_and_areas() -> None:
    branches = [
        (row["perspective"], row["objective"]) for row in records("map") if row["chart"] == "pola"
    ]
    assert branches == list(dict.fromkeys((row.dimension, row.area) for row in source.pola_rows()))


def test_the_agile_months_equal_the_plan() -> None:
    header, *months = grid("pola/agile_months")
    assert header[0] == "month"
    assert [row[0] for row in months] == [f"2020-{month:02d}-01" for month in range(3, 13)]
    printed = source.table("lavoro-agile-mesi").rows
    assert [list(cells) for cells in zip(*(row[1:] for row in months), strict=True)] == [
        row[1:] for row in printed
    ]


@pytest.mark.parametrize("name", sorted(settings("tables")))
def test_each_table_of_figures_equals_the_plan(name: str) -> None:
    headings, *rows = grid(f"tables/{name}")
    printed = source.table(name)
    assert rows == printed.rows
    assert [own for own in headings if not own] == []
    single = len(printed.headings) == 1
    differing = [
        (own, said)
        for own, said in zip(headings, printed.headings[0], strict=True)
        if single and said and own != said
    ]
    assert differing == []


def test_two_line_headings_are_joined() -> None:
    assert grid("tables/ateco")[0][5:] == [
        "Var annua impr. attive v.a.",
        "Var annua impr. attive %",
    ]
    assert grid("tables/forme-giuridiche")[0][-1] == "Saldo process"
    assert grid("tables/scenari")[0][1:] == [
        f"{area} {years}"
        for area in ("Bergamo", "Lombardia", "Italia")
        for years in ("14-18", "19-23")
    ]


def test_every_table_of_figures_is_described() -> None:
    described = settings("tables")
    assert sorted(described) == sorted(path.stem for path in (BERGAMO / "tables").glob("*.csv"))
    for name, table in described.items():
        headings, *rows = grid(f"tables/{name}")
        assert len(table["levels"]) == len(rows), name
        assert set(table["levels"]) <= LEVELS, name
        assert set(table["numeric"]) <= set(range(1, len(headings))), name


def test_ranks_of_the_economic_table() -> None:
    levels = Counter(settings("tables")["economico"]["levels"])
    assert levels == {"item": 15, "detail": 9, "result": 4, "total": 2, "heading": 2}


def test_indicators_are_distinct() -> None:
    names = [source.normalised(name) for name in column("indicators", "name")]
    assert len(names) == len(set(names)) == 170
    assert len(set(column("pola/indicators", "name"))) == 21


def test_every_indicator_stands_on_a_dashboard() -> None:
    shown = {
        row["indicator"]
        for dashboard in records("dashboards")[:-1]
        for row in records(f"rows/{dashboard['slug']}")
    }
    assert shown == set(column("indicators", "name"))
    assert column("pola/rows", "indicator") == column("pola/indicators", "name")


def test_only_two_rows_print_another_name() -> None:
    printed = [
        (dashboard["slug"], row["printed_name"].rpartition(" ")[2])
        for dashboard in records("dashboards")[:-1]
        for row in records(f"rows/{dashboard['slug']}")
        if row["printed_name"]
    ]
    assert printed == [("sportelli-polifunzionali", "vidimazione"), ("dirigente", "(OCRI)")]


def test_years_without_a_row_are_those_that_the_plan_has_no_column_for() -> None:
    strategic = {row.indicator for row in source.strategic_rows()}
    for record in records("indicators"):
        without = [year for year in YEARS if record[year] == NO_ROW]
        expected = [] if record["name"] in strategic else ["target_2022", "target_2023"]
        assert without == expected, record["name"]


def test_lower_is_better_for_seven_indicators() -> None:
    lower = [row["name"] for row in records("indicators") if row["polarity"] == "lower"]
    assert [name[:24] for name in lower] == [
        "Tempo medio di lavorazio",
        "Tempi medi (gg lavorativ",
        "Giorni medi di pagamento",
        "Oneri correnti/Proventi ",
        "Oneri di funzionamento +",
        "Costi associati alle fun",
        "Giorni medi per la regol",
    ]
    assert set(column("indicators", "polarity")) == {"lower", "higher", ""}


def test_a_ratio_has_both_terms_in_the_words_of_its_name() -> None:
    for record in records("indicators"):
        terms = [record["numerator"], record["denominator"]]
        assert all(terms) == any(terms), record["name"]
        assert all(term in record["name"] for term in terms), record["name"]


def test_only_true_shares_are_said_to_be_so() -> None:
    """Amounts spent of a budget, meetings of those planned may exceed what they are divided by."""
    ratios = [record for record in records("indicators") if record["denominator"]]
    loose = [one["denominator"] for one in ratios if one["is_share"] == "false"]
    assert len(ratios) - len(loose) == 16
    assert sum(name.startswith("Valore di budget") for name in loose) == 4
    assert {"Proventi strutturali", "N. incontri programmati"} <= set(loose)
    assert {one["is_share"] for one in records("indicators") if one not in ratios} == {""}


def test_projects_are_those_named_so() -> None:
    for record in records("indicators"):
        assert (record["is_project"] == "true") == record["name"].startswith("Progetto:")


def test_people_reproduce_the_staff_tables() -> None:
    staff = employees()
    assert len(staff) == 87

    def count(category: str, gender: str) -> int:
        return sum(
            person["category"] in {category, f"{category}1", f"{category}3"}
            and person["gender"] in gender
            for person in staff
        )

    for category, men, women, total in source.table("categorie-genere").rows[:-1]:
        counted = [count(category, "M"), count(category, "F"), count(category, "MF")]
        assert [str(number) for number in counted] == [men, women, total], category
    genders = Counter(person["gender"] for person in staff)
    part_time = Counter(
        person["gender"] for person in staff if person["part_time_percent"] != "100"
    )
    for name, counted_genders in (("genere", genders), ("part-time", part_time)):
        printed = {row[0]: int(row[1]) for row in source.table(name).rows}
        assert (counted_genders["F"], counted_genders["M"]) == (
            printed["Donne"],
            printed["Uomini"],
        )


def test_posts_and_people_reproduce_the_table_of_posts() -> None:
    printed = source.table("dotazione").rows[:-1]
    posts = records("established_posts")
    acts = list(dict.fromkeys(post["act"] for post in posts))
    assert acts == ["Decreto MiSE 16.2.2018", "delibera n. 22/2020"]
    in_service = Counter(person["category"] for person in employees())
    for place, (category, by_decree, by_resolution, present, _) in enumerate(printed, start=1):
        stated = [
            post["posts"]
            for post in posts
            if post["category"] == category and post["position"] == str(place)
        ]
        assert stated == [by_decree, by_resolution], category
        assert str(in_service[category]) == present, category


def test_people_are_distinct_and_in_service_at_the_end_of_2020() -> None:
    people = records("people")
    assert len({person["key"] for person in people}) == len(people) == 89
    assert len({(person["first_name"], person["last_name"]) for person in people}) == 89
    assert [person["key"] for person in employees()] == [
        person["employee_number"] for person in employees()
    ]
    hired = [datetime.date.fromisoformat(person["hired_on"]) for person in employees()]
    assert max(hired) <= datetime.date(2020, 12, 31)
    assert {person["left_on"] for person in people} == {""}


def test_demo_people_hold_the_roles_they_show() -> None:
    people = {person["key"]: person for person in records("people")}
    roles = {row["person"]: (row["role"], row["unit"]) for row in records("appointments")}
    users = records("users")
    assert [user["username"] for user in users] == DEMO_USERS
    held = [(people[user["person"]]["category"], *roles[user["person"]]) for user in users]
    assert held == [
        ("D", "planner", "segretario-generale"),
        ("Dirigenti", "secretary_general", "segretario-generale"),
        ("Dirigenti", "dirigente", "area-dirigente"),
        ("D", "unit_head", "registro-imprese"),
        ("C", "hr", "ufficio-personale"),
        ("C", "employee", "registro-imprese"),
        ("", "oiv", "camera"),
        ("", "administrator", "camera"),
    ]
    superusers = [user["username"] for user in users if user["is_superuser"] == "true"]
    assert superusers == ["amministratore"]
    assert {user["email"].partition("@")[2] for user in users} == {"example.org"}


def test_every_service_and_the_special_agency_has_a_head() -> None:
    people = {person["key"]: person for person in records("people")}
    heads = [row for row in records("appointments") if row["role"] == "unit_head"]
    services = [
        unit["slug"] for unit in records("units") if unit["kind"] in {"service", "special_agency"}
    ]
    assert sorted(row["unit"] for row in heads) == sorted(services)
    assert len(services) == 10
    assert {people[row["person"]]["category"] for row in heads} == {"D"}
    assert [row for row in heads if people[row["person"]]["unit"] != row["unit"]] == []


@pytest.mark.parametrize(
    ("name", "heading", "target", "key"),
    [
        ("units", "parent", "units", "slug"),
        ("dashboards", "unit", "units", "slug"),
        ("indicators", "supplier", "units", "slug"),
        ("pola/indicators", "supplier", "units", "slug"),
        ("people", "unit", "units", "slug"),
        ("users", "person", "people", "key"),
        ("appointments", "person", "people", "key"),
        ("appointments", "unit", "units", "slug"),
        ("pola/rows", "indicator", "pola/indicators", "name"),
        ("pola/activities", "unit", "units", "slug"),
        ("pola/assignments", "person", "people", "key"),
        ("pola/assignments", "activity", "pola/activities", "activity"),
    ],
)
def test_every_reference_is_to_something(name: str, heading: str, target: str, key: str) -> None:
    known = {"", *column(target, key)}
    assert [cell for cell in column(name, heading) if cell not in known] == []


def test_the_thirteen_activities_never_done_remotely_are_those_of_the_plan() -> None:
    listed = [row["activity"] for row in records("pola/activities") if not row["unit"]]
    page = (BERGAMO / "sections" / "mappatura-delle-attivita.html").read_text(encoding="utf-8")
    printed = re.findall(r"<li>(.*?)</li>", page, re.DOTALL)[-13:]
    assert listed == [
        html.unescape(re.sub(r"<[^>]*>", "", line)).strip().rstrip(".;") for line in printed
    ]


def test_every_norm_has_one_value_from_the_day_of_the_act_on() -> None:
    assert column("pola/norms", "key") == list(NORMS)
    assert set(column("pola/norms", "starts_on")) == {"2021-01-25"}


def test_72_of_the_87_people_have_an_activity_that_can_be_done_remotely() -> None:
    units = {(row["unit"], row["activity"]): row["ratings"] for row in records("pola/activities")}
    lines = records("pola/assignments")
    remote = {row["person"] for row in lines if units[row["unit"], row["activity"]]}
    assert len({row["person"] for row in lines}) == 87
    assert len(remote) == 72
    assert {"0001", "0002", "0006", "0013", "0039", "0082"} <= remote


def test_units_stand_after_the_unit_they_are_part_of() -> None:
    seen = {""}
    for unit in records("units"):
        assert unit["parent"] in seen, unit["slug"]
        seen.add(unit["slug"])
    assert len(seen) == len(records("units")) + 1


def test_each_dashboard_has_its_file_of_rows() -> None:
    slugs = [dashboard["slug"] for dashboard in records("dashboards")]
    assert sorted(slugs) == sorted(
        [*(path.stem for path in (BERGAMO / "rows").glob("*.csv")), "pola"]
    )
    headings = column("dashboards", "heading")
    assert headings[1:-1] == list(source.UNIT_HEADINGS)


def test_the_plan_is_revision_0_with_its_act() -> None:
    assert settings("plan") == {
        "first_year": 2021,
        "title": "Piano della Performance 2021-2023",
        "revision": 0,
        "reference_date": datetime.date(2020, 12, 31),
        "act_type": "Delibera",
        "act_body": "Giunta",
        "act_number": "2",
        "act_date": datetime.date(2021, 1, 25),
    }
