"""The page of a service that enters its figures: rows by due date, each with what is said of it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.utils.translation import gettext as _

from organization.days import written
from strategy.entries import Answer, Fault, Judgement, judge, wants_forecast
from strategy.monitoring_enums import EntryKind, EntryState, RecordingState
from strategy.operations.recording_rows import Outcome, RecordingChange
from strategy.reports.project_figures import SheetFigure
from strategy.reports.recording import Line, Sheet

TONES = {
    EntryState.BLANK: "neutral",
    EntryState.INCOMPLETE: "caution",
    EntryState.WRONG: "error",
    EntryState.READY: "ok",
    EntryState.RETURNED: "caution",
    EntryState.SUBMITTED: "info",
    EntryState.VALIDATED: "ok",
    EntryState.READ_ONLY: "neutral",
}
RETURNED = "returned"
MORE = ("reason", "cause", "corrective_action", "note", "correction", "files")


@dataclass(frozen=True)
class Row:
    """A row of the page: what stands in its fields and what is said of them."""

    line: Line
    answer: Answer
    judgement: Judgement
    state: EntryState
    is_editable: bool
    faults: tuple[Fault, ...] = ()
    is_correcting: bool = False
    correction: str = ""
    conflict: Outcome | None = None
    token: str = ""
    project: SheetFigure | None = None
    is_discarding: bool = False

    @property
    def pk(self) -> int:
        """The indicator, as the names of the fields end."""
        return self.line.indicator_id

    @property
    def tone(self) -> str:
        """The look of its state."""
        return TONES[self.state]

    @cached_property
    def messages(self) -> Mapping[str, Fault]:
        """What is said at each field: the first thing, of the files whatever is said of each."""
        said = {one.field: one for one in reversed(self.faults)}
        if "files" in said:
            words = "\n".join(one.message for one in self.faults if one.field == "files")
            said["files"] = replace(said["files"], message=words)
        return said

    @property
    def is_value(self) -> bool:
        """A figure in the notation of the plan."""
        return self.line.question.entry == EntryKind.VALUE

    @property
    def is_date(self) -> bool:
        """The day on which something was done."""
        return self.line.question.entry == EntryKind.DATE

    @property
    def is_yes_no(self) -> bool:
        """Yes, no, or not available."""
        return self.line.question.entry == EntryKind.YES_NO

    @property
    def is_ratio(self) -> bool:
        """Two counts."""
        return self.line.question.entry == EntryKind.RATIO

    @property
    def wants_forecast(self) -> bool:
        """Asks whether the target will be reached."""
        return self.line.question.target is not None and not self.line.question.is_final

    @property
    def needs_forecast(self) -> bool:
        """The forecast is needed before it is sent."""
        return wants_forecast(self.line.question, self.judgement.value)

    @property
    def offers_sheet(self) -> bool:
        """The sheet of the project says another figure than the one that stands here."""
        said = self.project.printed if self.project else ""
        return self.is_editable and said not in ("", self.answer.value)

    @property
    def is_returned(self) -> bool:
        """Planning sent it back: told while it is not sent again."""
        return self.line.is_returned

    @property
    def is_untouched(self) -> bool:
        """Nothing was changed since planning sent it back: it goes only by its own button."""
        return self.is_editable and self.line.is_untouched

    @property
    def corrected(self) -> str:
        """The validated figure that a correction in writing would replace; empty of any other."""
        recording = self.line.recording
        if not self.is_editable or recording is None or recording.supersedes is None:
            return ""
        return recording.supersedes.printed or _("not yet")

    @property
    def may_correct(self) -> bool:
        """A validated figure of a period that is open."""
        return self.state == EntryState.VALIDATED and not self.is_correcting

    @property
    def is_open(self) -> bool:
        """The second part of the row is unfolded: something is asked, wrong or written there."""
        is_told = any(name in self.messages for name in MORE)
        is_asked = self.judgement.asks_reason or self.is_correcting or self.is_returned
        return is_told or is_asked

    @property
    def more_count(self) -> int:
        """How much stands in the second part."""
        texts = (self.answer.reason, self.answer.corrective_action, self.answer.note)
        return sum(bool(text) for text in texts) + len(self.line.evidence)

    @property
    def yes_no(self) -> str:
        """Which of the three answers is chosen."""
        value = self.judgement.value
        if value is None:
            return ""
        return "n.d." if value.is_yes is None else "SI" if value.is_yes else "NO"

    @property
    def other_text(self) -> str:
        """What was pasted in the place of an answer: it stays until one of the three is chosen."""
        return "" if self.yes_no else self.answer.value

    @property
    def shown(self) -> str:
        """The figure to be read, of a row that is not written."""
        recording = self.line.recording
        return recording.printed if recording and (self.line.is_mine or self.line.is_told) else ""

    @property
    def is_sent(self) -> bool:
        """It waits for planning."""
        return self.state == EntryState.SUBMITTED


@dataclass(frozen=True)
class Group:
    """The rows that planning sent back, or those due on the same day."""

    heading: str
    rows: tuple[Row, ...]
    name: str = ""  # as the address of the page leads to it


@dataclass(frozen=True)
class Page:
    """A sheet as it is shown on a day."""

    sheet: Sheet
    groups: tuple[Group, ...]
    is_open: bool
    today: datetime.date
    counts: Mapping[EntryState, int] = field(repr=False)

    @property
    def rows(self) -> list[Row]:
        """The rows that the unit supplies."""
        return [row for group in self.groups for row in group.rows if row.line.is_mine]

    @property
    def total(self) -> int:
        """How many figures the unit supplies."""
        return len(self.sheet.mine)

    @property
    def done(self) -> int:
        """How many of them were sent or validated."""
        return self.counts[EntryState.SUBMITTED] + self.counts[EntryState.VALIDATED]

    @property
    def ready(self) -> int:
        """How many can be sent now."""
        return self.counts[EntryState.READY]

    @property
    def wrong(self) -> int:
        """How many are to be corrected."""
        return self.counts[EntryState.WRONG]

    @property
    def open_rows(self) -> list[Row]:
        """The rows that can be written in."""
        return [row for row in self.rows if row.is_editable]

    @property
    def days_left(self) -> int:
        """Days until the period closes, today included; nothing once it is closed."""
        return (self.sheet.period.closes_on - self.today).days + 1 if self.is_open else 0


def recording_page(
    sheet: Sheet,
    *,
    today: datetime.date,
    correcting: int | None = None,
    discarding: int | None = None,
    changes: Sequence[RecordingChange] = (),
    outcomes: Mapping[int, Outcome] | None = None,
    projects: Mapping[int, SheetFigure] | None = None,
) -> Page:
    """The rows of a sheet: those returned, then by due date, then those only watched, then those of
    others; with what was typed and what was said of it when a save was refused, in part or (without
    outcomes) as a whole."""
    typed = {change.indicator_id: change for change in changes}
    is_open = sheet.period.is_open_on(today)
    # A period that closed meanwhile still shows what was typed, in its fields.
    is_typed = bool(typed)
    rows = [
        _row(
            line,
            today,
            is_open=is_open or is_typed,
            is_correcting=line.indicator_id == correcting,
            is_discarding=line.indicator_id == discarding,
            change=typed.get(line.indicator_id),
            outcome=(outcomes or {}).get(line.indicator_id),
            is_refused=outcomes is None,
            project=(projects or {}).get(line.indicator_id),
        )
        for line in sheet.lines
    ]
    counts = Counter(row.state for row in rows if row.line.is_mine)
    return Page(sheet, tuple(_groups(sheet, rows)), is_open, today, counts)


def _row(
    line: Line,
    today: datetime.date,
    *,
    is_open: bool,
    is_correcting: bool,
    is_discarding: bool,
    change: RecordingChange | None,
    outcome: Outcome | None,
    is_refused: bool,
    project: SheetFigure | None,
) -> Row:
    is_validated = line.recording is not None and line.recording.state == RecordingState.VALIDATED
    was_correcting = change is not None and change.correction is not None
    is_correcting = is_open and is_validated and (is_correcting or was_correcting)
    is_writable = line.recording is None or line.recording.is_writable
    is_editable = is_open and line.is_mine and (is_writable or is_correcting)
    is_refused = change is not None and (
        is_refused or (outcome is not None and not outcome.is_kept)
    )
    answer = change.answer if change and is_refused and is_editable else line.answer
    judgement = judge(line.question, answer, today=today)
    faults = outcome.faults if outcome else judgement.faults
    if not is_editable and not is_refused:
        faults = ()
    state = line.state(today)
    if is_refused and is_editable:
        state = outcome.state if outcome else judgement.state
    return Row(
        line=line,
        answer=answer,
        judgement=judgement,
        state=state,
        is_editable=is_editable,
        faults=tuple(faults),
        is_correcting=is_correcting,
        correction=(change.correction or "") if change else "",
        conflict=outcome if outcome and outcome.saved is not None else None,
        token=line.token,
        project=project,
        is_discarding=is_discarding,
    )


def _groups(sheet: Sheet, rows: Iterable[Row]) -> Iterable[Group]:
    mine = [row for row in rows if row.line.is_mine]
    returned = tuple(row for row in mine if row.is_returned)
    if returned:
        yield Group(_("Returned, to be mended"), returned, RETURNED)
    new = [row for row in mine if not row.is_returned]
    asked = [row for row in new if not row.line.is_monitoring]
    for day in sorted({row.line.question.due_on for row in asked}):
        due = tuple(row for row in asked if row.line.question.due_on == day)
        yield Group(due_heading(day, sheet.period.ends_on), due)
    watched = tuple(row for row in new if row.line.is_monitoring)
    if watched:
        yield Group(_("Only watched, outside the averages"), watched)
    others = tuple(row for row in rows if not row.line.is_mine)
    if others:
        yield Group(_("Another unit supplies it"), others)


def due_heading(day: datetime.date, ends_on: datetime.date) -> str:
    """The heading over the rows due on a day, at the end of a period."""
    words = {"day": written(day), "end": written(ends_on)}
    if day < ends_on:
        return _("The target was due on %(day)s") % words
    if day == ends_on:
        return _("The target is due on %(day)s") % words
    return _("The target is due on %(day)s, now the figure at %(end)s is needed") % words
