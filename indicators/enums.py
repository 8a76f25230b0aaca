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


class AttainmentState(TextChoices):
    """Whether a result is measured against its target, and whether it is missed when it is not.

    What is outside counts neither as measured nor as to be measured; the others are within the
    coverage.
    """

    MEASURED = "measured", _("measured")
    WAITING = "waiting", _("without a result")
    INCOMPARABLE = "incomparable", _("not comparable")
    OUTSIDE = "outside", _("not to be measured")


class Treatment(TextChoices):
    """What a year makes of a result that is missing when it is closed."""

    EXCLUDED = "excluded", _("excluded, with a reason approved")
    ZERO = "zero", _("counts zero")


class AttainmentRule(TextChoices):
    """How the degree of attainment follows from target and result."""

    HIGHER = "higher", _("result / target × 100")
    LOWER = "lower", _("(2 × target - result) / target × 100, at least 0")
    PROJECT = "project", _("progress / progress expected × 100")
    DATE = "date", _("by the day 100, later 0; with a tolerance, less for each day of it used")
    YES_NO = "yes_no", _("100 when the answer is the one expected, otherwise 0")
    RANGE = "range", _("within the range 100, outside in proportion to the end missed")


class AttainmentNote(TextChoices):
    """What must be said of a degree of attainment, or why there is none; sentences."""

    # Outside numerator and denominator.
    TARGET_NOT_FORESEEN = "target_not_foreseen", _("Nothing is foreseen in the year.")
    TARGET_NOT_FILLED = "target_not_filled", _("No target is set for the year.")
    TARGET_NOT_AVAILABLE = "target_not_available", _("The target is not available.")
    MONITORING = "monitoring", _("It is watched without a target, so it never counts (plan, 3.2).")
    WORDS = "words", _("The target is a word: a value has still to be set.")
    # Within the coverage, outside the mean.
    ACTUAL_NOT_FORESEEN = "actual_not_foreseen", _("There is a target, but the result is “-”.")
    ACTUAL_NOT_FILLED = "actual_not_filled", _("The result is not filled in.")
    ACTUAL_NOT_AVAILABLE = "actual_not_available", _("The result is not available.")
    ZERO_DENOMINATOR = "zero_denominator", _("The denominator is zero: the result is n.d.")
    DIFFERENT_KINDS = (
        "different_kinds",
        _("The target is of kind “%(target)s”, the result of kind “%(actual)s”: not compared."),
    )
    ACTUAL_NOT_PRECISE = (
        "actual_not_precise",
        _("The result states a limit, not a value: not compared."),
    )
    POLARITY_MISSING = (
        "polarity_missing",
        _("Nobody has said whether higher or lower is better: not compared."),
    )
    # Remarks on a measured one.
    POLARITY_UNCONFIRMED = "polarity_unconfirmed", _("The polarity has still to be confirmed.")
    COMPARATOR_DECIDES = (
        "comparator_decides",
        _("The sign printed with the target decides, not the polarity recorded."),
    )
    EXACT_RATIO = (
        "exact_ratio",
        _("The two counts are divided exactly; the percentage written is rounded."),
    )
    HEADS_LEFT_OUT = (
        "heads_left_out",
        _("The number of people in brackets takes no part in the calculation."),
    )
    NEGATIVE_TARGET = (
        "negative_target",
        _("The target is negative: the distance is measured on its size."),
    )
    RAISED_TO_ZERO = "raised_to_zero", _("The formula gives less than zero: zero counts.")
    CAPPED = "capped", _("Beyond the target; in a mean it counts 100.")
    EARLY = "early", _("Measured before the end of the year.")
    # What the closing of the year made of a missing result.
    EXCLUDED = "excluded", _("Excluded from the year with a reason approved: it is in no mean.")
    COUNTED_ZERO = "counted_zero", _("Nothing can be held against the target: it counts zero.")


class AggregationMethod(TextChoices):
    """How several degrees of attainment become one."""

    FLAT = "flat", _("simple mean of the rows measured, each at most 100")
    WEIGHTED = "weighted", _("weighted mean of the rows measured, each at most 100")
    NESTED = "nested", _("mean of means: indicators, actions, objectives, perspectives")


class NotationFault(TextChoices):
    """Why a written value is not read; the label is the sentence shown to whoever wrote it."""

    UNREADABLE = (
        "unreadable",
        _("“%(text)s” cannot be read. Write for example %(examples)s."),
    )
    AMBIGUOUS_POINT = (
        "ambiguous_point",
        _(
            "In “%(text)s” the point may mark thousands or decimals. "
            "Write for example %(examples)s."
        ),
    )
    NO_SUCH_DAY = (
        "no_such_day",
        _("“%(text)s” is not a day of the calendar. Write for example %(examples)s."),
    )
    REVERSED_RANGE = (
        "reversed_range",
        _("“%(text)s” begins above its end. Write for example da 1 a 3, %(examples)s."),
    )
    TOO_LONG = (
        "too_long",
        _("“%(text)s” is too long for a value. Write for example %(examples)s."),
    )
