"""The commands: the files of the contract, what is in force, errors that say what to do."""

import json
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from camera_perf.demo import BERGAMO
from camera_perf.demo_update import open_demo_update, tell_first_consultation
from organization.models import AuditEvent, Person
from strategy.enums import PlanState
from strategy.models import Plan
from strategy.open_data import data_files
from strategy.snapshots import plan_snapshot
from tests import factories
from tests.bergamo import PDF, Bergamo


def test_export_writes_every_file_of_the_plan(bergamo, tmp_path, capsys) -> None:
    folder = tmp_path / "new" / "data"

    call_command("export_open_data", plan="2021-2023", output=folder)

    expected = {file.name: file.content for file in data_files(plan_snapshot(bergamo.plan))}
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == expected
    assert capsys.readouterr().out.splitlines() == [str(folder / name) for name in expected]


@pytest.mark.parametrize("label", ["2024-2026", "2021", "piano"])
def test_an_unknown_plan_is_refused_and_the_known_ones_are_named(bergamo, tmp_path, label) -> None:
    with pytest.raises(CommandError, match=label) as caught:
        call_command("export_open_data", plan=label, output=tmp_path / "data")

    assert "2021-2023" in str(caught.value)
    assert not (tmp_path / "data").exists()


@pytest.mark.django_db(transaction=True)
def test_without_any_plan_the_error_says_how_to_load_one(tmp_path) -> None:
    call_command("flush", interactive=False)

    with pytest.raises(CommandError, match="load_plan"):
        call_command("export_open_data", plan="2021-2023", output=tmp_path)


def test_a_place_that_cannot_be_written_is_said(bergamo, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")

    with pytest.raises(CommandError, match="data"):
        call_command("export_open_data", plan="2021-2023", output=tmp_path / "data")


@pytest.fixture
def updating(bergamo) -> Bergamo:
    """The plan with an update in progress, as the demonstration has it."""
    open_demo_update(BERGAMO)
    return bergamo


def exported(folder: Path, **options) -> dict[str, bytes]:
    call_command("export_open_data", plan="2021-2023", output=folder, **options)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_the_update_changes_cells_a_row_and_a_text(updating) -> None:
    plan = updating.plan
    adopted, working = json.loads(updating.edition.snapshot), plan_snapshot(plan)
    changed = [
        (number, year)
        for number, indicator in adopted["indicators"].items()
        for year, target in indicator["targets"].items()
        if working["indicators"][number]["targets"][year]["printed"] != target["printed"]
    ]
    rows = [sum(len(d["rows"]) for d in data["dashboards"]) for data in (adopted, working)]
    texts = [
        old["slug"]
        for old, new in zip(adopted["sections"], working["sections"], strict=True)
        if old["body"] != new["body"]
    ]

    assert (plan.state, plan.revision) == (PlanState.UPDATING, 1)
    assert (len(changed), rows[1] - rows[0], texts) == (8, 1, ["fattori-abilitanti"])
    planner = str(updating.user("pianificazione").pk)
    days = AuditEvent.objects.filter(actor_id=planner).values_list("at__date", flat=True)
    assert {day.isoformat() for day in days} == {f"2021-04-{day}" for day in (12, 14, 15, 16)}


def test_the_update_is_opened_once(updating) -> None:
    assert open_demo_update(BERGAMO) is None
    assert updating.plan.revision == 1


def test_who_was_heard_is_told_once(bergamo) -> None:
    counts = [tell_first_consultation(BERGAMO), tell_first_consultation(BERGAMO)]

    heard = bergamo.plan.consultations.values_list("revision", "body", "held_on__year")
    assert counts == [3, 0]
    assert list(heard) == [(0, "unions", 2021), (0, "cug", 2021), (0, "oiv", 2021)]


def test_the_figures_to_be_checked_are_kept_with_the_plan(bergamo) -> None:
    checks = bergamo.plan.figure_checks

    assert {name: len(entries) for name, entries in checks.items()} == {
        "shares": 1,
        "sums": 1,
        "totals": 2,
        "twins": 3,
        "bases": 1,
        "ceilings": 1,
    }


def test_what_is_in_force_is_exported_while_an_update_is_prepared(updating, tmp_path) -> None:
    frozen = {file.name: file.content for file in data_files(json.loads(updating.edition.snapshot))}
    working = {file.name: file.content for file in data_files(plan_snapshot(updating.plan))}

    assert exported(tmp_path / "in force") == frozen
    assert exported(tmp_path / "working", working=True) == working
    assert frozen != working


def test_the_adopted_pdf_is_written_while_an_update_is_prepared(updating, tmp_path, capsys) -> None:
    output = tmp_path / "piano.pdf"

    call_command("build_plan_pdf", plan="2021-2023", output=output)

    assert output.read_bytes() == PDF
    assert updating.edition.pdf_sha256 in capsys.readouterr().out


def test_a_damaged_edition_is_not_written(updating, tmp_path, settings) -> None:
    (Path(settings.MEDIA_ROOT) / updating.edition.pdf.name).write_bytes(b"another")

    with pytest.raises(CommandError):
        call_command("build_plan_pdf", plan="2021-2023", output=tmp_path / "piano.pdf")
    assert (tmp_path / "piano.pdf").read_bytes() == b""


def test_damaged_data_are_not_written(bergamo, tmp_path) -> None:
    plan = factories.plan(state=PlanState.UPDATING, revision=1)
    factories.edition(plan=plan, snapshot_sha256="0" * 64)

    with pytest.raises(CommandError):
        call_command("export_open_data", plan=plan.label, output=tmp_path / "data")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("plan.toml", "first_year = 2021", "", r"plan\.toml.*first_year"),
        ("plan.toml", "act_date = 2021-01-25", 'act_date = "ieri"', r"plan\.toml.*act_date"),
        ("people.csv", ",hired_on,", ",since,", r"people\.csv:2.*hired_on"),
        ("people.csv", ",100,1990-01-01,", ",cento,1990-01-01,", r"people\.csv:2.*cento"),
        ("people.csv", "0002,", "0001,", r"people\.csv:3.*0001"),
        ("pola/agile_months.csv", '"2,5"', "circa", r"agile_months\.csv:2.*circa"),
        ("indicators.csv", ",true,", ",forse,", r"indicators\.csv:2.*forse"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_a_plan_that_cannot_be_read_is_refused_with_its_place(
    tmp_path, name, old, new, message
) -> None:
    call_command("flush", interactive=False)
    folder = tmp_path / "plan"
    shutil.copytree(BERGAMO, folder)
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(CommandError, match=message):
        call_command("load_plan", folder)

    assert not Plan.objects.exists()
    assert not Person.objects.exists()
