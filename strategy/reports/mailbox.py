"""The messages of a demonstration, which are written to files instead of being sent."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

FILES = "django.core.mail.backends.filebased.EmailBackend"
BETWEEN = b"\n" + b"-" * 79 + b"\n"
AT_MOST = 30


@dataclass(frozen=True, slots=True)
class Mail:
    """A message: to whom, when, what it says, which files come with it."""

    to: str
    subject: str
    text: str
    attached: tuple[str, ...]
    at: datetime.datetime | None


def is_kept_in_files() -> bool:
    """Nothing leaves the house: messages are files that a page may show."""
    return bool(settings.EMAIL_BACKEND == FILES)


def kept_mail() -> list[Mail]:
    """The newest messages of the folder, the newest first; none when they are really sent."""
    if not is_kept_in_files():
        return []
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), reverse=True)
    found: list[Mail] = []
    for file in files:
        messages = [part for part in file.read_bytes().split(BETWEEN) if part.strip()]
        found += [_mail(part) for part in reversed(messages)]
        if len(found) >= AT_MOST:
            break
    return found[:AT_MOST]


def _mail(content: bytes) -> Mail:
    message = message_from_bytes(content.lstrip(), policy=policy.default)
    date = message["Date"]
    body = message.get_body(("plain",))
    return Mail(
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=str(body.get_content()).strip() if body else "",
        attached=tuple(part.get_filename("") for part in message.iter_attachments()),
        # A date without a zone is in universal time (RFC 5322, 3.3).
        at=parsedate_to_datetime(str(date)).replace(tzinfo=datetime.UTC) if date else None,
    )
