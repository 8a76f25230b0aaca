"""The strategy map as a drawing: a band for a perspective, a card for an objective; pure.

No arrow joins the bands: a plan that states no causal links has none drawn. Every text is broken
to the width of its card, and a card is as high as its longest neighbour needs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from documents.lettering import text_width, wrap
from documents.shapes import rounded


@dataclass(frozen=True)
class ObjectiveStanding:
    """How an objective stands: a word, its figure and how sure it is; its colour never speaks
    alone. `glyph` is a stroke in a box of twelve units around its middle."""

    word: str
    figure: str
    coverage: str
    ink: str
    glyph: str

    @property
    def spoken(self) -> str:
        return ", ".join(filter(None, (self.word, self.figure, self.coverage)))


@dataclass(frozen=True)
class Objective:
    """What stands on a card; `href` makes the card a link, `meta` are its counts in words."""

    code: str
    name: str
    meta: str = ""
    href: str = ""
    standing: ObjectiveStanding | None = None

    @property
    def spoken(self) -> str:
        words = (self.name, self.standing.spoken if self.standing else "", self.meta)
        return f"{self.code} {', '.join(filter(None, words))}".strip()


@dataclass(frozen=True)
class Perspective:
    """A band of the map and its objectives in order; `figure` is how it stands, `coverage` how sure
    it is."""

    number: str
    name: str
    objectives: tuple[Objective, ...]
    figure: str = ""
    coverage: str = ""


@dataclass(frozen=True)
class Variant:
    """How a map is laid out: for a wide screen, a narrow one or paper."""

    name: str
    width: float
    label_width: float
    per_row: int
    size: float
    meta_size: float
    least_height: float
    gap: float = 8
    padding: float = 12

    @property
    def leading(self) -> float:
        return rounded(self.size * 1.22)

    @property
    def step(self) -> float:
        """From one small line to the next."""
        return rounded(self.meta_size * 1.35)


WIDE = Variant("wide", 1318, 206, 3, 16, 14, 72)
NARROW = Variant("narrow", 358, 0, 1, 16, 14, 66)
# 267 mm of a landscape page in quarters of a millimetre: 16 units are 11.3 pt, 13 are 9.2 pt.
PRINT = Variant("print", 1068, 206, 3, 16, 13, 84, gap=10)


@dataclass(frozen=True)
class MapLine:
    """A line of a text on the map."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Badge:
    """How an objective stands, on its card: a disc with a glyph and three texts. `coverage` is one
    line beside the counts, or stands under them where it has no room there."""

    x: float
    y: float
    radius: float
    ink: str
    glyph: str
    word: MapLine
    figure: MapLine
    coverage: tuple[MapLine, ...]
    is_beside: bool


@dataclass(frozen=True)
class Card:
    """An objective on the map; `code` stands in the margin of its first line."""

    x: float
    y: float
    width: float
    height: float
    code: MapLine
    lines: tuple[MapLine, ...]
    meta: MapLine
    name: str
    href: str
    badge: Badge | None = None


@dataclass(frozen=True)
class Band:
    """A perspective on the map: the band, its dark label, its cards."""

    x: float
    y: float
    width: float
    height: float
    label_width: float
    label_height: float
    number: MapLine
    lines: tuple[MapLine, ...]
    cards: tuple[Card, ...]
    figure: MapLine | None = None
    coverage: tuple[MapLine, ...] = ()


@dataclass(frozen=True)
class StrategyMap:
    """The whole drawing and the words that say it."""

    template: ClassVar[str] = "charts/strategy_map.svg"
    title: str
    variant: Variant
    width: float
    height: float
    bands: tuple[Band, ...]

    @property
    def is_linked(self) -> bool:
        return any(card.href for band in self.bands for card in band.cards)


def strategy_map(
    finding: str, perspectives: Sequence[Perspective], variant: Variant = WIDE
) -> StrategyMap:
    """The map of the perspectives from the first to the last, top down."""
    bands: list[Band] = []
    y = 0.0
    for perspective in perspectives:
        band = _band(perspective, y, variant)
        bands.append(band)
        y = rounded(band.y + band.height + variant.gap)
    return StrategyMap(
        title=_spoken(finding, perspectives),
        variant=variant,
        width=variant.width,
        height=rounded(max(y - variant.gap, 1)),
        bands=tuple(bands),
    )


def _band(perspective: Perspective, y: float, variant: Variant) -> Band:
    is_beside = variant.label_width > 0
    label_width = variant.label_width or variant.width
    room = label_width - 2 * variant.padding
    lines = wrap(perspective.name, room, variant.size)
    number_height = variant.padding + variant.size * 1.8
    told = len(lines) + (1.2 if perspective.figure else 0)
    coverage = wrap(perspective.coverage, room, variant.meta_size) if perspective.figure else ()
    label_height = number_height + told * variant.leading + variant.padding
    label_height += len(coverage) * variant.step
    left = variant.label_width + variant.gap if is_beside else 0.0
    top = y + variant.gap if is_beside else y + label_height + variant.gap
    cards = _cards(perspective.objectives, left, top, variant)
    bottom = max([card.y + card.height for card in cards], default=top)
    edge = variant.gap if is_beside else 0
    height = max(bottom + edge - y, label_height)
    if is_beside:
        label_height = height
    first = y + number_height + variant.size
    return Band(
        x=0,
        y=rounded(y),
        width=variant.width,
        height=rounded(height),
        label_width=label_width,
        label_height=rounded(label_height),
        number=MapLine(
            variant.padding, rounded(y + variant.padding + variant.size * 1.2), perspective.number
        ),
        lines=_set_lines(lines, variant.padding, first, variant),
        cards=cards,
        figure=_band_figure(perspective, first + len(lines) * variant.leading, variant),
        coverage=_stacked(
            coverage, variant.padding, first + (len(lines) + 0.2) * variant.leading, variant
        ),
    )


