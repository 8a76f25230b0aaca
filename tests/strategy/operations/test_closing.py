"""Closing a year, what it locks, opening it again."""

import datetime
import json
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from indicators.models import Actual, Target
from organization.models import AuditEvent, User
from strategy.cell_changes import CellKey, change
from strategy.enums import CellFault, DashboardKind, PlanState
from strategy.in_force import unadopted_words
from strategy.models import (
    Dashboard,
    DashboardRow,
    Plan,
    Recording,
    StrategicObjective,
    YearClosing,
    YearReopening,
)
from strategy.monitoring_enums import RecordingState
from strategy.operations import (
    close_year,
    count_as_zero,
    propose_exclusions,
    reopen_year,
)
from strategy.operations.cells import CellsRefusedError, save_cells
from strategy.operations.closed_years import refuse_closed
from strategy.operations.validation import return_recording, validate_recordings
from strategy.reports.closing import closed_cells, closed_in, closed_years
from strategy.reports.recording import token_of
from strategy.snapshots import canonical, plan_snapshot, sha256
from strategy.year_data import year_data
from tests import factories
from tests.bergamo import protected
from tests.strategy.conftest import make_year
from tests.strategy.recording import TODAY, make_service, second_planner

AT = datetime.datetime(2013, 3, 1, 10, tzinfo=datetime.UTC)


def close(year, *, by):
    return close_year(year.plan, year.year, by=by, at=AT)


def code_of(refused) -> str:
    with pytest.raises(ValidationError) as refusal:
        refused()
    return refusal.value.code


def write(year, indicator, text: str, *, was: str, by) -> None:
    """A result of the year written in the grid of the plan, which is being updated."""
    Plan.objects.filter(pk=year.plan.pk).update(state=PlanState.UPDATING, update_reason="Altro.")
    key = CellKey(True, indicator.pk, year.year)
    save_cells(year.strategic, changes=[change(key, text=text, was=was)], by=by, at=AT)


def test_a_closing_keeps_the_data_with_their_hash(year, planner, secretary) -> None:
    first, missing = year.row("A", actual="80"), year.row("B")
    count_as_zero(year.plan, year.year, indicators=[missing.pk], by=planner)
    expected = canonical(year_data(year.plan, year.year))

    closing = close(year, by=secretary)

    kept = YearClosing.objects.get()
    assert (kept.snapshot, kept.snapshot_sha256) == (expected, sha256(expected.encode()))
    assert (kept.number, kept.formula_version, kept.closed_by_label) == (1, 1, str(secretary))
    assert kept.indicator_ids == [first.pk, missing.pk]
    assert kept.is_snapshot_intact()
    data = json.loads(kept.snapshot)
    assert data["body"]["score"] | {"formula": ""} == {
        "method": "nested",
        "value": "40",
        "degree": "40.00",
        "band": "not_reached",
        "measured": 2,
        "total": 2,
        "early": 0,
        "excluded": 0,
        "zeroed": 1,
        "formula": "",
    }
    event = AuditEvent.objects.about(year.plan).get(verb="year.closed")
    assert event.after == {
        "year": 2012,
        "number": 1,
        "snapshot_sha256": closing.snapshot_sha256,
    }


@pytest.mark.parametrize("is_proposed", [False, True])
def test_what_is_unresolved_stops_the_closing(year, planner, secretary, is_proposed) -> None:
    indicator = year.row("Manca")
    if is_proposed:
        propose_exclusions(
            year.plan, year.year, indicators=[indicator.pk], reason="Perso.", by=planner
        )

    with pytest.raises(ValidationError) as refusal:
        close(year, by=secretary)

    assert refusal.value.code == "unresolved"
    assert refusal.value.messages[0].count("Manca") == 1
    assert YearClosing.objects.count() == 0


def test_a_year_that_is_not_over_is_not_closed(bergamo, secretary, settings) -> None:
    year = make_year(2030)
    settings.DEMO_DATE = datetime.date(2031, 12, 31)

    assert code_of(lambda: close(year, by=secretary)) == "early"

    settings.DEMO_DATE = datetime.date(2032, 1, 1)
    assert close(year, by=secretary).number == 1


