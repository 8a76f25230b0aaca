"""How static files are named when they are served: by their content, so that a browser keeps them
for ever and asks at once for a new one."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage

# import { one, other } from "./module.js"; Django writes the address anew after what stays.
IMPORT = r"""(?P<matched>(?P<start>import\b[^;"']*\bfrom) ["'](?P<url>\./[^"']+)["'])"""
HASHED_IMPORT = '%(start)s "%(url)s"'


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names and compressed copies; what one of our JavaScript modules imports has its hashed
    name too, or an old module would meet a new one in the browser's memory.

    Django's `support_js_module_import_aggregation` does this to every script, and stops at those of
    the packages that import what only a bundler finds (django_htmx's extensions).
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((IMPORT, HASHED_IMPORT),)),
    )
