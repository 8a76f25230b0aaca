"""The document of the plan from its files: tables of figures, sections, generated blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from organization.loading import (
    LoadError,
    Stamp,
    found,
    read_grid,
    read_settings,
    read_text,
    store,
    store_tree,
)
from strategy.figures import TableRecord
from strategy.models import (
    Plan,
    ReferenceColumn,
    ReferenceRow,
    ReferenceTable,
    Section,
    SectionBlock,
)


@dataclass(frozen=True, kw_only=True)
class SectionRecord:
    """A section as the files say it: its settings and its text."""

    settings: dict[str, Any]
    body: str


def read_tables(directory: Path) -> dict[str, TableRecord]:
    """The tables of figures by name, in the order of `tables.toml`."""
    return {
        slug: _table(directory / "tables" / f"{slug}.csv", slug, settings)
        for slug, settings in read_settings(directory / "tables.toml").items()
    }


def _table(path: Path, slug: str, settings: dict[str, Any]) -> TableRecord:
    headings, *rows = read_grid(path)
    if len(settings["levels"]) != len(rows):
        raise LoadError(f"tables.toml, {slug}: levels {len(settings['levels'])} / {len(rows)}")
    return TableRecord(
        slug=slug,
        caption=settings["caption"],
        source_note=settings["source_note"],
        headings=headings,
        rows=rows,
        levels=settings["levels"],
        numeric=frozenset(settings["numeric"]),
    )


def read_sections(directory: Path) -> list[SectionRecord]:
    """The sections of the document in order, with their text."""
    return [
        SectionRecord(
            settings=settings,
            body=read_text(directory / "sections" / f"{settings['slug']}.html").strip(),
        )
        for settings in read_settings(directory / "sections.toml")["sections"]
    ]


def import_tables(
    plan: Plan, records: Iterable[TableRecord], *, stamp: Stamp
) -> dict[str, ReferenceTable]:
    """Store the tables of figures, cell by cell as printed; returns them by name."""
    records = list(records)
    tables = {
        record.slug: ReferenceTable(
            plan=plan, slug=record.slug, caption=record.caption, source_note=record.source_note
        )
        for record in records
    }
    store(ReferenceTable, tables.values(), stamp=stamp)
    store(
        ReferenceColumn,
        [
            ReferenceColumn(
                table=tables[record.slug],
                position=position,
                heading=heading,
                is_numeric=position in record.numeric,
            )
            for record in records
            for position, heading in enumerate(record.headings)
        ],
        stamp=stamp,
    )
    store(
        ReferenceRow,
        [
            ReferenceRow(
                table=tables[record.slug], position=position, level=level, cells=list(cells)
            )
            for record in records
            for position, (cells, level) in enumerate(
                zip(record.rows, record.levels, strict=True), start=1
            )
        ],
        stamp=stamp,
    )
    return tables


def import_sections(
    plan: Plan,
    records: Iterable[SectionRecord],
    tables: dict[str, ReferenceTable],
    *,
    stamp: Stamp,
) -> dict[str, Section]:
    """Store the sections in order, then the blocks of each; returns them by address name."""
    records = list(records)
    sections: dict[str, Section] = {}
    for position, record in enumerate(records, start=1):
        sections[record.settings["slug"]] = _section(plan, record, position, sections)
    store_tree(Section, list(sections.values()), parent="parent", stamp=stamp)
    store(
        SectionBlock,
        [
            SectionBlock(
                section=sections[record.settings["slug"]],
                position=position,
                kind=block["kind"],
                argument=block.get("argument", ""),
                caption=block["caption"],
                lead=block["lead"],
                source_note=block["source_note"],
                table=found(tables, block["table"], place=block["caption"])
                if "table" in block
                else None,
            )
            for record in records
            for position, block in enumerate(record.settings.get("blocks", ()), start=1)
        ],
        stamp=stamp,
    )
    return sections


def _section(
    plan: Plan, record: SectionRecord, position: int, sections: dict[str, Section]
) -> Section:
    settings = record.settings
    figure = settings.get("key_figure", {})
    return Section(
        plan=plan,
        parent=found(sections, settings["parent"], place=settings["slug"])
        if settings["parent"]
        else None,
        number=settings["number"],
        title=settings["title"],
        slug=settings["slug"],
        position=position,
        level=settings["level"],
        is_annex=settings["is_annex"],
        summary=settings["summary"],
        key_figure=figure.get("value", ""),
        key_figure_caption=figure.get("caption", ""),
        body=record.body,
    )
