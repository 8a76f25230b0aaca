"""Activities are added, mapped, reviewed, given to people by who leads their unit."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organization.models import AuditEvent, Person, Unit
from pola.enums import Grade
from pola.mapping import NAMES
from pola.models import Activity, ActivityAssignment
from pola.operations.mappings import add_activity, assign_activity, end_assignment, map_activity
from tests import factories

TODAY = datetime.date(2021, 2, 10)
FULL = dict.fromkeys(NAMES, 3)


@pytest.fixture(autouse=True)
def demo_day(settings) -> None:
    settings.DEMO_DATE = TODAY


@pytest.fixture
def unit(bergamo) -> Unit:
    """A unit led by the head and, above, by the dirigente among the demo people."""
    return Unit.objects.get(slug="registro-imprese")


def test_the_head_adds_an_activity_that_waits_to_be_mapped(bergamo, unit):
    made = add_activity(unit=unit, title="Assistenza DIRE", by=bergamo.user("responsabile"))

    assert (made.grade, made.position) == (Grade.UNMAPPED, 5)
    assert AuditEvent.objects.get(verb="activity.added").after == {"unit": "registro-imprese"}
    with pytest.raises(ValidationError):
        add_activity(unit=unit, title="Assistenza DIRE", by=bergamo.user("responsabile"))


def test_the_first_activity_of_a_unit_has_the_first_place(bergamo):
    unit = factories.unit(parent=Unit.objects.get(slug="registro-imprese"))

    assert add_activity(unit=unit, title="Prima", by=bergamo.user("dirigente")).position == 1


@pytest.mark.parametrize("who", ["dipendente", "personale", "oiv"])
def test_who_does_not_lead_the_unit_adds_and_maps_nothing(bergamo, unit, who):
    with pytest.raises(PermissionDenied):
        add_activity(unit=unit, title="Altra", by=bergamo.user(who))
    with pytest.raises(PermissionDenied):
        map_activity(unit.activities.first(), levels=FULL, by=bergamo.user(who))


@pytest.mark.parametrize("who", ["responsabile", "dirigente", "segretario"])
def test_a_mapping_gives_the_grade_and_leaves_the_one_before(bergamo, unit, who):
    activity = unit.activities.get(title__startswith="SUAP")
    before = activity.mappings.get()

    made = map_activity(activity, levels=FULL, note="Nuovo portale", by=bergamo.user(who))

    activity.refresh_from_db()
    assert (made.mapped_on, made.grade, activity.grade) == (TODAY, Grade.FULL, Grade.FULL)
    assert list(activity.mappings.all()) == [made, before]
    assert made.levels == FULL
    event = AuditEvent.objects.get(verb="activity.mapped")
    assert (event.note, event.before["grade"] != event.after["grade"]) == ("Nuovo portale", True)


def test_an_activity_is_mapped_once_a_day(bergamo, unit):
    activity = unit.activities.first()
    map_activity(activity, levels=FULL, by=bergamo.user("responsabile"))

    with pytest.raises(ValidationError):
        map_activity(activity, levels=FULL, by=bergamo.user("responsabile"))


def test_of_the_listed_activities_a_dirigente_decides(bergamo):
    listed = Activity.objects.listed().first()

    with pytest.raises(PermissionDenied):
        map_activity(listed, levels=FULL, by=bergamo.user("responsabile"))
    map_activity(listed, levels=FULL | {"remote_part": 1}, by=bergamo.user("dirigente"))

    listed.refresh_from_db()
    assert listed.grade == Grade.PARTLY


@pytest.mark.parametrize("who", ["responsabile", "personale"])
def test_an_activity_is_given_to_a_person_and_taken_away(bergamo, unit, who):
    activity, by = factories.activity(unit=unit), bergamo.user(who)
    person = bergamo.user("dipendente").person

    made = assign_activity(activity, person=person, starts_on=TODAY, by=by)
    ended = end_assignment(made, ends_on=TODAY, by=by)

    assert ended.ends_on == TODAY
    verbs = ["assignment.made", "assignment.ended"]
    assert list(AuditEvent.objects.filter(verb__in=verbs).order_by("pk").values_list("verb")) == [
        (verb,) for verb in verbs
    ]
    with pytest.raises(ValidationError):
        end_assignment(ended, ends_on=TODAY, by=by)


def test_refusals_of_an_assignment(bergamo, unit):
    known = ActivityAssignment.objects.filter(activity__unit=unit).first()
    by = bergamo.user("responsabile")

    with pytest.raises(ValidationError):
        assign_activity(known.activity, person=known.person, starts_on=TODAY, by=by)
    with pytest.raises(ValidationError):
        end_assignment(known, ends_on=datetime.date(2020, 1, 1), by=by)
    with pytest.raises(PermissionDenied):
        end_assignment(known, ends_on=TODAY, by=bergamo.user("dipendente"))
    gone = factories.person(left_on=TODAY)
    with pytest.raises(ValidationError):
        assign_activity(known.activity, person=gone, starts_on=TODAY, by=by)
    assert Person.objects.get(pk=gone.pk).activity_assignments.count() == 0
