"""What the guidelines fix on a day: read, dated, quoted."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from pola.enums import NORMS, NormKey
from pola.models import Norm
from pola.norms import RANGES, Norms, norms_of, range_missed, read_norm
from tests import factories

READ = [
    ("max_days_per_week", "3", 3),
    ("share_of_workers", "60%", 60),
    ("trial_ends_on", "31.1.2022", datetime.date(2022, 1, 31)),
    ("rest_begins", "19.30", datetime.time(19, 30)),
    ("presence_prevails", "sì", True),
    ("presence_prevails", "no", False),
]
NOT_READ = [
    ("max_days_per_week", "tre"),
    ("max_days_per_week", "-1"),
    ("max_days_per_week", "9"),
    ("submission_day", "32"),
    ("first_term_months", "0"),
    ("share_of_workers", "101%"),
    ("trial_ends_on", "31.2.2022"),
    ("rest_begins", "25.00"),
    ("presence_prevails", "forse"),
]


@pytest.mark.parametrize(("key", "printed", "value"), READ)
def test_a_value_is_read_as_the_office_writes_it(key, printed, value):
    assert read_norm(key, printed) == value


@pytest.mark.parametrize(("key", "printed"), NOT_READ)
def test_what_is_not_a_value_is_refused(key, printed):
    with pytest.raises(ValidationError) as refused:
        Norm(key=key, printed=printed).clean()

    assert list(refused.value.message_dict) == ["printed"]


@pytest.mark.parametrize(("key", "ends"), RANGES.items())
def test_the_ends_of_a_range_are_kept_and_one_more_is_not(key, ends):
    for end in ends:
        Norm(key=key, printed=f"{end}").clean()

    least, most = ends
    assert [range_missed(key, one) for one in (least - 1, most + 1)] == [ends, ends]


def test_a_value_written_before_its_range_is_still_read():
    assert norms_of({"max_days_per_week": "9"}).max_days_per_week == 9


def test_every_rule_has_its_article_kind_and_default():
    assert set(NORMS) == set(NormKey.values) == set(Norms.__dataclass_fields__)
    assert NormKey.MAX_DAYS_PER_WEEK.reference == "Art. 4"
    assert NormKey.WORKING_WEEKS.reference == "5.2.4"


def test_nothing_written_is_the_guidelines_of_2021():
    assert norms_of({}) == Norms()


@pytest.mark.django_db
def test_the_latest_value_begun_holds_and_the_day_before_keeps_its_own():
    Norm.objects.all().delete()
    factories.norm(printed="3", starts_on=datetime.date(2021, 1, 25))
    factories.norm(printed="2", starts_on=datetime.date(2021, 6, 1))

    found = [
        Norm.objects.in_force(on=day).max_days_per_week
        for day in (datetime.date(2021, 5, 31), datetime.date(2021, 6, 1))
    ]

    assert found == [3, 2]
