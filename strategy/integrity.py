"""Is what is stored of an edition what was adopted? For the pages that say so.

What is given out is always read and checked whole: see `Edition.is_pdf_intact` and its like.
"""

from __future__ import annotations

from dataclasses import dataclass

from documents.file_hashes import remembered_sha256
from strategy.models import Edition, ReportEdition


@dataclass(frozen=True, slots=True)
class Integrity:
    """Which parts of an edition still have the hash of the day of adoption."""

    pdf: bool
    data: bool
    act_file: bool

    @property
    def is_whole(self) -> bool:
        """All of them."""
        return self.pdf and self.data and self.act_file


def pdf_looks_intact(edition: Edition | ReportEdition) -> bool:
    """The PDF has its hash, as far as the file was not touched since it was last read."""
    return remembered_sha256(edition.pdf) == edition.pdf_sha256


def act_file_looks_intact(edition: Edition | ReportEdition) -> bool:
    """The same for the file of the act; true where there is none."""
    return not edition.act_file or remembered_sha256(edition.act_file) == edition.act_file_sha256


def edition_integrity(edition: Edition | ReportEdition) -> Integrity:
    """The state of an edition loaded with its data."""
    return Integrity(
        pdf=pdf_looks_intact(edition),
        data=edition.is_snapshot_intact(),
        act_file=act_file_looks_intact(edition),
    )
