"""The pages of the days: what they show, what they do, at which cost."""

import datetime
import re

import pytest
from django.urls import reverse

from organization.enums import Role
from pola.models import (
    Absence,
    AgileDay,
    CalendarFeed,
    Closure,
    DayEvent,
    Incident,
    MonthPlan,
)
from pola.operations.asking import ask_days, cancel_days, submit_month
from pola.operations.day_calendar import close_office, record_absence
from pola.operations.deciding import decide_month
from pola.operations.revoking import revoke_day
from pola.reports.day_team import house_page
from tests import factories
from tests.pola.agile_office import FEBRUARY, MARCH, feb

MONTH = "/lavoro-agile/giornate/"
IN_JANUARY = datetime.datetime(2021, 1, 25, 9, tzinfo=datetime.UTC)
TEAM = "/lavoro-agile/giornate/servizio/"


@pytest.fixture
def desk(client, office):
    client.force_login(office.employee)
    return client


@pytest.fixture
def head_desk(client, office):
    client.force_login(office.head)
    return client


@pytest.fixture
def hr_person(office):
    user = factories.user()
    factories.appointment(person=user.person, role=Role.HR, unit=user.person.unit)
    return user


@pytest.fixture
def hr_desk(client, hr_person):
    client.force_login(hr_person)
    return client


def states(office) -> dict[int, str]:
    return {one.day.day: one.state for one in AgileDay.objects.filter(person=office.person)}


def messages_of(answer) -> list[str]:
    return [str(one) for one in answer.context["messages"]]


# The month of the employee


def test_the_month_shows_each_week_with_what_is_left(desk, office):
    office.approved(feb(9), feb(11))
    office.ask(feb(22))

    page = desk.get(MONTH).context["page"]

    assert [(week.use.taken, week.use.limit.days) for week in page.weeks] == [
        (0, 3),
        (2, 3),
        (0, 3),
        (1, 3),
    ]
    assert [week.signs for week in page.weeks][1] == ["approved", "approved", "free"]
    assert (page.approved, page.asked, page.proposed, page.most) == (2, 1, 0, 12)


def week_words(desk, month: str) -> list[tuple[str, str]]:
    """What each week of a month says: the days counted, then how they stand."""
    page = desk.get(MONTH, {"mese": month}).context["page"]
    return [
        (f"{week.used} di {week.use.limit.days}" if week.is_counted else "", week.words)
        for week in page.weeks
    ]


def test_a_week_gone_by_says_what_was_used_and_nothing_of_what_is_left(desk, office, settings):
    settings.DEMO_DATE = feb(19)  # a Friday
    for day, state in ((1, "approved"), (2, "asked"), (8, "approved"), (9, "approved")):
        factories.agile_day(agreement=office.agreement, day=feb(day), state=state)

    page = desk.get(MONTH).context["page"]

    assert week_words(desk, "2021-02") == [
        ("1 di 3", "usata"),
        ("2 di 3", "usate"),
        ("0 di 3", "usate"),
        ("0 di 3", "ne restano 3"),
    ]
    assert page.weeks[0].signs == ["approved", "free", "free"]


def test_days_that_nobody_decided_in_time_count_nowhere(desk, office, settings):
    office.submitted(feb(8), feb(9), feb(10), feb(16))
    settings.DEMO_DATE = feb(10)

    answer = desk.get(MONTH)
    desk.force_login(office.head)
    team = desk.get(TEAM).context["page"]

    page = answer.context["page"]
    [row] = [row for row in team.rows if row.person == office.person]
    columns = {column.day.day: column.present for column in team.columns}
    assert [(week.used, week.fixed, week.left) for week in page.weeks[1:3]] == [
        (0, 0, 2),
        (1, 0, 2),
    ]
    assert (page.asked, "<strong>1 di 12</strong>" in answer.content.decode()) == (1, True)
    assert row.words == "4 chieste, 1 di 3 a settimana"
    assert [columns[day] for day in (9, 10, 16)] == [2, 2, 1]


def test_a_week_without_any_day_to_ask_says_why(desk, office):
    agreement = office.agreement
    agreement.ends_on = feb(19)
    agreement.save()
    factories.suspension(agreement=agreement, starts_on=feb(8), ends_on=feb(10))
    factories.closure(starts_on=feb(11), ends_on=feb(12))
    factories.absence(person=office.person, starts_on=feb(15), ends_on=feb(19))

    assert week_words(desk, "2021-02") == [
        ("0 di 3", "ne restano 3"),
        ("", "sospeso"),
        ("", "assenza"),
        ("", "senza accordo"),
    ]


def test_what_is_left_of_a_week_is_never_more_than_its_days(desk, office):
    factories.closure(starts_on=feb(8), ends_on=feb(10))
    factories.absence(person=office.person, starts_on=feb(11), ends_on=feb(11))
    factories.closure(starts_on=feb(16), ends_on=feb(19))
    office.ask(feb(15))

    assert week_words(desk, "2021-02")[1:3] == [
        ("0 di 3", "ne resta 1"),
        ("1 di 3", "nessun altro giorno"),
    ]


def test_a_week_too_far_says_from_when_it_is_asked(desk, office):
    april = "2021-04"
    page = desk.get(MONTH, {"mese": april}).context["page"]

    assert week_words(desk, april)[-2:] == [
        ("0 di 3", "si chiedono da lun 15.2"),
        ("0 di 3", "si chiedono da lun 22.2"),
    ]
    [few] = page.findings
    assert few.day == datetime.date(2021, 3, 29)


def test_the_weeks_with_few_days_are_said_at_once(desk, office):
    page = desk.get(MONTH).context["page"]

    [found] = page.findings
    assert found.reason.endswith("1 febbraio, 8 febbraio, 15 febbraio, 22 febbraio")


def test_a_day_asked_of_the_other_month_is_not_moved_by_this_one(desk, office):
    office.ask(datetime.date(2021, 3, 31))

    page = desk.get(MONTH, {"mese": "2021-04"}).context["page"]

    assert (page.weeks[0].fixed, page.weeks[0].elsewhere) == (1, 2)


@pytest.mark.parametrize(
    ("today", "month", "words"),
    [
        (feb(28), "2021-02", "Il mese è trascorso: 1 giornata approvata."),
        (feb(1), "2021-02", "Il mese è deciso."),
        (feb(1), "2021-05", "I giorni di questo mese si chiedono da lunedì 1 marzo."),
        (feb(1), "2021-03", "Scegli i giorni"),
        (feb(1), "2021-08", "Le giornate si chiedono"),
    ],
)
def test_what_is_said_first_is_what_happens_next(desk, office, settings, today, month, words):
    office.approved(feb(11))
    settings.DEMO_DATE = today

    assert desk.get(MONTH, {"mese": month}).context["page"].lead.startswith(words)


def test_a_month_sent_is_changed_not_saved_without_sending(desk, office):
    office.submitted(feb(9))

    page = desk.get(MONTH).content.decode()

    assert ('value="send"' in page, page.count('name="act"')) == (False, 1)
    assert "Salva senza inviare" not in page


