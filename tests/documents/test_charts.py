"""Drawings: nothing leaves the paper, every figure is said, missing figures are not drawn."""

import re
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from documents.charts import Series, bar_chart, grouped_bars, line_chart, turning_points
from documents.lettering import text_width, wrap
from documents.shapes import Box, hatch, make_scale
from documents.strategy_map import (
    NARROW,
    PRINT,
    WIDE,
    Objective,
    ObjectiveStanding,
    Perspective,
    strategy_map,
)
from documents.templatetags.charts import chart
from documents.years_chart import Year, years_chart

SVG = "{http://www.w3.org/2000/svg}"
figures = st.one_of(
    st.none(),
    st.integers(-10_000_000, 10_000_000),
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 2)),
)
positive = st.one_of(st.none(), st.integers(0, 1_000_000))
columns = st.lists(figures, min_size=1, max_size=24)
names = st.text(alphabet="abcdeghilmnopqrstuvzàèéìòù' -", min_size=1, max_size=120).filter(
    str.strip
)


def short(value):
    return f"{value:.4g}"


def is_inside(drawing, box):
    return (
        box.x >= -0.1
        and box.y >= -0.1
        and box.x + box.width <= drawing.width + 0.1
        and box.y + box.height <= drawing.height + 0.1
        and box.width >= 0
        and box.height >= 0
    )


def assert_inside(drawing):
    assert [box for box in drawing.boxes if not is_inside(drawing, box)] == []
    ends = [(line.x1, line.y1) for line in (*drawing.grid, *drawing.strokes)]
    ends += [(line.x2, line.y2) for line in (*drawing.grid, *drawing.strokes)]
    ends += [*drawing.dots, *((text.x, text.y) for text in drawing.texts)]
    assert [
        (x, y) for x, y in ends if not (0 <= x <= drawing.width and 0 <= y <= drawing.height)
    ] == []


@given(columns)
def test_bar_chart_stays_inside_its_box(values):
    labels = [f"m{index}" for index in range(len(values))]

    drawing = bar_chart("Giornate.", labels, values, print_number=short)

    assert_inside(drawing)
    assert len(drawing.boxes) == sum(value is not None for value in values)


@given(st.lists(st.tuples(positive, positive), min_size=1, max_size=12), st.booleans())
def test_grouped_bars_stay_inside_their_box(pairs, stacked):
    labels = [f"c{index}" for index in range(len(pairs))]
    series = [
        Series("Donne", tuple(women for women, _men in pairs)),
        Series("Uomini", tuple(men for _women, men in pairs)),
    ]

    drawing = grouped_bars("Personale.", labels, series, stacked=stacked, print_number=short)

    assert_inside(drawing)


@given(st.lists(figures, min_size=1, max_size=40), st.booleans())
def test_line_chart_stays_inside_its_box(values, area):
    labels = [str(2001 + index) for index in range(len(values))]

    drawing = line_chart("Valore.", labels, values, area=area, print_number=short)

    assert_inside(drawing)
    assert bool(drawing.path) == any(value is not None for value in values)


@given(st.lists(st.tuples(positive, positive, st.booleans()), min_size=1, max_size=6))
def test_years_chart_stays_inside_its_box(rows):
    years = [
        Year(str(2020 + index), actual, target, short(actual or 0), short(target or 0), setback)
        for index, (actual, target, setback) in enumerate(rows)
    ]

    drawing = years_chart("Anni:", years, print_number=short)

    assert_inside(drawing)
    assert len(drawing.boxes) == sum(actual is not None for actual, _target, _setback in rows)


def test_bar_heights_are_in_proportion():
    drawing = bar_chart("Giornate.", ["mar", "apr"], [50, 100])

    first, second = drawing.boxes
    assert second.height == pytest.approx(2 * first.height, abs=0.2)


def test_negative_bar_hangs_from_the_zero_line():
    up, down = bar_chart("Saldo.", ["a", "b"], [10, -10]).boxes

    assert up.y + up.height == pytest.approx(down.y)


@pytest.mark.parametrize(("width", "shown"), [(660, 20), (358, 0)])
def test_figures_side_by_side_never_run_into_each_other(width, shown):
    labels = [f"m{index}" for index in range(10)]
    series = [Series("potenziali", (72,) * 10), Series("effettivi", (69,) * 10)]

    drawing = grouped_bars("Persone.", labels, series, width=width, left=40)

    assert sum(text.weight == 600 for text in drawing.texts) == shown


