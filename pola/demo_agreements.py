"""The requests of the demonstration, and the texts of its agreements: accepted by both sides,
renewed, withdrawn from, on their way. Loaded when the plan is adopted, for objectives are rows of
the dashboards in force."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from organization.loading import store
from organization.models import Unit
from pola.agreement_text import agreement_text, default_terms, text_hash
from pola.contact_windows import Window
from pola.demo_story import Story, moment
from pola.enums import AgreementState, InterestState, Party, PriorityKind, Purpose, VersionState
from pola.models import (
    ActivityAssignment,
    Agreement,
    AgreementEvaluation,
    AgreementVersion,
    Interest,
    Norm,
    PriorityGround,
    Withdrawal,
)
from pola.months import month_of, next_month
from pola.norms import Norms
from pola.operations.drafting import place_words
from pola.reports.counterparts import Chart, chart_of
from pola.reports.objectives import objectives_for
from pola.reports.texts import heading_of
from pola.terms import Objective, Terms, terms_to_json

OBJECTIVES = 2  # of each agreement
LEAD = {"sent": 21, "checked": 17, "decided": 12}  # days before the first one, at most
DAY = datetime.timedelta(days=1)


@dataclass
class Writer:
    """Writes the texts: norms, chart and objectives of each unit, read once."""

    norms: Norms
    chart: Chart
    year: int
    known: dict[int, tuple[Objective, ...]] = field(default_factory=dict)

    def objectives(self, unit: Unit) -> tuple[Objective, ...]:
        """The first measurable rows of the dashboard of the unit."""
        if unit.pk not in self.known:
            found = objectives_for(unit, self.chart, year=self.year)
            self.known[unit.pk] = found[:OBJECTIVES]
        return self.known[unit.pk]

    def terms(self, agreement: Agreement, ends_on: datetime.date) -> Terms:
        """The nine contents, up to a last day."""
        terms = Terms(
            starts_on=agreement.starts_on,
            ends_on=ends_on,
            days_per_week=agreement.days_per_week,
            weekdays=tuple(agreement.weekdays),
            morning=Window(agreement.morning_from, agreement.morning_to),
            afternoon=Window(agreement.afternoon_from, agreement.afternoon_to),
            objectives=self.objectives(agreement.unit),
            place=place_words(agreement.interest) if agreement.interest else "",
        )
        return default_terms(terms, self.norms, own_equipment=False)


def store_interests(story: Story, agreements: list[Agreement]) -> None:
    """The granted request of each agreement; those of others, in every state."""
    granted = [
        _interest(story, one.person.employee_number, InterestState.GRANTED, one.starts_on)
        for one in agreements
    ]
    for agreement, interest in zip(agreements, granted, strict=True):
        interest.days_per_week, interest.weekdays = agreement.days_per_week, agreement.weekdays
        agreement.interest = interest
    start = next_month(next_month(month_of(story.stand)))
    others = [
        _interest(story, number, InterestState(state), start)
        for state, numbers in story.told["requests"]["people"].items()
        for number in numbers
    ]
    stored = store(Interest, [*granted, *others], stamp=story.stamp)
    assigned = ActivityAssignment.objects.remote().values_list("person_id", "activity_id")
    mine = {one.person_id: one for one in stored}
    through = Interest.activities.through
    through.objects.bulk_create(
        through(interest=mine[person], activity_id=activity)
        for person, activity in assigned
        if person in mine
    )
    first = mine[story.people[story.told["requests"]["ground"]].pk]
    ground = PriorityGround(interest=first, kind=PriorityKind.DISADVANTAGE)
    store(PriorityGround, [ground], stamp=story.stamp)


def _interest(
    story: Story, number: str, state: InterestState, starts_on: datetime.date
) -> Interest:
    person = story.people[number]
    random = Random(f"{story.told['seed']}-{number}-request")  # noqa: S311 - a story
    made = Interest(
        person=person,
        unit=person.unit,
        decider=story.counterpart(person),
        state=state,
        purposes=sorted(random.sample(Purpose.values, 2)),
        starts_on=starts_on,
        days_per_week=2,
        weekdays=[1, 3],
        is_demo=True,
    )
    done = {name: min(starts_on, story.stand) - days * DAY for name, days in LEAD.items()}
    if state == InterestState.DRAFT:
        return made
    made.sent_at, made.sent_by_label = moment(done["sent"]), str(person)
    if state == InterestState.SENT:
        return made
    facts: dict[str, Any] = story.told["requests"]
    made.training_on, made.safety_on = facts["training_on"], facts["safety_on"]
    made.checked_at = moment(done["checked"], 10)
    made.checked_by_label = str(story.people[facts["checked_by"]])
    if state == InterestState.CHECKED:
        return made
    made.criterion_a = state == InterestState.GRANTED
    made.criterion_b = made.criterion_c = True
    made.decided_at, made.decided_by_label = moment(done["decided"], 12), str(made.decider)
    if state == InterestState.REFUSED:
        made.decision_reason = facts["refused_reason"]
    return made


def store_texts(story: Story, agreements: list[Agreement]) -> None:
    """The text or the two texts of each agreement, evaluations, the withdrawal."""
    day = story.told["starts_on"]
    writer = Writer(Norm.objects.in_force(on=story.stand), chart_of(story.stand), day.year)
    texts = [one for agreement in agreements for one in _texts(story, agreement, writer)]
    store(AgreementVersion, texts, stamp=story.stamp)
    renewed = [one for one in agreements if one.ends_on == story.told["renewed_to"]]
    held = [one for one in renewed if one.starts_on == day]
    store(AgreementEvaluation, [_evaluation(story, one) for one in held], stamp=story.stamp)
    number = story.told["withdrawn"]["person"]
    left = [one for one in agreements if one.person.employee_number == number]
    gone = [one for one in left if one.ends_on == story.told["withdrawn"]["ends_on"]]
    store(Withdrawal, [_withdrawal(story, one) for one in gone], stamp=story.stamp)


def _texts(story: Story, agreement: Agreement, writer: Writer) -> Iterator[AgreementVersion]:
    told = story.told
    is_renewed = (agreement.starts_on, agreement.ends_on) == (
        told["starts_on"],
        told["renewed_to"],
    )
    first_end = told["ends_on"] if agreement.starts_on == told["starts_on"] else agreement.ends_on
    signed_on = min(agreement.starts_on - 10 * DAY, story.stand)
    state = STATES.get(AgreementState(agreement.state), VersionState.IN_FORCE)
    first = _text(agreement, writer, 1, first_end, VersionState.REPLACED if is_renewed else state)
    yield _signed(first, signed_on)
    if is_renewed:
        second = _text(agreement, writer, 2, agreement.ends_on, VersionState.IN_FORCE)
        yield _signed(second, told["renewed_on"])


STATES = {
    AgreementState.DRAFT: VersionState.WRITTEN,
    AgreementState.OFFERED: VersionState.OFFERED,
    AgreementState.DROPPED: VersionState.DROPPED,
}


def _text(
    agreement: Agreement,
    writer: Writer,
    number: int,
    ends_on: datetime.date,
    state: VersionState,
) -> AgreementVersion:
    terms = writer.terms(agreement, ends_on)
    made = AgreementVersion(
        agreement=agreement,
        number=number,
        state=state,
        terms=terms_to_json(terms),
        written_by_label=str(agreement.counterpart),
    )
    if state not in (VersionState.WRITTEN, VersionState.DROPPED):
        made.text = agreement_text(heading_of(made), terms, writer.norms)
        made.text_sha256 = text_hash(made.text)
    return made


def _signed(version: AgreementVersion, day: datetime.date) -> AgreementVersion:
    """Written on a day, offered and accepted by both sides as far as its state says."""
    agreement = version.agreement
    version.written_at = moment(day)
    if version.text:
        version.offered_at = moment(day, 10)
        version.offered_by_label = str(agreement.counterpart)
    if version.state in (VersionState.IN_FORCE, VersionState.REPLACED):
        for party, who in (
            (Party.EMPLOYEE, agreement.person),
            (Party.EMPLOYER, agreement.counterpart),
        ):
            setattr(version, f"{party.value}_accepted_at", moment(day, 12))
            setattr(version, f"{party.value}_accepted_by_label", str(who))
    return version


def _evaluation(story: Story, agreement: Agreement) -> AgreementEvaluation:
    words = story.told["requests"]
    return AgreementEvaluation(
        agreement=agreement,
        is_positive=True,
        effects=words["effects"],
        complexity=words["complexity"],
        evaluated_at=moment(story.told["renewed_on"] - 5 * DAY),
        evaluated_by_label=str(agreement.counterpart),
    )


def _withdrawal(story: Story, agreement: Agreement) -> Withdrawal:
    told = story.told["withdrawn"]
    return Withdrawal(
        agreement=agreement,
        party=Party.EMPLOYEE,
        notice_days=30,
        given_on=told["told_on"],
        last_day=told["ends_on"],
        reserved_reason=told["reason"],
        decided_at=moment(told["told_on"]),
        decided_by_label=str(agreement.person),
    )