def test_what_cannot_be_chosen_says_why(desk, office):
    factories.closure()
    factories.absence(person=office.person)
    office.approved(feb(24))

    page = desk.get(MONTH).context["page"]

    cells = {cell.day.day: cell for week in page.weeks for cell in week.cells}
    assert [cells[day].why.code for day in (6, 8, 15)] == ["weekend", "absence", "closure"]
    assert [bool(cells[day].shut) for day in (6, 8, 15, 16)] == [False, True, True, False]
    assert [cells[day].may_choose for day in (1, 6, 8, 15, 16, 24)] == [False] * 4 + [True, False]


def test_a_full_week_says_the_limit_instead_of_asking(desk, office):
    office.approved(feb(8), feb(9), feb(10))
    office.ask(feb(15), feb(16), feb(17))

    page = desk.get(MONTH).context["page"]

    cells = {cell.day.day: cell for week in page.weeks for cell in week.cells}
    assert [(cells[day].may_choose, cells[day].shut) for day in (11, 18, 22)] == [
        (False, "limite"),
        (True, "limite"),  # one of those that wait can be exchanged for it
        (True, ""),
    ]


def test_a_full_month_says_the_limit(desk, office):
    factories.norm(key="max_days_per_month", printed="2")
    office.approved(feb(8), feb(16))

    page = desk.get(MONTH).context["page"]

    cells = {cell.day.day: cell for week in page.weeks for cell in week.cells}
    assert [(cells[day].may_choose, cells[day].shut) for day in (9, 22)] == [(False, "limite")] * 2


def test_what_is_said_of_the_month_is_how_it_stands(desk, office):
    office.submitted(feb(9))

    answers = [
        desk.post(MONTH, {"day": "2021-02-11", "act": "save"}, follow=True),
        desk.post(f"{MONTH}?mese=2021-03", {"day": "2021-03-02", "act": "save"}, follow=True),
    ]

    assert [messages_of(answer) for answer in answers] == [
        ["1 giornata chiesta. Il mese è inviato: lo decide chi dirige il tuo servizio."],
        ["1 giornata chiesta. Il mese non è ancora inviato."],
    ]


def test_nothing_is_said_of_sending_a_month_without_requests(desk, office):
    office.submitted(feb(9))

    answer = desk.post(MONTH, {"was": "2021-02-09", "act": "save"}, follow=True)

    assert messages_of(answer) == ["1 giornata ritirata."]
    assert answer.context["page"].state == "draft"


def test_a_pattern_says_which_months_are_submitted(desk, office):
    office.submitted(feb(9))
    data = {"first": "2021-02-22", "last": "2021-03-08", "weekdays": ["0"]}

    answer = desk.post(reverse("pola:day-pattern"), data, follow=True)

    [words] = messages_of(answer)
    assert "febbraio 2021; " in words
    assert words.endswith("marzo 2021.")


def test_a_day_withdrawn_from_a_decided_month_says_nothing_of_sending(desk, office):
    office.approved(feb(9))
    asked = office.ask(feb(11))
    MonthPlan.objects.update(state="approved")

    answer = desk.post(MONTH, {"was": "2021-02-11", "act": "save"}, follow=True)

    assert (len(asked), messages_of(answer)) == (1, ["1 giornata ritirata."])


def test_days_are_asked_and_sent_in_one_go(desk, office):
    answer = desk.post(MONTH, {"day": ["2021-02-09", "2021-02-11"], "act": "send"}, follow=True)

    assert states(office) == {9: "asked", 11: "asked"}
    assert MonthPlan.objects.get().state == "submitted"
    assert len(messages_of(answer)) == 1
    assert not answer.context["page"].may_send


def test_what_is_no_longer_chosen_is_withdrawn(desk, office):
    office.ask(feb(9))

    desk.post(MONTH, {"was": ["2021-02-09"], "day": ["2021-02-10", "x"], "act": "save"})

    assert states(office) == {9: "cancelled", 10: "asked"}


def test_a_refusal_keeps_what_was_chosen(desk, office):
    chosen = [f"2021-02-{day:02}" for day in (8, 9, 10, 11)]

    answer = desk.post(MONTH, {"day": chosen, "act": "send"})

    page = answer.context["page"]
    ticked = [cell.day.day for week in page.weeks for cell in week.cells if cell.is_chosen]
    assert (answer.status_code, ticked, states(office)) == (409, [8, 9, 10, 11], {})
    assert [text[:6] for text in answer.context["errors"]] == ["Art. 4"]


def test_nothing_chosen_is_told(desk):
    answer = desk.post(MONTH, {"act": "save"})

    assert (answer.status_code, len(answer.context["errors"])) == (409, 1)


def test_without_an_agreement_the_page_teaches(client, office):
    client.force_login(office.head)

    answer = client.get(MONTH)

    assert not answer.context["page"].has_agreement
    assert reverse("pola:guidelines") in answer.content.decode()


def test_an_account_without_a_person_has_no_days(client, db):
    client.force_login(factories.user(person=None))

    assert client.get(MONTH).status_code == 403


def test_a_month_that_was_returned_says_why(desk, office):
    plan = office.submitted(feb(9))
    MonthPlan.objects.filter(pk=plan.pk).update(state="returned", reason="Meglio il 10.")

    assert "Meglio il 10." in desk.get(MONTH).content.decode()


def test_a_month_returned_before_the_agreement_ended_says_nothing_of_it(desk, office):
    plan = office.submitted(feb(9))
    MonthPlan.objects.filter(pk=plan.pk).update(state="returned", reason="Meglio il 10.")
    office.agreement.ends_on = datetime.date(2021, 1, 31)
    office.agreement.save()

    page = desk.get(MONTH).content.decode()

    assert "Meglio il 10." not in page
    assert "Nessun accordo in questo mese" in page


@pytest.mark.parametrize(("text", "month"), [("2021-03", 3), ("2021-13", 2), ("", 2)])
def test_the_month_is_in_the_address(desk, text, month):
    assert desk.get(MONTH, {"mese": text}).context["page"].month.month == month


def test_a_month_decided_is_not_late(desk, office):
    office.approved(feb(9))

    page = desk.get("/lavoro-agile/giornate/?mese=2021-02").context["page"]

    assert (page.is_decided, page.is_late) == (True, False)


def test_a_day_revoked_and_its_proposal_stand_beside_the_month(desk, office):
    [one] = office.approved(feb(11))
    revoke_day(one, reason="Sportello.", by=office.head, instead=feb(12))

    page = desk.get(MONTH).context["page"]

    assert [(one.revoked.day, one.proposal.day) for one in page.answers] == [(feb(11), feb(12))]


def test_a_day_revoked_can_still_be_moved(desk, office):
    [one] = office.approved(feb(25))
    revoke_day(one, reason="Sportello.", by=office.head)

    page = desk.get(MONTH).context["page"]

    assert [(one.revoked.day, one.proposal) for one in page.answers] == [(feb(25), None)]


