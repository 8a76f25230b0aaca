"""A post passes to somebody else: what waits passes with it, what was reserved is read no more."""

import datetime
import io

import pytest
from django.core.management import call_command
from rules import has_perm

from camera_perf.agile_tasks import agile_tasks
from camera_perf.home_facts import Facts
from organization.enums import Role, StaffCategory
from organization.models import Appointment, AuditEvent
from organization.operations import appoint, end_appointment
from pola.enums import AgreementState, InterestState, VersionState
from pola.models import Agreement, Interest, PriorityGround
from pola.operations import accept_agreement, assess_interest, pass_to_posts, renew_agreement
from pola.reports.agreements import acceptances
from tests import factories
from tests.pola.agreements import DAY, again, verbs

A_DAY = datetime.timedelta(days=1)
DAY_AT = datetime.datetime(2021, 2, 10, 9, tzinfo=datetime.UTC)
RIGHTS_ON_REQUESTS = ("assess_interest", "read_reserved")
RIGHTS_ON_AGREEMENTS = (
    "read_reserved",
    "write_agreement",
    "accept_agreement",
    "renew_agreement",
    "suspend_agreement",
    "withdraw_for_the_chamber",
    "grant_exemption",
)


@pytest.fixture
def heir(desk):
    """Who takes the post of the dirigente today: that one leads another area since then."""
    Appointment.objects.filter(person=desk.dirigente.person).update(ends_on=DAY - A_DAY)
    elsewhere = factories.unit(kind="area", parent=desk.area.parent)
    factories.appointment(
        person=desk.dirigente.person, unit=elsewhere, role=Role.DIRIGENTE, starts_on=DAY
    )
    made = factories.user(person=factories.person(unit=desk.area, category=StaffCategory.DIRIGENTI))
    factories.appointment(person=made.person, unit=desk.area, role=Role.DIRIGENTE, starts_on=DAY)
    return made


def asked(desk, state=InterestState.CHECKED, **given) -> Interest:
    worker = factories.person(unit=desk.service)
    return factories.interest(person=worker, decider=desk.dirigente.person, state=state, **given)


def held(desk, state=AgreementState.RUNNING, **given) -> Agreement:
    values = {"person": factories.person(unit=desk.service), "state": state}
    return factories.agreement(counterpart=desk.dirigente.person, **values | given)


def offered(desk, **given):
    return factories.agreement_version(
        agreement=held(desk, AgreementState.OFFERED), state=VersionState.OFFERED, **given
    )


def passed(row):
    """Whoever the row names now."""
    row.refresh_from_db()
    return row.decider if isinstance(row, Interest) else row.counterpart


def test_what_is_open_passes_to_who_holds_the_post(desk, heir) -> None:
    waiting = [asked(desk, state) for state in sorted(InterestState.waiting)]
    waiting += [held(desk, state) for state in sorted(AgreementState.open)]

    found = pass_to_posts()

    assert found == waiting
    assert [passed(row) for row in waiting] == [heir.person] * len(waiting)
    [event] = AuditEvent.objects.about(waiting[0])
    assert (event.verb, event.before, event.after) == (
        "interest.passed",
        {"signs": str(desk.dirigente.person)},
        {"signs": str(heir.person)},
    )
    assert verbs(waiting[-1]) == ["agreement.passed"]
    assert waiting[-1].history.count() == 2
    assert pass_to_posts() == []


def test_what_was_decided_stays_with_who_decided_it(desk, heir) -> None:
    over = [asked(desk, state) for state in ("granted", "refused", "withdrawn")]
    over += [held(desk, state) for state in ("ended", "withdrawn", "dropped")]

    assert pass_to_posts() == []
    assert [passed(row) for row in over] == [desk.dirigente.person] * len(over)


def test_the_new_dirigente_decides_and_signs(desk, heir) -> None:
    request, version = asked(desk), offered(desk)
    agreement = held(desk)
    factories.agreement_version(agreement=agreement, state=VersionState.IN_FORCE)
    version.employer_accepted_at, version.employer_accepted_by_label = version.offered_at, "Altri"
    version.save()
    pass_to_posts()

    assess_interest(request, criteria=(True,) * 3, is_granted=True, by=again(heir))
    renewed = renew_agreement(
        agreement,
        ends_on=datetime.date(2021, 12, 31),
        effects="Regolare.",
        complexity="Adeguata.",
        is_positive=True,
        by=again(heir),
    )

    request.refresh_from_db()
    assert request.agreement.counterpart == heir.person
    assert renewed.agreement.counterpart == heir.person


def test_an_offered_text_names_who_signs_it(desk, heir) -> None:
    version = offered(desk)
    employee = factories.user(person=factories.dutiful(version.agreement.person))
    accept_agreement(version, seen=version.text_sha256, by=employee)

    pass_to_posts()

    version.refresh_from_db()
    version.agreement.refresh_from_db()
    assert (version.state, version.employee_accepted_at) == (VersionState.WRITTEN, None)
    assert version.return_reason.startswith(f"Ora firma per la Camera {heir.person}")
    assert version.agreement.state == AgreementState.DRAFT
    assert verbs(version.agreement)[-2:] == ["agreement.passed", "agreement.given_back"]


