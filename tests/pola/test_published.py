"""The published months and programme of agile work: a contract."""

import csv
import datetime
import io

import pytest
from django.core.management import call_command

from pola.enums import DayState
from pola.models import ActivityAssignment
from strategy.open_data import data_files
from strategy.snapshots import plan_snapshot
from tests import factories, source

DAY = datetime.date


def read(folder, name) -> list[list[str]]:
    return list(csv.reader(io.StringIO((folder / name).read_bytes().decode(), newline="")))


@pytest.fixture
def exported(bergamo, tmp_path):
    def export() -> list[list[str]]:
        call_command("export_open_data", plan="2021-2023", output=tmp_path, verbosity=0)
        return read(tmp_path, "pola_months.csv")

    return export


def test_the_printed_months_equal_the_source(exported) -> None:
    header, *rows = exported()
    columns = zip(*(row[1:] for row in source.table("lavoro-agile-mesi").rows), strict=True)
    printed = [
        [f"2020-{number:02}", *(cell.replace(",", ".") for cell in column)]
        for number, column in enumerate(columns, start=3)
    ]

    assert header == ["month", "employees", "potential", "effective", "days", "days_per_week"]
    assert rows == printed
    assert rows[0] == ["2020-03", "88", "69", "69", "689", "2.5"]


def test_computed_months_follow_up_to_the_last_gone_by(exported, settings) -> None:
    settings.DEMO_DATE = DAY(2021, 3, 10)
    worker = factories.person()
    factories.activity_assignment(person=worker)
    held = factories.agreement(person=worker)
    for day in (DAY(2021, 1, 12), DAY(2021, 1, 13), DAY(2021, 2, 2), DAY(2021, 3, 2)):
        decided = {"decided_at": datetime.datetime.now(datetime.UTC), "decided_by_label": "Capo"}
        factories.agile_day(agreement=held, day=day, state=DayState.APPROVED, **decided)
    potential = ActivityAssignment.objects.remote().values("person").distinct().count()

    rows = exported()[11:]

    assert [row[0] for row in rows] == ["2021-01", "2021-02"]
    assert [row[2:] for row in rows] == [
        [str(potential), "1", "2", "0.5"],
        [str(potential), "1", "1", "0.3"],
    ]


def test_the_files_of_an_edition_stop_at_the_printed_months(bergamo, settings) -> None:
    settings.DEMO_DATE = DAY(2021, 3, 10)
    factories.agile_day(day=DAY(2021, 1, 12))

    files = {file.name: file.content for file in data_files(plan_snapshot(bergamo.plan))}

    assert files["pola_months.csv"].decode().splitlines()[-1].startswith("2020-12,")


def test_the_programme_equals_the_source(exported, tmp_path) -> None:
    exported()

    header, *rows = read(tmp_path, "pola_programme.csv")

    assert header == ["dimension", "2021", "2022", "2023"]
    assert len(rows) == 5
    assert rows == [list(row) for row in source.table("programma-agile").rows]
    assert rows[2] == ["% lavoratori agili effettivi", "60% (43 dip.)", "65%", "verifica"]


def test_data_without_the_annex_publish_no_month(bergamo) -> None:
    data = plan_snapshot(bergamo.plan) | {"annexes": {}, "tables": []}

    files = {file.name: file.content.decode().splitlines() for file in data_files(data)}

    assert len(files["pola_months.csv"]) == len(files["pola_programme.csv"]) == 1