def test_a_day_refused_or_revoked_is_told_and_can_be_asked_again(desk, office):
    plan = office.submitted(feb(9), feb(11))
    keys = {one.day: one.pk for one in AgileDay.objects.all()}
    decide_month(plan, approve={keys[feb(11)]}, seen=keys.values(), reason="No.", by=office.head)
    revoke_day(AgileDay.objects.get(day=feb(11)), reason="Sportello.", by=office.head)

    answer = desk.get(MONTH)

    week = answer.context["page"].weeks[1]
    told = {cell.day: (cell.held.state, cell.may_choose) for cell in week.cells if cell.held}
    assert told == {feb(9): ("refused", True), feb(11): ("revoked", True)}
    assert (week.use.taken, week.left) == (0, 3)
    assert answer.content.decode().count("cp-pick--again") == 2
    desk.post(MONTH, {"day": ["2021-02-09", "2021-02-11"], "act": "save"})
    assert AgileDay.objects.filter(state="asked").count() == 2


def test_who_decided_a_month_reads_the_decision_with_its_reason(head_desk, office):
    plan = office.submitted(feb(9), feb(11))
    keys = {one.day: one.pk for one in AgileDay.objects.all()}
    decide_month(plan, approve={keys[feb(11)]}, seen=keys.values(), reason="No.", by=office.head)

    decided = head_desk.get(reverse("pola:day-month", args=[plan.pk])).content.decode()

    said = f"<p><strong>Approvato in parte</strong></p><p>{office.head}: No.</p>"
    assert said in decided


def test_the_calendar_of_a_unit_says_to_who_decides_what_a_day_opens(head_desk, hr_person, office):
    office.submitted(feb(9))
    help_line = "Apri una giornata per leggerne la storia, revocarla o proporne un’altra."

    page = head_desk.get(TEAM)
    head_desk.force_login(hr_person)
    read = head_desk.get(TEAM, {"unita": office.unit.slug}).content.decode()

    assert (help_line in page.content.decode(), help_line in read) == (True, False)
    assert page.context["words"]["approve"] == ["Approva %(count)s mese", "Approva %(count)s mesi"]


def test_the_calendar_of_the_chamber_knows_where_today_is(hr_desk, settings):
    settings.DEMO_DATE = feb(10)

    page = hr_desk.get(reverse("pola:day-house")).content.decode()

    days = re.findall(r'data-day="2021-02-(\d\d)"', page)
    assert (days[0], days[-1], len(days)) == ("01", "26", 20)
    assert 'data-today="2021-02-10"' in page


@pytest.mark.parametrize(
    ("state", "more"), [("refused", ["Non approvata"]), ("recalled", ["Richiamo"]), ("asked", [])]
)
def test_a_calendar_explains_what_it_shows(desk, office, state, more):
    factories.agile_day(agreement=office.agreement, day=feb(9), state=state)
    factories.agile_day(agreement=office.agreement, day=datetime.date(2021, 3, 2), state="refused")

    own = desk.get(MONTH).context["legend"]
    desk.force_login(office.head)
    team = desk.get(TEAM).context["legend"]

    usual = ["Agile", "Chiesta", "Proposta", "Revocata"]
    assert [str(look.word) for look in team] == usual + more
    usual.insert(2, "Da inviare")
    assert [str(look.word) for look in own] == usual + more


def test_the_reason_of_the_last_decision_is_not_headed_with_what_is_written_since(desk, office):
    plan = office.submitted(feb(9), feb(11))
    keys = {one.day: one.pk for one in AgileDay.objects.all()}
    decide_month(plan, approve={keys[feb(11)]}, seen=keys.values(), reason="No.", by=office.head)
    decided = desk.get(MONTH).content.decode()
    office.ask(feb(16))
    written = desk.get(MONTH).content.decode()

    said = f"<p>{office.head}: No.</p>"
    assert f"<p><strong>Approvato in parte</strong></p>{said}" in decided
    assert f"<p><strong>Ultima decisione</strong></p>{said}" in written


def test_a_closed_day_leads_to_the_story_of_the_day_that_was_taken_away(desk, office, hr_person):
    office.approved(feb(9), feb(11))
    office.ask(feb(16), feb(18))
    cancel_days(person=office.person, days=[feb(18)], by=office.employee)
    close_office(unit=None, starts_on=feb(9), ends_on=feb(9), reason="Lavori.", by=hr_person)
    close_office(unit=None, starts_on=feb(18), ends_on=feb(18), reason="Lavori.", by=hr_person)
    record_absence(person=office.person, starts_on=feb(16), ends_on=feb(16), by=hr_person)

    answer = desk.get(MONTH)

    cells = [cell for week in answer.context["page"].weeks for cell in week.cells]
    found = {cell.day: (cell.shut, cell.taken_away) for cell in cells if cell.shut}
    taken = {one.day: one for one in AgileDay.objects.filter(state="cancelled")}
    assert found == {
        feb(9): ("chiuso", taken[feb(9)]),
        feb(16): ("assenza", taken[feb(16)]),
        feb(18): ("chiuso", None),
    }
    assert f'href="{at(taken[feb(9)])}">storia' in answer.content.decode()


def test_a_day_told_that_a_rule_stops_is_not_asked_again(desk, office, settings):
    [one] = office.approved(feb(11))
    revoke_day(one, reason="Sportello.", by=office.head)
    settings.DEMO_DATE = feb(11)

    [cell] = [one for one in desk.get(MONTH).context["page"].weeks[1].cells if one.held]

    assert (cell.held.state, cell.may_choose, cell.code) == ("revoked", False, "past")


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_month_costs_nine_statements(desk, office, django_assert_num_queries, item_count):
    for day in (9, 16, 23)[:item_count]:
        office.approved(feb(day))
        office.ask(feb(day + 1))

    with django_assert_num_queries(9):
        desk.get(MONTH)


# Several at once


def test_a_pattern_is_asked_and_says_what_is_left_out(desk, office):
    factories.closure()
    data = {"first": "2021-02-08", "last": "2021-02-19", "weekdays": ["0", "2"]}

    answer = desk.post(reverse("pola:day-pattern"), data, follow=True)

    assert sorted(states(office)) == [8, 10, 17]
    assert "Art. 4" in messages_of(answer)[0]


def test_a_week_that_a_later_act_narrowed_is_beyond_its_limit(desk, office):
    office.ask(feb(8), feb(9), feb(10))
    factories.norm(printed="2", starts_on=feb(8))

    assert week_words(desk, "2021-02")[1] == ("3 di 2", "limite superato")


def test_a_rule_that_leaves_out_several_days_is_said_once(desk, office):
    data = {"first": "2021-02-08", "last": "2021-05-07", "weekdays": ["0"]}

    [words] = messages_of(desk.post(reverse("pola:day-pattern"), data, follow=True))

    assert words.count("settimane prima") == 1
    assert "lunedì 12 aprile è oltre (lo stesso per 19.4, 26.4, 3.5)" in words


def test_days_that_one_has_already_are_not_left_out_by_a_rule(desk, office):
    office.approved(feb(8))
    data = {"first": "2021-02-08", "last": "2021-02-12", "weekdays": ["0", "2"]}

    first = desk.post(reverse("pola:day-pattern"), data, follow=True)
    again = desk.post(reverse("pola:day-pattern"), data)

    [words] = messages_of(first)
    assert words.startswith("1 giornata chiesta. 1 giornata era già chiesta o approvata. Il mese")
    assert again.context["left_out"] == ()
    assert again.context["form"].non_field_errors() == [
        "Tutti questi giorni sono già chiesti o approvati."
    ]


