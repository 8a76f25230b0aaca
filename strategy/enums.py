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


class MapKind(TextChoices):
    """Which tree a branch belongs to: the balanced scorecard or the POLA programme (5.4)."""

    STRATEGY = "strategy", _("Strategy map")
    POLA = "pola", _("POLA development programme")


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


class RowLevel(TextChoices):
    """The rank of a row in a table of figures: a total, an item, a detail, the final result."""

    ITEM = "item", _("item")
    TOTAL = "total", _("total")
    DETAIL = "detail", _("detail")
    RESULT = "result", pgettext_lazy("row of figures", "result")
    HEADING = "heading", _("heading")
