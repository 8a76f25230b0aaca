"""Names of the static files as they are served."""

import re

from django.core.files.base import ContentFile

from camera_perf.static_files import HashedStaticFiles
from tests.browser import ROOT

IMPORT = re.compile(r"""\bfrom ["']\./([^"']+)["']""")


def test_what_a_module_imports_has_its_hashed_name(tmp_path):
    served = HashedStaticFiles(location=tmp_path, base_url="/static/")
    names = [f"js/{path.name}" for path in (ROOT / "static/js").glob("*.js")]
    for name in names:
        served.save(name, ContentFile((ROOT / "static" / name).read_bytes()))

    list(served.post_process({name: (served, name) for name in names}))

    wanted, found = {}, {}
    for name in names:
        hashed = served.stored_name(name)
        imports = IMPORT.findall((ROOT / "static" / name).read_text("utf-8"))
        wanted[name] = [served.stored_name(f"js/{one}") for one in imports]
        found[name] = [f"js/{one}" for one in IMPORT.findall((tmp_path / hashed).read_text())]
    assert found == wanted
    assert sum(map(len, wanted.values())) >= 10
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", one) for ones in wanted.values() for one in ones)
