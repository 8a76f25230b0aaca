"""Figures that were sent: validated in bulk, returned with a reason, never by who entered them."""

import datetime
import threading
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from indicators.enums import Availability
from indicators.models import Actual
from organization.enums import Role
from organization.models import AuditEvent, User
from strategy.enums import PlanState
from strategy.models import ActivityResult, Plan, Recording
from strategy.monitoring_enums import RecordingState
from strategy.operations.validation import return_recording, validate_recordings
from tests import factories
from tests.strategy.recording import AT, READY, TODAY, make_service, second_planner

JUNE = datetime.date(2024, 6, 30)


def seen(*recordings: Recording) -> dict[int, int]:
    return {one.pk: one.version for one in recordings}


def acts() -> list[AuditEvent]:
    verbs = ("figures.validated", "figures.returned")
    return list(AuditEvent.objects.filter(verb__in=verbs).order_by("pk"))


def results(indicator) -> list[tuple[str, bool]]:
    found = Actual.objects.filter(indicator=indicator, year=2024).order_by("pk")
    return [(one.printed, one.is_current) for one in found]


# Validated


def test_validated_figures_become_results_at_the_day_of_the_period(service):
    first = service.sent(service.indicator("N. corsi"), note="Compresi quelli a distanza.")
    second = service.sent(service.indicator("N. fiere"), value="3")

    done = validate_recordings(service.plan, seen=seen(first, second), by=service.planner, at=AT)

    first.refresh_from_db()
    result = Actual.objects.get(indicator=first.indicator)
    assert [one.pk for one in done] == [first.pk, second.pk]
    assert (result.printed, result.number, result.year, result.measured_on) == (
        "40",
        40,
        2024,
        JUNE,
    )
    assert (result.note, result.is_current) == ("Compresi quelli a distanza.", True)
    assert (first.state, first.actual, first.reviewed_by, first.reviewed_at) == (
        "validated",
        result,
        service.planner,
        AT,
    )
    assert (first.version, first.history.count(), result.history.count()) == (2, 2, 1)
    [act] = acts()
    assert (act.verb, act.after) == ("figures.validated", {"N. corsi": "40", "N. fiere": "3"})


def test_the_counts_of_a_ratio_go_with_the_result(service):
    ratio = service.indicator(target="60%", numerator="evase", denominator="totali")
    sent = service.sent(ratio, value="", numerator="1", denominator="3")

    validate_recordings(service.plan, seen=seen(sent), by=service.planner)

    result = Actual.objects.get(indicator=ratio)
    assert (result.printed, result.numerator_value, result.denominator_value) == ("33,33%", 1, 3)


def test_a_structural_deficit_becomes_a_result(service):
    ratio = service.indicator(
        target="32%", numerator="Proventi - Oneri strutturali", denominator="Proventi strutturali"
    )
    sent = service.sent(ratio, value="", numerator="-100.000", denominator="500.000")

    validate_recordings(service.plan, seen=seen(sent), by=service.planner)

    result = Actual.objects.get(indicator=ratio)
    assert (result.printed, result.number, result.numerator_value) == ("-20%", -20, -100_000)


def test_a_figure_not_available_is_a_result_too(service):
    sent = service.sent(service.indicator(), value="n.d.", reason="Il fornitore non risponde.")

    validate_recordings(service.plan, seen=seen(sent), by=service.planner)

    assert Actual.objects.get(indicator=sent.indicator).availability == Availability.NOT_AVAILABLE


def test_a_date_not_reached_yet_is_no_result(service):
    sent = service.sent(service.indicator(target="31.12.2024"), value="")

    validate_recordings(service.plan, seen=seen(sent), by=service.planner)

    sent.refresh_from_db()
    assert (sent.state, sent.actual, results(sent.indicator)) == ("validated", None, [])


def test_a_result_that_is_there_is_superseded_and_stays(service):
    sent = service.sent(service.indicator())
    old = factories.actual(indicator=sent.indicator, year=2024, measured_on=JUNE, printed="39")

    validate_recordings(service.plan, seen=seen(sent), by=service.planner)

    assert results(sent.indicator) == [("39", False), ("40", True)]
    assert Actual.objects.current().get(indicator=sent.indicator).supersedes == old