def test_a_pattern_of_days_had_and_of_days_left_out_says_both(desk, office):
    factories.closure()
    office.ask(feb(16))
    data = {"first": "2021-02-15", "last": "2021-02-16", "weekdays": ["0", "1"]}

    answer = desk.post(reverse("pola:day-pattern"), data)

    assert [one.day for one in answer.context["left_out"]] == [feb(15)]
    [words] = answer.context["form"].non_field_errors()
    assert words.endswith("1 giornata era già chiesta o approvata.")


def test_a_pattern_without_any_day_is_told(desk, office):
    factories.closure()
    data = {"first": "2021-02-15", "last": "2021-02-15", "weekdays": ["0"]}

    answer = desk.post(reverse("pola:day-pattern"), data)

    assert (answer.status_code, len(answer.context["left_out"])) == (400, 1)


def test_a_pattern_without_its_weekday_in_the_range_is_told(desk, office):
    data = {"first": "2021-02-16", "last": "2021-02-16", "weekdays": ["0"]}

    assert desk.post(reverse("pola:day-pattern"), data).status_code == 400


def test_days_without_agreement_say_so(desk, office):
    office.agreement.ends_on = feb(15)
    office.agreement.save()
    page = desk.get(reverse("pola:day-calendar"), {"mese": "2021-02"}).context["page"]

    cells = {
        cell.day.day: cell for week in page.weeks for cell in week.cells if not cell.is_outside
    }
    assert [cells[day].shut for day in (15, 16, 20)] == ["", "senza accordo", ""]


def test_a_pattern_starts_tomorrow_with_the_usual_days(desk, office):
    office.agreement.weekdays = [1, 3]
    office.agreement.save()
    form = desk.get(reverse("pola:day-pattern")).context["form"]

    assert form.initial == {"first": feb(2), "last": feb(28), "weekdays": [1, 3]}


def test_a_pattern_after_the_agreement_has_no_usual_days(desk, office):
    form = desk.get(reverse("pola:day-pattern"), {"mese": "2022-06"}).context["form"]

    assert form.initial["weekdays"] == []


@pytest.mark.parametrize(
    ("month", "first", "last"),
    [
        ("2021-01", feb(1), feb(1)),
        ("2021-02", feb(1), feb(28)),
        ("2021-03", datetime.date(2021, 3, 1), datetime.date(2021, 3, 31)),
    ],
)
def test_giving_up_starts_today_at_the_earliest(desk, month, first, last):
    form = desk.get(reverse("pola:day-cancel"), {"mese": month}).context["form"]

    assert form.initial == {"first": first, "last": last}


def test_giving_up_names_the_days_and_then_asks(desk, office):
    office.ask(feb(9))
    data = {"first": "2021-02-08", "last": "2021-02-12"}

    shown = desk.post(reverse("pola:day-cancel"), data)
    before = states(office)
    done = desk.post(reverse("pola:day-cancel"), data | {"act": "confirm"}, follow=True)

    assert ([one.day for one in shown.context["found"]], before) == ([feb(9)], {9: "asked"})
    assert (states(office), len(messages_of(done))) == ({9: "cancelled"}, 1)


def test_giving_up_nothing_is_told(desk):
    data = {"first": "2021-02-08", "last": "2021-02-12", "act": "confirm"}

    assert desk.post(reverse("pola:day-cancel"), data).status_code == 400
    assert desk.post(reverse("pola:day-cancel"), data | {"last": "2021-02-01"}).status_code == 400


# A day


def at(day: AgileDay) -> str:
    return reverse("pola:day-detail", args=[day.pk])


def test_a_day_leads_back_to_where_it_is_read_from(client, office, hr_desk):
    [one] = office.approved(feb(11))
    crumb = '<a href="{}">{}</a>'

    others = hr_desk.get(at(one)).content.decode()
    client.force_login(office.employee)
    own = client.get(at(one)).content.decode()

    assert crumb.format(reverse("pola:day-team"), "Giornate del servizio") in others
    assert crumb.format(reverse("pola:day-calendar"), "Le mie giornate agili") in own


def test_the_story_of_a_day_is_read(desk, office):
    [one] = office.approved(feb(11))

    page = desk.get(at(one)).context["page"]

    assert [entry.text for entry in page.story] == [
        str(office.employee),
        str(office.employee),
        str(office.head),
    ]
    assert (page.may_give_up, page.may_answer, page.may_move) == (True, False, False)


@pytest.mark.parametrize(
    ("decided", "titles"),
    [({}, 1), ({"state": "approved", "decided_at": IN_JANUARY, "decided_by_label": "Capo"}, 2)],
)
def test_a_day_that_was_loaded_tells_what_its_row_knows(desk, office, decided, titles):
    one = factories.agile_day(agreement=office.agreement, **decided)

    assert len(desk.get(at(one)).context["page"].story) == titles


def test_the_person_gives_up_answers_and_moves(desk, office):
    first, second, third = office.approved(feb(9), feb(11), feb(16))
    revoke_day(second, reason="Sportello.", by=office.head, instead=feb(12))
    revoke_day(third, reason="Sportello.", by=office.head, instead=feb(17))
    accepted, declined = AgileDay.objects.filter(state="proposed").order_by("day")

    desk.post(at(first), {"act": "give-up"})
    desk.post(at(accepted), {"act": "accept"})
    desk.post(at(declined), {"act": "decline"})
    desk.post(at(third), {"act": "move", "move-instead": "2021-02-18"})

    assert states(office) == {
        9: "cancelled",
        11: "revoked",
        12: "approved",
        16: "revoked",
        17: "declined",
        18: "asked",
    }


def test_the_head_revokes_with_a_proposal_from_the_page(head_desk, office):
    [one] = office.approved(feb(11))
    data = {"act": "revoke", "revoke-reason": "Sportello.", "revoke-instead": "2021-02-12"}

    answer = head_desk.post(at(one), data, follow=True)

    assert states(office) == {11: "revoked", 12: "proposed"}
    assert len(messages_of(answer)) == 1


def test_a_full_week_can_take_another_day_in_the_place_of_the_one_revoked(head_desk, office):
    one, *_others = office.approved(feb(9), feb(10), feb(11))  # three of three

    free = head_desk.get(at(one)).context["page"].free

    assert [day.day for day in free] == [8, 12, 15, 16, 17, 18, 19]
    data = {"act": "revoke", "revoke-reason": "Sportello.", "revoke-instead": "2021-02-12"}
    assert head_desk.post(at(one), data).status_code == 302
    assert states(office) == {9: "revoked", 10: "approved", 11: "approved", 12: "proposed"}


def test_a_day_that_the_head_did_not_approve_is_not_offered_in_the_place_of_another(client, office):
    plan = office.submitted(feb(9), feb(11))
    keys = {one.day: one.pk for one in AgileDay.objects.all()}
    decide_month(plan, approve={keys[feb(11)]}, seen=keys.values(), reason="No.", by=office.head)
    one = AgileDay.objects.get(day=feb(11))
    data = {"act": "revoke", "revoke-reason": "Sportello.", "revoke-instead": "2021-02-09"}

    client.force_login(office.head)
    page = client.get(at(one)).context["page"]
    refused = client.post(at(one), data)

    assert [day.day for day in page.free][:3] == [8, 9, 10]
    assert [day.day for day in page.proposable][:3] == [8, 10, 12]
    assert (refused.status_code, states(office)[11]) == (400, "approved")


