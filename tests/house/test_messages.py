"""Every message is translated, and what is read is what was written."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from organization.audit_phrases import PHRASES
from tests.house.programs import run

RECORDED = re.compile(r'record\(\s*"([a-z_]+\.[a-z_]+)"')
CATALOGUES = sorted((settings.BASE_DIR / "locale").glob("*/LC_MESSAGES/django.po"))


def test_italian_is_there():
    assert [path.relative_to(settings.BASE_DIR) for path in CATALOGUES] == [
        Path("locale/it/LC_MESSAGES/django.po")
    ]


def test_messages_are_translated_and_compiled():
    """Nothing untranslated, nothing fuzzy, and the `.mo` equals the compiled `.po`."""
    done = run(sys.executable, "scripts/check_messages.py")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.slow
def test_no_message_of_the_sources_is_missing(tmp_path):
    """Collecting anew finds no message that the catalogue does not have."""
    fresh = tmp_path / "locale/it/LC_MESSAGES"
    fresh.mkdir(parents=True)
    known = messages_of(CATALOGUES[0])

    found = set()
    for pot in collect(tmp_path):
        found |= messages_of(pot)

    assert found
    assert sorted(found - known) == []


SOURCES = (
    "camera_perf",
    "documents",
    "indicators",
    "organization",
    "pola",
    "strategy",
    "templates",
)


def test_the_trace_has_words_for_every_act():
    """What an operation records is never shown to the offices by its identifier."""
    sources = [path for name in SOURCES for path in (settings.BASE_DIR / name).rglob("*.py")]
    recorded = {
        verb for path in sources for verb in RECORDED.findall(path.read_text(encoding="utf-8"))
    }

    assert len(recorded) > 20
    assert sorted(verb for verb in recorded if verb not in PHRASES) == []


GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


@pytest.mark.slow
def test_no_message_stands_inside_another_text():
    """Collecting does not look into f-strings: what is said there would stay in English."""
    hidden = [
        f"{path.relative_to(settings.BASE_DIR)}:{call.lineno}"
        for name in SOURCES
        for path in (settings.BASE_DIR / name).rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in GETTEXT
    ]

    assert hidden == []


@pytest.mark.slow
def test_no_message_is_filled_in_while_the_modules_are_read():
    """A lazy text with `%` beside it is a text at once, in the language of that moment."""
    frozen = [
        f"{path.relative_to(settings.BASE_DIR)}:{text.lineno}"
        for name in SOURCES
        for path in (settings.BASE_DIR / name).rglob("*.py")
        for text in read_at_import(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.BinOp)
        and isinstance(text.left, ast.Call)
        and getattr(text.left.func, "id", "") in GETTEXT
    ]

    assert frozen == []


def read_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What is inside a module and its classes, without what its functions do."""
    for inner in ast.iter_child_nodes(node):
        if not isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            yield inner
            yield from read_at_import(inner)


def collect(folder: Path) -> list[Path]:
    """Message files written from the sources into the folder. It is done there, on links to the
    sources: run among them, the catalogue of the project would be written anew."""
    for name in SOURCES:
        (folder / name).symlink_to(settings.BASE_DIR / name)
    done = run(
        sys.executable,
        "-c",
        "import os, sys; from django.conf import settings; import django; django.setup();"
        "from pathlib import Path; settings.LOCALE_PATHS = [Path(sys.argv[1]) / 'locale'];"
        "from django.core.management import call_command;"
        "os.chdir(sys.argv[1]);"
        "call_command('makemessages', locale=['it'], extensions=['html', 'txt', 'svg', 'py'],"
        " no_location=True, no_wrap=True, verbosity=0, symlinks=True)",
        str(folder),
        PYTHONPATH=str(settings.BASE_DIR),
    )
    assert done.returncode == 0, done.stderr
    return sorted(folder.rglob("*.po"))


def messages_of(catalogue: Path) -> set[str]:
    """The identifiers of a message file, with their context."""
    found, context, lines, reading = set(), "", [], False
    for line in [*catalogue.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("msgctxt "):
            context = line[9:-1]
        elif line.startswith("msgid "):
            lines, reading = [line[7:-1]], True
        elif line.startswith("msgstr") or line.startswith("msgid_plural"):
            reading = False
        elif reading and line.startswith('"'):
            lines.append(line[1:-1])
        elif not line:
            if lines and any(lines):
                found.add("|".join(filter(None, [context, "".join(lines)])))
            context, lines = "", []
    return found
