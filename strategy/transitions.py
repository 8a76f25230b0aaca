"""Which act leads a plan from which state to which. Pure.

Draft, in consultation, proposed, adopted, published; then an update prepares the next revision,
which passes through the same acts, until the plan is closed. The Relazione of a year: draft,
approved, sent to the OIV, validated or not, published.
"""

from __future__ import annotations

from collections.abc import Mapping

from strategy.enums import PlanAct, PlanState
from strategy.report_enums import ReportAct, ReportOutcome, ReportState

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


# The Relazione

REPORT_WAYS: Mapping[ReportAct, frozenset[ReportState]] = {
    ReportAct.WRITE: frozenset({ReportState.DRAFT}),
    ReportAct.APPROVE: frozenset({ReportState.DRAFT}),
    ReportAct.TRANSMIT: frozenset({ReportState.APPROVED}),
    ReportAct.VALIDATE: frozenset({ReportState.TRANSMITTED}),
    ReportAct.REWORK: frozenset({ReportState.APPROVED, ReportState.NOT_VALIDATED}),
    ReportAct.PUBLISH: frozenset({ReportState.VALIDATED, ReportState.WITH_REMARKS}),
}
# What else goes back to work when the year was opened again after the approval.
OVERTAKEN = frozenset({ReportState.TRANSMITTED, *ReportState.accepted})
REPORT_ENDS: Mapping[ReportAct, ReportState] = {
    ReportAct.WRITE: ReportState.DRAFT,
    ReportAct.APPROVE: ReportState.APPROVED,
    ReportAct.TRANSMIT: ReportState.TRANSMITTED,
    ReportAct.REWORK: ReportState.DRAFT,
    ReportAct.PUBLISH: ReportState.PUBLISHED,
}
# The way a Relazione goes, as it is drawn: what the OIV says stands in one place.
REPORT_STEPS = (
    ReportState.DRAFT,
    ReportState.APPROVED,
    ReportState.TRANSMITTED,
    ReportState.VALIDATED,
    ReportState.PUBLISHED,
)


def report_destination(
    act: ReportAct,
    state: str,
    *,
    outcome: ReportOutcome | None = None,
    is_overtaken: bool = False,
) -> ReportState | None:
    """The state to which the act leads a Relazione; none when it is not possible there. The
    validation leads to its outcome."""
    if not report_allows_act(act, state, is_overtaken=is_overtaken):
        return None
    return ReportState(outcome.value) if outcome else REPORT_ENDS.get(act)


def report_acts_possible(state: str, *, is_overtaken: bool = False) -> tuple[ReportAct, ...]:
    """The acts possible in a state, in the order of the life of a Relazione."""
    return tuple(
        act for act in ReportAct if report_allows_act(act, state, is_overtaken=is_overtaken)
    )


def report_allows_act(act: ReportAct, state: str, *, is_overtaken: bool = False) -> bool:
    """Whether an act is possible in a state: one whose year was opened again since the approval
    (`is_overtaken`) goes back to work from every state between approval and publication."""
    found = ReportState(state)
    return found in REPORT_WAYS[act] or (
        is_overtaken and act == ReportAct.REWORK and found in OVERTAKEN
    )


def report_step_of(state: str) -> int:
    """The place among the steps drawn: every outcome of the OIV stands where the validation
    does."""
    decided = state in ReportOutcome.values
    return REPORT_STEPS.index(ReportState.VALIDATED if decided else ReportState(state))
