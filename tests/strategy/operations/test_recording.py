"""Figures typed, kept as drafts, sent: each row for itself, nothing overwritten unseen."""

import datetime
import threading
import time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from indicators.enums import Availability, TargetKind
from organization.models import AuditEvent, Delegation, Unit, User
from strategy.entries import Answer
from strategy.enums import PlanState
from strategy.models import Evidence, MonitoringPeriod, Plan, Recording
from strategy.monitoring_enums import EntryFault, EntryState, RecordingState
from strategy.operations.evidence import remove_evidence
from strategy.operations.periods import lock_periods
from strategy.operations.recording import save_recordings, take_back
from strategy.operations.recording_rows import RecordingChange
from strategy.operations.validation import validate_recordings
from strategy.reports.recording import load_sheet, token_of
from tests import factories
from tests.races import together
from tests.strategy.recording import (
    AT,
    READY,
    TODAY,
    a_file,
    digest,
    make_service,
)


def acts(*verbs: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(verb__in=verbs).order_by("pk"))


def current(indicator) -> Recording:
    return Recording.objects.current().get(indicator=indicator)


# Drafts


def test_a_draft_keeps_the_figure_its_words_and_who_typed_it(service):
    indicator = service.indicator()

    outcome = service.enter(indicator, **READY, note="Dato provvisorio.")

    kept = current(indicator)
    assert (outcome.state, outcome.is_sent, outcome.token) == (
        EntryState.READY,
        False,
        token_of(kept),
    )
    assert (kept.printed, kept.number, kept.kind) == ("40", 40, TargetKind.NUMBER)
    assert (kept.state, kept.forecast, kept.note) == ("draft", "yes", "Dato provvisorio.")
    assert (kept.entered_by, kept.entered_at, kept.acted_for) == (service.head, AT, None)
    assert (kept.supplier, kept.period, kept.version) == (service.unit, service.period, 1)
    record = kept.history.get()
    assert (record.history_user, record.history_date) == (service.head, AT)
    assert acts("figures.sent") == []


def test_a_draft_keeps_what_cannot_be_read_yet(service):
    indicator = service.indicator(target="30.6.2024")

    outcome = service.enter(indicator, value="giugno")

    kept = current(indicator)
    assert outcome.state == EntryState.WRONG
    assert (kept.printed, kept.availability, kept.day) == ("giugno", Availability.NOT_FILLED, None)
    assert kept.answer == Answer(value="giugno")


def test_a_draft_of_a_ratio_keeps_the_two_counts_as_typed(service):
    indicator = service.indicator(
        target="60%", numerator="evase", denominator="totali", is_share=True
    )

    service.enter(indicator, numerator="12.480", denominator="13.902", forecast="yes")
    ready = current(indicator)
    service.enter(indicator, numerator="14.000", denominator="13.902", forecast="yes")
    wrong = current(indicator)

    assert (ready.printed, ready.numerator_value, ready.denominator_value) == (
        "89,77%",
        12480,
        13902,
    )
    assert (wrong.printed, wrong.numerator, wrong.numerator_value) == ("", "14.000", None)
    assert wrong.version == 2


def test_a_row_that_nobody_touched_writes_nothing(service):
    indicator = service.indicator()
    service.enter(indicator, **READY)

    outcome = service.enter(indicator, **READY)

    assert (outcome.state, current(indicator).version) == (EntryState.READY, 1)
    assert Recording.history.filter(indicator=indicator).count() == 1


def test_a_blank_row_stays_without_figure(service):
    indicator = service.indicator()

    outcome = service.enter(indicator)

    assert (outcome.state, Recording.objects.count()) == (EntryState.BLANK, 0)


def test_texts_that_do_not_fit_are_told_and_not_kept(service):
    indicator = service.indicator()

    outcome = service.enter(indicator, **READY, note="a" * 2001)

    assert [(one.field, one.kind) for one in outcome.faults] == [("note", EntryFault.LENGTH)]
    assert (outcome.is_kept, Recording.objects.count()) == (False, 0)