def test_a_year_is_closed_once(year, secretary) -> None:
    close(year, by=secretary)

    assert code_of(lambda: close(year, by=secretary)) == "closed_year"


def test_a_year_of_another_plan_is_refused(year, secretary) -> None:
    assert code_of(lambda: close_year(year.plan, 2014, by=secretary)) == "year"
    assert code_of(lambda: close_year(year.plan, 2020, by=secretary)) == "year"


@pytest.mark.parametrize("username", ["pianificazione", "dirigente", "oiv", "amministratore"])
def test_only_the_secretary_closes_and_opens_again(year, bergamo, secretary, username) -> None:
    other = bergamo.user(username)
    with pytest.raises(PermissionDenied):
        close(year, by=other)

    close(year, by=secretary)

    with pytest.raises(PermissionDenied):
        reopen_year(year.plan, year.year, reason="Un errore.", by=other)


def test_a_year_of_a_plan_never_adopted_is_not_closed(year, secretary) -> None:
    Plan.objects.filter(pk=year.plan.pk).update(state=PlanState.DRAFT)

    with pytest.raises(PermissionDenied):
        close(year, by=secretary)


def test_the_results_of_a_closed_year_do_not_change_in_the_grid(year, planner, secretary) -> None:
    indicator = year.row("A", actual="80")
    close(year, by=secretary)

    with pytest.raises(CellsRefusedError) as refusal:
        write(year, indicator, "90", was="80", by=planner)

    [verdict] = refusal.value.verdicts
    assert (verdict.fault, verdict.message.count("2012")) == (CellFault.CLOSED, 1)
    assert Actual.objects.get(indicator=indicator).printed == "80"


def test_nor_do_its_targets(year, planner, secretary) -> None:
    indicator = year.row("A", actual="80")
    close(year, by=secretary)
    Plan.objects.filter(pk=year.plan.pk).update(state=PlanState.UPDATING, update_reason="Altro.")
    key = CellKey(False, indicator.pk, year.year)

    with pytest.raises(CellsRefusedError) as refusal:
        save_cells(year.strategic, changes=[change(key, text="70", was="100")], by=planner, at=AT)

    assert [x.fault for x in refusal.value.verdicts] == [CellFault.CLOSED]


def test_the_results_are_closed_in_another_plan_with_the_same_year(
    year, planner, secretary
) -> None:
    indicator = year.row("A", actual="80")
    other = factories.plan(first_year=2012, state=PlanState.UPDATING)
    dashboard = factories.dashboard(plan=other, kind="strategic", slug="strategico")
    own = factories.dashboard_row(dashboard=dashboard, position=2).indicator
    factories.dashboard_row(dashboard=dashboard, indicator=indicator)
    close(year, by=secretary)

    def wrote(one) -> str:
        key = CellKey(True, one.pk, 2012)
        was = "80" if one == indicator else ""
        try:
            save_cells(dashboard, changes=[change(key, text="9", was=was)], by=planner, at=AT)
        except CellsRefusedError as refusal:
            return refusal.verdicts[0].fault
        return "written"

    assert [wrote(indicator), wrote(own)] == [CellFault.CLOSED, "written"]
    assert closed_in(other).years == frozenset()
    assert closed_in(other).cells == {(indicator.pk, 2012)}


def test_the_door_of_the_results(year, secretary) -> None:
    indicator = year.row("A", actual="80")
    refuse_closed([(indicator.pk, 2012)])
    close(year, by=secretary)

    assert code_of(lambda: refuse_closed([(indicator.pk, 2012)])) == "closed_year"
    refuse_closed([(indicator.pk, 2013), (indicator.pk + 1, 2012)])
    refuse_closed([])
    assert closed_cells([2011, 2012]) == {(indicator.pk, 2012)}


