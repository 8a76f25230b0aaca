"""What makes two documents the same document: the hash of everything that goes into them."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path


def fingerprint(*parts: str | bytes, files: Iterable[Path] = ()) -> str:
    """SHA-256 of contents, templates and styles; a part never runs into the next one."""
    digest = sha256()
    for part in (*parts, *(path.read_bytes() for path in sorted(files))):
        content = part.encode() if isinstance(part, str) else part
        digest.update(f"{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()
