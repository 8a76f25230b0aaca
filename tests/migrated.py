"""The database as the migrations leave it, kept from one run to the next.

Migrating takes longer than most of what is tested. The copy lies in pytest's cache under a name
made of everything the migrations say, so that one that changes makes another copy; a fresh clone
has none, and migrates.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("*/migrations/*.py", "organization/immutability.py", "requirements/*.txt")


def kept_file(config: pytest.Config) -> Path:
    """Where the copy lies, or is to be laid."""
    digest = sha256()
    for source in sorted(path for pattern in SOURCES for path in ROOT.glob(pattern)):
        digest.update(source.read_bytes())
    folder: Path = config.cache.mkdir("migrated")
    return folder / f"{digest.hexdigest()}.sqlite3"


def keep(config: pytest.Config) -> None:
    """Lay the database aside, unless it was; those of other migrations go."""
    file = kept_file(config)
    if connection.vendor != "sqlite" or file.exists():
        return
    for other in file.parent.glob("*.sqlite3"):
        other.unlink(missing_ok=True)
    half = file.with_suffix(f".{os.getpid()}.half")
    with closing(sqlite3.connect(half)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    half.rename(file)
