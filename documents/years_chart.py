"""An indicator over the years as a drawing: pure geometry on the shapes of every chart."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.charts import Chart
from documents.lettering import text_width
from documents.shapes import (
    AMBER,
    BLUE,
    GAP,
    INK,
    LABEL,
    NAVY,
    Line,
    PrintNumber,
    Scale,
    Text,
    Value,
    column,
    grid_lines,
    make_scale,
    mark_labels,
    mask,
    rounded,
)


@dataclass(frozen=True)
class Year:
    """One year of an indicator: what was reached, what is wanted, and how the plan prints both."""

    label: str
    actual: Value = None
    target: Value = None
    actual_text: str = ""
    target_text: str = ""
    is_setback: bool = False


def years_chart(
    finding: str,
    years: Sequence[Year],
    *,
    print_number: PrintNumber = str,
    width: float = 440,
    height: float = 250,
    left: float = 52,
) -> Chart:
    """An indicator over the years: column = actual, stroke = target, dotted = last actual."""
    values = [value for year in years for value in (year.actual, year.target)]
    scale = make_scale(values, top=28, bottom=height - 28)
    step = (width - left) / max(len(years), 1)
    middles = [left + step * (index + 0.5) for index in range(len(years))]
    boxes, strokes, texts = [], [], []
    for middle, year in zip(middles, years, strict=True):
        texts.append(Text(rounded(middle), rounded(height - 8), year.label, size=14))
        if year.actual is not None:
            boxes.append(column(scale, middle, min(44, step * 0.5), year.actual, BLUE))
        if year.target is not None:
            strokes.append(_target_stroke(scale, middle, step, year))
        texts += _year_texts(scale, middle, (step, width), year)
    known = [(m, y.actual) for m, y in zip(middles, years, strict=True) if y.actual is not None]
    if known and known[-1][0] != middles[-1]:
        level = scale.y(known[-1][1])
        strokes.insert(0, Line(rounded(known[-1][0] + 24), level, width, level, NAVY, 1.2, "2 4"))
    return Chart(
        kind="years",
        title=f"{finding} {'; '.join(_year_words(year) for year in years)}".strip(),
        width=width,
        height=height,
        grid=grid_lines(scale, left, width),
        boxes=tuple(boxes),
        strokes=tuple(strokes),
        masks=tuple(mask(text) for text in texts if text.weight == 600),
        texts=(*texts, *mark_labels(scale, left - GAP, print_number)),
    )


def _target_stroke(scale: Scale, middle: float, step: float, year: Year) -> Line:
    half = min(68, step * 0.62) / 2
    level = scale.y(year.target or 0)
    return Line(
        rounded(middle - half),
        level,
        rounded(middle + half),
        level,
        AMBER if year.is_setback else NAVY,
        3,
    )


def _year_texts(
    scale: Scale, middle: float, measures: tuple[float, float], year: Year
) -> list[Text]:
    """The figures of a year: the actual above what is highest, its target beside the stroke."""
    step, width = measures
    if year.actual is None:
        return [_target_text(scale, middle, year)] if year.target is not None else []
    top = year.actual if year.target is None else max(year.actual, year.target)
    words = year.actual_text or str(year.actual)
    y = max(scale.y(top) - 8, LABEL)
    texts = [Text(rounded(middle), rounded(y), words, weight=600, fill=INK)]
    half = min(68, step * 0.62) / 2
    # Beside the stroke, unless it would touch the next one or leave the paper.
    room = min(step - 2 * half, width - middle - half) - GAP
    if year.target is not None and text_width(year.target_text, LABEL) <= room:
        x, level = middle + half + 3, scale.y(year.target)
        texts.append(Text(rounded(x), rounded(level + 4), year.target_text, "start"))
    return texts


def _target_text(scale: Scale, middle: float, year: Year) -> Text:
    """The figure of a target over its stroke; under it when the target is a step back."""
    level = scale.y(year.target or 0)
    below = min(level + LABEL + 5, scale.bottom - 2)
    y = below if year.is_setback else max(level - 8, LABEL)
    words = year.target_text or str(year.target)
    fill = AMBER if year.is_setback else INK
    return Text(rounded(middle), rounded(y), words, weight=600, fill=fill)


def _year_words(year: Year) -> str:
    words = [
        text for text in (year.actual_text, year.target_text and f"({year.target_text})") if text
    ]
    return f"{year.label}: {' '.join(words) or '-'}"
