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
    WEEK_HOURS = "week_hours", _("hours of a full week of work")

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
    "week_hours": (7, "number"),
}


class Grade(TextChoices):
    """How far an activity can be done remotely, as its mapping says (5.2.2)."""

    FULL = "full", _("can be done remotely")
    PARTLY = "partly", _("can be done remotely in part")
    NONE = "none", _("cannot be done remotely")
    UNMAPPED = "unmapped", _("not mapped yet")

    remote = nonmember(frozenset({"full", "partly"}))


class EquipmentKind(TextChoices):
    """What is handed over for agile work (art. 9)."""

    PC = "pc", _("portable PC")
    VPN = "vpn", _("VPN access")
    VDI = "vdi", _("VDI access")


class IncidentKind(TextChoices):
    """What has to be reported at once while one works remotely (art. 4 and 10)."""

    ACCIDENT = "accident", _("accident")
    TECHNICAL = "technical", _("technical or security problem")


class ConsultedActor(TextChoices):
    """Who has a step in the plan of agile work, in the order of 5.3."""

    BODIES = "bodies", _("Giunta and Consiglio")
    SECRETARY_GENERAL = "secretary_general", _("Secretary General")
    UNIONS = "unions", _("Unions and RSU")
    CUG = "cug", _("CUG")
    OIV = "oiv", _("OIV")
    DIRIGENTI = "dirigenti", _("Dirigenti")
    EMPLOYEES = "employees", _("Employees")


class ConsultationPhase(TextChoices):
    """When an actor has its step: while the POLA is made, or once it runs (5.3)."""

    BUILDING = "building", _("making and adoption of the POLA")
    RUNNING = "running", _("agile work in operation")


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
    # Not over yet. Of a person two are so after a change of unit: the old one and the next.
    open = nonmember(frozenset({"draft", "offered", "running"}))
    # On its way: it may still be dropped.
    on_its_way = nonmember(frozenset({"draft", "offered"}))


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

    # Of a date one at most is so; those not approved take no place once their day has come.
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


class SheetState(TextChoices):
    """Where the activity sheet of a person for a month stands (art. 13)."""

    DRAFT = "draft", pgettext_lazy("activity sheet", "being written")
    SENT = "sent", pgettext_lazy("activity sheet", "sent")
    EVALUATED = "evaluated", pgettext_lazy("activity sheet", "evaluated")


class WorkGrade(TextChoices):
    """How the work of a month compares with that done in the office (art. 13)."""

    ABOVE = "above", pgettext_lazy("work", "more than in the office")
    EQUAL = "equal", pgettext_lazy("work", "as in the office")
    BELOW = "below", pgettext_lazy("work", "less than in the office")


class InterestState(TextChoices):
    """Where an expression of interest stands (art. 3)."""

    DRAFT = "draft", pgettext_lazy("request", "being written")
    SENT = "sent", pgettext_lazy("request", "sent")
    CHECKED = "checked", pgettext_lazy("request", "requirements checked")
    GRANTED = "granted", pgettext_lazy("request", "granted")
    REFUSED = "refused", pgettext_lazy("request", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "taken back")

    # Of each person one at a time is under way.
    open = nonmember(frozenset({"draft", "sent", "checked"}))
    # Somebody at the Chamber has to do something about it.
    waiting = nonmember(frozenset({"sent", "checked"}))


class Purpose(TextChoices):
    """What agile work is asked for: the letters of art. 1."""

    A = "a", _("more productivity and efficiency, with flexible hours")
    B = "b", _("work by objectives and results")
    C = "c", _("equal opportunities, work and life together, fewer absences")
    D = "d", _("a hard way to the office")
    E = "e", _("an easier return to full time")
    F = "f", _("sustainable mobility")


class PriorityKind(TextChoices):
    """Why a request has precedence (art. 3): special-category data."""

    MATERNITY = "maternity", _("within three years of the end of maternity leave")
    DISABLED_CHILD = "disabled_child", _("child with a disability (L. 104/1992, art. 3 c. 3)")
    OWN_DISABILITY = "own_disability", _("own disability (L. 68/1999)")
    HEALTH = "health", _("own health, fragile worker")
    DISADVANTAGE = "disadvantage", _("personal, social or family disadvantage")

    # First by law (L. 81/2017, art. 18 c. 3-bis); the others come after them, before who has none.
    by_law = nonmember(frozenset({"maternity", "disabled_child"}))


class Place(TextChoices):
    """Where agile work is done (art. 4)."""

    HOME = "home", _("residence")
    DOMICILE = "domicile", _("domicile")
    OTHER = "other", _("another suitable place")


class VersionState(TextChoices):
    """Where the text of an agreement stands."""

    WRITTEN = "written", pgettext_lazy("text of an agreement", "being written")
    OFFERED = "offered", pgettext_lazy("text of an agreement", "to be accepted")
    IN_FORCE = "in_force", pgettext_lazy("text of an agreement", "in force")
    REPLACED = "replaced", pgettext_lazy("text of an agreement", "replaced")
    DROPPED = "dropped", pgettext_lazy("text of an agreement", "not concluded")

    # One at a time of each agreement is on its way.
    open = nonmember(frozenset({"written", "offered"}))
    # Both sides accepted it: it holds from its first day on, until the next one does.
    concluded = nonmember(frozenset({"in_force", "replaced"}))


class Content(TextChoices):
    """The nine contents that an individual agreement must have (art. 6), in their order."""

    TERM = "term", _("Duration")
    OBJECTIVES = "objectives", _("Performance objectives")
    RETURNS = "returns", _("Number and rhythm of the returns to the office")
    AVAILABILITY = "availability", _("Hours of availability")
    EQUIPMENT = "equipment", _("Equipment")
    INDICATORS = "indicators", _("Indicators of measurement")
    MONITORING = "monitoring", _("Monitoring")
    NOTICE = "notice", _("Notice of withdrawal")
    WINDOWS = "windows", _("Contact windows")

    @property
    def article(self) -> int:
        """The article of the guidelines that says more about it."""
        return CONTENT_ARTICLES[self]


CONTENT_ARTICLES = {
    "term": 6,
    "objectives": 13,
    "returns": 4,
    "availability": 5,
    "equipment": 9,
    "indicators": 13,
    "monitoring": 13,
    "notice": 8,
    "windows": 5,
}


class Party(TextChoices):
    """Which side of an agreement acts."""

    EMPLOYEE = "employee", pgettext_lazy("side of an agreement", "the employee")
    EMPLOYER = "employer", pgettext_lazy("side of an agreement", "the Chamber")


class Letter(TextChoices):
    """For which cause the Chamber withdraws without notice (art. 8)."""

    A = "a", _("efficiency or efficacy below the parameters")
    B = "b", _("difficulty to work autonomously and to reach the objectives")
    C = "c", _("unforeseen needs of the service")


class WindowFaultKind(TextChoices):
    """What is wrong with a contact window (art. 5)."""

    MISSING = "missing", _("missing")
    REVERSED = "reversed", _("ends before it starts")
    OUTSIDE = "outside", _("outside its hours")
    SHORT = "short", _("too short")


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
    TAKEN = "taken", pgettext_lazy("story of a day", "Taken away")
