"""Why a target was missed: written by who answers for the figure, until the year is closed."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from organization.models import AuditEvent
from strategy.models import DeviationReason, Recording
from strategy.monitoring_enums import DeviationCause
from strategy.operations import close_year, explain_deviation
from strategy.operations.deviations import seen_of
from strategy.operations.validation import validate_recordings
from strategy.reports.year import YearReport
from strategy.year_data import year_data
from tests import factories

AT = datetime.datetime(2013, 2, 1, 10, tzinfo=datetime.UTC)
TOLD = {"reason": "Evento annullato.", "cause": DeviationCause.EXOGENOUS}


def explain(year, indicator, *, by, **more):
    return explain_deviation(
        year.plan, year.year, indicator=indicator.pk, by=by, at=AT, **TOLD | more
    )


def told(year) -> dict[str, str]:
    lines = YearReport(year_data(year.plan, year.year)).lines
    return {line.name: line.told.reason for line in lines if line.told}


def test_a_reason_is_written_with_its_cause_and_action(year, planner) -> None:
    indicator = year.row("A", actual="80")

    made = explain(year, indicator, by=planner, corrective_action=" Nuovo bando. ")

    assert (made.cause, made.corrective_action) == (DeviationCause.EXOGENOUS, "Nuovo bando.")
    assert (made.written_by, made.written_at) == (planner, AT)
    assert told(year) == {"A": "Evento annullato."}
    event = AuditEvent.objects.about(year.plan).get()
    assert (event.verb, event.note, event.after["indicator"]) == (
        "deviation.explained",
        "Evento annullato.",
        "A",
    )


def test_it_is_changed_by_who_has_read_it_and_the_old_one_stays(year, planner, head) -> None:
    indicator = year.row("A")
    first = explain(year, indicator, by=planner)

    explain(year, indicator, by=head, reason="Fornitore fallito.", seen=seen_of(first))

    assert told(year) == {"A": "Fornitore fallito."}
    reasons = first.history.order_by("history_id").values_list("reason", "history_user__username")
    assert list(reasons) == [
        ("Evento annullato.", "pianificazione"),
        ("Fornitore fallito.", "responsabile"),
    ]


def test_what_somebody_else_wrote_is_not_overwritten_unseen(year, planner, head) -> None:
    indicator = year.row("A", actual="80")
    explain(year, indicator, by=planner)

    with pytest.raises(ValidationError) as refusal:
        explain(year, indicator, by=head, reason="Altro.")

    assert refusal.value.code == "stale"
    assert told(year) == {"A": "Evento annullato."}


def test_the_reason_and_a_known_cause_are_needed(year, planner) -> None:
    indicator = year.row("A", actual="80")

    for wrong in ({"reason": " "}, {"cause": ""}, {"cause": "weather"}):
        with pytest.raises(ValidationError):
            explain(year, indicator, by=planner, **wrong)

    assert told(year) == {}


@pytest.mark.parametrize(
    "given", [{"actual": "100"}, {"actual": "120"}, {"target": "monitoraggio"}]
)
def test_only_what_is_off_target_is_explained(year, planner, given) -> None:
    with pytest.raises(ValidationError) as refusal:
        explain(year, year.row("A", **given), by=planner)

    assert refusal.value.code == "changed"


def test_the_head_explains_what_the_unit_supplies(year, head) -> None:
    explain(year, year.row("Sua"), by=head)

    with pytest.raises(PermissionDenied):
        explain(year, year.row("Altrui", supplier=factories.unit()), by=head)

    assert list(told(year)) == ["Sua"]


@pytest.mark.parametrize("username", ["oiv", "dipendente", "personale", "amministratore"])
def test_the_others_explain_nothing(year, bergamo, username) -> None:
    with pytest.raises(PermissionDenied):
        explain(year, year.row("A"), by=bergamo.user(username))


def test_nothing_is_explained_of_a_closed_year(year, planner, secretary) -> None:
    indicator = year.row("A", actual="80")
    close_year(year.plan, year.year, by=secretary)

    with pytest.raises(ValidationError) as refusal:
        explain(year, indicator, by=planner)

    assert refusal.value.code == "closed_year"


def test_the_database_wants_a_reason_once(db) -> None:
    made = factories.deviation_reason()
    again = {"plan": made.plan, "year": made.year, "indicator": made.indicator}

    with pytest.raises(IntegrityError), transaction.atomic():
        DeviationReason.objects.filter(pk=made.pk).update(reason="")
    with pytest.raises(IntegrityError), transaction.atomic():
        DeviationReason.objects.create(
            reason="Altro.", written_at=AT, written_by=made.written_by, **again
        )


def validated(service, sent) -> None:
    validate_recordings(service.plan, seen={sent.pk: sent.version}, by=service.planner)


def test_what_was_sent_with_the_figure_is_told_unless_something_is_written(service) -> None:
    indicator = service.indicator("N. cose")
    service.enter(
        indicator,
        submit=True,
        value="40",
        forecast="no",
        reason="Mancano persone.",
        corrective_action="Concorso.",
    )
    draft = service.indicator("N. bozze")
    service.enter(draft, value="40", forecast="no", reason="Non ancora.")
    waiting = YearReport(year_data(service.plan, 2024)).lines
    validated(service, Recording.objects.get(indicator=indicator))

    [line, other] = YearReport(year_data(service.plan, 2024)).lines
    assert [one.told for one in waiting] == [None, None]
    assert (line.told.reason, line.told.corrective_action, line.told.cause) == (
        "Mancano persone.",
        "Concorso.",
        None,
    )
    assert (line.told.written_by, other.told) == (str(service.head), None)

    factories.deviation_reason(
        plan=service.plan, year=2024, indicator=indicator, written_by=service.planner
    )
    [line, _other] = YearReport(year_data(service.plan, 2024)).lines
    assert (line.told.reason, line.told.written_by) == ("Evento annullato.", str(service.planner))


def test_the_files_sent_with_a_figure_are_its_evidence(service) -> None:
    sent = service.sent(service.indicator("N. cose"))
    proof = factories.evidence(recording=sent)
    service.indicator("N. altre")
    validated(service, sent)

    lines = YearReport(year_data(service.plan, 2024)).lines

    assert [[(x.pk, x.name) for x in line.proofs] for line in lines] == [
        [(proof.pk, proof.name)],
        [],
    ]
