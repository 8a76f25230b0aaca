"""The page of the monitoring periods, and the acts of planning on it."""

import datetime

import pytest
from django.urls import reverse

from organization.models import User
from strategy.enums import PlanState
from strategy.models import MonitoringPeriod, Plan
from strategy.monitoring_enums import PeriodState
from tests import factories

TODAY = datetime.date(2024, 7, 5)
DAYS = {"ends_on": "2024-03-31", "opens_on": "2024-04-01", "closes_on": "2024-04-20"}


@pytest.fixture
def june(db, settings) -> MonitoringPeriod:
    settings.DEMO_DATE = TODAY
    return factories.monitoring_period(
        plan=factories.plan(first_year=2024, state=PlanState.PUBLISHED)
    )


@pytest.fixture
def planner(client, june) -> User:
    user = User.objects.get(username="pianificazione")
    client.force_login(user)
    return user


def page(name: str, *which: int) -> str:
    return reverse(f"strategy:period-{name}", args=[2024, *which])


def states(answer) -> list[tuple[str, PeriodState]]:
    lines = answer.context["lines"]
    return [(line.period.ends_on.isoformat(), line.state) for line in lines]


def test_the_page_shows_the_periods_as_they_stand_today(client, planner, june):
    factories.monitoring_period(plan=june.plan, ends_on=datetime.date(2024, 9, 30))

    answer = client.get(page("list"))

    assert states(answer) == [("2024-06-30", "open"), ("2024-09-30", "to_come")]
    assert answer.context["open_line"].period == june
    assert answer.content.decode().count('name="periods"') == 2


def test_a_reader_sees_no_act(client, june):
    client.force_login(User.objects.get(username="dipendente"))

    answer = client.get(page("list"))

    assert states(answer) == [("2024-06-30", "open")]
    assert answer.content.decode().count('name="periods"') == 0


def test_a_plan_without_periods_says_where_they_come_from(client, planner, june):
    june.delete()

    answer = client.get(page("list"))

    assert (states(answer), answer.content.decode().count("cp-empty__title")) == ([], 1)


def test_chosen_periods_are_locked_then_reopened(client, planner, june):
    locked = client.post(page("list"), {"act": "lock", "periods": [june.pk]})
    after_lock = states(client.get(page("list")))
    form = {"act": "reopen", "periods": [june.pk], "reason": "Ritardo.", "closes_on": "2024-07-20"}
    reopened = client.post(page("list"), form)

    assert (locked.status_code, reopened.status_code) == (302, 302)
    assert after_lock == [("2024-06-30", "closed")]
    assert states(client.get(page("list"))) == [("2024-06-30", "reopened")]


def test_the_reason_of_a_reopening_is_not_that_of_the_lock_that_follows(client, planner, june):
    form = {"periods": june.pk}
    client.post(page("list"), form | {"act": "lock"})
    again = {"act": "reopen", "reason": "Mancano due valori.", "closes_on": "2024-07-20"}
    client.post(page("list"), form | again)
    reopened = client.get(page("list")).content.decode()

    client.post(page("list"), form | {"act": "lock"})

    locked = client.get(page("list")).content.decode()
    assert (reopened.count("Mancano due valori."), locked.count("Mancano due valori.")) == (1, 0)


def test_what_was_typed_stays_when_a_reopening_is_refused(client, planner, june):
    form = {"act": "reopen", "periods": [june.pk], "reason": "Ritardo.", "closes_on": "2024-07-20"}

    answer = client.post(page("list"), form)

    assert answer.status_code == 409
    assert answer.content.decode().count("Ritardo.") == 1
    assert answer.context["chosen"] == [str(june.pk)]
    assert states(answer) == [("2024-06-30", "open")]


@pytest.mark.parametrize(
    "form", [{"act": "lock"}, {"act": "reopen", "reason": "", "closes_on": ""}]
)
def test_nothing_chosen_is_told(client, planner, june, form):
    answer = client.post(page("list"), form)

    assert len(answer.context["errors"]) == 1
    assert states(answer) == [("2024-06-30", "open")]


def test_an_unknown_act_is_a_bad_request(client, planner):
    assert client.post(page("list"), {"act": "delete"}).status_code == 400


def test_a_period_is_added(client, planner, june):
    assert client.get(page("add")).status_code == 200

    answer = client.post(page("add"), DAYS)

    assert answer.status_code == 302
    assert june.plan.periods.filter(ends_on="2024-03-31", closes_on="2024-04-20").count() == 1


def test_a_period_is_moved(client, planner, june):
    assert client.get(page("edit", june.pk)).context["form"]["opens_on"].value() == june.opens_on

    client.post(page("edit", june.pk), DAYS | {"closes_on": "2024-07-15"})

    june.refresh_from_db()
    assert june.ends_on == datetime.date(2024, 3, 31)


@pytest.mark.parametrize("name", ["add", "edit"])
def test_wrong_days_are_told_at_their_field(client, planner, june, name):
    which = [june.pk] if name == "edit" else []

    answer = client.post(page(name, *which), DAYS | {"ends_on": "2030-06-30"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["ends_on"])


def test_a_period_opens_before_its_day(client, planner, june):
    later = factories.monitoring_period(plan=june.plan, ends_on=datetime.date(2024, 9, 30))
    assert client.get(page("edit", later.pk)).context["may_open"]

    client.post(page("open", later.pk))
    client.post(page("open", june.pk))

    assert states(client.get(page("list"))) == [("2024-06-30", "open"), ("2024-09-30", "open")]


def test_no_button_opens_a_period_of_a_year_to_come(client, planner, june):
    later = factories.monitoring_period(plan=june.plan, ends_on=datetime.date(2025, 6, 30))
    assert not client.get(page("edit", later.pk)).context["may_open"]

    answer = client.post(page("open", later.pk), follow=True)

    assert "1.1.2025" in answer.content.decode()
    assert ("2025-06-30", "to_come") in states(answer)


def test_a_period_is_removed_after_asking(client, planner, june):
    asked = client.get(page("remove", june.pk))
    client.post(page("remove", june.pk))

    assert asked.status_code == 200
    assert june.plan.periods.count() == 0


def test_an_outsider_gets_404(client, june):
    Plan.objects.filter(pk=june.plan_id).update(state=PlanState.DRAFT)
    client.force_login(User.objects.get(username="dipendente"))

    answers = [client.get(page("list")), client.post(page("open", june.pk))]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_another_plan_s_period_is_not_found(client, planner, june, bergamo):
    other = bergamo.plan.periods.first()

    assert client.get(page("edit", other.pk)).status_code == 404


@pytest.mark.parametrize("username", ["responsabile", "segretario"])
def test_a_reader_changes_nothing(client, june, username):
    client.force_login(User.objects.get(username=username))

    answers = [
        client.post(page("list"), {"act": "lock", "periods": [june.pk]}),
        client.get(page("add")),
        client.get(page("edit", june.pk)),
        client.post(page("open", june.pk)),
        client.post(page("remove", june.pk)),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    june.refresh_from_db()
    assert not june.is_locked


def test_opening_is_not_a_page(client, planner, june):
    assert client.get(page("open", june.pk)).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_statements_do_not_grow_with_the_periods(
    client, planner, june, django_assert_num_queries, count
):
    for month in range(1, count):
        factories.monitoring_period(plan=june.plan, ends_on=datetime.date(2024, month, 15))

    with django_assert_num_queries(6):
        client.get(page("list"))
