"""What is decided of missing results: proposed, approved by another, refused, zero, taken back."""

import datetime
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from indicators.enums import Treatment
from organization.models import AuditEvent, User
from strategy.enums import PlanState
from strategy.models import Plan, Resolution
from strategy.monitoring_enums import ResolutionState
from strategy.operations import (
    approve_exclusions,
    count_as_zero,
    propose_exclusions,
    refuse_exclusions,
    withdraw_resolutions,
)
from strategy.reports.year import YearReport
from strategy.year_data import year_data
from tests import factories
from tests.strategy.conftest import make_year

AT = datetime.datetime(2013, 3, 1, 10, tzinfo=datetime.UTC)
REASON = "Evento annullato dall’organizzatore."


def states(year) -> list[tuple[str, str, str]]:
    found = Resolution.objects.of_year(year.plan, year.year).select_related("indicator")
    return [(x.indicator.name, x.treatment, x.state) for x in found.order_by("pk")]


def score(year):
    return YearReport(year_data(year.plan, year.year)).score


def acts(year) -> list[tuple[str, str]]:
    events = AuditEvent.objects.about(year.plan).order_by("pk")
    return [(event.verb, event.after.get("indicator", "")) for event in events]


def exclude(year, *indicators, by, reason=REASON):
    return propose_exclusions(
        year.plan,
        year.year,
        indicators=[x.pk for x in indicators],
        reason=reason,
        by=by,
        at=AT,
    )


def zero(year, *indicators, by, reason=""):
    return count_as_zero(
        year.plan, year.year, indicators=[x.pk for x in indicators], reason=reason, by=by, at=AT
    )


def on(operation, year, *resolutions, by, **more):
    return operation(
        year.plan, year.year, resolutions=[x.pk for x in resolutions], by=by, at=AT, **more
    )


def test_an_exclusion_counts_only_once_another_person_approves_it(year, planner, secretary) -> None:
    year.row("A", actual="80")
    made = exclude(year, year.row("B"), by=planner)

    assert states(year) == [("B", Treatment.EXCLUDED, ResolutionState.PROPOSED)]
    assert (score(year).total, score(year).excluded) == (2, 0)

    [approved] = on(approve_exclusions, year, *made, by=secretary)

    assert states(year) == [("B", Treatment.EXCLUDED, ResolutionState.IN_FORCE)]
    assert (score(year).total, score(year).excluded) == (1, 1)
    assert (approved.proposed_by, approved.decided_by) == (planner, secretary)
    assert (approved.proposed_at, approved.decided_at) == (AT, AT)
    assert acts(year) == [("exclusion.proposed", "B"), ("exclusion.approved", "B")]
    assert AuditEvent.objects.about(year.plan).first().note == REASON


def test_counting_zero_counts_at_once(year, planner) -> None:
    year.row("A", actual="80")

    zero(year, year.row("B"), by=planner)

    assert states(year) == [("B", Treatment.ZERO, ResolutionState.IN_FORCE)]
    assert (score(year).value, score(year).zeroed) == (40, 1)
    assert acts(year) == [("result.counted_zero", "B")]


def test_several_at_once_for_one_reason(year, planner) -> None:
    made = exclude(year, year.row("A"), year.row("B"), by=planner)

    assert [one.reason for one in made] == [REASON, REASON]


def test_the_history_says_who_and_when(year, planner, secretary) -> None:
    [made] = exclude(year, year.row("A"), by=planner)
    on(approve_exclusions, year, made, by=secretary)

    versions = made.history.order_by("history_id")

    assert [(x.history_user, x.history_date, x.state) for x in versions] == [
        (planner, AT, ResolutionState.PROPOSED),
        (secretary, AT, ResolutionState.IN_FORCE),
    ]


def test_an_exclusion_needs_its_reason(year, planner) -> None:
    with pytest.raises(ValidationError) as refusal:
        exclude(year, year.row("A"), by=planner, reason="  ")

    assert list(refusal.value.message_dict) == ["reason"]
    assert states(year) == []


