"""The sheets of the projects and their activities: done, refused, traced."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organization.models import AuditEvent, Unit
from strategy.enums import PlanState
from strategy.models import Plan, ProjectActivity, ProjectSheet
from strategy.operations import open_update
from strategy.operations import projects as operations
from strategy.operations.projects import (
    add_activity,
    change_activity,
    change_sheet,
    move_activity,
    open_project_sheets,
    remove_activity,
    reschedule_activity,
)
from tests import factories


@pytest.fixture
def planner(bergamo):
    return bergamo.user("pianificazione")


@pytest.fixture
def sheet(db) -> ProjectSheet:
    """A sheet of a draft, its figure supplied by the unit that `responsabile` leads."""
    made = factories.project_sheet()
    made.indicator.supplier = Unit.objects.get(slug="registro-imprese")
    made.indicator.save()
    return made


def facts(sheet: ProjectSheet, **given):
    """What an activity of the first year of the plan is made of."""
    year = sheet.plan.first_year
    return {
        "name": "Bando",
        "starts_on": datetime.date(year, 2, 1),
        "ends_on": datetime.date(year, 6, 30),
        "printed": "100%",
        "weight": Decimal(2),
        "responsible": None,
    } | given


def set_state(plan: Plan, state: PlanState, revision: int = 0) -> None:
    Plan.objects.filter(pk=plan.pk).update(
        state=state, revision=revision, update_reason="Variazione."
    )


def order(sheet: ProjectSheet) -> list[tuple[str, int]]:
    return list(sheet.activities.in_order().values_list("name", "position"))


def refused(act, **given) -> dict[str, list[str]]:
    """The fields on which an act is refused."""
    with pytest.raises(ValidationError) as refusal:
        act(**given)
    return {
        name: [str(one) for one in errors] for name, errors in refusal.value.message_dict.items()
    }


# Sheets


def test_missing_sheets_are_opened_once(planner):
    plan = factories.plan()
    dashboard = factories.dashboard(plan=plan)
    for number, is_project in enumerate([True, True, False]):
        indicator = factories.indicator(is_project=is_project)
        factories.dashboard_row(dashboard=dashboard, indicator=indicator, position=number)
    elsewhere = factories.indicator(is_project=True)
    factories.dashboard_row(indicator=elsewhere)

    opened = open_project_sheets(plan, by=planner)
    again = open_project_sheets(plan, by=planner)

    assert (len(opened), again) == (2, [])
    assert plan.project_sheets.count() == 2
    assert not elsewhere.project_sheets.exists()
    act = AuditEvent.objects.get(verb="project.opened")
    assert (act.after, act.target_id) == ({"sheets": 2}, str(plan.pk))
    assert act.note == "\n".join(str(one) for one in opened)
    assert opened[0].history.get().history_user == planner


def test_an_indicator_becomes_a_project(planner):
    row = factories.dashboard_row()
    plan = row.dashboard.plan

    (sheet,) = open_project_sheets(plan, project=row.indicator, by=planner)

    row.indicator.refresh_from_db()
    assert (sheet.indicator, row.indicator.is_project) == (row.indicator, True)
    assert row.indicator.history.first().history_user == planner
    assert open_project_sheets(plan, project=row.indicator, by=planner) == []
    assert row.indicator.history.count() == 2


def test_an_indicator_of_another_plan_does_not_become_a_project(planner):
    plan, foreign = factories.plan(), factories.dashboard_row().indicator

    with pytest.raises(ValidationError):
        open_project_sheets(plan, project=foreign, by=planner)

    foreign.refresh_from_db()
    assert not foreign.is_project


def test_an_update_opens_the_sheets_that_a_plan_older_than_them_lacks(bergamo, planner):
    ProjectSheet.objects.all().delete()

    plan = open_update(bergamo.plan, reason="Variazione.", by=planner)

    assert plan.project_sheets.count() == 14


def test_the_facts_of_a_sheet_are_said_and_told(sheet, planner):
    person = factories.person()
    said = {"responsible": person, "purpose": " Nuovo evento. ", "notes": ""}

    changed = change_sheet(sheet, **said, version=1, by=planner)
    same = change_sheet(sheet, **said, version=2, by=planner)

    assert (changed.responsible, changed.purpose, changed.version) == (person, "Nuovo evento.", 2)
    assert same.version == 2
    act = AuditEvent.objects.get(verb="project.changed")
    assert (act.before["responsible"], act.after["responsible"]) == ("", str(person))
    assert act.target_id == str(sheet.pk)


def test_who_has_not_seen_the_last_facts_is_told_whose_they_are(sheet, planner):
    change_sheet(sheet, responsible=None, purpose="Prima", notes="", version=1, by=planner)

    with pytest.raises(ValidationError) as refusal:
        change_sheet(sheet, responsible=None, purpose="Seconda", notes="", version=1, by=None)

    assert refusal.value.code == "stale"
    assert str(planner) in refusal.value.messages[0]
    sheet.refresh_from_db()
    assert sheet.purpose == "Prima"


def test_what_nobody_signed_was_changed_by_the_system(sheet):
    change_sheet(sheet, responsible=None, purpose="Prima", notes="", version=1, by=None)

    with pytest.raises(ValidationError, match="sistema"):
        change_sheet(sheet, responsible=None, purpose="Seconda", notes="", version=1, by=None)


# Activities


def test_activities_are_added_in_order_with_their_targets_typed(sheet, planner):
    person = factories.person()

    first = add_activity(sheet, **facts(sheet, responsible=person), by=planner)
    second = add_activity(sheet, **facts(sheet, name=" Premi  e\nfesta ", printed="SI"), by=planner)

    assert order(sheet) == [("Bando", 1), ("Premi e festa", 2)]
    first.refresh_from_db()
    assert (first.number, first.kind, first.weight) == (Decimal(100), "percent", Decimal(2))
    assert second.is_yes is True
    act = AuditEvent.objects.filter(verb="activity.added").last()
    assert (act.note, act.target_id) == ("Bando", str(sheet.pk))
    assert act.after == {
        "name": "Bando",
        "responsible": str(person),
        "starts_on": f"{sheet.plan.first_year}-02-01",
        "ends_on": f"{sheet.plan.first_year}-06-30",
        "target": "100%",
        "weight": "2",
    }
    assert first.history.get().history_user == planner


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 301}, "name"),
        ({"printed": "novanta"}, "printed"),
        ({"printed": "1.234.5"}, "printed"),
        ({"printed": ""}, "printed"),
        ({"printed": "monitoraggio"}, "printed"),
        ({"printed": "-"}, "printed"),
        ({"printed": "verifica"}, "printed"),
        ({"printed": "30.2.2041"}, "printed"),
        ({"printed": "28.2.2199"}, "printed"),
        ({"weight": Decimal(0)}, "weight"),
        ({"weight": Decimal(-1)}, "weight"),
        ({"weight": Decimal("0.001")}, "weight"),
        ({"ends_on": datetime.date(1905, 1, 1)}, "ends_on"),
        ({"starts_on": datetime.date(1921, 1, 1)}, "starts_on"),
        ({"ends_on": datetime.date(2199, 1, 1)}, "ends_on"),
    ],
)
def test_an_activity_is_refused_at_the_field_that_is_wrong(sheet, planner, given, field):
    errors = refused(add_activity, sheet=sheet, **facts(sheet, **given), by=planner)

    assert list(errors) == [field]
    assert sheet.activities.count() == 0


def test_a_second_activity_of_the_same_name_is_refused(sheet, planner):
    add_activity(sheet, **facts(sheet), by=planner)

    assert list(refused(add_activity, sheet=sheet, **facts(sheet), by=planner)) == ["name"]
    assert sheet.activities.count() == 1


def test_a_sheet_has_its_limit(sheet, planner, monkeypatch):
    monkeypatch.setattr(operations, "MOST_ACTIVITIES", 1)
    add_activity(sheet, **facts(sheet), by=planner)

    with pytest.raises(ValidationError, match="1"):
        add_activity(sheet, **facts(sheet, name="Altra"), by=planner)


def test_an_activity_is_changed_as_a_new_version(sheet, planner):
    activity = add_activity(sheet, **facts(sheet), by=planner)

    changed = change_activity(
        activity, **facts(sheet, printed="≤ 3", weight=Decimal("0.50")), version=1, by=planner
    )
    same = change_activity(
        activity, **facts(sheet, printed="≤ 3", weight=Decimal("0.5")), version=2, by=planner
    )

    assert (changed.printed, changed.comparator, changed.version) == ("≤ 3", "at_most", 2)
    assert same.version == 2
    act = AuditEvent.objects.get(verb="activity.changed")
    assert (act.before["target"], act.after["target"]) == ("100%", "≤ 3")
    assert act.after["weight"] == "0.5"


def test_two_people_on_one_activity_the_second_is_told(sheet, planner, bergamo):
    activity = add_activity(sheet, **facts(sheet), by=planner)
    first, second = (ProjectActivity.objects.get(pk=activity.pk) for _person in range(2))
    change_activity(first, **facts(sheet, name="Di uno"), version=1, by=planner)

    with pytest.raises(ValidationError) as refusal:
        change_activity(second, **facts(sheet, name="Di due"), version=1, by=planner)

    assert refusal.value.code == "stale"
    assert sheet.activities.get().name == "Di uno"


def test_an_activity_removed_meanwhile_is_not_changed(sheet, planner):
    activity = add_activity(sheet, **facts(sheet), by=planner)
    ProjectActivity.objects.all().delete()

    with pytest.raises(ValidationError) as refusal:
        change_activity(activity, **facts(sheet), version=1, by=planner)

    assert refusal.value.code == "gone"


def test_a_target_is_not_changed_into_one_that_the_result_does_not_speak_to(sheet, planner):
    activity = add_activity(sheet, **facts(sheet), by=planner)
    factories.activity_result(activity=activity, printed="40%")
    given = {"activity": activity, "version": 1, "by": planner}

    errors = refused(change_activity, **facts(sheet, printed="12"), **given)
    changed = change_activity(**facts(sheet, printed="80%"), **given)

    assert list(errors) == ["printed"]
    assert changed.printed == "80%"


def test_a_result_taken_back_stands_in_nobodys_way(sheet, planner):
    activity = add_activity(sheet, **facts(sheet), by=planner)
    factories.activity_result(activity=activity, printed="40%")
    factories.activity_result(activity=activity, printed="")

    changed = change_activity(activity, **facts(sheet, printed="12"), version=1, by=planner)

    assert changed.printed == "12"


def test_activities_change_places(sheet, planner):
    first, second, third = (
        add_activity(sheet, **facts(sheet, name=name), by=planner) for name in "abc"
    )

    move_activity(first, direction="down", by=planner)
    assert order(sheet) == [("b", 1), ("a", 2), ("c", 3)]
    move_activity(third, direction="down", by=planner)
    move_activity(second, direction="up", by=planner)
    assert order(sheet) == [("b", 1), ("a", 2), ("c", 3)]
    moved = move_activity(third, direction="up", by=planner)

    assert (order(sheet), moved.position) == ([("b", 1), ("c", 2), ("a", 3)], 2)
    acts = AuditEvent.objects.filter(verb="activity.moved").order_by("pk")
    assert [(act.note, act.before, act.after) for act in acts] == [
        ("a", {"position": 1}, {"position": 2}),
        ("c", {"position": 3}, {"position": 2}),
    ]


def test_an_activity_is_removed_and_the_register_keeps_it_whole(sheet, planner):
    activity = add_activity(sheet, **facts(sheet), by=planner)
    year = sheet.plan.first_year
    factories.activity_result(activity=activity, printed="40%", recorded_by_label="Rosa")
    factories.activity_result(activity=activity, printed="", recorded_by_label="Ugo")

    remove_activity(activity, by=planner)

    assert sheet.activities.count() == 0
    act = AuditEvent.objects.get(verb="activity.removed")
    assert act.before["results"] == f"40% (30.6.{year}, Rosa); - (30.6.{year}, Ugo)"
    assert (act.before["target"], act.after["target"], act.note) == ("100%", "", "Bando")
    assert ProjectActivity.history.filter(id=activity.pk, history_type="-").count() == 1


def test_dates_are_changed_with_their_reason(sheet, planner):
    activity = add_activity(sheet, **facts(sheet), by=planner)
    year = sheet.plan.first_year
    dates = {"starts_on": activity.starts_on, "ends_on": datetime.date(year, 9, 30)}

    moved = reschedule_activity(activity, **dates, reason=" Gara deserta. ", version=1, by=planner)
    same = reschedule_activity(activity, **dates, reason="Di nuovo.", version=2, by=planner)

    assert (moved.ends_on, moved.version, same.version) == (dates["ends_on"], 2, 2)
    act = AuditEvent.objects.get(verb="activity.rescheduled")
    assert act.note == "Bando\nGara deserta."
    assert act.before == {"starts_on": f"{year}-02-01", "ends_on": f"{year}-06-30"}


@pytest.mark.parametrize(
    ("given", "field"),
    [({"reason": " "}, "reason"), ({"ends_on": datetime.date(2039, 1, 1)}, "ends_on")],
)
def test_dates_without_reason_or_backwards_are_refused(sheet, planner, given, field):
    activity = add_activity(sheet, **facts(sheet), by=planner)
    dates = {"starts_on": activity.starts_on, "ends_on": activity.ends_on, "reason": "Gara."}

    errors = refused(reschedule_activity, activity=activity, **dates | given, version=1, by=planner)

    assert list(errors) == [field]


def test_dates_that_somebody_moved_meanwhile_are_not_moved_again(sheet, planner):
    activity = add_activity(sheet, **facts(sheet), by=planner)
    change_activity(activity, **facts(sheet, name="Bandi"), version=1, by=planner)

    assert dates_moved(activity, planner) == "stale"


# Who, and when


def acts_of_planning(sheet: ProjectSheet, activity: ProjectActivity, by):
    """Everything that only planning does."""
    return [
        lambda: open_project_sheets(sheet.plan, by=by),
        lambda: change_sheet(sheet, responsible=None, purpose="x", notes="", version=1, by=by),
        lambda: add_activity(sheet, **facts(sheet, name="Nuova"), by=by),
        lambda: change_activity(activity, **facts(sheet, name="Altra"), version=1, by=by),
        lambda: move_activity(activity, direction="up", by=by),
        lambda: remove_activity(activity, by=by),
    ]


@pytest.mark.parametrize("username", ["oiv", "responsabile", "dirigente", "amministratore"])
def test_only_planning_edits_sheets(sheet, bergamo, username):
    activity = factories.project_activity(sheet=sheet, name="Bando")
    before = AuditEvent.objects.count()

    for act in acts_of_planning(sheet, activity, bergamo.user(username)):
        with pytest.raises(PermissionDenied):
            act()

    assert (sheet.activities.get().name, AuditEvent.objects.count()) == ("Bando", before)


@pytest.mark.parametrize(
    "state", [PlanState.PROPOSED, PlanState.ADOPTED, PlanState.PUBLISHED, PlanState.CLOSED]
)
def test_sheets_are_edited_while_the_plan_is(sheet, planner, state):
    activity = factories.project_activity(sheet=sheet, name="Bando")
    set_state(sheet.plan, state)

    for act in acts_of_planning(sheet, activity, planner):
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refusal.value.code == "state"
    assert sheet.activities.get().name == "Bando"


def dates_moved(activity: ProjectActivity, by) -> str:
    """What becomes of who moves an activity in time."""
    try:
        reschedule_activity(
            activity,
            starts_on=activity.starts_on,
            ends_on=activity.ends_on - datetime.timedelta(days=1),
            reason="Gara.",
            version=activity.version,
            by=by,
        )
    except PermissionDenied:
        return "no right"
    except ValidationError as refusal:
        return refusal.code
    return "done"


@pytest.mark.parametrize(
    ("state", "revision", "of_planning", "of_the_head"),
    [
        (PlanState.DRAFT, 0, "done", "state"),
        (PlanState.CONSULTATION, 0, "done", "state"),
        (PlanState.PROPOSED, 0, "state", "state"),
        (PlanState.ADOPTED, 0, "done", "done"),
        (PlanState.PUBLISHED, 0, "done", "done"),
        (PlanState.UPDATING, 1, "done", "done"),
        (PlanState.CONSULTATION, 1, "done", "done"),
        (PlanState.PROPOSED, 1, "done", "done"),
        (PlanState.CLOSED, 0, "state", "state"),
    ],
)
def test_dates_are_moved_while_the_plan_runs(
    sheet, bergamo, planner, state, revision, of_planning, of_the_head
):
    set_state(sheet.plan, state, revision)
    found = []
    for by in (planner, bergamo.user("responsabile")):
        sheet.refresh_from_db()
        found.append(dates_moved(factories.project_activity(sheet=sheet), by))

    assert found == [of_planning, of_the_head]


def test_dates_are_moved_by_who_answers_for_the_project_not_for_the_activity(sheet, bergamo):
    set_state(sheet.plan, PlanState.PUBLISHED)
    answers, works = (factories.user() for _person in range(2))
    sheet.refresh_from_db()
    sheet.responsible = answers.person
    sheet.save()
    activity = factories.project_activity(sheet=sheet, responsible=works.person)

    others = [works, bergamo.user("dirigente"), bergamo.user("personale"), factories.user()]
    assert [dates_moved(activity, by) for by in others] == ["no right"] * 4
    assert dates_moved(activity, answers) == "done"


def test_a_load_acts_for_nobody(sheet):
    add_activity(sheet, **facts(sheet), by=None)

    assert AuditEvent.objects.filter(verb="activity.added").get().actor_id == ""
