"""The document read online."""

import pytest
from django.urls import reverse

from strategy.models import Section
from tests import factories

DOCUMENT = "/piano/2021/documento/"


def address(section: Section) -> str:
    return reverse("strategy:section-detail", args=[section.plan.first_year, section.slug])


def test_document_opens_at_its_first_section(client, employee):
    answer = client.get(DOCUMENT)

    assert (answer.status_code, answer.url) == (302, f"{DOCUMENT}premessa/")


@pytest.mark.parametrize("slug", ["premessa", "mappa-strategica"])
def test_section_shows_text_index_and_neighbours(client, employee, bergamo, slug):
    sections = list(bergamo.plan.sections.in_order())
    place = [section.slug for section in sections].index(slug)

    answer = client.get(f"{DOCUMENT}{slug}/")

    assert answer.context["section"] == sections[place]
    assert answer.context["previous"] == (sections[place - 1] if place else None)
    assert answer.context["next"] == sections[place + 1]
    assert list(answer.context["sections"]) == sections


def test_every_section_is_shown_with_all_its_blocks(client, employee, bergamo):
    for section in bergamo.plan.sections.in_order().with_blocks():
        answer = client.get(address(section))

        assert answer.status_code == 200
        assert section.heading in answer.context["section"].heading
        assert len(answer.context["blocks"]) >= section.blocks.count()


def test_plan_without_sections_says_so(client, employee, small):
    answer = client.get(reverse("strategy:document", args=[small.plan.first_year]))

    assert answer.status_code == 200


def test_unknown_section_is_not_found(client, employee):
    assert client.get(f"{DOCUMENT}nessuna/").status_code == 404


def test_section_of_another_plan_is_not_found(client, employee, small):
    section = factories.section(plan=small.plan, title="Riservata")

    answer = client.get(f"{DOCUMENT}{section.slug}/")

    assert answer.status_code == 404


def test_document_of_a_draft_is_not_found_by_the_outsider(client, employee, draft):
    section = factories.section(plan=draft.plan, body="<p>Parole riservate.</p>")

    answer = client.get(address(section))

    assert answer.status_code == 404
    assert "riservate" not in answer.content.decode()


def test_document_refuses_to_be_written_to(client, employee):
    answers = [client.post(DOCUMENT), client.post(f"{DOCUMENT}premessa/")]

    assert [answer.status_code for answer in answers] == [405, 405]


@pytest.mark.parametrize("count", [1, 3])
def test_section_takes_the_same_statements_whatever_the_document(
    client, employee, small, django_assert_num_queries, count
):
    made = [factories.section(plan=small.plan, position=n + 1) for n in range(count)]

    with django_assert_num_queries(8):
        client.get(address(made[0]))
