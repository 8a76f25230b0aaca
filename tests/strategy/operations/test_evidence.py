"""Files that prove a figure: which may be kept, who reads them, when they go."""

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import translation
from PIL import Image

from organization.models import AuditEvent, User
from organization.uploads import EVIDENCE_KINDS, MAX_EVIDENCE_BYTES
from strategy.evidence import clean_name, received
from strategy.models import Evidence, MonitoringPeriod, Recording
from strategy.monitoring_enums import RecordingState
from strategy.operations.evidence import remove_evidence
from strategy.operations.validation import validate_recordings
from tests import factories
from tests.strategy.recording import READY, a_file

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def image(kind: str) -> bytes:
    """A small picture."""
    file = io.BytesIO()
    Image.new("RGB", (4, 3), "teal").save(file, kind)
    return file.getvalue()


PNG, JPEG = image("PNG"), image("JPEG")


def archive(**members: bytes) -> bytes:
    """A ZIP of members; dots and slashes of their names are written as keywords allow."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return file.getvalue()


def office(member: str, **more: bytes) -> bytes:
    return archive(**{"[Content_Types]_DOT_xml": b"<x/>", member: b"<x/>"} | more)


XLSX = office("xl__workbook_DOT_xml")
DOCX = office("word__document_DOT_xml")
ODS = archive(
    mimetype=EVIDENCE_KINDS[".ods"][0].encode(), content_DOT_xml=b"<x/>", styles_DOT_xml=b"<x/>"
)
ODT = archive(mimetype=EVIDENCE_KINDS[".odt"][0].encode(), content_DOT_xml=b"<x/>")


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


# What may be kept


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("verbale.pdf", PDF),
        ("schermo.PNG", PNG),
        ("foto.jpg", JPEG),
        ("foto.jpeg", JPEG),
        ("dati.xlsx", XLSX),
        ("lettera.docx", DOCX),
        ("dati.ods", ODS),
        ("lettera.odt", ODT),
        ("dati.csv", "anno;città\n2024;Bergamo\n".encode("cp1252")),
        ("nota.txt", "Ciò che è stato fatto.".encode()),
    ],
)
def test_files_of_the_office_are_kept_as_they_come(name, content):
    found = received(upload(name, content))

    suffix = "." + name.rpartition(".")[2].lower()
    assert (found.content, found.content_type) == (content, EVIDENCE_KINDS[suffix][0])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("verbale.pdf", PNG, "says that it is PDF and is not"),
        ("schermo.png", PDF, "says that it is PNG and is not"),
        ("foto.jpg", b"GIF89a", "says that it is JPG and is not"),
        ("schermo.png", PNG[:20], "can be read: save it again as PNG or JPEG"),
        ("foto.jpg", JPEG[:4] + bytes(20), "can be read: save it again as PNG or JPEG"),
        ("dati.xlsx", PDF, "says that it is XLSX and is not"),
        ("dati.xlsx", DOCX, "says that it is XLSX and is not"),
        ("dati.xlsx", b"PK\x03\x04 cut", "says that it is XLSX and is not"),
        ("dati.xlsx", archive(readme=b"x"), "says that it is XLSX and is not"),
        ("dati.ods", ODT, "says that it is ODS and is not"),
        ("dati.csv", PNG, "says that it is CSV and is not"),
        ("programma.exe", b"MZ", "Only PDF"),
        ("pagina.html", b"<script>", "Only PDF"),
        ("disegno.svg", b"<svg/>", "Only PDF"),
        ("senza-fine", b"x", "Only PDF"),
        ("nota.txt", b"", "The file is empty."),
        ("verbale.pdf", b"", "The file is empty."),
        ("dati.xlsx", b"", "The file is empty."),
        ("verbale.pdf", b"%PDF-1.7\n/JavaScript\n%%EOF", "scripts"),
        ("verbale.pdf", b"%PDF-1.7\n/Encrypt\n%%EOF", "locked"),
        ("dati.xlsx", office("xl__workbook_DOT_xml", xl__vbaProject_DOT_bin=b"x"), "macros"),
        ("dati.ods", archive(mimetype=b"x", Basic__macro_DOT_xml=b"x"), "macros"),
        ("dati.xlsx", office("xl__workbook_DOT_xml", xl__a_DOT_xml=bytes(9_000_000)), "unpacks"),
    ],
)
def test_a_file_that_lies_or_acts_is_refused(name, content, words):
    with pytest.raises(ValidationError) as refusal:
        received(upload(name, content))

    assert words in " ".join(refusal.value.messages)


def test_a_picture_of_too_many_pixels_says_so(monkeypatch):
    monkeypatch.setattr("documents.pictures.LARGEST_PIXELS", 0)

    with pytest.raises(ValidationError, match="too many"):
        received(upload("schermo.png", PNG))


def test_a_file_too_large_is_refused_by_its_weight():
    large = upload("verbale.pdf", PDF)
    large.size = MAX_EVIDENCE_BYTES + 1

    with pytest.raises(ValidationError) as refusal:
        received(large)

    assert refusal.value.messages == ["The file weighs 11 MB: at most 10."]


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("verbale 12-5.pdf", "verbale 12-5.pdf"),
        ("C:\\Documenti\\dati.xlsx", "dati.xlsx"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ('a"b<c>\n.csv', "a b c  .csv"),
        ("è" * 200 + ".PDF", "è" * 116 + ".pdf"),
        ("", "file"),
    ],
)
def test_the_name_is_safe_to_save_under(name, clean):
    assert clean_name(name) == clean


# Who reads it


@pytest.mark.parametrize(
    ("username", "draft", "sent"),
    [
        ("responsabile", True, True),
        ("dirigente", True, True),
        ("pianificazione", False, True),
        ("segretario", True, True),
        ("oiv", False, True),
        ("amministratore", False, True),
        ("dipendente", False, False),
        ("personale", False, False),
    ],
)
def test_a_proof_is_read_with_its_figure(service, bergamo, username, draft, sent):
    indicator = service.indicator()
    service.enter(indicator, **READY, files=(a_file(),))
    user = bergamo.user(username)

    found = [Evidence.objects.visible_to(user).exists()]
    service.enter(indicator, **READY, submit=True)
    found.append(Evidence.objects.visible_to(user).exists())

    assert found == [draft, sent]
    assert Recording.objects.visible_to(user).exists() == sent


def test_a_stranger_reads_none(service):
    factories.evidence()
    stranger = type("Stranger", (), {"is_authenticated": False})()

    assert not Evidence.objects.visible_to(stranger).exists()


def test_what_nobody_supplies_is_read_by_planning_while_it_is_a_draft(service, bergamo):
    factories.recording(period=service.period)

    seen = [
        name
        for name in ("pianificazione", "segretario", "responsabile")
        if Recording.objects.visible_to(bergamo.user(name)).exists()
    ]

    assert seen == ["pianificazione"]


def test_who_entered_a_figure_reads_it_also_when_it_is_no_longer_his(service):
    made = factories.recording(period=service.period)

    assert list(Recording.objects.visible_to(made.entered_by)) == [made]


# Taken away


def kept(service) -> Evidence:
    service.enter(service.indicator(), **READY, files=(a_file(),))
    return Evidence.objects.get()


def test_a_proof_is_taken_away_while_the_figure_is_written(
    service, media, django_capture_on_commit_callbacks
):
    proof = kept(service)
    path = media / proof.file.name

    with django_capture_on_commit_callbacks(execute=True):
        remove_evidence(proof, by=service.head)

    assert (Evidence.objects.count(), path.exists()) == (0, False)
    event = AuditEvent.objects.get(verb="evidence.removed")
    assert (event.target_label, event.actor_label) == ("prova.txt", str(service.head))


def test_one_taken_away_meanwhile_is_told(service):
    proof = kept(service)
    read = Evidence.objects.get(pk=proof.pk)
    remove_evidence(proof, by=service.head)

    with pytest.raises(ValidationError) as refusal:
        remove_evidence(read, by=service.head)

    assert refusal.value.code == "gone"
    assert AuditEvent.objects.filter(verb="evidence.removed").count() == 1


def test_with_a_sent_figure_it_stays(service):
    proof = kept(service)
    Recording.objects.update(
        state=RecordingState.SUBMITTED,
        submitted_by=service.head,
        submitted_at=proof.uploaded_at,
    )

    with pytest.raises(ValidationError) as refusal:
        remove_evidence(proof, by=service.head)

    assert (refusal.value.code, Evidence.objects.count()) == ("state", 1)


def test_in_a_closed_period_it_stays(service):
    proof = kept(service)
    MonitoringPeriod.objects.update(is_locked=True)

    with pytest.raises(ValidationError) as refusal:
        remove_evidence(proof, by=service.head)

    assert (refusal.value.code, Evidence.objects.count()) == ("closed", 1)


def test_who_does_not_supply_the_figure_takes_nothing_away(service):
    proof = kept(service)

    with pytest.raises(PermissionDenied):
        remove_evidence(proof, by=User.objects.get(username="pianificazione"))

    assert Evidence.objects.count() == 1


def test_one_file_is_kept_once_for_a_figure(db):
    proof = factories.evidence()
    proof.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        proof.save(force_insert=True)


# Corrected


@pytest.fixture
def proved(service) -> Recording:
    """A validated figure with two proofs."""
    sent = service.sent(service.indicator(), files=(a_file(), a_file("altra.txt", b"altra")))
    validate_recordings(service.plan, seen={sent.pk: sent.version}, by=service.planner)
    return Recording.objects.get()


def names(recording: Recording) -> list[str]:
    return list(recording.evidence.values_list("name", flat=True))


def corrected(service, proved: Recording, **given) -> Recording:
    typed = {"value": "41", "forecast": "yes", "correction": "Contati due volte."} | given
    service.enter(proved.indicator, **typed)
    return Recording.objects.current().get()


def test_the_proofs_go_along_with_a_correction(service, proved):
    new = corrected(service, proved, submit=True)

    assert new.supersedes == proved
    assert names(new) == names(proved) == ["prova.txt", "altra.txt"]
    told = [list(one.evidence.values_list("file", "sha256")) for one in (proved, new)]
    assert told[0] == told[1]


def test_the_same_file_beside_a_correction_is_kept_once(service, proved):
    new = corrected(service, proved, files=(a_file("ancora.txt"), a_file("nuova.txt", b"nuova")))

    assert names(new) == ["prova.txt", "altra.txt", "nuova.txt"]


def test_a_correction_may_change_the_proofs_alone(service, proved):
    new = corrected(service, proved, value="40", files=(a_file("nuova.txt", b"nuova"),))

    assert (new.supersedes, new.printed) == (proved, "40")
    assert names(new) == ["prova.txt", "altra.txt", "nuova.txt"]


def test_a_proof_taken_away_from_a_correction_stays_with_the_validated_figure(
    service, proved, media, django_capture_on_commit_callbacks
):
    new = corrected(service, proved)
    gone = new.evidence.get(name="prova.txt")

    with django_capture_on_commit_callbacks(execute=True):
        remove_evidence(gone, by=service.head)

    assert (names(new), names(proved)) == (["altra.txt"], ["prova.txt", "altra.txt"])
    assert (media / gone.file.name).read_bytes() == b"prova"


def test_the_proof_of_a_figure_under_correction_is_taken_from_the_correction(service, proved):
    new = corrected(service, proved)

    remove_evidence(proved.evidence.get(name="prova.txt"), by=service.head)

    assert (names(new), names(proved)) == (["altra.txt"], ["prova.txt", "altra.txt"])


def test_a_correction_that_fails_leaves_the_files_of_the_figure(
    service, proved, media, monkeypatch
):
    def fail(*_arguments, **_named):
        raise IntegrityError

    monkeypatch.setattr("strategy.operations.recording._record", fail)
    with pytest.raises(IntegrityError), transaction.atomic():
        corrected(service, proved)

    assert [(media / one.file.name).exists() for one in proved.evidence.all()] == [True, True]