# Sent


def test_ready_figures_are_sent_and_the_others_stay(service):
    ready, wrong, blank = (service.indicator(name) for name in ("N. corsi", "Spesa", "Altro"))

    outcomes = service.save(
        service.change(ready, submit=True, **READY),
        service.change(wrong, submit=True, value="novanta", forecast="yes"),
        service.change(blank, submit=True),
    )

    assert [(one.state, one.is_sent) for one in outcomes] == [
        (EntryState.SUBMITTED, True),
        (EntryState.WRONG, False),
        (EntryState.BLANK, False),
    ]
    sent = current(ready)
    assert (sent.state, sent.submitted_by, sent.submitted_at) == ("submitted", service.head, AT)
    assert current(wrong).state == RecordingState.DRAFT
    [act] = acts("figures.sent")
    assert (act.target_label, act.after, act.note) == (
        str(service.period),
        {"N. corsi": "40"},
        "",
    )


def test_a_date_not_reached_is_sent_without_a_day(service):
    indicator = service.indicator(target="31.12.2024")

    service.enter(indicator, forecast="yes", submit=True)

    assert (current(indicator).state, current(indicator).printed) == ("submitted", "")


def test_what_was_sent_is_not_changed(service):
    indicator = service.indicator()
    service.sent(indicator)

    same = service.enter(indicator, **READY)
    other = service.enter(indicator, value="50", forecast="yes")

    assert (same.state, same.faults) == (EntryState.SUBMITTED, ())
    assert ([one.kind for one in other.faults], other.is_kept) == ([EntryFault.SENT], False)
    assert current(indicator).printed == "40"


def test_what_was_sent_is_taken_back_until_planning_looks_at_it(service):
    indicator = service.indicator("N. corsi")
    sent = service.sent(indicator)

    taken = take_back(sent, by=service.head, at=AT)

    assert (taken.state, taken.version) == ("draft", 2)
    assert acts("figures.taken_back")[0].after == {"N. corsi": "40"}
    with pytest.raises(ValidationError) as refusal:
        take_back(sent, by=service.head)
    assert refusal.value.code == "state"


def test_a_returned_figure_is_corrected_and_sent_again(service):
    indicator = service.indicator()
    returned = factories.recording(
        period=service.period,
        indicator=indicator,
        supplier=service.unit,
        state=RecordingState.RETURNED,
    )

    outcome = service.enter(indicator, value="41", forecast="yes", submit=True)

    kept = current(indicator)
    assert (kept.pk, outcome.is_sent, kept.state, kept.return_reason) == (
        returned.pk,
        True,
        "submitted",
        "",
    )
    assert kept.entered_by == service.head


@pytest.fixture
def returned(service) -> Recording:
    """A figure that planning sent back, as nobody has touched it since."""
    return factories.recording(
        period=service.period,
        indicator=service.indicator("N. corsi"),
        supplier=service.unit,
        printed="40",
        forecast="yes",
        state=RecordingState.RETURNED,
        return_reason="Manca la fonte.",
    )


def test_a_returned_figure_that_nobody_touched_does_not_go_with_the_others(service, returned):
    other = service.indicator("N. fiere")

    outcomes = service.save(
        service.change(returned.indicator, submit=True, **READY),
        service.change(other, submit=True, **READY),
    )

    kept = current(returned.indicator)
    assert [(one.state, one.is_sent, one.is_held) for one in outcomes] == [
        (EntryState.RETURNED, False, True),
        (EntryState.SUBMITTED, True, False),
    ]
    assert (kept.state, kept.version, kept.return_reason) == ("returned", 1, "Manca la fonte.")


@pytest.mark.parametrize(
    "more",
    [{"is_alone": True}, {"value": "41"}, {"note": "Fonte: Infocamere."}, {"files": (a_file(),)}],
)
def test_a_returned_figure_goes_alone_or_once_something_in_it_changed(
    service, returned, media, more
):
    outcome = service.enter(returned.indicator, submit=True, **READY | more)

    assert (outcome.is_sent, outcome.is_held) == (True, False)
    assert current(returned.indicator).state == "submitted"


