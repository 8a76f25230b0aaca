"""The share of art. 3 and the order of the requests."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pola.enums import PriorityKind
from pola.priorities import Candidate, Ground, Tier, ranking
from pola.shares import Share

TODAY = datetime.date(2021, 3, 1)


@pytest.mark.parametrize(
    ("effective", "potential", "words", "least", "missing"),
    [
        (43, 72, "59,7%", 44, 1),
        (44, 72, "61,1%", 44, 0),
        (3, 5, "60,0%", 3, 0),
        (0, 5, "0,0%", 3, 3),
        (0, 0, "–", 0, 0),
    ],
)
def test_at_least_sixty_per_cent_is_rounded_up(effective, potential, words, least, missing) -> None:
    share = Share(effective, potential, 60)

    assert (share.words, share.least, share.missing) == (words, least, missing)
    assert share.is_reached == (missing == 0)
    assert 0 <= share.width <= 100


@given(st.integers(0, 500), st.integers(0, 500))
def test_reached_when_nobody_is_missing(effective, potential) -> None:
    share = Share(min(effective, potential), potential, 60)

    assert share.is_reached == (share.effective * 100 >= potential * 60)


def asked(pk: int, hour: int, *grounds: Ground) -> Candidate:
    moment = datetime.datetime(2021, 2, 1, hour, tzinfo=datetime.UTC)
    return Candidate(pk, moment, grounds)


def maternity(ended: datetime.date) -> Ground:
    return Ground(PriorityKind.MATERNITY, ended)


def test_art_3_law_then_disadvantage_then_time() -> None:
    early, child, frail, recent, late = (
        asked(1, 8),
        asked(2, 12, Ground(PriorityKind.DISABLED_CHILD), Ground(PriorityKind.HEALTH)),
        asked(3, 9, Ground(PriorityKind.HEALTH)),
        asked(4, 13, maternity(datetime.date(2019, 6, 1))),
        asked(5, 15),
    )

    ranked = ranking([late, recent, frail, child, early], on=TODAY, years=3, places=3)

    assert [(one.pk, one.position, one.tier, one.is_within) for one in ranked] == [
        (2, 1, Tier.BY_LAW, True),
        (4, 2, Tier.BY_LAW, True),
        (3, 3, Tier.DISADVANTAGE, True),
        (1, 4, Tier.NONE, False),
        (5, 5, Tier.NONE, False),
    ]
    assert [ground.kind for ground in ranked[0].grounds] == [PriorityKind.DISABLED_CHILD]


@pytest.mark.parametrize(
    ("ended", "tier"),
    [
        (datetime.date(2018, 3, 1), Tier.BY_LAW),
        (datetime.date(2018, 2, 28), Tier.NONE),
        (None, Tier.NONE),
    ],
)
def test_art_3_maternity_counts_three_years(ended, tier) -> None:
    [one] = ranking([asked(1, 8, maternity(ended))], on=TODAY, years=3)

    assert (one.tier, one.is_within) == (tier, True)
