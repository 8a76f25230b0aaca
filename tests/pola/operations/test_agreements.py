"""What happens to the text of an agreement, and to the agreement in force."""

import datetime
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from organization import clock
from organization.days import written
from organization.enums import StaffCategory
from organization.models import AuditEvent
from pola.agreement_text import text_hash
from pola.enums import (
    AgreementState,
    Content,
    DayState,
    InterestState,
    Letter,
    Party,
    PriorityKind,
    VersionState,
)
from pola.models import AgileDay, Agreement, AgreementVersion, DayEvent
from pola.norms import Norms
from pola.operations import (
    accept_agreement,
    ask_renewal,
    begin_renewals,
    change_unit,
    expire_agreements,
    give_back_agreement,
    grant_exemption,
    offer_agreement,
    renew_agreement,
    suspend_agreement,
    withdraw_from_agreement,
    write_terms,
)
from pola.operations.agreements import problems_of_text, seen_of
from pola.problems.days import office_zone, revoking_problems
from pola.problems.standing import standing_of
from pola.reports.day_detail import day_page
from pola.reports.my_agile import in_force
from pola.terms import terms_from_json, terms_to_json
from tests import factories
from tests.pola.agreements import SECRETS, verbs

ONE_DAY = datetime.timedelta(days=1)


def day(text: str) -> datetime.date:
    return datetime.date(*reversed([int(part) for part in text.split(".")]))


def text(desk, state=VersionState.WRITTEN, *, running=False, **given) -> AgreementVersion:
    states = {VersionState.WRITTEN: AgreementState.DRAFT}
    states |= {VersionState.OFFERED: AgreementState.OFFERED}
    agreement = factories.agreement(
        person=factories.dutiful(desk.employee.person),
        counterpart=desk.dirigente.person,
        state=AgreementState.RUNNING if running else states.get(state, AgreementState.RUNNING),
    )
    return factories.agreement_version(agreement=agreement, state=state, **given)


def running(desk, **given) -> Agreement:
    """In force from 1 January to 30 June 2021 with its text."""
    person = factories.dutiful(desk.employee.person)
    values = {"person": person, "counterpart": desk.dirigente.person}
    agreement = factories.agreement(**values | given)
    factories.agreement_version(agreement=agreement, state=VersionState.IN_FORCE)
    return agreement


def told(target) -> str:
    """Everything the register says about something."""
    return " ".join(
        f"{event.target_label} {event.note} {event.before} {event.after}"
        for event in AuditEvent.objects.about(target)
    )


def codes(caught) -> list[str]:
    return [one.code for one in caught.value.error_list]


# Written


def test_terms_come_back_as_they_were_written() -> None:
    terms = factories.whole_terms()

    assert terms_from_json(terms_to_json(terms)) == terms
    assert terms_from_json(terms_to_json(terms.with_changes(ends_on=None))).missing == ("term",)


def test_written_and_kept_by_the_agreement(desk) -> None:
    version = text(desk)
    terms = factories.whole_terms(days_per_week=3)

    write_terms(version, terms=terms, seen=seen_of(version), by=desk.hr)

    version.refresh_from_db()
    assert terms_from_json(version.terms) == terms
    assert (version.agreement.days_per_week, version.agreement.ends_on) == (3, terms.ends_on)
    assert verbs(version.agreement) == ["agreement.written"]


def test_renewal_being_written_leaves_the_agreement_as_it_is(desk) -> None:
    version = text(desk, running=True)
    before = version.agreement.ends_on

    write_terms(version, terms=factories.whole_terms(), seen=seen_of(version), by=desk.dirigente)

    version.agreement.refresh_from_db()
    assert version.agreement.ends_on == before != factories.whole_terms().ends_on


def test_written_by_somebody_else_meanwhile(desk) -> None:
    version = text(desk)

    with pytest.raises(ValidationError) as caught:
        write_terms(version, terms=factories.whole_terms(), seen="x", by=desk.hr)

    assert codes(caught) == ["stale"]


def test_an_agreement_is_not_written_by_the_employee(desk) -> None:
    version = text(desk)

    with pytest.raises(PermissionDenied):
        write_terms(version, terms=factories.whole_terms(), seen="", by=desk.employee)


# Offered


def test_offered_with_its_hash(desk) -> None:
    version = text(desk)

    offer_agreement(version, by=desk.dirigente)

    version.refresh_from_db()
    assert (version.state, version.agreement.state) == (
        VersionState.OFFERED,
        AgreementState.OFFERED,
    )
    assert version.text_sha256 == text_hash(version.text)
    assert "2. Obiettivi prestazionali (art. 13): Pratiche evase: 90%" in version.text
    assert [word for word in SECRETS if word in version.text] == []
    assert version.hash_groups.replace(" ", "") == version.text_sha256[:12]


