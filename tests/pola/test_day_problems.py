"""What is said of a week as it stands: it stops nothing."""

import datetime

import pytest

from pola.models import AgileDay
from pola.problems.days import approving_problems, asking_problems, in_words, week_findings
from pola.problems.standing import standing_of
from tests import factories
from tests.pola.agile_office import feb


@pytest.mark.parametrize(
    ("make", "taken", "codes"),
    [
        (None, (9,), []),
        (None, (), ["least"]),
        ("absence", (), []),
        ("exemption", (9,), ["exempted"]),
        ("norm", (9, 10), ["week"]),
    ],
)
def test_a_week_is_told(office, make, taken, codes):
    if taken:
        office.ask(*(feb(day) for day in taken))
    if make == "absence":
        factories.absence(person=office.person, starts_on=feb(8), ends_on=feb(10))
    elif make == "exemption":
        factories.exemption(agreement=office.agreement)
    elif make == "norm":
        factories.norm(printed="1")

    standing = standing_of(office.person, feb(8), feb(12))

    assert [one.code for one in week_findings(standing, feb(8), today=feb(1))] == codes


@pytest.mark.parametrize(
    ("year", "words"), [(2021, "giovedì 11 febbraio"), (1900, "domenica 11 febbraio 1900")]
)
def test_a_day_of_another_year_is_said_with_its_year(settings, year, words):
    settings.DEMO_DATE = feb(1)

    assert in_words(datetime.date(year, 2, 11)) == words


def test_a_week_beyond_its_limit_is_named(office):
    office.ask(feb(9), feb(10))
    factories.norm(printed="1")

    standing = standing_of(office.person, feb(8), feb(12))

    assert [one.text for one in week_findings(standing, feb(8), today=feb(1))] == [
        "Art. 4: massimo 1 giornata a settimana: quella di lunedì 8 febbraio ne ha 2"
    ]


def test_a_week_outside_every_agreement_says_nothing(office):
    AgileDay.objects.all().delete()
    type(office.agreement).objects.update(ends_on=feb(5))

    standing = standing_of(office.person, feb(8), feb(12))

    assert standing.week(feb(8), today=feb(1)) is None
    assert week_findings(standing, feb(8), today=feb(1)) == []


def test_a_day_outside_every_agreement_is_not_approved(office):
    office.ask(feb(9))
    type(office.agreement).objects.update(ends_on=feb(5))

    standing = standing_of(office.person, feb(1), feb(28))
    found = approving_problems(standing, list(AgileDay.objects.all()), today=feb(1))

    assert [one.code for one in found] == ["no_agreement"]


@pytest.mark.parametrize("first", [(8, 9, 10), (11, 12)])
def test_the_limit_of_a_mixed_week_does_not_depend_on_the_order(office, first):
    factories.exemption(
        agreement=office.agreement, days_per_week=4, starts_on=feb(1), ends_on=feb(10)
    )
    office.ask(*(feb(day) for day in first))
    others = [feb(day) for day in range(8, 13) if day not in first]

    standing = standing_of(office.person, feb(8), feb(12))
    found = asking_problems(standing, others, today=feb(1))

    assert standing.week(feb(8), today=feb(1)).limit.days == 4
    assert [(one.code, one.day) for one in found] == [("week", others[-1])]


def test_a_day_too_many_for_its_week_does_not_count_in_the_month(office):
    factories.norm(key="max_days_per_month", printed="4")
    standing = standing_of(office.person, feb(1), feb(28))
    wanted = [feb(day) for day in (8, 9, 10, 11, 15, 16)]

    found = asking_problems(standing, wanted, today=feb(1))

    assert [(one.code, one.day.day) for one in found] == [("week", 11), ("month", 16)]


def test_presence_that_prevails_is_said(office):
    factories.norm(key="presence_prevails", printed="si")
    factories.norm(key="max_days_per_month", printed="0")
    standing = standing_of(office.person, feb(8), feb(12))

    found = asking_problems(standing, [feb(8), feb(9), feb(10)], today=feb(1))

    assert [(one.code, one.day) for one in found] == [("week", feb(10))]
