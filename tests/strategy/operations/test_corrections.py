"""The correction of a validated figure is given up while it is written."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organization.models import AuditEvent
from strategy.models import Evidence, MonitoringPeriod, Recording
from strategy.operations.corrections import discard_correction
from strategy.operations.validation import return_recording, validate_recordings
from strategy.reports.recording import token_of
from tests import factories
from tests.strategy.recording import AT, READY, a_file

WHY = "Contate due volte."


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def validated(service, media) -> Recording:
    """A figure with its proof, validated by planning."""
    sent = service.sent(service.indicator("N. corsi"), files=(a_file("prima.txt", b"prima"),))
    validate_recordings(service.plan, seen={sent.pk: sent.version}, by=service.planner)
    return Recording.objects.get(pk=sent.pk)


def corrected(service, validated, **given) -> Recording:
    """Its correction, with a proof of its own beside the one it took over."""
    typed = {"value": "41", "forecast": "yes", "files": (a_file("seconda.txt", b"seconda"),)}
    service.enter(validated.indicator, correction=WHY, **typed | given)
    return Recording.objects.get(supersedes=validated)


def discard(correction: Recording, by, **given) -> Recording:
    return discard_correction(correction, by=by, at=AT, **{"seen": token_of(correction)} | given)


def files(folder) -> list[bytes]:
    return sorted(path.read_bytes() for path in folder.rglob("*.txt"))


def test_the_validated_figure_stands_again_with_its_proofs(
    service, validated, media, django_capture_on_commit_callbacks
):
    correction = corrected(service, validated)

    with django_capture_on_commit_callbacks(execute=True):
        discard(correction, service.head)

    assert list(Recording.objects.current()) == [validated]
    assert [proof.name for proof in Evidence.objects.all()] == ["prima.txt"]
    assert files(media) == [b"prima"]
    service.enter(validated.indicator, **READY | {"value": "42"}, correction="Altro motivo.")
    assert Recording.objects.current().get().printed == "42"


def test_the_register_and_the_history_keep_what_was_discarded(service, validated):
    correction = corrected(service, validated)

    discard(correction, service.head)

    [act] = AuditEvent.objects.filter(verb="figures.correction_discarded")
    assert (act.before, act.after, act.note) == ({"N. corsi": "41"}, {"N. corsi": "40"}, WHY)
    last = Recording.history.filter(id=correction.pk).first()
    assert (last.history_type, last.history_user, last.printed) == ("-", service.head, "41")


def test_a_correction_that_planning_returned_is_discarded_too(service, validated):
    correction = corrected(service, validated, submit=True)
    returned = return_recording(
        service.plan, pk=correction.pk, version=correction.version, reason="No.", by=service.planner
    )

    discard(returned, service.head)

    assert list(Recording.objects.current()) == [validated]


def test_what_is_no_correction_in_writing_stays(service, validated):
    sent = corrected(service, validated, submit=True)
    plain = factories.recording(period=service.period, supplier=service.unit)

    for one in (sent, validated, plain):
        with pytest.raises(ValidationError) as refusal:
            discard(one, service.head)
        assert refusal.value.code == "state"


def test_what_somebody_wrote_meanwhile_is_not_discarded_unseen(service, validated):
    correction = corrected(service, validated)
    service.enter(validated.indicator, value="39", forecast="yes")

    with pytest.raises(ValidationError) as refusal:
        discard(correction, service.head)

    assert (refusal.value.code, Recording.objects.current().get().printed) == ("stale", "39")


def test_only_who_enters_the_figures_of_the_unit_discards(service, validated, bergamo):
    correction = corrected(service, validated)

    with pytest.raises(PermissionDenied):
        discard(correction, bergamo.user("oiv"))


def test_nothing_is_discarded_once_the_period_is_over(service, validated):
    correction = corrected(service, validated)
    closed = MonitoringPeriod.objects.filter(pk=service.period.pk)
    closed.update(closes_on=service.period.ends_on + datetime.timedelta(days=1))

    with pytest.raises(ValidationError) as refusal:
        discard(correction, service.head)

    assert refusal.value.code == "closed"
