"""The days of a person are read by who may read them: not in the register of acts, nor at home; and
why one was taken away not in the administration either."""

import datetime

import pytest
from django.urls import reverse

from organization.enums import Role
from organization.models import AuditEvent
from pola.models import AgileDay, MonthPlan
from pola.operations.asking import cancel_days
from pola.operations.deciding import return_month
from pola.operations.revoking import answer_proposal, revoke_day
from pola.problems.days import office_zone
from tests import factories
from tests.pola.agile_office import MARCH, feb

pytestmark = pytest.mark.slow

WHY = "Sportello scoperto per una visita medica."


@pytest.fixture
def revoked(office) -> AgileDay:
    """A day revoked with another one in its place, which is accepted; one is given up, the days of
    March are returned, others are being written."""
    given_up, revoked, _kept = office.approved(feb(9), feb(10), feb(16))
    cancel_days(person=office.person, days=[given_up.day], by=office.employee)
    at = datetime.datetime(2021, 2, 2, 9, tzinfo=office_zone())
    revoke_day(revoked, reason=WHY, instead=feb(18), by=office.head, at=at)
    answer_proposal(revoked.replacements.get(), accept=True, by=office.employee)
    return_month(office.submitted(MARCH + datetime.timedelta(1)), reason=WHY, by=office.head)
    office.ask(MARCH + datetime.timedelta(2))
    return revoked


@pytest.mark.parametrize("role", [Role.OIV, Role.PLANNER])
def test_the_register_tells_of_nobodys_days(client, office, revoked, role):
    reader = factories.user()
    factories.appointment(person=reader.person, unit=factories.unit(), role=role)
    client.force_login(reader)

    pages = [client.get(reverse(name)).text for name in ("organization:audit-list", "home")]

    about = AuditEvent.objects.filter(target_label__startswith=str(office.person))
    assert set(about.values_list("verb", flat=True)) == {
        *("days.asked", "days.cancelled", "month.submitted", "month.approved", "month.returned"),
        *("day.revoked", "day.proposed", "day.accepted"),
    }
    assert [str(office.person) in page for page in pages] == [False, False]
    assert client.get(revoked_page(revoked)).status_code == 404


@pytest.mark.parametrize("who", ["head", "employee"])
def test_the_day_tells_its_story_to_who_reads_it(client, office, revoked, who):
    client.force_login(getattr(office, who))

    assert WHY in client.get(revoked_page(revoked)).text


def revoked_page(day: AgileDay) -> str:
    return reverse("pola:day-detail", args=[day.pk])


def test_the_administration_does_not_say_why_nor_what_is_being_written(client, office, revoked):
    client.force_login(factories.user(is_superuser=True, is_staff=True))
    revoked.refresh_from_db()
    month = MonthPlan.objects.get(month=MARCH)

    listed = client.get(reverse("admin:pola_agileday_changelist")).context["cl"].queryset
    pages = [
        client.get(reverse(f"admin:pola_{name}_change", args=[key])).text
        for name, key in (("agileday", revoked.pk), ("monthplan", month.pk))
    ]

    being_written = {MARCH + datetime.timedelta(1), MARCH + datetime.timedelta(2)}
    assert {one.day for one in AgileDay.objects.exclude(pk__in=listed)} == being_written
    assert (revoked.reason, month.reason) == (WHY, WHY)
    assert [(str(office.person) in page, WHY in page) for page in pages] == [(True, False)] * 2
