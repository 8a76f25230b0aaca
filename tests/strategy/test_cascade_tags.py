"""Names of dashboards at the head of narrow columns."""

import pytest

from strategy.templatetags.cascade import SOFT_HYPHEN, soft_hyphens


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Registro imprese", "Registro imprese"),
        ("Comunicazione e studi", "Co-mu-ni-ca-zio-ne e studi"),
        ("Sportelli polifunzionali", "Sportelli po-li-funzio-na-li"),
        ("", ""),
    ],
)
def test_long_words_say_where_they_may_be_divided(name, shown):
    assert soft_hyphens(name).replace(SOFT_HYPHEN, "-") == shown