@pytest.mark.parametrize("decide", [exclude, zero])
def test_only_what_is_missing_is_decided_of(year, planner, decide) -> None:
    year.row("Manca")
    measured = year.row("Misurato", actual="3")
    outside = year.row("Fuori", target="monitoraggio")

    for wrong in (measured, outside, factories.indicator()):
        with pytest.raises(ValidationError) as refusal:
            decide(year, wrong, by=planner)
        assert refusal.value.code == "changed"
    assert states(year) == []


@pytest.mark.parametrize("decide", [exclude, zero])
def test_nothing_chosen_is_refused(year, planner, decide) -> None:
    with pytest.raises(ValidationError) as refusal:
        decide(year, by=planner)

    assert refusal.value.code == "none"


@pytest.mark.parametrize("first", [exclude, zero])
@pytest.mark.parametrize("then", [exclude, zero])
def test_one_decision_stands_at_a_time(year, planner, first, then) -> None:
    indicator = year.row("A")
    first(year, indicator, by=planner)

    with pytest.raises(ValidationError) as refusal:
        then(year, indicator, by=planner)

    assert refusal.value.code == "changed"
    assert len(states(year)) == 1


@pytest.mark.parametrize("decide", [exclude, zero])
def test_the_head_decides_of_what_the_unit_supplies(year, head, decide) -> None:
    decide(year, year.row("Sua"), by=head)
    decide(year, year.row("Mostrata da lei sola", supplier=None), by=head)
    of_two = year.row("Di due", supplier=None)
    other = factories.dashboard(plan=year.plan, unit=factories.unit(), position=3)
    factories.dashboard_row(dashboard=other, indicator=of_two)

    with pytest.raises(PermissionDenied):
        decide(year, year.row("Altrui", supplier=factories.unit()), by=head)
    with pytest.raises(PermissionDenied):
        decide(year, of_two, by=head)
    names = [name for name, _treatment, _state in states(year)]
    assert names == ["Sua", "Mostrata da lei sola"]


@pytest.mark.parametrize("username", ["oiv", "dipendente", "personale", "amministratore"])
@pytest.mark.parametrize("decide", [exclude, zero])
def test_the_others_decide_nothing(year, bergamo, username, decide) -> None:
    with pytest.raises(PermissionDenied):
        decide(year, year.row("A"), by=bergamo.user(username))

    assert states(year) == []


def test_the_secretary_may_let_it_count_zero_and_proposes_no_exclusion(year, secretary) -> None:
    indicator = year.row("A")

    with pytest.raises(PermissionDenied):
        exclude(year, indicator, by=secretary)
    zero(year, indicator, by=secretary)

    assert states(year) == [("A", Treatment.ZERO, ResolutionState.IN_FORCE)]


@pytest.mark.parametrize("username", ["pianificazione", "responsabile", "oiv", "dirigente"])
def test_only_the_secretary_approves_and_refuses(year, planner, bergamo, username) -> None:
    [made] = exclude(year, year.row("A"), by=planner)

    with pytest.raises(PermissionDenied):
        on(approve_exclusions, year, made, by=bergamo.user(username))
    with pytest.raises(PermissionDenied):
        on(refuse_exclusions, year, made, by=bergamo.user(username), reason="No.")

    assert states(year) == [("A", Treatment.EXCLUDED, ResolutionState.PROPOSED)]


def test_who_proposed_does_not_approve_whatever_else_he_is(year, secretary) -> None:
    made = factories.resolution(
        plan=year.plan,
        year=year.year,
        indicator=year.row("A"),
        treatment=Treatment.EXCLUDED,
        reason=REASON,
        state=ResolutionState.PROPOSED,
        proposed_by=secretary,
    )

    with pytest.raises(ValidationError) as refusal:
        on(approve_exclusions, year, made, by=secretary)

    assert refusal.value.code == "same_person"


