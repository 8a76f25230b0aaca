"""Fixed vocabularies of agile work."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RuleEffect(TextChoices):
    """What a rule of the guidelines does when it is not respected."""

    BLOCKS = "blocks", _("blocks")
    WARNS = "warns", _("warns")
    WORKFLOW = "workflow", _("sets a procedure")
    DECLARATION = "declaration", _("asks for a declaration")
    INFORMATION = "information", _("informs")

    # Effects that hold a request back or raise a warning on it: worth a word beside the rule.
    enforced = nonmember(frozenset({"blocks", "warns"}))


class NormKind(TextChoices):
    """How the value of a norm is written."""

    NUMBER = "number", _("whole number")
    SHARE = "share", _("per cent")
    DATE = "date", _("date")
    TIME = "time", _("hour")
    SWITCH = "switch", _("yes or no")


class NormKey(TextChoices):
    """What the guidelines of agile work fix with a number, an hour or a day (Allegato 1, 5.2.4).

    The value in force on a day is data (`Norm`); article and kind belong to the key.
    """

    TRIAL_ENDS_ON = "trial_ends_on", _("end of the trial")
    SHARE_OF_WORKERS = "share_of_workers", _("share of workers who can use agile work")
    MONTHS_FROM_HIRE = "months_from_hire", _("months of service before the request")
    MATERNITY_YEARS = "maternity_years", _("years of precedence after maternity leave")
    MIN_DAYS_PER_WEEK = "min_days_per_week", _("least days a week")
    MAX_DAYS_PER_WEEK = "max_days_per_week", _("most days a week")
    MAX_DAYS_PER_MONTH = "max_days_per_month", _("most days a month (0: no limit)")
    LEAST_WORKED_DAYS = "least_worked_days", _("worked days of a week from which the least counts")
    REVOCATION_HOURS = "revocation_hours", _("notice for the revocation of a day, hours")
    REST_BEGINS = "rest_begins", _("disconnection from")
    REST_ENDS = "rest_ends", _("disconnection to")
    REST_HOURS = "rest_hours", _("consecutive hours of rest")
    MORNING_OPENS = "morning_opens", _("morning contact window, not before")
    MORNING_CLOSES = "morning_closes", _("morning contact window, not after")
    MORNING_HOURS = "morning_hours", _("morning contact window, least hours")
    AFTERNOON_OPENS = "afternoon_opens", _("afternoon contact window, not before")
    AFTERNOON_CLOSES = "afternoon_closes", _("afternoon contact window, not after")
    AFTERNOON_HOURS = "afternoon_hours", _("afternoon contact window, least hours")
    FIRST_TERM_MONTHS = "first_term_months", _("first duration of an agreement, months")
    NOTICE_DAYS = "notice_days", _("notice of withdrawal, days")
    NOTICE_DAYS_DISABLED = "notice_days_disabled", _("notice to a disabled worker, days")
    SUSPENSION_DAYS = "suspension_days", _("longest suspension, days")
    MIN_COVER = "min_cover", _("least presence in the office, % of the people of the unit")
    HORIZON_WEEKS = "horizon_weeks", _("how far ahead a day can be asked, weeks")
    SUBMISSION_DAY = "submission_day", _("day of the month by which the next one is submitted")
    EXPIRY_REMINDER_DAYS = "expiry_reminder_days", _("reminder before an agreement ends, days")
    PRESENCE_PREVAILS = "presence_prevails", _("presence in the office prevails")
    WORKING_WEEKS = "working_weeks", _("weeks worked in a year")

    @property
    def article(self) -> int:
        """The article of the guidelines that fixes it, 0 when a section of the plan does."""
        return NORMS[self][0]

    @property
    def kind(self) -> NormKind:
        """How its value is written."""
        return NormKind(NORMS[self][1])

    @property
    def reference(self) -> str:
        """The article or section as it is quoted: Art. 4."""
        return f"Art. {self.article}" if self.article else "5.2.4"


NORMS: dict[str, tuple[int, str]] = {
    "trial_ends_on": (1, "date"),
    "share_of_workers": (3, "share"),
    "months_from_hire": (3, "number"),
    "maternity_years": (3, "number"),
    "min_days_per_week": (4, "number"),
    "max_days_per_week": (4, "number"),
    "max_days_per_month": (4, "number"),
    "least_worked_days": (4, "number"),
    "revocation_hours": (4, "number"),
    "rest_begins": (5, "time"),
    "rest_ends": (5, "time"),
    "rest_hours": (5, "number"),
    "morning_opens": (5, "time"),
    "morning_closes": (5, "time"),
    "morning_hours": (5, "number"),
    "afternoon_opens": (5, "time"),
    "afternoon_closes": (5, "time"),
    "afternoon_hours": (5, "number"),
    "first_term_months": (6, "number"),
    "notice_days": (8, "number"),
    "notice_days_disabled": (8, "number"),
    "suspension_days": (8, "number"),
    "min_cover": (2, "share"),
    "horizon_weeks": (5, "number"),
    "submission_day": (5, "number"),
    "expiry_reminder_days": (6, "number"),
    "presence_prevails": (4, "switch"),
    "working_weeks": (0, "number"),
}


class Grade(TextChoices):
    """How far an activity can be done remotely, as its mapping says (5.2.2)."""

    FULL = "full", _("can be done remotely")
    PARTLY = "partly", _("can be done remotely in part")
    NONE = "none", _("cannot be done remotely")
    UNMAPPED = "unmapped", _("not mapped yet")

    remote = nonmember(frozenset({"full", "partly"}))


class AgreementState(TextChoices):
    """Where an individual agreement stands (art. 6 and 8)."""

    DRAFT = "draft", pgettext_lazy("agreement", "being written")
    OFFERED = "offered", pgettext_lazy("agreement", "to be accepted")
    RUNNING = "running", pgettext_lazy("agreement", "in force")
    ENDED = "ended", pgettext_lazy("agreement", "expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("agreement", "withdrawn")
    DROPPED = "dropped", pgettext_lazy("agreement", "not concluded")

    # Concluded at least once: it counts from its first to its last day.
    concluded = nonmember(frozenset({"running", "ended", "withdrawn"}))
    # Not over yet: one at a time for each person.
    open = nonmember(frozenset({"draft", "offered", "running"}))


class DayState(TextChoices):
    """Where a day of agile work stands (art. 4 and 5)."""

    ASKED = "asked", pgettext_lazy("day", "asked")
    APPROVED = "approved", pgettext_lazy("day", "approved")
    REFUSED = "refused", pgettext_lazy("day", "refused")
    CANCELLED = "cancelled", pgettext_lazy("day", "cancelled")
    REVOKED = "revoked", pgettext_lazy("day", "revoked")
    PROPOSED = "proposed", pgettext_lazy("day", "proposed")
    DECLINED = "declined", pgettext_lazy("day", "proposal declined")
    RECALLED = "recalled", pgettext_lazy("day", "called back to the office")

    # They take one of the days of the week.
    live = nonmember(frozenset({"asked", "approved", "proposed"}))


class MonthState(TextChoices):
    """Where the monthly calendar of a person stands (art. 5)."""

    DRAFT = "draft", pgettext_lazy("month", "being written")
    SUBMITTED = "submitted", pgettext_lazy("month", "submitted")
    APPROVED = "approved", pgettext_lazy("month", "approved")
    PARTLY = "partly", pgettext_lazy("month", "approved in part")
    RETURNED = "returned", pgettext_lazy("month", "returned")

    # In the hands of the employee: days are asked and withdrawn, then submitted.
    open = nonmember(frozenset({"draft", "returned", "approved", "partly"}))
    decided = nonmember(frozenset({"approved", "partly"}))


class DayAct(TextChoices):
    """What happened to a day of agile work, as its story tells."""

    ASKED = "asked", pgettext_lazy("story of a day", "Asked")
    SUBMITTED = "submitted", pgettext_lazy("story of a day", "Submitted with the month")
    RETURNED = "returned", pgettext_lazy("story of a day", "Month returned")
    APPROVED = "approved", pgettext_lazy("story of a day", "Approved")
    REFUSED = "refused", pgettext_lazy("story of a day", "Not approved")
    CANCELLED = "cancelled", pgettext_lazy("story of a day", "Given up")
    REVOKED = "revoked", pgettext_lazy("story of a day", "Revoked")
    PROPOSED = "proposed", pgettext_lazy("story of a day", "Proposed in the place of another")
    ACCEPTED = "accepted", pgettext_lazy("story of a day", "Proposal accepted")
    DECLINED = "declined", pgettext_lazy("story of a day", "Proposal declined")
    RECALLED = "recalled", pgettext_lazy("story of a day", "Called back to the office")
