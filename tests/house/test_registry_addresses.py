"""No file of the project names a package registry or a folder of somebody's machine."""

import re
import subprocess

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.(?:org|com)/|yarnpkg\.com|unpkg\.com"
    r"|jsdelivr\.net|cdnjs\.|(?<!emit-)index-url|extra-index|\b(?:artifactory|nexus|devpi)\b",
    re.IGNORECASE,
)
MACHINES = re.compile(r"(?<![\w.])/(?:home|Users|root|work)/[\w.-]+/")
BINARY = {".mo", ".png", ".jpg", ".pdf", ".woff2", ".ico", ".sqlite3", ".xlsx"}
HERE = "tests/house/test_registry_addresses.py"


def files() -> list[str]:
    """What is committed, or would be: git knows, ignored files are left out."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(
        name
        for name in listed.split("\0")
        if name and (ROOT / name).suffix not in BINARY and (ROOT / name).is_file()
    )


@pytest.mark.slow
@pytest.mark.parametrize("forbidden", [REGISTRIES, MACHINES], ids=["registries", "machines"])
def test_no_file_names_them(forbidden):
    found = [
        f"{name}: {match}"
        for name in files()
        if name != HERE
        for match in sorted(set(forbidden.findall((ROOT / name).read_text("utf-8", "replace"))))
    ]

    assert found == []


def test_no_third_party_front_end_file_is_committed():
    vendored = re.compile(r"(?:^|/)(?:node_modules|vendor|\.assets)/|\.min\.(?:js|css)$|\.woff2?$")

    assert [name for name in files() if vendored.search(name)] == []
