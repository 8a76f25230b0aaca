"""What the database refuses about agile work."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from pola.models import AgileMonth, GuidelineArticle, GuidelineRule
from tests import factories

pytestmark = pytest.mark.django_db


def refused(made) -> None:
    """Both the form and the database say no."""
    with pytest.raises(ValidationError):
        made.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()


def month(**given) -> AgileMonth:
    values = {
        "month": datetime.date(2050, 3, 1),
        "employees": 10,
        "potential": 8,
        "effective": 5,
        "days": 40,
        "mean_days_per_week": "2",
    }
    return AgileMonth(**values | given)


def test_a_month_is_written_as_its_first_day() -> None:
    refused(month(month=datetime.date(2050, 3, 2)))


@pytest.mark.parametrize(
    "given",
    [{"effective": 9}, {"potential": 11, "effective": 5}],
    ids=["more agile workers than could be", "more who could than employees"],
)
def test_agile_workers_are_at_most_those_who_can_be(given) -> None:
    refused(month(**given))


def test_equal_numbers_are_fine() -> None:
    made = month(potential=10, effective=10)
    made.full_clean()
    made.save()

    assert str(made) == "03.2050"


def test_a_month_is_recorded_once() -> None:
    known = factories.agile_month()

    refused(month(month=known.month))


def test_an_article_number_stands_once_in_a_plan() -> None:
    known = factories.guideline_article(number=4, title="Modalità")

    refused(GuidelineArticle(plan=known.plan, number=4, title="Altra"))
    assert factories.guideline_article(number=4).number == 4
    assert known.heading == str(known) == "Art. 4 - Modalità"


def test_a_rule_number_stands_once_in_an_article() -> None:
    known = factories.guideline_rule(article=factories.guideline_article(number=4), position=2)

    refused(GuidelineRule(article=known.article, position=2, text="Altra.", effect=known.effect))
    assert known.number == "4.2"
    assert str(known) == "4.2 Una regola."


def test_a_rule_needs_its_text() -> None:
    with pytest.raises(ValidationError):
        factories.guideline_rule(text="  ")
