"""How far a build is, in words."""

from __future__ import annotations

from documents.enums import PrintStage
from documents.models import Build


def stage_and_page(build: Build | None) -> tuple[str, str]:
    """The stage of a build in words and the page it has reached; empty before it begins."""
    name, _space, page = (build.stage if build else "").partition(" ")
    stage = str(PrintStage(name).label) if name in PrintStage.values else ""
    return stage, page
