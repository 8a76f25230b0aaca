"""Progress and attainment of a project: each rule of table 2.3, and the laws that hold of both."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.values import print_value, read
from strategy.enums import ActivityFault, ActivityState
from strategy.project_progress import (
    Work,
    activity_state,
    attained,
    days_late,
    fault_of_result,
    fault_of_target,
    progress,
    project_attainment,
    project_finished_on,
    proposal,
    rounded,
)

TODAY = datetime.date(2021, 4, 22)


def work(target: str = "100%", result: str = "", **given) -> Work:
    """An activity of the spring of 2021."""
    facts = {
        "weight": Decimal(1),
        "starts_on": datetime.date(2021, 3, 1),
        "ends_on": datetime.date(2021, 5, 31),
        "measured_on": datetime.date(2021, 4, 20) if result else None,
    }
    return Work(target=read(target), result=read(result) if result else None, **facts | given)


@pytest.mark.parametrize(
    ("target", "result", "percent"),
    [
        pytest.param("100", "50", "50", id="figure: C/T"),
        pytest.param("60%", "84%", "140", id="percentages are figures"),
        pytest.param("1.000 €", "250 €", "25", id="euro"),
        pytest.param("≥ 80%", "60%", "75", id="at least"),
        pytest.param("100", "-20", "0", id="floor zero"),
        pytest.param("0", "0", "100", id="target zero, reached"),
        pytest.param("0", "-1", "0", id="target zero, not reached"),
        pytest.param("≤ 40", "30", "125", id="at most: (2T - C)/T"),
        pytest.param("≤ 40", "50", "75", id="at most, beyond"),
        pytest.param("≤ 40", "90", "0", id="at most, floor zero"),
        pytest.param("≤ 0", "0", "100", id="at most zero, kept"),
        pytest.param("≤ 0", "1", "0", id="at most zero, not kept"),
        pytest.param("30.4.2021", "30.4.2021", "100", id="date: the same day is kept"),
        pytest.param("30.4.2021", "29.4.2021", "100", id="date: earlier is not more"),
        pytest.param("30.4.2021", "1.5.2021", "0", id="date: later is zero"),
        pytest.param("entro il 30.4.2021", "80%", "80", id="date: how far before it ends"),
        pytest.param("SI", "SI", "100", id="yes"),
        pytest.param("SI/NO", "NO", "0", id="SI/NO expects a yes"),
        pytest.param("NO", "NO", "100", id="a no expected"),
        pytest.param("da 10 a 20", "15", "100", id="range: inside"),
        pytest.param("da 10 a 20", "20", "100", id="range: its end is inside"),
        pytest.param("da 10 a 20", "5", "50", id="range: below, C/min"),
        pytest.param("da 10 a 20", "25", "75", id="range: above, (2max - C)/max"),
        pytest.param("da 10 a 20", "50", "0", id="range: above, floor zero"),
        pytest.param("da 0 a 20", "-1", "0", id="range: below a minimum of zero"),
        pytest.param("da -5 a 0", "1", "0", id="range: above a maximum of zero"),
    ],
)
def test_what_is_attained_by_kind_of_target(target, result, percent) -> None:
    assert attained(read(target), read(result)) == Decimal(percent)


@pytest.mark.parametrize("printed", ["", "-", "n.d.", "monitoraggio", "verifica"])
def test_a_target_of_an_activity_is_one_that_can_be_measured(printed) -> None:
    assert fault_of_target(read(printed)) == ActivityFault.UNMEASURABLE


@pytest.mark.parametrize("printed", ["12", "30%", "≤ 3", "5 €", "30.6.2021", "SI", "da 1 a 3"])
def test_every_measurable_kind_is_a_target(printed) -> None:
    assert fault_of_target(read(printed)) is None


@pytest.mark.parametrize(
    ("target", "result", "fault"),
    [
        ("100%", "46%", None),
        ("100%", "46% (33 dip.)", None),
        ("100%", "46", ActivityFault.KIND),
        ("100%", "n.d.", ActivityFault.KIND),
        ("100%", "-", ActivityFault.KIND),
        ("100%", "verifica", ActivityFault.KIND),
        ("100%", "≥ 46%", ActivityFault.BOUND),
        ("12", "12", None),
        ("12", "12%", ActivityFault.KIND),
        ("5 €", "5", ActivityFault.KIND),
        ("SI", "NO", None),
        ("SI/NO", "SI/NO", ActivityFault.BOUND),
        ("SI", "100%", ActivityFault.KIND),
        ("da 10% a 20%", "15%", None),
        ("da 10% a 20%", "15", ActivityFault.KIND),
        ("da 10 a 20", "da 11 a 12", ActivityFault.KIND),
        ("30.4.2021", "22.4.2021", None),
        ("30.4.2021", "23.4.2021", ActivityFault.FUTURE),
        ("30.4.2021", "entro il 22.4.2021", ActivityFault.BOUND),
        ("30.4.2021", "80%", None),
        ("30.4.2021", "100%", ActivityFault.WITHOUT_DAY),
        ("30.4.2021", "80", ActivityFault.KIND),
    ],
)
def test_a_result_is_written_as_its_target_is(target, result, fault) -> None:
    assert fault_of_result(read(target), read(result), today=TODAY) == fault


@pytest.mark.parametrize(
    ("activity", "state", "late"),
    [
        (work(starts_on=datetime.date(2021, 5, 1)), ActivityState.TO_COME, 0),
        (work(), ActivityState.UNDER_WAY, 0),
        (work(result="0%", starts_on=datetime.date(2021, 5, 1)), ActivityState.UNDER_WAY, 0),
        (work(ends_on=TODAY), ActivityState.UNDER_WAY, 0),
        (work(result="70%", ends_on=datetime.date(2021, 3, 31)), ActivityState.LATE, 22),
        (work("31.3.2021", "70%"), ActivityState.LATE, 22),
        (work("31.5.2021", ends_on=datetime.date(2021, 3, 31)), ActivityState.UNDER_WAY, 0),
        (work(result="120%"), ActivityState.DONE, 0),
        (work("31.3.2021", "30.3.2021"), ActivityState.DONE, 0),
        (work("31.3.2021", "1.4.2021"), ActivityState.DONE_LATE, 0),
        (work(result="100%", ends_on=datetime.date(2021, 3, 31)), ActivityState.DONE, 0),
    ],
)
def test_where_an_activity_stands_on_a_day(activity, state, late) -> None:
    assert activity_state(activity, today=TODAY) == state
    assert days_late(activity, today=TODAY) == late


def test_the_progress_is_the_mean_by_weight_and_counts_what_was_not_recorded() -> None:
    works = [work(result="100%"), work(result="50%", weight=Decimal("0.5")), work()]

    assert progress(works) == Decimal(50)
    assert progress([work(result="250%"), work(result="0%")]) == Decimal(50)
    assert progress([]) is None


def test_a_third_of_three_is_not_a_third_forgotten() -> None:
    works = [work("3", "1"), work("3", "1"), work("3", "1")]

    assert rounded(progress(works)) == Decimal("33.33")
    assert progress([work("3", "3")] * 3) == Decimal(100)


def test_progress_of_30_on_a_target_of_30_is_an_attainment_of_100() -> None:
    works = [work("100%", "60%"), work("100%")]

    assert progress(works) == Decimal(30)
    assert project_attainment(read("30%"), works) == Decimal(100)
    assert project_attainment(read("100%"), works) == Decimal(30)
    assert project_attainment(read("20%"), works) == Decimal(150)
    assert project_attainment(read("0%"), works) == Decimal(100)


@pytest.mark.parametrize("printed", ["-", "", "monitoraggio", "verifica", "6", "da 1 a 3"])
def test_a_target_that_no_progress_speaks_to_has_no_attainment(printed) -> None:
    assert project_attainment(read(printed), [work(result="100%")]) is None


def test_without_target_or_activities_there_is_no_attainment() -> None:
    assert project_attainment(None, [work(result="100%")]) is None
    assert project_attainment(read("30%"), []) is None


@pytest.mark.parametrize(
    ("target", "results", "attainment"),
    [
        ("31.12.2021", ["100%", ""], None),
        ("31.12.2021", ["100%", "100%"], "100"),
        ("1.4.2021", ["100%", "100%"], "0"),
        ("SI", ["100%", ""], None),
        ("SI", ["100%", "100%"], "100"),
    ],
)
def test_a_day_or_a_yes_is_measured_once_everything_is_finished(
    target, results, attainment
) -> None:
    works = [work(result=result) for result in results]

    found = project_attainment(read(target), works)

    assert found == (None if attainment is None else Decimal(attainment))


@pytest.mark.parametrize(
    ("target", "results", "printed"),
    [
        ("30%", ["60%", ""], "30%"),
        ("100%", ["100%", "65%"], "82,50%"),
        ("100%", ["33,333%"], "33,33%"),
        ("monitoraggio", ["60%", ""], "30%"),
        ("-", ["60%"], "60%"),
        ("31.12.2021", ["100%", "100%"], "20.4.2021"),
        ("31.12.2021", ["100%", "50%"], None),
        ("SI", ["100%"], "SI"),
        ("SI", ["99%"], None),
        ("6", ["100%"], None),
        ("verifica", ["100%"], None),
        ("30%", [], None),
    ],
)
def test_what_the_indicator_would_receive(target, results, printed) -> None:
    value = proposal(read(target), [work(result=result) for result in results])

    assert (print_value(value) if value else None) == printed


def test_without_a_target_the_share_is_proposed() -> None:
    assert print_value(proposal(None, [work(result="12,5%")])) == "12,50%"


def test_the_day_of_the_end_is_that_of_the_last_activity() -> None:
    first = work("30.4.2021", "10.3.2021")
    last = work("100%", "100%", measured_on=datetime.date(2021, 6, 1))

    assert project_finished_on([first, last]) == datetime.date(2021, 6, 1)
    assert project_finished_on([first, work()]) is None
    assert project_finished_on([first, work("30.4.2021", "90%")]) is None
    assert project_finished_on([]) is None


@pytest.mark.parametrize(
    ("value", "shown"), [("30", "30"), ("82.5", "82.50"), ("0.005", "0.01"), ("99.995", "100")]
)
def test_two_decimals_halves_up(value, shown) -> None:
    assert str(rounded(Decimal(value))) == shown


PERCENTAGES = st.integers(0, 20_000).map(lambda cents: print_value_of(Decimal(cents) / 100))
WEIGHTS = st.integers(1, 99_999).map(lambda cents: Decimal(cents) / 100)


def print_value_of(percent: Decimal) -> str:
    return f"{percent}%".replace(".", ",")


WORKS = st.lists(
    st.builds(lambda result, weight: work(result=result, weight=weight), PERCENTAGES, WEIGHTS),
    min_size=1,
    max_size=6,
)


@given(WORKS, st.randoms())
def test_progress_stays_between_its_ends_and_forgets_the_order(works, chance) -> None:
    shuffled = list(works)
    chance.shuffle(shuffled)
    found = progress(works)

    least = min(one.contribution for one in works)
    most = max(one.contribution for one in works)
    hair = Decimal("1e-20")
    assert least - hair <= found <= most + hair
    assert abs(progress(shuffled) - found) < hair


@given(WORKS)
def test_the_target_of_what_was_done_is_attained_whole(works) -> None:
    target = proposal(None, works)
    exact = progress(works)

    found = project_attainment(target, works)

    if target.number == 0:
        assert found == 100
    else:
        assert abs(found - exact * 100 / target.number) < Decimal("1e-20")