def test_a_refused_exclusion_leaves_the_result_missing(year, planner, secretary) -> None:
    indicator = year.row("A")
    [made] = exclude(year, indicator, by=planner)

    on(refuse_exclusions, year, made, by=secretary, reason="Il dato c’è: cercalo.")

    assert score(year).missing == 1
    assert AuditEvent.objects.about(year.plan).first().note == "Il dato c’è: cercalo."
    zero(year, indicator, by=planner)
    assert [state for _name, _treatment, state in states(year)] == [
        ResolutionState.REFUSED,
        ResolutionState.IN_FORCE,
    ]


def test_a_refusal_needs_its_reason(year, planner, secretary) -> None:
    [made] = exclude(year, year.row("A"), by=planner)

    with pytest.raises(ValidationError) as refusal:
        on(refuse_exclusions, year, made, by=secretary, reason="")

    assert list(refusal.value.message_dict) == ["reason"]


def test_a_decision_is_taken_back_by_who_may_decide(year, planner, head) -> None:
    [mine] = zero(year, year.row("Sua"), by=planner)
    [other] = zero(year, year.row("Altrui", supplier=factories.unit()), by=planner)

    on(withdraw_resolutions, year, mine, by=head)
    with pytest.raises(PermissionDenied):
        on(withdraw_resolutions, year, other, by=head)

    assert [state for _name, _treatment, state in states(year)] == [
        ResolutionState.WITHDRAWN,
        ResolutionState.IN_FORCE,
    ]
    assert score(year).missing == 1


@pytest.mark.parametrize("operation", [approve_exclusions, withdraw_resolutions])
def test_what_changed_meanwhile_is_not_decided_twice(year, planner, secretary, operation) -> None:
    [made] = exclude(year, year.row("A"), by=planner)
    on(withdraw_resolutions, year, made, by=planner)

    with pytest.raises(ValidationError) as refusal:
        on(operation, year, made, by=secretary)
    with pytest.raises(ValidationError) as nothing:
        on(operation, year, by=secretary)

    assert (refusal.value.code, nothing.value.code) == ("changed", "none")


def test_a_closed_year_and_one_of_another_plan_are_refused(year, planner) -> None:
    indicator = year.row("A")
    factories.year_closing(plan=year.plan, year=year.year)

    with pytest.raises(ValidationError) as closed:
        zero(year, indicator, by=planner)
    with pytest.raises(ValidationError) as other:
        count_as_zero(year.plan, 2020, indicators=[indicator.pk], by=planner)

    assert (closed.value.code, other.value.code) == ("closed_year", "year")


def test_nothing_is_decided_of_a_plan_never_adopted(year, planner) -> None:
    Plan.objects.filter(pk=year.plan.pk).update(state=PlanState.DRAFT)

    with pytest.raises(PermissionDenied):
        zero(year, year.row("A"), by=planner)


def test_the_database_refuses_what_the_rules_refuse(year, planner) -> None:
    [made] = exclude(year, year.row("A"), by=planner)
    rows = Resolution.objects.filter(pk=made.pk)
    wrong = [
        {"state": "in_force", "decided_by": planner, "decided_at": AT},
        {"state": "in_force"},
        {"treatment": Treatment.ZERO},
        {"reason": ""},
        {"decided_at": AT},
    ]

    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_is_taken(bergamo) -> None:
    year = make_year()
    indicator = year.row("A")
    planner = User.objects.get(username="pianificazione")
    start, fates = threading.Barrier(2, timeout=20), []

    def decide(how) -> None:
        start.wait()
        try:
            how(year, indicator, by=planner)
            fates.append("taken")
        except ValidationError as refusal:
            fates.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[how]) for how in (exclude, zero)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(fates) == ["changed", "taken"]
    assert len(states(year)) == 1
