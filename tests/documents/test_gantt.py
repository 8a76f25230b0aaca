"""Activities in time as numbers: where bars, diamonds and words stand, and what never happens."""

import datetime
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from documents.gantt import HEAD, NARROW, PRINT, WIDE, Gantt, Layout, Task, gantt, next_month
from documents.lettering import text_width

YEAR = (datetime.date(2021, 1, 1), datetime.date(2021, 12, 31))
LAYOUTS = [WIDE, NARROW, PRINT]


def day(month: int, number: int, year: int = 2021) -> datetime.date:
    return datetime.date(year, month, number)


def task(name: str = "Una attività", **given) -> Task:
    facts = {
        "starts_on": day(3, 1),
        "ends_on": day(6, 30),
        "due_on": day(6, 30),
        "share": 0.5,
        "tone": "going",
        "words": "50%, in corso",
        "short": "50%",
    }
    return Task(name, **facts | given)


def month_name(month: datetime.date) -> str:
    return f"{month:%m}"


def drawn(*tasks: Task, layout: Layout = WIDE, **given) -> Gantt:
    facts = {"span": YEAR, "print_month": month_name, "layout": layout, "today_words": "oggi 22.4"}
    return gantt("Attività.", tasks, **facts | given)


def words_of(chart: Gantt):
    """The words beside a bar, the only ones drawn strong besides those of today."""
    return [text for text in chart.texts if text.weight == 600 and text.text != "oggi 22.4"]


def reach(text) -> tuple[float, float]:
    width = text_width(text.text, text.size)
    return (text.x, text.x + width) if text.anchor == "start" else (text.x - width, text.x)


def test_a_bar_goes_from_its_first_day_to_the_end_of_its_last():
    (bar,) = drawn(task()).bars

    each = (WIDE.right - WIDE.left) / 365
    assert bar.x == pytest.approx(WIDE.left + 59 * each, abs=0.1)
    assert bar.width == pytest.approx(122 * each, abs=0.1)
    assert bar.done == pytest.approx(61 * each, abs=0.1)
    assert bar.colour == "#00529e"


@pytest.mark.parametrize(("share", "part"), [(0, 0), (1, 1), (1.7, 1), (-1, 0)])
def test_a_bar_is_full_as_far_as_it_is_done_and_no_further(share, part):
    (bar,) = drawn(task(share=share)).bars

    assert bar.done == pytest.approx(bar.width * part, abs=0.1)


def test_a_day_is_seen_even_over_many_years():
    one_day = task(starts_on=day(3, 1), ends_on=day(3, 1), due_on=day(3, 1))

    (bar,) = drawn(one_day, span=(day(1, 1), day(12, 31, 2060))).bars

    assert bar.width == 3


def test_the_axis_holds_what_goes_beyond_the_year():
    chart = drawn(task(starts_on=day(11, 15, 2020), ends_on=day(2, 10, 2022)))

    labels = [text.text for text in chart.texts if text.y == HEAD - 7]
    assert (labels[0], labels[-1], len(chart.grid)) == ("11", "02", 16)


def test_the_diamond_stands_at_the_end_of_the_day_it_is_due():
    (mark,) = drawn(task(due_on=day(12, 31))).diamonds

    assert mark.startswith(f"M{WIDE.right} ")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_long_names_break_and_their_rows_grow(layout):
    name = "Analisi di fattibilità delle possibili modalità di gestione della intranet " * 3
    short, long = (drawn(task(text), layout=layout) for text in ("Breve", name))

    assert long.height > short.height >= HEAD + layout.row
    lines = [text for text in long.texts if text.size == layout.name_size]
    assert len(lines) > 2
    assert max(line.y for line in lines) < long.height


def test_a_row_in_two_has_a_tint_and_its_words_are_masked_with_it():
    chart = drawn(task(), task(), task())

    assert [box.y for box in chart.stripes] == [HEAD, HEAD + 2 * WIDE.row]
    assert [box.fill for box in chart.masks] == ["#f5f7fa", "#ffffff", "#f5f7fa"]


def test_today_is_a_line_with_its_words_over_it():
    chart = drawn(task(), today=day(4, 22))

    stem, line = chart.today
    assert (line.dash, line.y2) == ("5 3", chart.height)
    assert stem.y1 == chart.flag.y + chart.flag.height
    assert stem.x1 == line.x1
    assert chart.flag.x < line.x1 < chart.flag.x + chart.flag.width


def test_the_line_of_today_does_not_cross_the_names_of_the_months():
    chart = drawn(task(), today=day(7, 5))

    [month] = [text for text in chart.texts if text.text == "07"]
    above, below = month.y - month.size, month.y
    assert all(line.y2 <= above or line.y1 >= below for line in chart.today)


