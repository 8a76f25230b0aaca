"""The printed agreement says the nine contents, keeps both standards, carries its data."""

import io
import json

import pypdf
import pytest

from documents.enums import BuildState, PrintStage
from documents.models import Build
from pola.agreement_pdf import agreement_document, agreement_html, build_agreement_pdf
from pola.agreement_text import text_hash
from pola.enums import PriorityKind, VersionState
from pola.tasks import build_agreement_job
from tests import factories
from tests.documents.verapdf import validate
from tests.pola.agreements import SECRETS


@pytest.fixture
def version(desk):
    """In force, of a person with grounds, an exemption and a withdrawal."""
    agreement = factories.agreement(
        person=desk.employee.person,
        counterpart=desk.dirigente.person,
        interest=factories.interest(person=desk.employee.person, state="granted"),
    )
    factories.priority_ground(interest=agreement.interest, kind=PriorityKind.OWN_DISABILITY)
    factories.exemption(agreement=agreement, reserved_reason="lavoratore fragile")
    return factories.agreement_version(agreement=agreement, state=VersionState.IN_FORCE)


def test_says_the_nine_contents_and_both_acceptances(version) -> None:
    document, html = agreement_document(version), agreement_html(version)

    assert [line.is_whole for line in document.text.contents] == [True] * 9
    assert (document.is_draft, document.draft_words, document.act) == (False, "", "")
    assert all(f"{n}. " in html for n in range(1, 10))
    assert str(document.text) == version.text
    assert version.text_sha256 == text_hash(version.text)
    assert f"SHA-256 del testo accettato: <code>{version.text_sha256}" in html
    assert "(art. " not in html.replace("\N{NO-BREAK SPACE}", "&nbsp;").split("</table>")[0]
    assert [word for word in SECRETS if word in html] == []


def test_is_a_draft_until_both_accept(desk) -> None:
    version = factories.agreement_version(state=VersionState.OFFERED)
    document, html = agreement_document(version), agreement_html(version)

    assert document.is_draft
    assert document.draft_words != ""
    assert ("SHA-256 del testo:" in html, "testo accettato" in html) == (True, False)


@pytest.mark.slow
def test_keeps_both_standards_and_carries_its_data(version, tmp_path) -> None:
    file = tmp_path / "accordo.pdf"
    heard: list[PrintStage] = []
    content = build_agreement_pdf(version, on_progress=lambda stage, _page: heard.append(stage))
    file.write_bytes(content)

    [attached] = pypdf.PdfReader(io.BytesIO(content)).attachments["accordo.json"]
    assert list(dict.fromkeys(heard)) == list(PrintStage)
    assert json.loads(attached)["sha256"] == version.text_sha256
    assert validate(file, "3a") == []
    assert validate(file, "ua1") == []


def test_what_changed_in_the_meantime_is_not_built(version) -> None:
    build = Build.objects.create(kind=version.kind, fingerprint="0" * 64)

    build_agreement_job.call(build.pk)

    build.refresh_from_db()
    assert build.state == BuildState.FAILED
    assert build.error != ""
