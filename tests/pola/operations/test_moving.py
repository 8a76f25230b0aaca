"""The person passes to another unit: two agreements in force, never on the same day."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from pola.enums import AgreementState, VersionState
from pola.models import Agreement
from pola.operations import (
    accept_agreement,
    ask_renewal,
    change_unit,
    drop_agreement,
    offer_agreement,
    renew_agreement,
    write_terms,
)
from pola.operations.agreements import seen_of
from pola.operations.asking import ask_days
from pola.overlaps import NoOverlap
from pola.reports.agreement_reminders import expiring
from pola.terms import terms_from_json
from tests import factories

MARCH = datetime.date(2021, 3, 1)


@pytest.fixture
def agreement(desk) -> Agreement:
    person = factories.dutiful(desk.employee.person)
    made = factories.agreement(person=person, counterpart=desk.dirigente.person)
    factories.agreement_version(agreement=made, state=VersionState.IN_FORCE)
    return made


@pytest.fixture
def other(desk):
    return factories.unit(parent=desk.area)


def moved(desk, agreement, other, **changes) -> Agreement:
    new = change_unit(agreement, unit=other, from_day=MARCH, by=desk.hr)
    version = new.versions.get()
    objectives = factories.whole_terms().objectives
    terms = terms_from_json(version.terms).with_changes(objectives=objectives, **changes)
    write_terms(version, terms=terms, seen=seen_of(version), by=desk.hr)
    version = offer_agreement(version, by=desk.hr)
    for side in (desk.employee, desk.dirigente):
        accept_agreement(version, seen=version.text_sha256, by=side)
    new.refresh_from_db()
    return new


def test_concluded_before_its_first_day_and_booked_from_it(desk, agreement, other) -> None:
    new = moved(desk, agreement, other)

    agreement.refresh_from_db()
    tuesday = datetime.date(2021, 3, 2)
    asked = ask_days(person=agreement.person, days=[tuesday], by=desk.employee)

    assert (agreement.state, new.state) == (AgreementState.RUNNING, AgreementState.RUNNING)
    assert (agreement.ends_on, new.starts_on) == (datetime.date(2021, 2, 28), MARCH)
    assert list(Agreement.objects.covering().filter(person=agreement.person)) == [agreement]
    assert [one.agreement for one in asked.days] == [new]


def test_not_offered_on_the_days_of_the_old_one(desk, agreement, other) -> None:
    with pytest.raises(ValidationError) as caught:
        moved(desk, agreement, other, starts_on=datetime.date(2021, 2, 26))

    assert caught.value.messages == [
        "Art. 6: un altro accordo è in corso fino al giorno 28.2.2021: questo comincia dopo"
    ]


@pytest.mark.parametrize("is_new", [True, False])
def test_the_database_holds_it(agreement, is_new) -> None:
    other = factories.agreement(
        person=agreement.person,
        counterpart=agreement.counterpart,
        starts_on=datetime.date(2021, 7, 1),
        ends_on=datetime.date(2021, 7, 31),
    )
    colleague = factories.agreement(starts_on=datetime.date(2021, 6, 30))
    same_days = {"starts_on": datetime.date(2021, 6, 30), "ends_on": datetime.date(2021, 7, 31)}

    rows = Agreement.objects.filter(pk=other.pk)
    if is_new:
        rows.update(state=AgreementState.ENDED)

    def share_a_day() -> None:
        if is_new:
            other.pk, other.starts_on = None, same_days["starts_on"]
            Agreement.objects.bulk_create([other])
        else:
            rows.update(**same_days)

    with pytest.raises(IntegrityError), transaction.atomic():
        share_a_day()

    assert colleague.pk
    Agreement.objects.filter(pk=agreement.pk).update(state=AgreementState.ENDED)
    assert rows.update(state=AgreementState.RUNNING, **same_days) == 1


def test_the_guard_follows_its_table_when_it_is_made_anew() -> None:
    [guard] = [one for one in Agreement._meta.constraints if isinstance(one, NoOverlap)]
    editor = connection.schema_editor(collect_sql=True)
    editor.deferred_sql = []

    in_table = guard.constraint_sql(Agreement, editor)
    for statement in editor.deferred_sql:
        statement.rename_table_references("pola_agreement", "new_table")

    told = [in_table] if in_table else [str(one) for one in editor.deferred_sql]
    expected = "EXCLUDE USING gist" if in_table else 'FROM "new_table"'
    assert [expected in one for one in told] == [True] * len(told) != []
    assert guard.clone() == guard
    assert "DROP CONSTRAINT" in str(guard.remove_sql(Agreement, editor))


def test_one_change_at_a_time_until_it_is_dropped(desk, agreement, other) -> None:
    new = change_unit(agreement, unit=other, from_day=MARCH, by=desk.hr)
    again = {"unit": desk.area, "from_day": datetime.date(2021, 2, 22), "by": desk.hr}

    with pytest.raises(ValidationError) as caught:
        change_unit(agreement, **again)
    drop_agreement(new, reason="Resta dov’è.", by=desk.hr)

    assert caught.value.code == "state"
    assert change_unit(agreement, **again).unit == desk.area


def test_no_renewal_of_an_agreement_that_another_follows(desk, agreement, other) -> None:
    ask_renewal(agreement, by=desk.employee)
    change_unit(agreement, unit=other, from_day=MARCH, by=desk.hr)
    words = {"effects": "x", "complexity": "x", "is_positive": True}

    agreement.refresh_from_db()
    assert agreement.renewal_asked_at is None
    with pytest.raises(ValidationError):
        ask_renewal(agreement, by=desk.employee)
    with pytest.raises(ValidationError):
        renew_agreement(agreement, ends_on=datetime.date(2021, 8, 1), by=desk.dirigente, **words)
    assert expiring(datetime.date(2021, 2, 20)) == []


def test_art_10_and_11_are_asked_of_the_registers_after_a_change_too(desk, other) -> None:
    made = factories.agreement(person=desk.employee.person, counterpart=desk.dirigente.person)
    factories.agreement_version(agreement=made, state=VersionState.IN_FORCE)

    with pytest.raises(ValidationError) as caught:
        moved(desk, made, other)

    assert [one.code for one in caught.value.error_list] == ["training", "safety"]


def test_after_the_trial_nothing_begins(desk, agreement, other) -> None:
    factories.norm(key="trial_ends_on", printed="28.2.2021")

    with pytest.raises(ValidationError, match=r"Art\. 1"):
        change_unit(agreement, unit=other, from_day=MARCH, by=desk.hr)