def test_a_correction_supersedes_the_result_it_corrects(service):
    indicator = service.indicator()
    first = service.sent(indicator)
    validate_recordings(service.plan, seen=seen(first), by=service.planner)
    service.enter(indicator, value="38", forecast="yes", correction="Doppioni.", submit=True)
    correction = Recording.objects.current().get(indicator=indicator)

    validate_recordings(service.plan, seen=seen(correction), by=service.planner)

    first.refresh_from_db()
    assert results(indicator) == [("40", False), ("38", True)]
    assert (first.is_current, first.actual.printed, correction.supersedes) == (False, "40", first)


def test_a_date_taken_back_leaves_an_empty_result_in_its_place(service):
    indicator = service.indicator(target="31.12.2024")
    first = service.sent(indicator, value="28.6.2024", forecast="")
    validate_recordings(service.plan, seen=seen(first), by=service.planner)
    service.enter(indicator, forecast="yes", correction="Non era finito.", submit=True)
    correction = Recording.objects.current().get(indicator=indicator)

    validate_recordings(service.plan, seen=seen(correction), by=service.planner)

    assert results(indicator) == [("28.6.2024", False), ("", True)]


# Returned


def test_a_figure_is_returned_with_a_reason(service):
    sent = service.sent(service.indicator("N. corsi"))

    returned = return_recording(
        service.plan, pk=sent.pk, version=1, reason=" Manca la fonte. ", by=service.planner, at=AT
    )

    sent.refresh_from_db()
    assert (sent.state, sent.return_reason, sent.reviewed_by) == (
        "returned",
        "Manca la fonte.",
        service.planner,
    )
    assert (returned.version, sent.history.first().history_user) == (2, service.planner)
    [act] = acts()
    assert (act.verb, act.after, act.note) == (
        "figures.returned",
        {"N. corsi": "40"},
        "Manca la fonte.",
    )
    assert results(sent.indicator) == []


def test_without_a_reason_nothing_is_returned(service):
    sent = service.sent(service.indicator())

    with pytest.raises(ValidationError) as refusal:
        return_recording(service.plan, pk=sent.pk, version=1, reason=" ", by=service.planner)

    sent.refresh_from_db()
    assert (list(refusal.value.message_dict), sent.state) == (["reason"], "submitted")


# Separation of duties


@pytest.fixture
def of_planning(service) -> Recording:
    """A figure that planning itself supplies, entered and sent by who plans."""
    indicator = factories.indicator(name="N. obiettivi")
    factories.target(indicator=indicator, cycle=2024)
    strategic = factories.dashboard(plan=service.plan, kind="strategic", slug="strategico")
    factories.dashboard_row(dashboard=strategic, indicator=indicator)
    service.enter(indicator, by=service.planner, submit=True, **READY)
    return Recording.objects.get(indicator=indicator)


def test_who_entered_a_figure_does_not_validate_it(service, of_planning):
    other = service.sent(service.indicator())

    with pytest.raises(ValidationError, match=r"N\. obiettivi") as refusal:
        validate_recordings(service.plan, seen=seen(of_planning, other), by=service.planner)

    other.refresh_from_db()
    assert (refusal.value.code, other.state, acts()) == ("own", "submitted", [])


def test_nor_does_who_sent_what_another_entered(service, of_planning):
    colleague = second_planner()
    Recording.objects.filter(pk=of_planning.pk).update(entered_by=colleague)

    with pytest.raises(ValidationError) as refusal:
        validate_recordings(service.plan, seen=seen(of_planning), by=service.planner)

    assert refusal.value.code == "own"


def head_today(service) -> User:
    """Who plans leads the service too, and enters its figures."""
    factories.appointment(person=service.planner.person, unit=service.unit, role=Role.DIRIGENTE)
    return User.objects.get(pk=service.planner.pk)


def test_nor_does_who_typed_the_value_beside_which_another_wrote(service):
    indicator, planner = service.indicator(), head_today(service)
    service.enter(indicator, by=planner, **READY)
    service.enter(indicator, **READY, note="Vedi allegato.", submit=True)
    [sent] = Recording.objects.all()

    with pytest.raises(ValidationError) as refusal:
        validate_recordings(service.plan, seen=seen(sent), by=planner)

    assert (sent.entered_by, refusal.value.code) == (service.head, "own")
    validate_recordings(service.plan, seen=seen(sent), by=second_planner())