@pytest.mark.parametrize("content", Content)
def test_art_6_nothing_is_offered_until_the_nine_contents_are_there(desk, content) -> None:
    empty = {
        Content.TERM: {"ends_on": None},
        Content.OBJECTIVES: {"objectives": ()},
        Content.WINDOWS: {"morning": factories.Window(None, None)},
    }
    terms = factories.whole_terms(**empty.get(content, {content.value: " "}))
    version = text(desk, terms=terms_to_json(terms))

    with pytest.raises(ValidationError) as caught:
        offer_agreement(version, by=desk.dirigente)

    assert codes(caught) == [content.value]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ends_on": day("1.9.2021")}, "term"),
        ({"ends_on": day("1.2.2022")}, "trial"),
        ({"starts_on": day("1.2.2022"), "ends_on": day("1.3.2022")}, "trial"),
        ({"starts_on": day("14.2.2021"), "ends_on": day("13.8.2021")}, "start"),
        ({"ends_on": day("28.2.2021")}, "term"),
        ({"days_per_week": 4}, "days"),
        ({"afternoon": factories.Window(datetime.time(14), datetime.time(14, 30))}, "windows"),
    ],
)
def test_a_text_against_the_rules_is_not_offered(desk, changes, code) -> None:
    version = text(desk, terms=terms_to_json(factories.whole_terms(**changes)))

    with pytest.raises(ValidationError) as caught:
        offer_agreement(version, by=desk.dirigente)

    assert codes(caught) == [code]


def test_an_exemption_allows_more_days(desk) -> None:
    terms = factories.whole_terms(days_per_week=5, weekdays=(0, 1, 2, 3, 4), is_cut=True)
    version = text(desk, terms=terms_to_json(terms))
    factories.exemption(agreement=version.agreement)

    version = offer_agreement(version, by=desk.dirigente)

    assert "31.1.2022" in version.text


def test_art_10_and_11_are_asked_again_at_the_offer(desk) -> None:
    version = text(desk)
    agreement = version.agreement
    agreement.person.safety_receipts.all().delete()
    agreement.person.trainings.all().delete()
    agreement.interest = factories.interest(
        person=agreement.person, state=InterestState.GRANTED, training_on=day("1.2.2021")
    )
    agreement.save()

    with pytest.raises(ValidationError) as caught:
        offer_agreement(version, by=desk.dirigente)

    assert codes(caught) == ["safety"]


@pytest.mark.parametrize("is_renewal", [False, True])
@pytest.mark.parametrize(
    ("received", "found"), [("15.2.2020", ["safety"]), ("16.2.2020", [])], ids=["a year", "less"]
)
def test_art_10_a_notice_counts_for_a_year(desk, received, found, is_renewal) -> None:
    agreement = running(desk) if is_renewal else text(desk).agreement
    agreement.person.safety_receipts.all().delete()
    agreement.interest = factories.interest(
        person=agreement.person,
        state=InterestState.GRANTED,
        training_on=day("1.2.2020"),
        safety_on=day(received),
    )
    agreement.save()
    version = renewal(agreement, by=desk.dirigente) if is_renewal else agreement.versions.get()
    version.agreement = agreement

    problems = problems_of_text(version, Norms())

    assert [one.code for one in problems] == found


# Accepted


def test_accepted_by_both_it_runs(desk) -> None:
    version = text(desk)
    version = offer_agreement(version, by=desk.dirigente)
    seen = version.text_sha256

    accept_agreement(version, seen=seen, by=desk.employee)
    half = Agreement.objects.get(pk=version.agreement_id).state
    accept_agreement(version, seen=seen, by=desk.dirigente)

    version.refresh_from_db()
    agreement = version.agreement
    assert (half, agreement.state) == (AgreementState.OFFERED, AgreementState.RUNNING)
    assert (agreement.starts_on, agreement.ends_on) == (day("1.3.2021"), day("31.8.2021"))
    assert version.employee_accepted_by_label == str(desk.employee)
    assert version.employer_accepted_by_label == str(desk.dirigente)
    assert verbs(agreement) == [
        "agreement.offered",
        "agreement.accepted",
        "agreement.accepted",
        "agreement.concluded",
    ]


def test_another_text_and_a_second_time_are_refused(desk) -> None:
    version = text(desk, VersionState.OFFERED)

    with pytest.raises(ValidationError) as stale:
        accept_agreement(version, seen="0" * 64, by=desk.employee)
    accept_agreement(version, seen=version.text_sha256, by=desk.employee)
    with pytest.raises(ValidationError) as twice:
        accept_agreement(version, seen=version.text_sha256, by=desk.employee)

    assert (codes(stale), codes(twice)) == (["stale"], ["state"])


@pytest.mark.parametrize("who", ["hr", "head", "secretary"])
def test_accepted_by_the_parties_alone(desk, who) -> None:
    version = text(desk, VersionState.OFFERED)

    with pytest.raises(PermissionDenied):
        accept_agreement(version, seen=version.text_sha256, by=getattr(desk, who))


