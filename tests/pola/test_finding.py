"""What a rule answers: it stops, it warns, it does not hold."""

import pytest
from django.core.exceptions import ValidationError

from pola.problems import Blocker, Caution, Exempted, blockers, refuse

STOPS = Blocker(article=4, reason="massimo 3 giornate a settimana", code="week")
WARNS = Caution(article=0, reason="sotto il previsto")
HOLDS_NOT = Exempted(article=4, reason="deroga, fino a 5 giornate a settimana")


def test_a_finding_quotes_its_article():
    assert [one.text for one in (STOPS, WARNS)] == [
        "Art. 4: massimo 3 giornate a settimana",
        "5.2.4: sotto il previsto",
    ]
    assert str(HOLDS_NOT) == "Art. 4: deroga, fino a 5 giornate a settimana"


def test_only_blockers_stop():
    refuse([WARNS, HOLDS_NOT])

    with pytest.raises(ValidationError) as refusal:
        refuse([WARNS, STOPS, HOLDS_NOT])

    assert refusal.value.messages == ["Art. 4: massimo 3 giornate a settimana"]
    assert [one.code for one in refusal.value.error_list] == ["week"]
    assert blockers([WARNS, STOPS]) == [STOPS]


def test_each_has_a_tone():
    assert [one.tone for one in (STOPS, WARNS, HOLDS_NOT)] == ["error", "caution", "info"]
