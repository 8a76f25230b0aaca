"""Do the documents speak of what there is? Words, links, commands, people, pictures."""

import ast
import csv
import re
import sys
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.apps import apps

from camera_perf.demo import BERGAMO, PASSWORD
from strategy.models import Plan
from strategy.open_data import data_files
from strategy.snapshots import plan_snapshot

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = ("camera_perf", "documents", "indicators", "organization", "pola", "strategy")
ENUM_BASES = {"Enum", "StrEnum", "IntEnum", "TextChoices", "IntegerChoices"}
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "fixtures").rglob("*.md")]
)
GUIDE_PAGES = sorted((ROOT / "docs/guide").glob("*.md"))
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
HEAVIEST_PICTURE = 120_000


def text_of(path: Path) -> str:
    """A document without its fenced blocks, whose brackets are no links."""
    return re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def words(path: Path) -> set[str]:
    """The identifiers that a document names between backquotes."""
    return set(CODE.findall(text_of(path)))


def sources() -> list[Path]:
    return [
        path
        for package in OURS
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def enums() -> dict[str, list[str]]:
    """Every enumeration of the project with its members, read without importing it."""
    found = {}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and ENUM_BASES & {_last_name(b) for b in node.bases}:
                found[node.name] = [*_members(node)]
    return found


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _members(node: ast.ClassDef):
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            value, name = statement.value, statement.targets[0].id
            is_set = isinstance(value, ast.Call) and _last_name(value.func) == "nonmember"
            if name.isupper() and not is_set:
                yield name


def links(path: Path) -> list[str]:
    """The links of a document that point into the repository."""
    addresses = [urlsplit(address) for address in LINK.findall(text_of(path))]
    return [unquote(a.path) for a in addresses if a.path and not a.scheme and not a.netloc]


def test_glossary_knows_every_model() -> None:
    models = {
        model.__name__
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if not model.__name__.startswith("Historical")
    }

    assert models - words(ROOT / "docs/glossary.md") == set()


@pytest.mark.slow
def test_glossary_knows_every_enumeration_and_its_members() -> None:
    known = words(ROOT / "docs/glossary.md")

    unknown = [name for name in enums() if name not in known]
    unknown += [
        f"{name}.{member}"
        for name, members in enums().items()
        for member in members
        if not {f"{name}.{member}", member} & known
    ]

    assert unknown == []


@pytest.mark.slow
def test_glossary_names_no_member_that_is_gone() -> None:
    every = enums()
    named = [word.split(".") for word in words(ROOT / "docs/glossary.md") if "." in word]

    gone = [
        f"{name}.{member}"
        for name, member in (parts for parts in named if len(parts) == 2)
        if name in every and member not in every[name]
    ]

    assert gone == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_into_the_repository_lead_somewhere(path) -> None:
    broken = [link for link in links(path) if not (path.parent / link).exists()]

    assert broken == []


def test_every_command_of_the_documents_is_a_target() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = re.findall(r"^make ([a-z-]+)", readme, re.MULTILINE)
    named = {
        target
        for path in DOCUMENTS
        for target in re.findall(r"`make ([a-z-]+)[^`]*`", path.read_text("utf-8"))
    }

    assert shown == ["demo", "test"]
    assert named - targets == set()


def test_readme_names_the_demo_people_as_they_are_loaded() -> None:
    with (BERGAMO / "users.csv").open(encoding="utf-8", newline="") as file:
        accounts = [row["username"] for row in csv.DictReader(file)]
    readme = (ROOT / "README.md").read_text("utf-8")

    assert re.findall(r"^\| `([a-z]+)` \|", readme, re.MULTILINE) == accounts
    assert f"`{PASSWORD}`" in readme


def test_every_variable_of_the_documents_stands_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    known = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    server = (ROOT / "README.md").read_text("utf-8").partition("## On a server")[2]
    named = set(re.findall(r"`([A-Z_]{4,})(?:=[^`]*)?`", server))

    assert named - known == set()


def test_changelog_begins_with_the_version_of_the_project() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")

    assert re.findall(r"^## ([\d.]+)", changelog, re.MULTILINE)[0] == version


def test_data_page_states_the_columns_that_are_published(bergamo) -> None:
    page = (ROOT / "docs/data.md").read_text("utf-8")
    parts = re.findall(r"^### (\S+\.csv)\n(.*?)(?=^##)", page, re.DOTALL | re.MULTILINE)
    stated = {name: re.search(r"^`([a-z0-9_,]+)`$", part, re.MULTILINE)[1] for name, part in parts}

    files = data_files(plan_snapshot(Plan.objects.get()))

    published = {f.name: f.content.decode().splitlines()[0] for f in files if f.name != "plan.json"}
    assert stated == published


def test_data_page_states_the_parts_of_the_json(bergamo) -> None:
    page = (ROOT / "docs/data.md").read_text("utf-8").partition("## JSON")[2]

    snapshot = plan_snapshot(Plan.objects.get())

    assert set(re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE)) == set(snapshot)


def test_decisions_are_numbered_and_short() -> None:
    decisions = sorted((ROOT / "docs/decisions").glob("*.md"))

    numbers = [int(path.name[:4]) for path in decisions]
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in decisions}

    assert numbers == list(range(1, len(decisions) + 1))
    assert {name: n for name, n in lengths.items() if not 10 <= n <= 30} == {}


@pytest.fixture
def shots():
    """The pictures that scripts/guide.py takes."""
    spec = spec_from_file_location("guide_script", ROOT / "scripts/guide.py")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look for their own module
    spec.loader.exec_module(module)
    yield module.SHOTS
    del sys.modules[spec.name]


def test_every_picture_is_taken_by_the_script_and_shown_somewhere(shots) -> None:
    shown = {
        (path.parent / link).resolve()
        for path in [*GUIDE_PAGES, ROOT / "README.md"]
        for link in links(path)
        if link.endswith(".png")
    }

    assert {shot.file for shot in shots} == shown


def test_pictures_are_light() -> None:
    pictures = (ROOT / "docs").rglob("*.png")

    assert [p.name for p in pictures if p.stat().st_size >= HEAVIEST_PICTURE] == []
