"""The index of a Relazione sulla performance (Unioncamere): its sections, what is asked of whoever
writes each, which blocks stand under its text. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A section of the index; `blocks` are the kinds registered in strategy.report_blocks."""

    slug: str
    number: str
    title: str | Promise
    asks: str | Promise
    level: int = 1
    is_required: bool = False
    blocks: tuple[str, ...] = ()


INDEX: tuple[IndexEntry, ...] = (
    IndexEntry(
        "premessa",
        "",
        _("Foreword"),
        _(
            "Say what the Relazione is, of which year and of which plan it gives account, and by "
            "which rules it was made."
        ),
        is_required=True,
    ),
    IndexEntry(
        "principali-risultati",
        "1",
        _("Main results"),
        _("Tell in a page what was reached, what was not, and what it means for firms."),
        is_required=True,
        blocks=("year_in_figures",),
    ),
    IndexEntry(
        "contesto-e-risorse",
        "2",
        _("Context and resources"),
        _(
            "Describe what happened outside that weighed on the results, and the staff and money "
            "with which the year was worked."
        ),
        is_required=True,
    ),
    IndexEntry(
        "rendicontazione",
        "3",
        _("Account of the organisational performance"),
        _("Introduce the account: how results were collected and who checked them."),
    ),
    IndexEntry(
        "albero-della-performance",
        "3.0",
        _("Tree of the performance"),
        _("Recall how perspectives and objectives of the plan hang together."),
        level=2,
        blocks=("coloured_map",),
    ),
    IndexEntry(
        "obiettivi-strategici",
        "3.1",
        _("Strategic objectives of the triennium"),
        _("Comment the results of the strategic objectives, above all where they missed."),
        level=2,
        blocks=("objective_tables",),
    ),
    IndexEntry(
        "obiettivi-operativi",
        "3.2",
        _("Operational objectives of the year"),
        _("Comment the results of the services, of the special agency and of the managers."),
        level=2,
        blocks=("scorecards_chart", "dashboard_tables"),
    ),
    IndexEntry(
        "valutazione-complessiva",
        "3.3",
        _("Overall evaluation of the organisational performance"),
        _(
            "Give the overall judgement on the year: the figure of the Chamber, how it is to be "
            "read, the deviations that count, what will be done."
        ),
        level=2,
        is_required=True,
        blocks=("overall_evaluation", "years_trend", "deviations"),
    ),
    IndexEntry(
        "bilancio-di-genere",
        "3.4",
        _("Gender balance"),
        _("Say what was done for equal opportunities, and how women and men are employed."),
        level=2,
        is_required=True,
        blocks=("staff_of_the_year",),
    ),
    IndexEntry(
        "obiettivi-individuali",
        "4",
        _("Account of the individual objectives"),
        _(
            "Say how the individual objectives of managers and staff were evaluated, in aggregate: "
            "no names."
        ),
        is_required=True,
    ),
    IndexEntry(
        "processo",
        "5",
        _("How the Relazione was made"),
        _("Say who did what and when, and what was found weak in measuring."),
        blocks=("process",),
    ),
)

ENTRIES: Mapping[str, IndexEntry] = {entry.slug: entry for entry in INDEX}


def asked_of(slug: str) -> str:
    """What is asked of whoever writes the section."""
    return str(ENTRIES[slug].asks) if slug in ENTRIES else ""


def blocks_of(slug: str) -> tuple[str, ...]:
    """The kinds of blocks that stand under the text of the section."""
    return ENTRIES[slug].blocks if slug in ENTRIES else ()
