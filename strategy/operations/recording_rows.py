"""What becomes of one row of a sheet when it is saved: kept, sent, refused, in conflict.

Nothing is written here: what is to be written is left with the work, for
`strategy.operations.recording` to write together.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indicators.values import read
from organization.models import Person, User
from strategy.entries import FIELDS, Answer, Fault, Judgement, fault, judge
from strategy.evidence import MAX_FILES, Received
from strategy.models import Evidence, Recording
from strategy.monitoring_enums import EntryFault, EntryState, RecordingState
from strategy.reports.recording import Line, Sheet, token_of


@dataclass(frozen=True, kw_only=True)
class RecordingChange:
    """What somebody wants in a row: the answer, what was read before (`strategy.reports.recording.
    token_of`), whether it is sent, with all the others or alone, files that prove it. `correction`
    is the reason for which a validated figure is corrected, None when nothing is; `without` the
    proof that is about to be taken away."""

    indicator_id: int
    answer: Answer
    seen: str
    submit: bool = False
    is_alone: bool = False
    correction: str | None = None
    files: tuple[Received, ...] = ()
    refused_files: tuple[str, ...] = ()
    without: int | None = None

    @property
    def is_touched(self) -> bool:
        """The fields no longer say what they were loaded with."""
        return self.answer.digest != self.seen.rpartition(".")[2]

    @property
    def is_wanted(self) -> bool:
        """Something is to be done."""
        files = self.files or self.refused_files
        return self.is_touched or self.submit or bool(files) or self.correction is not None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a row: its state, what stands against it, what to read it by the next time.

    `is_held`: planning returned it and nobody touched it, so it does not go with all the others.
    Of a conflict `saved` is the answer that is there, `who` entered it and `when`.
    """

    indicator_id: int
    state: EntryState
    judgement: Judgement
    token: str
    faults: tuple[Fault, ...] = ()
    is_sent: bool = False
    is_held: bool = False
    is_kept: bool = True
    saved: Answer | None = None
    who: str = ""
    when: datetime.datetime | None = None

    @property
    def why_left(self) -> list[str]:
        """Why the row, or a file of it, was not kept, or a correction that corrects nothing not
        sent; nothing when all was done."""
        fields = ("files", "correction")
        return [one.message for one in self.faults if not self.is_kept or one.field in fields]


@dataclass
class Work:
    """One save: what it writes, with the moment and the person."""

    by: User
    at: datetime.datetime
    today: datetime.date
    sheet: Sheet
    acted_for: dict[int | None, Person | None]
    new: list[Recording] = field(default_factory=list)
    changed: list[Recording] = field(default_factory=list)
    superseded: list[Recording] = field(default_factory=list)
    sent: list[tuple[Line, Recording]] = field(default_factory=list)
    files: list[tuple[Recording, Received]] = field(default_factory=list)
    carried: list[tuple[Recording, Evidence]] = field(default_factory=list)


def outcome_of(work: Work, line: Line, change: RecordingChange) -> Outcome:
    """What becomes of a row; what it writes is left with the work."""
    change = replace(change, answer=change.answer.cleaned())
    recording = line.recording
    if not change.is_wanted:
        return _standing(work, line)
    if recording is not None and not recording.is_writable:
        return _outcome_of_sent(work, line, recording, change)
    if _is_stale(recording, change):
        return _conflict(work, line, change)
    return _outcome_of_draft(work, line, recording, change)


def _is_stale(recording: Recording | None, change: RecordingChange) -> bool:
    """Somebody else changed the row since it was read, and wrote something else in it."""
    is_same = token_of(recording).rpartition(".")[0] == change.seen.rpartition(".")[0]
    stands = recording.answer if recording else Answer()
    return not is_same and change.answer != stands


def _outcome_of_sent(
    work: Work, line: Line, recording: Recording, change: RecordingChange
) -> Outcome:
    """A figure that was sent stays; a validated one may be corrected."""
    if recording.state == RecordingState.VALIDATED and change.correction is not None:
        return _outcome_of_correction(work, line, recording, change, change.correction.strip())
    if change.is_touched and change.answer != recording.answer:
        return _refused(work, line, change, fault("value", EntryFault.SENT))
    return _standing(work, line)


def _outcome_of_correction(
    work: Work, line: Line, recording: Recording, change: RecordingChange, reason: str
) -> Outcome:
    """A new figure beside the validated one, with its reason and the proofs of that one; none while
    nothing is corrected."""
    correction = Recording(
        period=work.sheet.period,
        indicator_id=line.indicator_id,
        supersedes=recording,
        correction_reason=reason,
    )
    is_same = _is_same_as_corrected(line, correction, change)
    if not reason:
        if is_same and not change.submit and not change.refused_files:
            return _standing(work, line)
        wrong = judge(line.question, change.answer, today=work.today).faults
        return _refused(work, line, change, fault("correction", EntryFault.CORRECTION), *wrong)
    if is_same:
        return _refused(work, line, change, fault("correction", EntryFault.SAME))
    outcome = _outcome_of_draft(work, line, correction, change)
    if outcome.is_kept:
        work.carried += [(correction, proof) for proof in line.evidence]
    return outcome


