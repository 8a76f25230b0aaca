"""Who stands in for the head of a unit: named, seen, ended, and what of it is refused."""

import datetime
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from organization.enums import Role
from organization.models import AuditEvent, Delegation, Unit, User
from organization.operations import end_substitution, name_substitute
from tests import factories

TODAY = datetime.date(2021, 7, 5)
PAGE = reverse("organization:delegation-list")


def day(number: int) -> datetime.date:
    return datetime.date(2021, 7, number)


@pytest.fixture
def head(bergamo, settings) -> User:
    """The head of the Servizio Registro imprese, on 5 July 2021."""
    settings.DEMO_DATE = TODAY
    return bergamo.user("responsabile")


@pytest.fixture
def unit(head) -> Unit:
    return Unit.objects.get(slug="registro-imprese")


@pytest.fixture
def substitute(bergamo):
    return bergamo.user("dipendente").person


def name(unit, delegate, first=5, last=16, *, by):
    return name_substitute(
        unit=unit, delegate=delegate, starts_on=day(first), ends_on=day(last), by=by
    )


def acts() -> list[str]:
    events = AuditEvent.objects.filter(verb__startswith="delegation.").order_by("pk")
    return [event.verb for event in events]


# Named


def test_a_head_names_a_substitute_and_the_trace_tells(unit, head, substitute):
    made = name(unit, substitute, by=head)

    assert (made.unit, made.head, made.delegate) == (unit, head.person, substitute)
    assert (made.named_by_label, made.history.count()) == (str(head), 1)
    event = AuditEvent.objects.about(made).get()
    assert (event.verb, event.actor_label) == ("delegation.named", str(head))
    assert event.after == {
        "unit": "registro-imprese",
        "head": str(head.person),
        "delegate": str(substitute),
        "starts_on": "2021-07-05",
        "ends_on": "2021-07-16",
    }


def test_who_stands_above_names_one_for_a_unit_below(unit, head, substitute, bergamo):
    made = name(unit, substitute, by=bergamo.user("dirigente"))

    assert (made.head, made.named_by_label) == (head.person, str(bergamo.user("dirigente")))


@pytest.mark.parametrize("username", ["dipendente", "pianificazione", "oiv"])
def test_who_does_not_lead_the_unit_names_nobody(unit, substitute, bergamo, username):
    with pytest.raises(PermissionDenied):
        name(unit, substitute, by=bergamo.user(username))

    assert (Delegation.objects.count(), acts()) == (0, [])


def test_a_unit_without_head_has_nobody_to_stand_in_for(unit, substitute, bergamo):
    unit.appointments.filter(role=Role.UNIT_HEAD).update(ends_on=day(4))

    with pytest.raises(ValidationError) as refusal:
        name(unit, substitute, by=bergamo.user("dirigente"))

    assert list(refusal.value.message_dict) == ["unit"]


@pytest.mark.parametrize("last", [datetime.date(2022, 7, 11), datetime.date(2204, 7, 10)])
def test_more_than_a_year_is_refused_at_its_field(unit, head, substitute, last):
    with pytest.raises(ValidationError) as refusal:
        name_substitute(
            unit=unit,
            delegate=substitute,
            starts_on=day(10),
            ends_on=last,
            by=head,
        )

    assert refusal.value.message_dict == {
        "ends_on": [
            "Una sostituzione dura al massimo un anno: "
            "scrivi un giorno compreso tra 10.7.2021 e 10.7.2022."
        ]
    }
    assert Delegation.objects.count() == 0


def test_a_year_is_not_too_long(unit, head, substitute):
    made = name_substitute(
        unit=unit,
        delegate=substitute,
        starts_on=day(10),
        ends_on=datetime.date(2022, 7, 10),
        by=head,
    )

    assert made.is_running(on=datetime.date(2022, 7, 10))


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(4, 16, "starts_on"), (10, 9, "ends_on")],
    ids=["days gone by", "going back"],
)
def test_wrong_days_are_refused_at_their_field(unit, head, substitute, first, last, field):
    with pytest.raises(ValidationError) as refusal:
        name(unit, substitute, first, last, by=head)

    assert list(refusal.value.message_dict) == [field]
    assert Delegation.objects.count() == 0


