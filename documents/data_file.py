"""A file of data that leaves the house: downloaded by itself or carried inside a PDF."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DataFile:
    """Name, content, MIME type and a line that says what the file holds."""

    name: str
    content: bytes
    mime_type: str
    description: str
