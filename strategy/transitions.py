"""Which act leads a plan from which state to which. Pure.

Draft, in consultation, proposed, adopted, published; then an update prepares the next revision,
which passes through the same acts, until the plan is closed.
"""

from __future__ import annotations

from collections.abc import Mapping

from strategy.enums import PlanAct, PlanState

Ways = Mapping[PlanState, PlanState]

WAYS: Mapping[PlanAct, Ways] = {
    PlanAct.OPEN_CONSULTATION: {
        PlanState.DRAFT: PlanState.CONSULTATION,
        PlanState.UPDATING: PlanState.CONSULTATION,
    },
    PlanAct.RECORD_CONSULTATION: {PlanState.CONSULTATION: PlanState.CONSULTATION},
    PlanAct.PROPOSE: {
        PlanState.CONSULTATION: PlanState.PROPOSED,
        PlanState.UPDATING: PlanState.PROPOSED,
    },
    PlanAct.ADOPT: {PlanState.PROPOSED: PlanState.ADOPTED},
    PlanAct.SEND_BACK: {PlanState.PROPOSED: PlanState.DRAFT},
    PlanAct.PUBLISH: {PlanState.ADOPTED: PlanState.PUBLISHED},
    PlanAct.OPEN_UPDATE: {PlanState.PUBLISHED: PlanState.UPDATING},
    PlanAct.CLOSE: {PlanState.PUBLISHED: PlanState.CLOSED},
}
# The way every revision goes, as it is drawn.
STEPS = (
    PlanState.DRAFT,
    PlanState.CONSULTATION,
    PlanState.PROPOSED,
    PlanState.ADOPTED,
    PlanState.PUBLISHED,
)


def destination(act: PlanAct, state: str, *, revision: int) -> PlanState | None:
    """The state to which the act leads from a state; none when it is not possible there.

    What is sent back goes back to work: a first plan is a draft again, a later revision an update.
    """
    found = WAYS[act].get(PlanState(state))
    return working_state(revision) if found == PlanState.DRAFT else found


def acts_possible(state: str) -> tuple[PlanAct, ...]:
    """The acts possible in a state, in the order of the life of a plan."""
    return tuple(act for act in PlanAct if PlanState(state) in WAYS[act])


def working_state(revision: int) -> PlanState:
    """The state in which a revision is first prepared."""
    return PlanState.UPDATING if revision else PlanState.DRAFT


def step_of(state: str) -> int:
    """The place among the steps drawn: an update stands where a draft does, a closed plan after
    the last."""
    if state == PlanState.CLOSED:
        return len(STEPS)
    return 0 if state == PlanState.UPDATING else STEPS.index(PlanState(state))