def test_a_year_is_opened_again_with_a_reason_and_closed_anew(year, planner, secretary) -> None:
    indicator = year.row("A", actual="80")
    first = close(year, by=secretary)

    reopen_year(year.plan, year.year, reason="Dato rettificato.", by=secretary, at=AT)

    assert closed_years(year.plan) == frozenset()
    event = AuditEvent.objects.about(year.plan).get(verb="year.reopened")
    assert event.note == "Dato rettificato."
    write(year, indicator, "100", was="80", by=planner)
    second = close(year, by=secretary)
    assert (second.number, closed_years(year.plan)) == (2, {2012})
    kept = YearClosing.objects.get(pk=first.pk)
    assert (kept.snapshot, kept.is_snapshot_intact()) == (first.snapshot, True)
    assert second.snapshot_sha256 != first.snapshot_sha256
    assert str(kept.reopening) == f"{kept}, 1.3.2013"


def test_opening_again_needs_a_reason_and_a_closing(year, secretary) -> None:
    assert (
        code_of(lambda: reopen_year(year.plan, year.year, reason="Errore.", by=secretary)) == "open"
    )
    close(year, by=secretary)

    with pytest.raises(ValidationError) as refusal:
        reopen_year(year.plan, year.year, reason=" ", by=secretary)

    assert list(refusal.value.message_dict) == ["reason"]
    assert closed_years(year.plan) == {2012}


@pytest.mark.parametrize("make", [factories.year_closing, factories.year_reopening])
def test_models_refuse_to_be_changed_or_deleted(db, make) -> None:
    made = make()

    with pytest.raises(ValidationError):
        made.save()
    with pytest.raises(ValidationError):
        made.delete()


def test_a_changed_snapshot_is_noticed(db) -> None:
    closing = factories.year_closing()
    closing.snapshot = "{} "

    assert not closing.is_snapshot_intact()


@pytest.mark.parametrize(
    ("table", "make", "values"),
    [
        ("strategy_yearclosing", factories.year_closing, {"snapshot": "{}"}),
        ("strategy_yearreopening", factories.year_reopening, {"reason": "Altro."}),
    ],
)
def test_the_database_refuses_to_change_or_delete(db, table, make, values) -> None:
    rows = type(made := make())._default_manager.filter(pk=made.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**values)
    with protected(table), pytest.raises(IntegrityError), transaction.atomic():
        rows._raw_delete(rows.db)

    assert rows.count() == 1


def at_once(*jobs) -> list[str]:
    """What became of jobs begun together, each in a connection of its own."""
    start, fates = threading.Barrier(len(jobs), timeout=20), []

    def run(job) -> None:
        start.wait()
        try:
            job()
            fates.append("done")
        except CellsRefusedError as refusal:
            fates.append(str(refusal.verdicts[0].fault))
        except ValidationError as refusal:
            fates.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return fates


@pytest.mark.django_db(transaction=True)
def test_of_two_closings_at_once_one_is_made(bergamo) -> None:
    year = make_year()
    year.row("A", actual="80")
    secretary = User.objects.get(username="segretario")

    fates = at_once(*[lambda: close(year, by=secretary)] * 2)

    assert sorted(fates) == ["closed_year", "done"]
    assert YearClosing.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_reopenings_at_once_one_is_made(bergamo) -> None:
    year = make_year()
    secretary = User.objects.get(username="segretario")
    close(year, by=secretary)

    fates = at_once(
        *[lambda: reopen_year(year.plan, year.year, reason="Errore.", by=secretary)] * 2
    )

    assert sorted(fates) == ["done", "open"]
    assert YearReopening.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_other_plan", [False, True])
def test_a_result_entered_while_closing_is_in_the_closing_or_refused(
    bergamo, is_other_plan
) -> None:
    year = make_year()
    indicator = year.row("A", actual="80")
    dashboard = year.strategic
    if is_other_plan:
        other = factories.plan(first_year=2012, state=PlanState.UPDATING)
        dashboard = factories.dashboard(plan=other, kind="strategic", slug="strategico")
        factories.dashboard_row(dashboard=dashboard, indicator=indicator)
    Plan.objects.filter(pk=year.plan.pk).update(state=PlanState.UPDATING, update_reason="Altro.")
    planner, secretary = (
        User.objects.get(username=name) for name in ("pianificazione", "segretario")
    )
    # An update needs a revision above zero for the plan to have been adopted once.
    Plan.objects.filter(pk=year.plan.pk).update(revision=1)
    key = CellKey(True, indicator.pk, 2012)

    fates = at_once(
        lambda: close(year, by=secretary),
        lambda: save_cells(
            dashboard, changes=[change(key, text="90", was="80")], by=planner, at=AT
        ),
    )

    [closing] = YearClosing.objects.all()
    kept = json.loads(closing.snapshot)["indicators"][str(indicator.pk)]["actuals"]["2012"]
    stands = Actual.objects.current().get(indicator=indicator, year=2012).printed
    assert kept["printed"] == stands
    assert sorted(fates) in (["done", "done"], ["closed", "done"])