def test_one_running_agreement_per_person_is_held_by_the_database(desk) -> None:
    running(desk)
    version = text(desk, VersionState.OFFERED)
    accept_agreement(version, seen=version.text_sha256, by=desk.employee)

    with pytest.raises(ValidationError):
        accept_agreement(version, seen=version.text_sha256, by=desk.dirigente)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=version.agreement_id).update(state=AgreementState.RUNNING)


def test_given_back_both_accept_anew(desk) -> None:
    version = text(desk, VersionState.OFFERED)
    accept_agreement(version, seen=version.text_sha256, by=desk.employee)

    with pytest.raises(ValidationError):
        give_back_agreement(version, reason=" ", by=desk.dirigente)
    give_back_agreement(version, reason="Fasce.", by=desk.dirigente)

    version.refresh_from_db()
    assert (version.state, version.agreement.state) == (
        VersionState.WRITTEN,
        AgreementState.DRAFT,
    )
    assert (version.employee_accepted_at, version.return_reason) == (None, "Fasce.")
    with pytest.raises(ValidationError):
        accept_agreement(version, seen=version.text_sha256, by=desk.employee)


def test_a_first_text_is_not_accepted_once_its_first_day_has_gone_by(desk, settings) -> None:
    version = offer_agreement(text(desk), by=desk.dirigente)
    starts_on = terms_from_json(version.terms).starts_on
    accept_agreement(version, seen=version.text_sha256, by=desk.dirigente)

    settings.DEMO_DATE = starts_on + datetime.timedelta(days=1)
    with pytest.raises(ValidationError) as late:
        accept_agreement(version, seen=version.text_sha256, by=desk.employee)

    assert codes(late) == ["start"]
    settings.DEMO_DATE = starts_on
    accept_agreement(version, seen=version.text_sha256, by=desk.employee)
    version.refresh_from_db()
    assert version.state == VersionState.IN_FORCE


@pytest.mark.parametrize("is_renewal", [False, True])
def test_art_10_and_11_are_asked_again_at_the_acceptance(desk, is_renewal) -> None:
    version = renewal(running(desk), by=desk.dirigente) if is_renewal else text(desk)
    version = offer_agreement(version, by=desk.hr)
    person = desk.employee.person
    for mistaken in (person.trainings.get(), person.safety_receipts.get()):
        mistaken.delete()

    for side in (desk.employee, desk.dirigente):
        with pytest.raises(ValidationError) as lacking:
            accept_agreement(version, seen=version.text_sha256, by=side)
        assert codes(lacking) == ["training", "safety"]

    version.refresh_from_db()
    assert version.state == VersionState.OFFERED
    factories.dutiful(person)
    for side in (desk.employee, desk.dirigente):
        version = accept_agreement(version, seen=version.text_sha256, by=side)
    assert version.state == VersionState.IN_FORCE


# Renewed


def renewal(agreement, **given):
    values = {
        "ends_on": day("31.12.2021"),
        "effects": "Buoni.",
        "complexity": "Adeguata.",
        "is_positive": True,
    }
    return renew_agreement(agreement, **values | given)


def test_renewed_after_a_favourable_evaluation(desk) -> None:
    agreement = running(desk)

    version = offer_agreement(renewal(agreement, by=desk.dirigente), by=desk.dirigente)
    for side in (desk.employee, desk.dirigente):
        accept_agreement(version, seen=version.text_sha256, by=side)

    agreement.refresh_from_db()
    states = list(agreement.versions.order_by("number").values_list("state", flat=True))
    assert states == [VersionState.REPLACED, VersionState.IN_FORCE]
    assert (agreement.starts_on, agreement.ends_on) == (day("1.1.2021"), day("31.12.2021"))
    assert agreement.evaluations.get().is_positive
    assert terms_from_json(version.terms).starts_on == day("1.7.2021")


FIRST = "Art. 6: un rinnovo comincia il giorno dopo la fine dell’accordo, 1.7.2021"
LAST = "Art. 6: un rinnovo finisce dopo il giorno 30.6.2021"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts_on": day("16.2.2021"), "ends_on": day("28.2.2021")}, [FIRST, LAST]),
        ({"starts_on": day("1.1.2020")}, [FIRST]),
        ({"starts_on": day("2.7.2021")}, [FIRST]),
        ({"starts_on": None, "ends_on": day("30.6.2021")}, [LAST, "Art. 6: manca «Durata»"]),
        ({"ends_on": None}, ["Art. 6: manca «Durata»"]),
    ],
    ids=["shorter", "in the past", "with a gap", "no longer", "without an end"],
)
def test_a_renewal_follows_the_agreement_and_lasts_longer(desk, changes, words) -> None:
    agreement = running(desk)
    version = renewal(agreement, by=desk.dirigente)
    terms = terms_from_json(version.terms).with_changes(**changes)
    version = write_terms(version, terms=terms, seen=seen_of(version), by=desk.hr)

    with pytest.raises(ValidationError) as caught:
        offer_agreement(version, by=desk.hr)

    assert caught.value.messages == words
    agreement.refresh_from_db()
    assert (agreement.ends_on, agreement.terms_by_day) == (day("30.6.2021"), [])


