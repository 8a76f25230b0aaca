"""Has what a form was filled in upon changed meanwhile? Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any


def fingerprint(thing: Any, fields: Iterable[str]) -> str:
    """What the fields of a thing say, in twelve letters; two readings agree when these do."""
    said = "\x1f".join(f"{name}={getattr(thing, name)}" for name in fields)
    return hashlib.sha256(said.encode()).hexdigest()[:12]
