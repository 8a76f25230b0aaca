"""Generated blocks and pictures: placed, said otherwise, moved, removed, refused."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from PIL import Image

from documents.pictures import inspected
from organization.models import AuditEvent
from strategy.models import Section, SectionBlock, SectionImage
from strategy.operations.document_blocks import (
    change_block,
    move_block,
    place_block,
    remove_block,
)
from strategy.operations.document_images import add_picture
from strategy.operations.document_tree import remove_section
from tests import factories


@pytest.fixture
def planner(bergamo):
    return bergamo.user("pianificazione")


@pytest.fixture
def section(db) -> Section:
    return factories.section()


def order(section: Section) -> list[tuple[str, int]]:
    return [(block.caption, block.position) for block in section.blocks.all()]


def test_a_block_shows_what_its_kind_takes(section, planner):
    dashboard = factories.dashboard(plan=section.plan)
    table = factories.reference_table(plan=section.plan)
    project = factories.project_sheet(plan=section.plan)
    every = {"dashboard": dashboard, "table": table, "project": project, "by": planner}

    blocks = [
        place_block(section, kind=kind, **every)
        for kind in ("dashboard", "reference_table", "project_sheet", "strategy_map")
    ]

    # The indicator is the same one in the plan of the next triennium, its sheet is not.
    identity = str(project.indicator_id)
    assert [(b.argument, b.table, b.position) for b in blocks] == [
        (dashboard.slug, None, 1),
        ("", table, 2),
        (identity, None, 3),
        ("", None, 4),
    ]
    acts = AuditEvent.objects.filter(verb="block.placed").order_by("pk")
    assert [act.after["argument"] for act in acts] == [dashboard.slug, table.slug, identity, ""]


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("unknown", "kind"),
        ("dashboard", "dashboard"),
        ("reference_table", "table"),
        ("project_sheet", "project"),
    ],
)
def test_a_block_without_what_it_shows_is_refused(section, planner, kind, field):
    foreign = {
        "dashboard": factories.dashboard(),
        "table": factories.reference_table(),
        "project": factories.project_sheet(),
    }
    for given in ({}, foreign):
        with pytest.raises(ValidationError) as refusal:
            place_block(section, kind=kind, **given, by=planner)
        assert list(refusal.value.error_dict) == [field]
    assert section.blocks.count() == 0


def test_a_block_is_said_otherwise(section, planner):
    block = place_block(section, kind="strategy_map", caption="Mappa", by=planner)

    change_block(
        block, caption="La mappa", lead="<p onclick='x'>Ecco.</p>", source_note="SG", by=planner
    )

    block.refresh_from_db()
    assert (block.caption, block.lead, block.source_note) == ("La mappa", "<p>Ecco.</p>", "SG")
    assert block.history.first().history_user == planner
    act = AuditEvent.objects.get(verb="block.changed")
    assert (act.before["caption"], act.after["caption"]) == ("Mappa", "La mappa")


def test_blocks_change_places(section, planner):
    first, second, third = (
        place_block(section, kind="strategy_map", caption=name, by=planner) for name in "abc"
    )

    move_block(first, direction="down", by=planner)
    assert order(section) == [("b", 1), ("a", 2), ("c", 3)]
    move_block(third, direction="up", by=planner)
    move_block(third, direction="down", by=planner)
    move_block(third, direction="down", by=planner)
    move_block(second, direction="up", by=planner)
    assert order(section) == [("b", 1), ("a", 2), ("c", 3)]
    assert AuditEvent.objects.filter(verb="block.moved").count() == 3

    remove_block(first, by=planner)
    assert order(section) == [("b", 1), ("c", 2)]
    assert AuditEvent.objects.get(verb="block.removed").before["caption"] == "a"


def upload(colour: str = "red") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (30, 20), colour).save(content, "PNG")
    return SimpleUploadedFile("../../x.png", content.getvalue())


def test_a_picture_is_kept_under_the_name_of_its_content(section, planner):
    first = add_picture(section.plan, upload=upload(), alt=" Un rettangolo ", by=planner)
    again = add_picture(section.plan, upload=upload(), alt="Un rettangolo rosso", by=planner)
    elsewhere = add_picture(factories.plan(), upload=upload(), alt="Lo stesso", by=None)

    assert (first.alt, first.width, first.height) == ("Un rettangolo", 30, 20)
    assert first.uploaded_by_label == str(planner)
    assert (again.pk, again.alt) == (first.pk, "Un rettangolo rosso")
    assert elsewhere.file.name == first.file.name == f"sections/{first.sha256[:32]}.png"
    assert default_storage.listdir("sections")[1] == [f"{first.sha256[:32]}.png"]
    assert AuditEvent.objects.filter(verb="picture.added").count() == 3


def test_a_picture_of_a_relazione_passes_its_own_door(section, planner):
    report = factories.performance_report()

    kept = add_picture(report, upload=upload(), alt="Un rettangolo", by=planner)

    assert kept.plan == report.plan
    with pytest.raises(PermissionDenied):
        add_picture(report, upload=upload(), alt="Un rettangolo", by=None)
    approved = factories.performance_report(state="approved")
    with pytest.raises(ValidationError):
        add_picture(approved, upload=upload(), alt="Un rettangolo", by=planner)


def test_a_picture_of_the_plan_stays_as_it_is_when_a_relazione_takes_it(section, planner):
    report = factories.performance_report()
    of_plan = factories.section_image(plan=report.plan)
    SectionImage.objects.filter(pk=of_plan.pk).update(sha256=inspected_hash())
    before = SectionImage.objects.values().get(pk=of_plan.pk)

    kept = add_picture(report, upload=upload(), alt="Altre parole", by=planner)

    assert kept.pk == of_plan.pk
    assert SectionImage.objects.values().get(pk=of_plan.pk) == before
    assert not AuditEvent.objects.filter(verb="picture.added").exists()


def inspected_hash() -> str:
    """Under which the picture of `upload` is kept."""
    given = upload()
    return inspected(given, size=given.size).sha256


def test_a_picture_without_words_is_refused(section, planner):
    with pytest.raises(ValidationError) as refusal:
        add_picture(section.plan, upload=upload(), alt="  ", by=planner)

    assert "alt" in refusal.value.error_dict
    assert (SectionImage.objects.count(), default_storage.exists("sections")) == (0, False)


def failing_save(image: SectionImage) -> None:
    raise IntegrityError


def test_a_picture_whose_row_is_not_kept_leaves_no_file(section, planner, monkeypatch):
    monkeypatch.setattr(SectionImage, "save", failing_save)

    with pytest.raises(IntegrityError):
        add_picture(section.plan, upload=upload(), alt="Un rettangolo", by=planner)

    assert default_storage.listdir("sections")[1] == []


def test_the_same_picture_of_another_plan_keeps_its_file(section, planner, monkeypatch):
    name = f"sections/{inspected_hash()[:32]}.png"
    factories.section_image(file=name, sha256=inspected_hash())
    monkeypatch.setattr(SectionImage, "save", failing_save)

    with pytest.raises(IntegrityError):
        add_picture(section.plan, upload=upload(), alt="Un rettangolo", by=planner)

    assert default_storage.exists(name)


def test_a_reader_changes_nothing(section, bergamo, planner):
    reader = bergamo.user("oiv")
    block = place_block(section, kind="strategy_map", by=planner)
    for act in (
        lambda: place_block(section, kind="strategy_map", by=reader),
        lambda: change_block(block, caption="x", by=reader),
        lambda: move_block(block, direction="up", by=reader),
        lambda: remove_block(block, by=reader),
        lambda: add_picture(section.plan, upload=upload(), alt="x", by=reader),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert section.blocks.count() == 1


def test_what_somebody_else_took_away_is_told_and_stays_away(section, planner):
    held = place_block(section, kind="strategy_map", caption="Via", by=planner)
    place_block(section, kind="strategy_map", caption="Resta", by=planner)
    read = SectionBlock.objects.select_related("section__plan").get(pk=held.pk)
    remove_block(held, by=planner)

    for act, words in (
        (change_block, {"caption": "Torna"}),
        (move_block, {"direction": "down"}),
        (remove_block, {}),
    ):
        with pytest.raises(ValidationError) as refusal:
            act(read, **words, by=planner)
        assert refusal.value.code == "gone"

    assert order(section) == [("Resta", 1)]
    assert AuditEvent.objects.filter(verb="block.removed").count() == 1


def test_no_block_is_placed_in_a_section_that_is_gone(section, planner):
    remove_section(Section.objects.get(pk=section.pk), by=planner)

    with pytest.raises(ValidationError) as refusal:
        place_block(section, kind="strategy_map", by=planner)

    assert refusal.value.code == "gone"