def test_a_returned_figure_changed_in_a_draft_is_ready(service, returned):
    before = service.line(returned.indicator).state(TODAY)
    drafted = service.enter(returned.indicator, **READY | {"note": "Fonte: Infocamere."})
    after = service.line(returned.indicator)

    assert (before, drafted.state) == (EntryState.RETURNED, EntryState.READY)
    assert (after.state(TODAY), after.is_returned) == (EntryState.READY, True)


def test_a_returned_figure_that_cannot_be_sent_says_why(service, returned):
    Recording.objects.update(forecast="")

    outcome = service.enter(returned.indicator, value="40", submit=True)

    assert (outcome.state, outcome.is_held) == (EntryState.INCOMPLETE, False)
    assert service.line(returned.indicator).state(TODAY) == EntryState.INCOMPLETE


def test_a_returned_figure_is_a_draft_once_a_proof_of_it_is_taken_away(service, returned, media):
    proof = factories.evidence(recording=returned)

    remove_evidence(proof, by=service.head)

    kept = current(returned.indicator)
    assert (kept.state, kept.version) == ("draft", 2)
    assert kept.history.first().history_user == service.head
    assert service.line(returned.indicator).state(TODAY) == EntryState.READY


# Corrections of what was validated


@pytest.fixture
def validated(service) -> Recording:
    return factories.recording(
        period=service.period,
        indicator=service.indicator("N. corsi"),
        supplier=service.unit,
        forecast="yes",
        state=RecordingState.VALIDATED,
    )


def test_a_validated_figure_is_corrected_by_a_new_one_with_a_reason(service, validated):
    outcome = service.enter(
        validated.indicator,
        value="98",
        forecast="yes",
        correction=" Contate due volte. ",
        submit=True,
    )

    validated.refresh_from_db()
    new = current(validated.indicator)
    assert (validated.state, validated.printed, validated.is_current) == ("validated", "100", False)
    assert (new.supersedes, new.printed, new.state) == (validated, "98", "submitted")
    assert (new.correction_reason, outcome.token) == ("Contate due volte.", token_of(new))
    [act] = acts("figures.corrected", "figures.sent")
    assert (act.verb, act.after, act.note) == (
        "figures.corrected",
        {"N. corsi": "98"},
        "Contate due volte.",
    )


def test_without_a_reason_it_stays(service, validated):
    outcome = service.enter(validated.indicator, value="98", forecast="yes", correction=" ")

    assert [(one.field, one.kind) for one in outcome.faults] == [
        ("correction", EntryFault.CORRECTION)
    ]
    assert Recording.objects.current().get() == validated


def test_without_a_reason_it_is_told_what_else_is_wrong(service, validated):
    outcome = service.enter(validated.indicator, value="dieci", forecast="yes", correction="")

    assert [(one.field, one.kind) for one in outcome.faults] == [
        ("correction", EntryFault.CORRECTION),
        ("value", EntryFault.NOTATION),
    ]


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"value": "100", "forecast": "yes", "correction": "Perché."}, [EntryFault.SAME]),
        ({"value": "100", "forecast": "yes", "correction": ""}, []),
        (
            {"value": "100", "forecast": "yes", "correction": "", "submit": True},
            [EntryFault.CORRECTION],
        ),
        ({"value": "100", "forecast": "yes", "submit": True}, []),
        ({"value": "98", "forecast": "yes"}, [EntryFault.SENT]),
        ({"value": "98", "note": "a" * 2001, "correction": "Perché."}, [EntryFault.LENGTH]),
    ],
    ids=[
        "nothing to correct",
        "not begun",
        "not begun, sent",
        "sent again as it is",
        "no correction meant",
        "too long",
    ],
)
def test_what_is_no_correction_changes_nothing(service, validated, typed, faults):
    outcome = service.enter(validated.indicator, **typed)

    assert [one.kind for one in outcome.faults] == faults
    assert Recording.objects.current().get() == validated


