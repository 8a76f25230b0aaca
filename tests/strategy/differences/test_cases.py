"""What each sort of change says: one small plan, one thing changed."""

import pytest

from strategy.differences import differences
from tests.strategy.differences.snapshots import (
    action,
    activity,
    actual,
    block,
    branch,
    cell,
    dashboard,
    indicator,
    objective,
    outcome,
    projects,
    row,
    section,
    sheet,
    snapshot,
    table,
    told,
)


def changes(**given):
    """What is told when these parts take the place of those of the small plan."""
    return told(differences(snapshot(), snapshot(**given)))


def between(old: dict, new: dict):
    return told(differences(snapshot(**old), snapshot(**new)))


# Title page and staff


def test_plan_and_institution():
    plan = snapshot()["plan"] | {"title": "Piano nuovo", "revision": 1}

    assert changes(
        plan=plan, institution={"name": "Camera", "city": "Bergamo", "tax_code": "1"}
    ) == [
        ("plan", "", "Piano nuovo", ("changed", "title", "Piano 2021-2023", "Piano nuovo")),
        ("plan", "", "Camera", ("changed", "tax_code", "", "1")),
    ]


def test_limits_that_an_edition_does_not_say_are_those_of_the_first_days():
    plan = snapshot()["plan"]
    said = plan | {"beyond_above": "100", "reached_from": "90", "partly_reached_from": "70"}

    assert changes(plan=said) == []
    assert changes(plan=said | {"reached_from": "95"}) == [
        ("plan", "", plan["title"], ("changed", "reached_from", "90", "95")),
    ]


def test_no_group_is_no_people():
    staff = [{"category": "D", "gender": "M", "part_time": True, "count": 1}]

    assert changes(staff=staff) == [
        ("staff", "", "D, M, part time", ("changed", "count", "0", "1")),
        ("staff", "", "C, F", ("changed", "count", "3", "0")),
    ]


def test_posts():
    posts = [
        {"act": "Delibera 1", "category": "C", "posts": 5},
        {"act": "Delibera 2", "category": "C", "posts": 6},
    ]

    assert changes(established_posts=posts) == [
        ("staff", "Delibera 1", "C", ("changed", "posts", "4", "5")),
        ("staff", "Delibera 2", "C", ("added", "posts", None, "6")),
    ]
    assert changes(established_posts=[]) == [
        ("staff", "Delibera 1", "C", ("removed", "posts", "4", None))
    ]


# Map


def tree(*branches):
    return {"map": list(branches), "dashboards": []}


def test_a_perspective_renamed_is_known_by_its_objectives():
    old, new = tree(branch("A", objective(1))), tree(branch("B", objective(1)))

    assert between(old, new) == [("map", "", "B", ("changed", "name", "A", "B"))]


def test_perspectives_without_objectives_are_known_by_their_name_alone():
    assert between(tree(branch("A")), tree(branch("B"))) == [
        ("map", "", "B", ("added", "perspective", None, "B")),
        ("map", "", "A", ("removed", "perspective", "A", None)),
    ]


def test_an_objective_renamed_and_one_moved():
    old = tree(branch("A", objective(1), objective(2)), branch("B"))
    new = tree(branch("A", objective(1, name="Altro")), branch("B", objective(2)))

    assert between(old, new) == [
        ("map", "A", "1.1 Altro", ("changed", "name", "Obiettivo 1", "Altro")),
        ("map", "B", "1.2 Obiettivo 2", ("moved", "perspective", "A", "B")),
    ]


def test_actions_added_removed_put_in_order():
    old = tree(branch("A", objective(1, action(1), action(2), action(3), action(4))))
    new = tree(branch("A", objective(1, action(4), action(1), action(2), action(5))))

    assert between(old, new) == [
        ("map", "1.1 Obiettivo 1", "Azione 4", ("moved", "order", "4", "1")),
        ("map", "1.1 Obiettivo 1", "Azione 5", ("added", "action", None, "Azione 5")),
        ("map", "1.1 Obiettivo 1", "Azione 3", ("removed", "action", "Azione 3", None)),
    ]


