"""What the checks found, as the page shows it: blockers, then cautions, rule by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from strategy.enums import CheckRule
from strategy.models import Plan
from strategy.problems import Problem, plan_problems

AT_MOST = 5  # of one rule, until the person asks for that rule alone


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """What was found by one rule; `shown` may be the first ones only."""

    rule: CheckRule
    problems: Sequence[Problem]
    shown: Sequence[Problem]

    @property
    def is_cut(self) -> bool:
        """Some are left out."""
        return len(self.shown) < len(self.problems)


@dataclass(frozen=True, slots=True)
class CheckPart:
    """Blockers or cautions."""

    title: str | Promise
    is_blockers: bool
    groups: Sequence[RuleGroup]

    @property
    def count(self) -> int:
        """How many there are, also of those left out."""
        return sum(len(group.problems) for group in self.groups)


@dataclass(frozen=True, slots=True)
class ChecksReport:
    """The checks of a plan; `choices` are the rules by which something was found, with counts."""

    blockers: CheckPart
    cautions: CheckPart
    choices: Sequence[tuple[CheckRule, int]]
    blocker_count: int
    caution_count: int


def checks_report(plan: Plan, *, rule: CheckRule | None = None) -> ChecksReport:
    """Everything found on the plan, or what was found by one rule; the counts are of the whole."""
    found = plan_problems(plan)
    blockers = [problem for problem in found if problem.is_blocker]
    cautions = [problem for problem in found if not problem.is_blocker]
    counts = Counter(problem.rule for problem in found)
    return ChecksReport(
        blockers=CheckPart(_("Blockers"), True, _groups(blockers, rule)),
        cautions=CheckPart(_("Cautions"), False, _groups(cautions, rule)),
        choices=[(one, counts[one]) for one in CheckRule if counts[one]],
        blocker_count=len(blockers),
        caution_count=len(cautions),
    )


def _groups(found: Sequence[Problem], rule: CheckRule | None) -> list[RuleGroup]:
    groups = []
    for one in [rule] if rule else CheckRule:
        problems = [problem for problem in found if problem.rule == one]
        if problems:
            groups.append(RuleGroup(one, problems, problems if rule else problems[:AT_MOST]))
    return groups