def test_a_correction_that_corrects_nothing_is_not_sent(service, validated):
    indicator = validated.indicator
    service.enter(indicator, value="98", forecast="yes", correction="Contate due volte.")

    same = service.enter(indicator, value="100", forecast="yes", submit=True)
    other = service.enter(indicator, value="99", forecast="yes", submit=True)

    assert [one.kind for one in same.faults] == [EntryFault.SAME]
    assert (same.is_sent, same.state, other.is_sent) == (False, EntryState.INCOMPLETE, True)


def test_a_correction_of_the_proofs_alone_is_sent(service, validated):
    indicator = validated.indicator
    service.enter(indicator, value="98", forecast="yes", correction="Mancava il verbale.")
    service.enter(indicator, value="100", forecast="yes", files=(a_file(),))

    outcome = service.enter(indicator, value="100", forecast="yes", submit=True)

    assert (outcome.is_sent, outcome.faults) == (True, ())


# Two people on one row


def test_a_row_that_somebody_else_changed_is_told_and_stays(service):
    indicator = service.indicator()
    read = token_of(None)
    other = factories.user(person=factories.person(first_name="Livia", last_name="Campione"))
    factories.delegation(
        unit=service.unit,
        delegate=other.person,
        starts_on=TODAY,
        ends_on=TODAY,
    )
    service.enter(indicator, by=other, value="41", forecast="yes")

    mine = service.enter(indicator, seen=read, **READY)

    assert ([one.kind for one in mine.faults], mine.is_kept) == ([EntryFault.CONFLICT], False)
    assert (mine.saved, mine.who, mine.when) == (
        Answer(value="41", forecast="yes"),
        "Livia Campione",
        AT,
    )
    assert mine.judgement.answer == Answer(**READY)
    assert current(indicator).printed == "41"


def test_a_row_taken_away_meanwhile_is_a_conflict_with_nobody(service):
    indicator = service.indicator()

    outcome = service.enter(indicator, seen="77.1.000000000000", **READY)

    assert (outcome.saved, outcome.who, Recording.objects.count()) == (Answer(), "", 0)


def test_the_same_text_from_two_people_is_no_conflict(service):
    indicator = service.indicator()
    read = token_of(None)
    service.enter(indicator, **READY)

    outcome = service.enter(indicator, seen=read, **READY)

    assert (outcome.state, outcome.faults) == (EntryState.READY, ())


def test_a_row_not_touched_does_not_overwrite_what_came_meanwhile(service):
    indicator = service.indicator()
    read = token_of(None)
    service.enter(indicator, **READY)

    outcome = service.enter(indicator, seen=read)

    assert (outcome.state, current(indicator).printed) == (EntryState.READY, "40")


def test_nobody_sends_what_he_has_not_seen(service):
    indicator = service.indicator()
    service.enter(indicator, **READY)
    read = token_of(current(indicator))
    service.enter(indicator, value="41", forecast="yes")

    outcome = service.enter(indicator, seen=read, submit=True, **READY)

    assert [one.kind for one in outcome.faults] == [EntryFault.CONFLICT]
    assert current(indicator).state == RecordingState.DRAFT


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_one_row_at_once_one_is_told(settings):
    settings.DEMO_DATE = TODAY
    service = make_service()
    indicator = service.indicator()
    start, fates = threading.Barrier(2), []

    def save(value: str) -> None:
        try:
            start.wait(10)
            by = User.objects.get(pk=service.head.pk)
            outcome = service.enter(
                indicator, seen=token_of(None), by=by, value=value, forecast="yes"
            )
            fates.append((outcome.saved.value if outcome.saved else value, outcome.state))
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[value]) for value in ("10", "11")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    [kept] = {value for value, _state in fates}
    assert sorted(state for _value, state in fates) == [EntryState.READY, EntryState.WRONG]
    assert (current(indicator).printed, Recording.objects.count()) == (kept, 1)