def test_things_with_other_identifiers_are_known_by_name():
    old = tree(branch("A", objective(1, action(1, "Fare"))))
    new = tree(branch("A", objective(7, action(8, "Fare"), code="1.1", name="Obiettivo 1")))

    assert between(old, new) == []


def test_an_added_objective_says_its_fields_once():
    new = tree(branch("A", objective(1), objective(2, mission="M")))

    assert between(tree(branch("A", objective(1))), new) == [
        ("map", "A", "1.2 Obiettivo 2", ("added", "objective", None, "1.2 Obiettivo 2"))
    ]


# Indicators and cells


def one(**given):
    return {"1": indicator("Indicatore 1", **given), "2": indicator("Indicatore 2")}


PLACE = "1.1 · ST, IM"


@pytest.mark.parametrize(
    ("given", "told_as"),
    [
        ({"targets": {"2021": cell("12"), "2022": cell("11")}}, ("target 2021", "10", "12")),
        ({"targets": {"2021": cell("10")}}, ("target 2022", "11", None)),
        (
            {"targets": {"2021": cell("10"), "2022": cell("11"), "2023": cell("9")}},
            ("target 2023", None, "9"),
        ),
        ({"actuals": {"2020": actual("8")}}, ("actual 2020", "9", "8")),
        (
            {"targets": {"2021": cell("10", polarity="lower"), "2022": cell("11")}},
            ("polarity 2021", "higher", "lower"),
        ),
        (
            {"targets": {"2021": cell("10", is_polarity_confirmed=True), "2022": cell("11")}},
            ("is_polarity_confirmed 2021", "false", "true"),
        ),
        (
            {"targets": {"2021": cell("10", number="100"), "2022": cell("11")}},
            ("target_value 2021", "stated number 10", "stated number 100"),
        ),
        ({"actuals": {"2020": actual("9", note="Bando.")}}, ("note 2020", "", "Bando.")),
    ],
)
def test_one_cell(given, told_as):
    field, old, new = told_as

    assert changes(indicators=one(**given)) == [
        ("cells", PLACE, "Indicatore 1", ("changed", field, old, new))
    ]


def test_a_cell_that_is_not_there_equals_one_not_filled_in():
    with_empty = one(targets={"2021": cell("10"), "2022": cell("11"), "2023": cell("")})

    assert changes(indicators=with_empty) == []


def test_a_cell_filled_in_says_its_reason_and_not_its_polarity():
    filled = {"2021": cell("10"), "2022": cell("11"), "2023": cell("9", reason="Crisi.")}

    assert changes(indicators=one(targets=filled)) == [
        (
            "cells",
            PLACE,
            "Indicatore 1",
            ("changed", "target 2023", None, "9"),
            ("changed", "reason 2023", "", "Crisi."),
        )
    ]


def test_a_name_changed_is_told_once_whatever_shows_it():
    renamed = one() | {"1": indicator("Nuovo nome")}
    rows = [
        dashboard("strategico", row("1", name="Nuovo nome"), row("2"), kind="strategic", unit=""),
        dashboard("imprese", row("1", name="Nuovo nome")),
    ]

    assert changes(indicators=renamed, dashboards=rows) == [
        ("indicators", PLACE, "Nuovo nome", ("changed", "name", "Indicatore 1", "Nuovo nome"))
    ]


def test_an_indicator_added_with_its_cells_and_one_removed():
    only = {"1": indicator("Indicatore 1")}
    three = one() | {
        "3": indicator("Indicatore 3", targets={"2021": cell("")}, actuals={}, source="")
    }

    assert between(
        {"indicators": only, "dashboards": []}, {"indicators": three, "dashboards": []}
    ) == [
        (
            "cells",
            "",
            "Indicatore 2",
            ("added", "actual 2020", None, "9"),
            ("added", "target 2021", None, "10"),
            ("added", "target 2022", None, "11"),
        ),
        (
            "indicators",
            "",
            "Indicatore 2",
            ("added", "indicator", None, "Indicatore 2"),
            ("added", "source", None, "Priamo"),
        ),
        ("indicators", "", "Indicatore 3", ("added", "indicator", None, "Indicatore 3")),
    ]
    back = between({"indicators": three, "dashboards": []}, {"indicators": only, "dashboards": []})
    assert back[-1] == (
        *("indicators", "", "Indicatore 3"),
        ("removed", "indicator", "Indicatore 3", None),
    )


