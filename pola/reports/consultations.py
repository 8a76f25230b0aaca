"""The steps of 5.3: what the plan gives each actor to do, and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pola.enums import ConsultationPhase, ConsultedActor
from pola.models import AgileConsultation
from strategy.reports import TableReport


@dataclass(frozen=True, slots=True)
class Step:
    """What an actor has to do in a phase, as the plan prints it, and what was written down."""

    phase: ConsultationPhase
    printed: str
    held: tuple[AgileConsultation, ...]


@dataclass(frozen=True, slots=True)
class ActorSteps:
    """An actor of 5.3 with its two steps."""

    actor: ConsultedActor
    steps: tuple[Step, ...]


def actor_steps(
    consultations: Iterable[AgileConsultation], table: TableReport | None
) -> list[ActorSteps]:
    """Every actor with its steps; the printed ones come from the table of 5.3, row by row."""
    found = list(consultations)
    printed: Sequence[Sequence[str]] = (
        [[text for text, _is_numeric in row.cells] for row in table.rows] if table else []
    )
    return [
        ActorSteps(
            actor,
            tuple(
                Step(
                    phase,
                    _cell(printed, row, column),
                    tuple(one for one in found if (one.actor, one.phase) == (actor, phase)),
                )
                for column, phase in enumerate(ConsultationPhase)
            ),
        )
        for row, actor in enumerate(ConsultedActor)
    ]


def _cell(printed: Sequence[Sequence[str]], row: int, column: int) -> str:
    """A cell of the table, nothing when the plan has no such row."""
    return printed[row][column] if row < len(printed) and column < len(printed[row]) else ""
