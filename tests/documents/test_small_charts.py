"""The small drawings stay inside their boxes and keep their proportions."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from documents.small_charts import (
    DegreeBar,
    Segment,
    SparkYear,
    degree_bar,
    distribution,
    spark,
)
from documents.templatetags.charts import chart

figures = st.one_of(st.none(), st.floats(-1e6, 1e6).map(lambda n: round(n, 2)))
counts = st.lists(st.integers(0, 500), max_size=5)


@given(st.lists(st.tuples(figures, figures), min_size=1, max_size=4))
def test_spark_stays_inside_its_box(pairs):
    drawing = spark("Anni.", [SparkYear(actual, target) for actual, target in pairs])

    known = [n for pair in pairs for n in pair if n is not None]
    assert (drawing is None) == (not known)
    if drawing:
        assert len(drawing.boxes) == sum(actual is not None for actual, _target in pairs)
        assert len(drawing.strokes) == sum(target is not None for _actual, target in pairs)
        for box in drawing.boxes:
            assert 0 <= box.x <= drawing.width - box.width
            assert -0.1 <= box.y <= drawing.height - box.height
        for line in drawing.strokes:
            assert 0 <= line.x1 <= line.x2 <= drawing.width
            assert 0 <= line.y1 <= drawing.height


def test_spark_dashes_the_target_that_waits_for_its_result():
    drawing = spark("Target 65, consuntivo 45.", [SparkYear(45, 65), SparkYear(None, 65)])

    assert [line.dash for line in drawing.strokes] == ["", "4 2"]
    assert drawing.title == "Target 65, consuntivo 45."
    assert drawing.boxes[0].height / (drawing.height - 6) == pytest.approx(45 / 65, abs=0.01)


def test_spark_shows_a_result_of_nothing():
    assert spark("Zero.", [SparkYear(0, 0)]).boxes[0].height == 1


@given(st.floats(-100, 10_000))
def test_degree_bar_stays_inside_its_box(value):
    bar = degree_bar(value, "#00613f")

    assert 0 <= bar.filled <= bar.width
    assert bar.is_beyond == (value > 170)


def test_degree_bar_ends_at_its_notch_at_a_hundred():
    assert degree_bar(100, "#00613f").filled == DegreeBar.notch


@given(counts)
def test_distribution_fills_its_box(numbers):
    drawing = distribution("Fasce.", [Segment(count, "#00613f") for count in numbers])

    assert (drawing is None) == (not any(numbers))
    if drawing:
        last = drawing.boxes[-1]
        assert last.x + last.width == pytest.approx(drawing.width, abs=0.2)
        assert [text.text for text in drawing.texts] == [str(n) for n in numbers if n]


def test_distribution_is_as_wide_as_its_counts():
    many, few = distribution("Fasce.", [Segment(100, "#000000"), Segment(1, "#000000")]).boxes

    assert many.width > 10 * few.width


@pytest.mark.parametrize("value", [45.5, 210.0])
def test_degree_bar_is_drawn_with_points_and_not_read(value):
    with translation.override("it"):
        svg = chart(degree_bar(value, "#00613f"))

    assert 'aria-hidden="true"' in svg
    assert "," not in svg.split("<path")[0]
    assert ("<path" in svg) == (value > 170)
