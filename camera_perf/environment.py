"""How the settings are read from the environment, and what is said when one is missing."""

import datetime
import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The variable as it stands, or the default."""
    return os.environ.get(name, default)


def boolean(name: str, *, default: bool) -> bool:
    """The variable as a yes or no; anything else is refused by name."""
    value = os.environ.get(name)
    if value is None:
        return default
    word = value.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither 1 nor 0. Set {name}=1 or {name}=0.")


def number(name: str, default: int) -> int:
    """The variable as a whole number; anything else is refused by name."""
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from None


def words(name: str, default: str = "") -> list[str]:
    """The variable as a list separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def path(name: str, default: Path) -> Path:
    """The variable as a folder or file."""
    return Path(text(name)) if text(name) else default


def demo_date(name: str, *, is_demo: bool) -> datetime.date | None:
    """The day a demonstration stands on; an installation that serves real work has none."""
    value = text(name).strip()
    if not value:
        return None
    if not is_demo:
        raise ImproperlyConfigured(
            f"{name}={value!r} stops the calendar of the office: it is for demonstrations only. "
            f"Take {name} out of the environment, or set DEMO=1 where nobody does real work."
        )
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise ImproperlyConfigured(
            f"{name}={value!r} is not a day. Write it as 2021-07-05."
        ) from None


def secret_key(*, debug: bool, development_key: str) -> str:
    """The signing key; a served installation must bring its own."""
    key = text("SECRET_KEY")
    if debug:
        return key or development_key
    if len(key) < 50 or key == development_key:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing or too weak. With DEBUG off the application starts only with "
            "its own secret of at least 50 characters. Make one with\n"
            '  python -c "import secrets; print(secrets.token_urlsafe(64))"\n'
            "and set it as SECRET_KEY in the environment. It must never stand in the repository."
        )
    return key