@pytest.mark.django_db(transaction=True)
def test_a_period_closed_while_figures_are_sent_takes_all_of_them_or_none(settings):
    settings.DEMO_DATE = TODAY
    service = make_service()
    indicators = [service.indicator(f"N. {number}") for number in range(5)]
    start, fates = threading.Barrier(2), []

    def run(act) -> None:
        try:
            start.wait(10)
            act()
            fates.append("done")
        except ValidationError as refusal:
            fates.append(refusal.code)
        finally:
            connection.close()

    def send() -> None:
        by = User.objects.get(pk=service.head.pk)
        service.save(*(service.change(one, submit=True, **READY) for one in indicators), by=by)

    def close() -> None:
        lock_periods([service.period], by=User.objects.get(pk=service.planner.pk))

    threads = [threading.Thread(target=run, args=[act]) for act in (send, close)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    sent = Recording.objects.filter(state=RecordingState.SUBMITTED).count()
    assert MonitoringPeriod.objects.get(pk=service.period.pk).is_locked
    assert (sorted(fates), sent) in ((["done", "done"], 5), (["closed", "done"], 0))


@pytest.mark.django_db(transaction=True)
def test_a_save_and_a_validation_of_the_same_figures_wait_for_each_other(settings):
    """The figure of September was entered before that of June, which somebody is reading: each of
    the two asks for both."""
    settings.DEMO_DATE = TODAY
    service = make_service()
    indicator, june = service.indicator(), service.period
    september = factories.monitoring_period(
        plan=service.plan, ends_on=datetime.date(2024, 9, 30), opens_on=datetime.date(2024, 7, 1)
    )
    by = {"entered_by": service.head, "supplier": service.unit}
    first, second = (
        factories.recording(period=one, indicator=indicator, state=RecordingState.SUBMITTED, **by)
        for one in (september, june)
    )
    service.period = september
    held, released = threading.Event(), threading.Event()

    def read() -> None:
        with transaction.atomic():
            Recording.objects.select_for_update().get(pk=second.pk)
            held.set()
            released.wait(10)

    def save() -> None:
        held.wait(10)
        changed = service.change(indicator, seen=token_of(first), value="41", forecast="yes")
        service.save(changed, by=User.objects.get(pk=service.head.pk))

    def validate() -> None:
        held.wait(10)
        time.sleep(0.5)  # the save waits by now
        threading.Timer(0.5, released.set).start()
        validate_recordings(
            service.plan,
            seen={first.pk: 1, second.pk: 1},
            by=User.objects.get(pk=service.planner.pk),
        )

    assert together(read, save, validate) == ["done", "done", "done"]
    assert set(Recording.objects.values_list("state", flat=True)) == {RecordingState.VALIDATED}


# Refused as a whole


@pytest.mark.parametrize(
    ("on", "locked", "words"),
    [
        ("2024-06-29", False, "from 30.6.2024"),
        ("2024-07-16", False, "closed since 16.7.2024"),
        ("2024-07-10", True, "closed since 10.7.2024"),
    ],
    ids=["not open yet", "over", "locked by planning"],
)
def test_outside_its_days_a_period_takes_nothing(service, settings, on, locked, words):
    indicator = service.indicator()
    MonitoringPeriod.objects.filter(pk=service.period.pk).update(is_locked=locked)
    settings.DEMO_DATE = datetime.date.fromisoformat(on)

    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        service.enter(indicator, **READY)

    assert (refusal.value.code, words in refusal.value.message) == ("closed", True)
    assert Recording.objects.count() == 0


def test_a_plan_that_is_closed_takes_nothing(service):
    indicator = service.indicator()
    Plan.objects.filter(pk=service.plan.pk).update(state=PlanState.CLOSED)

    with pytest.raises(ValidationError) as refusal:
        service.enter(indicator, **READY)

    assert refusal.value.code == "closed"


def test_a_figure_for_a_future_year_is_refused(service):
    indicator = service.indicator()
    future = factories.monitoring_period(plan=service.plan, ends_on=datetime.date(2025, 6, 30))

    with pytest.raises(ValidationError) as refusal:
        save_recordings(future, changes=[service.change(indicator, **READY)], by=service.head)

    assert (refusal.value.code, Recording.objects.count()) == ("closed", 0)


def test_a_figure_of_another_unit_refuses_the_whole_save(service):
    own = service.indicator()
    other = service.indicator(supplier=Unit.objects.get(slug="risorse-umane"))

    with pytest.raises(PermissionDenied):
        service.save(service.change(own, **READY), service.change(other, **READY))

    assert Recording.objects.count() == 0


@pytest.mark.parametrize("username", ["dipendente", "oiv", "pianificazione", "personale"])
def test_who_does_not_supply_it_enters_nothing(service, bergamo, username):
    indicator = service.indicator()

    with pytest.raises(PermissionDenied):
        service.enter(indicator, by=bergamo.user(username), **READY)

    assert Recording.objects.count() == 0


def test_what_is_not_asked_is_not_entered(service):
    indicator = service.indicator(target="-")

    with pytest.raises(PermissionDenied):
        service.enter(indicator, **READY)

    assert Recording.objects.count() == 0


def test_what_nobody_supplies_is_planning_s(service):
    indicator = factories.indicator()
    factories.target(indicator=indicator, cycle=2024)
    strategic = factories.dashboard(plan=service.plan, kind="strategic", slug="strategico")
    factories.dashboard_row(dashboard=strategic, indicator=indicator)

    service.enter(indicator, by=service.planner, **READY)

    assert (current(indicator).supplier, current(indicator).acted_for) == (None, None)
    with pytest.raises(PermissionDenied):
        service.enter(indicator, value="41")


# For whom


@pytest.fixture
def substitute(service) -> User:
    return User.objects.get(username="dipendente")


@pytest.fixture
def stand_in(service, substitute) -> User:
    """The substitute, who stands in for the head today."""
    factories.delegation(
        unit=service.unit,
        head=service.head.person,
        delegate=substitute.person,
        starts_on=TODAY,
        ends_on=TODAY,
    )
    return User.objects.get(pk=substitute.pk)


def test_a_substitute_enters_for_the_head(service, stand_in):
    indicator = service.indicator("N. corsi")

    service.enter(indicator, by=stand_in, submit=True, **READY)

    kept = current(indicator)
    assert (kept.entered_by, kept.acted_for) == (stand_in, service.head.person)
    assert (kept.is_sent_by_another, kept.submitted_for) == (False, service.head.person)
    assert acts("figures.sent")[0].note == f"per {service.head.person}"


def test_a_draft_of_a_substitute_that_the_head_sends_says_who_entered_it_for_whom(
    service, stand_in
):
    indicator = service.indicator("N. corsi")
    service.enter(indicator, by=stand_in, **READY)

    service.enter(indicator, submit=True, **READY)

    kept = current(indicator)
    assert (kept.entered_by, kept.submitted_by) == (stand_in, service.head)
    assert (kept.acted_for, kept.submitted_for) == (service.head.person, None)
    assert acts("figures.sent")[0].note == ""


def test_a_draft_of_the_head_that_a_substitute_sends_says_who_sent_it_for_whom(service, stand_in):
    indicator = service.indicator("N. corsi")
    service.enter(indicator, **READY)

    service.enter(indicator, by=stand_in, submit=True, **READY)

    kept = current(indicator)
    assert (kept.entered_by, kept.acted_for) == (service.head, None)
    assert (kept.submitted_by, kept.submitted_for) == (stand_in, service.head.person)
    assert kept.is_sent_by_another


def test_after_the_last_day_a_substitute_is_told_so(service, substitute):
    indicator = service.indicator()
    yesterday = TODAY - datetime.timedelta(days=1)
    factories.delegation(
        unit=service.unit,
        head=service.head.person,
        delegate=substitute.person,
        starts_on=yesterday,
        ends_on=yesterday,
    )

    with (
        translation.override("en"),
        pytest.raises(PermissionDenied, match=rf"{service.head.person} until 4\.7\.2024"),
    ):
        service.enter(indicator, by=substitute, **READY)

    assert (Recording.objects.count(), Delegation.objects.count()) == (0, 1)


def test_who_stands_above_enters_for_the_head_below(service):
    indicator = service.indicator()
    dirigente = User.objects.get(username="dirigente")

    service.enter(indicator, by=dirigente, **READY)

    kept = current(indicator)
    assert (kept.entered_by, kept.acted_for) == (dirigente, service.head.person)


def test_the_head_of_a_service_enters_for_its_offices_too(service):
    indicator = service.indicator(supplier=Unit.objects.get(slug="ufficio-aqi"))

    service.enter(indicator, **READY)

    assert (current(indicator).supplier.slug, current(indicator).acted_for) == ("ufficio-aqi", None)


# Proofs


def test_files_are_kept_with_the_figure(service, media):
    indicator = service.indicator()

    service.enter(indicator, **READY, files=(a_file(), a_file("altra.txt", b"altra")))

    proofs = list(current(indicator).evidence.all())
    assert [(proof.name, proof.size, proof.sha256) for proof in proofs] == [
        ("prova.txt", 5, digest(b"prova")),
        ("altra.txt", 5, digest(b"altra")),
    ]
    assert proofs[0].uploaded_by == service.head
    assert (media / proofs[0].file.name).read_bytes() == b"prova"
    assert "prova" not in proofs[0].file.name
    assert len(acts("evidence.added")) == 2


def test_a_file_comes_with_a_row_that_is_still_blank(service):
    indicator = service.indicator()

    service.enter(indicator, files=(a_file(),))

    assert (current(indicator).printed, current(indicator).evidence.count()) == ("", 1)


def test_the_same_file_twice_is_one(service):
    indicator = service.indicator()
    service.enter(indicator, **READY, files=(a_file(), a_file("copia.txt")))

    service.enter(indicator, **READY, files=(a_file("ancora.txt"),))

    assert [proof.name for proof in Evidence.objects.all()] == ["prova.txt"]


def test_more_files_than_allowed_are_told(service):
    indicator = service.indicator()
    files = tuple(a_file(f"{number}.txt", str(number).encode()) for number in range(11))

    outcome = service.enter(indicator, **READY, files=files)

    assert [(one.field, one.kind) for one in outcome.faults] == [("files", EntryFault.FILES)]
    assert (Recording.objects.count(), Evidence.objects.count()) == (0, 0)


def test_a_refused_file_keeps_the_figure_from_being_sent(service):
    indicator = service.indicator()

    outcome = service.enter(indicator, **READY, submit=True, refused_files=("Troppo grande.",))

    assert [(one.field, one.message) for one in outcome.faults] == [("files", "Troppo grande.")]
    assert (outcome.state, current(indicator).state) == (EntryState.WRONG, RecordingState.DRAFT)


def test_a_refused_file_beside_a_figure_that_stands_is_told(service):
    indicator = service.indicator()
    service.enter(indicator, **READY)

    outcome = service.enter(indicator, **READY, refused_files=("Troppo grande.",))

    assert (outcome.state, current(indicator).version) == (EntryState.WRONG, 1)


def test_a_save_that_fails_leaves_no_file_behind(service, media, monkeypatch):
    indicator = service.indicator()

    def fail(*_arguments, **_named):
        raise IntegrityError

    monkeypatch.setattr("strategy.operations.evidence.audit.record", fail)
    with pytest.raises(IntegrityError), transaction.atomic():
        service.enter(indicator, **READY, files=(a_file(),))

    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert Recording.objects.count() == 0


# What it costs


@pytest.mark.slow
def test_fifty_rows_cost_at_most_twelve_statements_beside_the_bulk_writes(service):
    indicators = [service.indicator(f"N. {number}") for number in range(50)]
    for indicator in indicators[:20]:
        service.enter(indicator, **READY)
    by = User.objects.get(pk=service.head.pk)
    changes = [service.change(one, value="41", forecast="yes", submit=True) for one in indicators]

    with CaptureQueriesContext(connection) as asked:
        outcomes = service.save(*changes, by=by)

    tables = ("strategy_recording", "strategy_historicalrecording")
    bulk = [q for q in asked.captured_queries if q["sql"].startswith(("INSERT", "UPDATE"))]
    bulk = [q for q in bulk if any(f'"{table}"' in q["sql"][:60] for table in tables)]
    assert sum(one.is_sent for one in outcomes) == 50
    assert len(asked) - len(bulk) <= 12
    assert len(bulk) <= 8


@pytest.mark.parametrize("count", [1, 3])
def test_the_statements_do_not_grow_with_the_rows(service, django_assert_num_queries, count):
    indicators = [service.indicator(f"N. {number}") for number in range(count)]
    by = User.objects.get(pk=service.head.pk)
    changes = [service.change(one, submit=True, **READY) for one in indicators]

    with django_assert_num_queries(12):
        service.save(*changes, by=by)


# What the database refuses


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"state": "submitted"}, "sent_by_somebody"),
        ({"kind": "number"}, "typed_columns_match_kind"),
        ({"numerator_value": 1}, "numerator_and_denominator_together"),
    ],
)
def test_the_database_refuses(service, changed, constraint):
    made = factories.recording(period=service.period, printed="")

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Recording.objects.filter(pk=made.pk).update(**changed)


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"reviewed_by": None}, "reviewed_by_somebody"),
        ({"return_reason": ""}, "returned_with_a_reason"),
        ({"state": "validated", "reviewed_by": "self"}, "not_validated_by_who_entered_it"),
        ({"supersedes": "self"}, "corrected_with_a_reason"),
    ],
)
def test_the_database_refuses_a_review_that_is_none(service, changed, constraint):
    made = factories.recording(period=service.period, state=RecordingState.RETURNED)
    selves = {"reviewed_by": made.entered_by, "supersedes": made}
    given = {name: selves[name] if value == "self" else value for name, value in changed.items()}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Recording.objects.filter(pk=made.pk).update(**given)


