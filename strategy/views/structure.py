"""The structure of the plan in the hands of planning: the trees and the list of dashboards."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.http import AuthenticatedHttpRequest
from organization.refusals import refusals_at, refusals_told, tell
from strategy.branches import (
    MODELS,
    SLUGS,
    Branch,
    branches_of,
    children_of,
    fields_of,
    kind_of,
    parent_of,
    root_of,
    siblings_of,
)
from strategy.enums import BranchKind, MapKind
from strategy.fingerprints import fingerprint
from strategy.forms.structure import PARENTS, BranchForm, MoveForm
from strategy.models import Action, Perspective, Plan, StrategicObjective
from strategy.operations import branches as operations
from strategy.reports.structure import PARTS, lines_key, tree_report
from strategy.views.loaders import edits_plan

KINDS = {slug: kind for kind, slug in SLUGS.items()}
CHARTS = {"mappa": MapKind.STRATEGY, "pola": MapKind.POLA}
KEY = re.compile(r"(?P<kind>perspective|objective|action)-(?P<pk>[1-9][0-9]{0,17})", re.ASCII)


@require_safe
@edits_plan
def structure(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The tree of the map, or that of the POLA: what stands where and the ways to change it."""
    name = request.GET.get("albero", "mappa")
    chart = CHARTS.get(name, MapKind.STRATEGY)
    context = {
        "plan": plan,
        "chart": chart,
        "is_pola": chart == MapKind.POLA,
        "lines": tree_report(plan, chart),
        "moved": request.GET.get("spostato"),
    }
    return render(request, "strategy/structure.html", context)


def load_branch(plan: Plan, kind: str, pk: int) -> Branch:
    """A branch of the plan; 404 when it has none such."""
    if kind not in KINDS:
        raise Http404
    branch: Branch = get_object_or_404(branches_of(plan, KINDS[kind]), pk=pk)
    return branch


def tree_url(plan: Plan, chart: str, moved: str = "") -> str:
    """The page of a tree, with the keyboard on the branch that moved."""
    query = {"albero": "pola"} if chart == MapKind.POLA else {}
    query |= {"spostato": moved} if moved else {}
    return reverse("strategy:structure", args=[plan.first_year], query=query)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def branch_add(request: AuthenticatedHttpRequest, plan: Plan, kind: str) -> HttpResponse:
    """A new branch, after its siblings."""
    if kind not in KINDS:
        raise Http404
    which = KINDS[kind]
    parent = _parent_asked(request, plan, which)
    chart = (
        root_of(parent).chart if parent else CHARTS.get(request.GET.get("albero", ""), "strategy")
    )
    form = BranchForm(plan, which, request.POST or None, chart=chart, parent=parent)
    if request.method == "POST" and form.is_valid():
        words = form.words()
        branch = MODELS[which](**words)
        if isinstance(branch, Perspective):
            branch.plan, branch.chart = plan, chart
        elif isinstance(branch, StrategicObjective):
            branch.perspective = form.cleaned_data["parent"]
        else:
            branch.objective = form.cleaned_data["parent"]
        with refusals_at(form):
            branch = operations.add_branch(branch, by=request.user)
            messages.success(request, _("“%(branch)s” is added.") % {"branch": branch})
            return redirect(tree_url(plan, chart, lines_key(branch)))
    context = {"plan": plan, "form": form, "kind": which, "tree_url": tree_url(plan, chart)}
    return _form_page(request, context)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def branch_edit(request: AuthenticatedHttpRequest, plan: Plan, kind: str, pk: int) -> HttpResponse:
    """The words of a branch and what it is part of."""
    branch = load_branch(plan, kind, pk)
    form = BranchForm(plan, KINDS[kind], request.POST or None, branch=branch)
    saved: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            branch = _change(branch, form, request)
        except ValidationError as error:
            branch = load_branch(plan, kind, pk)
            saved = stale_values(form, error, branch, fields_of(branch))
            tell(form, error)
        else:
            messages.success(request, _("“%(branch)s” is saved.") % {"branch": branch})
            return redirect(tree_url(plan, root_of(branch).chart, lines_key(branch)))
    context = {
        "plan": plan,
        "form": form,
        "kind": KINDS[kind],
        "branch": branch,
        "saved": saved,
        "tree_url": tree_url(plan, root_of(branch).chart),
    }
    return _form_page(request, context)