# Figures that wait for planning


def at_the_end(service, settings) -> None:
    """January: the figures at 31 December are entered."""
    settings.DEMO_DATE = datetime.date(2025, 1, 5)
    service.period = factories.monitoring_period(
        plan=service.plan, ends_on=datetime.date(2024, 12, 31)
    )


def sent_at_the_end(service, indicator, **typed) -> Recording:
    """The figure of the whole year, sent and waiting."""
    answer = {"value": "60", "reason": "Pandemia", "cause": "exogenous"} | typed
    service.save(service.change(indicator, seen=token_of(None), submit=True, **answer))
    return Recording.objects.get(period=service.period, indicator=indicator)


def test_a_year_is_not_closed_while_a_figure_waits_to_be_validated(
    service, secretary, settings
) -> None:
    indicator = service.indicator("N. corsi")
    june = service.sent(indicator, value="95", forecast="no", reason="Sede chiusa.")
    validate_recordings(service.plan, seen={june.pk: june.version}, by=service.planner)
    at_the_end(service, settings)
    final = sent_at_the_end(service, indicator)
    proof = factories.evidence(recording=final)
    before = year_data(service.plan, 2024)

    with pytest.raises(ValidationError) as refusal:
        close_year(service.plan, 2024, by=secretary)

    assert refusal.value.code == "pending"
    assert refusal.value.messages[0].count("N. corsi (31.12.2024)") == 1
    # What is said and proved beside a result is what was sent with it.
    token = str(indicator.pk)
    assert (before["deviations"][token]["reason"], before["evidence"]) == ("Sede chiusa.", {})

    validate_recordings(service.plan, seen={final.pk: final.version}, by=service.planner)
    kept = json.loads(close_year(service.plan, 2024, by=secretary).snapshot)
    assert kept["indicators"][token]["actuals"]["2024"]["printed"] == "60"
    assert kept["deviations"][token]["reason"] == "Pandemia"
    assert [one["id"] for one in kept["evidence"][token]] == [proof.pk]


def test_what_planning_returned_holds_no_year_up(service, secretary, settings) -> None:
    indicator = service.indicator("N. corsi")
    june = service.sent(indicator, value="95")
    validate_recordings(service.plan, seen={june.pk: june.version}, by=service.planner)
    at_the_end(service, settings)
    final = sent_at_the_end(service, indicator)
    return_recording(
        service.plan, pk=final.pk, version=final.version, reason="Da rifare.", by=service.planner
    )

    kept = json.loads(close_year(service.plan, 2024, by=secretary).snapshot)

    token = str(indicator.pk)
    assert (kept["indicators"][token]["actuals"]["2024"]["printed"], kept["deviations"]) == (
        "95",
        {},
    )


@pytest.mark.parametrize(
    ("shown", "state", "is_held_up"),
    [
        (True, PlanState.PUBLISHED, True),
        (False, PlanState.PUBLISHED, False),
        # Nobody can validate it any more: it waits for nobody.
        (True, PlanState.CLOSED, False),
    ],
)
def test_a_figure_of_another_plan_holds_up_what_the_closing_would_lock(
    year, shown, state, is_held_up
) -> None:
    indicator = year.row("A", actual="80") if shown else factories.indicator()
    other = factories.plan(first_year=2012, state=state)
    period = factories.monitoring_period(plan=other)
    factories.recording(period=period, indicator=indicator, state=RecordingState.SUBMITTED)

    assert Recording.objects.holding_up(year.plan, 2012).exists() == is_held_up
    assert not Recording.objects.holding_up(year.plan, 2013).exists()


