"""The text of a section: saved, joined into versions, refused when older, brought back, marked."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organization.enums import Role
from organization.models import AuditEvent
from strategy.enums import PlanState
from strategy.models import Section
from strategy.operations.document import (
    end_presence,
    mark_section,
    note_presence,
    restore_section,
    write_section,
)
from strategy.reports.document import section_versions
from tests import factories

AT = datetime.datetime(2040, 3, 1, 9, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def planner(bergamo):
    return bergamo.user("pianificazione")


@pytest.fixture
def section(db) -> Section:
    return factories.section(body="<p>Prima.</p>")


def bodies(section: Section) -> list[str]:
    return list(section.history.values_list("body", flat=True))


def trace() -> list[tuple[str, dict, dict]]:
    found = AuditEvent.objects.filter(target_type="strategy.section").order_by("pk")
    return [(event.verb, event.before, event.after) for event in found]


def test_a_text_is_cleaned_and_counted(section, planner):
    written = write_section(
        section, body='<p onclick="x()">Seconda.</p>', version=1, by=planner, at=AT
    )

    written.refresh_from_db()
    assert (written.body, written.version) == ("<p>Seconda.</p>", 2)
    assert (written.edited_at, written.edited_by_label) == (AT, str(planner))
    assert bodies(section) == ["<p>Seconda.</p>", "<p>Prima.</p>"]
    assert section.history.first().history_user == planner
    assert trace() == [("section.written", {"version": 1}, {"version": 2})]


def test_the_same_text_changes_nothing(section, planner):
    assert write_section(section, body="<p>Prima.</p>", version=1, by=planner).version == 1
    assert (bodies(section), trace()) == (["<p>Prima.</p>"], [])


@pytest.mark.parametrize("body", ["<p></p>", " ", "<p><br></p>", "<ul><li> </li></ul>"])
def test_marks_around_nothing_are_no_text(section, planner, body):
    assert write_section(section, body=body, version=1, by=planner).body == ""


def test_an_older_page_overwrites_nothing(section, planner):
    write_section(section, body="<p>Di altri.</p>", version=1, by=planner, at=AT)

    with pytest.raises(ValidationError) as refusal:
        write_section(section, body="<p>Mia.</p>", version=1, by=planner, at=AT)

    assert refusal.value.code == "stale"
    assert Section.objects.get(pk=section.pk).body == "<p>Di altri.</p>"


def test_saves_within_ten_minutes_are_one_version(section, planner):
    for minute in range(12):
        write_section(
            section,
            body=f"<p>{minute}</p>",
            version=minute + 1,
            by=planner,
            at=AT + minute * MINUTE,
        )

    assert bodies(section) == ["<p>11</p>", "<p>9</p>", "<p>Prima.</p>"]
    assert [act[0] for act in trace()] == ["section.written", "section.written"]
    assert [(v.number, v.at) for v in section_versions(section)[:2]] == [
        (13, AT + 11 * MINUTE),
        (11, AT + 9 * MINUTE),
    ]


def test_what_others_saved_and_what_stands_apart_keeps_its_version(section, planner, bergamo):
    other = factories.user()
    factories.appointment(person=other.person, role=Role.PLANNER, unit=factories.unit())
    write_section(section, body="<p>a</p>", version=1, by=planner, at=AT)
    write_section(section, body="<p>b</p>", version=2, by=other, at=AT)
    write_section(section, body="<p>c</p>", version=3, by=other, apart=True, at=AT)
    write_section(section, body="<p>d</p>", version=4, by=None, at=AT)
    write_section(section, body="<p>e</p>", version=5, by=None, at=AT)

    assert bodies(section) == [f"<p>{letter}</p>" for letter in "edcba"] + ["<p>Prima.</p>"]


def test_the_text_that_was_adopted_keeps_its_version(section, planner):
    write_section(section, body="<p>Adottata.</p>", version=1, by=planner, at=AT)
    factories.edition(plan=section.plan, adopted_at=AT + MINUTE)

    write_section(section, body="<p>Dopo.</p>", version=2, by=planner, at=AT + 2 * MINUTE)

    assert bodies(section) == ["<p>Dopo.</p>", "<p>Adottata.</p>", "<p>Prima.</p>"]


def test_a_text_too_long_is_refused(section, planner):
    with pytest.raises(ValidationError) as refusal:
        write_section(section, body=f"<p>{'a' * 200_000}</p>", version=1, by=planner)

    assert list(refusal.value.error_dict) == ["body"]
    assert bodies(section) == ["<p>Prima.</p>"]


def test_restoring_is_a_new_version(section, planner):
    write_section(section, body="<p>Seconda.</p>", version=1, by=planner, at=AT)
    first = section.history.last()

    restored = restore_section(section, record=first, version=2, by=planner, at=AT)

    assert (restored.body, restored.version) == ("<p>Prima.</p>", 3)
    assert bodies(section) == ["<p>Prima.</p>", "<p>Seconda.</p>", "<p>Prima.</p>"]
    assert [v.is_restored for v in section_versions(section)] == [True, False, False]
    assert trace()[-1] == ("section.restored", {"version": 2}, {"version": 3, "restored": 1})


@pytest.mark.parametrize(("version", "code"), [(1, "same"), (7, "stale")])
def test_what_is_not_restored(section, planner, version, code):
    with pytest.raises(ValidationError) as refusal:
        restore_section(section, record=section.history.last(), version=version, by=planner)

    assert refusal.value.code == code


def test_a_section_is_marked_and_opened_again(section, planner):
    assert mark_section(section, is_done=True, by=planner).is_done
    assert mark_section(section, is_done=True, by=planner).is_done
    assert not mark_section(section, is_done=False, by=planner).is_done
    assert [act[0] for act in trace()] == ["section.done", "section.reopened"]
    # The mark is no version of the text.
    assert [version.number for version in section_versions(section)] == [1]


def test_an_empty_section_is_not_done(planner):
    empty = factories.section(body="")
    with pytest.raises(ValidationError) as refusal:
        mark_section(empty, is_done=True, by=planner)
    assert refusal.value.code == "empty"

    factories.section_block(section=empty)
    assert mark_section(empty, is_done=True, by=planner).is_done


def test_a_chapter_of_parts_alone_may_be_done(planner):
    chapter = factories.section(body="")
    factories.section(plan=chapter.plan, parent=chapter, level=2, position=2)

    assert mark_section(chapter, is_done=True, by=planner).is_done


def test_who_is_here_is_forgotten_after_half_a_minute(section, planner):
    other = factories.user()
    note_presence(section, by=other, at=AT)
    note_presence(section, by=planner, at=AT + MINUTE / 4)
    assert [one.user for one in section.presences.here(AT + MINUTE / 4)] == [other, planner]

    note_presence(section, by=planner, at=AT + MINUTE)
    assert [(one.user, one.seen_at) for one in section.presences.all()] == [(planner, AT + MINUTE)]

    end_presence(section, by=planner)
    assert section.presences.count() == 0


def test_only_planning_writes_and_only_while_the_plan_is_open(section, planner, bergamo):
    with pytest.raises(PermissionDenied):
        write_section(section, body="x", version=1, by=bergamo.user("dirigente"))

    closed = factories.section(plan=factories.plan(state=PlanState.PROPOSED))
    with pytest.raises(ValidationError) as refusal:
        write_section(closed, body="x", version=1, by=planner)
    assert refusal.value.code == "state"