def test_another_day_stays_within_the_limit_of_the_month(head_desk, office):
    factories.norm(key="max_days_per_month", printed="1", starts_on=feb(1))
    [one] = office.approved(feb(25))
    office.approved(datetime.date(2021, 3, 2))

    free = head_desk.get(at(one)).context["page"].free

    assert [day.isoformat()[5:] for day in free] == ["02-22", "02-23", "02-24", "02-26"]


def test_the_head_revokes_then_proposes(head_desk, office):
    [one] = office.approved(feb(11))
    head_desk.post(at(one), {"act": "revoke", "revoke-reason": "Sportello."})

    head_desk.post(at(one), {"act": "propose", "propose-instead": "2021-02-10"})

    assert states(office) == {11: "revoked", 10: "proposed"}


def test_too_late_is_refused_with_article_4(head_desk, office, settings):
    [one] = office.approved(feb(9))
    settings.DEMO_DATE = feb(9)  # the notice ended yesterday

    answer = head_desk.post(at(one), {"act": "revoke", "revoke-reason": "Sportello scoperto."})

    assert answer.status_code == 409
    assert [text[:6] for text in answer.context["errors"]] == ["Art. 4"]
    assert states(office) == {9: "approved"}


def test_a_day_that_can_no_more_be_revoked_says_since_when_instead_of_asking(head_desk, office):
    factories.norm(key="revocation_hours", printed="48", starts_on=feb(2))
    [tomorrow] = office.approved(feb(2))

    answer = head_desk.get(at(tomorrow))

    page, text = answer.context["page"], answer.content.decode()
    assert (page.may_revoke, page.is_late_to_revoke) == (False, True)
    assert "48 ore di preavviso: il termine è scaduto alle 8.00 di domenica 31 gennaio" in text
    assert 'value="revoke"' not in text


def test_the_head_calls_back_on_the_day(head_desk, office, settings):
    [one] = office.approved(feb(9))
    settings.DEMO_DATE = feb(9)

    assert head_desk.get(at(one)).context["page"].may_recall
    head_desk.post(at(one), {"act": "recall", "recall-reason": "La VPN non va."})

    assert states(office) == {9: "recalled"}
    made = Incident.objects.get()
    assert head_desk.get(at(one)).context["incident"] == made
    assert f"/segnalazioni/{made.pk}/" in head_desk.get(at(one)).content.decode()


def test_a_reason_is_asked_and_an_unknown_act_is_none(head_desk, office):
    [one] = office.approved(feb(11))

    assert head_desk.post(at(one), {"act": "revoke", "revoke-reason": " "}).status_code == 400
    assert head_desk.post(at(one), {"act": "boh"}).status_code == 400
    assert states(office) == {11: "approved"}


def test_the_menu_marks_whose_day_it_is(desk, office):
    [one] = office.ask(feb(11))
    office.submitted(feb(12))
    marked = []

    for user in (office.employee, office.head):
        desk.force_login(user)
        menu = desk.get(at(one)).context["section_entries"]
        marked.append([str(entry.label) for entry in menu if entry.is_current])

    assert marked == [["I miei giorni"], ["Giornate del servizio"]]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("pola:day-cancel", {"first": "9999-01-01", "last": "9999-12-31"}),
        ("pola:day-pattern", {"first": "9999-01-01", "last": "9999-12-31", "weekdays": ["0"]}),
    ],
)
def test_a_day_of_another_century_is_told_at_its_field(desk, name, data):
    answer = desk.post(reverse(name), data)

    assert (answer.status_code, set(answer.context["form"].errors)) == (400, {"first", "last"})


def test_a_day_of_another_century_is_none_of_the_calendar(desk, office):
    answer = desk.post(MONTH, {"day": ["9999-12-31", "0001-01-01"], "act": "save"})

    assert (answer.status_code, states(office)) == (409, {})


def test_the_day_of_a_colleague_is_not_found(client, office):
    [one] = office.ask(feb(11))
    client.force_login(factories.user(person=factories.person(unit=office.unit)))

    assert client.get(at(one)).status_code == 404


# The unit


def colleague(office, *days):
    user = factories.user(person=factories.person(unit=office.unit))
    factories.agreement(person=user.person, counterpart=office.dirigente.person)
    ask_days(person=user.person, days=days, by=user)
    return submit_month(person=user.person, month=FEBRUARY, by=user)


def test_who_only_reads_the_unit_is_not_said_to_decide(head_desk, office):
    address = f"{TEAM}?unita={office.unit.slug}"
    decides = head_desk.get(address).content.decode()
    user = factories.user()
    factories.appointment(person=user.person, role=Role.HR, unit=user.person.unit)
    head_desk.force_login(user)

    reads = head_desk.get(address).content.decode()

    words = "In questo mese nessuno attende la tua decisione."
    assert (words in decides, words in reads) == (True, False)


def test_what_is_few_already_is_not_said_to_depend_on_the_approval(head_desk, office):
    plan = office.submitted(feb(9))
    factories.absence(person=office.head.person, starts_on=feb(9), ends_on=feb(9))
    factories.norm(key="min_cover", printed="50%")

    waits = head_desk.get(TEAM).content.decode()
    asked = [one.pk for one in AgileDay.objects.filter(person=office.person)]
    decide_month(plan, approve=asked, seen=asked, by=office.head)
    decided = head_desk.get(TEAM).content.decode()

    words = ("Se approvi tutto:", "In sede restano in pochi:")
    assert [one in waits for one in words] == [True, False]
    assert [one in decided for one in words] == [False, True]


def test_the_month_of_a_person_says_nothing_of_the_limit_of_who_asks(head_desk, office):
    plan = office.submitted(feb(8), feb(9), feb(10))

    page = head_desk.get(reverse("pola:day-month", args=[plan.pk])).content.decode()

    assert ">limite<" not in page


def test_of_ones_own_days_the_unit_says_that_somebody_else_decides(head_desk, office):
    own = factories.agreement(person=office.head.person, counterpart=office.dirigente.person)
    ask_days(person=own.person, days=[feb(9)], by=office.head)
    submit_month(person=own.person, month=FEBRUARY, by=office.head)
    office.approved(feb(11))
    office.submitted(feb(16))

    rows = {row.person.last_name: row for row in head_desk.get(TEAM).context["page"].rows}

    assert (rows["Capo"].words, rows["Capo"].may_decide) == (
        "1 chiesta; decide un superiore",
        False,
    )
    assert rows["Agile"].words == "1 chiesta, 1 di 3 a settimana"
    assert [cell.day for cell in rows["Agile"].held] == [feb(11)]


