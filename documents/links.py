"""Links inside a printed page: one that leads nowhere is not printed as a link. Pure."""

import re

_PLACE = re.compile(r'\sid="([^"]+)"')
_LINK = re.compile(r'<a\b[^>]*?\shref="#([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_PAGE = re.compile(r'<span\b[^>]*?\sdata-href="#([^"]*)"[^>]*></span>')


def without_dead_links(html: str) -> str:
    """The page with the words alone where a link, or a page number, is of a place that is not in
    it: a part printed by itself points to what stands elsewhere in the whole."""
    places = set(_PLACE.findall(html))
    html = _LINK.sub(lambda link: link[0] if link[1] in places else link[2], html)
    return _PAGE.sub(lambda page: page[0] if page[1] in places else "", html)