def test_a_result_written_elsewhere_takes_reason_and_proofs_away(year) -> None:
    indicator = year.row("A", actual="80")
    old = Actual.objects.get(indicator=indicator)
    period = factories.monitoring_period(plan=year.plan, ends_on=old.measured_on)
    recording = factories.recording(
        period=period,
        indicator=indicator,
        printed="80",
        reason="Pandemia",
        state=RecordingState.VALIDATED,
        actual=old,
    )
    factories.evidence(recording=recording)
    told = year_data(year.plan, 2012)

    Actual.objects.filter(pk=old.pk).update(is_current=False)
    factories.actual(indicator=indicator, year=2012, printed="70", supersedes=old)

    token, now = str(indicator.pk), year_data(year.plan, 2012)
    assert (told["deviations"][token]["reason"], len(told["evidence"][token])) == ("Pandemia", 1)
    assert (now["deviations"], now["evidence"]) == ({}, {})


# What else writes results


def test_figures_of_a_closed_year_are_neither_entered_nor_validated(
    service, secretary, settings
) -> None:
    sent = service.sent(service.indicator("N. cose"))
    draft = service.indicator("N. altre")
    factories.year_closing(plan=service.plan, year=2024, indicator_ids=[sent.indicator_id])

    with pytest.raises(ValidationError) as entered:
        service.enter(draft, value="40")
    with pytest.raises(ValidationError) as validated:
        validate_recordings(service.plan, seen={sent.pk: sent.version}, by=second_planner())

    assert (entered.value.code, validated.value.code) == ("closed", "closed_year")
    assert not Actual.objects.filter(indicator=sent.indicator).exists()


@pytest.mark.django_db(transaction=True)
def test_a_figure_validated_while_closing_is_in_the_closing_or_stops_it(bergamo, settings) -> None:
    settings.DEMO_DATE = TODAY
    service = make_service()
    sent = service.sent(service.indicator("N. cose"))
    settings.DEMO_DATE = datetime.date(2025, 2, 1)
    validator, secretary = second_planner(), User.objects.get(username="segretario")
    missing = {"plan": service.plan, "year": 2024, "indicator": sent.indicator}
    factories.resolution(proposed_by=validator, **missing)

    fates = at_once(
        lambda: close_year(service.plan, 2024, by=secretary),
        lambda: validate_recordings(service.plan, seen={sent.pk: sent.version}, by=validator),
    )

    token = str(sent.indicator_id)
    kept = [
        json.loads(one.snapshot)["indicators"][token]["actuals"]["2024"]["printed"]
        for one in YearClosing.objects.all()
    ]
    assert [one.printed for one in Actual.objects.filter(indicator=sent.indicator)] == ["40"]
    assert kept == ([] if "pending" in fates else ["40"])
    assert sorted(fates) in (["done", "done"], ["done", "pending"])


# A revision that nobody has adopted


def being_updated(year, **given) -> None:
    """What stands now is adopted; an update is opened."""
    snapshot = canonical(plan_snapshot(year.plan))
    factories.edition(plan=year.plan, snapshot=snapshot, **given)
    Plan.objects.filter(pk=year.plan.pk).update(state=PlanState.UPDATING, update_reason="Altro.")


def test_a_year_is_not_measured_against_targets_nobody_adopted(year, secretary) -> None:
    measured = year.row("A", actual="80")
    being_updated(year)
    measured.targets.filter(year=year.year).update(printed="200", number=200)

    assert code_of(lambda: close(year, by=secretary)) == "unadopted"
    assert YearClosing.objects.count() == 0


def test_a_published_plan_is_not_measured_against_other_targets_than_adopted(
    year, secretary
) -> None:
    measured = year.row("A", actual="80")
    factories.edition(plan=year.plan, snapshot=canonical(plan_snapshot(year.plan)))
    measured.targets.filter(year=year.year).update(printed="80", number=80)

    with pytest.raises(ValidationError) as refused:
        close(year, by=secretary)

    assert refused.value.messages == [
        "Non chiuso: target, righe o fasce del 2012 non sono quelli adottati con la REV. 0. Apri "
        "un aggiornamento del piano: riporta ciò che era adottato, oppure fai adottare ciò che è "
        "cambiato. Riguarda: A."
    ]
    assert YearClosing.objects.count() == 0


