"""A year as the OIV looks at it: objectives, what is missing, what was corrected, the file."""

import json

import pytest
from django.utils.translation import override

from indicators.models import Actual
from strategy.monitoring_enums import MissingPiece, RecordingState
from strategy.oversight_csv import HEADER, oversight_csv
from strategy.oversight_enums import OversightFilter
from strategy.oversight_filters import select_oversight
from strategy.reports.lacks import year_lacks
from strategy.reports.oversight import oversight_report, readable_proofs
from strategy.reports.year import YearReport
from strategy.snapshots import canonical
from strategy.year_data import year_data
from tests import factories


@pytest.fixture(autouse=True)
def _in_the_language_of_the_code():
    with override("en"):
        yield


@pytest.fixture
def found(year):
    """The year under the eyes of the OIV, read as a closing keeps it."""

    def read():
        data = json.loads(canonical(year_data(year.plan, year.year)))
        return oversight_report(year.plan, YearReport(data))

    return read


def on(year, code: str, degree: str | None = None, *, source: str = "", **more):
    """An indicator with its result on an objective of its own."""
    objective = factories.strategic_objective(
        perspective=year.action.objective.perspective, code=code, name=f"Obiettivo {code}"
    )
    year.action = factories.action(objective=objective, name=f"Azione {code}")
    indicator = year.row(code, actual=degree, **more)
    indicator.source = factories.source(name=source) if source else None
    indicator.save()
    return indicator


def sent(year, indicator, **given):
    """A figure of the year that was sent."""
    period = year.plan.periods.first() or factories.monitoring_period(
        plan=year.plan, ends_on=factories.datetime.date(year.year, 12, 31)
    )
    given = {"state": RecordingState.VALIDATED} | given
    return factories.recording(period=period, indicator=indicator, **given)


def codes(objectives) -> list[str]:
    return [one.code for one in objectives]


def test_the_weakest_objectives_come_first_and_the_unmeasured_last(year, found) -> None:
    for code, degree in [("2.1", "100"), ("2.2", "80"), ("2.3", None), ("2.4", "50")]:
        on(year, code, degree)

    selection = select_oversight(found(), {})

    assert codes(selection.objectives) == ["2.4", "2.2", "2.1", "2.3"]
    assert codes(found().weakest) == ["2.4", "2.2"]
    assert codes(select_oversight(found(), {"ordine": "piano"}).objectives) == [
        "2.1",
        "2.2",
        "2.3",
        "2.4",
    ]


def test_at_most_three_are_called_the_weakest(year, found) -> None:
    for code, degree in [("2.1", "10"), ("2.2", "20"), ("2.3", "30"), ("2.4", "40")]:
        on(year, code, degree)

    assert codes(found().weakest) == ["2.1", "2.2", "2.3"]


def test_what_only_the_units_measure_stands_under_its_objective(year, found) -> None:
    year.row("Strategico", actual="100")
    year.row("Operativo", actual="0", strategic=False)
    on(year, "2.1", "0", strategic=False)
    year.row("Da guardare", target="monitoraggio", actual="3")

    first, second = found().objectives

    assert (first.code, [one.line.name for one in first.lines]) == (
        "1.1",
        ["Strategico", "Operativo"],
    )
    assert (first.score.value, first.is_measured, first.outside) == (100, True, 0)
    # Its one strategic row is only watched: it has no degree.
    assert (second.code, second.is_measured, second.outside) == ("2.1", False, 1)
    assert [one.line.name for one in second.lines] == ["2.1"]


def test_an_objective_of_the_units_alone_has_no_score(year, found) -> None:
    on(year, "2.1", "0", strategic=False)

    [objective] = found().objectives

    assert (objective.score, objective.is_measured, objective.heading) == (
        None,
        False,
        "2.1 Obiettivo 2.1",
    )
    assert objective.perspective == "Clienti"
    assert codes(select_oversight(found(), {}).objectives) == ["2.1"]


