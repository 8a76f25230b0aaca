"""The staff tables of section 1.2, the chart, the changes of a record."""

import datetime

import pytest

from organization.enums import Gender, Role
from organization.models import Unit
from organization.reports import (
    Change,
    GenderRow,
    PostsRow,
    history_of,
    percent,
    staff_counts,
    staff_report,
    unit_tree,
)
from tests import factories

END_OF_2020 = datetime.date(2020, 12, 31)
ACTS = ("Decreto MiSE 16.2.2018", "delibera n. 22/2020")


@pytest.fixture
def report(bergamo):
    return staff_report(on=END_OF_2020)


def test_posts_against_staff_as_printed_in_section_1_2(report):
    assert report.acts == ACTS
    printed = [
        (row.label, *(number for _, number in row.posts), row.staff, row.difference)
        for row in (*report.posts, report.posts_total)
    ]
    assert printed == [
        ("Dirigenti", 3, 3, 2, -1),
        ("D", 17, 19, 16, -3),
        ("C", 44, 44, 39, -5),
        ("B3", 21, 21, 17, -4),
        ("B1", 10, 10, 10, 0),
        ("A1", 3, 3, 3, 0),
        ("", 98, 100, 87, -13),
    ]


def test_gender_and_category_as_printed_in_section_1_2(report):
    assert report.by_group == (
        GenderRow("Dirigenti", 1, 1),
        GenderRow("D", 4, 12),
        GenderRow("C", 11, 28),
        GenderRow("B", 5, 22),
        GenderRow("A", 1, 2),
    )
    assert [row.total for row in report.by_group] == [2, 16, 39, 27, 3]


def test_gender_as_printed_in_section_1_2(report):
    assert (report.everybody.female, report.everybody.male) == (65, 22)
    assert (report.everybody.total, report.female_percent) == (87, 75)


def test_part_time_as_printed_in_section_1_2(report):
    assert (report.part_time.female, report.part_time.male) == (17, 4)
    assert (report.part_time.total, report.part_time_percent) == (21, 24)


def test_staff_report_costs_two_statements(bergamo, django_assert_num_queries):
    with django_assert_num_queries(2):
        staff_report(on=END_OF_2020)

    factories.person()
    factories.established_posts()

    with django_assert_num_queries(2):
        staff_report(on=END_OF_2020)


@pytest.mark.django_db
def test_staff_counts_only_whoever_is_in_service_that_day():
    day = datetime.date(1980, 1, 1)
    factories.person(hired_on=day, part_time_percent=50, gender="M", category="B1")
    factories.person(hired_on=day, left_on=datetime.date(1981, 1, 1))
    factories.person(hired_on=datetime.date(1980, 1, 2))

    assert staff_counts(on=day) == {("B1", "M", True): 1, ("C", "F", False): 1}


@pytest.mark.parametrize(
    ("part", "whole", "found"), [(1, 4, 25), (2, 3, 67), (1, 8, 13), (3, 8, 38), (0, 0, 0)]
)
def test_percent_is_rounded_and_none_of_nothing(part, whole, found):
    assert percent(part, whole) == found


def test_difference_without_acts_is_the_staff():
    assert PostsRow("D", (), 4).difference == 4


@pytest.mark.django_db
def test_unit_tree_adds_up_the_people_below(django_assert_num_queries):
    service = factories.unit()
    office = factories.unit(parent=service)
    head = factories.person(unit=service)
    factories.appointment(person=head, role=Role.UNIT_HEAD, unit=service)
    factories.person(unit=office)
    factories.person(unit=office)

    with django_assert_num_queries(2):
        units = list(Unit.objects.with_heads().with_people_count())
        (node,) = [n for n in unit_tree(units, root=service.parent_id) if n.unit == service]

    assert (node.heads, node.own, node.total) == ((str(head),), 1, 3)
    assert [child.unit for child in node.children] == [office]


@pytest.mark.django_db
def test_history_tells_what_changed_in_words():
    old, new = factories.unit(), factories.unit()
    person = factories.person(unit=old, left_on=None)
    person.unit = new
    person.gender = "M"
    person.left_on = datetime.date(2021, 5, 31)
    person.save()
    person.save()

    latest, first = history_of(person)

    assert (first.is_creation, first.changes, latest.is_creation) == (True, (), False)
    values = [(change.before, change.after) for change in latest.changes]
    assert values == [
        (str(Gender.FEMALE.label), str(Gender.MALE.label)),
        ("", "31.5.2021"),
        (old.name, new.name),
    ]


@pytest.mark.django_db
def test_history_names_who_changed(django_assert_num_queries):
    author = factories.user()
    unit = factories.unit()
    unit.name = "Servizio nuovo"
    unit._history_user = author
    unit.save()

    with django_assert_num_queries(2):
        latest, first = history_of(unit)

    assert (latest.who, first.who) == (str(author), "")
    assert [type(change) for change in latest.changes] == [Change]


@pytest.mark.django_db
def test_history_of_an_untold_record_is_empty():
    unit = factories.unit()
    unit.history.all().delete()

    assert history_of(unit) == []
