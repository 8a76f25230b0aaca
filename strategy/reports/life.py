"""Where does a plan stand, what was done with it by whom, which editions has it made?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.file_hashes import hash_groups
from organization.audit_phrases import phrase, value_words
from organization.models import AuditEvent
from strategy.enums import ConsultedBody, PlanState
from strategy.integrity import Integrity, edition_integrity
from strategy.models import Consultation, Edition, PerformanceReport, Plan
from strategy.transitions import STEPS, step_of

SHOWN_EVENTS = 30
SHOWN_WORDS = 30
LOADED = "plan.loaded"
EXAMINED = "examination.saved"
UNDONE = "report.reworked"
# The act by which a step is reached, with the symbol that stands beside it in the story.
REACHED_BY = {
    PlanState.DRAFT: "plan.update_opened",
    PlanState.CONSULTATION: "plan.consultation_opened",
    PlanState.PROPOSED: "plan.proposed",
    PlanState.ADOPTED: "plan.adopted",
    PlanState.PUBLISHED: "plan.published",
}
ICONS = {
    LOADED: "it-upload",
    "plan.update_opened": "it-restore",
    "plan.consultation_opened": "it-comment",
    "plan.opinion_recorded": "it-comment",
    "plan.proposed": "it-arrow-right",
    "plan.sent_back": "it-arrow-left",
    "plan.adopted": "it-file-signed",
    "plan.published": "it-horn",
    "plan.closed": "it-lock",
    "report.opened": "it-pencil",
    "report.approved": "it-file-signed",
    "report.transmitted": "it-arrow-right",
    "report.validated": "it-check-circle",
    "report.reworked": "it-arrow-left",
    "report.published": "it-horn",
}
NEXT_STEPS: Mapping[str, str | Promise] = {
    PlanState.DRAFT: gettext_lazy("Next step: the consultation of unions, CUG and OIV."),
    PlanState.CONSULTATION: gettext_lazy(
        "Next step: record the opinions heard, then propose the plan to the Giunta."
    ),
    PlanState.PROPOSED: gettext_lazy("Next step: the act of the Giunta that adopts it."),
    PlanState.ADOPTED: gettext_lazy("Next step: publish the edition just adopted."),
    PlanState.PUBLISHED: gettext_lazy(
        "The edition is in force and published. What must change needs an update."
    ),
    PlanState.UPDATING: gettext_lazy(
        "Next step: finish the changes, then consult or propose the new revision."
    ),
    PlanState.CLOSED: gettext_lazy("The plan is closed. Its editions stay published."),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the revision at hand: reached, the present one, or to come."""

    label: str
    detail: str
    is_done: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition with its state in words and what can be got of it."""

    edition: Edition
    state: str
    tone: str
    integrity: Integrity
    hash_groups: Sequence[str]
    act_hash_groups: Sequence[str]
    is_public: bool
    pdf_url: str
    act_url: str


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of the story of the plan."""

    when: str
    title: str
    text: str
    icon_name: str
    url: str = ""


def life_steps(plan: Plan) -> list[Step]:
    """The way of the revision at hand, with the day on which each step was last reached.

    An update may go to the Giunta without a consultation: that step is then no part of its way.
    """
    events = AuditEvent.objects.about(plan).filter(verb__in=REACHED_BY.values())
    reached = {
        event.verb: _day(event)
        for event in reversed(events)
        if event.after.get("revision") == plan.revision
    }
    place = step_of(plan.state)
    return [
        Step(
            label=_step_label(state, plan),
            detail=reached.get(REACHED_BY[state], "") if index <= place else "",
            is_done=index < place or plan.state == PlanState.PUBLISHED,
            is_now=index == place and plan.state != PlanState.PUBLISHED,
        )
        for index, state in enumerate(STEPS)
        if not _is_skipped(state, plan, reached)
    ]


def _is_skipped(state: PlanState, plan: Plan, reached: Mapping[str, str]) -> bool:
    """Whether an update went past the consultation without opening one."""
    is_past = STEPS.index(state) < step_of(plan.state)
    return bool(
        state == PlanState.CONSULTATION
        and plan.revision
        and is_past
        and REACHED_BY[state] not in reached
    )


def _step_label(state: PlanState, plan: Plan) -> str:
    """A later revision is an update where the first one is a draft."""
    is_update = state == PlanState.DRAFT and plan.revision
    return str((PlanState.UPDATING if is_update else state).label)


def edition_lines(plan: Plan) -> list[EditionLine]:
    """The editions, newest first: the one in force, those superseded."""
    editions = plan.editions.select_related("plan").order_by("-revision")
    return [_line(edition, is_newest=not index) for index, edition in enumerate(editions)]


def _line(edition: Edition, *, is_newest: bool) -> EditionLine:
    plan = edition.plan
    is_public = plan.state != PlanState.ADOPTED or plan.revision != edition.revision
    if not is_newest:
        state, tone = _("superseded"), "caution"
    elif is_public:
        state, tone = _("in force"), "ok"
    else:
        state, tone = _("adopted, to be published"), "info"
    address = [plan.first_year, edition.revision]
    return EditionLine(
        edition=edition,
        state=state,
        tone=tone,
        integrity=edition_integrity(edition),
        hash_groups=hash_groups(edition.pdf_sha256),
        act_hash_groups=hash_groups(edition.act_file_sha256),
        is_public=is_public,
        pdf_url=reverse("strategy:edition-file", args=[*address, "piano.pdf"]),
        act_url=reverse("strategy:edition-file", args=[*address, "atto.pdf"])
        if edition.act_file
        else "",
    )


def happenings(about: Plan | PerformanceReport, *, reads_trace: bool) -> list[Happening]:
    """What was done with the plan, or with a Relazione, newest first: all of it for who reads the
    trace, for the others the acts of its life; of a Relazione that went back to work, those
    since."""
    # Each saving of an examination stands in the register: here they would hide the acts.
    events = AuditEvent.objects.about(about).exclude(verb=EXAMINED)
    if not reads_trace:
        events = events.filter(verb__in=ICONS)
        if undone := events.filter(verb=UNDONE).order_by("-pk").first():
            events = events.filter(pk__gt=undone.pk)
    return [
        Happening(
            when=_day(event),
            title=str(phrase(event.verb)),
            text=_story(event),
            icon_name=ICONS.get(event.verb, "it-pencil"),
        )
        for event in events[:SHOWN_EVENTS]
    ]


def _story(event: AuditEvent) -> str:
    """Revision, act or opinion, reason and person of an act of the trace."""
    after: dict[str, Any] = event.after
    revision = f"REV. {after['revision']}" if "revision" in after else ""
    named = [name for name in ("act", "body", "outcome") if name in after]
    said = [str(value_words(name, after[name])) for name in named]
    # The questions of a load are a list of their own, in the register.
    note = "" if event.verb == LOADED else Truncator(event.note).words(SHOWN_WORDS)
    parts = (revision, ", ".join(said), note, event.who)
    return ". ".join(part.rstrip(".") for part in parts if part)


def _day(event: AuditEvent) -> str:
    day = timezone.localdate(event.at)
    return f"{day.day}.{day.month}.{day.year}"


def not_heard(plan: Plan, heard: Iterable[Consultation]) -> str:
    """Who has no opinion recorded on the revision at hand, in words."""
    bodies = {one.body for one in heard if one.revision == plan.revision}
    left = [str(body.label) for body in ConsultedBody if body not in bodies]
    return ", ".join(left)
