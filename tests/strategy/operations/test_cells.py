"""Saving the cells of the grid: all or none, one act, nothing overwritten unseen."""

import datetime
import threading
from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from indicators.enums import Polarity
from indicators.models import Actual, Target
from organization.models import AuditEvent, User
from strategy.cell_changes import CellKey, change
from strategy.enums import CellFault, DashboardKind, PlanState
from strategy.models import Dashboard, DashboardRow, Plan
from strategy.operations.cells import CellsRefusedError, save_cells
from tests import factories

NOW = datetime.datetime(2012, 6, 15, 10, 42, tzinfo=datetime.UTC)


@dataclass
class Sheet:
    """A strategic dashboard of 2011-2013 seen on 15 June 2012, and who plans."""

    dashboard: Dashboard
    planner: User

    def row(self, name: str = "N. cose", **texts: str) -> DashboardRow:
        """A row with targets (`t2011="90%"`) and results (`a2010="80%"`)."""
        indicator = factories.indicator(name=name)
        for cell, printed in texts.items():
            year = int(cell[1:])
            if cell[0] == "t":
                factories.target(indicator=indicator, cycle=2011, year=year, printed=printed)
            else:
                factories.actual(indicator=indicator, year=year, printed=printed)
        position = self.dashboard.rows.count() + 1
        return factories.dashboard_row(
            dashboard=self.dashboard, indicator=indicator, position=position
        )

    def save(self, *changes, by=None):
        """Save as the planner; a change is (row, cell, was, text, reason)."""
        made = [
            change(key_of(row, cell), was=was, text=text, reason="".join(reason))
            for row, cell, was, text, *reason in changes
        ]
        return save_cells(self.dashboard, changes=made, by=by or self.planner, at=NOW)

    def refused(self, *changes) -> list:
        """The verdicts of a save that was refused."""
        with pytest.raises(CellsRefusedError) as refusal:
            self.save(*changes)
        return list(refusal.value.verdicts)


def key_of(row: DashboardRow, cell: str) -> CellKey:
    return CellKey(cell[0] == "a", row.indicator_id, int(cell[1:]))


def texts_of(row: DashboardRow) -> dict[str, str]:
    """What the row's cells say."""
    targets = Target.objects.filter(indicator=row.indicator)
    actuals = Actual.objects.current().filter(indicator=row.indicator)
    return {f"t{x.year}": x.printed for x in targets} | {f"a{x.year}": x.printed for x in actuals}


def acts() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(verb="targets.edited"))


def make_sheet() -> Sheet:
    plan = factories.plan(first_year=2011)
    dashboard = factories.dashboard(plan=plan, kind=DashboardKind.STRATEGIC, slug="strategico")
    return Sheet(dashboard, User.objects.get(username="pianificazione"))


@pytest.fixture
def sheet(db) -> Sheet:
    return make_sheet()


# What is written


def test_all_changed_cells_are_written_with_one_act(sheet):
    first = sheet.row("N. corsi", t2011="9", t2012="9")
    second = sheet.row("Spesa", t2011="90%")

    saved = sheet.save((first, "t2011", "9", "10"), (second, "t2011", "90%", "≥ 95%"))

    assert saved == {key_of(first, "t2011"): "10", key_of(second, "t2011"): "≥ 95%"}
    assert texts_of(first) == {"t2011": "10", "t2012": "9"}
    target = Target.objects.get(indicator=second.indicator)
    assert (target.kind, target.comparator, target.number) == ("percent", "at_least", 95)
    [act] = acts()
    assert (act.actor_label, act.at) == (str(sheet.planner), NOW)
    assert act.before == {"N. corsi, Target 2011": "9", "Spesa, Target 2011": "90%"}
    assert act.after == {"N. corsi, Target 2011": "10", "Spesa, Target 2011": "≥ 95%"}


