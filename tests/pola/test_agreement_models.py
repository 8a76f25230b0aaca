"""What the database refuses about requests and agreements, and who reads their rows."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from rules import has_perm

from organization.enums import Role
from organization.models import User
from pola.enums import InterestState, Party, PriorityKind, VersionState
from pola.models import Agreement, AgreementVersion, Interest, PriorityGround
from pola.operations.interest_doors import save_signed
from pola.querysets import decided_by
from tests import factories
from tests.pola.agreements import again

pytestmark = pytest.mark.django_db

DAY = datetime.date(2021, 3, 1)
NOW = timezone.now()


def refused(made) -> None:
    """Both the form and the database say no."""
    with pytest.raises(ValidationError):
        made.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()


def changed(made, **given):
    for name, value in given.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize(
    "given",
    [
        {"days_per_week": 0},
        {"decider": None},
        {"starts_on": None},
        {"sent_by_label": ""},
        {"checked_at": NOW},
        {"decided_by_label": "Qualcuno"},
        {"state": InterestState.REFUSED},
    ],
    ids=lambda given: next(iter(given)),
)
def test_a_request_that_cannot_be(given) -> None:
    refused(changed(factories.interest(), **given))


def test_nobody_decides_his_own_request() -> None:
    made = factories.interest()

    refused(changed(made, decider=made.person))


@pytest.mark.parametrize("given", [{"weekdays": [5]}, {"purposes": ["z"]}, {"purposes": "a"}])
def test_days_and_purposes_are_those_of_the_guidelines(given) -> None:
    with pytest.raises(ValidationError) as caught:
        changed(factories.interest(), **given).full_clean()

    assert list(caught.value.message_dict) == list(given)


def test_a_request_names_itself_and_its_purposes() -> None:
    made = factories.interest(purposes=["f", "a"])

    assert made.is_open
    assert [words[:2] for words in made.purpose_words] == ["a)", "f)"]


def test_a_ground_stands_once_and_maternity_has_its_day() -> None:
    known = factories.priority_ground()

    refused(PriorityGround(interest=known.interest, kind=known.kind))
    refused(PriorityGround(interest=known.interest, kind=PriorityKind.MATERNITY))


@pytest.mark.parametrize(
    "given",
    [
        {"number": 1},
        {"number": 2, "state": VersionState.WRITTEN},
        {"number": 2, "state": VersionState.OFFERED, "text": ""},
        {"number": 2, "state": VersionState.IN_FORCE, "employee_accepted_at": None},
    ],
    ids=["number", "one open", "without text", "not accepted"],
)
def test_a_text_that_cannot_be(given) -> None:
    known = factories.agreement_version(state=VersionState.OFFERED)

    refused(
        AgreementVersion(
            **{
                "agreement": known.agreement,
                "state": VersionState.REPLACED,
                "text": "x",
                "text_sha256": "x",
                "written_at": NOW,
                "written_by_label": "x",
                "employee_accepted_at": NOW,
                "employer_accepted_at": NOW,
            }
            | given
        )
    )
    assert known.is_open


def test_one_text_is_in_force() -> None:
    known = factories.agreement_version(state=VersionState.IN_FORCE)
    other = factories.agreement_version(
        agreement=known.agreement, number=2, state=VersionState.REPLACED
    )

    refused(changed(other, state=VersionState.IN_FORCE))


@pytest.mark.parametrize(
    "given",
    [
        {"last_day": datetime.date(2021, 2, 28)},
        {"letter": "a"},
        {"letter": "a", "notice_days": 0, "party": Party.EMPLOYEE},
    ],
)
def test_a_withdrawal_that_cannot_be(given) -> None:
    refused(changed(factories.withdrawal(), **given))


def test_a_reminder_is_sent_once() -> None:
    known = factories.agreement_reminder()

    refused(
        type(known)(agreement=known.agreement, user=known.user, due_on=known.due_on, sent_at=NOW)
    )


def test_usual_days_of_an_agreement_are_of_the_week() -> None:
    with pytest.raises(ValidationError):
        changed(factories.agreement(), weekdays=[7]).full_clean()


# Another act was quicker


def test_what_another_act_took_is_told_in_words() -> None:
    known = factories.interest()
    late = Interest(person=known.person, unit=known.unit)
    late.full_clean = lambda: None

    with pytest.raises(ValidationError):
        save_signed(late, by=None, at=NOW)


def test_what_the_database_refuses_otherwise_is_no_message() -> None:
    known = factories.withdrawal()

    with pytest.raises(IntegrityError):
        save_signed(known, by=None, at=NOW, force_insert=True)


# Who reads


def rows_of(desk) -> dict[type, int]:
    """One row of each kind about the employee of the office."""
    asked = factories.interest(person=desk.employee.person, decider=desk.dirigente.person)
    agreement = factories.agreement(person=desk.employee.person, counterpart=desk.dirigente.person)
    return {
        type(row): row.pk
        for row in (
            asked,
            factories.priority_ground(interest=asked),
            agreement,
            factories.agreement_version(agreement=agreement, state=VersionState.IN_FORCE),
        )
    }


RESERVED = {PriorityGround}
OPEN = {Interest, Agreement, AgreementVersion}
READERS = {
    "employee": OPEN | RESERVED,
    "dirigente": OPEN | RESERVED,
    "hr": OPEN | RESERVED,
    "head": OPEN,
    "secretary": OPEN,
}


def read_by(user, rows) -> set[type]:
    return {
        model
        for model, pk in rows.items()
        if model._default_manager.visible_to(user).filter(pk=pk).exists()
    }


@pytest.mark.parametrize("who", READERS)
def test_reserved_rows_are_read_by_who_must(desk, who) -> None:
    assert read_by(again(getattr(desk, who)), rows_of(desk)) == READERS[who]


@pytest.mark.parametrize("who", READERS)
def test_reserved_words_are_read_by_who_must(desk, who) -> None:
    """Of suspensions, exemptions, withdrawals, evaluations."""
    agreement = factories.agreement(person=desk.employee.person, counterpart=desk.dirigente.person)

    may_read = has_perm("pola.read_reserved", again(getattr(desk, who)), agreement)

    assert may_read == (READERS[who] >= RESERVED)


def test_what_is_being_written_is_its_authors_alone(desk) -> None:
    draft = factories.interest(person=desk.employee.person, state=InterestState.DRAFT)
    factories.priority_ground(interest=draft)

    read = {
        who: PriorityGround.objects.visible_to(again(getattr(desk, who))).exists()
        for who in READERS
    }

    assert [who for who, is_read in read.items() if is_read] == ["employee"]


def test_others_read_nothing(desk) -> None:
    rows = rows_of(desk)
    colleague = factories.user(person=factories.person(unit=desk.service))
    oiv = factories.user()
    factories.appointment(person=oiv.person, role=Role.OIV)

    assert [read_by(again(user), rows) for user in (colleague, oiv)] == [set(), set()]
    assert read_by(AnonymousUser(), rows) == set()


def test_an_account_of_nobody_reads_no_ground(desk) -> None:
    factories.priority_ground(interest=factories.interest(state=InterestState.DRAFT))
    nobody = User.objects.get(pk=factories.user(person=None, is_superuser=True).pk)

    assert list(PriorityGround.objects.visible_to(nobody)) == []


def test_requests_by_whom_they_wait_for() -> None:
    sent = factories.interest()
    checked = factories.interest(state=InterestState.CHECKED)

    assert list(Interest.objects.sent()) == [sent]
    assert list(Interest.objects.checked()) == [checked]


def test_an_account_without_a_person_decides_no_draft_that_names_nobody() -> None:
    factories.interest(state=InterestState.DRAFT, decider=None)
    factories.interest(state=InterestState.SENT)

    assert not Interest.objects.filter(decided_by(factories.user(person=None))).exists()
