"""The pages of a request: the employee's, the queue of HR, the desk of who decides."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from organization.models import Appointment
from pola.enums import InterestState, PriorityKind, VersionState
from pola.models import AgileDay, Agreement, Interest
from tests import factories
from tests.pola.agreements import again

MINE = reverse("pola:my-agile")
QUEUE = reverse("pola:interest-list")
DESK = reverse("pola:decision-list")
FACTS = {"training_on": "2021-01-20", "safety_on": "2021-01-21"}
DAYS = {
    "starts_on": "2021-03-01",
    "days_per_week": "2",
    "weekdays": ["1", "3"],
    "place": "home",
    "day_begins_at": "08:00",
    "day_ends_at": "16:30",
    "morning_from": "09:00",
    "morning_to": "12:00",
    "afternoon_from": "14:30",
    "afternoon_to": "15:30",
}


def step(name: str) -> str:
    return reverse("pola:interest-write", args=[name])


@pytest.fixture
def come(client):
    """`come(user)`: the client signed in as somebody."""

    def sign(user):
        client.force_login(again(user))
        return client

    return sign


def sent(desk, **given) -> Interest:
    values = {"person": desk.employee.person, "decider": desk.dirigente.person}
    return factories.interest(**values | given)


# The employee


def test_it_begins_with_an_invitation(desk, come) -> None:
    page = come(desk.employee).get(MINE)

    assert (page.context["steps"], page.context["is_employee"]) == ((), True)
    assert step("attivita") in page.content.decode()


def test_who_is_no_employee_is_told_so(db, come) -> None:
    stranger = factories.user(person=factories.person(category="", unit=None, hired_on=None))
    client = come(stranger)

    assert client.get(MINE).context["is_employee"] is False
    assert client.get(step("giorni")).status_code == 403
    client.force_login(factories.user(person=None))
    assert client.get(MINE).context["agreement"] is None


def test_four_steps_are_kept_and_the_last_one_sends(desk, come) -> None:
    activity = factories.activity(unit=desk.service)
    factories.activity(unit=desk.service, grade="none")
    client = come(desk.employee)
    shown = client.get(step("attivita")).context["form"]

    first = client.post(step("attivita"), {"activities": [activity.pk], "purposes": ["a", "c"]})
    second = client.post(step("giorni"), DAYS)
    back = client.post(step("priorita"), {"kinds": ["health"], "note": "x", "go": "giorni"})
    last = client.get(step("invio"))
    end = client.post(step("invio"))

    made = Interest.objects.get(person=desk.employee.person)
    assert list(shown.fields["activities"].queryset) == [activity]
    assert [answer.url for answer in (first, second, back, end)] == [
        step("giorni"),
        step("priorita"),
        step("giorni"),
        MINE,
    ]
    assert (last.context["problems"], last.context["activities"]) == ([], [activity])
    assert (made.state, made.weekdays, made.decider) == (
        InterestState.SENT,
        [1, 3],
        desk.dirigente.person,
    )
    assert client.get(step("giorni")).url == MINE
    assert client.get(MINE).context["is_waiting"]


def test_the_steps_show_what_was_kept(desk, come) -> None:
    made = sent(desk, state=InterestState.DRAFT, days_per_week=3)
    factories.priority_ground(
        interest=made, kind=PriorityKind.MATERNITY, leave_ended_on=datetime.date(2019, 9, 1)
    )
    client = come(desk.employee)

    initial = [client.get(step(n)).context["form"].initial for n in ("giorni", "priorita")]

    assert initial[0]["days_per_week"] == 3
    assert initial[1]["kinds"] == ["maternity"]
    assert "form" in client.get(step("attivita")).context
    assert client.get(MINE).context["is_draft"]


def test_maternity_asks_for_its_day(desk, come) -> None:
    client = come(desk.employee)

    page = client.post(step("priorita"), {"kinds": ["maternity"]})
    kept = client.post(
        step("priorita"), {"kinds": ["maternity", "health"], "leave_ended_on": "2019-09-01"}
    )

    days = Interest.objects.get().grounds.order_by("kind").values_list("leave_ended_on", flat=True)
    assert list(page.context["form"].errors) == ["leave_ended_on"]
    assert (kept.status_code, list(days)) == (302, [None, datetime.date(2019, 9, 1)])


def test_what_is_missing_is_said_and_not_sent(desk, come) -> None:
    client = come(desk.employee)
    assert client.get(step("invio")).url == step("attivita")
    sent(desk, state=InterestState.DRAFT, purposes=[])

    before = client.get(step("invio")).context
    after = client.post(step("invio")).context

    assert [one.code for one in before["problems"]] == ["purposes"]
    assert [one["name"] for one in before["steps"] if one["is_lacking"]] == ["attivita"]
    assert after["refused"] == ["Art. 1: scegli almeno una finalità"]
    assert Interest.objects.get().state == InterestState.DRAFT


def test_a_refused_request_still_says_which_step_to_mend(desk, come) -> None:
    sent(desk, state=InterestState.DRAFT, purposes=[])

    page = come(desk.employee).post(step("invio"))

    assert [one["name"] for one in page.context["steps"] if one["is_lacking"]] == ["attivita"]
    assert "Correggi: Attività e finalità" in page.content.decode()
    assert page.content.decode().count("scegli almeno una finalità") == 1


def test_a_request_without_activities_says_so_with_a_dash(desk, come) -> None:
    sent(desk, state=InterestState.DRAFT, other_activities="")

    page = come(desk.employee).get(step("invio")).content.decode()

    assert "<dt>Attività</dt><dd>–</dd>" in page


def test_the_reserved_note_is_read_again_before_sending(desk, come) -> None:
    made = sent(desk, state=InterestState.DRAFT)
    factories.priority_ground(interest=made, kind=PriorityKind.HEALTH, note="Come da certificato.")

    page = come(desk.employee).get(step("invio"))

    assert page.context["note"] == "Come da certificato."
    assert "Come da certificato." in page.content.decode()


def test_a_note_without_its_reason_is_not_lost(desk, come) -> None:
    sent(desk, state=InterestState.DRAFT)

    page = come(desk.employee).post(step("priorita"), {"note": "Abito lontano."})

    assert page.context["form"].errors == {
        "kinds": ["Scegli il motivo a cui si riferisce la nota."]
    }


def icons(page) -> list[str]:
    return [one["icon_name"].removeprefix("it-") for one in page.context["steps"]]


def test_the_step_at_hand_is_not_shown_as_done(desk, come) -> None:
    sent(desk, state=InterestState.DRAFT)

    page = come(desk.employee).get(step("giorni"))

    assert icons(page) == ["check-circle", "pencil", "minus-circle", "minus-circle"]


def test_a_step_passed_by_without_words_is_not_shown_as_done(desk, come) -> None:
    client = come(desk.employee)
    at_once = client.get(step("giorni"))

    kept = client.post(step("attivita"), {"go": "giorni"}, follow=True)
    first = client.get(step("attivita"))
    client.post(step("giorni"), DAYS)
    third = client.get(step("priorita"))

    second = ["warning-circle", "pencil", "minus-circle", "minus-circle"]
    assert (icons(at_once), icons(kept)) == (second, second)
    assert icons(first) == ["pencil", "minus-circle", "minus-circle", "minus-circle"]
    assert icons(third) == ["warning-circle", "check-circle", "pencil", "minus-circle"]
    assert third.content.decode().count("manca qualcosa") == 1


@pytest.mark.parametrize(
    ("most", "kept", "offered"), [("3", 1, [1, 2, 3]), ("2", 1, [1, 2]), ("2", 3, [1, 2, 3])]
)
def test_the_days_offered_are_those_of_the_rule(desk, come, most, kept, offered) -> None:
    factories.norm(printed=most, starts_on=datetime.date(2021, 2, 1))
    sent(desk, state=InterestState.DRAFT, days_per_week=kept)

    form = come(desk.employee).get(step("giorni")).context["form"]

    assert [days for days, _words in form.fields["days_per_week"].choices] == offered


def test_before_sending_one_reads_who_decides(desk, come) -> None:
    sent(desk, state=InterestState.DRAFT)
    client = come(desk.employee)

    named = client.get(step("invio"))
    Appointment.objects.all().delete()
    nobody = client.get(step("invio"))

    words = f"poi per il tuo servizio decide {desk.dirigente.person}"
    assert (named.context["decider"], words in named.content.decode()) == (
        desk.dirigente.person,
        True,
    )
    assert nobody.context["decider"] is None
    assert "Nessuno decide per il tuo servizio" in nobody.content.decode()


def test_a_wrong_hour_is_asked_again(desk, come) -> None:
    client = come(desk.employee)

    page = client.post(step("giorni"), DAYS | {"morning_from": "nove"})

    assert list(page.context["form"].errors) == ["morning_from"]
    assert page.context["form"]["morning_from"].value() == "nove"
    assert client.get(step("altro")).status_code == 404


def test_taken_back(desk, come) -> None:
    made = sent(desk)
    client = come(desk.employee)
    address = reverse("pola:interest-withdraw", args=[made.pk])

    client.post(address)
    again_refused = client.post(address, follow=True)

    made.refresh_from_db()
    assert made.state == InterestState.WITHDRAWN
    assert [message.level_tag for message in again_refused.context["messages"]] == [
        "success",
        "error",
    ]
    assert again_refused.context["interest"] == made


def test_the_page_shows_agreement_and_what_was_before(desk, come) -> None:
    granted = sent(desk, state=InterestState.GRANTED)
    agreement = factories.agreement(person=desk.employee.person, interest=granted)
    factories.agreement(person=desk.employee.person, state="ended")
    sent(desk, state=InterestState.REFUSED)
    factories.interest(state=InterestState.REFUSED)

    page = come(desk.employee).get(MINE)

    assert (page.context["agreement"], page.context["interest"]) == (agreement, granted)
    assert len(page.context["earlier_agreements"]) == 1
    assert [one.state for one in page.context["earlier_interests"]] == [InterestState.REFUSED]


# HR


def test_queue_says_what_each_request_lacks(desk, come) -> None:
    sent(desk)
    factories.interest(state=InterestState.CHECKED)
    factories.interest(state=InterestState.DRAFT)

    page = come(desk.hr).get(QUEUE)

    [line] = page.context["lines"]
    assert [one.reference for one in line.problems] == ["Art. 11", "Art. 10"]
    assert [one.state for one in page.context["others"]] == [InterestState.CHECKED]
    assert come(desk.dirigente).get(QUEUE).status_code == 403


def test_the_menu_marks_where_one_comes_from(desk, come) -> None:
    made = sent(desk, state=InterestState.CHECKED)

    marked = {}
    for name in ("employee", "hr", "dirigente"):
        menu = come(getattr(desk, name)).get(made.get_absolute_url()).context["section_entries"]
        marked[name] = [str(entry.label) for entry in menu if entry.is_current]

    assert marked == {
        "employee": ["Il mio lavoro agile"],
        "hr": ["Richieste"],
        "dirigente": ["Da decidere"],
    }


def test_requests_passed_on_are_read_25_at_a_time_and_none_is_left_out(desk, come) -> None:
    for _number in range(26):
        factories.interest(state=InterestState.CHECKED)

    pages = [come(desk.hr).get(QUEUE, {"page": number}).context["others"] for number in (1, 2)]

    assert [len(page) for page in pages] == [25, 1]


@pytest.mark.parametrize("rows", [1, 3])
def test_queue_costs_the_same(desk, come, django_assert_num_queries, rows) -> None:
    for _number in range(rows):
        sent(desk, person=factories.person(unit=desk.service))
        sent(desk, person=factories.person(unit=desk.service), state=InterestState.CHECKED)
    client = come(desk.hr)

    with django_assert_num_queries(10):
        client.get(QUEUE)


def test_check_passes_the_request_on(desk, come) -> None:
    made = sent(desk)
    client = come(desk.hr)

    missing = client.post(made.get_absolute_url(), {"training_on": "2021-01-20"}, follow=True)
    whole = client.post(made.get_absolute_url(), FACTS, follow=True)
    again_asked = client.post(made.get_absolute_url(), FACTS)

    tags = [[m.level_tag for m in page.context["messages"]] for page in (missing, whole)]
    assert tags == [["warning"], ["success"]]
    assert Interest.objects.get(pk=made.pk).state == InterestState.CHECKED
    assert again_asked.status_code == 403


# Who decides


def test_desk_ranks_and_explains(desk, come) -> None:
    plain = sent(desk, state=InterestState.CHECKED)
    child = sent(desk, person=factories.person(unit=desk.service), state=InterestState.CHECKED)
    factories.priority_ground(interest=child, kind=PriorityKind.DISABLED_CHILD)
    factories.interest(state=InterestState.CHECKED)
    client = come(desk.dirigente)

    page = client.get(DESK, {"posti": "1"})

    lines = [(one.interest, one.is_within, len(one.reasons)) for one in page.context["lines"]]
    assert lines == [(child, True, 1), (plain, False, 0)]
    assert page.context["exceeds"]
    assert not client.get(DESK, {"posti": "-1"}).context["exceeds"]
    assert come(desk.hr).get(DESK).status_code == 403


def test_desk_counts_the_share_of_each_area(desk, come) -> None:
    activity = factories.activity(unit=desk.service)
    for number in range(3):
        worker = factories.person(unit=desk.service)
        factories.activity_assignment(person=worker, activity=activity)
        if number:
            factories.agreement(person=worker)
    factories.agreement(person=factories.person(unit=desk.service))

    shares = come(desk.dirigente).get(DESK).context["shares"]

    found = {one.unit_id: one.share for one in shares}
    assert (found[desk.area.pk].effective, found[desk.area.pk].potential) == (2, 3)
    assert found[desk.area.pk].words == "66,7%"
    # The whole Chamber: the 72 people of the plan too.
    assert (found[None].effective, found[None].potential) == (2, 72 + 3)


@pytest.mark.parametrize(("workers", "words"), [(3, "manca 1"), (5, "mancano 2")])
def test_desk_says_how_many_are_short_of_the_share(desk, come, workers, words) -> None:
    activity = factories.activity(unit=desk.service)
    for number in range(workers):
        worker = factories.person(unit=desk.service)
        factories.activity_assignment(person=worker, activity=activity)
        if not number:
            factories.agreement(person=worker)

    page = come(desk.dirigente).get(DESK).content.decode()

    assert f">{words}<" in " ".join(page.split()).replace("> ", ">").replace(" <", "<")


@pytest.mark.parametrize("rows", [1, 3])
def test_desk_costs_the_same(desk, come, django_assert_num_queries, rows) -> None:
    for _number in range(rows):
        made = sent(desk, person=factories.person(unit=desk.service), state=InterestState.CHECKED)
        factories.priority_ground(interest=made)
        factories.activity_assignment(person=made.person)
    client = come(desk.dirigente)

    with django_assert_num_queries(14):
        client.get(DESK)


def decided(**given):
    values = dict.fromkeys(("criterion_a", "criterion_b", "criterion_c"), "yes")
    return values | {"decision": "grant", "reason": ""} | given


def test_granted_leads_to_the_agreement(desk, come) -> None:
    made = sent(desk, state=InterestState.CHECKED)

    answer = come(desk.dirigente).post(made.get_absolute_url(), decided())

    assert answer.url == Agreement.objects.get(interest=made).get_absolute_url()


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"criterion_b": "no"}, ["__all__"]),
        ({"decision": "refuse"}, ["reason"]),
        ({"criterion_a": ""}, ["criterion_a"]),
    ],
)
def test_a_decision_that_cannot_be_says_why(desk, come, given, errors) -> None:
    made = sent(desk, state=InterestState.CHECKED)

    page = come(desk.dirigente).post(made.get_absolute_url(), decided(**given))

    made.refresh_from_db()
    assert (list(page.context["form"].errors), made.state) == (errors, InterestState.CHECKED)


def test_refused_the_employee_reads_the_reason(desk, come) -> None:
    made = sent(desk, state=InterestState.CHECKED)
    given = {"criterion_a": "no", "decision": "refuse", "reason": "Serve presenza."}

    answer = come(desk.dirigente).post(made.get_absolute_url(), decided(**given))

    assert answer.url == made.get_absolute_url()
    assert "Serve presenza." in come(desk.employee).get(MINE).content.decode()
    page = come(desk.employee).get(made.get_absolute_url())
    assert [is_met for _letter, _words, is_met in page.context["criteria"]] == [False, True, True]
    assert page.context["reason"] == "Serve presenza."
    others = come(desk.head).get(made.get_absolute_url()).context
    assert (others["reason"], others["criteria"]) == ("", [])


def test_a_stranger_knows_of_no_request(desk, come) -> None:
    made = sent(desk)
    draft = factories.interest(state=InterestState.DRAFT)
    stranger = factories.user()

    assert come(stranger).get(made.get_absolute_url()).status_code == 404
    assert come(desk.hr).get(draft.get_absolute_url()).status_code == 404
    assert come(stranger).get(DESK).status_code == 403
    assert come(desk.secretary).post(made.get_absolute_url(), {}).status_code == 403


# The agreement in force


def in_force(desk, **given) -> Agreement:
    agreement = factories.agreement(
        person=desk.employee.person, counterpart=desk.dirigente.person, **given
    )
    factories.agreement_version(agreement=agreement, state=VersionState.IN_FORCE)
    return agreement


def booked(agreement, day: datetime.date, state: str = "approved") -> AgileDay:
    return factories.agile_day(agreement=agreement, day=day, state=state)


def test_the_page_says_what_the_employee_needs(desk, come) -> None:
    agreement = in_force(desk, weekdays=[1, 3])
    booked(agreement, datetime.date(2021, 2, 10))
    approved = booked(agreement, datetime.date(2021, 2, 16))
    proposed = booked(agreement, datetime.date(2021, 2, 18), "proposed")
    asked = booked(agreement, datetime.date(2021, 3, 2), "asked")
    booked(agreement, datetime.date(2021, 4, 6), "asked")
    factories.month_plan(
        person=agreement.person,
        month=datetime.date(2021, 4, 1),
        state="submitted",
        submitted_at=timezone.now(),
        submitted_by_label="x",
    )
    pc = factories.equipment(person=agreement.person)
    pause = factories.suspension(agreement=agreement)

    page = come(desk.employee).get(MINE)

    mine, text = page.context["mine"], page.content.decode()
    assert [one.held for one in mine.days[:3]] == [approved, proposed, asked]
    assert [one.words for one in mine.days] == ["approvata", "proposta", "da inviare", "richiesta"]
    assert (mine.count, mine.proposals, mine.equipment) == (4, (proposed,), (pc,))
    assert [(one.month.month, one.count, one.is_late) for one in mine.months] == [(3, 1, False)]
    assert (mine.weekdays, mine.pauses) == ("martedì e giovedì", (pause,))
    assert (mine.notice_days, mine.earliest_end) == (30, datetime.date(2021, 3, 17))
    assert str(agreement.counterpart) in mine.how_it_ends
    for name in ("day-calendar", "sheet-list", "incident-add"):
        assert reverse(f"pola:{name}") in text
    assert reverse("pola:agreement-pdf", args=[agreement.pk, 1]) in text
    assert reverse("pola:agreement-act", args=[agreement.pk, "recesso"]) in text


def test_the_page_of_an_agreement_without_days(desk, come) -> None:
    agreement = in_force(desk, afternoon_from=None, afternoon_to=None)

    mine = come(desk.employee).get(MINE).context["mine"]

    assert (mine.days, mine.months, mine.equipment, mine.weekdays) == ((), (), (), "")
    assert (mine.windows, mine.may_ask_renewal) == ("9.00-12.00", True)
    assert mine.agreement == agreement


def test_the_page_says_how_it_ends(desk, come) -> None:
    agreement = in_force(desk)
    renewal = factories.agreement_version(agreement=agreement, number=2, state=VersionState.OFFERED)

    renewed = come(desk.employee).get(MINE).context
    renewal.delete()
    factories.withdrawal(agreement=agreement)
    withdrawn = come(desk.employee).get(MINE).context

    assert (renewed["to_accept"], renewed["mine"].may_ask_renewal) == (True, False)
    assert (withdrawn["to_accept"], withdrawn["mine"].earliest_end) == (False, None)
    assert "art. 8" in withdrawn["mine"].how_it_ends


@pytest.mark.parametrize(("state", "to_accept"), [("written", False), ("offered", True)])
def test_the_page_of_an_agreement_on_its_way(desk, come, state, to_accept) -> None:
    states = {"written": "draft", "offered": "offered"}
    agreement = factories.agreement(person=desk.employee.person, state=states[state])
    factories.agreement_version(agreement=agreement, state=state)

    context = come(desk.employee).get(MINE).context

    assert (context["mine"], context["to_accept"]) == (None, to_accept)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same(desk, come, django_assert_num_queries, rows) -> None:
    agreement = in_force(desk)
    for number in range(rows):
        booked(agreement, datetime.date(2021, 3, 2 + number), "asked")
        factories.equipment(person=agreement.person, kind=["pc", "vpn", "vdi"][number])
        factories.suspension(
            agreement=agreement,
            starts_on=datetime.date(2021, 3, 20 + number),
            ends_on=datetime.date(2021, 3, 20 + number),
        )
    client = come(desk.employee)

    with django_assert_num_queries(14):
        client.get(MINE)


# The registers


def test_the_check_reads_the_registers(desk, come) -> None:
    made = sent(desk)
    attended = factories.training_attendance(person=made.person)
    received = factories.safety_receipt(person=made.person)
    factories.safety_receipt(person=made.person, received_on=datetime.date(2019, 1, 1))
    pc = factories.equipment(person=made.person)
    client = come(desk.hr)

    queue = client.get(QUEUE).context["lines"]
    page = client.get(made.get_absolute_url())
    client.post(made.get_absolute_url(), {"training_on": "2021-01-20"})

    assert queue[0].is_whole
    duties, text = page.context["duties"], page.content.decode()
    assert (duties.training, duties.receipt, duties.equipment) == (attended, received, (pc,))
    assert (list(page.context["form"].fields), page.context["problems"]) == ([], [])
    assert reverse("pola:training", args=[attended.course_id]) in text
    assert reverse("pola:safety", args=[received.notice_id]) in text
    made.refresh_from_db()
    assert (made.state, made.training_on, made.safety_on) == (
        InterestState.CHECKED,
        attended.course.held_on,
        received.received_on,
    )


def test_what_the_register_lacks_is_typed_and_said(desk, come) -> None:
    made = sent(desk, training_on=datetime.date(2021, 1, 20))
    factories.safety_receipt(person=made.person, received_on=datetime.date(2019, 1, 1))
    client = come(desk.hr)

    page = client.get(made.get_absolute_url())

    assert list(page.context["form"].fields) == ["training_on", "safety_on"]
    assert "inserita dall’ufficio del personale: non risulta nel registro" in page.content.decode()
    assert page.content.decode().count("dove resta indicata come non registrata") == 2
    assert [one.reference for one in page.context["problems"]] == ["Art. 10"]
