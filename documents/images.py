"""Which uploads may stand in a text and on paper: images of the folders named here, no other."""

from pathlib import PurePosixPath

# The institution's logo and the images of the document's sections.
FOLDERS = ("institution", "sections")
SUFFIXES = frozenset({".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})


def is_public_image(name: str) -> bool:
    """Whether the name of an upload is an image that every reader of a document may see."""
    path = PurePosixPath(name)
    is_in_folder = len(path.parts) > 1 and path.parts[0] in FOLDERS
    return is_in_folder and ".." not in path.parts and path.suffix.lower() in SUFFIXES
