"""The programme of 5.2.4 beside what agreements and days give, line by line with its arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from organization.day_names import named
from pola.norms import Norms
from pola.statistics import MonthFigures, programme_days, share
from strategy.reports import TableReport

PROGRAMME_TABLE = "programma-agile"


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A line of the programme: as printed for each year, as computed, and how."""

    heading: str
    printed: tuple[tuple[str, str], ...]  # year and cell
    computed: str
    arithmetic: str


@dataclass(frozen=True, slots=True)
class ProgrammeReport:
    """The programme with its computed column; `month` is the last one computed, none without."""

    table: TableReport
    lines: tuple[ProgrammeLine, ...]
    month: MonthFigures | None

    @property
    def years(self) -> tuple[str, ...]:
        """The years of the table."""
        return tuple(heading for heading, _n in self.table.headings[1:])


def programme_report(
    table: TableReport, months: tuple[MonthFigures, ...], norms: Norms
) -> ProgrammeReport:
    """The printed lines; beside them, when the table is the one the plan prints and a month is
    over, what follows from the months of the year."""
    over = [month for month in months if not (month.is_printed or month.is_running)]
    month = over[-1] if over else None
    years = [heading for heading, _n in table.headings[1:]]
    computed = _computed(month, over, norms) if month and len(table.rows) == len(LINES) else ()
    lines = []
    for position, row in enumerate(table.rows):
        cells = tuple(zip(years, (text for text, _n in row.cells), strict=True))
        found = computed[position] if computed else ("", "")
        lines.append(ProgrammeLine(row.heading, cells, *found))
    return ProgrammeReport(table, tuple(lines), month)


LINES = ("employees", "potential", "share", "days a week", "days")


def _computed(
    month: MonthFigures, over: list[MonthFigures], norms: Norms
) -> tuple[tuple[str, str], ...]:
    """What each line comes to, and its arithmetic."""
    name = {"month": named(month.month, "F Y")}
    said = name | {"effective": month.effective}
    least, most = norms.min_days_per_week, norms.max_days_per_week
    weeks, effective = norms.working_weeks, month.effective
    bounds = [
        number_format(programme_days(effective, weeks=weeks, days_a_week=n), force_grouping=True)
        for n in (least, most)
    ]
    percent = share(effective, month.potential)
    lived = number_format(sum(one.days for one in over), force_grouping=True)
    return (
        (f"{month.employees}", _("in service at the end of %(month)s") % name),
        (f"{month.potential}", _("with a remote activity at the end of %(month)s") % name),
        (
            f"{percent}%".replace(".", ",") + f" ({effective} dip.)" if percent else "n.d.",
            _("%(effective)s agile workers of %(month)s / %(potential)s who could")
            % (said | {"potential": month.potential}),
        ),
        (
            _("%(mean)s on average") % {"mean": month.mean_days_per_week},
            _("%(days)s days of %(month)s / %(effective)s workers / 4 weeks")
            % (said | {"days": month.days}),
        ),
        (
            _("from %(least)s to %(most)s") % {"least": bounds[0], "most": bounds[1]},
            _(
                "%(effective)s workers × %(weeks)s weeks × %(least)s or %(most)s days; "
                "%(lived)s days worked by the end of %(month)s"
            )
            % (said | {"least": least, "most": most, "weeks": weeks, "lived": lived}),
        ),
    )