def test_on_a_phone_the_line_of_today_leaves_the_names_alone():
    chart = drawn(task(), task(), layout=NARROW, today=day(4, 22))

    assert len(chart.today) == 3
    assert chart.grid == ()


@pytest.mark.parametrize("today", [day(1, 1), day(12, 31)])
def test_the_words_of_today_stay_inside(today):
    chart = drawn(task(), layout=NARROW, today=today)

    assert chart.flag.x >= 0
    assert chart.flag.x + chart.flag.width <= NARROW.width


@pytest.mark.parametrize("today", [None, day(12, 31, 2020), day(1, 1, 2022)])
def test_a_today_outside_the_months_is_not_drawn(today):
    chart = drawn(task(), today=today)

    assert (chart.today, chart.flag) == ((), None)


def test_without_activities_there_are_only_the_months():
    chart = drawn()

    assert (chart.bars, chart.height) == ((), HEAD)
    assert len(chart.grid) == 12


@pytest.mark.parametrize(
    ("given", "today", "anchor", "text"),
    [
        pytest.param({}, None, "start", "50%, in corso", id="after the bar"),
        pytest.param({}, day(7, 5), "start", "50%, in corso", id="after today"),
        pytest.param(
            {"starts_on": day(2, 1), "ends_on": day(12, 31), "due_on": day(12, 31), "share": 0},
            None,
            "end",
            "50%, in corso",
            id="inside the empty part",
        ),
        pytest.param(
            {"starts_on": day(11, 1), "ends_on": day(12, 31), "due_on": day(12, 31), "share": 1},
            None,
            "end",
            "50%, in corso",
            id="before the bar",
        ),
        pytest.param(
            {"starts_on": day(11, 1), "ends_on": day(12, 31), "due_on": day(12, 31), "share": 1},
            day(10, 20),
            "end",
            "50%, in corso",
            id="before today",
        ),
        pytest.param(
            {
                "starts_on": day(1, 1),
                "ends_on": day(12, 31),
                "due_on": day(12, 31),
                "share": 1,
            },
            None,
            "end",
            "50%",
            id="nowhere: the short ones at the edge",
        ),
    ],
)
def test_words_stand_where_they_fit(given, today, anchor, text):
    (words,) = words_of(drawn(task(**given), today=today))

    assert (words.anchor, words.text) == (anchor, text)


def test_the_short_words_stand_where_the_long_ones_do_not_fit():
    wordy = task(
        words="100%, conclusa il giorno 26.2.2021, dopo il termine",
        starts_on=day(2, 1),
        ends_on=day(10, 31),
        due_on=day(10, 31),
        share=1,
    )

    (words,) = words_of(drawn(wordy, layout=NARROW))

    assert words.text == "50%"


DAYS = st.dates(datetime.date(2021, 1, 1), datetime.date(2021, 12, 31))
TASKS = st.lists(
    st.builds(
        lambda ends, due, share, words: task(
            starts_on=min(ends), ends_on=max(ends), due_on=due, share=share, words=words
        ),
        st.tuples(DAYS, DAYS),
        DAYS,
        st.floats(0, 1),
        st.sampled_from(["0%, da iniziare", "70%, in ritardo di 22 giorni", "100%"]),
    ),
    min_size=1,
    max_size=5,
)


@given(TASKS, DAYS, st.sampled_from(LAYOUTS))
def test_words_never_cross_today_unless_there_is_no_room_at_all(tasks, today, layout):
    chart = drawn(*tasks, layout=layout, today=today)

    line = chart.today[0].x1
    for words in words_of(chart):
        start, end = reach(words)
        is_at_the_edge = (words.text, words.x) == ("50%", layout.right)
        assert is_at_the_edge or not start < line < end
        assert start >= 0
        assert end <= layout.width


@given(TASKS, st.sampled_from(LAYOUTS))
def test_every_drawing_is_well_formed_and_names_itself(tasks, layout):
    chart = drawn(*tasks, layout=layout, today=day(4, 22))

    svg = ElementTree.fromstring(render_to_string(chart.template, {"chart": chart}))  # noqa: S314 - our own
    first = next(iter(svg))
    assert (first.tag.rpartition("}")[2], first.text) == ("title", "Attività.")
    assert svg.get("role") == "img"
    assert "style" not in {name for element in svg.iter() for name in element.attrib}


def test_the_month_after_december_is_january():
    assert next_month(day(12, 31)) == day(1, 1, 2022)
    assert next_month(day(1, 31)) == day(2, 1)
