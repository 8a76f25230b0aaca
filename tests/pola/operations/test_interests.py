"""What happens to an expression of interest."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from organization.models import AuditEvent
from pola.enums import AgreementState, InterestState, PriorityKind
from pola.models import Interest, Norm
from pola.operations import (
    assess_interest,
    check_eligibility,
    save_draft,
    send_interest,
    withdraw_interest,
)
from pola.priorities import Ground
from pola.problems.agreements import eligibility_problems
from pola.terms import terms_from_json
from tests import factories
from tests.pola.agreements import DAY, SECRETS, verbs

MARCH = datetime.date(2021, 3, 1)
FACTS = {"training_on": datetime.date(2021, 1, 20), "safety_on": datetime.date(2021, 1, 21)}


def draft(desk, **given) -> Interest:
    values = {"person": desk.employee.person, "state": InterestState.DRAFT}
    return factories.interest(**values | given)


def sent(desk, **given) -> Interest:
    values = {"person": desk.employee.person, "decider": desk.dirigente.person}
    return factories.interest(**values | given)


def codes(caught) -> list[str]:
    return [one.code for one in caught.value.error_list]


# Written


def test_draft_is_kept_bit_by_bit(desk) -> None:
    activity = factories.activity(unit=desk.service)
    save_draft(
        desk.employee.person,
        values={"purposes": ["a"], "state": "granted"},
        activities=[activity],
        by=desk.employee,
    )
    grounds = [Ground(PriorityKind.HEALTH)]

    made = save_draft(
        desk.employee.person,
        values={"days_per_week": 3},
        grounds=grounds,
        note=" x ",
        by=desk.employee,
    )

    made.refresh_from_db()
    assert (made.state, made.purposes, made.days_per_week) == (InterestState.DRAFT, ["a"], 3)
    assert list(made.activities.all()) == [activity]
    assert [(ground.kind, ground.note) for ground in made.grounds.all()] == [("health", "x")]
    assert (Interest.objects.count(), verbs(made)) == (1, [])


def test_draft_is_ones_own(desk) -> None:
    with pytest.raises(PermissionDenied):
        save_draft(desk.employee.person, values={}, by=desk.hr)


def test_draft_is_of_an_employee(db) -> None:
    stranger = factories.user(person=factories.person(category="", unit=None, hired_on=None))

    with pytest.raises(PermissionDenied):
        save_draft(stranger.person, values={}, by=stranger)


def test_draft_stays_as_it_was_sent(desk) -> None:
    sent(desk)

    with pytest.raises(ValidationError) as caught:
        save_draft(desk.employee.person, values={}, by=desk.employee)

    assert codes(caught) == ["state"]


# Sent


def test_sent_to_the_dirigente_of_the_area(desk) -> None:
    made = draft(desk)
    factories.priority_ground(interest=made, kind=PriorityKind.OWN_DISABILITY)

    send_interest(made, by=desk.employee)

    made.refresh_from_db()
    assert (made.state, made.decider) == (InterestState.SENT, desk.dirigente.person)
    [event] = AuditEvent.objects.about(made)
    assert (event.verb, event.after) == ("interest.sent", {"state": "inviata", "days": 2})
    told = f"{event.target_label} {event.note} {event.before} {event.after}"
    assert [word for word in SECRETS if word in told] == []


def test_sent_by_a_dirigente_to_the_secretary_general(desk) -> None:
    made = draft(desk, person=desk.dirigente.person)

    made = send_interest(made, by=desk.dirigente)

    assert made.decider == desk.secretary.person


def test_nobody_decides_for_the_secretary_general(desk) -> None:
    made = draft(desk, person=desk.secretary.person)

    with pytest.raises(ValidationError):
        send_interest(made, by=desk.secretary)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"other_activities": " "}, "activities"),
        ({"purposes": []}, "purposes"),
        ({"starts_on": None}, "start"),
        ({"starts_on": datetime.date(2021, 2, 14)}, "start"),
        ({"starts_on": datetime.date(2022, 2, 1)}, "trial"),
        ({"days_per_week": 4}, "days"),
        ({"weekdays": [0, 1, 2]}, "weekdays"),
        ({"place": "other"}, "place"),
        ({"morning_to": datetime.time(10)}, "windows"),
    ],
    ids=lambda value: str(value),
)
def test_a_request_against_the_rules_is_not_sent(desk, given, code) -> None:
    made = draft(desk, **given)

    with pytest.raises(ValidationError) as caught:
        send_interest(made, by=desk.employee)

    made.refresh_from_db()
    assert (codes(caught), made.state) == ([code], InterestState.DRAFT)


def test_art_3_six_months_after_hiring(desk) -> None:
    person = desk.employee.person
    person.hired_on = datetime.date(2020, 8, 16)
    person.save()
    made = draft(desk)

    with pytest.raises(ValidationError) as caught:
        send_interest(made, by=desk.employee)

    assert codes(caught) == ["hire"]
    assert "16.2.2021" in caught.value.messages[0]


def test_who_has_an_agreement_renews_it(desk) -> None:
    factories.agreement(person=desk.employee.person, state=AgreementState.OFFERED)
    made = draft(desk)

    with pytest.raises(ValidationError) as caught:
        send_interest(made, by=desk.employee)

    assert codes(caught) == ["agreement"]


def test_one_request_at_a_time_is_held_by_the_database(desk) -> None:
    sent(desk)
    other = Interest(person=desk.employee.person, unit=desk.service)

    with pytest.raises(ValidationError):
        other.full_clean()
    with pytest.raises(IntegrityError):
        other.save()


# Taken back


def test_taken_back_with_its_grounds(desk) -> None:
    made = sent(desk, state=InterestState.CHECKED)
    factories.priority_ground(interest=made)

    withdraw_interest(made, by=desk.employee)

    made.refresh_from_db()
    assert (made.state, made.grounds.count()) == (InterestState.WITHDRAWN, 0)
    assert verbs(made) == ["interest.withdrawn"]


def test_taken_back_by_the_person_alone_and_before_the_decision(desk) -> None:
    made = sent(desk)

    with pytest.raises(PermissionDenied):
        withdraw_interest(made, by=desk.dirigente)
    Interest.objects.update(state=InterestState.GRANTED)
    with pytest.raises(ValidationError):
        withdraw_interest(made, by=desk.employee)


# Checked


def test_checked_when_nothing_is_missing(desk) -> None:
    made = sent(desk)

    check_eligibility(made, **FACTS, by=desk.hr)

    made.refresh_from_db()
    assert (made.state, made.checked_by_label) == (InterestState.CHECKED, str(desk.hr))
    assert verbs(made) == ["interest.checked"]


@pytest.mark.parametrize(
    ("facts", "article"),
    [
        ({"training_on": None}, "Art. 11"),
        ({"safety_on": None}, "Art. 10"),
        ({"training_on": datetime.date(2021, 2, 16)}, "Art. 11"),
        ({"safety_on": datetime.date(2021, 2, 16)}, "Art. 10"),
    ],
)
def test_art_10_and_11_hold_a_request(desk, facts, article) -> None:
    made = sent(desk, state=InterestState.CHECKED)

    check_eligibility(made, **FACTS | facts, by=desk.hr)

    made.refresh_from_db()
    [event] = AuditEvent.objects.about(made)
    assert (made.state, made.checked_at) == (InterestState.SENT, None)
    assert (event.verb, event.after) == ("interest.incomplete", {})
    [missing] = eligibility_problems(made, Norm.objects.in_force(), on=DAY)
    assert missing.text.startswith(article)


def test_hire_date_unknown_holds_a_request(desk) -> None:
    made = sent(desk, person=factories.person(category="", hired_on=None))

    check_eligibility(made, **FACTS, by=desk.hr)

    assert made.state == InterestState.SENT


def test_checked_by_hr_alone_and_not_ones_own(desk) -> None:
    with pytest.raises(PermissionDenied):
        check_eligibility(sent(desk), **FACTS, by=desk.dirigente)
    own = sent(desk, person=desk.hr.person)
    with pytest.raises(PermissionDenied):
        check_eligibility(own, **FACTS, by=desk.hr)


# Assessed


def test_granted_begins_the_agreement(desk) -> None:
    made = sent(desk, state=InterestState.CHECKED, place="other", place_detail="via Roma 1")

    assess_interest(made, criteria=(True, True, True), is_granted=True, by=desk.dirigente)

    made.refresh_from_db()
    agreement = made.agreement
    [version] = agreement.versions.all()
    terms = terms_from_json(version.terms)
    assert (made.state, agreement.state) == (InterestState.GRANTED, AgreementState.DRAFT)
    assert agreement.counterpart == desk.dirigente.person
    assert (terms.starts_on, terms.ends_on) == (MARCH, datetime.date(2021, 8, 31))
    assert [content.value for content in terms.missing] == ["objectives"]
    assert terms.place == "altro luogo idoneo, via Roma 1"
    assert verbs(made) == ["interest.granted"]
    assert verbs(agreement) == ["agreement.begun"]


def test_granted_late_begins_today_and_is_cut(desk, settings) -> None:
    settings.DEMO_DATE = datetime.date(2021, 10, 1)
    made = sent(desk, state=InterestState.CHECKED, own_equipment=True)

    assess_interest(made, criteria=(True, True, True), is_granted=True, by=desk.dirigente)

    terms = terms_from_json(made.agreement.versions.get().terms)
    assert (terms.starts_on, terms.ends_on) == (settings.DEMO_DATE, datetime.date(2022, 1, 31))
    assert terms.is_cut


@pytest.mark.parametrize(
    ("today", "trial"), [("2022-02-01", "31.1.2022"), ("2021-02-15", "28.2.2021")]
)
def test_nothing_is_granted_after_the_trial(desk, settings, today, trial) -> None:
    settings.DEMO_DATE = datetime.date.fromisoformat(today)
    factories.norm(key="trial_ends_on", printed=trial)
    made = sent(desk, state=InterestState.CHECKED)

    with pytest.raises(ValidationError, match=r"Art\. 1"):
        assess_interest(made, criteria=(True, True, True), is_granted=True, by=desk.dirigente)
    criteria = (False, True, True)
    assess_interest(made, criteria=criteria, is_granted=False, reason="x", by=desk.dirigente)

    made.refresh_from_db()
    assert made.state == InterestState.REFUSED


def test_art_10_a_notice_of_more_than_a_year_holds_a_request(desk) -> None:
    made = sent(desk, state=InterestState.CHECKED)

    check_eligibility(made, **FACTS | {"safety_on": datetime.date(2020, 2, 15)}, by=desk.hr)

    [event] = AuditEvent.objects.about(made)
    made.refresh_from_db()
    [missing] = eligibility_problems(made, Norm.objects.in_force(), on=DAY)
    assert event.verb == "interest.incomplete"
    assert missing.text.startswith("Art. 10: l’informativa")


def test_refused_with_a_reason(desk) -> None:
    made = sent(desk, state=InterestState.CHECKED)
    criteria = (False, True, True)

    with pytest.raises(ValidationError) as caught:
        assess_interest(made, criteria=criteria, is_granted=False, reason=" ", by=desk.dirigente)
    assess_interest(
        made, criteria=criteria, is_granted=False, reason="Presenza.", by=desk.dirigente
    )

    made.refresh_from_db()
    [event] = AuditEvent.objects.about(made)
    assert list(caught.value.message_dict) == ["reason"]
    assert (made.state, made.decision_reason) == (InterestState.REFUSED, "Presenza.")
    assert (event.after, event.note) == ({}, "")


def test_a_criterion_that_is_not_met_stops_the_grant(desk) -> None:
    made = sent(desk, state=InterestState.CHECKED)

    with pytest.raises(ValidationError) as caught:
        assess_interest(made, criteria=(True, False, True), is_granted=True, by=desk.dirigente)

    assert codes(caught) == ["criteria"]


@pytest.mark.parametrize("who", ["hr", "head", "secretary", "employee"])
def test_assessed_by_who_decides_alone(desk, who) -> None:
    made = sent(desk, state=InterestState.CHECKED)

    with pytest.raises(PermissionDenied):
        assess_interest(made, criteria=(True,) * 3, is_granted=True, by=getattr(desk, who))


def test_assessed_after_the_check(desk) -> None:
    with pytest.raises(ValidationError):
        assess_interest(sent(desk), criteria=(True,) * 3, is_granted=True, by=desk.dirigente)