@pytest.mark.parametrize("typed", [["40"], ["41", "40"]])
def test_the_value_is_of_who_typed_it_last(service, typed):
    """Also when it says again what another had typed before."""
    indicator, planner = service.indicator(), head_today(service)
    service.enter(indicator, by=planner, **READY | {"value": "40" if typed[1:] else "39"})
    for value in typed:
        service.enter(indicator, **READY | {"value": value}, submit=value == "40")
    [sent] = Recording.objects.all()

    validate_recordings(service.plan, seen=seen(sent), by=planner)

    assert [one for one, _is_current in results(indicator)] == ["40"]


def test_who_returned_a_figure_validates_it_when_it_comes_back(service):
    sent = service.sent(service.indicator())
    return_recording(
        service.plan, pk=sent.pk, version=sent.version, reason="Spiegare.", by=service.planner
    )
    back = service.sent(sent.indicator, note="Conteggiati i rinnovi.")

    validate_recordings(service.plan, seen=seen(back), by=service.planner)

    back.refresh_from_db()
    assert back.state == RecordingState.VALIDATED


@pytest.fixture
def of_a_project(service) -> Recording:
    """The figure that a head took from the sheet of a project, whose results planning typed."""
    indicator = service.indicator("Progetto: premio", "100%", is_project=True)
    sheet = factories.project_sheet(plan=service.plan, indicator=indicator)
    activity = factories.project_activity(sheet=sheet)
    facts = {"activity": activity, "recorded_at": AT - datetime.timedelta(days=1)}
    factories.activity_result(**facts, recorded_by=service.planner, printed="40%")
    return service.sent(indicator, value="40%")


def test_nor_does_who_typed_the_results_that_the_sheet_of_a_project_gave(service, of_a_project):
    with pytest.raises(ValidationError) as refusal:
        validate_recordings(service.plan, seen=seen(of_a_project), by=service.planner)

    validate_recordings(service.plan, seen=seen(of_a_project), by=second_planner())
    of_a_project.refresh_from_db()
    assert (refusal.value.code, of_a_project.state) == ("own", RecordingState.VALIDATED)


@pytest.mark.parametrize(
    ("of", "given"),
    [
        # Typed after the figure, measured after its day, and of another one in its place.
        ("planner", {"recorded_at": AT + datetime.timedelta(hours=1)}),
        ("planner", {"measured_on": TODAY}),
        ("head", {"recorded_at": AT - datetime.timedelta(hours=1)}),
    ],
)
def test_what_the_figure_does_not_come_from_binds_nobody(service, of_a_project, of, given):
    [first] = ActivityResult.objects.all()
    if of == "planner":
        first.delete()
    facts = {"recorded_at": AT - datetime.timedelta(hours=1), "recorded_by": getattr(service, of)}
    factories.activity_result(activity=first.activity, printed="50%", **facts | given)

    validate_recordings(service.plan, seen=seen(of_a_project), by=service.planner)

    of_a_project.refresh_from_db()
    assert of_a_project.state == RecordingState.VALIDATED


def test_the_history_of_an_activity_says_who_recorded_its_results(service, of_a_project):
    """As the migration asks it, of results recorded before it."""
    ActivityResult.objects.update(recorded_by=None)
    old = ActivityResult.objects.get()
    version = old.activity.history.first()
    version.history_date, version.history_user = old.recorded_at, service.head
    version.save()
    step = import_module("strategy.migrations.0016_results_know_who_recorded_them")

    step.name_recorders(apps, None)

    assert ActivityResult.objects.get().recorded_by == service.head


def test_a_colleague_validates_it(service, of_planning):
    validate_recordings(service.plan, seen=seen(of_planning), by=second_planner())

    of_planning.refresh_from_db()
    assert of_planning.state == RecordingState.VALIDATED


# Refused


