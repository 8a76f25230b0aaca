"""What the public page says of an edition, read from its frozen data only."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from documents.file_sizes import file_size
from strategy.enums import DashboardKind, MapKind
from strategy.models import Edition
from strategy.open_data import CSV, data_files, file_names
from strategy.snapshots import sha256

ICONS = {CSV: "it-file-csv"}
A_DAY = 24 * 3600
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PublishedPerspective:
    """A perspective of the edition: its objectives and how many indicators it holds."""

    title: str
    objectives: tuple[str, ...]
    indicator_count: int


@dataclass(frozen=True, slots=True)
class Contents:
    """How much an edition holds."""

    perspectives: tuple[PublishedPerspective, ...]
    indicator_count: int
    row_count: int
    dashboard_count: int
    section_count: int


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file that anybody may download."""

    url: str
    label: str
    detail: str
    icon_name: str


@dataclass(frozen=True, slots=True)
class Check:
    """How to compute the hash of a downloaded file on one system."""

    system: str
    command: str


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """What the page says of the data of an edition."""

    contents: Contents
    files: tuple[PublishedFile, ...]


def edition_facts(edition: Edition) -> EditionFacts | None:
    """What the data hold and which files they make; none when they are not those adopted.

    Frozen data make the same files for ever: what was read once is remembered by its hash.
    """
    named = (
        edition.plan.label,
        edition.revision,
        edition.snapshot_sha256,
        get_language(),
        file_names(),  # a release may make one more of the same data
    )
    name = "edition-facts-" + sha256(repr(named).encode())
    known: EditionFacts | None = cache.get(name)
    if known is None and edition.is_snapshot_intact():
        data = json.loads(edition.snapshot)
        known = EditionFacts(edition_contents(data), tuple(listed_files(edition, data)))
        cache.set(name, known, A_DAY)
    return known


def edition_contents(data: Data) -> Contents:
    """Perspectives, objectives and dashboards of the edition, counted on its data."""
    dashboards = data["dashboards"]
    placed = Counter(
        row["perspective"]
        for dashboard in dashboards
        if dashboard["kind"] == DashboardKind.STRATEGIC
        for row in dashboard["rows"]
    )
    cascaded = [d for d in dashboards if d["kind"] in DashboardKind.cascaded]
    return Contents(
        perspectives=tuple(
            _perspective(branch, placed[branch["name"]])
            for branch in data["map"]
            if branch["chart"] == MapKind.STRATEGY
        ),
        indicator_count=len(data["indicators"]),
        row_count=sum(len(dashboard["rows"]) for dashboard in cascaded),
        dashboard_count=len(cascaded),
        section_count=len(data["sections"]),
    )


def _perspective(branch: Data, indicator_count: int) -> PublishedPerspective:
    name = branch["name"]
    return PublishedPerspective(
        title=name.capitalize() if name.isupper() else name,
        objectives=tuple(f"{o['code']} {o['name']}".strip() for o in branch["objectives"]),
        indicator_count=indicator_count,
    )


def listed_files(edition: Edition, data: Data) -> list[PublishedFile]:
    """The published data of the edition, with rows, size and address."""
    found: list[PublishedFile] = []
    for file in data_files(data):
        address: list[Any] = [edition.plan.label, edition.revision, file.name]
        found.append(
            PublishedFile(
                url=reverse("public-data", args=address),
                label=file.description.removesuffix(f", {edition.plan.label}"),
                detail=", ".join(_details(file.content, file.mime_type)),
                icon_name=ICONS.get(file.mime_type, "it-file-json"),
            )
        )
    return found


def _details(content: bytes, mime_type: str) -> list[str]:
    """Format, rows of a table, size."""
    if mime_type != CSV:
        return [_("JSON"), file_size(len(content))]
    rows = content.count(b"\r\n") - 1
    counted = ngettext("%(count)s row", "%(count)s rows", rows) % {"count": rows}
    return [_("CSV"), counted, file_size(len(content))]


def pdf_name(edition: Edition) -> str:
    """The name under which the file of an edition is saved."""
    return f"piano-performance-{edition.plan.label}-rev-{edition.revision}.pdf"


def act_name(edition: Edition) -> str:
    """The name under which the file of its act is saved."""
    return f"atto-{edition.plan.label}-rev-{edition.revision}.pdf"


def checks(name: str) -> list[Check]:
    """How anybody computes the SHA-256 of the downloaded file."""
    return [
        Check("Linux", f"sha256sum {name}"),
        Check("macOS", f"shasum -a 256 {name}"),
        Check("Windows, PowerShell", f"Get-FileHash {name}"),
        Check(_("Windows, command prompt"), f"certutil -hashfile {name} SHA256"),
    ]