@pytest.mark.parametrize(
    "given", [{"left_on": day(16)}, {}], ids=["leaves before the end", "has no account"]
)
def test_who_cannot_sign_in_does_not_stand_in(unit, head, given):
    person = factories.person(unit=unit, **given)
    if given:
        factories.user(person=person)

    with pytest.raises(ValidationError) as refusal:
        name(unit, person, by=head)

    assert list(refusal.value.message_dict) == ["delegate"]


def test_a_head_does_not_stand_in_for_himself(unit, head):
    with pytest.raises(ValidationError):
        name(unit, head.person, by=head)

    assert Delegation.objects.count() == 0


@pytest.mark.parametrize(
    ("first", "last", "is_free"),
    [(5, 9, True), (21, 23, True), (5, 10, False), (20, 23, False), (12, 13, False)],
)
def test_of_one_unit_nobody_else_stands_in_on_the_same_days(
    unit, head, substitute, first, last, is_free
):
    name(unit, substitute, 10, 20, by=head)
    other = factories.user().person

    if is_free:
        name(unit, other, first, last, by=head)
    else:
        with pytest.raises(ValidationError, match=r"10\.7\.2021"):
            name(unit, other, first, last, by=head)

    assert Delegation.objects.count() == 1 + is_free


def test_another_unit_is_free_on_those_days(unit, head, substitute, bergamo):
    other = Unit.objects.get(slug="sportelli-polifunzionali")
    name(unit, substitute, by=head)

    name(other, substitute, by=bergamo.user("dirigente"))

    assert Delegation.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_name_at_once_one_is_told(unit, head):
    people = [factories.user().person for _ in range(2)]
    start, fates = threading.Barrier(2), []

    def run(person) -> None:
        try:
            start.wait(10)
            name(unit, person, by=User.objects.get(pk=head.pk))
            fates.append("named")
        except ValidationError:
            fates.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(fates) == ["named", "refused"]
    assert Delegation.objects.count() == 1


# In force


def test_a_substitute_stands_in_from_the_first_day_to_the_last(unit, head, substitute, settings):
    made = name(unit, substitute, 6, 8, by=head)

    found = {}
    for number in (5, 6, 8, 9):
        settings.DEMO_DATE = day(number)
        user = User.objects.get(person=substitute)
        found[number] = (user.delegated_unit_ids == {unit.pk}, made.is_running())

    assert found == {5: (False, False), 6: (True, True), 8: (True, True), 9: (False, False)}


def test_standing_in_is_no_role(unit, head, substitute, django_assert_num_queries):
    name(unit, substitute, by=head)
    user = User.objects.get(person=substitute)

    with django_assert_num_queries(1):
        roles, units = user.roles, user.delegated_unit_ids

    assert (roles, units, user.led_unit_ids) == ({Role.EMPLOYEE}, {unit.pk}, set())


def test_who_has_left_stands_in_for_nobody(unit, head, substitute):
    name(unit, substitute, by=head)
    substitute.left_on = TODAY
    substitute.save()

    assert list(Delegation.objects.running()) == []


@pytest.mark.parametrize("how", ["the post ends", "the head leaves", "the post passes"])
def test_a_substitution_lasts_no_longer_than_the_post_of_the_head(
    client, unit, head, substitute, settings, how
):
    made = name(unit, substitute, by=head)
    posts = unit.appointments.filter(person=head.person, role=Role.UNIT_HEAD)
    settings.DEMO_DATE = day(8)
    before = User.objects.get(person=substitute)
    held = (before.delegated_unit_ids, before.recording_unit_ids >= {unit.pk})

    if how == "the head leaves":
        head.person.left_on = day(8)
        head.person.save()
    else:
        posts.update(ends_on=day(7))
    new = factories.user(person=factories.person(unit=unit))
    if how == "the post passes":
        factories.appointment(person=new.person, unit=unit, role=Role.UNIT_HEAD, starts_on=day(8))

    after = User.objects.get(person=substitute)
    assert held == ({unit.pk}, True)
    assert (after.delegated_unit_ids, after.recording_unit_ids) == (frozenset(), frozenset())
    running = [Delegation.objects.running(on=day(number)).count() for number in (7, 8)]
    assert running == [1, 0]
    client.force_login(after)
    [line] = client.get(PAGE).context["lines"]
    assert (line.delegation, line.is_running, line.has_lapsed) == (made, False, True)
    assert "decaduta con l’incarico" in client.get(PAGE).content.decode()


