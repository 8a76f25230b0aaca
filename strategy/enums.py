"""Fixed vocabularies of the plan."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanState(TextChoices):
    """Where a plan stands in its life (domain: states of the plan)."""

    DRAFT = "draft", _("Draft")
    CONSULTATION = "consultation", _("In consultation")
    PROPOSED = "proposed", _("Proposed")
    ADOPTED = "adopted", _("Adopted")
    PUBLISHED = "published", _("Published")
    UPDATING = "updating", _("Being updated")
    CLOSED = "closed", _("Closed")

    # States in which at least one edition has been adopted: every signed-in person reads the plan.
    in_force = nonmember(frozenset({"adopted", "published", "updating", "closed"}))
    # States in which what is printed is not yet an act: BOZZA stands across the pages.
    unadopted = nonmember(frozenset({"draft", "consultation", "proposed", "updating"}))
    # States in which planning may edit.
    editable = nonmember(frozenset({"draft", "consultation", "updating"}))
    # States in which the plan of the following triennium may be made of this one.
    continuable = nonmember(frozenset({"published", "updating", "closed"}))
    # States after which nothing of the plan is measured any more.
    over = nonmember(frozenset({"closed"}))


class PlanAct(TextChoices):
    """What leads a plan from one state to the next: the words of the buttons.

    Each value is the name of the right it needs (see also: strategy.rules, strategy.transitions).
    """

    OPEN_CONSULTATION = "open_consultation", _("Open the consultation")
    RECORD_CONSULTATION = "record_consultation", _("Record an opinion")
    PROPOSE = "propose_plan", _("Propose to the Giunta")
    ADOPT = "adopt_plan", _("Adopt")
    SEND_BACK = "send_back_plan", _("Send back to work")
    PUBLISH = "publish_plan", _("Publish")
    OPEN_UPDATE = "open_update", _("Open an update")
    CLOSE = "close_plan", _("Close the plan")


class ConsultedBody(TextChoices):
    """Who is heard on a plan before it is proposed (section 3.2)."""

    UNIONS = "unions", _("Unions and RSU")
    CUG = "cug", _("CUG")
    OIV = "oiv", _("OIV")


class ConsultationOutcome(TextChoices):
    """What the body heard said."""

    FAVOURABLE = "favourable", _("favourable")
    REMARKS = "remarks", _("favourable with remarks")
    CONTRARY = "contrary", _("contrary")
    NO_REPLY = "no_reply", _("no reply within the term")

    # Outcomes that say why.
    reasoned = nonmember(frozenset({"remarks", "contrary"}))


class ChangeKind(TextChoices):
    """What happened to a thing between two states of a plan."""

    ADDED = "added", pgettext_lazy("between two editions", "added")
    REMOVED = "removed", pgettext_lazy("between two editions", "removed")
    MOVED = "moved", pgettext_lazy("between two editions", "moved")
    CHANGED = "changed", pgettext_lazy("between two editions", "changed")


class PlanPart(TextChoices):
    """Which part of the plan a difference lies in."""

    PLAN = "plan", _("Title page")
    MAP = "map", _("Strategy map and POLA tree")
    CELLS = "cells", _("Targets and results")
    INDICATORS = "indicators", _("Indicators")
    DASHBOARDS = "dashboards", _("Dashboards and their rows")
    PROJECTS = "projects", _("Project sheets")
    DOCUMENT = "document", _("Text of the document")
    TABLES = "tables", _("Tables of figures")
    STAFF = "staff", _("Staff")
    ANNEXES = "annexes", _("Agile work")


class MapKind(TextChoices):
    """Which tree a branch belongs to: the balanced scorecard or the POLA programme (5.4)."""

    STRATEGY = "strategy", _("Strategy map")
    POLA = "pola", _("POLA development programme")


class BranchKind(TextChoices):
    """What a branch of the tree is; the values are the words of the acts in the register."""

    PERSPECTIVE = "perspective", _("perspective")
    OBJECTIVE = "objective", _("objective")
    ACTION = "action", _("action")


class DashboardKind(TextChoices):
    """Whose dashboard it is."""

    STRATEGIC = "strategic", _("Strategic dashboard")
    UNIT = "unit", _("Dashboard of a unit")
    SECRETARY_GENERAL = "secretary_general", _("Dashboard of the Secretary General")
    DIRIGENTE = "dirigente", _("Dashboard of the dirigente")
    POLA = "pola", _("POLA indicators")

    # Dashboards that receive indicators by cascade (section 4 of the plan).
    cascaded = nonmember(frozenset({"unit", "secretary_general", "dirigente"}))


class RowNature(TextChoices):
    """Strategic when the indicator also stands on the strategic dashboard; derived, not stored."""

    STRATEGIC = "strategico", _("strategic")
    OPERATIONAL = "operativo", _("operational")


class ScoreLevel(TextChoices):
    """What a degree of attainment is of; the words of the published `attainment.csv`."""

    INDICATOR = "indicator", _("indicator")
    ACTION = "action", _("action")
    OBJECTIVE = "objective", _("objective")
    PERSPECTIVE = "perspective", _("perspective")
    BODY = "ente", pgettext_lazy("level of a score", "the whole Chamber")
    DASHBOARD = "dashboard", _("dashboard")


class RowLevel(TextChoices):
    """The rank of a row in a table of figures: a total, an item, a detail, the final result."""

    ITEM = "item", _("item")
    TOTAL = "total", _("total")
    DETAIL = "detail", _("detail")
    RESULT = "result", pgettext_lazy("row of figures", "result")
    HEADING = "heading", _("heading")


class CellFault(TextChoices):
    """Why a changed cell of the grid is not saved; the label is the word of its state."""

    NOTATION = "notation", _("to be corrected")
    CONFLICT = "conflict", _("changed by somebody else meanwhile")
    REASON = "reason", _("without its reason")
    CLOSED = "closed", _("not open for changes")


class ActivityState(TextChoices):
    """Where an activity of a project stands on a day; the label is the word of its state."""

    TO_COME = "to_come", _("to begin")
    UNDER_WAY = "under_way", _("under way")
    LATE = "late", _("late")
    DONE = "done", _("finished")
    DONE_LATE = "done_late", _("finished after its date")


class ActivityFault(TextChoices):
    """Why the target or the result of an activity is not taken; the label is the sentence shown to
    whoever wrote it."""

    UNMEASURABLE = (
        "unmeasurable",
        _("The target of an activity is something to reach: 100%, 30.6.2021, 12 or SI."),
    )
    KIND = (
        "kind",
        _("The target is “%(target)s”: the result is written in the same way."),
    )
    BOUND = "bound", _("Write what came out, without ≥, ≤ or “entro”, and SI or NO alone.")
    WITHOUT_DAY = (
        "without_day",
        _("The target is a day: a finished activity is told by the day on which it ended."),
    )
    FUTURE = "future", _("This day has yet to come.")


class CheckRule(TextChoices):
    """By which rule something is found on a plan before it is proposed, in the order of reading."""

    OBJECTIVE = "objective", _("Objective without indicator")
    TARGET = "target", _("Indicator without target")
    SOURCE = "source", _("Indicator without source")
    POLARITY = "polarity", _("Polarity missing or to confirm")
    RATIO = "ratio", _("Ratio without denominator")
    AMBITION = "ambition", _("Target worse than the last result, without reason")
    WEIGHTS = "weights", _("Weights")
    PROJECT = "project", _("Project without activities")
    CEILING = "ceiling", _("Minimum share of agile workers")
    FIGURES = "figures", _("Figures that disagree")
    SECTION = "section", _("Empty section")
    BLOCK = "block", _("Dashboards, map and tables not in the document")
    PICTURE = "picture", _("Picture without alternative text")

    @property
    def reference(self) -> str:
        """Where the rule stands: sections of the plan, articles of the guidelines."""
        return REFERENCES.get(self, "")


REFERENCES = {
    CheckRule.OBJECTIVE: "3.2",
    CheckRule.TARGET: "3.2, 3.3, 5.4",
    CheckRule.SOURCE: "3.2",
    CheckRule.AMBITION: "3.2",
    CheckRule.WEIGHTS: "3.2",
    CheckRule.PROJECT: "3.2",
    CheckRule.CEILING: "5.2.4; Linee guida, art. 3",
    CheckRule.BLOCK: "3.1-3.3, 4, 5.4",
    CheckRule.PICTURE: "WCAG 1.1.1",
}
