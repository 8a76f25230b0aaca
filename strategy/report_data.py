"""What an approved Relazione keeps of itself: the closing its figures are of, and its texts."""

from __future__ import annotations

from typing import Any

from strategy.models import PerformanceReport, YearClosing

FORMAT = 1


def report_snapshot(report: PerformanceReport, closing: YearClosing) -> dict[str, Any]:
    """The Relazione as plain data, to be written with strategy.snapshots.canonical."""
    return {
        "format": FORMAT,
        "plan": report.plan.label,
        "year": report.year,
        "closing": {"number": closing.number, "sha256": closing.snapshot_sha256},
        "sections": [
            {
                "slug": section.slug,
                "number": section.number,
                "title": section.title,
                "level": section.level,
                "body": section.body,
            }
            for section in report.sections.in_order()
        ],
    }