def test_the_next_head_names_a_substitute_on_the_days_of_one_that_lapsed(
    unit, head, substitute, settings
):
    name(unit, substitute, by=head)
    unit.appointments.filter(person=head.person, role=Role.UNIT_HEAD).update(ends_on=day(7))
    new = factories.user(person=factories.person(unit=unit))
    factories.appointment(person=new.person, unit=unit, role=Role.UNIT_HEAD, starts_on=day(8))
    settings.DEMO_DATE = day(8)

    name(unit, substitute, 8, 16, by=User.objects.get(pk=new.pk))

    [running] = Delegation.objects.running()
    assert running.head == new.person
    assert User.objects.get(person=substitute).head_ids_stood_in_for[unit.pk] == {new.person.pk}


def test_an_account_without_person_stands_in_for_nobody(db):
    assert factories.user(person=None).delegated_unit_ids == set()


@pytest.mark.parametrize(
    ("username", "count"),
    [
        ("pianificazione", 2),
        ("personale", 2),
        ("responsabile", 1),
        ("dipendente", 1),
        ("dirigente", 1),
        ("oiv", 2),
    ],
)
def test_substitutions_are_seen_by_those_they_concern(
    unit, head, substitute, bergamo, username, count
):
    name(unit, substitute, by=head)
    factories.delegation()

    found = Delegation.objects.visible_to(bergamo.user(username)).with_people()

    assert found.count() == count


def test_a_stranger_sees_none(db):
    factories.delegation()
    account = type("Stranger", (), {"is_authenticated": False})()

    assert list(Delegation.objects.visible_to(account)) == []


@pytest.mark.parametrize(
    ("given", "constraint"),
    [
        ({"ends_on": day(4)}, "ends_after_it_starts"),
        ({"delegate": "head"}, "of_somebody_else"),
        ({"taken_back_at": timezone.now()}, "taken_back_when_and_by_whom"),
        ({"taken_back_by_label": "Il capo"}, "taken_back_when_and_by_whom"),
    ],
)
def test_the_database_refuses(db, given, constraint):
    made = factories.delegation(starts_on=day(5), ends_on=day(6))
    if "delegate" in given:
        given = {"delegate": made.head}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Delegation.objects.filter(pk=made.pk).update(**given)


# Ended


def test_a_substitution_ends_at_once(unit, head, substitute, settings):
    made = name(unit, substitute, 5, 16, by=head)
    settings.DEMO_DATE = day(8)

    end_substitution(made, by=head)

    made.refresh_from_db()
    assert (made.ends_on, made.is_running()) == (day(7), False)
    assert acts() == ["delegation.named", "delegation.ended"]


@pytest.mark.parametrize("first", [5, 10], ids=["the same day", "before it begins"])
def test_one_that_has_not_lasted_a_day_is_taken_back_and_stays(unit, head, substitute, first):
    made = name(unit, substitute, first, 16, by=head)

    end_substitution(made, by=head)

    kept = Delegation.objects.get()
    again = User.objects.get(person=substitute)
    assert (kept.is_taken_back, kept.taken_back_by_label) == (True, str(head))
    assert kept.ends_on == (day(5) if first == 5 else day(16))
    assert [kept.is_running(on=day(one)) for one in (5, 10)] == [False, False]
    assert not Delegation.objects.running(on=day(10)).exists()
    assert (again.delegated_unit_ids, again.head_ids_stood_in_for) == (frozenset(), {})
    assert acts() == ["delegation.named", "delegation.ended"]


def test_one_that_was_taken_back_leaves_its_days_to_another_and_is_not_ended_twice(
    unit, head, substitute
):
    made = name(unit, substitute, by=head)
    end_substitution(made, by=head)

    with pytest.raises(ValidationError):
        end_substitution(made, by=head)
    another = name(unit, substitute, by=head)

    assert another.is_running(on=day(5))


