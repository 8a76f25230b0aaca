"""The Chamber is loaded once; files that do not hold together are refused with their place."""

import datetime

import pytest

from organization.doubts import Doubt, by_question
from organization.importers import (
    OrganizationFiles,
    import_organization,
    import_users,
    organization_doubts,
    read_organization,
)
from organization.loading import (
    LoadError,
    Record,
    Stamp,
    found,
    once,
    read_records,
    read_settings,
    store,
    store_tree,
)
from organization.models import Institution, Person, Unit, User
from tests import factories
from tests.bergamo import BERGAMO

STAMP = Stamp("prova", datetime.datetime(2040, 1, 1, tzinfo=datetime.UTC))


def test_the_chamber_as_loaded(bergamo) -> None:
    institution = Institution.objects.get()
    head = bergamo.user("responsabile").person

    assert institution.name == "Camera di commercio di Bergamo"
    assert head.unit.name == "Servizio Registro imprese"
    assert head.unit.parent.kind == "area"
    assert head.history.get().history_change_reason.endswith(" 2021-2023")


def test_a_chamber_already_recorded_stays_as_it_is(bergamo, django_assert_num_queries) -> None:
    files = read_organization(BERGAMO)

    with django_assert_num_queries(1):
        doubts = import_organization(files, stamp=STAMP)

    assert doubts == []


def test_demo_people_sign_in_with_the_one_password(bergamo) -> None:
    users = User.objects.order_by("pk")

    assert [user.check_password("demo-bergamo-2021") for user in users] == [True] * 8
    assert [user.username for user in users if user.is_superuser] == ["amministratore"]


def test_accounts_already_there_keep_their_password(bergamo) -> None:
    oiv = bergamo.user("oiv")
    oiv.set_password("another")
    oiv.save()
    User.objects.filter(username="dipendente").delete()

    added = import_users(BERGAMO, password="third", stamp=STAMP)

    assert [user.username for user in added] == ["dipendente"]
    assert bergamo.user("oiv").check_password("another")
    assert bergamo.user("dipendente").check_password("third")
    assert import_users(BERGAMO, password="fourth", stamp=STAMP) == []


def test_doubts_about_the_chamber() -> None:
    files = OrganizationFiles(
        institution={"name": "Camera", "ipa_code": "cciaa", "tax_code": ""},
        units=[],
        posts=[],
        people=[],
        appointments=[],
    )

    assert [doubt.place for doubt in organization_doubts(files)] == ["Camera"]


def test_doubts_that_ask_the_same_stand_together() -> None:
    first, second, third = (
        Doubt(place=place, text="", question=question)
        for place, question in (("a", "why?"), ("b", "when?"), ("c", "why?"))
    )

    assert by_question([first, second, third]) == {"why?": [first, third], "when?": [second]}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"units\.csv"),
        ("a,b\n1,2\n1\n", r"units\.csv.* 3: 1 "),
    ],
)
def test_a_file_that_is_not_a_table_is_refused(tmp_path, content, message) -> None:
    path = tmp_path / "units.csv"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(LoadError, match=message):
        read_records(path)


def test_a_missing_file_is_named(tmp_path) -> None:
    with pytest.raises(LoadError, match=r"plan\.toml"):
        read_settings(tmp_path / "plan.toml")


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"x = = 3", r"plan\.toml: .*line 1"), (b'x = "\xff"', r"plan\.toml .*UTF-8")],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, content, message) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(content)

    with pytest.raises(LoadError, match=message):
        read_settings(path)


def test_a_file_where_a_directory_should_be_is_named(tmp_path) -> None:
    path = tmp_path / "file"
    path.touch()

    with pytest.raises(LoadError, match=r"plan\.toml"):
        read_settings(path / "plan.toml")


RECORD = Record({"day": "1.1.1990", "number": "-3", "yes": "maybe", "none": ""}, place="a.csv:2")


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (lambda: RECORD.day("day"), r"a\.csv:2, day: .*1\.1\.1990"),
        (lambda: RECORD.number("number"), r"a\.csv:2, number: .*-3"),
        (lambda: RECORD.is_true("yes"), r"a\.csv:2, yes: .*maybe"),
        (lambda: RECORD["colour"], r"a\.csv:2.*colour"),
        (lambda: once([RECORD, RECORD], "day"), r"a\.csv:2, day: .*1\.1\.1990"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_with_its_place(read, message) -> None:
    with pytest.raises(LoadError, match=message):
        read()


def test_an_empty_cell_is_no_day_and_a_no() -> None:
    assert RECORD.day_if_any("none") is None
    assert not RECORD.is_true("none")


def test_an_unknown_name_is_told_with_its_place() -> None:
    with pytest.raises(LoadError, match=r"people\.csv: .nowhere."):
        found({}, "nowhere", place="people.csv")


def test_an_invalid_object_stops_the_load(db) -> None:
    before = Person.objects.count()

    with pytest.raises(LoadError, match="Prova Nuova"):
        store(
            Person,
            [Person(first_name="Prova", last_name="Nuova", gender="X")],
            stamp=STAMP,
        )

    assert Person.objects.count() == before


def test_a_tree_is_stored_from_its_root(db) -> None:
    root = factories.root_unit()
    service = Unit(name="A", short_name="A", slug="a", kind="service", parent=root)
    office = Unit(name="B", short_name="B", slug="b", kind="office", parent=service)

    store_tree(Unit, [office, service], parent="parent", stamp=STAMP)

    assert Unit.objects.get(slug="b").parent.parent == root
    assert office.history.get().history_date == STAMP.at


def test_a_tree_without_root_is_refused(db) -> None:
    one = Unit(name="A", short_name="A", slug="a", kind="service")
    one.parent = one

    with pytest.raises(LoadError):
        store_tree(Unit, [one], parent="parent", stamp=STAMP)