def lighter_renewal(desk, agreement) -> AgreementVersion:
    """Signed in February: from 1 July one day a week, the day begins at half past nine."""
    version = renewal(agreement, by=desk.dirigente)
    terms = terms_from_json(version.terms).with_changes(
        days_per_week=1,
        weekdays=(4,),
        day_begins_at=datetime.time(9, 30),
        day_ends_at=datetime.time(18),
    )
    write_terms(version, terms=terms, seen=seen_of(version), by=desk.dirigente)
    version = offer_agreement(version, by=desk.dirigente)
    for side in (desk.employee, desk.dirigente):
        accept_agreement(version, seen=version.text_sha256, by=side)
    agreement.refresh_from_db()
    return version


def test_a_renewal_holds_from_its_first_day(desk) -> None:
    agreement = running(desk)
    lighter_renewal(desk, agreement)

    june, july = day("21.6.2021"), day("5.7.2021")
    standing = standing_of(agreement.person, june, july)
    limits = [standing.limit_of(one).days for one in (june, july)]
    begins = [agreement.day_begins_at_on(one) for one in (june, july)]

    assert (limits, begins) == ([3, 1], [datetime.time(8), datetime.time(9, 30)])
    assert (agreement.days_per_week, agreement.weekdays) == (3, [])
    assert (agreement.starts_on, agreement.ends_on) == (day("1.1.2021"), day("31.12.2021"))


def test_a_renewal_of_what_has_yet_to_begin_leaves_its_terms(desk) -> None:
    agreement = running(desk, starts_on=day("1.3.2021"))
    lighter_renewal(desk, agreement)

    assert (agreement.days_per_week, agreement.ends_on) == (3, day("31.12.2021"))
    assert agreement.terms_on(day("15.2.2021")) is None


@pytest.mark.parametrize(("booked_on", "hour"), [("30.6.2021", 8), ("1.7.2021", 9)])
def test_the_notice_of_a_revocation_is_of_the_hours_of_that_day(desk, booked_on, hour) -> None:
    agreement = running(desk)
    lighter_renewal(desk, agreement)
    [held] = booked(agreement, booked_on)
    standing = standing_of(agreement.person, held.day, held.day)
    before = held.day - datetime.timedelta(days=1)
    moments = [
        datetime.datetime.combine(before, datetime.time(hour, minute), office_zone())
        for minute in (0, 31)
    ]

    held.refresh_from_db()
    page = day_page(held, today=day("15.2.2021"), now=moments[0], reserved=True)
    assert page.terms.day_begins_at.hour == hour
    found = [bool(revoking_problems(standing, held, at=moment)) for moment in moments]

    assert found == [False, True]


def test_the_agreement_says_the_terms_of_the_day(desk) -> None:
    agreement = running(desk)
    lighter_renewal(desk, agreement)

    told = in_force(agreement, None).later
    early = begin_renewals(on=day("30.6.2021"))
    begun = begin_renewals(on=day("1.7.2021"))
    twice = begin_renewals(on=day("2.7.2021"))

    agreement.refresh_from_db()
    assert ([one.pk for one in early], [one.pk for one in begun], twice) == (
        [],
        [agreement.pk],
        [],
    )
    assert (agreement.days_per_week, agreement.weekdays) == (1, [4])
    assert agreement.days_per_week_on(day("30.6.2021")) == 3
    assert told == (
        "Dal giorno 1.7.2021, con il rinnovo: 1 giornata a settimana al massimo, orario 9.30-18.00",
    )
    assert verbs(agreement)[-1] == "agreement.renewed"


def test_not_renewed_when_the_outcome_is_not_favourable(desk) -> None:
    agreement = running(desk)

    assert renewal(agreement, is_positive=False, by=desk.dirigente) is None
    assert (agreement.versions.count(), agreement.evaluations.count()) == (1, 1)


@pytest.mark.parametrize(
    ("given", "words"),
    [({"ends_on": day("1.2.2022")}, "Art. 1"), ({"ends_on": day("30.6.2021")}, "Art. 6")],
)
def test_renewal_ends_after_the_agreement_and_within_the_trial(desk, given, words) -> None:
    agreement = running(desk)

    with pytest.raises(ValidationError) as caught:
        renewal(agreement, **given, by=desk.dirigente)

    assert caught.value.messages[0].startswith(words)
    assert agreement.evaluations.count() == 0


