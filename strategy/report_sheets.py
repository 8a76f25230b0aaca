"""The rows of a year set in tables for a Relazione: by objective, by dashboard, the deviations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _

from strategy.coverage import standing_words
from strategy.enums import DashboardKind
from strategy.reports.year import YearReport
from strategy.reports.year_lines import YearLine, YearScore


@dataclass(frozen=True, slots=True)
class SheetLine:
    """An indicator in a table, with why it is where it is."""

    line: YearLine
    reason: str

    @property
    def is_operational(self) -> bool:
        """Stands on the dashboard of its unit alone."""
        return not self.line.is_strategic


@dataclass(frozen=True, slots=True)
class SheetGroup:
    """Rows under one name, which stay together: an action, an objective; `guide` is what the head
    of a printed page says of them."""

    name: str
    lines: tuple[SheetLine, ...]

    @property
    def guide(self) -> str:
        """The code of the objective."""
        return self.lines[0].line.objective_code


@dataclass(frozen=True, slots=True)
class LineSheet:
    """A table of indicators. `title` is its heading, where it has one of its own, `title_told` the
    mean under it; `told` is the mean of the table, where it is not that of the heading;
    `group_word` is what its first column holds."""

    slug: str
    title: str
    caption: str
    group_word: str
    groups: tuple[SheetGroup, ...]
    title_told: str = ""
    told: str = ""
    is_cascaded: bool = False

    @property
    def lines(self) -> tuple[SheetLine, ...]:
        """Every row, in order."""
        return tuple(line for group in self.groups for line in group.lines)


def objective_sheets(year: YearReport) -> list[LineSheet]:
    """A table for each objective; the first of a perspective is headed by it."""
    found = []
    for place, perspective in enumerate(year.perspectives):
        title, title_told = perspective.title, _told(perspective.score)
        for objective in perspective.objectives:
            found.append(
                LineSheet(
                    slug=f"prospettiva-{place}",
                    title=title,
                    title_told=title_told,
                    caption=objective.heading,
                    told=_told(objective.score),
                    group_word=_("Action"),
                    groups=tuple(
                        SheetGroup(action.name, _lines(action.lines))
                        for action in objective.actions
                    ),
                )
            )
            title = title_told = ""
    return found


def dashboard_sheets(year: YearReport) -> list[LineSheet]:
    """A table for each dashboard of units, Secretary General, dirigente."""
    return [
        LineSheet(
            slug=f"cruscotto-{dashboard.slug}",
            title=dashboard.title,
            title_told=_told(dashboard.score),
            caption=_("%(dashboard)s, indicator by indicator") % {"dashboard": dashboard.title},
            group_word=_("Action"),
            groups=_grouped(dashboard.lines, "action"),
            is_cascaded=dashboard.kind in DashboardKind.cascaded,
        )
        for dashboard in year.dashboards
    ]


def deviation_sheet(year: YearReport) -> LineSheet:
    """Every indicator off target, or not measured though it should be, under its objective."""
    return LineSheet(
        slug="scostamenti",
        title=_("Deviations %(year)s") % {"year": year.year},
        caption=_("Indicators off target or not measured, %(year)s") % {"year": year.year},
        group_word=_("Objective"),
        groups=_grouped(_by_objective(year, year.off_target), "heading"),
    )


def _by_objective(year: YearReport, lines: Iterable[YearLine]) -> list[YearLine]:
    """Rows in the order of the strategy map, those of one objective together."""
    places = {one.heading: place for place, one in enumerate(year.objectives)}
    return sorted(lines, key=lambda line: places.get(line.heading, len(places)))


def reason_of(line: YearLine) -> str:
    """Why a row stands where it does: the reason told with its cause and what is done about it;
    without a degree, why there is none, what was decided and why."""
    said = []
    if line.told:
        said.append(_sentence(line.told.reason))
        if line.told.cause:
            said.append(_("Cause: %(cause)s.") % {"cause": line.told.cause_label})
        if line.told.corrective_action:
            action = _sentence(line.told.corrective_action)
            said.append(_("Corrective action: %(action)s") % {"action": action})
    elif line.is_off_target and line.value is not None and not line.treatment:
        said.append(_("Reason not told."))
    if line.value is None or line.treatment:
        said += line.sentences
    if line.decided:
        said.append(_sentence(line.decided))
    return " ".join(said)


def _told(score: YearScore) -> str:
    """A mean in words: its figure, its band, its coverage."""
    if not score.total and not score.excluded:
        return _("nothing to measure")
    figure = f"{score.mark.text}, {score.mark.word.lower()}" if score.mark.text else "–"
    return f"{figure}; {standing_words(score)}"


def _grouped(lines: Iterable[YearLine], name: str) -> tuple[SheetGroup, ...]:
    return tuple(
        SheetGroup(heading, _lines(found)) for heading, found in groupby(lines, attrgetter(name))
    )


def _lines(lines: Iterable[YearLine]) -> tuple[SheetLine, ...]:
    return tuple(SheetLine(line, reason_of(line)) for line in lines)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
