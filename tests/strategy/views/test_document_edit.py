"""The pages by which the document is written: shown, done, refused, at the same cost for few and
for many."""

import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from organization.enums import Role
from strategy.enums import PlanState
from strategy.models import Plan, Section, SectionBlock, SectionImage
from strategy.operations.document import note_presence, write_section
from strategy.operations.document_blocks import place_block
from strategy.reports.document import outline_report, section_versions
from strategy.views import document_blocks
from strategy.views.writing import saved_words
from tests import factories

BODY = "<p>Prima.</p>"


@pytest.fixture
def user(bergamo):
    return bergamo.user("pianificazione")


@pytest.fixture
def planner(client, user):
    client.force_login(user)
    return client


@pytest.fixture
def plan(db) -> Plan:
    return factories.plan()


@pytest.fixture
def section(plan) -> Section:
    made = factories.section(plan=plan, number="1", body=BODY)
    factories.section(plan=plan, number="2", position=2)
    return made


def colleague():
    made = factories.user()
    factories.appointment(person=made.person, role=Role.PLANNER, unit=factories.unit())
    return made


def at(name: str, section: Section, *more) -> str:
    return reverse(f"strategy:{name}", args=[section.plan.first_year, section.slug, *more])


def of(name: str, plan: Plan) -> str:
    return reverse(f"strategy:{name}", args=[plan.first_year])


# The text


def test_the_page_of_a_section_shows_text_blocks_index_and_versions(planner, section, user):
    place_block(section, kind="strategy_map", by=user)
    place_block(section, kind="strategic_dashboard", by=user)

    answer = planner.get(at("section-edit", section))

    assert answer.context["form"].initial == {"body": BODY, "version": 1, "apart": False}
    assert [line.state for line in answer.context["outline"].lines] == ["writing", "empty"]
    assert [block.stored.kind for block in answer.context["blocks"]] == [
        "strategy_map",
        "strategic_dashboard",
    ]
    assert [version.number for version in answer.context["versions"]] == [1]
    all_versions = f'<a class="cp-push cp-small" href="{at("section-versions", section)}">Tutte</a>'
    assert answer.content.decode().count(all_versions) == 1


def test_a_text_is_saved_without_script(planner, section):
    answer = planner.post(at("section-edit", section), {"body": "<p>Due</p>", "version": 1})

    assert (answer.status_code, answer.url) == (302, at("section-edit", section))
    section.refresh_from_db()
    assert (section.body, section.version) == ("<p>Due</p>", 2)


def test_without_script_both_texts_are_shown(planner, section):
    write_section(section, body="<p>Di altri.</p>", version=1, by=colleague())

    answer = planner.post(at("section-edit", section), {"body": "<p>Mia.</p>", "version": 1})

    assert answer.status_code == 409
    assert (answer.context["mine"], answer.context["saved"]) == ("<p>Mia.</p>", "<p>Di altri.</p>")
    form = answer.context["form"].initial
    assert form == {"body": "<p>Mia.</p>", "version": 2, "apart": True}
    again = planner.post(at("section-edit", section), form | {"apart": "on"})
    assert again.status_code == 302
    assert list(section.history.values_list("body", flat=True))[:2] == [
        "<p>Mia.</p>",
        "<p>Di altri.</p>",
    ]


@pytest.mark.parametrize("given", [{"body": "x"}, {"body": "a" * 200_001, "version": 1}])
def test_what_cannot_be_saved_stays_on_the_page(planner, section, given):
    answer = planner.post(at("section-edit", section), given)

    assert answer.status_code == 400
    assert answer.context["form"].data["body"] == given["body"]
    section.refresh_from_db()
    assert section.body == BODY


def test_the_editor_is_told_version_and_hour(planner, section):
    answer = planner.post(at("section-save", section), {"body": "<p>Due</p>", "version": 1}).json()

    assert answer["version"] == 2
    assert answer["saved"].startswith("Sa")


def test_the_editor_is_told_of_a_conflict(planner, section):
    write_section(section, body="<p>Di altri.</p>", version=1, by=colleague())

    answer = planner.post(at("section-save", section), {"body": "<p>Mia.</p>", "version": 1})

    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in ("version", "body")} == {
        "version": 2,
        "body": "<p>Di altri.</p>",
    }
    section.refresh_from_db()
    assert section.body == "<p>Di altri.</p>"


