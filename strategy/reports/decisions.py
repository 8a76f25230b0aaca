"""What is left to decide on a plan that was made of the one before: read anew at every look."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.enums import Availability
from indicators.models import Actual, Indicator, Target
from strategy.enums import ConsultedBody, DashboardKind
from strategy.models import Action, Consultation, Dashboard, DashboardRow, Plan, Section
from strategy.reports.triennium import ALL_YEARS, years_printed

YEAR = re.compile(r"\b20[0-9]{2}\b")
YEARS_BEFORE = 3
MARK = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide, what is said of it, where it is done."""

    label: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A sort of decision with all its things; `is_news` when there is nothing to do but to know,
    `is_for_editors` when its page is open to those alone who may change the plan."""

    title: str
    text: str
    items: tuple[Item, ...]
    url: str = ""
    action: str = ""
    is_news: bool = False
    is_for_editors: bool = False


def decisions(plan: Plan) -> list[Decision]:
    """Everything left to decide, in the order in which it is best done; what is done is gone.

    The number of statements does not depend on the size of the plan.
    """
    read = _Reading(plan)
    every = [
        read.targets_of_the_ente(),
        read.targets_of_the_units(),
        read.monitoring(),
        read.polarities(),
        read.baselines(),
        read.texts(),
        read.tables(),
        read.consultations(),
        read.actions_without_rows(),
        read.left_out(),
    ]
    return [decision for decision in every if decision.items]


class _Reading:
    """The rows of the plan with their targets, read once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        rows = DashboardRow.objects.filter(dashboard__plan=plan).select_related("indicator")
        self.rows = list(rows.select_related("dashboard__unit", "indicator").in_order())
        self.indicators: dict[int, Indicator] = {
            row.indicator_id: row.indicator for row in self.rows
        }
        shown = DashboardRow.objects.filter(dashboard__plan=plan).values("indicator")
        self.targets: dict[int, dict[int, Target]] = defaultdict(dict)
        for target in Target.objects.for_cycle(plan.first_year).filter(indicator__in=shown):
            self.targets[target.indicator_id][target.year] = target

    def _page(self, indicator: int) -> str:
        return reverse("strategy:indicator-detail", args=[self.plan.first_year, indicator])

    def _unset(self, indicator: int, years: Iterable[int]) -> list[int]:
        """The years in which the indicator has nothing, not even a hyphen."""
        targets = self.targets[indicator]
        return [
            year
            for year in years
            if year not in targets or targets[year].availability == Availability.NOT_FILLED
        ]

    def targets_of_the_ente(self) -> Decision:
        """Empty cells of the strategic dashboard and of the POLA."""
        items = {
            row.indicator_id: Item(
                str(row), ", ".join(map(str, unset)), self._page(row.indicator_id)
            )
            for row in self.rows
            if row.dashboard.kind in ALL_YEARS
            for unset in [self._unset(row.indicator_id, self.plan.years)]
            if unset
        }
        return Decision(
            _("Targets to set"),
            _("Indicators of the strategic dashboard and of the POLA whose cells are empty."),
            tuple(items.values()),
            reverse("strategy:strategic-dashboard", args=[self.plan.first_year]),
            _("Strategic dashboard"),
        )

    def targets_of_the_units(self) -> Decision:
        """Dashboards by cascade that print a year nobody has set."""
        empty: dict[Dashboard, int] = defaultdict(int)
        for row in self.rows:
            years = years_printed(row.dashboard.kind, self.plan.first_year)
            if row.dashboard.kind in DashboardKind.cascaded:
                empty[row.dashboard] += bool(self._unset(row.indicator_id, years))
        return Decision(
            _("Targets %(year)s of the units") % {"year": self.plan.first_year},
            _("The plan before set the targets of the units for its first year alone."),
            tuple(
                Item(
                    dashboard.title,
                    ngettext("%(n)s row to set", "%(n)s rows to set", count) % {"n": count},
                    reverse(
                        "strategy:dashboard-detail", args=[self.plan.first_year, dashboard.slug]
                    ),
                )
                for dashboard, count in empty.items()
                if count
            ),
            reverse("strategy:dashboard-list", args=[self.plan.first_year]),
            _("Dashboards"),
        )

    def monitoring(self) -> Decision:
        """Years that are only watched: is it still meant?"""
        items = []
        for pk, indicator in self.indicators.items():
            years = [
                str(year)
                for year, target in sorted(self.targets[pk].items())
                if year in self.plan.years and target.availability == Availability.MONITORING
            ]
            if years:
                items.append(Item(indicator.name, ", ".join(years), self._page(pk)))
        return Decision(
            _("Monitoring to confirm"),
            _("Indicators watched without a target: a target, or monitoring again?"),
            tuple(items),
        )

    def polarities(self) -> Decision:
        """Numeric targets of the plan whose polarity nobody has confirmed."""
        shown = DashboardRow.objects.filter(dashboard__plan=self.plan).values("indicator")
        unconfirmed = (
            Target.objects.for_cycle(self.plan.first_year)
            .with_polarity_to_confirm()
            .filter(indicator__in=shown, year__in=self.plan.years)
            .values_list("indicator", flat=True)
        )
        found = [pk for pk in self.indicators if pk in set(unconfirmed)]
        return Decision(
            _("Polarities to confirm"),
            _("Whether higher or lower is better was never confirmed."),
            tuple(Item(self.indicators[pk].name, "", self._page(pk)) for pk in found),
            reverse("strategy:polarity-confirm", args=[self.plan.first_year]),
            _("Confirm them"),
            is_for_editors=True,
        )

    def baselines(self) -> Decision:
        """Indicators without the result that is the starting value."""
        year = self.plan.baseline_year
        stated = (
            Actual.objects.current().for_year(year).exclude(availability=Availability.NOT_FILLED)
        )
        there = set(stated.values_list("indicator", flat=True))
        return Decision(
            _("Starting values still missing"),
            _(
                "The last result, that of %(year)s, becomes the starting value by itself as soon "
                "as it is recorded."
            )
            % {"year": year},
            tuple(
                Item(indicator.name, "", self._page(pk))
                for pk, indicator in self.indicators.items()
                if pk not in there
            ),
        )

    def texts(self) -> Decision:
        """Sections not marked as done whose words quote a year, and headings that do."""
        sections = Section.objects.filter(plan=self.plan, is_done=False).in_order()
        return Decision(
            _("Texts that quote years"),
            _("Sections not marked as done, headings of dashboards, with the years they quote."),
            (*self._sections(sections.prefetch_related("blocks")), *self._headings()),
            reverse("strategy:document", args=[self.plan.first_year]),
            _("Document"),
        )

    def _sections(self, sections: Iterable[Section]) -> Iterator[Item]:
        for section in sections:
            blocks = [f"{one.caption} {one.lead}" for one in section.blocks.all()]
            said = [section.title, section.summary, section.key_figure_caption, section.body]
            if years := years_quoted(self.plan, *said, *blocks):
                url = reverse("strategy:section-detail", args=[self.plan.first_year, section.slug])
                yield Item(section.heading, years, url)

    def _headings(self) -> Iterator[Item]:
        for dashboard in {row.dashboard: None for row in self.rows}:
            if years := years_quoted(self.plan, dashboard.heading):
                url = reverse(
                    "strategy:dashboard-detail", args=[self.plan.first_year, dashboard.slug]
                )
                yield Item(dashboard.heading, years, url)

    def tables(self) -> Decision:
        """Tables of figures that speak of years."""
        items = []
        for table in self.plan.reference_tables.prefetch_related("columns"):
            headings = [column.heading for column in table.columns.all()]
            if years := years_quoted(self.plan, table.caption, *headings):
                items.append(Item(table.caption, years))
        return Decision(
            _("Tables of figures to bring up to date"),
            _("They were copied as printed; captions and columns quote these years."),
            tuple(items),
        )

    def consultations(self) -> Decision:
        """Who has not been heard yet on this revision."""
        heard = Consultation.objects.filter(plan=self.plan, revision=self.plan.revision)
        bodies = set(heard.values_list("body", flat=True))
        return Decision(
            _("Consultations to hold"),
            _("They are held before the plan is proposed."),
            tuple(Item(str(body.label)) for body in ConsultedBody if body.value not in bodies),
        )

    def actions_without_rows(self) -> Decision:
        """Actions that lost their last row."""
        empty = Action.objects.filter(objective__perspective__plan=self.plan, rows=None)
        empty = empty.select_related("objective").order_by(
            "objective__perspective__position", "objective__position", "position"
        )
        return Decision(
            _("Actions without indicators"),
            _("Their series ended or were retired: measure them anew, or take them away."),
            tuple(Item(action.name, action.objective.heading) for action in empty),
            reverse("strategy:structure", args=[self.plan.first_year]),
            _("Structure of the plan"),
            is_for_editors=True,
        )

    def left_out(self) -> Decision:
        """What the plan before had and this one has not."""
        before = DashboardRow.objects.filter(dashboard__plan=self.plan.continues_id)
        gone = (
            Indicator.objects.filter(pk__in=before.values("indicator"))
            .exclude(
                pk__in=DashboardRow.objects.filter(dashboard__plan=self.plan).values("indicator")
            )
            .order_by("pk")
        )
        return Decision(
            _("Indicators not carried"),
            _("Nothing was foreseen any more (-), or they were retired, or removed since."),
            tuple(Item(one.name, _("retired") if one.retired_on else _("ended")) for one in gone),
            is_news=True,
        )


def years_quoted(plan: Plan, *texts: str) -> str:
    """The years about the triennium that words speak of, in order: those of the plan before and
    of its data, not those by which laws are cited. Addresses and marks are not words."""
    found = {int(year) for text in texts for year in YEAR.findall(MARK.sub(" ", text))}
    about = range(plan.first_year - YEARS_BEFORE, plan.last_year + 1)
    return ", ".join(str(year) for year in sorted(found) if year in about)
