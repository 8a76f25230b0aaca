"""The pages of agile work."""

import datetime

import pytest
from django.utils import translation

from pola.models import AgileMonth, GuidelineArticle, GuidelineRule
from pola.reports import effect_signs, guidelines_report, months_chart, months_report
from strategy.models import Plan
from tests import factories

OVERVIEW = "/lavoro-agile/"
INDICATORS = "/lavoro-agile/indicatori/"
GUIDELINES = "/lavoro-agile/linee-guida/"
ALL = (OVERVIEW, INDICATORS, GUIDELINES)


@pytest.fixture
def employee(bergamo, client):
    client.force_login(bergamo.user("dipendente"))
    return client


@pytest.fixture
def newcomer(db, client):
    """Somebody in a Chamber where nothing has been loaded."""
    client.force_login(factories.user())
    GuidelineRule.objects.all()._raw_delete("default")
    GuidelineArticle.objects.all()._raw_delete("default")
    AgileMonth.objects.all()._raw_delete("default")
    Plan.objects.update(state="draft")
    return client


@pytest.mark.parametrize("path", ALL)
def test_the_pages_ask_for_a_login(db, client, path) -> None:
    assert client.get(path).status_code == 302


@pytest.mark.parametrize("path", ALL)
def test_the_pages_are_only_read(employee, path) -> None:
    assert (employee.get(path).status_code, employee.post(path).status_code) == (200, 405)


@pytest.mark.parametrize("path", ALL)
def test_the_pages_teach_when_there_is_nothing(newcomer, path) -> None:
    page = newcomer.get(path)

    assert page.status_code == 200
    assert page.content.decode().count('class="cp-empty"') == 1


def test_the_overview_adds_up_the_months(employee) -> None:
    report = employee.get(OVERVIEW).context["report"]

    assert (report.year, len(report.months), report.total_days) == (2020, 10, 7693)
    assert [month.month.month for month in (report.busiest, report.quietest, report.last)] == [
        4,
        8,
        12,
    ]
    assert "7.693" in employee.get(OVERVIEW).content.decode()


def test_the_programme_is_shown_as_printed(employee) -> None:
    line = employee.get(OVERVIEW).context["programme"].lines[2]

    assert (line.heading, line.printed, line.computed) == (
        "% lavoratori agili effettivi",
        (("2021", "60% (43 dip.)"), ("2022", "65%"), ("2023", "verifica")),
        "",
    )


def test_the_months_of_this_year_are_computed_beside_the_printed_ones(employee, settings) -> None:
    settings.DEMO_DATE = datetime.date(2021, 3, 10)
    factories.agile_day(day=datetime.date(2021, 2, 2))

    context = employee.get(OVERVIEW).context

    assert [(m.month.month, m.is_running) for m in context["now"]] == [(2, False), (3, True)]
    assert (context["year"], context["latest"].month.month) == (2021, 2)
    assert len(context["report"].months) == 10


def test_in_figures_shows_the_year_that_is_chosen(employee, settings) -> None:
    settings.DEMO_DATE = datetime.date(2022, 3, 10)
    factories.agile_day(day=datetime.date(2021, 11, 2))

    found = {
        query: employee.get(OVERVIEW + query).context for query in ("", "?anno=2021", "?anno=2020")
    }

    assert [tab.label for tab in found[""]["year_tabs"]] == ["2020", "2021", "2022"]
    assert [
        (one["year"], len(one["now"]), one["report"].year, len(one["report"].months))
        for one in found.values()
    ] == [(2022, 3, 2020, 10), (2021, 2, 2020, 10), (2020, 0, 2020, 10)]
    page = employee.get(f"{OVERVIEW}?anno=2021").content.decode()
    assert "/lavoro-agile/monitoraggio/?anno=2021" in page


def test_the_chart_says_total_and_extremes(bergamo) -> None:
    with translation.override("it"):
        chart = months_chart(months_report(2020))

    assert "7.693" in chart.title
    assert ("aprile" in chart.title, "agosto" in chart.title) == (True, True)
    assert len(chart.boxes) == 10


def test_the_indicators_stand_under_dimension_and_area(employee) -> None:
    context = employee.get(INDICATORS).context

    assert [(group.title, group.line_count) for group in context["groups"]] == [
        ("Condizioni abilitanti del lavoro agile", 19),
        ("Implementazione del lavoro agile", 2),
    ]
    assert context["line_count"] == 21
    assert [(column.year, column.is_actual) for column in context["columns"]] == [
        (2020, True),
        (2021, False),
        (2022, False),
        (2023, False),
    ]


def test_the_guidelines_are_fourteen_articles_of_numbered_rules(bergamo) -> None:
    articles = guidelines_report(bergamo.plan)

    assert [article.number for article in articles] == list(range(1, 15))
    assert [(rule.number, rule.anchor, rule.sign) for rule in articles[0].rules] == [
        ("1.1", "regola-1-1", effect_signs()["information"]),
        ("1.2", "regola-1-2", effect_signs()["blocks"]),
    ]


def test_every_effect_has_a_sign_of_its_own() -> None:
    signs = effect_signs()

    assert list(signs) == ["blocks", "warns", "workflow", "declaration", "information"]
    assert len({sign.tone for sign in signs.values()}) == 5


@pytest.mark.parametrize(("path", "expected"), [(OVERVIEW, 12), (INDICATORS, 10), (GUIDELINES, 7)])
def test_the_pages_cost_the_same_with_more_rows(
    employee, bergamo, django_assert_num_queries, path, expected
) -> None:
    with django_assert_num_queries(expected):
        employee.get(path)
    article = factories.guideline_article(plan=bergamo.plan, number=99)
    for position in (1, 2, 3):
        factories.guideline_rule(article=article, position=position)
        factories.dashboard_row(
            dashboard=bergamo.plan.dashboards.get(kind="pola"), position=90 + position
        )
    with django_assert_num_queries(expected):
        employee.get(path)
