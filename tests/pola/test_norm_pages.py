"""The pages of the rules: what holds, since when, a new value after its cautions were read."""

import datetime

import pytest
from django.utils import timezone

from pola.enums import DayState, NormKey
from pola.models import Norm
from pola.norms import Norms, read_norm
from pola.reports.norms import norm_articles, norm_line, printed_norm
from tests import factories

RULES = "/lavoro-agile/regole/"
MAX = f"{RULES}max_days_per_week/"
TODAY = datetime.date(2021, 2, 10)
NEW = {"printed": "2", "starts_on": "2021-04-01", "act": "Delibera n. 9 del 1.3.2021"}


@pytest.fixture(autouse=True)
def demo_day(settings) -> None:
    settings.DEMO_DATE = TODAY


@pytest.fixture
def hr(bergamo, client):
    client.force_login(bergamo.user("personale"))
    return client


def texts(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize(("user", "times"), [("personale", 0), ("dipendente", 1)])
def test_how_a_value_is_written_is_said_once(bergamo, client, user, times):
    client.force_login(bergamo.user(user))

    assert texts(client.get(MAX)).count("Come si scrive un valore") == times


@pytest.mark.parametrize("key", NormKey)
def test_a_value_is_printed_as_it_is_read(key):
    value = getattr(Norms(), key.value)

    assert read_norm(key.value, printed_norm(value)) == value


def test_every_rule_stands_under_its_article_those_of_the_section_last(bergamo):
    articles = norm_articles(Norm.objects.all(), on=TODAY)

    assert [one.reference for one in articles] == [
        *(f"Art. {number}" for number in (1, 2, 3, 4, 5, 6, 7, 8)),
        "5.2.4",
    ]
    assert sum(len(one.lines) for one in articles) == 29


def test_a_line_knows_what_held_what_holds_what_will():
    values = [
        Norm(key="max_days_per_week", printed=printed, starts_on=datetime.date(2021, month, 1))
        for month, printed in ((1, "1"), (2, "3"), (3, "2"), (4, "4"))
    ]

    line = norm_line(NormKey.MAX_DAYS_PER_WEEK, values, on=TODAY)

    assert (line.printed, line.current) == ("3", values[1])
    assert (line.coming, line.earlier) == ((values[2], values[3]), (values[0],))
    assert norm_line(NormKey.REST_BEGINS, [], on=TODAY).printed == "19.30"


def test_without_an_act_the_page_says_where_the_application_starts_from(hr):
    Norm.objects.all().delete()

    assert "Nessun atto" in texts(hr.get(RULES))
    assert "Nessun atto ha ancora fissato" in texts(hr.get(MAX))


def test_a_new_value_is_set_and_told(hr):
    answer = hr.post(MAX, NEW, follow=True)

    assert answer.redirect_chain == [(MAX, 302)]
    assert Norm.objects.in_force(on=datetime.date(2021, 4, 1)).max_days_per_week == 2
    assert "2 dal giorno 1.4.2021" in texts(hr.get(RULES))


def test_a_value_not_read_says_how_to_write_it_and_keeps_what_was_typed(hr):
    answer = hr.post(MAX, NEW | {"printed": "due"})

    assert answer.status_code == 400
    assert "“due” non si riesce a leggere. Un numero intero, per esempio 3." in texts(answer)
    assert 'value="Delibera n. 9 del 1.3.2021"' in texts(answer)


def test_a_value_that_cannot_be_is_refused_at_its_field(hr):
    answer = hr.post(MAX, NEW | {"printed": "9"})

    kept = Norm.objects.filter(key="max_days_per_week", printed="9")
    assert (answer.status_code, kept.exists()) == (400, False)
    assert answer.context["form"].errors == {"printed": ["Va da 0 a 5."]}


def test_cautions_are_read_before_the_value_is_set(hr):
    factories.agile_day(
        day=datetime.date(2021, 4, 7),
        state=DayState.APPROVED,
        decided_at=timezone.now(),
        decided_by_label="Responsabile",
    )

    asked = hr.post(MAX, NEW)
    before = Norm.objects.filter(printed="2").exists()
    done = hr.post(MAX, NEW | {"is_confirmed": "on"})

    assert (asked.status_code, before, done.status_code) == (200, False, 302)
    assert "1 giornata" in texts(asked)
    assert 'type="checkbox" name="is_confirmed"' in texts(asked)


def test_a_refusal_quotes_the_article(hr):
    answer = hr.post(MAX, NEW | {"printed": "0"})

    assert answer.status_code == 409
    assert "Art. 4: " in texts(answer)


def test_who_may_not_set_sees_no_form_and_is_refused(bergamo, client):
    client.force_login(bergamo.user("dipendente"))

    assert '<form method="post" data-keep' not in texts(client.get(MAX))
    assert client.post(MAX, NEW).status_code == 403
    assert client.get(f"{RULES}nessuna/").status_code == 404


def test_a_value_to_come_is_taken_back_after_asking(hr):
    coming = factories.norm(starts_on=datetime.date(2021, 4, 1), printed="2")
    held = Norm.objects.get(key="max_days_per_week", printed="3")

    asked = hr.get(f"{RULES}valori/{coming.pk}/togli/")
    hr.post(f"{RULES}valori/{coming.pk}/togli/")
    refused = hr.post(f"{RULES}valori/{held.pk}/togli/", follow=True)

    assert "Ritirare il valore 2 dal giorno 1.4.2021?" in texts(asked)
    assert list(Norm.objects.filter(key="max_days_per_week")) == [held]
    assert "lo sostituisce un nuovo valore" in texts(refused)


@pytest.mark.parametrize(("path", "expected"), [(RULES, 6), (MAX, 6)])
def test_the_pages_cost_the_same_with_more_values(hr, django_assert_num_queries, path, expected):
    with django_assert_num_queries(expected):
        hr.get(path)
    for day in (1, 2, 3):
        factories.norm(starts_on=datetime.date(2021, 3, day))
    with django_assert_num_queries(expected):
        hr.get(path)


def test_the_administration_shows_a_value_and_the_page_where_it_is_set(bergamo, client):
    norm = Norm.objects.filter(key=NormKey.MAX_DAYS_PER_WEEK).latest("starts_on")
    client.force_login(bergamo.user("amministratore"))
    address = f"/admin/pola/norm/{norm.pk}/change/"

    page = client.get(address)
    answer = client.post(address, {"key": norm.key, "printed": "1", "act": norm.act})

    norm.refresh_from_db()
    assert page.context["has_change_permission"] is False
    assert f'<a href="{MAX}">Pagina della regola</a>' in texts(page)
    assert (answer.status_code, norm.printed, norm.history.count()) == (403, "3", 1)
