"""Which figures are asked of a unit in a period, and how far each of them has come.

Read in six statements whatever the rows: the rows of the dashboards, targets, results, what was
entered, its proofs. `strategy.operations.recording` reads the same sheet with its rows locked.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q

from indicators.models import Actual, PrintedValue, Target
from indicators.values import Value, read
from strategy.entries import Answer, Judgement, judge
from strategy.enums import DashboardKind
from strategy.models import DashboardRow, Evidence, MonitoringPeriod, Plan, Recording
from strategy.monitoring_enums import EntryState, RecordingState
from strategy.questions import Question, counts_things, entry_of, is_asked, kind_of
from strategy.reports.dashboards import LOOKS, Cell
from strategy.suppliers import supplier_of

ROW_FIELDS = (
    "indicator_id",
    "indicator__name",
    "printed_name",
    "indicator__source__name",
    "indicator__supplier_id",
    "indicator__supplier__name",
    "indicator__numerator",
    "indicator__denominator",
    "indicator__is_share",
    "indicator__is_project",
    "indicator__unit_of_measure",
    "action__objective__code",
    "dashboard__kind",
    "dashboard__unit_id",
    "dashboard__unit__name",
)


@dataclass(frozen=True, slots=True)
class Last:
    """What was entered last time: the text, and when (a year, or a day of this year)."""

    cell: Cell
    year: int | None = None
    day: datetime.date | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """An indicator on the sheet of a unit."""

    indicator_id: int
    name: str
    code: str
    source: str
    is_strategic: bool
    is_project: bool
    numerator: str
    denominator: str
    supplier_id: int | None
    supplier: str
    is_mine: bool
    target: Cell
    question: Question
    last: Last | None
    recording: Recording | None = None
    evidence: Sequence[Evidence] = ()

    @property
    def answer(self) -> Answer:
        """What stands in the fields."""
        return self.recording.answer if self.recording else Answer()

    @property
    def token(self) -> str:
        """What was read: which row, which version, which answer. It comes back with the change."""
        return token_of(self.recording)

    @property
    def is_monitoring(self) -> bool:
        """Watched without a target."""
        return self.question.target is None

    @property
    def is_told(self) -> bool:
        """Others than who supplies it read it."""
        return self.recording is not None and self.recording.state in RecordingState.told

    @property
    def is_returned(self) -> bool:
        """Planning sent it back, and it was not sent again."""
        found = self.recording
        return bool(found and found.is_writable and found.return_reason)

    @property
    def is_untouched(self) -> bool:
        """Planning sent it back, and nothing was changed in it since."""
        found = self.recording
        return bool(found and found.state == RecordingState.RETURNED)

    def judged(self, today: datetime.date) -> Judgement:
        """What stands against it on a day."""
        return judge(self.question, self.answer, today=today)

    def state(self, today: datetime.date) -> EntryState:
        """The word beside the row."""
        if not self.is_mine:
            return EntryState.READ_ONLY
        if self.recording and self.recording.state == RecordingState.SUBMITTED:
            return EntryState.SUBMITTED
        if self.recording and self.recording.state == RecordingState.VALIDATED:
            return EntryState.VALIDATED
        found = self.judged(today).state
        is_held = self.is_untouched and found == EntryState.READY
        return EntryState.RETURNED if is_held else found


def token_of(recording: Recording | None) -> str:
    """What was read of a figure: row, version, digest of what was typed."""
    if recording is None:
        return f"0.0.{Answer().digest}"
    return f"{recording.pk}.{recording.version}.{recording.answer.digest}"


@dataclass(frozen=True)
class Sheet:
    """The figures of a unit in a period."""

    plan: Plan
    period: MonitoringPeriod
    lines: tuple[Line, ...]
    by_indicator: Mapping[int, Line] = field(repr=False)

    @cached_property
    def mine(self) -> tuple[Line, ...]:
        """Those that the unit supplies."""
        return tuple(line for line in self.lines if line.is_mine)

    @cached_property
    def not_sent(self) -> tuple[Line, ...]:
        """Those of its own that planning still waits for."""
        sent = (RecordingState.SUBMITTED, RecordingState.VALIDATED)
        return tuple(
            line for line in self.mine if line.recording is None or line.recording.state not in sent
        )

    @cached_property
    def others(self) -> tuple[Line, ...]:
        """Those that it only shows."""
        return tuple(line for line in self.lines if not line.is_mine)


def load_sheet(
    plan: Plan,
    period: MonitoringPeriod,
    *,
    units: Collection[int],
    planning: bool = False,
    only: Collection[int] | None = None,
    lock: bool = False,
    proofs: bool = True,
) -> Sheet:
    """The indicators that the units supply or show in the year of the period and, for the planning
    office, those that nobody else supplies; `only` narrows them. With `lock` nobody changes what
    was entered before the transaction ends; without `proofs` the files are left out."""
    facts = _facts(plan, units, planning=planning, only=only)
    targets = _targets(plan, facts)
    actuals = _actuals(plan, period, facts)
    entered, earlier = _recordings(plan, period, facts, lock=lock)
    found = _proofs(entered.values()) if proofs else {}
    lines = []
    for pk, fact in facts.items():
        wanted = targets[pk].get(period.year)
        if wanted is None or not is_asked(wanted.availability, wanted.kind):
            continue
        recording = entered.get(pk)
        question = _question(period, fact, targets[pk], actuals[pk])
        is_mine = fact.supplier_id in units or (planning and fact.supplier_id is None)
        lines.append(
            Line(
                indicator_id=pk,
                name=fact.name,
                code=fact.code,
                source=fact.source,
                is_strategic=fact.is_strategic,
                is_project=fact.is_project,
                numerator=fact.numerator,
                denominator=fact.denominator,
                supplier_id=fact.supplier_id,
                supplier=fact.supplier,
                is_mine=is_mine,
                target=_cell(wanted),
                question=question,
                last=_last(period, earlier.get(pk), actuals[pk]),
                recording=recording,
                evidence=found.get(recording.pk, ()) if recording else (),
            )
        )
    return Sheet(plan, period, tuple(lines), {line.indicator_id: line for line in lines})


# What the dashboards say of an indicator


@dataclass(slots=True)
class _Fact:
    name: str
    code: str
    source: str
    numerator: str
    denominator: str
    is_share: bool
    is_project: bool
    counts: bool
    declared: int | None
    declared_name: str
    showing: list[tuple[str, int | None]] = field(default_factory=list)
    unit_names: dict[int, str] = field(default_factory=dict)

    @property
    def is_strategic(self) -> bool:
        return any(kind == DashboardKind.STRATEGIC for kind, _unit in self.showing)

    @property
    def supplier_id(self) -> int | None:
        return supplier_of(self.declared, self.showing)

    @property
    def supplier(self) -> str:
        if self.declared is not None:
            return self.declared_name
        found = self.supplier_id
        return self.unit_names.get(found, "") if found is not None else ""


def _facts(
    plan: Plan, units: Collection[int], *, planning: bool, only: Collection[int] | None
) -> dict[int, _Fact]:
    """The indicators that the units supply or show, each with every place where it stands."""
    rows = DashboardRow.objects.filter(dashboard__plan=plan)
    shown = rows.filter(dashboard__unit__in=units).values("indicator")
    wanted = Q(indicator__supplier__in=units) | Q(indicator__in=shown)
    if planning:
        wanted |= Q(indicator__supplier__isnull=True)
    if only is not None:
        wanted &= Q(indicator__in=only)
    facts: dict[int, _Fact] = {}
    for row in rows.filter(wanted).in_order().values_list(*ROW_FIELDS):
        pk, name, printed, source, declared, declared_name, above, below, *more = row
        share, project, measure, code, *place = more
        fact = facts.get(pk)
        if fact is None:
            fact = facts[pk] = _Fact(
                name=printed or name,
                code=code,
                source=source or "",
                numerator=above,
                denominator=below,
                is_share=share,
                is_project=project,
                counts=counts_things(above or name, "" if above else measure),
                declared=declared,
                declared_name=declared_name,
            )
        kind, unit_id, unit_name = place
        fact.showing.append((kind, unit_id))
        if unit_id is not None:
            fact.unit_names[unit_id] = unit_name
    return facts


def _targets(plan: Plan, facts: Collection[int]) -> dict[int, dict[int, Target]]:
    found: dict[int, dict[int, Target]] = defaultdict(dict)
    for target in Target.objects.for_cycle(plan.first_year).filter(indicator__in=list(facts)):
        found[target.indicator_id][target.year] = target
    return found


def _actuals(
    plan: Plan, period: MonitoringPeriod, facts: Collection[int]
) -> dict[int, list[Actual]]:
    """Results from the year before the plan to the day of the period, the oldest first."""
    actuals = Actual.objects.current().filter(
        indicator__in=list(facts), year__gte=plan.baseline_year, measured_on__lt=period.ends_on
    )
    found: dict[int, list[Actual]] = defaultdict(list)
    for actual in actuals.order_by("measured_on"):
        found[actual.indicator_id].append(actual)
    return found


def _recordings(
    plan: Plan, period: MonitoringPeriod, facts: Collection[int], *, lock: bool
) -> tuple[dict[int, Recording], dict[int, Recording]]:
    """What was entered in the period, and last before it in the same year; locked in the order in
    which a validation locks them (see also: strategy.operations.validation)."""
    recordings = Recording.objects.current().filter(
        indicator__in=list(facts),
        period__plan=plan,
        period__ends_on__year=period.year,
        period__ends_on__lte=period.ends_on,
    )
    recordings = recordings.with_people().select_related("period", "supersedes").order_by("pk")
    if lock:
        recordings = recordings.select_for_update(of=("self",))
    entered: dict[int, Recording] = {}
    earlier: dict[int, Recording] = {}
    for recording in sorted(recordings, key=lambda one: one.period.ends_on):
        is_now = recording.period_id == period.pk
        (entered if is_now else earlier)[recording.indicator_id] = recording
    return entered, earlier


def _proofs(recordings: Collection[Recording]) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = defaultdict(list)
    if recordings:
        for proof in Evidence.objects.filter(recording__in=[one.pk for one in recordings]):
            found[proof.recording_id].append(proof)
    return found


# What is asked


def _question(
    period: MonitoringPeriod,
    fact: _Fact,
    targets: Mapping[int, Target],
    actuals: Sequence[Actual],
) -> Question:
    own = targets[period.year]
    is_ratio = bool(fact.denominator)
    others = sorted(targets.values(), key=lambda one: abs(one.year - period.year))
    cells = [own, *reversed(actuals), *others]
    kind = kind_of((_value(cell) for cell in cells), is_ratio=is_ratio)
    return Question(
        entry=entry_of(kind, is_ratio=is_ratio),
        ends_on=period.ends_on,
        is_final=period.is_final,
        kind=kind,
        target=_value(own) if own.is_stated else None,
        polarity=own.polarity,
        tolerance_days=own.tolerance_days,
        is_share=fact.is_share,
        may_be_negative=not fact.is_share and not fact.counts,
    )


def _value(cell: PrintedValue) -> Value:
    return read(cell.printed)


def _cell(cell: PrintedValue) -> Cell:
    return Cell(cell.printed, LOOKS[cell.availability], cell.kind)


def _last(
    period: MonitoringPeriod, earlier: Recording | None, actuals: Sequence[Actual]
) -> Last | None:
    if earlier is not None and earlier.printed:
        return Last(_cell(earlier), day=earlier.period.ends_on)
    before = [actual for actual in actuals if actual.year < period.year]
    return Last(_cell(before[-1]), year=before[-1].year) if before else None