def test_no_evaluation_contradicts_a_renewal_on_its_way(desk) -> None:
    agreement = running(desk)
    version = offer_agreement(renewal(agreement, by=desk.dirigente), by=desk.dirigente)

    with pytest.raises(ValidationError) as caught:
        renewal(agreement, is_positive=False, by=desk.dirigente)

    assert caught.value.code == "state"
    assert [one.is_positive for one in agreement.evaluations.all()] == [True]
    for side in (desk.employee, desk.dirigente):
        version = accept_agreement(version, seen=version.text_sha256, by=side)
    renewal(agreement, is_positive=False, by=desk.dirigente)
    assert agreement.evaluations.count() == 2


def test_an_agreement_without_text_ends_and_is_not_renewed(desk) -> None:
    agreement = running(desk)
    agreement.versions.all().delete()

    with pytest.raises(ValidationError) as caught:
        renewal(agreement, by=desk.dirigente)
    renewal(agreement, is_positive=False, by=desk.dirigente)

    assert caught.value.messages == ["Questo accordo non ha un testo in vigore."]
    assert agreement.evaluations.count() == 1


def test_one_renewal_at_a_time_and_not_after_a_withdrawal(desk) -> None:
    agreement = running(desk)
    renewal(agreement, by=desk.dirigente)
    with pytest.raises(ValidationError):
        renewal(agreement, by=desk.dirigente)
    factories.withdrawal(agreement=agreement)
    with pytest.raises(ValidationError):
        renewal(agreement, by=desk.dirigente)


def test_the_employee_asks_once_and_an_evaluation_answers(desk) -> None:
    agreement = running(desk)

    asked = ask_renewal(agreement, by=desk.employee)
    again_asked = ask_renewal(agreement, by=desk.employee)
    renewal(agreement, is_positive=False, by=desk.dirigente)

    assert asked.renewal_asked_at is not None
    assert again_asked.renewal_asked_at == asked.renewal_asked_at
    agreement.refresh_from_db()
    assert agreement.renewal_asked_at is None
    assert verbs(agreement)[-2:] == ["agreement.renewal_asked", "agreement.evaluated"]


def test_a_renewal_is_asked_by_the_employee_alone(desk) -> None:
    agreement = running(desk)

    for other in (desk.hr, desk.dirigente, desk.head):
        with pytest.raises(PermissionDenied):
            ask_renewal(agreement, by=other)


def test_art_6_a_renewal_is_asked_once_the_agreement_has_begun(desk, settings) -> None:
    agreement = running(desk)
    settings.DEMO_DATE = day("31.12.2020")
    with pytest.raises(ValidationError) as caught:
        ask_renewal(agreement, by=desk.employee)
    settings.DEMO_DATE = day("1.1.2021")

    ask_renewal(agreement, by=desk.employee)

    assert codes(caught) == ["begun"]
    assert verbs(agreement) == ["agreement.renewal_asked"]


def test_no_renewal_is_asked_where_none_can_follow(desk) -> None:
    agreement = running(desk)
    Agreement.objects.filter(pk=agreement.pk).update(ends_on=day("31.1.2022"))
    with pytest.raises(ValidationError, match=r"Art\. 1"):
        ask_renewal(agreement, by=desk.employee)
    Agreement.objects.filter(pk=agreement.pk).update(ends_on=day("30.6.2021"))
    renewal(agreement, by=desk.dirigente)
    with pytest.raises(ValidationError):
        ask_renewal(agreement, by=desk.employee)
    factories.withdrawal(agreement=agreement)
    with pytest.raises(ValidationError):
        ask_renewal(agreement, by=desk.employee)


# Suspended


def test_suspended_for_a_short_time(desk) -> None:
    agreement = running(desk)

    suspend_agreement(
        agreement,
        starts_on=day("1.3.2021"),
        ends_on=day("15.3.2021"),
        reason="Nota riservata",
        by=desk.dirigente,
    )

    assert verbs(agreement) == ["agreement.suspended"]
    assert [word for word in SECRETS if word in told(agreement)] == []
    assert list(Agreement.objects.running(on=day("2.3.2021")).filter(pk=agreement.pk)) == []


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("1.3.2021", "16.3.2021"),
        ("14.2.2021", "16.2.2021"),
        ("25.6.2021", "1.7.2021"),
        ("20.2.2021", "22.2.2021"),
    ],
    ids=["more than 15 days", "gone by", "after the end", "suspended already"],
)
def test_art_8_a_suspension_within_its_limits(desk, first, last) -> None:
    agreement = running(desk)
    factories.suspension(agreement=agreement, starts_on=day("22.2.2021"), ends_on=day("22.2.2021"))

    with pytest.raises(ValidationError):
        suspend_agreement(
            agreement, starts_on=day(first), ends_on=day(last), reason="x", by=desk.hr
        )

    assert agreement.suspensions.count() == 1


# Ended


def withdraw(agreement, last_day: str, **given):
    values = {"party": Party.EMPLOYER, "reason": "Nota riservata", "last_day": day(last_day)}
    return withdraw_from_agreement(agreement, **values | given)


