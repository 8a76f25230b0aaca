"""Text of people: structure stays, looks and tricks go."""

import pytest

from documents.rich_text import clean_html

LOGO = '<img src="/institution/logo.png" alt="Logo">'


@pytest.fixture(autouse=True)
def _media_url(settings):
    settings.MEDIA_URL = ""


@pytest.mark.parametrize(
    "html",
    [
        "<h3>Titolo</h3><h4>Sotto</h4><p>Testo <em>x</em> <strong>y</strong><br>H<sub>2</sub></p>",
        "<ul><li>uno</li></ul><ol><li>due</li></ol><blockquote><p>detto</p></blockquote>",
        '<table><caption>T</caption><thead><tr><th scope="col">a</th></tr></thead>'
        '<tbody><tr><th scope="row">b</th><td colspan="2">c</td></tr></tbody></table>',
        '<p><a href="https://www.bg.camcom.it/">sito</a> <a href="mailto:x@y.it">posta</a></p>',
        f"<p>{LOGO}</p>",
    ],
)
def test_structure_is_kept(html):
    assert clean_html(html) == html


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ('<p style="color:red" class="x" id="y">a</p>', "<p>a</p>"),
        ("<script>alert(1)</script><p>a</p>", "<p>a</p>"),
        ("<style>p{}</style><p>a</p>", "<p>a</p>"),
        ('<p onclick="x()">a</p>', "<p>a</p>"),
        ('<a href="javascript:x()">a</a>', "<a>a</a>"),
        ('<iframe src="https://x.it"></iframe>b', "b"),
        ("<h1>a</h1>", "a"),
        ('<th scope="evil">a</th>', "a"),
        (
            '<table><tbody><tr><td colspan="0">a</td></tr></tbody></table>',
            "<table><tbody><tr><td>a</td></tr></tbody></table>",
        ),
        (
            '<table><tbody><tr><th scope="evil">a</th></tr></tbody></table>',
            "<table><tbody><tr><th>a</th></tr></tbody></table>",
        ),
        ("<svg><title>x</title></svg>a", "a"),
        ("a < b & c", "a &lt; b &amp; c"),
    ],
)
def test_looks_and_tricks_go(html, clean):
    assert clean_html(html) == clean


@pytest.mark.parametrize(
    "image",
    [
        '<img src="https://x.it/a.png" alt="a">',
        '<img src="//x.it/a.png" alt="a">',
        '<img src="data:image/png;base64,AA" alt="a">',
        '<img src="/editions/plan.png" alt="a">',
        '<img src="/institution/../builds/a.png" alt="a">',
        '<img src="/institution/a.exe" alt="a">',
        '<img src="/institution/a.png">',
        '<img src="/institution/a.png" alt=" ">',
        '<img alt="src=&quot;/institution/a.png&quot; alt=&quot;a&quot; >">',
    ],
)
def test_foreign_or_undescribed_image_is_left_out(image):
    assert clean_html(f"<p>a{image}b</p>") == "<p>ab</p>"


def test_media_of_another_prefix_are_ours(settings):
    settings.MEDIA_URL = "/media/"

    assert clean_html('<img src="/media/sections/a.png" alt="a">') == (
        '<img src="/media/sections/a.png" alt="a">'
    )


def test_cleaning_twice_changes_nothing():
    once = clean_html('<p class="x">a &amp; b<img src="/institution/a.png" alt="1 > 0"></p>')

    assert clean_html(once) == once == '<p>a &amp; b<img src="/institution/a.png" alt="1 › 0"></p>'
