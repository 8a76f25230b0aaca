"""Fixed vocabularies of monitoring: figures in their periods, reminders, the end of a year."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PeriodState(TextChoices):
    """Whether the figures of a monitoring period can be entered on a day; derived, not stored."""

    TO_COME = "to_come", _("to come")
    OPEN = "open", pgettext_lazy("monitoring period", "open")
    REOPENED = "reopened", pgettext_lazy("monitoring period", "reopened")
    CLOSED = "closed", pgettext_lazy("monitoring period", "closed")

    # States in which figures are entered.
    writable = nonmember(frozenset({"open", "reopened"}))


class RecordingState(TextChoices):
    """How far the figure of an indicator in a period has come."""

    DRAFT = "draft", pgettext_lazy("figure", "draft")
    SUBMITTED = "submitted", pgettext_lazy("figure", "sent")
    RETURNED = "returned", pgettext_lazy("figure", "returned")
    VALIDATED = "validated", pgettext_lazy("figure", "validated")

    # States in which it is written by who supplies it.
    writable = nonmember(frozenset({"draft", "returned"}))
    # States in which others than who supplies it read it.
    told = nonmember(frozenset({"submitted", "returned", "validated"}))


class EntryKind(TextChoices):
    """How a figure is entered: as a value, a date, yes or no, two counts."""

    VALUE = "value", _("value")
    DATE = "date", _("date")
    YES_NO = "yes_no", _("yes or no")
    RATIO = "ratio", _("numerator and denominator")


class EntryState(TextChoices):
    """The word beside a row to be filled in."""

    BLANK = "blank", _("to fill in")
    INCOMPLETE = "incomplete", _("to complete")
    WRONG = "wrong", _("to be corrected")
    READY = "ready", _("ready")
    RETURNED = "returned", pgettext_lazy("figure", "returned")
    SUBMITTED = "submitted", pgettext_lazy("figure", "sent")
    VALIDATED = "validated", pgettext_lazy("figure", "validated")
    READ_ONLY = "read_only", _("read only")


class Forecast(TextChoices):
    """Whether the target of the year will be reached, as seen during the year."""

    YES = "yes", _("Yes")
    AT_RISK = "at_risk", _("At risk")
    NO = "no", _("No")

    # Forecasts that ask for a reason.
    doubtful = nonmember(frozenset({"at_risk", "no"}))


class DeviationCause(TextChoices):
    """Why a target is missed (guidelines 2/2017 of the Dipartimento della funzione pubblica)."""

    EXOGENOUS = "exogenous", _("exogenous")
    ENDOGENOUS = "endogenous", _("endogenous")
    BADLY_BUILT = "badly_built", _("badly built indicator")


class EntryFault(TextChoices):
    """Why a figure cannot be sent, or not be kept; the label is the sentence shown at the field."""

    MISSING = "missing", _("Write the value.")
    FORECAST = "forecast", _("Say whether the target will be reached.")
    REASON = "reason", _("Say why: the target is missed or at risk.")
    CAUSE = "cause", _("Say what the cause is.")
    HALF = "half", _("Numerator and denominator go together.")
    CORRECTION = "correction", _("Say why the validated figure is corrected.")
    SAME = "same", _("The correction changes nothing: change the value, the words or the proofs.")
    NOTATION = "notation", _("“%(text)s” cannot be read. Write for example %(example)s.")
    DAY = "day", _("“%(text)s” is not a day of the calendar. Write for example %(example)s.")
    POINT = (
        "point",
        _("In “%(text)s” the point may mark thousands or decimals. Write for example %(example)s."),
    )
    KIND = (
        "kind",
        _("%(asked)s is needed here, not “%(text)s”. Write for example %(example)s."),
    )
    LARGE = (
        "large",
        _("“%(text)s” is too large: at most 12 digits before the comma and 6 after it."),
    )
    BOUND = "bound", _("“%(text)s” is a limit: a result is a value, for example %(example)s.")
    YEAR = "year", _("%(text)s is not a day of %(year)s.")
    FUTURE = "future", _("%(text)s has yet to come: leave it empty until it is done.")
    COUNT = "count", _("“%(text)s” is not a count. Write for example 1.250.")
    WHOLE = (
        "whole",
        _(
            "The numerator is larger than the denominator: %(text)s. If it may be, planning says "
            "so in the definition of the indicator."
        ),
    )
    LENGTH = "length", _("Too long: at most %(limit)s characters.")
    CONFLICT = "conflict", _("Changed by somebody else while you were writing.")
    SENT = "sent", _("This figure was sent meanwhile: it is not changed any more.")
    CHOICE = "choice", _("“%(text)s” is not one of the choices.")
    FILE = "file", "%(text)s"
    FILES = "files", _("At most %(limit)s files for a figure.")

    # What is still to come, not wrong.
    unfinished = nonmember(
        frozenset({"missing", "forecast", "reason", "cause", "half", "correction", "same"})
    )
    # What is not kept, not even as a draft.
    unkept = nonmember(frozenset({"length", "conflict", "sent", "choice", "correction", "files"}))


class ReminderKind(TextChoices):
    """What a reminder tells."""

    OPENED = "opened", _("period opened")
    WEEK_BEFORE = "week_before", _("a week before the close")
    OVERDUE = "overdue", _("figures missing after the close")


class ResolutionState(TextChoices):
    """Where the decision on a missing result stands."""

    PROPOSED = "proposed", pgettext_lazy("decision", "to be approved")
    IN_FORCE = "in_force", pgettext_lazy("decision", "in force")
    REFUSED = "refused", pgettext_lazy("decision", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("decision", "withdrawn")

    # One of these stands at a time for an indicator in a year.
    standing = nonmember(frozenset({"proposed", "in_force"}))


class MissingPiece(TextChoices):
    """What an indicator of a year still lacks for whoever checks it, the heaviest first."""

    VALUE = "value", _("no result")
    REASON = "reason", _("no reason of the deviation")
    EVIDENCE = "evidence", _("no evidence")
    SOURCE = "source", _("no source")
    POLARITY = "polarity", _("polarity not confirmed")

    @property
    def is_light(self) -> bool:
        """Said softly: planning confirms polarities once for all."""
        return self is MissingPiece.POLARITY

    @property
    def counted(self) -> str:
        """The same beside a number of indicators: 4 without reason."""
        return str(COUNTED[self])


COUNTED = {
    MissingPiece.VALUE: pgettext_lazy("indicators", "without result"),
    MissingPiece.REASON: pgettext_lazy("indicators", "without reason"),
    MissingPiece.EVIDENCE: pgettext_lazy("indicators", "without evidence"),
    MissingPiece.SOURCE: pgettext_lazy("indicators", "without source"),
    MissingPiece.POLARITY: pgettext_lazy("indicators", "with polarity not confirmed"),
}


class ReasonFilter(TextChoices):
    """Which deviations are looked for: those told, or those that still say nothing."""

    WITHOUT = "senza", pgettext_lazy("deviations", "without")
    WITH = "con", pgettext_lazy("deviations", "with")


class YearAct(TextChoices):
    """What is done with a year that comes to its end: the words of the buttons.

    Each value is the name of the right it needs (see also: strategy.rules).
    """

    EXCLUDE = "propose_exclusions", _("Propose to exclude them")
    ZERO = "count_as_zero", _("Let them count zero")
    APPROVE = "approve_exclusions", _("Approve the exclusions")
    REFUSE = "refuse_exclusions", _("Refuse the exclusions")
    WITHDRAW = "withdraw_resolutions", _("Take the decision back")
    CLOSE = "close_year", _("Close the year")
    REOPEN = "reopen_year", _("Open the year again")