def test_history_says_who_changed_a_target_and_when(sheet):
    row = sheet.row(t2011="9")

    sheet.save((row, "t2011", "9", "10"))

    record = row.indicator.targets.get().history.latest("history_id")
    assert (record.printed, record.history_user) == ("10", sheet.planner)
    assert (record.history_date, record.history_type) == (NOW, "~")


def test_two_indicators_of_one_name_are_two_cells_of_the_act(sheet):
    first, second = sheet.row("Progetto", t2011="1"), sheet.row("Progetto", t2011="1")

    sheet.save((first, "t2011", "1", "2"), (second, "t2011", "1", "3"))

    [act] = acts()
    assert sorted(act.after.values()) == ["2", "3"]


def test_a_year_without_target_gets_one_with_the_polarity_of_its_neighbour(sheet):
    row = sheet.row(t2011="9")
    row.indicator.targets.update(polarity=Polarity.LOWER_IS_BETTER)

    sheet.save((row, "t2013", "", "7"))

    made = Target.objects.get(indicator=row.indicator, year=2013)
    assert (made.cycle, made.printed, made.polarity) == (2011, "7", Polarity.LOWER_IS_BETTER)
    assert made.history.get().history_user == sheet.planner


def test_a_first_target_has_no_polarity_to_take(sheet):
    row = sheet.row()

    sheet.save((row, "t2011", "", "7"))

    assert Target.objects.get(indicator=row.indicator).polarity == ""


def test_a_corrected_result_supersedes_the_old_one(sheet):
    row = sheet.row(a2010="80%")
    old = Actual.objects.get(indicator=row.indicator)

    sheet.save((row, "a2010", "80%", "82%"))

    new = Actual.objects.current().get(indicator=row.indicator)
    old.refresh_from_db()
    assert (new.printed, new.measured_on, new.supersedes) == ("82%", old.measured_on, old)
    assert (old.printed, old.is_current) == ("80%", False)
    for result in (old, new):
        assert result.history.latest("history_id").history_user == sheet.planner


@pytest.mark.parametrize(
    ("numerator", "denominator", "typed", "are_kept"),
    [
        (43, 72, "59,72%", True),
        (43, 72, "60%", True),
        (43, 72, "60% (43 dip.)", True),
        (43, 72, "60% (42 dip.)", False),
        (43, 72, "59,73%", False),
        (43, 72, "≥ 60%", False),
        (43, 72, "n.d.", False),
        (43, 72, "30.6.2010", False),
        (9, 2, "4,5", True),
        (9, 2, "4,5 €", True),
        (9, 2, "4,5%", False),
        (0, 0, "n.d.", True),
        (0, 0, "0%", False),
    ],
)
def test_the_counts_of_a_ratio_stay_while_they_give_the_text(
    sheet, numerator, denominator, typed, are_kept
):
    row = sheet.row()
    printed = "1%" if denominator else "nd"
    counts = {"numerator_value": numerator, "denominator_value": denominator}
    old = factories.actual(indicator=row.indicator, year=2010, printed=printed, **counts)

    sheet.save((row, "a2010", printed, typed))

    new = Actual.objects.current().get(indicator=row.indicator)
    kept = (new.numerator_value, new.denominator_value)
    assert (new.printed, kept) == (typed, (numerator, denominator) if are_kept else (None, None))
    old.refresh_from_db()
    assert (old.numerator_value, old.denominator_value) == (numerator, denominator)


def test_a_result_without_counts_gets_none(sheet):
    row = sheet.row(a2010="80%")

    sheet.save((row, "a2010", "80%", "81%"))

    new = Actual.objects.current().get(indicator=row.indicator)
    assert (new.numerator_value, new.denominator_value) == (None, None)


def test_a_first_result_is_measured_at_the_end_of_its_year_or_today(sheet):
    row = sheet.row()

    sheet.save((row, "a2011", "", "5"), (row, "a2012", "", "6"))

    days = Actual.objects.filter(indicator=row.indicator).values_list("measured_on", flat=True)
    assert sorted(days) == [datetime.date(2011, 12, 31), datetime.date(2012, 6, 15)]