def test_the_unit_shows_who_waits_and_who_stays(head_desk, office):
    office.submitted(feb(9), feb(11))
    factories.absence(person=office.head.person, starts_on=feb(9), ends_on=feb(9))
    factories.norm(key="min_cover", printed="50%")

    page = head_desk.get(TEAM).context["page"]

    rows = {row.person.last_name: row for row in page.rows}
    columns = {column.day.day: column for column in page.columns}
    assert (rows["Agile"].words[:2], rows["Agile"].may_decide) == ("2 ", True)
    assert rows["Capo"].has_agreement is False
    assert (page.waiting_days, page.least) == (2, 1)
    assert [columns[day].present for day in (8, 9, 11)] == [2, 0, 1]
    assert [finding.text for finding in page.cautions] == [
        "Art. 2: martedì 9 febbraio: nessuno in sede"
    ]


def test_each_day_keeps_the_least_of_its_rule(head_desk, office):
    factories.norm(key="min_cover", printed="50%")
    factories.norm(key="min_cover", printed="100%", starts_on=feb(11))
    office.approved(feb(10), feb(12))

    page = head_desk.get(TEAM).context["page"]
    house = house_page(FEBRUARY, [office.unit], today=feb(1))

    columns = {column.day.day: column for column in page.columns}
    assert [columns[day].least for day in (9, 10, 11, 12)] == [1, 1, 2, 2]
    assert [finding.text for finding in page.cautions] == [
        "Art. 2: venerdì 12 febbraio: meno di 2 persone in sede"
    ]
    assert (house.rows[0].columns, house.total.columns) == (page.columns, page.columns)


def test_who_is_hired_later_or_has_gone_is_not_in_the_office(head_desk, office):
    factories.norm(key="min_cover", printed="50%")
    factories.person(unit=office.unit, last_name="Nuova", hired_on=feb(15))
    factories.person(unit=office.unit, last_name="Uscito", left_on=feb(10))
    office.submitted(feb(9), feb(11))

    page = head_desk.get(TEAM).context["page"]

    columns = {column.day.day: column for column in page.columns}
    days = (9, 10, 11, 15)
    assert [columns[day].present for day in days] == [2, 2, 1, 3]
    assert [columns[day].least for day in days] == [2, 1, 1, 2]
    assert (page.least, page.cautions) == (2, [])
    shut = {row.person.last_name: [bool(cell.shut) for cell in row.cells] for row in page.rows}
    assert (shut["Nuova"].index(False), shut["Uscito"].index(True)) == (10, 7)


def test_what_is_being_written_is_not_seen_by_the_head(head_desk, office):
    office.ask(feb(9))

    page = head_desk.get(TEAM).context["page"]

    assert [cell for row in page.rows for cell in row.held] == []


def test_what_is_being_written_counts_in_no_week_of_the_head(head_desk, office):
    office.ask(datetime.date(2021, 3, 31))  # a week of March and April

    written = head_desk.get(TEAM, {"mese": "2021-04"}).context["page"].rows
    submit_month(person=office.person, month=MARCH, by=office.employee)
    sent = head_desk.get(TEAM, {"mese": "2021-04"}).context["page"].rows

    assert [row.fullest for row in written if row.person == office.person] == [(0, 3)]
    assert [row.fullest for row in sent if row.person == office.person] == [(1, 3)]


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_a_month_being_written_has_no_day_for_the_head(head_desk, office, state):
    office.approved(feb(9))
    office.ask(feb(11), feb(16))
    plan = MonthPlan.objects.get()
    MonthPlan.objects.update(state=state)

    answer = head_desk.get(reverse("pola:day-month", args=[plan.pk]))

    assert [one.day for one in answer.context["page"].live] == [feb(9)]
    assert (answer.context["waiting"], answer.context["is_waiting"]) == ([], False)


def test_holidays_and_closures_are_told(head_desk, office):
    factories.closure()
    office.approved(feb(9))

    page = head_desk.get(TEAM).context["page"]

    columns = {column.day.day: column for column in page.columns}
    assert (bool(columns[15].shut), columns[16].shut) == (True, "")


def test_the_months_chosen_are_approved_together(head_desk, office):
    plan, other = office.submitted(feb(9)), colleague(office, feb(10))
    days = AgileDay.objects.filter(state="asked")
    seen = {
        f"seen-{one.pk}": ",".join(
            str(pk) for pk in days.filter(person=one.person).values_list("pk", flat=True)
        )
        for one in (plan, other)
    }

    answer = head_desk.post(
        TEAM, {"act": "approve", "plan": [plan.pk, other.pk], **seen}, follow=True
    )

    assert set(AgileDay.objects.values_list("state", flat=True)) == {"approved"}
    assert len(messages_of(answer)) == 1


def test_each_month_is_chosen_in_one_place(head_desk, office):
    plans = [office.submitted(feb(9)), colleague(office, feb(10))]

    page = head_desk.get(TEAM).content.decode()

    assert [page.count(f'name="plan" value="{plan.pk}"') for plan in plans] == [1, 1]


def test_what_changed_meanwhile_is_left_and_told(head_desk, office):
    plan = office.submitted(feb(9))

    answer = head_desk.post(
        TEAM, {"act": "approve", "plan": [plan.pk], f"seen-{plan.pk}": "999999"}, follow=True
    )

    assert states(office) == {9: "asked"}
    assert messages_of(answer)[0].startswith(str(office.person))


def test_months_are_returned_together_with_the_reason(head_desk, office):
    plan = office.submitted(feb(9))

    refused = head_desk.post(TEAM, {"act": "return", "plan": [plan.pk], "reason": ""})
    nobody = head_desk.post(TEAM, {"act": "return"})
    seen = {f"seen-{plan.pk}": str(AgileDay.objects.get().pk)}
    data = {"act": "return", "plan": [plan.pk], "reason": "Meglio il\0 10."}
    stale = head_desk.post(TEAM, data, follow=True)
    done = head_desk.post(TEAM, data | seen, follow=True)

    assert messages_of(stale)[0].startswith(str(office.person))
    assert messages_of(done) == ["1 mese restituito."]
    assert (refused.status_code, nobody.status_code) == (409, 409)
    returned = MonthPlan.objects.get()
    assert (returned.state, returned.reason) == ("returned", "Meglio il 10.")


def test_only_who_runs_a_unit_reads_it(client, office):
    client.force_login(office.employee)
    assert client.get(TEAM).status_code == 403

    client.force_login(office.head)
    assert client.get(TEAM, {"unita": factories.unit().slug}).status_code == 404
    assert client.get(TEAM, {"unita": office.unit.slug}).status_code == 200


def test_the_unit_costs_eleven_statements_for_two_hundred_people(
    head_desk, office, django_assert_num_queries
):
    for number in range(3):
        colleague(office, feb(9 + number))

    with django_assert_num_queries(11):
        head_desk.get(TEAM)


def substitute(office, **given):
    delegate = factories.user(person=factories.person(unit=office.unit, last_name="Vice"))
    given = {"unit": office.unit, "head": office.head.person} | given
    dates = {"starts_on": feb(1), "ends_on": feb(28)}
    factories.delegation(delegate=delegate.person, **given, **dates)
    return delegate