def test_title_says_the_finding_and_every_figure():
    series = [Series("Donne", (18, None)), Series("Uomini", (8, 1))]

    drawing = grouped_bars("La D è la più numerosa.", ["D", "A1"], series)

    assert drawing.title == "La D è la più numerosa. Donne: D 18; Uomini: D 8, A1 1."


def test_years_title_says_actual_and_target():
    years = [Year("2020", 39, 30, "39%", "30%"), Year("2021", None, 35, "", "35%"), Year("2022")]

    assert years_chart("Indicatore.", years).title == (
        "Indicatore. 2020: 39% (30%); 2021: (35%); 2022: -"
    )


def test_years_chart_draws_the_last_actual_as_dotted_line():
    years = [Year("2020", 39, 30, "39%", "30%"), Year("2021", None, 35, "", "35%", True)]

    dotted, before, setback = years_chart("Indicatore.", years).strokes

    assert (dotted.dash, before.dash, setback.dash) == ("2 4", "", "")
    assert dotted.y1 < setback.y1
    assert setback.stroke != before.stroke


def test_years_chart_without_figures_has_only_its_years():
    drawing = years_chart("Indicatore.", [Year("2020"), Year("2021")])

    assert (drawing.boxes, drawing.strokes) == ((), ())


def test_line_with_a_gap_is_interrupted_and_has_no_area():
    drawing = line_chart("Valore.", ["1", "2", "3", "4"], [1, None, 3, 4])

    assert drawing.path.count("M") == 2
    assert drawing.area == ""


def test_cut_axis_begins_where_it_is_cut():
    scale = make_scale([24858, 33445], top=0, bottom=100, start=22000)

    assert scale.marks == (22000, 25000, 30000, 35000)


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ([689, 1132, 432], (0, 500, 1000, 1500)),
        ([0, 0], (0, 0.5, 1)),
        ([-5, 10], (-5, 0, 5, 10)),
        ([None], (0, 0.5, 1)),
    ],
)
def test_axis_has_round_marks(values, marks):
    assert make_scale(values, top=0, bottom=100).marks == marks


@pytest.mark.parametrize(
    "values", [[24_858, 28_000, 31_740], [31_740, 28_000, 24_858], [30_000, 24_500, 31_000]]
)
def test_no_figure_of_a_line_hides_behind_its_dot(values):
    labels = [str(2001 + index) for index in range(len(values))]

    drawing = line_chart("Valore.", labels, values, start=24_000)

    assert_inside(drawing)
    for paper in drawing.masks:
        for x, y in drawing.dots:
            beside = not paper.x - 3.5 < x < paper.x + paper.width + 3.5
            above_or_below = not paper.y - 3.5 < y < paper.y + paper.height + 3.5
            assert beside or above_or_below


def test_turning_points_are_ends_peaks_and_hollows():
    values = [24858, 28176, 31740, 28736, 30456, 33445, 30074]

    assert turning_points(values) == (0, 2, 3, 5, 6)


def test_turning_points_of_a_short_row_are_its_figures():
    assert turning_points([None, 3, 4]) == (1, 2)


@given(columns)
def test_turning_points_are_known_and_in_order(values):
    turns = turning_points(values)

    assert list(turns) == sorted(set(turns))
    assert [values[index] for index in turns if values[index] is None] == []


@given(st.floats(0, 600), st.floats(0, 600), st.floats(0.5, 200), st.floats(0.5, 200))
def test_hatching_stays_inside_its_box(x, y, width, height):
    strokes = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", hatch(Box(x, y, width, height)))

    assert [
        (left, top)
        for left, top in strokes
        if not (
            x - 0.1 <= float(left) <= x + width + 0.1 and y - 0.1 <= float(top) <= y + height + 0.1
        )
    ] == []


@given(names, st.floats(30, 500), st.floats(8, 30))
def test_wrapped_lines_fit_the_column_and_keep_every_letter(text, width, size):
    lines = wrap(text, width, size)

    assert [line for line in lines if text_width(line, size) > width and len(line) > 1] == []
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_long_word_breaks_after_its_hyphen():
    assert wrap("economico-finanziaria", text_width("economico-fin", 16), 16) == (
        "economico-",
        "finanziaria",
    )


def test_unknown_letters_count_as_widest():
    assert text_width("漢", 10) > text_width("W", 10)


