"""A page that is printed holds no link to a place that is not in it."""

import pytest

from documents.links import without_dead_links


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        ('<a href="#b">Parola</a>', "Parola"),
        ('<p id="b"></p><a href="#b">Parola</a>', '<p id="b"></p><a href="#b">Parola</a>'),
        ('<a class="x" href="#b" title="y"><b>Due</b>\nrighe</a>', "<b>Due</b>\nrighe"),
        (
            '<a href="#b">Una</a> e <a href="#c">due</a> <h2 id="c">',
            'Una e <a href="#c">due</a> <h2 id="c">',
        ),
        ('<a href="https://b.it/#b">Fuori</a>', '<a href="https://b.it/#b">Fuori</a>'),
        ('<td><span class="page" data-href="#b"></span></td>', "<td></td>"),
        ('<i id="b"></i><span class="page" data-href="#b"></span>',) * 2,
    ],
)
def test_only_links_that_lead_somewhere_are_links(html, printed) -> None:
    assert without_dead_links(html) == printed
