"""The text of an agreement as PDF/A-3a and PDF/UA-1, with its contents inside as JSON.

It is built by a job, like the plan. Nothing reserved enters it: grounds, exemptions and reasons are
not read here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from documents.data_file import DataFile
from documents.fingerprints import fingerprint
from documents.pdf import ProgressListener, whole_pdf
from organization.models import Institution
from pola.agreement_text import LANGUAGE, AgreementText
from pola.models import AgreementVersion
from pola.reports.agreements import Acceptance, acceptances
from pola.reports.texts import text_of
from strategy.plan_pdf import looks


@dataclass(frozen=True)
class AgreementDocument:
    """An agreement ready for its template."""

    version: AgreementVersion
    institution: Institution | None
    text: AgreementText
    acceptances: tuple[Acceptance, ...]

    @property
    def name(self) -> str:
        """What the foot of each page calls it."""
        return _("Individual agreement of agile work, %(person)s") % {
            "person": self.version.agreement.person
        }

    @property
    def revision(self) -> str:
        """Which text it is, as the foot of each page says it."""
        return _("text no. %(number)s") % {"number": self.version.number}

    @property
    def is_draft(self) -> bool:
        """Not accepted by both: BOZZA stands on every page."""
        return not all(one.is_given for one in self.acceptances)

    @property
    def draft_words(self) -> str:
        """What stands on every page until both sides accepted."""
        return _("DRAFT – not accepted by both") if self.is_draft else ""

    @property
    def act(self) -> str:
        """No act: both sides accept."""
        return ""

    @property
    def modified(self) -> str:
        """When it was last accepted, offered or written."""
        version = self.version
        moments = (
            version.employee_accepted_at,
            version.employer_accepted_at,
            version.offered_at,
            version.written_at,
        )
        return max(moment for moment in moments if moment is not None).isoformat()


def agreement_document(version: AgreementVersion) -> AgreementDocument:
    """What the printed agreement says, in the language at hand."""
    return AgreementDocument(
        version=version,
        institution=Institution.objects.first(),
        text=text_of(version),
        acceptances=acceptances(version, person_id=None),
    )


def agreement_html(version: AgreementVersion) -> str:
    """The agreement as a page of HTML, always in Italian."""
    with translation.override(LANGUAGE):
        return render_to_string("print/agreement.html", {"document": agreement_document(version)})


def build_agreement_pdf(
    version: AgreementVersion, *, on_progress: ProgressListener | None = None
) -> bytes:
    """The agreement as a file, its contents inside."""
    return whole_pdf(
        lambda: (agreement_html(version), [_data_file(version)]), on_progress=on_progress
    )


def _data_file(version: AgreementVersion) -> DataFile:
    data = {
        "number": version.number,
        "sha256": version.text_sha256,
        "text": version.text,
        "terms": version.terms,
    }
    return DataFile(
        name="accordo.json",
        content=json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode(),
        mime_type="application/json",
        description=f"Contenuti dell'accordo, testo n. {version.number}",
    )


def agreement_fingerprint(version: AgreementVersion) -> str:
    """What makes two PDFs of an agreement the same: what it says, acceptances, looks."""
    accepted = [
        str(moment or "") for moment in (version.employee_accepted_at, version.employer_accepted_at)
    ]
    terms = json.dumps(version.terms, sort_keys=True)
    return fingerprint(version.kind, str(text_of(version)), terms, *accepted, looks())