standings = st.builds(
    ObjectiveStanding,
    st.sampled_from(["Raggiunto", "Parzialmente raggiunto", "Non misurabile"]),
    st.sampled_from(["", "88,7%", "100,0%"]),
    st.sampled_from(
        [
            "",
            "misurati 2 di 3",
            "misurati 3 di 3, di cui 1 a zero",
            "misurati 12 di 20, di cui 3 a zero, 2 esclusi, provvisorio",
        ]
    ),
    st.just("#00613f"),
    st.just("M-4 0H4"),
)
objectives = st.lists(
    st.builds(
        Objective,
        st.sampled_from(["1.1", "2.10"]),
        names,
        st.sampled_from(["", "12 azioni, 12 indicatori"]) | names,
        st.just("/o/"),
        st.none() | standings,
    ),
    min_size=0,
    max_size=7,
).map(tuple)
figures_of_bands = st.sampled_from(["", "93,8%"])
bands = st.lists(
    st.builds(
        Perspective,
        st.sampled_from("1234"),
        names,
        objectives,
        figures_of_bands,
        st.sampled_from(["", "misurati 12 di 20, di cui 3 a zero, provvisorio"]),
    ),
    max_size=5,
)


@pytest.mark.slow
@given(bands, st.sampled_from([WIDE, NARROW, PRINT]))
def test_no_text_leaves_its_card_or_band(perspectives, variant):
    drawing = strategy_map("Mappa.", perspectives, variant)

    for band in drawing.bands:
        assert is_inside(drawing, band)
        for line in band.lines:
            assert line.x + text_width(line.text, variant.size) <= band.label_width + 0.2
            assert line.y <= band.y + band.label_height
        for card in band.cards:
            assert band.y <= card.y
            assert card.y + card.height <= band.y + band.height + 0.2
            assert card.x + card.width <= drawing.width + 0.1
            for line in card.lines:
                assert line.x + text_width(line.text, variant.size) <= card.x + card.width
                assert line.y < card.meta.y - variant.meta_size * 0.5
            right = card.meta.x + text_width(card.meta.text, variant.meta_size)
            assert right <= card.x + card.width
            assert card.meta.y < card.y + card.height


@pytest.mark.slow
@given(bands, st.sampled_from([WIDE, NARROW, PRINT]))
def test_how_an_objective_stands_keeps_to_its_card(perspectives, variant):
    drawing = strategy_map("Mappa.", perspectives, variant)

    for band in drawing.bands:
        if band.figure:
            assert band.lines[-1].y < band.figure.y <= band.y + band.label_height
            for line in band.coverage:
                assert band.figure.y < line.y <= band.y + band.label_height
                assert line.x + text_width(line.text, variant.meta_size) <= band.label_width
        for badge, card in [(card.badge, card) for card in band.cards if card.badge]:
            assert card.lines[-1].y < badge.word.y - variant.size * 0.5
            assert card.x < badge.x - badge.radius
            left = badge.word.x + text_width(badge.word.text, variant.meta_size)
            assert left <= badge.figure.x - text_width(badge.figure.text, variant.size)
            assert badge.figure.x <= card.x + card.width
            first, *_rest = badge.coverage
            if badge.is_beside:
                counts = card.meta.x + text_width(card.meta.text, variant.meta_size)
                assert badge.figure.y < first.y == card.meta.y
                assert (
                    counts < first.x - text_width(first.text, variant.meta_size) or not first.text
                )
            else:
                assert card.meta.y < first.y - variant.meta_size
                for line in badge.coverage:
                    assert line.x + text_width(line.text, variant.meta_size) <= card.x + card.width
            assert badge.coverage[-1].y < card.y + card.height


@pytest.mark.parametrize(
    ("counts", "coverage", "is_beside"),
    [
        ("2 azioni, 3 indicatori", "misurati 3 di 3", True),
        ("2 azioni, 3 indicatori", "misurati 3 di 3, di cui 1 a zero", False),
        ("12 azioni, 20 indicatori", "misurati 12 di 20, di cui 3 a zero, 2 esclusi", False),
    ],
)
def test_coverage_goes_under_the_counts_where_it_has_no_room(counts, coverage, is_beside):
    standing = ObjectiveStanding("Raggiunto", "97,5%", coverage, "#00613f", "M-4 0H4")
    row = tuple(Objective(code, "Nome", counts, "", standing) for code in ("1.1", "1.2", "1.3"))

    [band] = strategy_map("Mappa.", [Perspective("1", "Sviluppo", row)], PRINT).bands

    assert {card.badge.is_beside for card in band.cards} == {is_beside}
    assert " ".join(line.text for line in band.cards[0].badge.coverage) == coverage


