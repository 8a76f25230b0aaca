"""Words removed and added, as a person would mark them with two colours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy.word_differences import has_changes, text_lines, word_changes


def changed(old: str, new: str) -> list[tuple[str, str]]:
    return [tuple(change) for change in word_changes(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("<p>a</p>", "<p>a</p>", [("same", "a\n")]),
        ("", "<p>nuovo</p>", [("added", "nuovo\n")]),
        ("<p>vecchio</p>", "", [("removed", "vecchio\n")]),
        ("<p>a</p>", "<p><strong>a</strong></p>", [("same", "a\n")]),
        ("<p>a</p>", "<h3>a</h3>", [("same", "a\n")]),
        (
            "<p>Uno due tre.</p>",
            "<p>Uno, due tre.</p>",
            [("same", "Uno"), ("added", ","), ("same", " due tre.\n")],
        ),
        (
            "<p>Al 31.12.2020 sono 4.500 (90%).</p>",
            "<p>Al 31.12.2021 sono 4.500 (95%).</p>",
            [
                ("same", "Al"),
                ("removed", " 31.12.2020"),
                ("added", " 31.12.2021"),
                ("same", " sono 4.500 ("),
                ("removed", "90%"),
                ("added", "95%"),
                ("same", ").\n"),
            ],
        ),
        (
            "<p>a</p><p>b</p><p>c</p>",
            "<p>a</p><p>c</p>",
            [("same", "a\n"), ("removed", "b\n"), ("same", "c\n")],
        ),
        (
            "<table><tr><th>C</th><td>44</td></tr></table>",
            "<table><tr><th>C</th><td>39</td></tr></table>",
            [("same", "C |"), ("removed", " 44"), ("added", " 39"), ("same", "\n")],
        ),
        ('<p><img src="x" alt="Mappa"></p>', "", [("removed", "[Mappa]\n")]),
        ("<p><img src='x'></p>", "", [("removed", "[]\n")]),
    ],
)
def test_word_changes(old, new, expected):
    assert changed(old, new) == expected


def test_a_list_is_read_line_by_line():
    html = "<p>Capo<br>verso</p><ul><li>uno</li><li>due <em>e</em> tre</li></ul>"

    assert text_lines(html) == ["Capo", "verso", "uno", "due e tre"]


def test_has_changes():
    assert has_changes(word_changes("<p>a</p>", "<p>b</p>"))
    assert not has_changes(word_changes("<p>a</p>", "<p>a</p>"))


def test_long_texts_take_the_quick_way():
    old = "<p>" + " ".join(f"parola{n}" for n in range(1100)) + "</p>"
    new = old.replace("parola500 ", "altra ")

    assert [kind for kind, _text in changed(old, new)] == ["same", "removed", "added", "same"]


WORDS = st.lists(
    st.lists(st.sampled_from(["il", "piano", "a,", "90%", "b"]), min_size=1), max_size=6
)


@pytest.mark.slow
@given(old=WORDS, new=WORDS)
def test_both_texts_can_be_read_off_the_changes(old, new):
    html = ["".join(f"<p>{' '.join(line)}</p>" for line in text) for text in (old, new)]
    changes = word_changes(*html)

    for kind, text in (("added", old), ("removed", new)):
        left = "".join(change.text for change in changes if change.kind != kind)
        assert left.split() == " ".join(" ".join(line) for line in text).split()