def test_indicators_come_in_the_order_of_the_plan_and_those_nowhere_last():
    then = {token: indicator(f"Indicatore {token}") for token in ("1", "2", "3", "4")}
    now = {token: one | {"source": "Altra"} for token, one in then.items()}
    board = {
        "dashboards": [dashboard("registro", row("3"), row("1")), dashboard("sport", row("4"))]
    }

    found = between({"indicators": then} | board, {"indicators": now} | board)
    added = between({"indicators": {}, "dashboards": []}, {"indicators": now} | board)

    assert [one[2] for one in found] == [f"Indicatore {token}" for token in "3142"]
    words = [one[2] for one in added if one[0] == "indicators"]
    assert words == [f"Indicatore {token}" for token in "3142"]


def test_indicators_with_other_identifiers_are_known_by_name():
    dashboards = [
        dashboard(
            "strategico",
            row("8", name="Indicatore 1"),
            row("9", name="Indicatore 2"),
            kind="strategic",
            unit="",
        ),
        dashboard("imprese", row("8", name="Indicatore 1")),
    ]
    again = {"8": indicator("Indicatore 1"), "9": indicator("Indicatore 2")}

    assert changes(indicators=again, dashboards=dashboards) == []


# Dashboards


def board(*rows, **given):
    return [
        dashboard("strategico", *rows, kind="strategic", unit="", **given),
        dashboard("imprese", row("1")),
    ]


def test_weight_and_the_name_printed_here():
    assert changes(dashboards=board(row("1", weight="2.5"), row("2", name="Detto altrimenti"))) == [
        (
            "dashboards",
            "Servizio strategico, 1.1",
            "Indicatore 1",
            ("changed", "weight", "1", "2.5"),
        ),
        (
            "dashboards",
            "Servizio strategico, 1.1",
            "Detto altrimenti",
            ("changed", "printed_name", "Indicatore 2", "Detto altrimenti"),
        ),
    ]


def test_a_row_on_another_action_and_one_elsewhere_in_the_order():
    assert changes(dashboards=board(row("1", action="Altra azione"), row("2"))) == [
        (
            "dashboards",
            "Servizio strategico, 1.1",
            "Indicatore 1",
            ("moved", "action", "1.1 Attrattività, Azione", "1.1 Attrattività, Altra azione"),
        )
    ]
    assert changes(dashboards=board(row("2"), row("1"))) == [
        ("dashboards", "Servizio strategico, 1.1", "Indicatore 2", ("moved", "order", "2", "1"))
    ]


def test_an_action_renamed_does_not_move_its_rows():
    main = objective(
        1, action(1, "Nuova"), action(2, "Altra azione"), code="1.1", name="Attrattività"
    )
    renamed = {
        "map": [branch("SVILUPPO", main)],
        "dashboards": [
            dashboard(
                "strategico",
                row("1", action="Nuova"),
                row("2", action="Nuova"),
                kind="strategic",
                unit="",
            ),
            dashboard("imprese", row("1", action="Nuova")),
        ],
    }

    assert changes(**renamed) == [
        ("map", "1.1 Attrattività", "Nuova", ("changed", "name", "Azione", "Nuova"))
    ]


