"""What happens to the text of a section: written, finished, brought back, opened by two at once.

A section of the plan or of a Relazione: each behind the door of its document. Saves of one person
within ten minutes are one version, so that the history can be read, unless the document was
adopted or approved between them. Every save counts the version
up: who holds an older one is refused, and nothing is overwritten.
"""

from __future__ import annotations

import datetime
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.rich_text import clean_html
from organization import audit
from organization.models import User
from strategy.models import ReportSection, Section, SectionPresence
from strategy.operations.editing import locked_for_edit
from strategy.operations.history import save_without_history, sign
from strategy.operations.performance_reports import locked_report
from strategy.report_enums import ReportAct
from strategy.word_differences import text_lines

ONE_VERSION = datetime.timedelta(minutes=10)
Text = TypeVar("Text", bound=Section | ReportSection)
# Why the history keeps a version: a text was written, or an older one brought back.
WRITTEN = "written"
RESTORED = "restored"


@transaction.atomic
def write_section(
    section: Text,
    *,
    body: str,
    version: int,
    by: User | None,
    apart: bool = False,
    at: datetime.datetime | None = None,
) -> Text:
    """Keep the text of a section, cleaned; the same text again changes nothing.

    Refuses (code `stale`) a `version` that is not the present one: somebody has saved meanwhile.
    With `apart` it never joins the version before, which stays in the history as it was.
    """
    at = at or timezone.now()
    locked = _locked(section, by=by)
    _refuse_older(locked, version)
    text = written_text(body)
    if text == locked.body:
        return locked
    before = locked.version
    _take(locked, text, by=by, at=at)
    if not apart and _joins_version(locked, by=by, at=at):
        return locked
    _save(locked, reason=WRITTEN, by=by, at=at)
    audit.record(
        "section.written",
        target=locked,
        by=by,
        at=at,
        before={"version": before},
        after={"version": locked.version},
    )
    return locked


@transaction.atomic
def restore_section(
    section: Text,
    *,
    record: Any,
    version: int,
    by: User | None,
    at: datetime.datetime | None = None,
) -> Text:
    """Bring back the text that a record of the history holds, as a new version.

    Refuses a `version` that is not the present one, and a text that is already there.
    """
    at = at or timezone.now()
    locked = _locked(section, by=by)
    _refuse_older(locked, version)
    text = written_text(record.body)
    if text == locked.body:
        raise ValidationError(_("The section already has this text."), code="same")
    before = locked.version
    _take(locked, text, by=by, at=at)
    _save(locked, reason=RESTORED, by=by, at=at)
    audit.record(
        "section.restored",
        target=locked,
        by=by,
        at=at,
        before={"version": before},
        after={"version": locked.version, "restored": record.version},
    )
    return locked


@transaction.atomic
def mark_section(
    section: Text, *, is_done: bool, by: User | None, at: datetime.datetime | None = None
) -> Text:
    """Mark a section as done, or take the mark away; refuses to mark one that has nothing in it.

    A chapter that only opens its parts has nothing to write and may be done."""
    at = at or timezone.now()
    locked = _locked(section, by=by)
    if locked.is_done == is_done:
        return locked
    if is_done and is_empty(locked):
        raise ValidationError(
            _("The section is empty: write its text or place a block first."), code="empty"
        )
    locked.is_done = is_done
    locked.full_clean()
    _save(locked, reason="", by=by, at=at)
    verb = "section.done" if is_done else "section.reopened"
    audit.record(verb, target=locked, by=by, at=at, after={"done": is_done})
    return locked


def note_presence(section: Section, *, by: User, at: datetime.datetime | None = None) -> None:
    """Note that a person has the section open for writing; nothing of the plan changes."""
    at = at or timezone.now()
    SectionPresence.objects.gone(at).filter(section=section).delete()
    SectionPresence.objects.update_or_create(
        section=section, user=by, defaults={"seen_at": at}, create_defaults={"seen_at": at}
    )


def end_presence(section: Section, *, by: User) -> None:
    """Note that the person has closed the section."""
    SectionPresence.objects.filter(section=section, user=by).delete()


def written_text(body: str) -> str:
    """A text as it is kept: only what is allowed; marks around nothing are no text."""
    clean = clean_html(body).strip()
    return clean if text_lines(clean) else ""


def is_empty(section: Section | ReportSection) -> bool:
    """Neither text nor blocks nor parts; of a Relazione, without the text it needs."""
    if isinstance(section, ReportSection):
        return section.is_required and not section.body
    return not (section.body or section.blocks.exists() or section.children.exists())


def _locked(section: Text, *, by: User | None) -> Text:
    """The section as it is now, its document locked by whoever may write in it."""
    sections: Any = type(section)._default_manager.select_for_update(of=("self",))
    if isinstance(section, ReportSection):
        report = locked_report(ReportAct.WRITE, section.report, by=by)
        found: Any = sections.get(pk=section.pk)
        found.report = report
        return cast(Text, found)
    locked_for_edit(section.plan, by=by)
    kept: Text = sections.select_related("plan").get(pk=section.pk)
    return kept


def _refuse_older(section: Text, version: int) -> None:
    if section.version != version:
        raise ValidationError(
            _("The text was changed while you were writing: nothing was overwritten."),
            code="stale",
        )


def _take(section: Text, text: str, *, by: User | None, at: datetime.datetime) -> None:
    """The new text with its version, hour and author; refuses one that is too long."""
    longest = Section._meta.get_field("body").max_length or 0
    if len(text) > longest:
        raise ValidationError(
            {
                "body": _("The text is %(many)s characters long: at most %(most)s.")
                % {"many": len(text), "most": longest}
            }
        )
    section.body = text
    section.version += 1
    section.edited_at = at
    section.edited_by_label = str(by) if by else ""
    section.full_clean()


def _joins_version(section: Text, *, by: User | None, at: datetime.datetime) -> bool:
    """Save into the version that the same person began less than ten minutes ago, if it is the
    newest thing that happened to the section."""
    newest = section.history.first()
    if (
        by is None
        or newest is None
        or newest.history_change_reason != WRITTEN
        or newest.history_user_id != by.pk
        or not at - ONE_VERSION < newest.history_date <= at
        or _was_settled_since(section, newest.history_date)
    ):
        return False
    save_without_history(section)
    for name in ("body", "version", "edited_at", "edited_by_label"):
        setattr(newest, name, getattr(section, name))
    newest.save()
    return True


def _was_settled_since(section: Section | ReportSection, at: datetime.datetime) -> bool:
    """The document was adopted or approved since: what it said then stays in the history."""
    if isinstance(section, ReportSection):
        return section.report.editions.filter(approved_at__gte=at).exists()
    return section.plan.editions.filter(adopted_at__gte=at).exists()


def _save(section: Text, *, reason: str, by: User | None, at: datetime.datetime) -> None:
    sign(section, by=by, at=at, reason=reason)
    section.save()
