"""Which files a printed document may draw in: the project's static files and public images.

The HTML of a document contains text written by people. Whatever address they leave in it, only
what lies in the project's own folders is opened; the network and the rest of the disk never are.
"""

import mimetypes
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents.images import is_public_image

# ".invalid" is reserved (RFC 2606): the name resolves nowhere, so a relative address of a
# template ("/static/...") becomes an absolute one that only this module can answer.
ORIGIN = "https://documents.invalid"
STATIC_SUFFIXES = frozenset({".css", ".jpeg", ".jpg", ".otf", ".png", ".svg", ".ttf", ".woff2"})
DATA_IMAGES = tuple(f"data:image/{kind}" for kind in ("gif", "jpeg", "png", "svg+xml", "webp"))


class ResourceMissingError(FatalURLFetchingError):
    """A file of the project itself is not there: a document without its fonts is not printed."""


class ResourceRefusedError(ValueError):
    """An address outside the project: the engine prints the alternative text instead."""


class ProjectFetcher(URLFetcher):
    """Answers addresses below ORIGIN and images in `data:`; refuses every other one."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith(DATA_IMAGES):
            return super().fetch(url, headers)
        path = resource_path(url)
        head = EmailMessage()
        head["Content-Type"] = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), head)


def resource_path(url: str) -> Path:
    """The file of the project behind an address, or a refusal."""
    parts = urlsplit(url)
    if f"{parts.scheme}://{parts.netloc}" != ORIGIN:
        raise ResourceRefusedError(f"Not a resource of the project: {url[:120]}")
    path = unquote(parts.path)
    static = path.removeprefix(_rooted(settings.STATIC_URL))
    if static != path and _is_drawable(static):
        return _first_file(static, _static_files(static))
    upload = path.removeprefix(_rooted(settings.MEDIA_URL))
    if upload != path and is_public_image(upload):
        for file in _media_files(upload):
            return file
    raise ResourceRefusedError(f"Neither a static file nor an image of the project: {url[:120]}")


def static_path(name: str) -> Path:
    """The file behind the name of a static file, such as `css/print.css`."""
    return resource_path(static_url(name))


def static_url(name: str) -> str:
    """The address by which a document draws in a static file."""
    return f"{ORIGIN}{_rooted(settings.STATIC_URL)}{name}"


def _rooted(prefix: str | None) -> str:
    """An address prefix of the settings with a slash at both ends; Django allows it to be bare."""
    bare = (prefix or "").strip("/")
    return f"/{bare}/" if bare else "/"


def _is_drawable(name: str) -> bool:
    return ".." not in Path(name).parts and Path(name).suffix.lower() in STATIC_SUFFIXES


def _first_file(name: str, candidates: Iterator[Path]) -> Path:
    for candidate in candidates:
        return candidate
    raise ResourceMissingError(f"The project has no file {name!r}; install its assets")


def _static_files(name: str) -> Iterator[Path]:
    try:
        found = finders.find(name)
    except SuspiciousFileOperation as error:
        raise ResourceRefusedError(str(error)) from error
    if found:
        yield Path(str(found))
    # Hashed names exist only among the collected files.
    if settings.STATIC_ROOT:
        yield from _inside(Path(settings.STATIC_ROOT), name)


def _media_files(name: str) -> Iterator[Path]:
    if settings.MEDIA_ROOT:
        yield from _inside(Path(settings.MEDIA_ROOT), name)


def _inside(root: Path, name: str) -> Iterator[Path]:
    """The file under the root, links followed; nothing when it leads outside."""
    target = (root / name).resolve()
    if target.is_relative_to(root.resolve()) and target.is_file():
        yield target
