"""The hash of a stored file: read whole, or remembered while the file stays untouched."""

import hashlib
import os
from pathlib import Path

import pytest

from documents.file_hashes import file_sha256, remembered_sha256
from documents.models import Build

CONTENT = b"as adopted"
SHA = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def path(media) -> Path:
    path = media / "builds" / "piano.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT)
    return path


def stored():
    return Build(file="builds/piano.pdf").file


def test_a_file_has_the_hash_of_its_bytes(path) -> None:
    assert (file_sha256(stored()), remembered_sha256(stored())) == (SHA, SHA)


def test_a_missing_file_has_none(media) -> None:
    assert (file_sha256(stored()), remembered_sha256(stored())) == ("", "")


def test_what_is_remembered_is_not_read_again(path, monkeypatch) -> None:
    remembered_sha256(stored())
    monkeypatch.delattr(hashlib, "file_digest")

    assert remembered_sha256(stored()) == SHA


def test_a_change_of_the_same_length_and_date_is_noticed(path) -> None:
    remembered_sha256(stored())
    before = path.stat()
    path.write_bytes(CONTENT[::-1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert remembered_sha256(stored()) == hashlib.sha256(CONTENT[::-1]).hexdigest()
