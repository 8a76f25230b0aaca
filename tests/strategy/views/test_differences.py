"""The pages of the difference: what they show, for whom, and when nothing can be compared."""

import csv
import io
import json

import pytest
from django.urls import reverse

from documents.models import Build
from strategy.enums import PlanState
from strategy.models import Edition, Plan
from strategy.snapshots import canonical, plan_snapshot, sha256
from tests import factories


def page(name: str, plan: Plan, **query: str) -> str:
    return reverse(f"strategy:{name}", args=[plan.first_year], query=query or None)


@pytest.fixture
def updated(small) -> Plan:
    """The small plan with three rows, adopted, then one weight changed and one row taken away."""
    small.add_rows(3)
    adopted(small.plan, 0)
    first, second, _third = small.strategic.rows.order_by("position")
    first.weight = 2
    first.save()
    second.delete()
    Plan.objects.filter(pk=small.plan.pk).update(
        state=PlanState.UPDATING, revision=1, update_reason="Variazione."
    )
    small.plan.refresh_from_db()
    return small.plan


def adopted(plan: Plan, revision: int) -> Edition:
    data = canonical(plan_snapshot(plan))
    return factories.edition(
        plan=plan, revision=revision, snapshot=data, snapshot_sha256=sha256(data.encode())
    )


def test_the_page_shows_what_changed(client, employee, updated) -> None:
    answer = client.get(page("difference", updated))

    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Confronto: REV. 0 e piano in lavorazione" in html
    assert "<strong>2 cambiamenti: 1 tolta, 1 modifica.</strong>" in html
    assert '<del class="cp-old">1</del>' in html
    assert '<ins class="cp-new">2</ins>' in html


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 2),
        ({"tipo": "removed"}, 1),
        ({"tipo": "nonsense"}, 2),
        ({"parte": "dashboards"}, 2),
        ({"parte": "cells"}, 0),
        ({"parte": "dashboards", "tipo": "changed"}, 1),
        ({"da": "lavoro", "a": "rev-0"}, 2),
        ({"da": "rev-0", "a": "rev-0"}, 0),
        ({"page": "99"}, 2),
    ],
)
def test_the_address_says_what_is_shown(client, employee, updated, query, count) -> None:
    answer = client.get(page("difference", updated, **query))

    assert answer.context["page"].paginator.count == count
    assert sum(len(group.lines) for group in answer.context["groups"]) == count


def test_empty_pages_say_why(client, employee, updated) -> None:
    texts = {
        "Nessun cambiamento di questo tipo": {"da": "rev-0", "parte": "cells"},
        "È scelto due volte lo stesso stato: sceglierne un altro.": {"da": "rev-0", "a": "rev-0"},
    }
    adopted(updated, 1)
    texts["Target, consuntivi, nomi, pesi, mappa"] = {"da": "rev-1", "a": "lavoro"}

    for text, query in texts.items():
        assert text in client.get(page("difference", updated, **query)).content.decode()


def test_a_plan_without_editions_has_nothing_to_compare(client, draft) -> None:
    client.force_login(factories.User.objects.get(username="pianificazione"))

    answer = client.get(page("difference", draft.plan))

    assert "Non c’è ancora un’edizione con cui confrontare" in answer.content.decode()


@pytest.mark.parametrize("name", ["difference", "difference-csv", "difference-pdf"])
def test_a_side_that_is_not_there_is_not_found(client, employee, updated, name) -> None:
    assert client.get(page(name, updated, da="rev-7")).status_code == 404


@pytest.mark.parametrize("name", ["difference", "difference-csv", "difference-pdf"])
def test_a_draft_is_not_for_everybody(client, employee, draft, name) -> None:
    assert client.get(page(name, draft.plan)).status_code == 404


@pytest.mark.parametrize("name", ["difference", "difference-csv"])
def test_a_damaged_edition_is_said_and_not_compared(client, employee, updated, name) -> None:
    factories.edition(plan=updated, revision=5, snapshot_sha256="0" * 64)

    answer = client.get(page(name, updated, da="rev-5"))

    assert answer.status_code == 503
    assert "Questa edizione non può essere confrontata" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same(client, employee, small, count, django_assert_num_queries) -> None:
    small.add_rows(3)
    adopted(small.plan, 0)
    for row in small.strategic.rows.all()[:count]:
        row.weight = 2
        row.save()

    with django_assert_num_queries(24):
        client.get(page("difference", small.plan))


def test_the_file_is_named_by_its_sides(client, employee, updated) -> None:
    answer = client.get(page("difference-csv", updated, da="rev-0", a="lavoro"))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    name = f"confronto-{updated.label}-rev-0-lavoro.csv"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(row["kind"], row["field"], row["old"], row["new"]) for row in rows] == [
        ("changed", "weight", "1", "2"),
        ("removed", "row", rows[1]["old"], ""),
    ]


def test_the_annex_is_asked_for_and_followed(client, employee, updated, settings) -> None:
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }
    address = page("difference-pdf", updated, da="rev-0", a="lavoro")

    answer = client.post(address)

    assert (answer.status_code, answer.url) == (302, address)
    build = Build.objects.get()
    assert build.kind == f"difference-{updated.first_year}-rev-0-a-lavoro-rev-1-bozza"
    assert "<progress" in client.get(address).content.decode()
    state = client.get(reverse("strategy:build-status", args=[updated.first_year, build.pk]))
    assert state.status_code == 200


def test_what_travels_is_text_and_never_marks(client, employee, updated) -> None:
    section = factories.section(plan=updated, body="<p>Prima.</p>")
    data = json.loads(canonical(plan_snapshot(updated)))
    factories.edition(
        plan=updated,
        revision=3,
        snapshot=canonical(data),
        snapshot_sha256=sha256(canonical(data).encode()),
    )
    section.body = "<p>Dopo &lt;b&gt;.</p>"
    section.save()

    html = client.get(page("difference", updated, da="rev-3")).content.decode()

    assert "Prima" in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
