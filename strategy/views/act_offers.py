"""Acts offered on a page, each with its form: what the life of a plan and a Relazione do alike."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from documents.models import Build
from organization.models import User
from strategy.acts import Act
from strategy.enums import PlanAct
from strategy.problems import Problem
from strategy.report_enums import ReportAct
from strategy.reports.report_life import Unwritten


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that the person may do now: its form, what it does, the look of its button, what
    stands in its way, of which the page may list the first ones alone."""

    act: PlanAct | ReportAct
    form: forms.BaseForm
    words: str | Promise = ""
    look: str = "btn-primary"
    blockers: Sequence[Problem | Unwritten] = ()
    most: int | None = None

    @property
    def shown(self) -> Sequence[Problem | Unwritten]:
        """What the page lists of what stands in its way."""
        return self.blockers[: self.most]


def by_act(request: Callable[..., Build], enqueue: Callable[..., object]) -> Callable[..., None]:
    """The operation that asks a job for what an act decides, told the act as a form asks for it."""

    def perform(
        about: Any,
        *,
        by: User,
        act_type: str,
        act_number: str,
        act_date: datetime.date,
        act_body: str,
        act_file: bytes,
    ) -> None:
        act = Act(type=act_type, number=act_number, date=act_date, body=act_body)
        request(about, act=act, act_file=act_file, by=by, enqueue=enqueue)

    return perform


def is_drawn(tried: Offer | None, offers: Sequence[Offer]) -> bool:
    """The form of an act that was refused is on the page; that of an act that cannot be done is
    not: then its refusal stands on top."""
    return tried is None or tried.act in {one.act for one in offers if not one.blockers}


def followed(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """How far a job is: the piece of the page that asks again every second; once there is nothing
    to wait for, the whole page is asked for again."""
    response = render(request, template, dict(context))
    if context["build"] is None or not context["build"].is_open:
        response.headers["HX-Refresh"] = "true"
    return response