@pytest.mark.parametrize("given", [{"body": "x"}, {"body": "a" * 200_001, "version": 1}])
def test_the_editor_is_told_of_a_refusal(planner, section, given):
    assert list(planner.post(at("section-save", section), given).json()) == ["problem"]


def test_presence_names_the_others_and_ends(planner, section, user):
    note_presence(section, by=colleague())

    answer = planner.post(at("section-presence", section))

    assert [str(one.user) for one in answer.context["others"]] == [
        str(one.user) for one in section.presences.exclude(user=user)
    ]
    assert section.presences.count() == 2
    assert planner.post(at("section-presence", section), {"leaving": "1"}).status_code == 204
    assert section.presences.filter(user=user).count() == 0


def test_a_section_is_marked_opened_and_refused_when_empty(planner, section, plan):
    for done in (True, False):
        planner.post(at("section-done", section), {"done": "1" if done else "0"})
        section.refresh_from_db()
        assert section.is_done == done
    empty = plan.sections.get(number="2")

    answer = planner.post(at("section-done", empty), {"done": "1"}, follow=True)

    assert [message.level_tag for message in answer.context["messages"]][-1:] == ["error"]
    empty.refresh_from_db()
    assert not empty.is_done


def test_versions_are_listed_compared_and_brought_back(planner, section, user):
    write_section(section, body="<p>Seconda.</p>", version=1, by=user)
    answer = planner.get(at("section-versions", section))
    newest, first = answer.context["versions"]
    assert (newest.is_present, first.is_present) == (True, False)

    changed = planner.get(at("section-version", section, newest.pk)).context["changes"]
    assert [change.kind for change in changed] == ["removed", "added", "same"]
    new = planner.get(at("section-version", section, first.pk)).context["changes"]
    assert [tuple(change) for change in new] == [("added", "Prima.\n")]
    today = planner.get(at("section-version", section, first.pk), {"con": "oggi"})
    assert [change.kind for change in today.context["changes"]] == ["removed", "added", "same"]

    stale = planner.post(at("section-version", section, first.pk), {"version": 1})
    assert stale.url == at("section-version", section, first.pk)
    planner.post(at("section-version", section, first.pk), {})
    answer = planner.post(at("section-version", section, first.pk), {"version": 2})
    assert answer.url == at("section-edit", section)
    section.refresh_from_db()
    assert (section.body, section.version) == (BODY, 3)
    # A record that only moved or marked the section is no version, and can be read all the same.
    planner.post(at("section-done", section), {"done": "1"})
    mark = section.history.first()
    assert planner.get(at("section-version", section, mark.history_id)).status_code == 200


# The index


def test_sections_are_added_renamed_moved_removed(planner, plan, section):
    assert planner.get(of("document-edit", plan)).context["outline"].done_count == 0
    assert planner.get(of("section-add", plan), {"in": section.pk}).status_code == 200
    planner.post(
        of("section-add", plan), {"title": "Parte", "parent": section.pk, "is_numbered": "on"}
    )
    part = plan.sections.get(slug="parte")
    assert (part.number, part.parent) == ("1.1", section)

    given = {"title": "Parte nuova", "slug": "parte-nuova", "is_numbered": "on"}
    assert planner.get(at("section-rename", part)).context["form"].initial["title"] == "Parte"
    planner.post(at("section-rename", part), given)
    part.refresh_from_db()
    assert part.heading == "1.1 Parte nuova"

    answer = planner.post(of("section-move", plan), {"section": part.pk, "direction": "out"})
    assert answer.url == of("document-edit", plan) + f"?spostata={part.pk}"
    part.refresh_from_db()
    assert (part.number, part.level) == ("2", 1)
    planner.post(of("section-move", plan), {"section": part.pk, "parent": section.pk, "index": 0})
    part.refresh_from_db()
    assert part.number == "1.1"

    assert planner.get(at("section-remove", section)).context["parts"] == [part]
    refused = planner.post(at("section-remove", section))
    assert refused.url == at("section-remove", section)
    assert planner.post(at("section-remove", part)).url == of("document-edit", plan)
    assert plan.sections.filter(pk=part.pk).count() == 0


