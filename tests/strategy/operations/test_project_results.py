"""Results of activities."""

import datetime
import threading
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from organization.models import AuditEvent, Unit
from strategy.enums import PlanState
from strategy.models import ActivityResult, Plan, ProjectSheet
from strategy.operations.project_results import record_activity_result
from tests import factories

AT = datetime.datetime(2041, 7, 15, 10, tzinfo=datetime.UTC)
DAY = datetime.date(2041, 6, 30)


@pytest.fixture
def planner(bergamo):
    return bergamo.user("pianificazione")


@pytest.fixture
def sheet(db) -> ProjectSheet:
    """The sheet of a project of a plan in force, whose target is 30%; its figure is supplied by the
    unit that `responsabile` leads."""
    made = factories.project_sheet(plan=factories.plan(first_year=2041, state=PlanState.PUBLISHED))
    made.indicator.supplier = Unit.objects.get(slug="registro-imprese")
    made.indicator.save()
    factories.target(indicator=made.indicator, cycle=2041, year=2041, printed="30%")
    return made


@pytest.fixture
def activity(sheet):
    return factories.project_activity(sheet=sheet, name="Bando", printed="100%")


def record(activity, printed: str, *, by=None, **given) -> ActivityResult:
    facts = {"measured_on": DAY, "version": activity.version, "at": AT}
    return record_activity_result(activity, printed=printed, by=by, **facts | given)


def outcome(act) -> str:
    """What becomes of an act: done, refused to the person, or by its code."""
    try:
        act()
    except PermissionDenied:
        return "no right"
    except ValidationError as refusal:
        return getattr(refusal, "code", "") or ""
    return "done"


# Results of activities


def test_a_result_is_a_new_row_with_day_and_author(activity, planner):
    first = record(activity, " 40% ", note=" Manca il DURC. ", by=planner)
    activity.refresh_from_db()
    second = record(activity, "60%", by=planner)

    assert [result.printed for result in activity.results.all()] == ["40%", "60%"]
    assert (first.number, first.kind, first.measured_on) == (Decimal(40), "percent", DAY)
    assert (first.note, first.recorded_at, first.recorded_by_label) == (
        "Manca il DURC.",
        AT,
        str(planner),
    )
    activity.refresh_from_db()
    assert activity.version == 3
    acts = AuditEvent.objects.filter(verb="activity.result_recorded").order_by("pk")
    assert [(act.before["result"], act.after["result"]) for act in acts] == [
        ("", "40%"),
        ("40%", second.printed),
    ]
    assert acts[0].note == "Bando\nManca il DURC."
    assert acts[0].target_id == str(activity.sheet_id)


def test_an_empty_text_takes_the_result_back(activity, planner):
    record(activity, "40%", by=planner)
    activity.refresh_from_db()

    record(activity, "", by=planner)

    assert [result.is_stated for result in activity.results.all()] == [True, False]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"printed": "novanta"}, "printed"),
        ({"printed": "0.125%"}, "printed"),
        ({"printed": "40"}, "printed"),
        ({"printed": "n.d."}, "printed"),
        ({"printed": "monitoraggio"}, "printed"),
        ({"printed": "SI"}, "printed"),
        ({"printed": "≥ 40%"}, "printed"),
        ({"printed": "9" * 81}, "printed"),
        ({"measured_on": datetime.date(2041, 7, 16)}, "measured_on"),
    ],
)
def test_a_result_is_refused_at_the_field_that_is_wrong(activity, planner, given, field):
    with pytest.raises(ValidationError) as refusal:
        record(activity, **{"printed": "40%"} | given, by=planner)

    assert list(refusal.value.error_dict) == [field]
    assert ActivityResult.objects.count() == 0


def test_a_refusal_quotes_the_target(activity, planner):
    with pytest.raises(ValidationError, match="100%"):
        record(activity, "40", by=planner)


def test_a_day_still_to_come_is_no_end(sheet, planner):
    activity = factories.project_activity(sheet=sheet, printed="31.8.2041")

    assert outcome(lambda: record(activity, "16.7.2041", by=planner)) == ""
    assert outcome(lambda: record(activity, "100%", by=planner)) == ""
    assert outcome(lambda: record(activity, "15.7.2041", by=planner)) == "done"


def test_two_people_on_one_result_the_second_is_told(activity, planner, bergamo):
    record(activity, "40%", by=planner)

    with pytest.raises(ValidationError) as refusal:
        record(activity, "50%", by=bergamo.user("responsabile"))

    assert refusal.value.code == "stale"
    assert str(planner) in refusal.value.messages[0]
    assert [result.printed for result in activity.results.all()] == ["40%"]


def test_results_are_recorded_by_who_answers(sheet, bergamo, planner):
    answers, works = (factories.user() for _person in range(2))
    sheet.responsible = answers.person
    sheet.save()

    def tried(by) -> str:
        activity = factories.project_activity(sheet=sheet, responsible=works.person)
        return outcome(lambda: record(activity, "40%", by=by))

    assert [tried(by) for by in (planner, answers, works)] == ["done"] * 3
    assert tried(bergamo.user("responsabile")) == "done"  # leads the unit that supplies the figure
    strangers = [bergamo.user(name) for name in ("dirigente", "oiv", "segretario", "dipendente")]
    assert [tried(by) for by in [*strangers, factories.user()]] == ["no right"] * 5


def test_an_account_without_person_answers_for_nothing(activity):
    assert outcome(lambda: record(activity, "40%", by=factories.user(person=None))) == "no right"


@pytest.mark.parametrize(
    ("state", "of_planning", "of_the_head"),
    [
        (PlanState.DRAFT, "done", "state"),
        (PlanState.PROPOSED, "state", "state"),
        (PlanState.ADOPTED, "done", "done"),
        (PlanState.PUBLISHED, "done", "done"),
        (PlanState.CLOSED, "state", "state"),
    ],
)
def test_results_are_recorded_while_the_plan_runs(
    sheet, bergamo, planner, state, of_planning, of_the_head
):
    Plan.objects.filter(pk=sheet.plan_id).update(state=state)

    found = [
        outcome(lambda: record(factories.project_activity(sheet=sheet), "40%", by=by))  # noqa: B023 - called at once
        for by in (planner, bergamo.user("responsabile"))
    ]

    assert found == [of_planning, of_the_head]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_records_and_the_other_is_told() -> None:
    made = factories.project_sheet(plan=factories.plan(first_year=2041, state=PlanState.PUBLISHED))
    activity = factories.project_activity(sheet=made)
    together = threading.Barrier(2)
    answers: list[str] = []

    def tell() -> None:
        together.wait()
        answers.append(outcome(lambda: record(activity, "40%")))
        connection.close()

    threads = [threading.Thread(target=tell) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["done", "stale"]
    assert activity.results.count() == 1
