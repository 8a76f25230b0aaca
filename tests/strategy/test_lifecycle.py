"""From the draft to the end: each act moves the plan, leaves its trace, refuses what it must."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organization.models import AuditEvent
from strategy.enums import ConsultationOutcome, ConsultedBody, PlanAct, PlanState
from strategy.models import Consultation, Plan
from strategy.operations import (
    close_plan,
    open_consultation,
    open_update,
    propose_plan,
    publish_plan,
    record_consultation,
    send_back_plan,
)
from strategy.problems import plan_problems
from strategy.rules import ACTORS
from tests import factories

AT = datetime.datetime(2040, 3, 20, 11, tzinfo=datetime.UTC)
DAY = datetime.date(2040, 3, 18)
OPINION: dict[str, Any] = {
    "body": ConsultedBody.OIV,
    "held_on": DAY,
    "outcome": ConsultationOutcome.REMARKS,
    "note": " Mancano tre consuntivi. ",
}
# What each act needs besides the plan.
NEEDED: dict[PlanAct, dict[str, Any]] = {
    PlanAct.RECORD_CONSULTATION: OPINION,
    PlanAct.SEND_BACK: {"reason": "Manca il parere."},
    PlanAct.OPEN_UPDATE: {"reason": "Variazione del bilancio."},
}
ACTS = {
    PlanAct.OPEN_CONSULTATION: open_consultation,
    PlanAct.RECORD_CONSULTATION: record_consultation,
    PlanAct.PROPOSE: propose_plan,
    PlanAct.SEND_BACK: send_back_plan,
    PlanAct.PUBLISH: publish_plan,
    PlanAct.OPEN_UPDATE: open_update,
    PlanAct.CLOSE: close_plan,
}
# The state before, the act, the state after, the verb of the trace.
MOVES = [
    ("draft", PlanAct.OPEN_CONSULTATION, "consultation", "plan.consultation_opened"),
    ("updating", PlanAct.OPEN_CONSULTATION, "consultation", "plan.consultation_opened"),
    ("proposed", PlanAct.SEND_BACK, "draft", "plan.sent_back"),
    ("adopted", PlanAct.PUBLISH, "published", "plan.published"),
    ("published", PlanAct.CLOSE, "closed", "plan.closed"),
]


@pytest.fixture
def planner(bergamo):
    return bergamo.user("pianificazione")


def actor(act: PlanAct, bergamo):
    """Somebody who may do the act."""
    people = [bergamo.user("pianificazione"), bergamo.user("segretario")]
    return next(user for user in people if ACTORS[act].test(user))


def done(act: PlanAct, plan: Plan, **given: Any) -> Any:
    return ACTS[act](plan, **NEEDED.get(act, {}) | given)


@pytest.mark.parametrize(("before", "act", "after", "verb"), MOVES)
def test_an_act_moves_the_plan_and_leaves_its_trace(bergamo, before, act, after, verb) -> None:
    plan = factories.plan(state=before)
    by = actor(act, bergamo)

    moved = done(act, plan, by=by, at=AT)

    plan.refresh_from_db()
    assert (moved.state, plan.state) == (after, after)
    event = AuditEvent.objects.about(plan).get()
    assert (event.verb, event.at, event.actor_id) == (verb, AT, str(by.pk))
    assert event.after == {"revision": 0}
    version = plan.history.first()
    assert (version.state, version.history_date, version.history_user) == (after, AT, by)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", PlanState)
def test_an_act_is_refused_in_every_other_state(db, act, state) -> None:
    plan = factories.plan(state=state)
    possible = {(before, one) for before, one, _after, _verb in MOVES} | {
        ("consultation", PlanAct.RECORD_CONSULTATION),
        ("consultation", PlanAct.PROPOSE),
        ("updating", PlanAct.PROPOSE),
        ("published", PlanAct.OPEN_UPDATE),
    }
    if (state.value, act) in possible:
        return

    with pytest.raises(ValidationError) as refusal:
        done(act, plan, by=None)

    plan.refresh_from_db()
    assert (refusal.value.code, plan.state) == ("state", state)
    assert AuditEvent.objects.about(plan).count() == 0


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("username", ["dirigente", "oiv", "dipendente", "personale"])
def test_an_act_is_refused_to_who_may_not(bergamo, act, username) -> None:
    before = {PlanAct.RECORD_CONSULTATION: "consultation", PlanAct.PROPOSE: "consultation"}
    states = {one: state for state, one, _after, _verb in MOVES} | before
    plan = factories.plan(state=states.get(act, "published"))

    with pytest.raises(PermissionDenied):
        done(act, plan, by=bergamo.user(username))

    state = plan.state
    plan.refresh_from_db()
    assert plan.state == state
    assert AuditEvent.objects.about(plan).count() == 0


@pytest.mark.parametrize("username", ["pianificazione", "segretario"])
def test_who_does_what(bergamo, username) -> None:
    user = bergamo.user(username)

    may = {act.value for act in PlanAct if ACTORS[act].test(user)}

    both = {"send_back_plan", "publish_plan"}
    own = {
        "pianificazione": {
            "open_consultation",
            "record_consultation",
            "propose_plan",
            "open_update",
        },
        "segretario": {"adopt_plan", "close_plan"},
    }
    assert may == both | own[username]


def test_an_opinion_is_kept_with_the_revision_it_was_heard_on(planner) -> None:
    plan = factories.plan(state=PlanState.CONSULTATION, revision=2)

    heard = record_consultation(plan, **OPINION, by=planner, at=AT)

    kept = Consultation.objects.get(pk=heard.pk)
    assert (kept.revision, kept.body, kept.held_on, kept.outcome, kept.note) == (
        2,
        "oiv",
        DAY,
        "remarks",
        "Mancano tre consuntivi.",
    )
    assert (kept.recorded_at, kept.recorded_by_label) == (AT, str(planner))
    assert (kept.history.get().history_user, kept.history.get().history_date) == (planner, AT)
    event = AuditEvent.objects.about(plan).get()
    assert (event.verb, event.note) == ("plan.opinion_recorded", "Mancano tre consuntivi.")
    assert sorted(event.after) == ["body", "held_on", "outcome", "revision"]


def test_an_opinion_of_a_load_is_nobodys(db) -> None:
    heard = record_consultation(
        factories.plan(state=PlanState.CONSULTATION),
        body="cug",
        held_on=datetime.date(2021, 1, 18),
        outcome="favourable",
        by=None,
    )

    assert (heard.recorded_by_label, heard.note) == ("", "")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"held_on": DAY + datetime.timedelta(days=9)}, "held_on"),
        ({"note": "  "}, "__all__"),
        ({"body": "altri"}, "body"),
    ],
)
def test_a_wrong_opinion_is_refused_at_its_field(planner, wrong, field) -> None:
    plan = factories.plan(state=PlanState.CONSULTATION)

    with pytest.raises(ValidationError) as refusal:
        record_consultation(plan, **OPINION | wrong, by=planner, at=AT)

    assert list(refusal.value.message_dict) == [field]
    assert plan.consultations.count() == 0


@pytest.mark.parametrize("state", [PlanState.CONSULTATION, PlanState.UPDATING])
def test_a_plan_without_blockers_is_proposed(planner, state) -> None:
    plan = factories.proposable_plan(state=state)

    proposed = propose_plan(plan, by=planner, at=AT)

    assert proposed.state == Plan.objects.get(pk=plan.pk).state == PlanState.PROPOSED
    assert AuditEvent.objects.about(plan).get().verb == "plan.proposed"


def test_blockers_stop_the_proposal_and_are_named(bergamo, planner) -> None:
    Plan.objects.filter(pk=bergamo.plan.pk).update(state=PlanState.CONSULTATION)
    factories.strategic_objective(perspective=bergamo.plan.perspectives.strategic().first())
    factories.section(plan=bergamo.plan, position=99)
    blockers = [problem for problem in plan_problems(bergamo.plan) if problem.is_blocker]

    with pytest.raises(ValidationError) as refusal:
        propose_plan(bergamo.plan, by=planner)

    assert refusal.value.code == "blockers"
    assert [problem.rule.value for problem in blockers] == ["objective", "section"]
    assert str(len(blockers)) in refusal.value.message
    assert blockers[0].text in refusal.value.message
    assert bergamo.plan.state == PlanState.CONSULTATION


def test_a_later_revision_is_sent_back_to_its_update(planner) -> None:
    plan = factories.plan(
        state=PlanState.PROPOSED, revision=1, update_reason="Variazione del bilancio."
    )

    back = send_back_plan(plan, reason=" Da rivedere. ", by=planner)

    assert (back.state, back.update_reason) == (PlanState.UPDATING, "Variazione del bilancio.")
    assert AuditEvent.objects.about(plan).get().note == "Da rivedere."


def test_an_update_prepares_the_next_revision(planner) -> None:
    plan = factories.plan(state=PlanState.PUBLISHED, revision=1)

    updated = open_update(plan, reason=" Nuove risorse. ", by=planner, at=AT)

    plan.refresh_from_db()
    assert updated == plan
    assert (plan.state, plan.revision, plan.update_reason) == ("updating", 2, "Nuove risorse.")
    event = AuditEvent.objects.about(plan).get()
    assert (event.verb, event.after, event.note) == (
        "plan.update_opened",
        {"revision": 2},
        "Nuove risorse.",
    )


@pytest.mark.parametrize(
    ("state", "operation"),
    [(PlanState.PROPOSED, send_back_plan), (PlanState.PUBLISHED, open_update)],
)
def test_no_reason_no_act(planner, state, operation) -> None:
    plan = factories.plan(state=state)

    with pytest.raises(ValidationError) as refusal:
        operation(plan, reason=" ", by=planner)

    plan.refresh_from_db()
    assert list(refusal.value.message_dict) == ["reason"]
    assert (plan.state, plan.revision) == (state, 0)
