"""Sizes of files, in the words of the reader's language."""

import pytest
from django.utils import translation

from documents.file_sizes import file_size


@pytest.mark.parametrize(
    ("language", "size", "words"),
    [
        ("it", 0, "0 byte"),
        ("it", 1, "1 byte"),
        ("it", 7, "7 byte"),
        ("en", 7, "7 bytes"),
        ("it", 1023, "1.023 byte"),
        ("it", 1024, "1,0 kB"),
        ("en", 1536, "1.5 kB"),
        ("it", 12_345, "12 kB"),
        ("it", 10_188, "9,9 kB"),
        ("it", 10_200, "10 kB"),
        ("it", 1_250_000, "1,2 MB"),
        ("it", 10 * 1024 * 1024, "10 MB"),
        ("it", 3 * 1024**3, "3.072 MB"),
    ],
)
def test_a_size_is_said_in_the_unit_it_fills(language, size, words) -> None:
    with translation.override(language):
        assert file_size(size) == words.replace(" ", "\xa0")