@pytest.mark.parametrize(
    ("name", "given"),
    [("section-add", {"title": "x", "slug": "modifica"}), ("section-add", {"title": ""})],
)
def test_a_section_that_cannot_be_is_refused_on_the_page(planner, plan, section, name, given):
    answer = planner.post(of(name, plan), given)

    assert (answer.status_code, plan.sections.count()) == (400, 2)


def test_an_address_that_is_taken_is_refused_on_the_page(planner, plan, section):
    other = plan.sections.get(number="2")

    answer = planner.post(at("section-rename", section), {"title": "x", "slug": other.slug})

    assert answer.status_code == 400
    section.refresh_from_db()
    assert section.number == "1"


@pytest.mark.parametrize("given", [{"section": 0}, {"direction": "up"}, {"direction": "in"}])
def test_a_move_that_cannot_be_is_said(planner, plan, section, given):
    answer = planner.post(of("section-move", plan), {"section": section.pk} | given, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_the_index_and_the_versions_of_the_plan_of_bergamo(bergamo):
    lines = {line.section.slug: line for line in outline_report(bergamo.plan).lines}
    assert lines["premessa"].ways == {"down"}
    # An annex cannot go inside a chapter, nor a third level deeper.
    assert lines["linee-guida"].ways == {"up"}
    assert lines["esperienza-emergenziale"].ways == {"up", "out"}
    section = lines["premessa"].section

    versions = section_versions(section)

    assert [(v.number, v.who, v.editions) for v in versions] == [(1, "", ("REV. 0",))]


def test_the_hour_of_a_save_has_its_day_when_it_is_another(section):
    assert saved_words(section) == ""
    section.edited_at = timezone.now() - datetime.timedelta(days=3)
    assert saved_words(section).count(".") == 3


# Blocks and pictures


def test_blocks_are_placed_changed_moved_removed(planner, section):
    add = at("block-add", section)
    assert planner.get(add).status_code == 200
    for caption in ("a", "b"):
        planner.post(add, {"kind": "strategy_map", "caption": caption})
    first, second = section.blocks.all()

    edit = at("block-edit", section, first.pk)
    assert "kind" not in planner.get(edit).context["form"].fields
    answer = planner.post(edit, {"caption": "Mappa", "source_note": "SG"})
    assert answer.url == at("section-edit", section) + f"#b-{first.pk}"
    for direction, expected in (("down", ["b", "Mappa"]), ("up", ["Mappa", "b"])):
        planner.post(at("block-move", section, first.pk), {"direction": direction})
        assert [block.caption for block in section.blocks.all()] == expected

    remove = at("block-remove", section, second.pk)
    assert planner.get(remove).context["placed"] == second
    planner.post(remove)
    assert [block.pk for block in section.blocks.all()] == [first.pk]


def test_a_block_taken_away_meanwhile_is_said(planner, section, user, monkeypatch):
    placed = place_block(section, kind="strategy_map", by=user)
    load = document_blocks._load_block

    def taken_away_meanwhile(*which):
        block = load(*which)
        SectionBlock.objects.filter(pk=block.pk).delete()
        return block

    monkeypatch.setattr(document_blocks, "_load_block", taken_away_meanwhile)
    for name in ("block-move", "block-remove"):
        answer = planner.post(at(name, section, placed.pk), follow=True)
        assert [one.level_tag for one in answer.context["messages"]] == ["error"]
        placed.save(force_insert=True)


def test_a_block_without_what_it_shows_is_refused_on_the_page(planner, section):
    answer = planner.post(at("block-add", section), {"kind": "dashboard"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["dashboard"])

    dashboard = factories.dashboard(plan=section.plan)
    planner.post(at("block-add", section), {"kind": "dashboard", "dashboard": dashboard.pk})
    block = section.blocks.get()
    form = planner.get(at("block-edit", section, block.pk)).context["form"]
    assert form.initial["dashboard"] == dashboard
    answer = planner.post(at("block-edit", section, block.pk), {"caption": "x"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["dashboard"])


def upload(name: str = "a.png") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (30, 20), "red").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def test_a_picture_is_brought_in_and_shown_to_readers_of_the_plan(planner, plan, client, bergamo):
    given = planner.post(of("picture-add", plan), {"file": upload(), "alt": "Rosso"}).json()
    image = SectionImage.objects.get()
    assert given == {
        "src": f"/{image.file.name}".replace("/sections", "/media/sections"),
        "alt": "Rosso",
    }

    answer = client.get(given["src"])
    assert b"".join(answer)[:4] == b"\x89PNG"
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")

    client.force_login(bergamo.user("dipendente"))
    assert client.get(given["src"]).status_code == 404
    client.logout()
    assert client.get(given["src"]).status_code == 302


def test_a_picture_whose_file_is_gone_or_odd_is_not_found(planner, plan):
    for name in ("sections/gone.png", "sections/odd.svg"):
        factories.section_image(plan=plan, file=name)
        assert planner.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"alt": "x"}, "file"),
        ({"file": SimpleUploadedFile("a.png", b"<svg/>"), "alt": "x"}, "file"),
    ],
)
def test_a_picture_that_cannot_be_is_refused(planner, plan, given, field):
    assert list(planner.post(of("picture-add", plan), given).json()["problems"]) == [field]


