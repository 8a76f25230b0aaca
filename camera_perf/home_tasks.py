"""What waits for whom: tasks computed from the data, by the roles held today.

A task is never invented: each says which indicators, editions or jobs it comes from.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from camera_perf.home_damage import damaged_closings, damaged_editions, damaged_reports
from camera_perf.home_facts import Facts
from camera_perf.home_figures import figures_to_validate, own_figures
from camera_perf.home_oversight import notes_to_answer, reports_to_validate, things_missing
from camera_perf.home_reports import reports_to_approve, reports_to_pass_on, reports_to_write
from camera_perf.home_waiting import Due, Task, TaskGroup, first_names
from documents.enums import BuildState
from documents.models import Build
from organization.days import written
from organization.enums import Role
from strategy.enums import PlanState
from strategy.models import Plan
from strategy.problems.measures import Measure

AT_MOST = 6  # indicators named one by one; the others are counted


def tasks_of(facts: Facts, on: datetime.date, more: Iterable[Task] = ()) -> list[TaskGroup]:
    """What waits for the person, grouped by when it is due; `more` comes first."""
    found: dict[Task, None] = dict.fromkeys(more)
    for role, finders in FINDERS.items():
        if role.value in facts.user.roles:
            for find in finders:
                found.update(dict.fromkeys(find(facts, on)))
    if facts.open_periods:  # for who only stands in for a head
        found.update(dict.fromkeys(own_figures(facts, on)))
    groups = [TaskGroup(due, tuple(task for task in found if task.due is due)) for due in Due]
    return [group for group in groups if group.tasks]


def _named(measures: Sequence[Measure]) -> str:
    """The first names and how many others there are."""
    return first_names([measure.name for measure in measures])


# Results left empty


def all_missing_results(facts: Facts, on: datetime.date) -> Iterator[Task]:
    """For planning: every result of the year before the plan left empty though it had a target."""
    yield from _missing_results(facts, on, facts.missing_results)


def own_missing_results(facts: Facts, on: datetime.date) -> Iterator[Task]:
    """For a head: those that the own units supply."""
    led = facts.user.led_unit_ids
    mine = [one for one in facts.missing_results if one.supplier_id in led] if led else []
    yield from _missing_results(facts, on, mine)


def _missing_results(
    facts: Facts, on: datetime.date, measures: Sequence[Measure]
) -> Iterator[Task]:
    plan = facts.plan
    if plan is None:
        return
    day = plan.reference_date
    is_late = on > day
    due = Due.LATE if is_late else Due.OPEN
    when = (_("was due on %(day)s") if is_late else _("by %(day)s")) % {"day": written(day)}
    missing = _("Result %(year)s not filled in") % {"year": plan.baseline_year}
    for measure in measures[:AT_MOST]:
        yield Task(
            due,
            measure.name,
            ". ".join(filter(None, (missing, measure.supplier))),
            reverse("strategy:indicator-detail", args=[plan.first_year, measure.pk]),
            _("Open the indicator"),
            "it-warning-circle",
            when,
        )
    others = measures[AT_MOST:]
    if others:
        yield Task(
            due,
            ngettext("%(count)s more result missing", "%(count)s more results missing", len(others))
            % {"count": len(others)},
            _named(others),
            reverse("strategy:indicator-list", args=[plan.first_year]),
            _("Open the indicators"),
            "it-warning-circle",
            when,
        )


def exclusions_to_approve(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """For the Secretary General: missing results that somebody wants out of their year."""
    if facts.plan is None:
        return
    for year, count in Counter(facts.excluded_years).items():
        address = reverse("strategy:year-closing", args=[facts.plan.first_year, year])
        yield Task(
            Due.OPEN,
            ngettext(
                "Approve or refuse %(count)s exclusion from %(year)s",
                "Approve or refuse %(count)s exclusions from %(year)s",
                count,
            )
            % {"count": count, "year": year},
            _("An indicator that is excluded is in no mean; the year is not closed meanwhile."),
            f"{address}#waiting",
            _("Read the reasons"),
            "it-help-circle",
        )


# What the plan leaves open


def _plan_to_mend(facts: Facts) -> Plan | None:
    """The plan, unless it is over: then nothing of it is mended any more."""
    plan = facts.plan
    return None if plan is None or plan.state in PlanState.over else plan


def targets_worse_than_last(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """For planning: targets of the first year worse than the last result, without a reason."""
    plan = _plan_to_mend(facts)
    if plan is None:
        return
    found = [m for m in facts.measures if m.on_strategic and m.asks_less(plan.first_year)]
    yield from _counted(
        found,
        ngettext(
            "Say why %(count)s target %(year)s asks for less than the last result",
            "Say why %(count)s targets %(year)s ask for less than the last result",
            len(found),
        )
        % {"count": len(found), "year": plan.first_year},
        reverse("strategy:strategic-dashboard", args=[plan.first_year]),
        _("Open the dashboard"),
    )


def polarities_to_confirm(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """For planning: the plan prints no polarity, so every one that was read is confirmed once."""
    plan = _plan_to_mend(facts)
    if plan is None:
        return
    found = [measure for measure in facts.measures if measure.has_polarity_to_confirm]
    yield from _counted(
        found,
        ngettext(
            "Confirm the polarity of %(count)s indicator",
            "Confirm the polarity of %(count)s indicators",
            len(found),
        )
        % {"count": len(found)},
        reverse("strategy:polarity-confirm", args=[plan.first_year]),
        _("Confirm them"),
        icon_name="it-exchange-circle",
    )


def without_source(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """For planning: indicators of which nobody says where the figure is read."""
    plan = _plan_to_mend(facts)
    if plan is None:
        return
    found = [measure for measure in facts.measures if measure.source_id is None]
    yield from _counted(
        found,
        ngettext(
            "Say the source of %(count)s indicator",
            "Say the source of %(count)s indicators",
            len(found),
        )
        % {"count": len(found)},
        _first_page(facts, found),
        _("Open the first one"),
        icon_name="it-search",
    )


def unclear_cells(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """For planning: lines whose target and result of the year before are both empty."""
    plan = _plan_to_mend(facts)
    if plan is None:
        return
    found = [measure for measure in facts.measures if measure.is_unclear]
    yield from _counted(
        found,
        ngettext(
            "Settle %(count)s line without target and result %(year)s",
            "Settle %(count)s lines without target and result %(year)s",
            len(found),
        )
        % {"count": len(found), "year": plan.baseline_year},
        _first_page(facts, found),
        _("Open the first one"),
        icon_name="it-help-circle",
    )


def _first_page(facts: Facts, measures: Sequence[Measure]) -> str:
    if facts.plan is None or not measures:
        return ""
    return reverse("strategy:indicator-detail", args=[facts.plan.first_year, measures[0].pk])


def _counted(
    measures: Sequence[Measure], title: str, url: str, action: str, *, icon_name: str = "it-pencil"
) -> Iterator[Task]:
    if measures:
        yield Task(Due.OPEN, title, _named(measures), url, action, icon_name)


# The next act in the life of the plan


def proposal_to_adopt(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """For the Secretary General: a revision that planning proposed waits for the act."""
    yield from _next_act(
        facts,
        PlanState.PROPOSED,
        _("Adopt REV. %(revision)s, or send it back"),
        _("It is proposed to the Giunta: nothing of it changes meanwhile."),
    )


def adoption_to_publish(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """For both: a revision that was adopted and is not on the public page yet."""
    yield from _next_act(
        facts,
        PlanState.ADOPTED,
        _("Publish REV. %(revision)s"),
        _("It is adopted and is not on the public page yet."),
    )


def _next_act(facts: Facts, state: PlanState, title: str, text: str) -> Iterator[Task]:
    plan = facts.plan
    if plan and plan.state == state:
        yield Task(
            Due.OPEN,
            title % {"revision": plan.revision},
            text,
            reverse("strategy:plan-life", args=[plan.first_year]),
            _("Open the life of the plan"),
            "it-file-signed",
        )


def decisions_of_new_triennium(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """For planning: a plan made of the one before, until it is proposed."""
    plan = facts.plan
    if plan and plan.continues_id and plan.state in PlanState.editable:
        yield Task(
            Due.OPEN,
            _("Decide what the plan %(label)s still needs") % {"label": plan.label},
            _("Targets, texts and tables that the last triennium could not carry over."),
            reverse("strategy:plan-decisions", args=[plan.first_year]),
            _("Open the list"),
            "it-calendar",
        )


# Jobs


def failed_jobs(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """For the administrator: documents that could not be made."""
    if not facts.may_find("jobs"):
        return
    failed = list(Build.objects.filter(state=BuildState.FAILED).values_list("kind", flat=True))
    if failed:
        yield Task(
            Due.OPEN,
            ngettext(
                "%(count)s document could not be made",
                "%(count)s documents could not be made",
                len(failed),
            )
            % {"count": len(failed)},
            ", ".join(dict.fromkeys(failed)),
            f"{reverse('admin:documents_build_changelist')}?state__exact=failed",
            _("See the jobs"),
            "it-tool",
        )


Finder = Callable[[Facts, datetime.date], Iterator[Task]]
DAMAGE: tuple[Finder, ...] = (damaged_editions, damaged_reports, damaged_closings)
FINDERS: dict[Role, tuple[Finder, ...]] = {
    Role.PLANNER: (
        adoption_to_publish,
        reports_to_write,
        reports_to_pass_on,
        decisions_of_new_triennium,
        figures_to_validate,
        notes_to_answer,
        all_missing_results,
        targets_worse_than_last,
        polarities_to_confirm,
        unclear_cells,
        without_source,
    ),
    Role.SECRETARY_GENERAL: (
        proposal_to_adopt,
        adoption_to_publish,
        notes_to_answer,
        exclusions_to_approve,
        reports_to_approve,
        reports_to_pass_on,
        own_figures,
        own_missing_results,
    ),
    Role.DIRIGENTE: (own_figures, own_missing_results),
    Role.UNIT_HEAD: (own_figures, own_missing_results),
    Role.OIV: (*DAMAGE, reports_to_validate, things_missing),
    Role.ADMINISTRATOR: (*DAMAGE, failed_jobs),
}
