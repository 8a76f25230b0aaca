"""How HTML becomes a PDF to archive (PDF/A-3a), to read aloud (PDF/UA-1), with its data inside.

The same HTML, styles, data and date give the same bytes, so a document can be proved by its hash.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path

import pydyf
from django.utils.translation import gettext as _
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.logger import PROGRESS_LOGGER
from weasyprint.text.fonts import FontConfiguration

from documents.data_file import DataFile
from documents.enums import PrintStage
from documents.links import without_dead_links
from documents.resources import (
    ORIGIN,
    ProjectFetcher,
    ResourceMissingError,
    static_path,
    static_url,
)

# The engine writes either mark, not both: the second one is added to its metadata, with the
# schema by which PDF/A wants every foreign property described (ISO 19005-3, 6.6.2.3).
PDF_UA_MARK = b"""<rdf:Description rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the PDF/UA standard the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""

# Messages of the engine's progress log, in the words of its source.
STAGES = {
    "Step 1": PrintStage.READING,
    "Step 5": PrintStage.LAYOUT,
    "Step 6": PrintStage.DRAWING,
    "Step 7": PrintStage.WRITING,
}

ProgressListener = Callable[[PrintStage, int], None]
Content = tuple[str, Sequence[DataFile]]  # a page of HTML, and the data that travel with it


class PrintError(Exception):
    """The document cannot be printed as it stands; the message says what is missing."""


@dataclass(frozen=True)
class _Sheet:
    """A parsed style sheet and the fonts it declares; fonts work only with their own sheet."""

    stamp: tuple[int, int]
    css: CSS
    fonts: FontConfiguration


_sheets: dict[Path, _Sheet] = {}
# Pango's font maps are not made for two threads at once: one document at a time per process.
_engine = threading.RLock()


def whole_pdf(read: Callable[[], Content], *, on_progress: ProgressListener | None = None) -> bytes:
    """The PDF/A-3a and PDF/UA-1 of what is read, looked at before it is given out; `on_progress`
    hears of the reading, which takes long, and of every stage after it."""
    tell = on_progress or _silent
    tell(PrintStage.READING, 0)
    html, files = read()
    pdf = render_pdf(html, attachments=files, on_progress=tell)
    tell(PrintStage.CHECKING, 0)
    check_pdf(pdf, files)
    return pdf


def _silent(_stage: PrintStage, _page: int) -> None:
    """Nobody listens."""


def check_pdf(content: bytes, files: Sequence[DataFile] = ()) -> None:
    """Refuse a file that is cut short or that lost its data on the way.

    Whether it keeps both standards is validated by the test suite.
    """
    if not (content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")):
        raise PrintError(_("The PDF is not complete."))
    if content.count(b"/EmbeddedFile") < len(files):
        raise PrintError(_("The PDF does not hold all its data files."))


def render_pdf(
    html: str,
    *,
    stylesheet: str | Path = "css/print.css",
    attachments: Sequence[DataFile] = (),
    archive: bool = True,
    modified_at: datetime | None = None,
    on_progress: ProgressListener | None = None,
) -> bytes:
    """The PDF of a page of HTML; `archive` asks for PDF/A-3a beside PDF/UA-1.

    The date of the document is `modified_at`, else the `dcterms.modified` of the HTML, else
    now. `on_progress` hears the stage and, while pages are laid out, the page it is at.
    """
    with _engine, _heard_by(on_progress):
        try:
            sheet = _parsed(static_path(stylesheet) if isinstance(stylesheet, str) else stylesheet)
            page = HTML(
                string=without_dead_links(html), base_url=ORIGIN, url_fetcher=ProjectFetcher()
            )
            document = page.render(
                stylesheets=[sheet.css], font_config=sheet.fonts, pdf_variant=_variant(archive)
            )
        except ResourceMissingError as error:
            raise PrintError(str(error)) from error
        moment = _date_document(document, modified_at)
        document.metadata.attachments = [
            _attachment(file, moment) for file in sorted(attachments, key=lambda file: file.name)
        ]
        if archive:
            _add_ua_mark(document)
        pdf: bytes = document.write_pdf(
            pdf_variant=_variant(archive), pdf_identifier=True, finisher=_finish
        )
        return pdf


def _variant(archive: bool) -> str:
    return "pdf/a-3a" if archive else "pdf/ua-1"


def _parsed(path: Path) -> _Sheet:
    """The sheet parsed once per process, again only when the file has changed."""
    status = path.stat()
    stamp = (status.st_mtime_ns, status.st_size)
    kept = _sheets.get(path)
    if kept is None or kept.stamp != stamp:
        fonts = FontConfiguration()
        css = CSS(
            string=path.read_text("utf-8"),
            base_url=static_url(f"css/{path.name}"),
            url_fetcher=ProjectFetcher(),
            font_config=fonts,
        )
        kept = _sheets[path] = _Sheet(stamp=stamp, css=css, fonts=fonts)
    return kept


def _date_document(document: Document, modified_at: datetime | None) -> datetime:
    """Set the dates of the document and return the one its data files take."""
    metadata = document.metadata
    if modified_at is None:
        stated = metadata.modified or metadata.created
        modified_at = datetime.fromisoformat(stated) if stated else datetime.now(UTC)
    if modified_at.tzinfo is None:
        modified_at = modified_at.replace(tzinfo=UTC)
    moment = modified_at.astimezone(UTC).replace(microsecond=0)
    metadata.created = metadata.modified = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment


class _DataAttachment(Attachment):
    """An attachment that states its own kind of file instead of guessing it from the name."""

    def __init__(self, file: DataFile, moment: datetime) -> None:
        super().__init__(
            string=file.content,
            name=file.name,
            description=file.description,
            created=moment,
            modified=moment,
            relationship="Data",
        )
        self.source = _source(file)


@contextmanager
def _source(file: DataFile) -> Iterator[tuple[BytesIO, None, None, str]]:
    yield BytesIO(file.content), None, None, file.mime_type


def _attachment(file: DataFile, moment: datetime) -> Attachment:
    return _DataAttachment(file, moment)


def _add_ua_mark(document: Document) -> None:
    metadata = document.metadata
    metadata.generate_rdf_metadata = partial(_rdf_with_ua_mark, metadata.generate_rdf_metadata)


def _rdf_with_ua_mark(generate: Callable[..., bytes], *arguments: object) -> bytes:
    return generate(*arguments).replace(b"</rdf:RDF>", PDF_UA_MARK + b"</rdf:RDF>")


def _finish(document: Document, pdf: pydyf.PDF) -> None:
    """List each data file once among the associated files; the engine lists it twice."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


class _ProgressHandler(logging.Handler):
    """Turns the engine's progress log of this thread into calls of the listener."""

    def __init__(self, listener: ProgressListener) -> None:
        super().__init__(logging.INFO)
        self.listener = listener
        self.thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        stage = STAGES.get(message[:6])
        if stage is None or record.thread != self.thread:
            return
        page = message.rpartition(" ")[2]
        self.listener(stage, int(page) if page.isdecimal() else 0)


@contextmanager
def _heard_by(listener: ProgressListener | None) -> Iterator[None]:
    if listener is None:
        yield
        return
    handler = _ProgressHandler(listener)
    level = PROGRESS_LOGGER.level
    PROGRESS_LOGGER.addHandler(handler)
    PROGRESS_LOGGER.setLevel(logging.INFO)
    try:
        yield
    finally:
        PROGRESS_LOGGER.removeHandler(handler)
        PROGRESS_LOGGER.setLevel(level)