def test_rows_added_and_removed():
    assert changes(
        dashboards=[
            *board(row("1"), row("2"))[:1],
            dashboard("imprese", row("1"), row("2", weight="3")),
        ]
    ) == [
        (
            "dashboards",
            "Servizio imprese, 1.1",
            "Indicatore 2",
            ("added", "row", None, "1.1 Attrattività, Azione"),
            ("added", "weight", None, "3"),
        )
    ]
    assert changes(dashboards=board(row("1"))) == [
        (
            "dashboards",
            "Servizio strategico, 1.1",
            "Indicatore 2",
            ("removed", "row", "1.1 Attrattività, Azione", None),
        )
    ]


def test_a_row_that_left_one_dashboard_for_another_has_moved():
    moved = [
        *board(row("1"))[:1],
        dashboard("imprese", row("1"), row("2", action="Altra azione", weight="2")),
    ]

    assert changes(dashboards=moved) == [
        (
            "dashboards",
            "Servizio imprese, 1.1",
            "Indicatore 2",
            ("moved", "dashboard", "Servizio strategico", "Servizio imprese"),
            ("moved", "action", "1.1 Attrattività, Azione", "1.1 Attrattività, Altra azione"),
            ("changed", "weight", "1", "2"),
        )
    ]


def test_a_row_that_passed_as_it_is_says_only_where():
    moved = [*board(row("1"))[:1], dashboard("imprese", row("1"), row("2"))]

    assert [told_of[3:] for told_of in changes(dashboards=moved)] == [
        (("moved", "dashboard", "Servizio strategico", "Servizio imprese"),)
    ]


def test_dashboards_added_removed_renamed_put_in_order():
    old = board(row("1"), row("2"))
    new = [
        dashboard("imprese", row("1"), heading="SERVIZIO REGISTRO"),
        old[0],
        dashboard("nuovo", row("2"), kind="dirigente", heading="CRUSCOTTO DEL DIRIGENTE"),
    ]

    assert changes(dashboards=new) == [
        (
            "dashboards",
            "",
            "Servizio imprese",
            ("changed", "heading", "SERVIZIO IMPRESE", "SERVIZIO REGISTRO"),
        ),
        ("dashboards", "", "Servizio strategico", ("moved", "order", "1", "2")),
        (
            "dashboards",
            "",
            "Cruscotto del dirigente",
            ("added", "dashboard", None, "Cruscotto del dirigente"),
        ),
        (
            "dashboards",
            "Cruscotto del dirigente, 1.1",
            "Indicatore 2",
            ("added", "row", None, "1.1 Attrattività, Azione"),
        ),
    ]
    assert changes(dashboards=old[:1]) == [
        ("dashboards", "", "Servizio imprese", ("removed", "dashboard", "Servizio imprese", None)),
        (
            "dashboards",
            "Servizio imprese, 1.1",
            "Indicatore 1",
            ("removed", "row", "1.1 Attrattività, Azione", None),
        ),
    ]


def test_a_row_on_an_action_the_map_does_not_know_is_known_by_its_words():
    away = {"map": [], "dashboards": board(row("1"), row("2"))}
    elsewhere = {"map": [], "dashboards": board(row("1", action="Altrove"), row("2"))}

    assert between(away, away) == []
    assert [told_of[3][:2] for told_of in between(away, elsewhere)] == [("moved", "action")]


# Document


def text(*sections):
    return {"sections": list(sections)}


def test_a_section_changed_in_its_fields_and_its_text():
    assert changes(sections=[section("premessa", title="Altra", body="<p>Nuovo.</p>")]) == [
        (
            "document",
            "",
            "1 Altra",
            ("changed", "title", "Sezione premessa", "Altra"),
            ("changed", "body", "<p>Un testo.</p>", "<p>Nuovo.</p>"),
        )
    ]


def test_sections_moved_below_another_and_in_order():
    a, b = section("a"), section("b", number="2")
    c = section("c", number="A1", is_annex=True)
    below = section("c", number="A1", is_annex=True, parent="a")

    assert between(text(a, b, c), text(a, below, b)) == [
        (
            "document",
            "",
            "Sezione c",
            ("moved", "parent", "", "1 Sezione a"),
            ("moved", "order", "3", "2"),
        ),
    ]