def test_art_8_ninety_days_for_a_protected_worker(desk) -> None:
    agreement = running(desk)
    asked = factories.interest(person=agreement.person, state=InterestState.GRANTED)
    factories.priority_ground(interest=asked, kind=PriorityKind.OWN_DISABILITY)

    with pytest.raises(ValidationError) as caught:
        withdraw(agreement, "15.5.2021", by=desk.hr)
    made = withdraw(agreement, "16.5.2021", by=desk.hr)

    agreement.refresh_from_db()
    assert codes(caught) == ["notice"]
    assert (made.notice_days, agreement.ends_on) == (90, day("16.5.2021"))
    assert agreement.state == AgreementState.RUNNING
    assert [word for word in (*SECRETS, ": 90") if word in told(agreement)] == []


@pytest.mark.parametrize(
    ("given", "first"),
    [
        ({"party": Party.EMPLOYEE}, "17.3.2021"),
        ({}, "17.3.2021"),
        ({"is_protected": True}, "16.5.2021"),
    ],
)
def test_art_8_notice_by_who_withdraws(desk, given, first) -> None:
    agreement = running(desk)
    by = desk.employee if given.get("party") else desk.dirigente
    early = day(first) - datetime.timedelta(days=1)

    with pytest.raises(ValidationError):
        withdraw(agreement, f"{early.day}.{early.month}.{early.year}", **given, by=by)
    withdraw(agreement, first, **given, by=by)

    with pytest.raises(ValidationError):
        withdraw(agreement, first, **given, by=by)
    assert verbs(agreement) == ["agreement.withdrawn"]


def test_art_8_letters_without_notice_end_it_at_once(desk) -> None:
    agreement = running(desk)
    renewal(agreement, by=desk.dirigente)

    made = withdraw(agreement, "15.2.2021", letter=Letter.C, by=desk.dirigente)

    agreement.refresh_from_db()
    assert (made.notice_days, agreement.state) == (0, AgreementState.WITHDRAWN)
    assert agreement.covers(day("15.2.2021"))
    assert agreement.versions.get(number=2).state == VersionState.DROPPED


def test_art_8_without_notice_never_before_the_day_of_the_act(desk) -> None:
    with pytest.raises(ValidationError) as caught:
        withdraw(running(desk), "14.2.2021", letter=Letter.C, by=desk.dirigente)

    words = "Art. 8: senza preavviso l’accordo finisce il giorno dell’atto, 15.2.2021, o dopo"
    assert caught.value.messages == [words]


def test_withdrawn_before_it_began(desk) -> None:
    agreement = running(desk, starts_on=day("1.6.2021"), ends_on=day("30.11.2021"))
    booked(agreement, "3.6.2021")

    withdraw(agreement, "17.3.2021", party=Party.EMPLOYEE, by=desk.employee)

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.DROPPED
    assert (agreement.starts_on, agreement.ends_on) == (day("1.6.2021"), day("30.11.2021"))
    assert agreement.versions.get().state == VersionState.DROPPED
    assert (agreement.withdrawal.last_day, live(agreement)) == (day("17.3.2021"), [])
    assert not agreement.covers(day("3.6.2021"))


def test_a_withdrawal_says_why_and_ends_before_the_agreement(desk) -> None:
    agreement = running(desk)

    with pytest.raises(ValidationError) as nothing:
        withdraw(agreement, "17.3.2021", reason=" ", by=desk.hr)
    with pytest.raises(ValidationError) as late:
        withdraw(agreement, "1.7.2021", by=desk.hr)

    assert (list(nothing.value.message_dict), list(late.value.message_dict)) == (
        ["reason"],
        ["last_day"],
    )


def test_each_side_withdraws_for_itself(desk) -> None:
    agreement = running(desk)

    with pytest.raises(PermissionDenied):
        withdraw(agreement, "17.3.2021", party=Party.EMPLOYEE, by=desk.hr)
    with pytest.raises(PermissionDenied):
        withdraw(agreement, "17.3.2021", by=desk.employee)


def test_expired_on_the_day_after(desk, settings) -> None:
    agreement, gone = running(desk), factories.agreement(counterpart=desk.dirigente.person)
    renewal(agreement, by=desk.dirigente)
    factories.withdrawal(agreement=gone)

    same_day = expire_agreements(on=day("30.6.2021"))
    closed = expire_agreements(on=day("1.7.2021"))

    agreement.refresh_from_db()
    gone.refresh_from_db()
    assert (same_day, {one.pk for one in closed}) == ([], {agreement.pk, gone.pk})
    assert (agreement.state, gone.state) == (AgreementState.ENDED, AgreementState.WITHDRAWN)
    assert verbs(agreement)[-1] == "agreement.expired"


# Another unit, exemptions


