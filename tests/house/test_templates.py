"""Every template compiles, stands on a known base and keeps the rules of the house."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode

ROOT = settings.BASE_DIR / "templates"
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))
DRAWINGS = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.svg"))
# The last ones are pages of the packages, overridden under their own name.
BASES = {
    "base.html",
    "base_public.html",
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


def markup(name: str) -> str:
    """The markup alone: without comments and without what the tags of a template say."""
    return TAG.sub("", COMMENT.sub("", source(name)))


def test_there_are_templates():
    assert "base.html" in TEMPLATES


@pytest.mark.parametrize("name", [*TEMPLATES, *DRAWINGS])
def test_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_page_extends_a_known_base(name):
    nodes = get_template(name).template.nodelist.get_nodes_by_type(ExtendsNode)

    bases = {node.parent_name.token.strip("\"'") for node in nodes}

    if bases:
        assert bases <= BASES
    else:
        is_whole = "<!doctype" in source(name).lower()
        is_piece = name.startswith(PIECES) or not is_whole
        assert is_piece or name in DOCUMENTS


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


@pytest.mark.parametrize("name", [*TEMPLATES, *DRAWINGS])
def test_template_has_no_inline_style_or_script(name):
    text = markup(name)

    assert INLINE.findall(text) + SCRIPT_BODY.findall(text) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_asks_no_other_host(name):
    assert FOREIGN_ADDRESS.findall(source(name)) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compares_no_state_by_its_text(name):
    assert TEXT_COMPARED.findall(COMMENT.sub("", source(name))) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_is_short(name):
    assert len(source(name).splitlines()) <= LONGEST


@pytest.mark.parametrize("name", [*TEMPLATES, *DRAWINGS])
def test_blocks_to_translate_are_trimmed(name):
    blocks = re.findall(r"{%\s*blocktrans(?:late)?\b(.*?)%}", source(name))

    assert [block for block in blocks if "trimmed" not in block.split()] == []


@pytest.mark.parametrize("name", [*TEMPLATES, *DRAWINGS])
def test_template_keeps_one_name_for_one_thing(name):
    """`translate`, `blocktranslate`: the older spellings of the same tags are not used."""
    assert re.findall(r"{%\s*(?:trans|blocktrans)\s", source(name)) == []


@pytest.mark.parametrize("path", sorted(Path(settings.BASE_DIR / "static").rglob("*.css")), ids=str)
def test_style_sheet_asks_no_other_host(path):
    assert re.findall(r"url\(\s*[\"']?(?:https?:)?//", path.read_text(encoding="utf-8")) == []
