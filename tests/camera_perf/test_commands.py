"""`export_open_data`: the files of the contract, and errors that say what to do."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from strategy.open_data import data_files
from strategy.snapshots import plan_snapshot


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