def test_a_section_of_another_address_is_known_by_its_title():
    old = text(section("a"), section("b", number="2", parent="a", level=2))
    new = text(section("z", title="Sezione a"), section("b", number="2", parent="z", level=2))

    assert between(old, new) == []


def test_sections_added_and_removed_with_their_blocks():
    added = section("nuova", summary="In breve", blocks=[block("mappa", lead="<p>Ecco.</p>")])
    said = [
        (
            "document",
            "",
            "1 Sezione nuova",
            ("added", "section", None, "1 Sezione nuova"),
            ("added", "summary", None, "In breve"),
            ("added", "body", None, "<p>Un testo.</p>"),
        ),
        (
            "document",
            "1 Sezione nuova",
            "mappa",
            ("added", "block", None, "mappa"),
            ("added", "lead", None, "<p>Ecco.</p>"),
        ),
    ]

    assert changes(sections=[section("premessa"), added]) == said
    removed = between(text(added), text())
    assert [told_of[3][0] for told_of in removed] == ["removed", "removed"]


def test_blocks_changed_moved_added():
    old = section("s", blocks=[block("map"), block("table", table="x"), block("staff")])
    new = section(
        "s",
        blocks=[
            block("staff"),
            block("map", caption="La mappa"),
            block("table", table="x"),
            block("months"),
        ],
    )

    assert between(text(old), text(new)) == [
        ("document", "1 Sezione s", "staff", ("moved", "order", "3", "1")),
        ("document", "1 Sezione s", "La mappa", ("changed", "caption", "", "La mappa")),
        ("document", "1 Sezione s", "months", ("added", "block", None, "months")),
    ]


def test_a_block_that_shows_something_else_was_changed():
    old, new = (section("s", blocks=[block("dashboard", argument=one)]) for one in ("sg", "dir"))

    assert between(text(old), text(new)) == [
        ("document", "1 Sezione s", "dashboard", ("changed", "argument", "sg", "dir"))
    ]
    gone = between(text(old), text(section("s")))
    assert gone == [
        ("document", "1 Sezione s", "dashboard", ("removed", "block", "dashboard", None))
    ]


# Tables


def figures(*tables):
    return {"tables": list(tables)}


def test_one_figure():
    assert changes(tables=[table("bilancio", ["Proventi", "12"], ["Oneri", "8"])]) == [
        ("tables", "Tabella bilancio", "Proventi", ("changed", "cell 2021", "10", "12"))
    ]


def test_rows_of_a_table():
    old = table("t", ["a", "1"], ["b", "2"], ["c", "3"], ["d", "4"])
    new = table("t", ["a", "1"], ["d", "4"], ["B", "2"], ["c", "3"], ["e", "5"])
    new["rows"][0]["level"] = "total"

    assert between(figures(old), figures(new)) == [
        ("tables", "Tabella t", "a", ("changed", "level", "item", "total")),
        ("tables", "Tabella t", "d", ("moved", "order", "4", "2")),
        ("tables", "Tabella t", "B", ("added", "table_row", None, "B | 2")),
        ("tables", "Tabella t", "e", ("added", "table_row", None, "e | 5")),
        ("tables", "Tabella t", "b", ("removed", "table_row", "b | 2", None)),
    ]


def test_a_row_renamed_where_it_stood():
    old, new = table("t", ["a", "1"], ["b", "2"]), table("t", ["a", "1"], ["B", "2"])

    assert between(figures(old), figures(new)) == [
        ("tables", "Tabella t", "B", ("changed", "cell Voce", "b", "B"))
    ]


def test_columns_of_a_table():
    old = table("t", ["a", "1", "2"], headings=("Voce", "2020", "2021"))
    new = table("t", ["a", "2", "9", ""], headings=("Voce", "2021", "2022", "2023"))
    new["columns"][1]["is_numeric"] = False

    assert between(figures(old), figures(new)) == [
        (
            "tables",
            "",
            "Tabella t",
            ("changed", "is_numeric 2021", "true", "false"),
            ("added", "column", None, "2022"),
            ("added", "column", None, "2023"),
            ("removed", "column", "2020", None),
        ),
        (
            "tables",
            "Tabella t",
            "a",
            ("added", "cell 2022", None, "9"),
            ("removed", "cell 2020", "1", None),
        ),
    ]


