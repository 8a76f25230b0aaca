"""The checks of the document: empty sections, blocks missing, pictures without words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strategy.enums import CheckRule, DashboardKind
from strategy.models import Dashboard, Section
from strategy.problems.reading import Reading
from strategy.problems.records import Problem

MARK = re.compile(r"<[^>]*>")
PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
WORDS = re.compile(r"""\salt\s*=\s*(?:"\s*[^"\s]|'\s*[^'\s])""", re.IGNORECASE)
# The block that prints every dashboard of a kind; `dashboard` prints one, by its name.
BLOCK_OF_KIND = {
    DashboardKind.STRATEGIC: "strategic_dashboard",
    DashboardKind.UNIT: "unit_dashboards",
    DashboardKind.POLA: "pola_indicators",
}
ONE_DASHBOARD = "dashboard"
ONE_PROJECT = "project_sheet"
MAP = "strategy_map"


def empty_sections(reading: Reading) -> Iterator[Problem]:
    """Sections without text, blocks, pictures or parts of their own."""
    parents = {section.parent_id for section in reading.sections}
    for section in reading.sections:
        if section.pk in parents or section.blocks.all() or _says_something(section.body):
            continue
        text = _("The section has neither text nor blocks.")
        yield _of_section(reading, section, CheckRule.SECTION, text, is_blocker=True)


def _says_something(body: str) -> bool:
    return bool(PICTURE.search(body) or unescape(MARK.sub("", body)).strip())


def missing_blocks(reading: Reading) -> Iterator[Problem]:
    """Dashboards that no section prints (3.2, 3.3, 4, 5.4), and the map (3.1)."""
    shown = _blocks(reading)
    for dashboard in reading.dashboards:
        if dashboard.pk in reading.weights and not _is_shown(dashboard, shown):
            yield Problem(
                rule=CheckRule.BLOCK,
                place=dashboard.title,
                url=reading.address("document"),
                text=_("No section of the document prints this dashboard."),
                is_blocker=True,
            )
    if reading.objectives and MAP not in {kind for kind, _argument in shown}:
        yield Problem(
            rule=CheckRule.BLOCK,
            place=_("Strategy map"),
            url=reading.address("document"),
            text=_("No section of the document prints the strategy map."),
        )


def _blocks(reading: Reading) -> set[tuple[str, str]]:
    """Kind and argument of every block of the document."""
    return {
        (block.kind, block.argument)
        for section in reading.sections
        for block in section.blocks.all()
    }


def _is_shown(dashboard: Dashboard, shown: set[tuple[str, str]]) -> bool:
    if (ONE_DASHBOARD, dashboard.slug) in shown:
        return True
    kind = BLOCK_OF_KIND.get(DashboardKind(dashboard.kind))
    return kind in {name for name, _argument in shown}


def wrong_blocks(reading: Reading) -> Iterator[Problem]:
    """Blocks that print a dashboard, or a project, that the plan does not have."""
    slugs = {dashboard.slug for dashboard in reading.dashboards}
    projects = {str(sheet.indicator_id) for sheet in reading.projects}
    for section in reading.sections:
        for block in section.blocks.all():
            text = ""
            if block.kind == ONE_DASHBOARD and block.argument not in slugs:
                text = _("A block prints the dashboard “%(name)s”, which is not there.")
                text %= {"name": block.argument}
            if block.kind == ONE_PROJECT and block.argument not in projects:
                text = _("A block prints the sheet of a project that is not there.")
            if text:
                yield _of_section(reading, section, CheckRule.BLOCK, text, is_blocker=True)


def unshown_tables(reading: Reading) -> Iterator[Problem]:
    """Tables of figures that no section shows."""
    for table in reading.tables:
        if reading.section_of_table(table.pk) is None:
            yield Problem(
                rule=CheckRule.BLOCK,
                place=table.caption,
                url=reading.address("document"),
                text=_("No section of the document shows this table of figures."),
            )


def pictures_without_words(reading: Reading) -> Iterator[Problem]:
    """Pictures without alternative text (WCAG 1.1.1), in texts and in introductions of blocks."""
    for section in reading.sections:
        texts = [section.body, *(block.lead for block in section.blocks.all())]
        pictures = [mark for text in texts for mark in PICTURE.findall(text)]
        count = sum(WORDS.search(mark) is None for mark in pictures)
        if count:
            text = ngettext(
                "%(count)s picture without alternative text.",
                "%(count)s pictures without alternative text.",
                count,
            ) % {"count": count}
            yield _of_section(reading, section, CheckRule.PICTURE, text, is_blocker=True)


def _of_section(
    reading: Reading, section: Section, rule: CheckRule, text: str, *, is_blocker: bool
) -> Problem:
    return Problem(
        rule=rule,
        place=section.heading,
        url=reading.address("section-detail", section.slug),
        text=text,
        is_blocker=is_blocker,
    )