def test_what_the_chamber_accepted_stays_accepted(desk, heir) -> None:
    version = offered(desk)
    before = desk.dirigente.person
    version.employer_accepted_at, version.employer_accepted_by_label = DAY_AT, str(before)
    version.save()

    pass_to_posts()

    version.refresh_from_db()
    assert version.state == VersionState.OFFERED
    assert [one.name for one in acceptances(version, person_id=None)] == [
        str(version.agreement.person),
        str(before),
    ]


def test_who_has_left_the_post_reads_and_decides_nothing_more(desk, heir) -> None:
    request, agreement = asked(desk), held(desk)
    factories.priority_ground(interest=request)
    before = again(desk.dirigente)

    rights = [has_perm(f"pola.{name}", before, request) for name in RIGHTS_ON_REQUESTS]
    rights += [has_perm(f"pola.{name}", before, agreement) for name in RIGHTS_ON_AGREEMENTS]

    assert set(rights) == {False}
    for model in (Interest, Agreement, PriorityGround):
        assert not model.objects.visible_to(before).exists()


def test_who_heads_a_service_of_it_after_reads_nothing_reserved(desk, heir) -> None:
    request, agreement = asked(desk), held(desk)
    Appointment.objects.filter(role=Role.UNIT_HEAD, unit=desk.service).delete()
    factories.appointment(person=desk.dirigente.person, unit=desk.service, role=Role.UNIT_HEAD)
    Appointment.objects.filter(person=desk.dirigente.person, role=Role.DIRIGENTE).delete()
    before = again(desk.dirigente)

    assert Agreement.objects.visible_to(before).get() == agreement
    assert not has_perm("pola.read_reserved", before, agreement)
    assert not has_perm("pola.assess_interest", before, request)


def test_the_tasks_of_the_home_page_follow_the_post(desk, heir) -> None:
    asked(desk)
    held(desk, renewal_asked_at=DAY_AT)
    factories.agreement_version(agreement=held(desk, AgreementState.DRAFT))

    def tasks(user) -> int:
        return len(list(agile_tasks(Facts(again(user), None, DAY), DAY)))

    assert (tasks(desk.dirigente), tasks(heir)) == (0, 0)
    pass_to_posts()
    assert (tasks(desk.dirigente), tasks(heir)) == (0, 3)


def test_it_passes_with_the_appointment(desk) -> None:
    request = asked(desk)
    [post] = desk.dirigente.person.appointments.all()

    end_appointment(appointment=post, ends_on=DAY - A_DAY, by=desk.hr)
    alone = passed(request)
    heir = factories.person(unit=desk.area, category=StaffCategory.DIRIGENTI)
    appoint(person=heir, role=Role.DIRIGENTE, unit=desk.area, starts_on=DAY, by=desk.hr)

    assert (alone, passed(request)) == (desk.secretary.person, heir)
    events = AuditEvent.objects.about(request)
    assert {event.actor_label for event in events} == {str(desk.hr)}
    assert len(events) == 2


def test_an_appointment_of_a_later_day_passes_with_the_timer(desk, settings) -> None:
    request = asked(desk)
    [post] = desk.dirigente.person.appointments.all()
    heir = factories.person(unit=desk.area, category=StaffCategory.DIRIGENTI)
    end_appointment(appointment=post, ends_on=DAY, by=desk.hr)
    appoint(person=heir, role=Role.DIRIGENTE, unit=desk.area, starts_on=DAY + A_DAY, by=desk.hr)
    before = passed(request)

    settings.DEMO_DATE, settings.BASE_URL = DAY + A_DAY, "https://example.org"
    call_command("send_reminders", hour=23, stdout=io.StringIO())

    assert (before, passed(request)) == (desk.dirigente.person, heir)


def test_of_a_dirigente_it_passes_to_the_secretary_general(desk, heir) -> None:
    own = held(desk, person=desk.secretary.person, unit=desk.area)
    theirs = held(desk, person=factories.person(unit=desk.area, category=StaffCategory.DIRIGENTI))

    pass_to_posts()

    assert passed(theirs) == desk.secretary.person
    assert passed(own) != desk.secretary.person


def test_where_nobody_holds_the_post_nothing_passes(desk) -> None:
    request = asked(desk)
    Appointment.objects.filter(role__in=[Role.DIRIGENTE, Role.SECRETARY_GENERAL]).delete()

    assert pass_to_posts() == []
    assert passed(request) == desk.dirigente.person


@pytest.mark.parametrize("count", [1, 3])
def test_looking_costs_the_same_for_few_and_for_many(
    desk, django_assert_num_queries, count
) -> None:
    for _number in range(count):
        asked(desk)
        held(desk)

    with django_assert_num_queries(6):
        pass_to_posts()
