"""Names of days and months are small within an Italian sentence, never in an English one."""

import datetime

import pytest
from django.utils.translation import override

from organization.day_names import in_sentence, named

DAY = datetime.date(2021, 2, 24)


@pytest.mark.parametrize(
    ("language", "words"),
    [("it", "mercoledì 24 febbraio"), ("en", "Wednesday 24 February")],
)
def test_a_day_within_a_sentence(language, words) -> None:
    with override(language):
        assert named(DAY, "l j F") == words


@pytest.mark.parametrize(("language", "words"), [("it", "febbraio"), ("en", "February")])
def test_a_name_within_a_sentence(language, words) -> None:
    with override(language):
        assert in_sentence(named(DAY, "F").title()) == words