def test_what_is_measured_otherwise_than_adopted_is_named_three_at_most(year, secretary) -> None:
    for name in "ABCDE":
        year.row(name, actual="80")
    factories.edition(plan=year.plan, snapshot=canonical(plan_snapshot(year.plan)))
    Plan.objects.filter(pk=year.plan.pk).update(beyond_above=110)
    year.plan.refresh_from_db()
    only_bands = unadopted_words(year.plan, year.year)

    Target.objects.filter(cycle=year.plan.first_year).update(printed="90", number=90)
    everything = unadopted_words(year.plan, year.year)

    assert only_bands.endswith("fai adottare ciò che è cambiato.")
    assert everything.endswith("è cambiato. Riguarda: A; B; C e altri 2.")


def test_a_published_plan_as_it_was_adopted_is_closed(year, secretary) -> None:
    year.row("A", actual="80")
    factories.edition(plan=year.plan, snapshot=canonical(plan_snapshot(year.plan)))

    close(year, by=secretary)

    assert YearClosing.objects.count() == 1


def test_an_update_of_other_years_does_not_hold_a_year_back(year, secretary) -> None:
    measured = year.row("A", actual="80")
    being_updated(year)
    factories.target(
        indicator=measured, cycle=year.plan.first_year, year=year.year + 1, printed="90"
    )

    close(year, by=secretary)

    assert YearClosing.objects.count() == 1


def test_a_damaged_edition_closes_nothing(year, secretary) -> None:
    year.row("A", actual="80")
    being_updated(year, snapshot_sha256="0" * 64)

    assert code_of(lambda: close(year, by=secretary)) == "damaged"


def other_print(year, measured) -> None:
    """The same target in other signs, with a reason."""
    measured.targets.update(printed="100,0", reason="Come l'anno prima.")


def other_order(year, measured) -> None:
    """The dashboards change places."""
    for place, dashboard in enumerate((year.service, year.strategic), 11):
        Dashboard.objects.filter(pk=dashboard.pk).update(position=place)


def other_words(year, measured) -> None:
    """The objective is called by its right name."""
    StrategicObjective.objects.filter(pk=year.action.objective_id).update(name="Obiettivo uno")


def other_tree(year, measured) -> None:
    """A row more of the POLA, which no degree counts."""
    pola = factories.dashboard(plan=year.plan, kind=DashboardKind.POLA, slug="pola", position=9)
    factories.dashboard_row(dashboard=pola, action=year.action, indicator=measured, position=1)


@pytest.mark.parametrize("change", [other_print, other_order, other_words, other_tree])
def test_what_no_degree_stands_on_does_not_hold_a_year_back(year, secretary, change) -> None:
    measured = year.row("A", actual="80")
    being_updated(year)
    change(year, measured)

    close(year, by=secretary)

    assert YearClosing.objects.count() == 1


def other_polarity(year, measured) -> None:
    measured.targets.update(polarity="lower")


def other_tolerance(year, measured) -> None:
    measured.targets.update(tolerance_days=9)


def other_weight(year, measured) -> None:
    DashboardRow.objects.filter(dashboard=year.service).update(weight=2)


def other_branch(year, measured) -> None:
    action = factories.action(objective=year.action.objective, name="Altra azione")
    DashboardRow.objects.filter(dashboard=year.service).update(action=action)


def other_bands(year, measured) -> None:
    Plan.objects.filter(pk=year.plan.pk).update(reached_from=95)


@pytest.mark.parametrize(
    "change", [other_polarity, other_tolerance, other_weight, other_branch, other_bands]
)
def test_all_on_which_a_degree_stands_is_adopted_first(year, secretary, change) -> None:
    measured = year.row("A", actual="80")
    being_updated(year)
    change(year, measured)

    assert code_of(lambda: close(year, by=secretary)) == "unadopted"
