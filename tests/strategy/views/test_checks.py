"""The page of the checks: blockers first, then cautions, rule by rule."""

import pytest
from django.urls import reverse

from indicators.models import Target
from organization.models import User
from strategy.enums import CheckRule, PlanState
from strategy.models import Plan
from tests import factories
from tests.browser import assert_accessible

CHECKS = "/piano/2021/controlli/"


@pytest.fixture
def planner(db, client) -> User:
    user = User.objects.get(username="pianificazione")
    client.force_login(user)
    return user


def address(plan: Plan) -> str:
    return reverse("strategy:checks", args=[plan.first_year])


def shown(part) -> list[tuple[str, int, int]]:
    """Rule, how many were found, how many are listed."""
    return [(g.rule.value, len(g.problems), len(g.shown)) for g in part.groups]


def test_the_checks_are_listed_by_rule(client, planner) -> None:
    report = client.get(CHECKS).context["report"]

    assert (report.blocker_count, report.caution_count) == (0, 205)
    assert shown(report.blockers) == []
    assert shown(report.cautions) == [
        ("target", 4, 4),
        ("source", 5, 5),
        ("polarity", 124, 5),
        ("ratio", 11, 5),
        ("ambition", 34, 5),
        ("project", 14, 5),
        ("ceiling", 1, 1),
        ("figures", 12, 5),
    ]


def test_blockers_come_first_with_place_words_and_link(client, planner, small) -> None:
    answer = client.get(address(small.plan))

    page = answer.content.decode()
    assert shown(answer.context["report"].blockers) == [("objective", 1, 1)]
    assert small.objective.get_absolute_url() in page
    assert page.index(small.objective.heading) < page.index("Mappa strategica</span>")


@pytest.mark.parametrize(
    ("rule", "groups"),
    [
        ("polarity", [("polarity", 124, 124)]),
        ("section", []),
        ("altro", None),
    ],
)
def test_one_rule_can_be_asked_for(client, planner, rule, groups) -> None:
    answer = client.get(CHECKS, {"rule": rule})

    assert answer.status_code == 200
    report = answer.context["report"]
    assert report.caution_count == 205
    if groups is None:
        assert len(report.cautions.groups) == 8
        assert answer.context["chips"] == []
    else:
        assert shown(report.cautions) == groups
        assert report.cautions.count == sum(found for _rule, found, _shown in groups)
        assert [chip["label"] for chip in answer.context["chips"]] == [CheckRule(rule).label]


def test_a_plan_with_nothing_to_mend_says_so(client, planner) -> None:
    plan = factories.proposable_plan()
    Target.objects.filter(cycle=plan.first_year).update(is_polarity_confirmed=True)

    answer = client.get(address(plan))

    report = answer.context["report"]
    assert (report.blocker_count, report.caution_count, list(report.choices)) == (0, 0, [])
    assert "cp-filters" not in answer.content.decode()


@pytest.mark.parametrize("later", [0, 1])
def test_a_missing_target_leads_who_writes_the_plan_to_its_cell(
    client, planner, bergamo, later
) -> None:
    plan = factories.proposable_plan(state=PlanState.CONSULTATION)
    [row] = plan.dashboards.get().rows.all()
    missing = row.indicator.targets.get(year=plan.first_year + later)
    missing.delete()
    grid = reverse("strategy:strategic-dashboard-edit", args=[plan.first_year])
    cell = f'href="{grid}#t{row.indicator_id}-{missing.year}"'

    written = client.get(address(plan)).content.decode()
    offered = client.get(reverse("strategy:plan-life", args=[plan.first_year])).content.decode()
    client.force_login(bergamo.user("segretario"))
    read = client.get(address(plan)).content.decode()

    page = reverse("strategy:indicator-detail", args=[plan.first_year, row.indicator_id])
    assert (cell in written, cell in offered, cell in read) == (True, later == 0, False)
    assert f'href="{page}"' in read


def test_blockers_of_another_rule_are_not_denied(client, planner, small) -> None:
    answer = client.get(address(small.plan), {"rule": "block"})

    report = answer.context["report"]
    assert (report.blocker_count, shown(report.blockers)) == (1, [])
    assert shown(report.cautions) == [("block", 1, 1)]


def test_the_checks_of_a_draft_are_not_found_by_the_outsider(client, employee, draft) -> None:
    assert client.get(address(draft.plan)).status_code == 404


def test_the_checks_are_refused_to_who_reads_only_plans_in_force(client, employee) -> None:
    assert client.get(CHECKS).status_code == 403


@pytest.mark.parametrize("username", ["segretario", "dirigente", "oiv"])
def test_whoever_reads_drafts_reads_the_checks(client, bergamo, username) -> None:
    client.force_login(bergamo.user(username))

    assert client.get(CHECKS).status_code == 200


def test_the_checks_refuse_to_be_written_to(client, planner) -> None:
    assert client.post(CHECKS).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_checks_take_the_same_statements_whatever_their_size(
    client, planner, small, django_assert_num_queries, count
) -> None:
    small.add_rows(count)
    for number in range(count):
        factories.section(plan=small.plan, position=number)
        table = factories.reference_table(plan=small.plan)
        factories.reference_row(table=factories.reference_column(table=table).table)
        factories.strategic_objective(perspective=small.objective.perspective, position=number)

    with django_assert_num_queries(18):
        client.get(address(small.plan))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("tab", ["page", "phone"])
def test_the_checks_are_accessible(request, bergamo, live_server, sign_in, tab) -> None:
    tab = request.getfixturevalue(tab)
    sign_in(tab, bergamo.user("pianificazione"))
    factories.section(plan=bergamo.plan, position=99)
    for query in ("", "?rule=polarity", "?rule=figures"):
        tab.goto(f"{live_server.url}{CHECKS}{query}")
        assert_accessible(tab)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
