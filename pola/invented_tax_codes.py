"""Tax codes of people who do not exist: of the right form, with the check sign that belongs to them
(D.M. 23.12.1976). Pure."""

from __future__ import annotations

import datetime
from typing import Protocol

BIRTHPLACE = "A794"  # Bergamo
MONTHS = "ABCDEHLMPRST"
VOWELS = "AEIOU"
WOMEN = 40  # added to the day of birth
ODD_DIGITS = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
ODD_LETTERS = (*ODD_DIGITS, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


class Named(Protocol):
    """What is asked of a person."""

    first_name: str
    last_name: str
    gender: str


def invented_birth(place: int) -> datetime.date:
    """A birthday that the place in the list decides."""
    return datetime.date(1960 + place % 35, 1 + place % 12, 1 + place % 28)


def invented_tax_code(person: Named, place: int) -> str:
    """The tax code of the person with that birthday, born in Bergamo."""
    born = invented_birth(place)
    day = born.day + (WOMEN if person.gender == "F" else 0)
    code = (
        f"{_three(person.last_name)}{_three(person.first_name, is_first=True)}"
        f"{born:%y}{MONTHS[born.month - 1]}{day:02d}{BIRTHPLACE}"
    )
    return code + check_sign(code)


def check_sign(code: str) -> str:
    """The last letter, from the fifteen signs before it."""
    total = sum(_odd(sign) if place % 2 == 0 else _even(sign) for place, sign in enumerate(code))
    return chr(ord("A") + total % 26)


def _even(sign: str) -> int:
    return int(sign) if sign.isdigit() else ord(sign) - ord("A")


def _odd(sign: str) -> int:
    return ODD_DIGITS[int(sign)] if sign.isdigit() else ODD_LETTERS[ord(sign) - ord("A")]


def _three(name: str, *, is_first: bool = False) -> str:
    """Three letters of a name: consonants first, then vowels, X to fill."""
    letters = [sign for sign in name.upper() if "A" <= sign <= "Z"]
    consonants = [sign for sign in letters if sign not in VOWELS]
    if is_first and len(consonants) > 3:
        del consonants[1]
    vowels = [sign for sign in letters if sign in VOWELS]
    return "".join([*consonants, *vowels, "X", "X", "X"][:3])