def test_an_indicator_has_one_current_figure_in_a_period(service):
    made = factories.recording(period=service.period)

    with pytest.raises(IntegrityError), transaction.atomic():
        Recording.objects.create(
            period=made.period,
            indicator=made.indicator,
            entered_at=AT,
            entered_by=made.entered_by,
        )

    assert Recording.objects.filter(period=service.period).count() == 1


def test_what_is_sent_can_be_read(service):
    made = factories.recording(period=service.period, state=RecordingState.SUBMITTED)
    made.printed = "giugno"

    with pytest.raises(ValidationError):
        made.full_clean()


def test_a_change_knows_whether_it_is_wanted():
    blank = token_of(None)

    def wanted(**given) -> bool:
        return RecordingChange(
            **{"indicator_id": 1, "answer": Answer(), "seen": blank} | given
        ).is_wanted

    assert [
        wanted(),
        wanted(answer=Answer(value="1")),
        wanted(submit=True),
        wanted(correction=""),
        wanted(files=(a_file(),)),
        wanted(refused_files=("No.",)),
    ] == [False, True, True, True, True, True]


def test_the_sheet_of_a_head_is_read_in_as_many_statements_as_ever(
    service, django_assert_num_queries
):
    for number in range(3):
        service.enter(service.indicator(f"N. {number}"), **READY)

    with django_assert_num_queries(5):
        load_sheet(service.plan, service.period, units={service.unit.pk})