def of_the_head(office) -> MonthPlan:
    """The head too has sent February."""
    factories.agreement(person=office.head.person, counterpart=office.dirigente.person)
    ask_days(person=office.head.person, days=[feb(9)], by=office.head)
    return submit_month(person=office.head.person, month=FEBRUARY, by=office.head)


def test_the_month_of_the_head_is_not_offered_to_the_substitute(client, office):
    own, plan = of_the_head(office), office.submitted(feb(9))
    client.force_login(substitute(office))

    answer = client.get(TEAM)

    page = answer.context["page"]
    words = {row.person.pk: row.words for row in page.rows}
    assert ([row.plan_id for row in page.waiting], answer.context["chosen"]) == (
        [plan.pk],
        [plan.pk],
    )
    assert words[office.head.person.pk] == "1 chiesta; decide un superiore"
    assert client.get(reverse("pola:day-month", args=[own.pk])).status_code == 403


def test_who_stands_in_for_the_dirigente_decides_for_the_head(client, office):
    plan = of_the_head(office)
    above = {"unit": office.unit.parent, "head": office.dirigente.person}
    client.force_login(substitute(office, **above))
    seen = {f"seen-{plan.pk}": str(AgileDay.objects.get().pk)}

    client.post(TEAM, {"act": "approve", "plan": [plan.pk], **seen}, follow=True)

    assert AgileDay.objects.get().state == "approved"
    told = DayEvent.objects.get(act="approved").acted_for_label
    assert told == str(office.dirigente.person)


# One by one


def test_a_month_in_which_nothing_waits_shows_no_form(head_desk, office):
    plan = office.submitted(feb(9))
    AgileDay.objects.update(state="cancelled")

    page = head_desk.get(reverse("pola:day-month", args=[plan.pk]))

    assert not page.context["is_waiting"]


def test_a_month_is_decided_in_part(head_desk, office):
    plan = office.submitted(feb(9), feb(11))
    address = reverse("pola:day-month", args=[plan.pk])
    waiting = head_desk.get(address).context["waiting"]
    pks = [one.pk for one, _ticked in waiting]
    data = {"act": "decide", "seen": pks, "approve": pks[:1]}

    refused = head_desk.post(address, data)
    head_desk.post(address, data | {"reason": "Sportello."})

    assert refused.status_code == 409
    assert [ticked for _one, ticked in refused.context["waiting"]] == [True, False]
    assert states(office) == {9: "approved", 11: "refused"}
    assert not head_desk.get(address).context["is_waiting"]


def test_a_month_is_returned(head_desk, office):
    plan = office.submitted(feb(9))

    head_desk.post(
        reverse("pola:day-month", args=[plan.pk]), {"act": "return", "reason": "Meglio il\0 10."}
    )

    returned = MonthPlan.objects.get()
    assert (returned.state, returned.reason) == ("returned", "Meglio il 10.")


def test_the_house_counts_unit_by_unit(hr_desk, office):
    office.approved(feb(9))

    page = hr_desk.get(reverse("pola:day-house")).context["page"]

    rows = {row.unit.pk: row for row in page.rows}
    present = {column.day.day: column.present for column in rows[office.unit.pk].columns}
    assert (present[9], present[10], rows[office.unit.pk].people) == (1, 2, 2)
    assert page.total.people == sum(row.people for row in page.rows)


def test_the_house_says_from_when_few_people_are_marked(hr_desk, office):
    page = hr_desk.get(reverse("pola:day-house")).content.decode()

    assert "dove sarebbero troppo poche è segnalato da oggi in poi" in page


def test_a_house_without_people_is_told(db):
    page = house_page(FEBRUARY, [], today=feb(1))

    assert (page.rows, page.total) == ((), None)


# Closures, absences, attendance


def test_hr_closes_the_office_and_the_days_are_taken_away(hr_desk, office):
    office.approved(feb(9))
    address = reverse("pola:day-closures")
    data = {
        "act": "close",
        "closure-first": "2021-02-09",
        "closure-last": "2021-02-09",
        "closure-reason": "Ponte",
    }

    asked = hr_desk.post(address, data)
    untouched = (states(office), Closure.objects.count())
    [sure] = keys_in(asked.text, "sure")
    told = hr_desk.post(address, data | {"sure": sure}, follow=True)
    closure = Closure.objects.get()
    before = states(office)
    hr_desk.post(address, {"act": f"reopen-{closure.pk}"})

    assert untouched == ({9: "approved"}, 0)
    assert "1 giornata di lavoro agile decade" in asked.text
    assert next(str(one) for one in told.context["messages"]).endswith("è decaduta.")
    assert before == {9: "cancelled"}
    assert not Closure.objects.exists()


def absent(person, last: str) -> dict[str, object]:
    """The form of an absence from 9 February."""
    days = {"absence-first": "2021-02-09", "absence-last": last}
    return {"act": "absent", "absence-person": person.pk} | days


def test_other_days_than_those_seen_are_asked_about_again(hr_desk, office):
    office.approved(feb(9))
    address = reverse("pola:day-closures")
    data = absent(office.person, "2021-02-11")

    [sure] = keys_in(hr_desk.post(address, data).text, "sure")
    office.approved(feb(11))
    [again] = keys_in(hr_desk.post(address, data | {"sure": sure}).text, "sure")
    untouched = (states(office), Absence.objects.count())
    hr_desk.post(address, data | {"sure": again})

    assert untouched == ({9: "approved", 11: "approved"}, 0)
    assert (states(office), Absence.objects.count()) == ({9: "cancelled", 11: "cancelled"}, 1)


def test_what_refuses_a_closure_is_told_before_asking(hr_desk, office):
    office.approved(feb(9))
    factories.closure(unit=None, starts_on=feb(10), ends_on=feb(10))
    data = {
        "act": "close",
        "closure-first": "2021-02-09",
        "closure-last": "2021-02-10",
        "closure-reason": "Ponte",
    }

    answer = hr_desk.post(reverse("pola:day-closures"), data)

    assert (answer.status_code, answer.context["falling"]) == (400, None)
    assert "chiuso in alcuni di questi giorni" in answer.text
    assert (states(office), Closure.objects.count()) == ({9: "approved"}, 1)


def test_hr_records_an_absence_without_its_reason(hr_desk, office):
    address = reverse("pola:day-closures")
    data = absent(office.person, "2021-02-10")

    hr_desk.post(address, data)
    again = hr_desk.post(address, data)
    absence = Absence.objects.get()
    hr_desk.post(address, {"act": f"present-{absence.pk}"})

    assert again.status_code == 400
    assert not Absence.objects.exists()


def test_what_is_wrong_is_told_at_its_form(hr_desk, office):
    address = reverse("pola:day-closures")

    assert hr_desk.post(address, {"act": "close"}).status_code == 400
    assert hr_desk.post(address, {"act": "boh"}).status_code == 400
    assert hr_desk.post(address, {"act": "reopen-9"}).status_code == 404