def test_what_is_missing_is_counted(year, found, planner) -> None:
    proved = on(year, "2.1", "80", source="Registro")
    recording = sent(year, proved, reason="Evento annullato.")
    factories.evidence(recording=recording)
    on(year, "2.2", "80", source="Protocollo")
    on(year, "2.3", None)

    report = found()

    assert report.lacks == {
        MissingPiece.VALUE: 1,
        MissingPiece.REASON: 1,
        MissingPiece.EVIDENCE: 1,
        MissingPiece.SOURCE: 1,
        MissingPiece.POLARITY: 2,
    }
    assert (report.missing_count, report.off_target_count) == (4, 3)
    counted = year_lacks(year.plan, year.year)
    assert (counted.counts, counted.missing_count) == (report.lacks, 4)
    snapshot = canonical(year_data(year.plan, year.year))
    factories.year_closing(plan=year.plan, year=year.year, snapshot=snapshot)
    assert year_lacks(year.plan, year.year) == counted
    assert [one.missing for one in report.lines] == [
        (MissingPiece.POLARITY,),
        (MissingPiece.REASON, MissingPiece.EVIDENCE, MissingPiece.POLARITY),
        (MissingPiece.VALUE, MissingPiece.SOURCE),
    ]
    assert report.objectives[2].lacks == (
        (MissingPiece.VALUE, 1),
        (MissingPiece.SOURCE, 1),
    )
    assert MissingPiece.EVIDENCE.counted == "without evidence"


def test_before_the_end_of_the_year_only_a_date_says_why(year, found) -> None:
    """What is measured in June is not held against the target of December: no reason is asked yet.
    A date, once it came, is late for good."""
    half_way = on(year, "2.1", "40", source="Registro")
    late = on(year, "2.2", "15.5.2012", target="30.4.2012", source="Protocollo")
    june = factories.datetime.date(2012, 6, 30)
    Actual.objects.filter(indicator__in=[half_way, late]).update(measured_on=june)

    report = found()

    first, second = (one.line for one in report.lines)
    assert (first.is_off_target, first.is_under_way, first.lacks_reason) == (True, True, False)
    assert (second.is_off_target, second.is_under_way, second.lacks_reason) == (True, False, True)
    assert report.lacks[MissingPiece.REASON] == 1
    assert year_lacks(year.plan, year.year).counts == report.lacks


@pytest.mark.parametrize("treatment", ["excluded", "zero"])
def test_a_decision_says_why_in_the_place_of_a_result(year, found, planner, treatment) -> None:
    """Where the decision has its reason, nothing more is asked; deviations count alike."""
    said = {"excluded": "Sospeso dalla Giunta.", "zero": ""}
    indicator = on(year, "2.1", None, source="Registro")
    approved = {"decided_by": factories.user(), "decided_at": factories.timezone.now()}
    factories.resolution(
        indicator=indicator,
        plan=year.plan,
        year=year.year,
        treatment=treatment,
        reason=said[treatment],
        **approved,
    )

    report = found()

    [one] = report.lines
    expected = {} if said[treatment] else {MissingPiece.REASON: 1}
    reasons = {piece: n for piece, n in report.lacks.items() if piece is MissingPiece.REASON}
    assert (one.line.decided, reasons) == (said[treatment], expected)
    assert one.line.lacks_reason == bool(expected)
    assert year_lacks(year.plan, year.year).counts == report.lacks
    [row] = oversight_csv(2012, report.objectives).decode("utf-8-sig").splitlines()[1:]
    assert row.split(",")[13:15] == [treatment, said[treatment]]