def _is_same_as_corrected(line: Line, recording: Recording, change: RecordingChange) -> bool:
    """A correction that says and proves what the validated figure says and proves."""
    old = recording.supersedes
    if old is None or change.answer != old.answer or change.files:
        return False
    if not recording.pk:
        return all(proof.pk != change.without for proof in line.evidence)
    return _hashes(recording) == _hashes(old)


def _hashes(recording: Recording) -> set[str]:
    return set(recording.evidence.values_list("sha256", flat=True))


def _outcome_of_draft(
    work: Work, line: Line, recording: Recording | None, change: RecordingChange
) -> Outcome:
    judgement = judge(line.question, change.answer, today=work.today)
    faults = [*judgement.faults, *_file_faults(line, change)]
    stored = recording if recording is not None and recording.pk else None
    if stored and change.submit and _is_same_as_corrected(line, stored, change):
        faults.append(fault("correction", EntryFault.SAME))
    unkept = [one for one in faults if one.kind in EntryFault.unkept]
    if unkept:
        return _refused(work, line, change, *faults)
    is_same = change.answer == (line.answer if recording is line.recording else None)
    is_held = line.is_untouched and is_same and not change.files and not change.is_alone
    may_go = change.submit and judgement.is_ready and not faults
    is_sent = may_go and not is_held
    if is_same and not is_sent and not change.files:
        return replace(_standing(work, line, faults), is_held=may_go)
    if recording is None:
        recording = Recording(period=work.sheet.period, indicator_id=line.indicator_id)
    _fill(work, line, recording, judgement, is_changed=not is_same, is_sent=is_sent)
    work.files += [(recording, one) for one in change.files]
    return Outcome(
        indicator_id=line.indicator_id,
        state=EntryState.SUBMITTED if is_sent else _state(judgement, faults),
        judgement=judgement,
        token="",
        faults=tuple(faults),
        is_sent=is_sent,
    )


def _state(judgement: Judgement, faults: Sequence[Fault]) -> EntryState:
    if any(one.is_wrong for one in faults):
        return EntryState.WRONG
    is_told = len(faults) > len(judgement.faults)
    return EntryState.INCOMPLETE if is_told and judgement.is_ready else judgement.state


def _file_faults(line: Line, change: RecordingChange) -> list[Fault]:
    found = [
        Fault(field="files", kind=EntryFault.FILE, message=message)
        for message in change.refused_files
    ]
    there = {proof.sha256 for proof in line.evidence}
    if len(there | {one.sha256 for one in change.files}) > MAX_FILES:
        found.append(fault("files", EntryFault.FILES, limit=MAX_FILES))
    return found


def _standing(work: Work, line: Line, faults: Sequence[Fault] | None = None) -> Outcome:
    """The row as it is: nothing was to be written, and what stands against it is told again while
    it is still to be written."""
    judgement = line.judged(work.today)
    if faults is None:
        is_written = line.recording is None or line.recording.is_writable
        faults = judgement.faults if is_written else ()
    return Outcome(
        indicator_id=line.indicator_id,
        state=line.state(work.today) if not faults else _state(judgement, faults),
        judgement=judgement,
        token="",
        faults=tuple(faults),
    )


def _refused(work: Work, line: Line, change: RecordingChange, *faults: Fault) -> Outcome:
    """The row stays as it is, and what was typed comes back with what stands against it."""
    is_wrong = any(one.is_wrong for one in faults)
    return Outcome(
        indicator_id=line.indicator_id,
        state=EntryState.WRONG if is_wrong else EntryState.INCOMPLETE,
        judgement=judge(line.question, change.answer, today=work.today),
        token="",
        faults=faults,
        is_kept=False,
    )


def _conflict(work: Work, line: Line, change: RecordingChange) -> Outcome:
    refused = _refused(work, line, change, fault("value", EntryFault.CONFLICT))
    recording = line.recording
    return replace(
        refused,
        saved=line.answer,
        who=str(recording.entered_by) if recording else "",
        when=recording.entered_at if recording else None,
    )


def _fill(
    work: Work,
    line: Line,
    recording: Recording,
    judgement: Judgement,
    *,
    is_changed: bool,
    is_sent: bool,
) -> None:
    """Put the answer into the row, and the row among those to be written."""
    answer = judgement.answer
    recording.take(judgement.value or replace(read(""), printed=answer.value))
    for name in FIELDS:
        if name != "value":
            setattr(recording, name, getattr(answer, name))
    recording.numerator_value = judgement.numerator
    recording.denominator_value = judgement.denominator
    if judgement.value is None:
        recording.numerator_value = recording.denominator_value = None
    recording.supplier_id = line.supplier_id
    if is_changed or not recording.pk:
        recording.entered_at, recording.entered_by = work.at, work.by
        recording.acted_for = work.acted_for.get(line.supplier_id)
    recording.state = RecordingState.DRAFT
    if is_sent:
        recording.state = RecordingState.SUBMITTED
        recording.submitted_at, recording.submitted_by = work.at, work.by
        recording.submitted_for = work.acted_for.get(line.supplier_id)
        recording.return_reason = ""
        work.sent.append((line, recording))
    recording.full_clean(
        exclude=[f.name for f in Recording._meta.fields if f.is_relation],
        validate_unique=False,
        validate_constraints=False,
    )
    if recording.pk:
        recording.version += 1
        work.changed.append(recording)
        return
    if recording.supersedes is not None:
        recording.supersedes.is_current = False
        work.superseded.append(recording.supersedes)
    work.new.append(recording)
