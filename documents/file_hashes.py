"""What a stored file weighs in SHA-256, read whole; or remembered while it stays untouched."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.core.cache import cache
from django.db.models.fields.files import FieldFile

AN_HOUR = 3600
MISSING = ""
GROUP = 8  # a hash is compared by eye in groups of this many signs


def file_sha256(file: FieldFile) -> str:
    """The hash of the file as it is on disk now; empty when it is not there."""
    try:
        with file.storage.open(str(file.name), "rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except FileNotFoundError:
        return MISSING


def remembered_sha256(file: FieldFile) -> str:
    """The same, read again only when size, moments or place of the file have changed, and in any
    case every hour. For pages that say how a file is; what is given out is read with
    `file_sha256`."""
    try:
        found = Path(file.path).stat()
    except FileNotFoundError:
        return MISSING
    seen = (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    name = hashlib.sha256(f"{file.path} {seen}".encode()).hexdigest()
    known: str | None = cache.get(name)
    if known is None:
        known = file_sha256(file)
        cache.set(name, known, AN_HOUR)
    return known


def hash_groups(digest: str) -> list[str]:
    """A hash in groups that the eye can compare."""
    return [digest[start : start + GROUP] for start in range(0, len(digest), GROUP)]
