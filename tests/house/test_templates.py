"""Every template compiles, stands on a known base and keeps the rules of the house."""

import datetime
import re
from collections.abc import Callable, Iterable

from django.conf import settings
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode
from django.utils.formats import date_format, time_format

from pola.problems.days import office_zone

ROOT = settings.BASE_DIR / "templates"
STYLES = settings.BASE_DIR / "static"
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))
DRAWINGS = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.svg"))
# The last ones are pages of the packages, overridden under their own name.
BASES = {
    "base.html",
    "base_public.html",
    "print/plan.html",
    "admin/base_site.html",
    "admin/change_form.html",
    "admin/auth/user/change_password.html",
    "admin/import_export/base.html",
    "admin/import_export/import.html",
    "simple_history/object_history_form.html",
}
LONGEST = 160

# Whole documents that are no pages of the application, with the reason.
DOCUMENTS = {
    "500.html": "shown when the application is broken: it needs nothing of it",
    "base.html": "the base itself",
}
# Folders that hold pieces, which a page or a document takes in.
PIECES = (
    "blocks/",
    "charts/",
    "components/",
    "forms/",
    "print/",
    "simple_history/",
    "admin/edit_inline/",
    "admin/search_form.html",
)

COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
INLINE = re.compile(r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*["']|href\s*=\s*["']javascript:""")
SCRIPT_BODY = re.compile(r"<script\b[^>]*>[^<\s]")
TEXT_COMPARED = re.compile(
    r"""{%\s*(?:el)?if\b(?!\s+field\.widget_type)[^%]*(?:==|!=)\s*["'][a-z]"""
)
FOREIGN_ADDRESS = re.compile(r"""(?:src|href|action)\s*=\s*["']?https?://""")


def source(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_keys_stand_in_pages_without_separators() -> None:
    """`{{ row.pk }}` of row 1019 would be written 1.019, and no longer be its key."""
    key = re.compile(r"{{ *[a-z_.]*(?:[.]pk|_id) *(?:\|(?!.*stringformat)[^}]*)?}}")
    wrong = {name: found for name in TEMPLATES if (found := key.findall(source(name)))}
    # Names of fields of forms, which are words.
    assert {name for name in wrong if not name.startswith("forms/")} == set()


def test_hours_stand_as_an_office_writes_them() -> None:
    """9.30, never 09.30; in the formats of the language too."""
    padded = [name for name in (*TEMPLATES, *DRAWINGS) if re.search(r"H[.:]i", source(name))]

    assert padded == []
    assert time_format(datetime.time(9, 30), "TIME_FORMAT") == "9.30"
    moment = datetime.datetime(2021, 2, 3, 9, 5, tzinfo=office_zone())
    assert date_format(moment, "SHORT_DATETIME_FORMAT") == "3.2.2021, 9.05"


def markup(name: str) -> str:
    """The markup alone: without comments and without what the tags of a template say."""
    return TAG.sub("", COMMENT.sub("", source(name)))


def test_there_are_templates():
    assert "base.html" in TEMPLATES


def faults(found: Callable[[str], object], names: Iterable[str]) -> dict[str, object]:
    """What is found in each file where something is."""
    return {name: what for name in names if (what := found(name))}


def test_templates_compile():
    for name in [*TEMPLATES, *DRAWINGS]:
        get_template(name)


def unknown_bases(name: str) -> set[str]:
    """The bases that a template stands on and should not; a page without one is at fault itself."""
    nodes = get_template(name).template.nodelist.get_nodes_by_type(ExtendsNode)
    if bases := {node.parent_name.token.strip("\"'") for node in nodes}:
        return bases - BASES
    is_whole = "<!doctype" in source(name).lower()
    is_known = name.startswith(PIECES) or not is_whole or name in DOCUMENTS
    return set() if is_known else {name}


def test_pages_extend_a_known_base():
    assert faults(unknown_bases, TEMPLATES) == {}


def test_pieces_in_the_folders_of_pages_are_taken_in_by_a_page():
    loose = [
        name
        for name in TEMPLATES
        if not name.startswith(PIECES)
        and name not in DOCUMENTS
        and "{% extends" not in source(name)
    ]
    places = [
        path
        for app in ("templates", "camera_perf", "organization", "pola", "strategy")
        for path in (settings.BASE_DIR / app).rglob("*")
        if path.suffix in (".html", ".py")
    ]
    texts = {path: path.read_text(encoding="utf-8") for path in places}

    unused = [
        name
        for name in loose
        if not any(f'"{name}"' in text for path, text in texts.items() if path != ROOT / name)
    ]

    assert unused == []


def inline(name: str) -> list[str]:
    text = markup(name)
    return INLINE.findall(text) + SCRIPT_BODY.findall(text)


def test_templates_have_no_inline_style_or_script():
    assert faults(inline, [*TEMPLATES, *DRAWINGS]) == {}


def test_templates_ask_no_other_host():
    assert faults(lambda name: FOREIGN_ADDRESS.findall(source(name)), TEMPLATES) == {}


def test_templates_compare_no_state_by_its_text():
    def compared(name: str) -> list[str]:
        return TEXT_COMPARED.findall(COMMENT.sub("", source(name)))

    assert faults(compared, TEMPLATES) == {}


def test_templates_are_short():
    lengths = {name: len(source(name).splitlines()) for name in TEMPLATES}

    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_blocks_to_translate_are_trimmed():
    def untrimmed(name: str) -> list[str]:
        blocks = re.findall(r"{%\s*blocktrans(?:late)?\b(.*?)%}", source(name))
        return [block for block in blocks if "trimmed" not in block.split()]

    assert faults(untrimmed, [*TEMPLATES, *DRAWINGS]) == {}


def test_templates_keep_one_name_for_one_thing():
    """`translate`, `blocktranslate`, `file_size`: not the older spellings of the same tags, nor
    Django's size of a file, which is not Italian."""

    def older(name: str) -> list[str]:
        return re.findall(r"{%\s*(?:trans|blocktrans)\s|\|filesizeformat", source(name))

    assert faults(older, [*TEMPLATES, *DRAWINGS]) == {}


def test_style_sheets_ask_no_other_host():
    def foreign(name: str) -> list[str]:
        return re.findall(r"url\(\s*[\"']?(?:https?:)?//", (STYLES / name).read_text("utf-8"))

    sheets = [path.relative_to(STYLES).as_posix() for path in STYLES.rglob("*.css")]
    assert sheets
    assert faults(foreign, sheets) == {}