def test_taken_to_another_unit(desk) -> None:
    agreement = running(desk)
    other = factories.unit(parent=desk.area.parent)

    new = change_unit(agreement, unit=other, from_day=day("1.3.2021"), by=desk.hr)

    agreement.refresh_from_db()
    terms = terms_from_json(new.versions.get().terms)
    assert (agreement.ends_on, agreement.state) == (day("28.2.2021"), AgreementState.RUNNING)
    assert (new.state, new.continues, new.counterpart) == (
        AgreementState.DRAFT,
        agreement,
        desk.secretary.person,
    )
    assert (terms.objectives, terms.ends_on) == ((), day("30.6.2021"))
    assert agreement.person.unit == desk.service


@pytest.mark.parametrize(
    ("from_day", "days", "begins"),
    [
        ("16.2.2021", 2, datetime.time(8)),
        ("30.6.2021", 2, datetime.time(8)),
        ("1.7.2021", 1, datetime.time(9, 30)),
    ],
)
def test_another_unit_copies_the_terms_of_its_first_day(desk, from_day, days, begins) -> None:
    agreement = running(desk)
    lighter_renewal(desk, agreement)

    new = change_unit(agreement, unit=desk.area, from_day=day(from_day), by=desk.hr)

    terms = terms_from_json(new.versions.get().terms)
    assert (new.days_per_week, new.day_begins_at) == (days, begins)
    assert (terms.days_per_week, terms.day_begins_at) == (days, begins)


def test_taken_at_once_the_old_one_is_over(desk) -> None:
    agreement = running(desk)
    renewal(agreement, by=desk.dirigente)

    change_unit(agreement, unit=desk.area, from_day=day("15.2.2021"), by=desk.hr)

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.ENDED


@pytest.mark.parametrize("case", ["same", "outside", "past", "no text", "nobody"])
def test_a_change_of_unit_that_cannot_be(desk, case) -> None:
    agreement = running(desk)
    unit, from_day = desk.area, day("1.3.2021")
    if case == "same":
        unit = desk.service
    elif case == "outside":
        from_day = day("1.7.2021")
    elif case == "past":
        from_day = day("14.2.2021")
    elif case == "no text":
        agreement.versions.all().delete()
    else:
        unit = factories.root_unit()
        secretary = desk.secretary.person.appointments.get()
        secretary.ends_on = day("1.2.2021")
        secretary.save()

    with pytest.raises(ValidationError):
        change_unit(agreement, unit=unit, from_day=from_day, by=desk.hr)


def test_an_exemption_is_recorded_without_its_reason(desk) -> None:
    agreement = running(desk)
    values = {"starts_on": day("1.3.2021"), "ends_on": day("30.4.2021")}

    grant_exemption(
        agreement, days_per_week=5, reserved_reason="fragile", by=desk.dirigente, **values
    )
    with pytest.raises(ValidationError):
        grant_exemption(agreement, days_per_week=3, reserved_reason="x", by=desk.hr, **values)
    with pytest.raises(PermissionDenied):
        grant_exemption(agreement, days_per_week=5, reserved_reason="x", by=desk.head, **values)

    assert agreement.exemptions.get().reserved_reason == "fragile"
    assert verbs(agreement) == ["exemption.granted"]
    assert [word for word in SECRETS if word in told(agreement)] == []


def test_an_exemption_lasts_no_longer_than_its_agreement(desk) -> None:
    agreement = running(desk)
    given = {"days_per_week": 5, "reserved_reason": "fragile", "by": desk.dirigente}
    first, last = clock.today(), agreement.ends_on

    with pytest.raises(ValidationError) as refused:
        grant_exemption(
            agreement, starts_on=first, ends_on=last + datetime.timedelta(days=1), **given
        )
    grant_exemption(agreement, starts_on=first, ends_on=last, **given)

    assert list(refused.value.error_dict) == ["ends_on"]
    assert agreement.exemptions.get().ends_on == last


@pytest.mark.parametrize("case", ["gone by", "before the agreement", "not accepted yet"])
def test_an_exemption_begins_with_an_agreement_in_force(desk, case) -> None:
    begins = clock.today() + ONE_DAY
    state = AgreementState.OFFERED if case == "not accepted yet" else AgreementState.RUNNING
    agreement = running(desk, starts_on=begins, state=state)
    first = {"gone by": clock.today() - ONE_DAY, "before the agreement": clock.today()}

    with pytest.raises(ValidationError) as refused:
        grant_exemption(
            agreement,
            days_per_week=5,
            starts_on=first.get(case, begins),
            ends_on=agreement.ends_on,
            reserved_reason="fragile",
            by=desk.dirigente,
        )

    assert agreement.exemptions.count() == 0
    if case == "not accepted yet":
        assert refused.value.code == "state"
    else:
        assert list(refused.value.error_dict) == ["starts_on"]


def test_a_dirigente_agrees_with_the_secretary_general(desk) -> None:
    agreement = factories.agreement(
        person=factories.dutiful(desk.dirigente.person),
        counterpart=desk.secretary.person,
        state=AgreementState.OFFERED,
    )
    version = factories.agreement_version(agreement=agreement, state=VersionState.OFFERED)

    for side in (desk.dirigente, desk.secretary):
        version = accept_agreement(version, seen=version.text_sha256, by=side)

    assert agreement.person.category == StaffCategory.DIRIGENTI
    assert version.state == VersionState.IN_FORCE