def test_a_column_moved_and_one_with_another_heading():
    old = table("t", ["a", "1", "2"], headings=("Voce", "2020", "2021"))
    swapped = table("t", ["a", "2", "1"], headings=("Voce", "2021", "2020"))
    renamed = table("t", ["a", "1", "2"], headings=("Voce", "2020", "2021 stima"))

    assert between(figures(old), figures(swapped)) == [
        ("tables", "", "Tabella t", ("moved", "order 2021", "3", "2"))
    ]
    assert between(figures(old), figures(renamed)) == [
        ("tables", "", "Tabella t", ("changed", "heading 3", "2021", "2021 stima"))
    ]


def test_rows_without_all_their_cells():
    old, new = table("t", ["a"], []), table("t", ["a", "1"], [])

    assert between(figures(old), figures(new)) == [
        ("tables", "Tabella t", "a", ("changed", "cell 2021", "", "1"))
    ]


def test_tables_added_and_removed():
    assert between(figures(table("t", ["a", "1"])), figures(table("u", ["a", "1"]))) == [
        ("tables", "", "Tabella u", ("added", "table", None, "Tabella u")),
        ("tables", "Tabella u", "a", ("added", "table_row", None, "a | 1")),
        ("tables", "", "Tabella t", ("removed", "table", "Tabella t", None)),
        ("tables", "Tabella t", "a", ("removed", "table_row", "a | 1", None)),
    ]


# Annexes


def annexes(**agile_work):
    whole = snapshot()["annexes"]["agile_work"]
    return {"agile_work": whole | agile_work}


def test_a_figure_of_a_month_and_a_month_added():
    months = [{"month": "2020-03", "days": 12}, {"month": "2020-04", "days": 7}]

    assert changes(annexes=annexes(months=months)) == [
        ("annexes", "agile_work", "2020-03", ("changed", "days", "10", "12")),
        (
            "annexes",
            "agile_work",
            "2020-04",
            ("added", "month", None, "2020-04"),
            ("added", "days", None, "7"),
        ),
    ]


def test_a_rule_and_an_article():
    changed = [
        {"number": 1, "title": "Finalità", "rules": [{"number": "1.1", "text": "No."}]},
    ]

    assert changes(annexes=annexes(articles=changed)) == [
        ("annexes", "agile_work", "1.1", ("changed", "text", "Sì.", "No."))
    ]
    assert changes(annexes=annexes(articles=[])) == [
        (
            "annexes",
            "agile_work",
            "1 Finalità",
            ("removed", "number", "1", None),
            ("removed", "title", "Finalità", None),
            ("removed", "number", "1.1", None),
            ("removed", "text", "Sì.", None),
        )
    ]


def test_whatever_structure_an_annex_has():
    old = {"other": {"plain": ["a"], "thing": {"x": 1}}}
    new = {"other": {"plain": ["a", "b"], "thing": {"x": 2}, "list": [{"deep": {"y": 1}}]}}

    assert between({"annexes": old}, {"annexes": new}) == [
        ("annexes", "other", "", ("changed", "plain", "a", "a | b")),
        ("annexes", "other", "thing", ("changed", "x", "1", "2")),
        ("annexes", "other", "", ("added", "y", None, "1")),
    ]
    assert between({"annexes": {}}, {"annexes": {"other": {"x": 1}}}) == [
        ("annexes", "other", "", ("changed", "x", "", "1"))
    ]


# Project sheets


def between_sheets(old: tuple, new: tuple):
    return between({"annexes": projects(*old)}, {"annexes": projects(*new)})