def _change(branch: Branch, form: BranchForm, request: AuthenticatedHttpRequest) -> Branch:
    """New words, and another parent if one was chosen."""
    return operations.change_branch(
        branch,
        fields=form.words(),
        parent=form.cleaned_data.get("parent"),
        was=form.cleaned_data["was"],
        by=request.user,
    )


@require_POST
@edits_plan
def branch_move(request: AuthenticatedHttpRequest, plan: Plan) -> HttpResponse:
    """A branch takes a step among its siblings, or is dropped at a place."""
    form = MoveForm(request.POST)
    branch = _named(plan, form.cleaned_data["item"]) if form.is_valid() else None
    if branch is None:
        messages.error(request, _("It is not there any more: look at the tree again."))
        return redirect(tree_url(plan, MapKind.STRATEGY))
    with refusals_told(request):
        parent, index = _destination(plan, branch, form)
        branch = operations.move_branch(branch, parent=parent, index=index, by=request.user)
        messages.success(request, _("“%(branch)s” is moved.") % {"branch": branch})
    return redirect(tree_url(plan, root_of(branch).chart, lines_key(branch)))


def _destination(plan: Plan, branch: Branch, form: MoveForm) -> tuple[Any, int]:
    """Where the branch goes: its parent and its place among the siblings it will have."""
    if direction := form.cleaned_data["direction"]:
        siblings = list(siblings_of(branch).order_by("position", "pk"))
        index = [one.pk for one in siblings].index(branch.pk)
        return parent_of(branch), max(index + (1 if direction == "down" else -1), 0)
    parent = _named(plan, form.cleaned_data["parent"])
    if parent is None and not isinstance(branch, Perspective):
        raise ValidationError(_("There is no place there."))
    return parent, form.cleaned_data["index"] or 0


def _named(plan: Plan, key: str) -> Any:
    """The branch of the plan that the page calls so; none when there is none."""
    match = KEY.fullmatch(key)
    if match is None:
        return None
    return branches_of(plan, BranchKind(match["kind"])).filter(pk=int(match["pk"])).first()


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def branch_remove(
    request: AuthenticatedHttpRequest, plan: Plan, kind: str, pk: int
) -> HttpResponse:
    """Asks, saying what stands on the branch; a POST removes one on which nothing does."""
    branch = load_branch(plan, kind, pk)
    back = tree_url(plan, root_of(branch).chart)
    if request.method == "POST":
        with refusals_told(request):
            operations.remove_branch(branch, by=request.user)
            messages.success(request, _("“%(branch)s” is removed.") % {"branch": branch})
            return redirect(back)
        return redirect(request.get_full_path())
    context = {
        "plan": plan,
        "branch": branch,
        "kind": KINDS[kind],
        "tree_url": back,
        "parts": _parts(plan, branch),
    }
    return render(request, "strategy/branch_remove.html", context)


def _parts(plan: Plan, branch: Branch) -> list[tuple[str, str]]:
    """What stands on a branch, each with the page where it is moved or removed."""
    parts = children_of(branch)
    if isinstance(branch, Action):
        rows = parts.select_related("indicator", "dashboard__unit").in_order()
        return [
            (
                f"{row} ({row.dashboard.title})",
                reverse("strategy:row-edit", args=[plan.first_year, row.pk]),
            )
            for row in rows
        ]
    name = SLUGS[PARTS[kind_of(branch)]]
    return [
        (str(part), reverse("strategy:branch-edit", args=[plan.first_year, name, part.pk]))
        for part in parts.order_by("position")
    ]


def _parent_asked(request: HttpRequest, plan: Plan, kind: BranchKind) -> Any:
    """The parent that the page was opened from (`?in=12`), if the plan has it."""
    pk = request.GET.get("in", "")
    if kind not in PARENTS or not (pk.isascii() and pk.isdigit() and len(pk) < 18):
        return None
    return branches_of(plan, PARENTS[kind]).filter(pk=int(pk)).first()


def _form_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 400 if context["form"].errors else 200
    return render(request, "strategy/branch_form.html", context, status=status)


def stale_values(
    form: Any, error: ValidationError, thing: Any, fields: tuple[str, ...]
) -> dict[str, str]:
    """When somebody else wrote meanwhile: what stands now, by label, where it is not what was
    typed; saving again is then meant."""
    if getattr(error, "code", "") != "stale":
        return {}
    form.bring_up_to_date(fingerprint(thing, fields))
    return {
        str(form.fields[name].label): str(getattr(thing, name) or "–")
        for name in fields
        if getattr(thing, name) != form.cleaned_data.get(name)
    }