def test_a_picture_needs_its_words(planner, plan):
    answer = planner.post(of("picture-add", plan), {"file": upload(), "alt": " "})

    assert list(answer.json()["problems"]) == ["alt"]


# Who may, when


SHOWN = ("section-edit", "section-rename", "section-remove", "section-versions", "block-add")
ONLY_POST = ("section-save", "section-presence", "section-done")


@pytest.mark.parametrize("name", [*SHOWN, *ONLY_POST])
def test_strangers_readers_and_closed_plans(client, bergamo, section, user, name):
    method = "post" if name in ONLY_POST else "get"
    answers = []
    for who in ("dipendente", "oiv", "pianificazione"):
        if who == "pianificazione":
            Plan.objects.filter(pk=section.plan_id).update(state=PlanState.PROPOSED)
        client.force_login(bergamo.user(who))
        answers.append(getattr(client, method)(at(name, section)).status_code)

    assert answers == [404, 403, 409]


@pytest.mark.parametrize("name", ONLY_POST)
def test_what_changes_is_not_asked_for_by_get(planner, section, name):
    assert planner.get(at(name, section)).status_code == 405


def test_sections_and_records_of_others_are_not_found(planner, section):
    other = factories.section()
    block = factories.section_block(section=other)
    wrong = reverse("strategy:section-edit", args=[section.plan.first_year, "altra"])
    foreign = at("section-version", section, other.history.first().history_id)

    answers = [
        planner.get(url).status_code
        for url in (wrong, foreign, at("block-edit", section, block.pk))
    ]

    assert answers == [404, 404, 404]


# What it costs


def filled(count: int, user) -> Section:
    plan = factories.plan()
    sections = [
        factories.section(plan=plan, position=n + 1, body=BODY, number=str(n)) for n in range(count)
    ]
    for n in range(count):
        place_block(sections[0], kind="strategy_map", caption=str(n), by=user)
        write_section(sections[0], body=f"<p>{n}</p>", version=n + 1, by=user, apart=True)
    return sections[0]


@pytest.mark.parametrize(
    ("name", "statements"), [("section-edit", 15), ("section-versions", 9), ("section-rename", 7)]
)
@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_for_few_and_for_many(
    planner, user, django_assert_num_queries, count, name, statements
):
    section = filled(count, user)

    with django_assert_num_queries(statements):
        planner.get(at(name, section))


@pytest.mark.parametrize("count", [1, 3])
def test_the_index_costs_the_same_for_few_and_for_many(
    planner, user, django_assert_num_queries, count
):
    section = filled(count, user)

    with django_assert_num_queries(6):
        planner.get(of("document-edit", section.plan))


@pytest.mark.parametrize("count", [1, 3])
def test_a_save_costs_the_same_for_few_and_for_many(
    planner, user, django_assert_num_queries, count
):
    section = filled(count, user)
    section.refresh_from_db()
    given = {"body": "<p>x</p>", "version": section.version}

    with django_assert_num_queries(23):
        planner.post(at("section-save", section), given)