def test_one_that_is_over_stays(unit, head, substitute, settings):
    made = name(unit, substitute, 5, 6, by=head)
    settings.DEMO_DATE = day(8)

    with pytest.raises(ValidationError):
        end_substitution(made, by=head)

    made.refresh_from_db()
    assert made.ends_on == day(6)


def test_who_does_not_lead_the_unit_ends_nothing(unit, head, substitute, bergamo):
    made = name(unit, substitute, by=head)

    with pytest.raises(PermissionDenied):
        end_substitution(made, by=bergamo.user("dipendente"))

    assert Delegation.objects.filter(ends_on=day(16)).count() == 1


# The page

FORM = {"starts_on": "2021-07-05", "ends_on": "2021-07-16"}


def form(unit, person, **changed):
    return FORM | {"unit": unit.pk, "delegate": person.pk} | changed


def test_a_head_is_not_in_the_list_of_her_own_substitutes(client, head, substitute):
    client.force_login(head)

    offered = client.get(PAGE).context["form"].fields["delegate"].queryset

    assert substitute in offered
    assert head.person not in offered


def test_the_page_offers_the_units_one_leads(client, unit, head):
    client.force_login(head)

    answer = client.get(PAGE, {"unita": "ufficio-aqi"})

    shown = answer.context["form"]
    assert {one.slug for one in shown.fields["unit"].queryset} == {
        "registro-imprese",
        "ufficio-aqi",
    }
    assert shown.initial["unit"].slug == "ufficio-aqi"


def test_a_substitute_is_named_then_ended(client, unit, head, substitute):
    client.force_login(head)

    named = client.post(PAGE, form(unit, substitute))
    made = Delegation.objects.get()
    shown = client.get(PAGE).context["lines"]
    ended = client.post(reverse("organization:delegation-end", args=[made.pk]))

    assert (named.status_code, ended.status_code) == (302, 302)
    assert [(line.is_running, line.is_over, line.may_end) for line in shown] == [
        (True, False, True)
    ]
    left = client.get(PAGE)
    assert [(line.is_taken_back, line.may_end) for line in left.context["lines"]] == [(True, False)]
    assert "La sostituzione è ritirata." in left.content.decode()
    assert '<td role="cell" data-label="Al">5.7.2021</td>' in left.content.decode()


def test_what_was_typed_stays_when_it_is_refused(client, unit, head, substitute):
    client.force_login(head)

    answer = client.post(PAGE, form(unit, substitute, starts_on="2021-07-01"))

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["starts_on"]
    assert answer.context["form"]["delegate"].value() == str(substitute.pk)


def test_a_unit_one_does_not_lead_is_no_choice(client, head, substitute):
    client.force_login(head)
    other = Unit.objects.get(slug="risorse-umane")

    answer = client.post(PAGE, form(other, substitute))

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["unit"])


def test_who_leads_nothing_reads_and_names_nobody(client, unit, head, substitute, bergamo):
    made = name(unit, substitute, by=head)
    client.force_login(bergamo.user("dipendente"))

    page = client.get(PAGE)
    answers = [
        client.post(PAGE, form(unit, substitute)),
        client.post(reverse("organization:delegation-end", args=[made.pk])),
    ]

    assert (page.context["form"], len(page.context["lines"])) == (None, 1)
    assert [answer.status_code for answer in answers] == [403, 403]


def test_one_that_does_not_concern_the_person_is_not_found(client, head):
    other = factories.delegation()
    client.force_login(head)

    answer = client.post(reverse("organization:delegation-end", args=[other.pk]))

    assert answer.status_code == 404


def test_ending_what_is_over_is_told(client, unit, head):
    over = factories.delegation(unit=unit, starts_on=day(1), ends_on=day(2))
    client.force_login(head)

    answer = client.post(reverse("organization:delegation-end", args=[over.pk]), follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_ending_is_not_a_page(client, head):
    client.force_login(head)

    assert client.get(reverse("organization:delegation-end", args=[1])).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_statements_do_not_grow(client, unit, head, django_assert_num_queries, count):
    for number in range(count):
        factories.delegation(unit=unit, starts_on=day(10 + number), ends_on=day(10 + number))
    client.force_login(head)

    with django_assert_num_queries(11):
        client.get(PAGE)