def test_a_cell_can_be_emptied(sheet):
    row = sheet.row(t2011="9")

    sheet.save((row, "t2011", "9", ""))

    assert texts_of(row) == {"t2011": ""}


def test_what_changes_nothing_leaves_no_act(sheet):
    row = sheet.row(t2011="9")

    assert sheet.save((row, "t2011", "8", "9")) == {}
    assert acts() == []


# What is refused


def test_one_wrong_cell_and_none_is_written(sheet):
    row = sheet.row(t2011="9", t2012="9")

    wrong, fine = sheet.refused((row, "t2011", "9", "novanta"), (row, "t2012", "9", "10"))

    assert (wrong.fault, "novanta" in wrong.message) == (CellFault.NOTATION, True)
    assert (fine.fault, fine.reading) == (None, "numero 10")
    assert (texts_of(row), acts()) == ({"t2011": "9", "t2012": "9"}, [])


def test_a_cell_changed_by_somebody_else_is_not_overwritten(sheet):
    row = sheet.row(t2011="9", a2010="80%")
    other = factories.user()
    target = row.indicator.targets.get()
    target.printed = "12"
    target._history_user = other
    target._history_date = NOW
    target.full_clean()
    target.save()

    with override("it"):
        mine, gone = sheet.refused((row, "t2011", "9", "10"), (row, "a2010", "70%", "75%"))

    assert (mine.fault, mine.saved, mine.who, mine.when) == (
        CellFault.CONFLICT,
        "12",
        str(other),
        "oggi alle 12.42",
    )
    assert (gone.fault, gone.saved) == (CellFault.CONFLICT, "80%")
    assert texts_of(row) == {"t2011": "12", "a2010": "80%"}


def test_a_conflict_over_a_cell_that_was_taken_away_says_so(sheet):
    row = sheet.row()

    [verdict] = sheet.refused((row, "t2011", "9", "10"))

    assert (verdict.fault, verdict.saved, verdict.who) == (CellFault.CONFLICT, "", "")


def test_the_same_text_from_two_people_is_no_conflict(sheet):
    row = sheet.row(t2011="10")

    assert sheet.save((row, "t2011", "9", "10")) == {}


@pytest.mark.parametrize("cell", ["t2010", "t2014", "a2013", "a2009"])
def test_cells_that_are_not_open_are_refused(sheet, cell):
    row = sheet.row(t2011="9")

    [verdict] = sheet.refused((row, cell, "", "10"))

    assert verdict.fault == CellFault.CLOSED


def test_an_indicator_of_another_dashboard_is_refused(sheet):
    row = factories.dashboard_row()

    [verdict] = sheet.refused((row, "t2011", "", "10"))

    assert verdict.fault == CellFault.CLOSED
    assert texts_of(row) == {}


def test_who_does_not_plan_is_refused(sheet):
    row = sheet.row(t2011="9")

    with pytest.raises(PermissionDenied):
        sheet.save((row, "t2011", "9", "10"), by=factories.user())

    assert texts_of(row) == {"t2011": "9"}


def test_a_plan_that_is_not_open_is_refused(sheet):
    row = sheet.row(t2011="9")
    Plan.objects.filter(pk=sheet.dashboard.plan_id).update(state=PlanState.PROPOSED)

    with pytest.raises(ValidationError) as refusal:
        sheet.save((row, "t2011", "9", "10"))

    assert refusal.value.code == "state"
    assert texts_of(row) == {"t2011": "9"}


# A target worse than the last result


def test_a_target_below_the_last_result_asks_why(sheet):
    row = sheet.row(t2011="90%", a2010="90%")

    with override("it"):
        [verdict] = sheet.refused((row, "t2011", "90%", "85%"))

    assert (verdict.fault, verdict.asks) == (
        CellFault.REASON,
        "85% è sotto il consuntivo 2010 (90%).",
    )