def _band_figure(perspective: Perspective, y: float, variant: Variant) -> MapLine | None:
    """How the perspective stands, under its name."""
    if not perspective.figure:
        return None
    return MapLine(variant.padding, rounded(y + variant.leading * 0.2), perspective.figure)


def _cards(
    objectives: Sequence[Objective], left: float, top: float, variant: Variant
) -> tuple[Card, ...]:
    edge = variant.gap if variant.label_width else 0
    cards: list[Card] = []
    for row in _rows(objectives, variant.per_row):
        width = (variant.width - edge - left - variant.gap * (len(row) - 1)) / len(row)
        indents = [_indent(objective, variant) for objective in row]
        names = [
            wrap(objective.name, width - indent - variant.padding, variant.size)
            for objective, indent in zip(row, indents, strict=True)
        ]
        stands = any(objective.standing for objective in row)
        room = width - 2 * variant.padding
        under = max(len(_under(objective, room, variant)) for objective in row)
        height = max(
            variant.least_height,
            _card_height(max(map(len, names)), variant, stands=stands) + under * variant.step,
        )
        for index, objective in enumerate(row):
            x = left + index * (width + variant.gap)
            box = (rounded(x), rounded(top), rounded(width), rounded(height))
            cards.append(_card(objective, names[index], indents[index], box, variant, under))
        top += height + variant.gap
    return tuple(cards)


def _rows(objectives: Sequence[Objective], per_row: int) -> Iterator[Sequence[Objective]]:
    for start in range(0, len(objectives), per_row):
        yield objectives[start : start + per_row]


def _indent(objective: Objective, variant: Variant) -> float:
    """Where the name begins, beside its code."""
    return variant.padding + text_width(objective.code, variant.size) + variant.size * 0.5


def _under(objective: Objective, room: float, variant: Variant) -> tuple[str, ...]:
    """The lines of the coverage, where it has no room beside the counts."""
    coverage = objective.standing.coverage if objective.standing else ""
    beside = text_width(objective.meta, variant.meta_size) + variant.meta_size
    if not coverage or beside + text_width(coverage, variant.meta_size) <= room:
        return ()
    return wrap(coverage, room, variant.meta_size)


def _card_height(lines: int, variant: Variant, *, stands: bool) -> float:
    standing = variant.size * 1.7 if stands else 0
    return 6 + variant.size * 0.9 + lines * variant.leading + standing + variant.meta_size * 1.6


def _card(
    objective: Objective,
    lines: Sequence[str],
    indent: float,
    box: tuple[float, float, float, float],
    variant: Variant,
    under: int,
) -> Card:
    """A card; `under` lines are kept free below its counts, as in the cards beside it."""
    x, y, width, height = box
    foot = rounded(y + height - variant.meta_size * 0.75 - under * variant.step)
    first = y + 6 + variant.size * 1.3
    code_width = width - 2 * variant.padding
    meta = wrap(objective.meta, code_width, variant.meta_size)
    return Card(
        x=x,
        y=y,
        width=width,
        height=height,
        code=MapLine(rounded(x + variant.padding), rounded(first), objective.code),
        lines=_set_lines(lines, x + indent, first, variant),
        meta=MapLine(
            rounded(x + variant.padding),
            foot,
            meta[0] if meta else "",
        ),
        name=objective.spoken,
        href=objective.href,
        badge=_badge(objective, objective.standing, box, variant, foot)
        if objective.standing
        else None,
    )


def _badge(
    objective: Objective,
    standing: ObjectiveStanding,
    box: tuple[float, float, float, float],
    variant: Variant,
    foot: float,
) -> Badge:
    """The line above the counts: disc and word at the left, figure at the right, coverage in the
    corner under it, or under the counts."""
    x, _y, width, _height = box
    radius = variant.size * 0.53
    right = rounded(x + width - variant.padding)
    line = rounded(foot - variant.meta_size * 1.35)
    under = _under(objective, width - 2 * variant.padding, variant)
    return Badge(
        x=rounded(x + variant.padding + radius),
        y=rounded(line - variant.size * 0.34),
        radius=rounded(radius),
        ink=standing.ink,
        glyph=standing.glyph,
        word=MapLine(rounded(x + variant.padding + radius * 2 + 6), line, standing.word),
        figure=MapLine(right, line, standing.figure),
        coverage=_stacked(under, x + variant.padding, foot, variant)
        or (MapLine(right, foot, standing.coverage),),
        is_beside=not under,
    )


def _stacked(lines: Sequence[str], x: float, y: float, variant: Variant) -> tuple[MapLine, ...]:
    """Small lines one under the other, the first of them a step below."""
    return tuple(
        MapLine(rounded(x), rounded(y + place * variant.step), line)
        for place, line in enumerate(lines, start=1)
    )


def _set_lines(lines: Sequence[str], x: float, y: float, variant: Variant) -> tuple[MapLine, ...]:
    return tuple(
        MapLine(rounded(x), rounded(y + index * variant.leading), line)
        for index, line in enumerate(lines)
    )


def _spoken(finding: str, perspectives: Sequence[Perspective]) -> str:
    parts = []
    for perspective in perspectives:
        cards = "; ".join(objective.spoken for objective in perspective.objectives)
        told = (perspective.name, perspective.figure, perspective.coverage)
        name = ", ".join(filter(None, told))
        parts.append(f"{perspective.number} {name}: {cards}.")
    return " ".join([finding, *parts]).strip()
