"""The cascade: where each strategic indicator goes."""

import pytest
from django.urls import reverse

from tests import factories

CASCADE = "/piano/2021/cascata/"


def address(plan) -> str:
    return reverse("strategy:cascade", args=[plan.first_year])


def test_cascade_shows_every_strategic_indicator_and_every_dashboard(client, employee):
    report = client.get(CASCADE).context["report"]

    assert (report.line_count, len(report.dashboards), len(report.objectives)) == (58, 12, 12)
    assert report.dashboards[0].code == "SG"


def test_cascade_marks_where_an_indicator_goes(client, employee, small):
    small.add_row("N. condivise")
    small.add_row("N. dell'ente", on=small.strategic)

    answer = client.get(address(small.plan))

    (objective,) = answer.context["report"].objectives
    signs = {item.line.indicator: (item.signs, item.total) for item in objective.lines}
    assert signs == {"N. condivise": (("RI",), 1), "N. dell'ente": (("",), 0)}
    assert answer.context["ente_only"] == 1


def test_cascade_counts_operational_rows_by_objective(client, employee, small):
    small.add_row("N. condivise")
    small.add_row("N. operative", on=small.service)

    (objective,) = client.get(address(small.plan)).context["report"].objectives

    assert [(count.code, count.n) for count in objective.numbered] == [("RI", 2)]


def test_cascade_of_a_plan_without_rows_says_what_to_do(client, employee, small):
    answer = client.get(address(small.plan))

    assert (answer.status_code, answer.context["report"].objectives) == (200, ())


def test_cascade_of_a_draft_is_not_found_by_the_outsider(client, employee, draft):
    draft.add_rows(1)

    assert client.get(address(draft.plan)).status_code == 404


def test_cascade_refuses_to_be_written_to(client, employee):
    assert client.post(CASCADE).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_cascade_takes_the_same_statements_whatever_its_size(
    client, employee, small, django_assert_num_queries, count
):
    small.add_rows(count)
    for number in range(count):
        factories.dashboard(plan=small.plan, position=3 + number, code=f"X{number}")

    with django_assert_num_queries(12):
        client.get(address(small.plan))