def test_the_month_leaves_for_the_attendance_system(hr_desk, office):
    office.approved(feb(9), feb(11))
    office.ask(feb(16))
    address = reverse("pola:day-export")

    csv = hr_desk.get(address, {"formato": "csv", "mese": "2021-02"})
    xlsx = hr_desk.get(address, {"formato": "xlsx"})
    page = hr_desk.get(address, {"mese": "2019-01"})

    number = office.person.employee_number
    assert csv.content.decode().split("\r\n") == [
        "matricola,data,ore_teoriche,buono_pasto,straordinario,trasferta",
        f"{number},2021-02-09,7:12,no,no,no",
        f"{number},2021-02-11,7:12,no,no,no",
        "",
    ]
    assert xlsx.content[:2] == b"PK"
    assert "giornate-agili-2021-02.xlsx" in xlsx["Content-Disposition"]
    months = page.context["months"]
    assert (len(page.context["page"]), len(months)) == (0, 14)
    assert months[1:3] == [datetime.date(2021, 3, 1), datetime.date(2021, 2, 1)]


def test_the_days_for_the_attendance_system_are_paged_and_their_file_is_whole(hr_desk, office):
    for _number in range(9):
        agreement = factories.agreement()
        for day in (9, 10, 11):
            factories.agile_day(agreement=agreement, day=feb(day), state="approved")
    address = reverse("pola:day-export")

    first, second = (
        hr_desk.get(address, {"mese": "2021-02", "page": number}).context["page"]
        for number in (1, 2)
    )
    csv = hr_desk.get(address, {"formato": "csv", "mese": "2021-02", "page": 2})

    assert (len(first), len(second), first.paginator.count) == (25, 2, 27)
    assert len(csv.content.decode().splitlines()) == 28


def test_the_days_of_who_has_left_do_not_leave_for_the_attendance_system(hr_desk, office):
    office.approved(feb(9), feb(16), feb(23))
    office.person.left_on = feb(16)  # no longer in service on it
    office.person.save()

    page = hr_desk.get(reverse("pola:day-export"), {"mese": "2021-02"})

    assert [line.day for line in page.context["page"]] == [feb(9)]


def test_the_hours_of_a_part_timer_are_in_proportion_and_of_the_rule_of_the_day(hr_desk, office):
    office.person.part_time_percent = 70
    office.person.save()
    factories.norm(key="week_hours", printed="35", starts_on=feb(10))
    office.approved(feb(9), feb(11))

    page = hr_desk.get(reverse("pola:day-export"), {"mese": "2021-02"})

    assert [line.hours for line in page.context["page"]] == ["5:02", "4:54"]


# Calendars


def test_an_address_is_made_read_changed_and_revoked(desk, office, client):
    office.approved(feb(9))
    feeds = reverse("pola:day-feeds")
    desk.post(feeds, {"act": "make"})
    first = CalendarFeed.objects.get()
    address = reverse("pola:day-feed", args=[first.token])
    client.logout()

    answer = client.get(address)
    client.force_login(office.employee)
    client.post(feeds, {"act": "make"})
    gone = client.get(address)
    second = CalendarFeed.objects.running().get()
    client.post(feeds, {"act": "revoke"})
    client.post(feeds, {"act": "revoke"})

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "20210209" in answer.content.decode()
    assert "no-cache" in answer["Cache-Control"]
    assert gone.status_code == 404
    assert client.get(reverse("pola:day-feed", args=[second.token])).status_code == 404


def test_the_calendar_of_a_unit_is_its_heads(head_desk, office):
    office.approved(feb(9))
    head_desk.post(reverse("pola:day-feeds"), {"act": "make", "unit": office.unit.slug})
    feed = CalendarFeed.objects.get()
    address = reverse("pola:day-feed", args=[feed.token])

    named = head_desk.get(address).content.decode()
    office.head.person.appointments.update(ends_on=datetime.date(2021, 1, 31))

    assert office.person.last_name in named
    assert head_desk.get(address).status_code == 404


def test_the_unit_of_somebody_else_has_no_address(desk, office):
    answer = desk.post(reverse("pola:day-feeds"), {"act": "make", "unit": office.unit.slug})

    assert (answer.status_code, CalendarFeed.objects.count()) == (404, 0)


@pytest.mark.parametrize("how", ["left", "inactive"])
def test_the_calendar_of_who_has_left_does_not_answer(desk, office, how):
    desk.post(reverse("pola:day-feeds"), {"act": "make"})
    if how == "left":
        type(office.person).objects.filter(pk=office.person.pk).update(left_on=feb(1))
    else:
        type(office.employee).objects.filter(pk=office.employee.pk).update(is_active=False)

    token = CalendarFeed.objects.get().token
    assert desk.get(reverse("pola:day-feed", args=[token])).status_code == 404


# The home page


def test_the_home_says_what_waits_about_days(client, office):
    [one] = office.approved(feb(11))
    revoke_day(one, reason="Sportello.", by=office.head, instead=feb(12))
    office.ask(datetime.date(2021, 3, 2))
    other = colleague(office, feb(10))

    tasks = {}
    for user in (office.employee, office.head, office.dirigente):
        client.force_login(user)
        groups = client.get("/").context["report"].groups
        tasks[user] = [task.url for group in groups for task in group.tasks]

    team = f"{TEAM}?unita={office.unit.slug}&mese=2021-02"
    proposal = AgileDay.objects.get(state="proposed")
    assert tasks[office.employee] == [at(proposal), f"{MONTH}?mese=2021-03"]
    assert tasks[office.head] == [team]
    assert other.state == "submitted"
    assert tasks[office.dirigente] == []  # the unit has a nearer head


def test_an_absence_is_not_for_the_administrator(client, office):
    administrator = factories.user(is_superuser=True, is_staff=True)
    client.force_login(administrator)

    page = client.get(reverse("pola:day-closures"))

    assert (page.context["may_keep"], page.context["absence_form"]) == (False, None)


def test_closures_are_kept_for_a_unit_and_told_when_wrong(hr_desk, office):
    data = {
        "act": "close",
        "closure-unit": office.unit.pk,
        "closure-first": "2021-01-04",
        "closure-last": "2021-01-05",
        "closure-reason": "Ponte",
    }

    assert hr_desk.post(reverse("pola:day-closures"), data).status_code == 400
    assert not Closure.objects.exists()


def keys_in(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]+)"', page)


def test_days_with_keys_over_a_thousand_are_approved_as_any_other(head_desk, office):
    for number in (23, 24):
        agreement, key = office.agreement, 1_000_000 + number
        factories.agile_day(pk=key, agreement=agreement, day=feb(number), state="asked")
    plan = submit_month(person=office.person, month=FEBRUARY, by=office.employee)
    address = reverse("pola:day-month", args=[plan.pk])
    page = head_desk.get(address).text

    approve, seen = keys_in(page, "approve"), keys_in(page, "seen")
    head_desk.post(
        address,
        {"act": "decide", "approve": approve[:1], "seen": seen, "reason": "Sportello scoperto."},
    )

    assert states(office) == {23: "approved", 24: "refused"}


def test_an_absence_with_a_key_over_a_thousand_is_taken_back(hr_desk, office):
    factories.absence(pk=1_234_567, person=office.person, starts_on=feb(23), ends_on=feb(24))
    address = reverse("pola:day-closures")

    [act] = [one for one in keys_in(hr_desk.get(address).text, "act") if "present" in one]
    hr_desk.post(address, {"act": act})

    assert Absence.objects.count() == 0
