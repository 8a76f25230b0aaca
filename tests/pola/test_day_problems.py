"""What is said of a week as it stands: it stops nothing."""

import pytest

from pola.models import AgileDay
from pola.problems.days import asking_problems, week_findings
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

    assert [one.code for one in week_findings(standing, feb(8))] == codes


def test_a_week_outside_every_agreement_says_nothing(office):
    AgileDay.objects.all().delete()
    type(office.agreement).objects.update(ends_on=feb(5))

    standing = standing_of(office.person, feb(8), feb(12))

    assert (standing.week(feb(8)), week_findings(standing, feb(8))) == (None, [])


def test_presence_that_prevails_is_said(office):
    factories.norm(key="presence_prevails", printed="si")
    factories.norm(key="max_days_per_month", printed="0")
    standing = standing_of(office.person, feb(8), feb(12))

    found = asking_problems(standing, [feb(8), feb(9), feb(10)], today=feb(1))

    assert [(one.code, one.day) for one in found] == [("week", feb(10))]
