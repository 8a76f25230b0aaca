"""The pages of the mapping: activities by unit, the guided form, reviews, who does what."""

import datetime

import pytest
from django.urls import reverse

from organization.models import Person, Unit
from pola.enums import Grade
from pola.mapping import NAMES
from pola.models import Activity, ActivityAssignment
from pola.reports.mappings import activity_report, activity_units, grade_counts
from tests import factories

LIST = "/lavoro-agile/attivita/"
TODAY = datetime.date(2021, 2, 10)
ANSWERS = dict.fromkeys(NAMES, "3")


@pytest.fixture(autouse=True)
def demo_day(settings) -> None:
    settings.DEMO_DATE = TODAY


@pytest.fixture
def head(bergamo, client):
    client.force_login(bergamo.user("responsabile"))
    return client


@pytest.fixture
def suap(bergamo) -> Activity:
    """An activity of the head's unit, mapped in November 2020."""
    return Activity.objects.get(title__startswith="SUAP")


def texts(answer) -> str:
    return answer.content.decode()


def test_activities_stand_by_unit_the_listed_last(bergamo):
    units = activity_units(Activity.objects.with_facts(on=TODAY), on=TODAY)

    assert units[-1].name.startswith("Attività che il piano elenca")
    assert len(units[-1].lines) == 13
    assert [name for name in (unit.name for unit in units[:-1]) if not name] == []
    assert sum(unit.waiting for unit in units) == 2
    assert [count for _label, count in grade_counts(units)] == [30, 17, 13, 2]


def test_a_mapping_is_due_after_a_year(bergamo, suap):
    fresh, due = (
        activity_units(Activity.objects.with_facts(on=day).filter(pk=suap.pk), on=day)[0].lines[0]
        for day in (datetime.date(2021, 11, 29), datetime.date(2021, 11, 30))
    )

    assert (fresh.is_due, due.is_due) == (False, True)


@pytest.mark.parametrize(
    ("query", "shown"),
    [("grade=unmapped", 2), ("grade=none", 13), ("grade=due", 0), ("", 62)],
)
def test_the_list_is_filtered_by_grade(head, query, shown):
    answer = head.get(f"{LIST}?{query}")

    assert sum(len(unit.lines) for unit in answer.context["units"]) == shown


def test_a_unit_is_shown_with_its_offices(head):
    unit = Unit.objects.get(slug="registro-imprese")

    answer = head.get(f"{LIST}?unit={unit.pk}")

    assert [one.name for one in answer.context["units"]] == [
        "Servizio Registro imprese",
        "Ufficio AQI Assistenza Qualificata alle Imprese",
    ]


def test_a_review_starts_from_the_last_answers_and_its_story_says_what_changed(head, suap):
    form = head.get(f"{LIST}{suap.pk}/mappatura/")
    answers = {name: str(level) for name, level in suap.mappings.get().levels.items()}

    head.post(f"{LIST}{suap.pk}/mappatura/", answers | {"peaks": "3", "note": "Nuovo portale"})

    assert form.context["form"].initial == suap.mappings.last().levels
    report = activity_report(
        Activity.objects.with_facts().get(pk=suap.pk), list(suap.mappings.all()), on=TODAY
    )
    assert [len(review.changes) for review in report.reviews] == [1, 0]
    assert [review.is_first for review in report.reviews] == [False, True]
    page = texts(head.get(f"{LIST}{suap.pk}/"))
    assert "Nuovo portale" in page
    assert "Ricorrenza di picchi lavorativi: <del" in page


def test_a_form_without_an_answer_keeps_the_others(head, suap):
    answer = head.post(f"{LIST}{suap.pk}/mappatura/", ANSWERS | {"peaks": "", "note": "Nota"})

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["peaks"]
    assert "Nota</textarea>" in texts(answer)


def test_a_second_mapping_of_the_day_is_refused_in_words(head, suap):
    head.post(f"{LIST}{suap.pk}/mappatura/", ANSWERS)

    answer = head.post(f"{LIST}{suap.pk}/mappatura/", ANSWERS)

    assert "già stata mappata quel giorno" in texts(answer)


def test_an_activity_is_added_to_a_unit_that_one_leads(head, suap):
    other = Unit.objects.get(slug="affari-generali")

    refused = head.post(f"{LIST}aggiungi/", {"unit": other.pk, "title": "Altra"})
    twice = head.post(f"{LIST}aggiungi/", {"unit": suap.unit_id, "title": suap.title})
    made = head.post(f"{LIST}aggiungi/", {"unit": suap.unit_id, "title": "Nuova"})

    assert (refused.status_code, twice.status_code) == (400, 400)
    activity = Activity.objects.get(title="Nuova")
    assert made.url == f"{LIST}{activity.pk}/mappatura/"
    assert activity.grade == Grade.UNMAPPED
    assert "Non ancora mappata" in texts(head.get(f"{LIST}{activity.pk}/"))


def test_a_listed_activity_says_where_it_comes_from(head):
    listed = Activity.objects.listed().first()

    assert "Elencata in 5.2.2" in texts(head.get(f"{LIST}{listed.pk}/"))


def test_an_activity_is_given_to_a_person_of_the_unit_and_ended(head, suap):
    mine = Person.objects.filter(unit=suap.unit).exclude(activity_assignments__activity=suap)[0]
    other = Person.objects.get(employee_number="0019")
    address = f"{LIST}{suap.pk}/persone/"

    stranger = head.post(address, {"person": other.pk, "starts_on": "2021-02-10"})
    head.post(address, {"person": mine.pk, "starts_on": "2021-02-10"})
    twice = head.post(address, {"person": mine.pk, "starts_on": "2021-02-10"})
    made = ActivityAssignment.objects.get(activity=suap, person=mine)
    end = f"/lavoro-agile/assegnazioni/{made.pk}/fine/"
    early = head.post(end, {"day": "2021-02-01"})
    head.post(end, {"day": "2021-02-12"})

    assert (stranger.status_code, twice.status_code, early.status_code) == (400, 409, 400)
    made.refresh_from_db()
    assert made.ends_on == datetime.date(2021, 2, 12)


def test_an_employee_sees_only_oneself_among_those_who_do_it(bergamo, client, suap):
    client.force_login(bergamo.user("dipendente"))

    answer = client.get(f"{LIST}{suap.pk}/")

    assert [one.person for one in answer.context["assignments"]] == []
    assert "Vedi te e le persone che guidi." in texts(answer)
    assert client.post(f"{LIST}{suap.pk}/persone/", {}).status_code == 403


@pytest.mark.parametrize(("path", "expected"), [("", 8), ("{pk}/", 11)])
def test_the_pages_cost_the_same_with_more_rows(
    head, suap, django_assert_num_queries, path, expected
):
    address = LIST + path.format(pk=suap.pk)
    with django_assert_num_queries(expected):
        head.get(address)
    for day in (1, 2, 3):
        factories.activity(unit=suap.unit)
        factories.activity_mapping(activity=suap, mapped_on=datetime.date(2021, 1, day))
        factories.activity_assignment(activity=suap, person=factories.person(unit=suap.unit))
    with django_assert_num_queries(expected):
        head.get(address)


def test_the_administration_gives_no_grade(client, suap):
    client.force_login(factories.user(is_superuser=True, is_staff=True))
    address = reverse("admin:pola_activity_change", args=[suap.pk])

    client.post(
        address, {"unit": suap.unit_id, "title": suap.title, "position": 9, "grade": "none"}
    )

    before = Grade(suap.grade)
    suap.refresh_from_db()
    assert (suap.position, Grade(suap.grade)) == (9, before)