def test_map_says_how_an_objective_stands():
    standing = ObjectiveStanding("Raggiunto", "97,5%", "misurati 4 di 4", "#00613f", "M-4 0H4")
    perspective = Perspective(
        "1", "Sviluppo", (Objective("1.1", "Territorio", "5 azioni", "", standing),), "93,8%"
    )

    drawing = strategy_map("Mappa.", [perspective], PRINT)

    assert drawing.title == (
        "Mappa. 1 Sviluppo, 93,8%: 1.1 Territorio, Raggiunto, 97,5%, misurati 4 di 4, 5 azioni."
    )
    assert (drawing.bands[0].figure.text, drawing.bands[0].cards[0].badge.ink) == (
        "93,8%",
        "#00613f",
    )


@pytest.mark.slow
@given(bands)
def test_bands_do_not_overlap(perspectives):
    drawing = strategy_map("Mappa.", perspectives, WIDE)

    bottoms = [band.y + band.height for band in drawing.bands[:-1]]
    tops = [band.y for band in drawing.bands[1:]]
    assert [(a, b) for a, b in zip(bottoms, tops, strict=True) if a > b] == []


def test_map_says_every_objective_with_its_counts():
    perspective = Perspective(
        "1", "Sviluppo", (Objective("1.1", "Territorio", "5 azioni"), Objective("1.2", "Impresa"))
    )

    drawing = strategy_map("Mappa strategica.", [perspective])

    assert drawing.title == "Mappa strategica. 1 Sviluppo: 1.1 Territorio, 5 azioni; 1.2 Impresa."
    assert drawing.is_linked is False


ONE = [Perspective("1", "Sviluppo", (Objective("1.1", "L'impresa & <altro>", "5", "/o/1.1/"),))]
STANDING = [
    Perspective(
        "1",
        "Sviluppo",
        (
            Objective(
                "1.1",
                "L'impresa",
                "5",
                "",
                ObjectiveStanding("Raggiunto", "1%", "", "#00613f", "M0 0"),
            ),
        ),
        "1%",
    )
]
DRAWINGS = [
    bar_chart("Giornate.", ["mar", "apr", "mag"], [1132.5, 20, None], accents=[0]),
    grouped_bars("Persone.", ["D"], [Series("F", (18,)), Series("M", (8,))]),
    grouped_bars("Persone.", ["D"], [Series("F", (18,)), Series("M", (None,))], stacked=True),
    line_chart("Valore.", ["1", "2", "3"], [1, 3.5, 2]),
    years_chart("Anni.", [Year("2020", 39, 30, "39%", "30%"), Year("2021", None, 1, "", "1")]),
    strategy_map("Mappa con risultati.", STANDING, PRINT),
    strategy_map("Mappa.", ONE, WIDE),
    strategy_map("Mappa.", ONE, NARROW),
]


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing.title)
def test_svg_has_its_title_first_and_no_style(drawing):
    with translation.override("it"):
        root = ElementTree.fromstring(chart(drawing))  # noqa: S314 -- our own template

    assert root[0].tag == f"{SVG}title"
    assert root[0].text == drawing.title
    assert [node.tag for node in root.iter() if "style" in node.attrib] == []


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing.title)
def test_svg_numbers_have_points_and_no_thousands(drawing):
    geometry = {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height", "font-size"}

    with translation.override("it"):
        root = ElementTree.fromstring(chart(drawing))  # noqa: S314 -- our own template

    values = [v for node in root.iter() for k, v in node.attrib.items() if k in geometry]
    assert [value for value in values if not re.fullmatch(r"-?\d+(\.\d)?", value)] == []


def test_linked_map_is_a_group_so_that_its_links_are_reached():
    root = ElementTree.fromstring(chart(DRAWINGS[-1]))  # noqa: S314 -- our own template

    links = root.findall(f"{SVG}a")
    assert root.attrib["role"] == "group"
    assert [(link.attrib["href"], link.attrib["aria-label"]) for link in links] == [
        ("/o/1.1/", "1.1 L'impresa & <altro>, 5")
    ]
