"""Which words an indicator, its target and its result are classified with."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TargetKind(TextChoices):
    """What sort of thing a target or a result is; it belongs to the indicator-year.

    Whether an indicator divides two counts or measures a project is a fact of the indicator
    (`is_ratio`, `is_project`): its cells print percentages all the same.
    """

    NUMBER = "number", _("number")
    PERCENT = "percent", _("percentage")
    MONEY = "money", _("amount in euro")
    DATE = "date", _("date")
    YES_NO = "yes_no", _("yes or no")
    RANGE = "range", _("range")
    TEXT = "text", _("words")


class Polarity(TextChoices):
    """Which way a result improves."""

    HIGHER_IS_BETTER = "higher", _("higher is better")
    LOWER_IS_BETTER = "lower", _("lower is better")


class Availability(TextChoices):
    """Why a cell of the plan carries, or does not carry, a value."""

    STATED = "stated", _("stated")
    NOT_FORESEEN = "not_foreseen", _("not foreseen in the year")
    NOT_FILLED = "not_filled", _("not filled in")
    NOT_AVAILABLE = "not_available", _("not available")
    MONITORING = "monitoring", _("monitoring")


class Comparator(TextChoices):
    """How a target binds the result; blank when the plan prints the bare value."""

    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")
    BY = "by", _("by the date")

    __empty__ = _("none")


class MeasurementArea(TextChoices):
    """The letters of art. 8, paragraph 1, D.Lgs. 150/2009 that the plan follows."""

    COMMUNITY_NEEDS = "a", _("a) policies and needs of the community")
    PLANS_AND_PROGRAMMES = "b", _("b) plans and programmes carried out")
    SATISFACTION = "c", _("c) satisfaction of those served")
    MODERNIZATION = "d", _("d) modernization of the organization and skills")
    RELATIONS = "e", _("e) relations with citizens, enterprises and stakeholders")
    EFFICIENCY = "f", _("f) efficiency in the use of resources")
    SERVICE_QUALITY = "g", _("g) quality and quantity of services")


class AttainmentBand(TextChoices):
    """The word that stands beside a degree of attainment."""

    BEYOND = "beyond", _("beyond the target")
    REACHED = "reached", _("reached")
    PARTLY_REACHED = "partly_reached", _("partly reached")
    NOT_REACHED = "not_reached", _("not reached")
    NOT_MEASURABLE = "not_measurable", _("not measurable")


class NotationFault(TextChoices):
    """Why a written value is not read; the label is the sentence shown to whoever wrote it."""

    UNREADABLE = (
        "unreadable",
        _("“%(text)s” cannot be read. Write for example %(examples)s or -."),
    )
    AMBIGUOUS_POINT = (
        "ambiguous_point",
        _(
            "In “%(text)s” the point may mark thousands or decimals. "
            "Write for example %(examples)s or -."
        ),
    )
    NO_SUCH_DAY = (
        "no_such_day",
        _("“%(text)s” is not a day of the calendar. Write for example %(examples)s or -."),
    )
    REVERSED_RANGE = (
        "reversed_range",
        _("“%(text)s” begins above its end. Write for example da 1 a 3, %(examples)s or -."),
    )
    TOO_LONG = (
        "too_long",
        _("“%(text)s” is too long for a value. Write for example %(examples)s or -."),
    )
