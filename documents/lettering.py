"""How wide a line of Titillium Web is, and where it breaks: pure estimates for drawings."""

# Advance widths of Titillium Web 600 in thousandths of the size; letters with an accent are as
# wide as the plain ones. Weights 300-700 differ from it by at most 3 %, which MARGIN covers.
_GROUPS = {
    220: " \N{NO-BREAK SPACE}",
    240: "'’il.:·j",
    250: "I,|`",
    270: "!;",
    295: "()J",
    350: "[]{}rft",
    395: '"',
    425: "-*",
    445: "/?c\\",
    455: "xsz",
    480: "L",
    500: "vykʼ",
    530: "aeoFT",
    550: "bdghnpquCESY#$%+0123456789<=>^~°€Z",
    590: "«»ADKPVX",
    625: "BGR_–HU",
    680: "OQ&MN",
    770: "w",
    860: "m—",
    930: "W",
    980: "@",
}
_PLAIN = str.maketrans("àèéìòùÀÈÉÌÒÙáíóúçñ", "aeeiouAEEIOUaioucn")
_WIDEST = 1000
MARGIN = 1.03


def unbroken(text: str) -> str:
    """The text on one line wherever it fits."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def minus(text: str) -> str:
    """A figure below zero with a true minus in the place of the hyphen."""
    return "\N{MINUS SIGN}" + text[1:] if text[:1] == "-" and text[1:2].isdecimal() else text


class _Widths(dict[str, int]):
    """The width of each letter; of one that is not known, the widest."""

    def __missing__(self, letter: str) -> int:
        return _WIDEST


_WIDTHS = _Widths({letter: width for width, letters in _GROUPS.items() for letter in letters})
_WIDTHS.update({"H": 680, "O": 660, "Q": 660, "M": 855, "N": 690, "U": 655, "D": 645})


def text_width(text: str, size: float) -> float:
    """Upper estimate of the width of a line at a size, in the unit of the size."""
    total = sum(map(_WIDTHS.__getitem__, text.translate(_PLAIN)))
    return total * size * MARGIN / 1000


def wrap(text: str, width: float, size: float) -> tuple[str, ...]:
    """The lines of a text in a column; a word wider than the column is cut between letters."""
    lines: list[str] = []
    for word in _pieces(text, width, size):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _pieces(text: str, width: float, size: float) -> list[str]:
    pieces: list[str] = []
    for word in text.split():
        while len(word) > 1 and text_width(word, size) > width:
            fitting = _longest_start(word, width, size)
            pieces.append(word[:fitting])
            word = word[fitting:]
        pieces.append(word)
    return pieces


def _longest_start(word: str, width: float, size: float) -> int:
    """How many first letters fit, at least one; a hyphen inside them is the better place."""
    fitting = 1
    while fitting < len(word) - 1 and text_width(word[: fitting + 1], size) <= width:
        fitting += 1
    hyphen = word.rfind("-", 0, fitting)
    return hyphen + 1 if hyphen > 0 else fitting
