"""What the pages of the registers share: their tabs, their files, who keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rules import has_perm

from documents.tabular import Value, csv_bytes, xlsx_bytes

KEEP = "pola.keep_registers"
BY_NAME = ("person__last_name", "person__first_name")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABS = (
    (_("People"), "pola:register-people"),
    (_("Courses"), "pola:training-list"),
    (_("Safety notices"), "pola:safety-list"),
    (_("Equipment"), "pola:equipment-list"),
    (_("Accidents and problems"), "pola:incident-list"),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One register among its siblings."""

    label: str | Promise
    url: str
    is_current: bool
    count: int | None = None


def register_tabs(here: str) -> list[Tab]:
    """The registers, the one of the page marked."""
    return [Tab(label, reverse(name), name == here) for label, name in TABS]


def refuse_readers(request: HttpRequest) -> None:
    """403 for whoever does not keep the registers."""
    if not has_perm(KEEP, request.user):
        raise PermissionDenied


def table_file(
    name: str, extension: str, header: Sequence[str], rows: Iterable[Sequence[Value]]
) -> HttpResponse:
    """Rows as a file to be saved: CSV or XLSX."""
    if extension == "csv":
        content, content_type = csv_bytes(header, rows), "text/csv; charset=utf-8"
    elif extension == "xlsx":
        content, content_type = xlsx_bytes(name, header, rows), XLSX
    else:
        raise Http404
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{extension}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


def file_urls(register: str, query: str = "") -> dict[str, Any]:
    """The addresses of the files of a register, with the filters of the page."""
    suffix = f"?{query}" if query else ""
    return {
        f"{extension}_url": reverse("pola:register-file", args=[register, extension]) + suffix
        for extension in ("csv", "xlsx")
    }