def test_a_corrected_figure_says_why_and_nobody_validates_his_own(year, found) -> None:
    indicator = on(year, "2.1", "80")
    first = sent(year, indicator, is_current=False)
    second = sent(year, indicator, supersedes=first, correction_reason="Conteggio errato.")
    waiting = on(year, "2.2", "80")
    third = sent(year, waiting, is_current=False)
    sent(year, waiting, state="submitted", supersedes=third, correction_reason="Da vedere.")

    report = found()

    [line, other] = report.lines
    [correction] = line.corrections
    assert (correction.reason, correction.who) == ("Conteggio errato.", str(second.entered_by))
    assert (other.corrections, report.corrected_count, report.self_validated) == ((), 1, 0)


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_until_a_correction_is_sent_the_validated_figure_is_told(year, found, state) -> None:
    indicator = on(year, "2.1", "80")
    first = sent(year, indicator, is_current=False, reason="Evento annullato.")
    proof = factories.evidence(recording=first)
    sent(year, indicator, state=state, supersedes=first, correction_reason="Errore.")

    [line] = found().lines

    assert (line.line.told.reason, [one.pk for one in line.line.proofs]) == (
        "Evento annullato.",
        [proof.pk],
    )
    assert line.missing == (MissingPiece.SOURCE, MissingPiece.POLARITY)
    assert year_lacks(year.plan, year.year).counts == {
        MissingPiece.SOURCE: 1,
        MissingPiece.POLARITY: 1,
    }


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("deboli", ["2.2", "2.1"]),
        ("senza-risultato", ["2.3"]),
        ("senza-motivo", ["2.2", "2.1"]),
        ("senza-evidenza", ["2.2", "2.1"]),
        ("senza-fonte", ["2.2", "2.3"]),
        ("polarita", ["2.2", "2.1"]),
        ("corretti", []),
        ("boh", ["2.2", "2.1", "2.3"]),
    ],
)
def test_the_address_says_what_is_looked_for(year, found, shown, expected) -> None:
    on(year, "2.1", "80", source="Registro")
    on(year, "2.2", "50")
    on(year, "2.3", None)

    selection = select_oversight(found(), {"mostra": shown})

    assert codes(selection.objectives) == expected
    assert selection.opens == (shown in OversightFilter.values)
    assert len(selection.lines) == len(expected)


def test_every_way_of_looking_says_how_much_it_finds(year, found) -> None:
    on(year, "2.1", "80")
    year.row("Altro", actual="100")

    pills = select_oversight(found(), {"mostra": "senza-fonte", "ordine": "piano"}).pills

    assert [(pill.url, pill.count, pill.is_current) for pill in pills] == [
        ("?ordine=piano", 1, False),
        ("?mostra=deboli&ordine=piano", 1, False),
        ("?mostra=senza-risultato&ordine=piano", 0, False),
        ("?mostra=senza-motivo&ordine=piano", 1, False),
        ("?mostra=senza-evidenza&ordine=piano", 2, False),
        ("?mostra=senza-fonte&ordine=piano", 1, True),
        ("?mostra=polarita&ordine=piano", 2, False),
        ("?mostra=corretti&ordine=piano", 0, False),
    ]


def test_a_line_of_the_file_for_each_indicator(year, found) -> None:
    indicator = on(year, "2.1", "80", source="Registro")
    first = sent(year, indicator, is_current=False)
    second = sent(
        year,
        indicator,
        supersedes=first,
        correction_reason="Conteggio errato.",
        reason="Evento annullato.",
        cause="exogenous",
        corrective_action="Nessuna.",
        entered_at=factories.datetime.datetime(2013, 1, 10, 12, tzinfo=factories.datetime.UTC),
    )
    proof = factories.evidence(recording=second)
    on(year, "2.2", None, strategic=False)

    rows = oversight_csv(2012, found().objectives).decode("utf-8-sig").splitlines()

    assert rows[0].split(",") == list(HEADER)
    unit = year.service.unit.name
    assert rows[1:] == [
        f"2012,2.1,Obiettivo 2.1,80.00,2.1,RI,{unit},Registro,100,80,-20,80.00,partly_reached,,"
        f"Evento annullato.,exogenous,Nessuna.,{proof.name},2013-01-10 Conteggio errato.,polarity",
        f"2012,2.2,Obiettivo 2.2,,2.2,RI,{unit},,100,,,,not_measurable,,,,,,,value source",
    ]


def test_what_was_decided_stands_in_the_file(year, found) -> None:
    indicator = on(year, "2.1", None, source="Registro")
    factories.resolution(indicator=indicator, plan=year.plan, year=year.year)

    [row] = oversight_csv(2012, found().objectives).decode("utf-8-sig").splitlines()[1:]

    assert row.split(",")[13] == "zero"


def test_proofs_are_opened_by_who_checks_and_by_who_supplies(year, bergamo) -> None:
    supplier = bergamo.user("responsabile")
    recording = sent(
        year, year.row("A", actual="80"), entered_by=supplier, supplier=year.service.unit
    )
    proof = factories.evidence(recording=recording)
    factories.evidence()

    readers = {
        name: readable_proofs(year.plan, bergamo.user(name))
        for name in ("oiv", "responsabile", "dipendente")
    }

    assert readers == {
        "oiv": {proof.pk},
        "responsabile": {proof.pk},
        "dipendente": frozenset(),
    }