def test_with_its_reason_it_is_saved_and_the_act_tells(sheet):
    row = sheet.row("Spesa", t2011="90%", a2010="90%")

    sheet.save((row, "t2011", "90%", "85%", "meno risorse"))

    assert row.indicator.targets.get().reason == "meno risorse"
    assert acts()[0].after == {
        "Spesa, Target 2011": "85%",
        "Spesa, Target 2011, motivo": "meno risorse",
    }


def test_where_lower_is_better_it_is_the_higher_target_that_asks(sheet):
    row = sheet.row(t2011="3", a2010="3")
    row.indicator.targets.update(polarity=Polarity.LOWER_IS_BETTER)

    with override("it"):
        [verdict] = sheet.refused((row, "t2011", "3", "4"))

    assert verdict.asks == "4 è sopra il consuntivo 2010 (3)."
    assert sheet.save((row, "t2011", "3", "2")) == {key_of(row, "t2011"): "2"}


def test_the_last_stated_result_counts_with_the_one_being_written(sheet):
    row = sheet.row(t2013="50", a2010="40", a2011="n.d.")

    [target, _result] = sheet.refused((row, "t2013", "50", "45"), (row, "a2012", "", "48"))

    assert target.fault == CellFault.REASON
    assert sheet.save((row, "t2013", "50", "45")) == {key_of(row, "t2013"): "45"}


def test_without_a_result_nothing_is_asked(sheet):
    row = sheet.row(t2011="90%")

    assert sheet.save((row, "t2011", "90%", "10%")) == {key_of(row, "t2011"): "10%"}


def test_a_reason_has_its_bounds(sheet):
    row = sheet.row(t2011="90%", a2010="90%")

    [verdict] = sheet.refused((row, "t2011", "90%", "85%", "a" * 2001))

    assert (verdict.fault, "2000" in verdict.message.replace(".", "")) == (CellFault.REASON, True)


def test_a_target_that_improves_again_loses_its_reason(sheet):
    row = sheet.row(t2011="85%", a2010="90%")
    row.indicator.targets.update(reason="meno risorse")

    sheet.save((row, "t2011", "85%", "95%"))

    assert row.indicator.targets.get().reason == ""


# How much it costs, and two people at once


@pytest.mark.slow
def test_two_hundred_cells_cost_a_few_statements(sheet):
    rows = [sheet.row(f"N. {n}", t2011="9", t2012="9", a2010="5") for n in range(67)]
    wanted = [
        (row, cell, was, text)
        for row in rows
        for cell, was, text in (("t2011", "9", "10"), ("t2013", "", "11"), ("a2010", "5", "6"))
    ]

    with CaptureQueriesContext(
        connection,
    ) as asked:
        saved = sheet.save(*wanted)

    bulk = ("INSERT INTO", "UPDATE")
    others = [q["sql"] for q in asked.captured_queries if not q["sql"].startswith(bulk)]
    assert len(saved) == 201
    assert len(others) <= 15
    assert len(asked) <= 24


@pytest.mark.parametrize("count", [1, 3])
def test_the_statements_do_not_grow_with_the_cells(sheet, django_assert_num_queries, count):
    rows = [sheet.row(f"N. {n}", t2011="9", a2010="5") for n in range(count)]
    wanted = [(row, "t2011", "9", "10") for row in rows]
    wanted += [(row, "a2010", "5", "6") for row in rows]

    with django_assert_num_queries(15):
        sheet.save(*wanted)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_one_cell_at_once_one_is_told():
    sheet = make_sheet()
    row = sheet.row(t2011="9")
    start, fates = threading.Barrier(2), []

    def save(text: str) -> None:
        try:
            start.wait(10)
            sheet.save((row, "t2011", "9", text))
            fates.append((text, "saved"))
        except CellsRefusedError as refusal:
            [verdict] = refusal.verdicts
            fates.append((verdict.saved, verdict.fault))
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[text]) for text in ("10", "11")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    [kept] = {text for text, _fate in fates}
    assert sorted(fate for _text, fate in fates) == ["conflict", "saved"]
    assert texts_of(row) == {"t2011": kept}
    assert len(acts()) == 1