def test_the_first_activities_are_added_and_no_sheet():
    new = sheet("1", activity(1, "Bando", result=outcome("40%")), activity(2, "Premi"))

    assert between_sheets((), (new,)) == [
        (
            "projects",
            "Progetto 1",
            "Bando",
            ("added", "activity", None, "Bando"),
            ("added", "starts_on", None, "2021-01-01"),
            ("added", "ends_on", None, "2021-12-31"),
            ("added", "weight", None, "1"),
            ("added", "target", None, "100%"),
            ("added", "result", None, "40%"),
        ),
        (
            "projects",
            "Progetto 1",
            "Premi",
            ("added", "activity", None, "Premi"),
            ("added", "starts_on", None, "2021-01-01"),
            ("added", "ends_on", None, "2021-12-31"),
            ("added", "weight", None, "1"),
            ("added", "target", None, "100%"),
        ),
    ]


def test_an_activity_removed_and_one_changed():
    old = sheet("1", activity(1, "Bando"), activity(2, "Premi"))
    new = sheet("1", activity(2, "Premi e festa", weight="2", ends_on="2021-10-31"))

    assert between_sheets((old,), (new,)) == [
        (
            "projects",
            "Progetto 1",
            "Premi e festa",
            ("changed", "name", "Premi", "Premi e festa"),
            ("changed", "ends_on", "2021-12-31", "2021-10-31"),
            ("changed", "weight", "1", "2"),
        ),
        (
            "projects",
            "Progetto 1",
            "Bando",
            ("removed", "activity", "Bando", None),
            ("removed", "starts_on", "2021-01-01", None),
            ("removed", "ends_on", "2021-12-31", None),
            ("removed", "weight", "1", None),
            ("removed", "target", "100%", None),
        ),
    ]


def test_values_of_an_activity_by_text_and_by_meaning():
    old = activity(1, "Bando", result=outcome("40%"))
    reread = activity(1, "Bando", result=outcome("40%", number="0.4", note="Riletto"))
    retold = activity(1, "Bando", target=outcome("80%"), result=None)

    assert between_sheets((sheet("1", old),), (sheet("1", reread),)) == [
        (
            "projects",
            "Progetto 1",
            "Bando",
            ("changed", "result_value", "stated number 40%", "stated number 0.4"),
            ("changed", "note", "", "Riletto"),
        )
    ]
    assert between_sheets((sheet("1", old),), (sheet("1", retold),)) == [
        (
            "projects",
            "Progetto 1",
            "Bando",
            ("changed", "target", "100%", "80%"),
            ("changed", "result", "40%", ""),
            ("changed", "measured_on", "2021-06-30", ""),
        )
    ]


def test_facts_of_a_sheet_and_the_order_of_its_activities():
    first, second = activity(1, "Bando"), activity(2, "Premi")
    old = sheet("1", first, second, purpose="Nuovo evento")
    new = sheet("1", second, first, purpose="Nuovo evento", office="Servizio A")

    assert between_sheets((old,), (new,)) == [
        ("projects", "", "Progetto 1", ("changed", "office", "", "Servizio A")),
        ("projects", "Progetto 1", "Premi", ("moved", "order", "2", "1")),
    ]


def test_a_sheet_emptied_loses_what_it_said():
    old = sheet("1", activity(1, "Bando"), purpose="Nuovo evento")

    told_so = between_sheets((old,), ())

    assert [(name, *changes[0]) for _part, _place, name, *changes in told_so] == [
        ("Progetto 1", "changed", "purpose", "Nuovo evento", ""),
        ("Bando", "removed", "activity", "Bando", None),
    ]


def test_a_sheet_follows_its_indicator_under_another_identifier():
    old = {"annexes": projects(sheet("1", activity(1, "Bando")))}
    new = {
        "annexes": projects(sheet("7", activity(9, "Bando"))),
        "indicators": {"7": indicator("Indicatore 1"), "2": indicator("Indicatore 2")},
        "dashboards": [
            dashboard(
                "strategico", row("7", name="Indicatore 1"), row("2"), kind="strategic", unit=""
            ),
            dashboard("imprese", row("7", name="Indicatore 1")),
        ],
    }

    assert between(old, new) == []
