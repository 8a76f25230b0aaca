"""Activity sheets: who writes them, who evaluates them, who reads them."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from organization.enums import Role, UnitKind
from organization.models import AuditEvent
from pola.enums import DayState, SheetState, WorkGrade
from pola.models import ActivitySheet, Agreement
from pola.operations.sheets import evaluate_sheet, return_sheet, save_sheet
from pola.problems.sheets import sent_from
from pola.reports.sheets import own_months, sheets_read
from tests import factories

DAY = datetime.date
FEBRUARY, TODAY = DAY(2021, 2, 1), DAY(2021, 3, 5)
TEXTS = {"objectives": "Pratiche.", "output": "42 evase.", "quality": ""}
LIST = "/lavoro-agile/schede/"
WRITE = f"{LIST}2021-02/scrivi/"


@pytest.fixture(autouse=True)
def march(settings) -> None:
    settings.DEMO_DATE = TODAY


@pytest.fixture
def unit(db):
    return factories.unit()


@pytest.fixture
def employee(unit):
    """Somebody with an agreement and a day worked remotely in February."""
    person = factories.person(unit=unit)
    held = factories.agreement(person=person)
    decided = {"decided_at": datetime.datetime.now(datetime.UTC), "decided_by_label": "Capo"}
    factories.agile_day(agreement=held, state=DayState.APPROVED, **decided)
    return factories.user(person=person)


@pytest.fixture
def head(unit):
    user = factories.user()
    factories.appointment(person=user.person, role=Role.UNIT_HEAD, unit=unit)
    return user


@pytest.fixture
def hr(db):
    user = factories.user()
    factories.appointment(person=user.person, role=Role.HR)
    return user


@pytest.fixture
def sent(employee):
    return save_sheet(month=FEBRUARY, texts=TEXTS, version=0, send=True, by=employee)


def verbs(sheet) -> list[str]:
    return list(AuditEvent.objects.about(sheet).order_by("pk").values_list("verb", flat=True))


# Written


def test_a_sheet_is_saved_then_sent(employee) -> None:
    saved = save_sheet(month=FEBRUARY, texts=TEXTS, version=0, by=employee)
    assert (saved.state, saved.version, verbs(saved)) == (SheetState.DRAFT, 1, [])

    sent = save_sheet(month=FEBRUARY, texts=TEXTS, version=1, send=True, by=employee)

    assert (sent.pk, sent.state, sent.sent_by_label) == (saved.pk, SheetState.SENT, str(employee))
    assert verbs(sent) == ["sheet.sent"]
    event = AuditEvent.objects.about(sent).get()
    assert (event.before, event.after, event.note) == ({}, {}, "")


def test_who_read_an_older_version_overwrites_nothing(employee) -> None:
    save_sheet(month=FEBRUARY, texts=TEXTS, version=0, by=employee)

    with pytest.raises(ValidationError) as refused:
        save_sheet(month=FEBRUARY, texts=TEXTS | {"output": "Altro."}, version=0, by=employee)

    assert refused.value.code == "stale"
    assert ActivitySheet.objects.get().output == "42 evase."


def test_of_two_first_saves_at_once_one_is_told(employee, monkeypatch) -> None:
    clean = ActivitySheet.full_clean

    def overtaken(sheet, **options) -> None:
        """Another window saves the month between the check and the save."""
        clean(sheet, **options)
        ActivitySheet.objects.bulk_create([ActivitySheet(person=sheet.person, month=sheet.month)])

    monkeypatch.setattr(ActivitySheet, "full_clean", overtaken)

    with pytest.raises(ValidationError):
        save_sheet(month=FEBRUARY, texts=TEXTS, version=0, by=employee)


@pytest.mark.parametrize(
    ("month", "code"), [(DAY(2021, 4, 1), "month"), (DAY(2020, 12, 1), "agreement")]
)
def test_a_month_without_agreement_or_to_come_is_refused(employee, month, code) -> None:
    with pytest.raises(ValidationError) as refused:
        save_sheet(month=month, texts=TEXTS, version=0, by=employee)

    assert refused.value.code == code
    assert not ActivitySheet.objects.exists()


@pytest.mark.parametrize(
    ("ends_on", "shut", "first"),
    [
        (DAY(2021, 6, 30), None, DAY(2021, 2, 26)),  # the 28th is a Sunday
        (DAY(2021, 6, 30), DAY(2021, 2, 26), DAY(2021, 2, 25)),
        (DAY(2021, 2, 17), None, DAY(2021, 2, 17)),
    ],
)
def test_a_sheet_is_sent_from_the_last_working_day_of_its_month_on(
    employee, settings, ends_on, shut, first
) -> None:
    Agreement.objects.update(ends_on=ends_on)
    if shut:
        factories.closure(starts_on=shut, ends_on=shut)
    settings.DEMO_DATE = first - datetime.timedelta(days=1)
    save_sheet(month=FEBRUARY, texts=TEXTS, version=0, by=employee)

    with pytest.raises(ValidationError) as refused:
        save_sheet(month=FEBRUARY, texts=TEXTS, version=1, send=True, by=employee)
    settings.DEMO_DATE = first
    sent = save_sheet(month=FEBRUARY, texts=TEXTS, version=1, send=True, by=employee)

    assert (refused.value.code, sent.state) == ("early", SheetState.SENT)


def test_a_month_suspended_to_its_end_is_sent_on_its_last_day(employee) -> None:
    held = Agreement.objects.get()
    factories.suspension(agreement=held, starts_on=FEBRUARY, ends_on=DAY(2021, 2, 28))

    assert sent_from(employee.person, FEBRUARY) == DAY(2021, 2, 28)


def test_before_it_can_be_sent_the_page_says_from_when(client, employee, settings) -> None:
    settings.DEMO_DATE = DAY(2021, 2, 10)
    client.force_login(employee)

    page = client.get(WRITE)
    refused = client.post(WRITE, TEXTS | {"version": 0, "act": "send"})

    assert page.context["not_yet"].day == DAY(2021, 2, 26)
    assert 'value="send"' not in page.content.decode()
    assert [error.split(":")[0] for error in refused.context["form"].non_field_errors()] == [
        "Art. 13"
    ]
    assert not ActivitySheet.objects.exists()


@pytest.mark.parametrize("month", ["2021-04", "2020-12"])
def test_a_month_without_a_sheet_shows_no_form(client, employee, month) -> None:
    client.force_login(employee)
    address = f"{LIST}{month}/scrivi/"

    page = client.get(address)
    refused = client.post(address, TEXTS | {"version": 0, "act": "save"})

    assert (page.status_code, refused.status_code) == (200, 409)
    assert (page.context["problem"].article, "form" in page.context) == (13, False)
    assert not ActivitySheet.objects.exists()


def test_who_is_no_person_of_the_chamber_writes_none(db) -> None:
    with pytest.raises(PermissionDenied):
        save_sheet(month=FEBRUARY, texts=TEXTS, version=0, by=factories.user(person=None))


def test_an_empty_sheet_is_saved_but_not_sent(employee) -> None:
    empty = dict.fromkeys(TEXTS, " ")
    save_sheet(month=FEBRUARY, texts=empty, version=0, by=employee)

    with pytest.raises(ValidationError) as refused:
        save_sheet(month=FEBRUARY, texts=empty, version=1, send=True, by=employee)

    assert set(refused.value.error_dict) == {"objectives", "output"}


def test_what_was_sent_is_not_written_any_more(employee, sent) -> None:
    with pytest.raises(ValidationError) as refused:
        save_sheet(month=FEBRUARY, texts=TEXTS, version=sent.version, by=employee)

    assert refused.value.code == "state"


# Evaluated


def grades(quantity: str = "equal", quality: str = "above", evaluation: str = "") -> dict[str, str]:
    return {"quantity": quantity, "quality": quality, "evaluation": evaluation}


def test_the_head_evaluates_and_the_register_does_not_say_how(sent, head) -> None:
    done = evaluate_sheet(sent, by=head, **grades())

    assert (done.state, done.quantity_grade, done.quality_grade) == (
        SheetState.EVALUATED,
        WorkGrade.EQUAL,
        WorkGrade.ABOVE,
    )
    assert verbs(done) == ["sheet.sent", "sheet.evaluated"]
    assert AuditEvent.objects.about(done).last().after == {}


def test_work_below_that_of_the_office_needs_a_word(sent, head) -> None:
    with pytest.raises(ValidationError) as refused:
        evaluate_sheet(sent, by=head, **grades(quality="below"))

    assert set(refused.value.error_dict) == {"evaluation"}
    evaluate_sheet(sent, by=head, **grades(quality="below", evaluation="Due ritardi."))
    assert ActivitySheet.objects.get().evaluation == "Due ritardi."


def test_given_back_it_is_written_and_sent_again(employee, sent, head) -> None:
    with pytest.raises(ValidationError):
        return_sheet(sent, reason=" ", by=head)

    back = return_sheet(sent, reason="Aggiungere i numeri.", by=head)

    assert (back.state, back.sent_at, back.return_reason) == (
        SheetState.DRAFT,
        None,
        "Aggiungere i numeri.",
    )
    again = save_sheet(month=FEBRUARY, texts=TEXTS, version=back.version, send=True, by=employee)
    assert (again.return_reason, verbs(again)) == (
        "",
        ["sheet.sent", "sheet.returned", "sheet.sent"],
    )


def test_nobody_else_evaluates(sent, head, hr, employee) -> None:
    for other in (hr, employee, factories.user()):
        with pytest.raises(PermissionDenied):
            evaluate_sheet(sent, by=other, **grades())
    evaluate_sheet(sent, by=head, **grades())
    with pytest.raises(ValidationError) as refused:
        evaluate_sheet(sent, by=head, **grades())
    assert refused.value.code == "state"


def test_a_head_does_not_evaluate_himself(head, unit) -> None:
    head.person.unit = unit
    head.person.save()
    own = factories.activity_sheet(person=head.person, state=SheetState.SENT)

    assert list(ActivitySheet.objects.to_evaluate(head)) == []
    with pytest.raises(PermissionDenied):
        evaluate_sheet(own, by=head, **grades())


# Read


def test_a_draft_is_its_writers_alone(employee, head, hr) -> None:
    draft = save_sheet(month=FEBRUARY, texts=TEXTS, version=0, by=employee)
    assert [sheets_read(user, FEBRUARY) for user in (head, hr)] == [[], []]

    sent = save_sheet(month=FEBRUARY, texts=TEXTS, version=1, send=True, by=employee)

    assert [sheets_read(user, FEBRUARY) for user in (head, hr, employee)] == [[sent], [sent], []]
    assert sheets_read(factories.user(), FEBRUARY) == []
    assert draft.pk == sent.pk


def test_own_months_say_days_and_what_is_due(employee, django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        months = own_months(employee, today=TODAY)

    assert [(one.month.month, one.days, one.is_due, one.is_open) for one in months] == [
        (3, 0, False, True),
        (2, 1, True, True),
        (1, 0, False, True),
    ]
    assert own_months(factories.user(person=None), today=TODAY) == ()
    assert own_months(factories.user(), today=TODAY) == ()


# Pages


def test_the_employee_writes_and_sends_in_the_browser_without_script(client, employee) -> None:
    client.force_login(employee)
    assert client.get(LIST).context["own"][1].is_due
    client.post(WRITE, TEXTS | {"version": 0, "act": "save"})
    page = client.get(WRITE)
    assert page.context["form"].initial["version"] == 1

    answer = client.post(WRITE, TEXTS | {"version": 1, "act": "send"})

    sheet = ActivitySheet.objects.get()
    assert (answer.url, sheet.state) == (sheet.get_absolute_url(), SheetState.SENT)
    assert client.get(WRITE).url == sheet.get_absolute_url()
    assert client.post(sheet.get_absolute_url(), {"act": "evaluate"}).status_code == 403


def test_a_refusal_keeps_what_was_typed(client, employee) -> None:
    client.force_login(employee)

    page = client.post(WRITE, TEXTS | {"output": "", "version": 0, "act": "send"})

    assert list(page.context["form"].errors) == ["output"]
    assert "Pratiche." in page.content.decode()
    stale = client.post(WRITE, TEXTS | {"version": 7, "act": "save"})
    assert len(stale.context["form"].non_field_errors()) == 1
    assert client.post(WRITE, {"act": "save"}).context["form"].errors


def test_the_next_sheet_begins_with_the_objectives_of_the_last(client, employee) -> None:
    factories.activity_sheet(person=employee.person, month=DAY(2021, 1, 1), objectives="Le stesse.")
    client.force_login(employee)

    assert client.get(WRITE).context["form"].initial == {"objectives": "Le stesse.", "version": 0}
    assert client.get(f"{LIST}2021-13/scrivi/").status_code == 404


def test_the_head_evaluates_or_gives_back_on_the_page(client, sent, head, employee) -> None:
    client.force_login(head)
    address = sent.get_absolute_url()
    assert client.get(LIST).context["waiting"] == [sent]
    assert client.post(address, {"act": "return"}).context["given_back"].errors
    refused = client.post(address, grades(quality="below") | {"act": "evaluate"})
    assert list(refused.context["evaluation"].errors) == ["evaluation"]
    assert client.post(address, {"act": "other"}).status_code == 400

    assert client.post(address, {"act": "return", "return_reason": "Numeri."}).url == LIST
    assert client.get(address).status_code == 404
    client.force_login(employee)
    assert client.get(address).url == WRITE
    save_sheet(month=FEBRUARY, texts=TEXTS, version=2, send=True, by=employee)
    client.force_login(head)
    client.post(address, grades() | {"act": "evaluate"})
    assert ActivitySheet.objects.get().state == SheetState.EVALUATED
    assert client.get(address).context["is_evaluated"]


def test_who_leads_the_area_finds_apart_what_the_head_evaluates_first(
    client, sent, head, unit
) -> None:
    area = factories.unit(kind=UnitKind.AREA)
    unit.parent = area
    unit.save()
    above = factories.user(person=factories.person(unit=area))
    factories.appointment(person=above.person, unit=area, role=Role.DIRIGENTE)
    own = factories.activity_sheet(
        person=factories.person(unit=area), state=SheetState.SENT, month=FEBRUARY
    )

    def groups(user) -> tuple[list, list]:
        client.force_login(user)
        page = client.get(LIST)
        return page.context["waiting"], page.context["also"]

    assert (groups(head), groups(above)) == (([sent], []), ([own], [sent]))
    assert list(ActivitySheet.objects.to_evaluate_first(above)) == [own]
    assert (
        "Puoi valutarle anche tu: tocca prima al responsabile" in client.get(LIST).content.decode()
    )


def test_a_stranger_finds_nothing(client, sent) -> None:
    client.force_login(factories.user())

    assert client.get(sent.get_absolute_url()).status_code == 404
    assert client.get(LIST).content.decode().count('class="cp-empty"') == 1


def test_the_sheets_of_a_month_are_read_25_at_a_time(client, unit, head) -> None:
    for _number in range(26):
        person = factories.person(unit=unit)
        factories.activity_sheet(person=person, state=SheetState.SENT)
    client.force_login(head)

    pages = [client.get(LIST, {"page": number}).context["others"] for number in (1, 2)]

    assert [len(page) for page in pages] == [25, 1]


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_costs_the_same_with_more_people(
    client, unit, head, django_assert_num_queries, people
) -> None:
    for _number in range(people):
        person = factories.person(unit=unit)
        factories.activity_sheet(person=person, state=SheetState.SENT)
    client.force_login(head)
    client.get(LIST)

    with django_assert_num_queries(9):
        page = client.get(LIST)

    assert (len(page.context["waiting"]), len(page.context["others"])) == (people, people)


def test_history_and_administration_keep_no_word_of_it(client, bergamo, sent, head) -> None:
    evaluate_sheet(sent, by=head, **grades(quality="below", evaluation="Due ritardi."))
    client.force_login(bergamo.user("amministratore"))

    pages = [
        client.get(reverse(f"admin:pola_activitysheet_{page}", args=[sent.pk])).text
        for page in ("change", "history")
    ]

    assert [str(sent) in page for page in pages] == [True] * 2
    assert [("Due ritardi." in page, "42 evase." in page) for page in pages] == [(False, False)] * 2
    assert not {"evaluation", "output"} & set(vars(sent.history.first()))
    assert not ActivitySheet.objects.visible_to(bergamo.user("oiv")).exists()
    assert not ActivitySheet.objects.visible_to(AnonymousUser()).exists()
