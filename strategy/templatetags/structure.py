"""Addresses of the branches of the tree."""

from __future__ import annotations

from django import template
from django.urls import reverse

from strategy.branches import SLUGS
from strategy.models import Plan
from strategy.reports.structure import BranchLine

register = template.Library()


@register.simple_tag
def branch_url(name: str, plan: Plan, line: BranchLine) -> str:
    """A page of a branch: where it is renamed, where it is removed."""
    return reverse(f"strategy:{name}", args=[plan.first_year, SLUGS[line.kind], line.pk])


@register.simple_tag
def part_url(plan: Plan, line: BranchLine) -> str:
    """Where something is added to a branch."""
    kind = SLUGS[line.part] if line.part else ""
    return reverse("strategy:branch-add", args=[plan.first_year, kind], query={"in": line.pk})
