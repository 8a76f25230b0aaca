"""Which indicators, targets and results."""

import pytest

from indicators.models import Actual, Target
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def targets():
    printed = ["90%", "verifica", "monitoraggio", "28.2.2021", "-"]
    return {text: factories.target(printed=text) for text in printed}


def among(queryset, made):
    """What of the things made the set holds."""
    return [text for text, row in made.items() if queryset.filter(pk=row.pk).exists()]


def test_weighted_targets_are_stated_and_measurable(targets):
    assert among(Target.objects.weighted(), targets) == ["90%", "28.2.2021"]
    assert [text for text, row in targets.items() if row.is_weighted] == ["90%", "28.2.2021"]


def test_polarity_is_to_confirm_on_numbers_only(targets):
    assert among(Target.objects.with_polarity_to_confirm(), targets) == ["90%"]

    targets["90%"].is_polarity_confirmed = True
    targets["90%"].save()

    assert among(Target.objects.with_polarity_to_confirm(), targets) == []


def test_targets_of_a_year():
    made = {str(year): factories.target(cycle=2021, year=year) for year in (2020, 2021, 2022)}

    assert among(Target.objects.for_year(2022), made) == ["2022"]


def test_results_not_filled_are_the_empty_ones():
    made = {text: factories.actual(printed=text) for text in ("", "-", "n.d.", "90%")}

    assert among(Actual.objects.not_filled(), made) == [""]