def test_what_changed_meanwhile_is_told_and_nothing_is_done(service):
    first = service.sent(service.indicator("N. corsi"))
    second = service.sent(service.indicator("N. fiere"))
    return_recording(service.plan, pk=second.pk, version=1, reason="No.", by=service.planner)

    with pytest.raises(ValidationError) as refusal:
        validate_recordings(service.plan, seen=seen(first, second), by=service.planner)

    first.refresh_from_db()
    assert (refusal.value.code, first.state) == ("stale", "submitted")
    assert refusal.value.messages == [
        "Cambiati o esaminati nel frattempo, non è stato fatto nulla: N. fiere."
    ]


def test_of_many_that_changed_meanwhile_three_are_named(service):
    sent = [service.sent(service.indicator(f"N. {number}")) for number in range(5)]

    with pytest.raises(ValidationError) as refusal:
        validate_recordings(service.plan, seen=dict.fromkeys(seen(*sent), 7), by=service.planner)

    assert refusal.value.messages == [
        "Cambiati o esaminati nel frattempo, non è stato fatto nulla: N. 0, N. 1, N. 2 e altri 2."
    ]


def test_an_older_version_is_not_what_is_validated(service):
    sent = service.sent(service.indicator())

    with pytest.raises(ValidationError) as refusal:
        validate_recordings(service.plan, seen={sent.pk: 7}, by=service.planner)

    assert refusal.value.code == "stale"


def test_nothing_chosen_is_told(service):
    with pytest.raises(ValidationError) as refusal:
        validate_recordings(service.plan, seen={}, by=service.planner)

    assert refusal.value.code == "none"


def test_a_figure_of_another_plan_is_not_found(service, bergamo):
    sent = service.sent(service.indicator())

    with pytest.raises(ValidationError) as refusal:
        validate_recordings(bergamo.plan, seen=seen(sent), by=service.planner)

    assert refusal.value.code == "stale"
    assert "N. cose" not in refusal.value.messages[0]


@pytest.mark.parametrize("username", ["responsabile", "segretario", "oiv", "amministratore"])
def test_only_planning_looks_at_figures(service, username):
    sent = service.sent(service.indicator())
    by = User.objects.get(username=username)

    with pytest.raises(PermissionDenied):
        validate_recordings(service.plan, seen=seen(sent), by=by)
    with pytest.raises(PermissionDenied):
        return_recording(service.plan, pk=sent.pk, version=1, reason="No.", by=by)

    sent.refresh_from_db()
    assert (sent.state, acts()) == ("submitted", [])


def test_a_closed_plan_is_not_measured(service):
    sent = service.sent(service.indicator())
    Plan.objects.filter(pk=service.plan.pk).update(state=PlanState.CLOSED)
    service.plan.refresh_from_db()

    with pytest.raises(ValidationError) as refusal:
        validate_recordings(service.plan, seen=seen(sent), by=service.planner)

    assert refusal.value.code == "state"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_look_at_one_figure_at_once_one_is_told(settings):
    settings.DEMO_DATE = TODAY
    service = make_service()
    sent = service.sent(service.indicator())
    start, fates = threading.Barrier(2), []

    def look(act) -> None:
        try:
            start.wait(10)
            act(User.objects.get(pk=service.planner.pk))
            fates.append("done")
        except ValidationError as refusal:
            fates.append(refusal.code)
        finally:
            connection.close()

    def validate(by) -> None:
        validate_recordings(service.plan, seen=seen(sent), by=by)

    def give_back(by) -> None:
        return_recording(service.plan, pk=sent.pk, version=1, reason="No.", by=by)

    threads = [threading.Thread(target=look, args=[act]) for act in (validate, give_back)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    sent.refresh_from_db()
    assert sorted(fates) == ["done", "stale"]
    assert (sent.state == RecordingState.VALIDATED) == (len(results(sent.indicator)) == 1)


# What it costs


@pytest.mark.parametrize("count", [1, 3])
def test_the_statements_do_not_grow_with_the_figures(service, django_assert_num_queries, count):
    found = [service.sent(service.indicator(f"N. {number}")) for number in range(count)]
    by = User.objects.get(pk=service.planner.pk)
    by.held_posts  # noqa: B018 - asked before the count

    with django_assert_num_queries(11):
        validate_recordings(service.plan, seen=seen(*found), by=by)
