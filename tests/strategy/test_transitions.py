"""The life of a plan as a table: every act from every state, and nothing else."""

import pytest

from strategy.enums import PlanAct, PlanState
from strategy.transitions import STEPS, acts_possible, destination, step_of, working_state

WAYS = {
    "draft": {"open_consultation": "consultation"},
    "consultation": {"record_consultation": "consultation", "propose_plan": "proposed"},
    "proposed": {"adopt_plan": "adopted", "send_back_plan": "draft"},
    "adopted": {"publish_plan": "published"},
    "published": {"open_update": "updating", "close_plan": "closed"},
    "updating": {"open_consultation": "consultation", "propose_plan": "proposed"},
    "closed": {},
}


@pytest.mark.parametrize("state", PlanState)
def test_each_state_has_its_acts_and_each_act_its_destination(state) -> None:
    found = {act.value: destination(act, state, revision=0) for act in PlanAct}

    assert {act: to.value for act, to in found.items() if to} == WAYS[state]
    assert [act.value for act in acts_possible(state)] == list(WAYS[state])


def test_a_later_revision_goes_back_to_its_update() -> None:
    assert destination(PlanAct.SEND_BACK, "proposed", revision=1) == PlanState.UPDATING
    assert [working_state(0), working_state(1)] == [PlanState.DRAFT, PlanState.UPDATING]


def test_every_state_has_its_place_among_the_steps() -> None:
    assert {state.value: step_of(state) for state in PlanState} == {
        "draft": 0,
        "updating": 0,
        "consultation": 1,
        "proposed": 2,
        "adopted": 3,
        "published": 4,
        "closed": len(STEPS),
    }
