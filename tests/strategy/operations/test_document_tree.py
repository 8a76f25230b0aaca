"""Sections added, renamed, moved, removed; numbers that follow."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organization.models import AuditEvent
from strategy.models import Plan, Section
from strategy.operations.document_tree import (
    add_section,
    move_section,
    remove_section,
    rename_section,
    word_count,
)
from tests import factories


@pytest.fixture
def planner(bergamo):
    return bergamo.user("pianificazione")


@pytest.fixture
def plan(planner) -> Plan:
    """1 Uno with 1.1 Uno bis, 2 Due."""
    made = factories.plan()
    first = add_section(made, title="Uno", by=planner)
    add_section(made, title="Due", by=planner)
    add_section(made, title="Uno bis", parent=first, by=planner)
    return made


def index(plan: Plan) -> list[tuple[str, str, int, int]]:
    found = plan.sections.in_order()
    return [(one.number, one.slug, one.level, one.position) for one in found]


def one(plan: Plan, slug: str) -> Section:
    found = plan.sections.get(slug=slug)
    found.plan = plan
    return found


def test_sections_are_added_at_the_end_of_their_parent(plan, planner):
    assert index(plan) == [("1", "uno", 1, 1), ("1.1", "uno-bis", 2, 2), ("2", "due", 1, 3)]

    add_section(plan, title="Uno", is_numbered=False, by=planner)
    add_section(plan, title="Modifica", is_annex=True, by=planner)
    add_section(plan, title="…", by=planner)

    assert index(plan)[3:] == [
        ("", "uno-2", 1, 4),
        ("A1", "modifica-2", 1, 5),
        ("3", "sezione", 1, 6),
    ]
    assert AuditEvent.objects.filter(verb="section.added").count() == 6


@pytest.mark.parametrize(("slug", "field"), [("modifica", "slug"), ("due", "__all__")])
def test_an_address_that_is_taken_is_refused(plan, planner, slug, field):
    with pytest.raises(ValidationError) as refusal:
        add_section(plan, title="Altra", slug=slug, by=planner)

    assert list(refusal.value.error_dict) == [field]


def test_a_fourth_level_is_refused(plan, planner):
    third = add_section(plan, title="Tre", parent=one(plan, "uno-bis"), by=planner)

    with pytest.raises(ValidationError):
        add_section(plan, title="Quattro", parent=third, by=planner)

    assert [row[0] for row in index(plan)] == ["1", "1.1", "1.1.1", "2"]


def test_renaming_keeps_the_number_of_the_place(plan, planner):
    renamed = rename_section(
        one(plan, "due"),
        title="Secondo",
        slug="secondo",
        is_numbered=True,
        summary="In breve.",
        key_figure="58",
        key_figure_caption="indicatori",
        by=planner,
    )

    assert (renamed.heading, renamed.slug, renamed.summary) == ("2 Secondo", "secondo", "In breve.")
    act = AuditEvent.objects.get(verb="section.renamed")
    assert (act.before["title"], act.after["title"]) == ("Due", "Secondo")


def test_a_section_that_is_not_counted_leaves_its_number(plan, planner):
    rename_section(one(plan, "uno"), title="Uno", slug="uno", is_numbered=False, by=planner)
    assert [row[0] for row in index(plan)] == ["", "", "1"]

    rename_section(one(plan, "uno"), title="Uno", slug="uno", is_numbered=True, by=planner)
    assert [row[0] for row in index(plan)] == ["1", "", "2"]


def test_moving_counts_anew_and_keeps_the_history(plan, planner):
    moved = move_section(one(plan, "due"), parent=None, index=0, by=planner)

    assert moved.heading == "1 Due"
    assert index(plan) == [("1", "due", 1, 1), ("2", "uno", 1, 2), ("2.1", "uno-bis", 2, 3)]
    newest = one(plan, "uno").history.first()
    assert (newest.number, newest.history_user, newest.history_change_reason) == (
        "2",
        planner,
        "order",
    )
    act = AuditEvent.objects.get(verb="section.moved")
    assert (act.before["number"], act.after["number"]) == ("2", "1")


@pytest.mark.parametrize(
    ("slug", "parent", "code"),
    [("uno", "uno-bis", "self"), ("allegato", "due", "annex"), ("uno", "tre", "deep")],
)
def test_places_that_are_refused(plan, planner, slug, parent, code):
    add_section(plan, title="Allegato", is_annex=True, by=planner)
    add_section(plan, title="Tre", parent=one(plan, "due"), by=planner)
    before = index(plan)

    with pytest.raises(ValidationError) as refusal:
        move_section(one(plan, slug), parent=one(plan, parent), index=0, by=planner)

    assert refusal.value.code == code
    assert index(plan) == before


def test_removing_closes_the_gap_and_keeps_the_versions(plan, planner):
    with pytest.raises(ValidationError) as refusal:
        remove_section(one(plan, "uno"), by=planner)
    assert refusal.value.code == "parts"

    factories.section_block(section=one(plan, "uno-bis"))
    remove_section(one(plan, "uno-bis"), by=planner)
    remove_section(one(plan, "uno"), by=planner)

    assert index(plan) == [("1", "due", 1, 1)]
    gone = Section.history.filter(slug="uno", plan_id=plan.pk).first()
    assert (gone.history_type, gone.history_user) == ("-", planner)


def test_words_are_counted(plan):
    assert word_count(factories.section(body="<p>Una <b>due</b></p><p>tre</p>")) == 3


def test_a_reader_changes_nothing(plan, bergamo):
    reader = bergamo.user("oiv")
    for act in (
        lambda: add_section(plan, title="x", by=reader),
        lambda: move_section(one(plan, "due"), parent=None, index=0, by=reader),
        lambda: remove_section(one(plan, "due"), by=reader),
        lambda: rename_section(one(plan, "due"), title="x", slug="x", is_numbered=True, by=reader),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_section_that_somebody_else_removed_is_told(plan, planner):
    gone, stays = one(plan, "due"), one(plan, "uno")
    read = one(plan, "due")
    remove_section(gone, by=planner)
    same = {"title": "Due", "slug": "due", "is_numbered": True}

    for act in (
        lambda: rename_section(read, **same, by=planner),
        lambda: move_section(read, parent=None, index=0, by=planner),
        lambda: move_section(stays, parent=read, index=0, by=planner),
        lambda: remove_section(read, by=planner),
        lambda: add_section(plan, title="Parte", parent=read, by=planner),
    ):
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refusal.value.code == "gone"

    assert index(plan) == [("1", "uno", 1, 1), ("1.1", "uno-bis", 2, 2)]
    assert AuditEvent.objects.filter(verb="section.removed").count() == 1