def test_a_renewal_given_back_leaves_the_agreement_in_force(desk) -> None:
    agreement = running(desk)
    version = offer_agreement(renewal(agreement, by=desk.dirigente), by=desk.hr)

    give_back_agreement(version, reason="Durata.", by=desk.employee)

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.RUNNING
    assert agreement.versions.get(number=2).state == VersionState.WRITTEN


def test_a_state_that_does_not_allow_it_is_told(desk) -> None:
    ended = running(desk, state=AgreementState.ENDED)

    with pytest.raises(ValidationError) as caught:
        withdraw(ended, "17.3.2021", by=desk.dirigente)

    assert codes(caught) == ["state"]


# The days booked outside the term


BOOKED = ("15.2.2021", "3.3.2021", "5.3.2021", "17.3.2021", "18.3.2021")


def booked(agreement, *days: str, state=DayState.APPROVED) -> list:
    return [factories.agile_day(agreement=agreement, day=day(one), state=state) for one in days]


def live(agreement) -> list[str]:
    return [written(one.day) for one in AgileDay.objects.live().filter(agreement=agreement)]


def suspend_early_march(agreement, desk) -> None:
    pause = {"starts_on": day("1.3.2021"), "ends_on": day("5.3.2021")}
    suspend_agreement(agreement, **pause, reason="Nota riservata", by=desk.dirigente)


def withdraw_in_march(agreement, desk) -> None:
    withdraw(agreement, "17.3.2021", party=Party.EMPLOYEE, by=desk.employee)


def leave_at_once(agreement, desk) -> None:
    withdraw(agreement, "15.2.2021", letter=Letter.A, by=desk.hr)


def move_in_march(agreement, desk) -> None:
    change_unit(agreement, unit=desk.area, from_day=day("4.3.2021"), by=desk.hr)


def move_today(agreement, desk) -> None:
    change_unit(agreement, unit=desk.area, from_day=day("15.2.2021"), by=desk.hr)


def end_in_march(agreement, desk) -> None:
    terms = replace(factories.whole_terms(), ends_on=day("4.3.2021"))
    version = factories.agreement_version(
        agreement=agreement, number=2, state=VersionState.OFFERED, terms=terms_to_json(terms)
    )
    for side in (desk.employee, desk.dirigente):
        accept_agreement(version, seen=version.text_sha256, by=side)


def expire(agreement, desk) -> None:
    Agreement.objects.filter(pk=agreement.pk).update(ends_on=day("14.2.2021"))
    expire_agreements()


@pytest.mark.parametrize(
    ("act", "left"),
    [
        (suspend_early_march, ("15.2.2021", "17.3.2021", "18.3.2021")),
        (withdraw_in_march, BOOKED[:4]),
        (leave_at_once, BOOKED[:1]),
        (move_in_march, BOOKED[:2]),
        (move_today, ("10.2.2021",)),
        (end_in_march, BOOKED[:2]),
        (expire, ("10.2.2021",)),
    ],
)
def test_days_outside_the_term_fall(desk, act, left) -> None:
    agreement = running(desk)
    booked(agreement, "10.2.2021", *BOOKED)

    act(agreement, desk)

    assert live(agreement) == list(dict.fromkeys(("10.2.2021", *left)))


def test_a_day_that_fell_tells_why_without_the_reserved_reason(desk) -> None:
    agreement = running(desk)
    [asked] = booked(agreement, "2.3.2021", state=DayState.ASKED)
    [proposed] = booked(agreement, "3.3.2021", state=DayState.PROPOSED)
    [other] = booked(factories.agreement(), "3.3.2021")

    suspend_early_march(agreement, desk)

    told_of = DayEvent.objects.order_by("day__day")
    assert list(told_of.values_list("day", "act", "note", "by_label")) == [
        (asked.pk, "taken", "L’accordo è sospeso", str(desk.dirigente)),
        (proposed.pk, "taken", "L’accordo è sospeso", str(desk.dirigente)),
    ]
    other.refresh_from_db()
    assert other.state == DayState.APPROVED


def test_days_stay_when_the_act_is_refused(desk) -> None:
    agreement = running(desk)
    booked(agreement, "18.2.2021")

    with pytest.raises(ValidationError):
        withdraw(agreement, "16.2.2021", by=desk.hr)

    assert live(agreement) == ["18.2.2021"]


def test_expiry_is_told_by_the_program(desk) -> None:
    agreement = running(desk)
    booked(agreement, "18.2.2021")

    expire(agreement, desk)

    found = DayEvent.objects.get()
    assert (found.by_label, found.note) == ("camera_perf", "L’accordo termina il giorno 14.2.2021")
