"""The words and looks of the rows in which figures are entered."""

from __future__ import annotations

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organization.days import written
from strategy.enums import RowNature
from strategy.monitoring_enums import EntryState
from strategy.operations.recording_rows import Outcome
from strategy.reports.recording_page import Page, Row

register = template.Library()


@register.filter
def choices(words: str) -> list[str]:
    """Words as the choices of a field."""
    return words.split()


@register.simple_tag
def row_place(row: Row) -> str:
    """Objective, source and nature of an indicator in one line."""
    nature = RowNature.STRATEGIC if row.line.is_strategic else RowNature.OPERATIONAL
    return " · ".join(filter(None, (row.line.code, row.line.source, str(nature.label))))


@register.simple_tag
def last_label(row: Row) -> str:
    """When the last figure was entered."""
    last = row.line.last
    if last is None:
        return _("Before")
    if last.day is not None:
        return _("At %(day)s") % {"day": written(last.day)}
    return _("In %(year)s") % {"year": last.year}


@register.simple_tag
def entry_label(row: Row) -> str:
    """What is to be written in the field."""
    if row.is_date:
        return _("Concluded on")
    return _("At %(day)s") % {"day": written(row.line.question.ends_on)}


@register.simple_tag
def field_state(row: Row, name: str) -> SafeString | str:
    """What a screen reader is told of a field: that it is wrong, and where it is said."""
    found = row.messages.get(name)
    if found is None:
        return ""
    wrong = ' aria-invalid="true"' if found.is_wrong else ""
    return format_html('{} aria-describedby="m-{}-{}"', SafeString(wrong), name, str(row.pk))


@register.simple_tag
def row_message(row: Row, name: str) -> SafeString:
    """The place of the message of a field; empty while there is nothing to say."""
    found = row.messages.get(name)
    look = "cp-field__error" if found is None or found.is_wrong else "cp-field__missing"
    return format_html(
        '<div class="{}" id="m-{}-{}" data-message="{}"{}>{}</div>',
        look,
        name,
        str(row.pk),
        name,
        "" if found else SafeString(" hidden"),
        linebreaksbr(found.message) if found else "",
    )


@register.simple_tag
def conflict_words(conflict: Outcome) -> str:
    """Who wrote what, and when."""
    saved = conflict.saved
    if saved is None or conflict.when is None:
        return _("The figure is not there any more.")
    moment = timezone.localtime(conflict.when)
    text = saved.value or " / ".join(filter(None, (saved.numerator, saved.denominator)))
    return _("%(who)s, at %(hour)s: “%(text)s”.") % {
        "who": conflict.who,
        "hour": f"{moment.hour}.{moment:%M}",
        "text": text,
    }


@register.simple_tag
def entered_words(row: Row) -> str:
    """Who entered a figure, when, for whom; who sent it, if it was somebody else."""
    recording = row.line.recording
    if recording is None:
        return ""
    day = written(timezone.localtime(recording.entered_at).date())
    words = {"who": recording.entered_by, "day": day, "head": recording.acted_for}
    told = _("Entered by %(who)s on %(day)s.") % words
    if recording.acted_for is not None:
        told = _("Entered by %(who)s for %(head)s on %(day)s.") % words
    if not recording.is_sent_by_another or recording.submitted_at is None:
        return told
    day = written(timezone.localtime(recording.submitted_at).date())
    words = {"who": recording.submitted_by, "day": day, "head": recording.submitted_for}
    sent = _("Sent by %(who)s on %(day)s.") % words
    if recording.submitted_for is not None:
        sent = _("Sent by %(who)s for %(head)s on %(day)s.") % words
    return f"{told} {sent}"


# How far the sheet has come

COUNTED = (
    EntryState.READY,
    EntryState.RETURNED,
    EntryState.WRONG,
    EntryState.INCOMPLETE,
    EntryState.BLANK,
)
BAR = 1000


@register.simple_tag
def recording_bar(page: Page) -> SafeString:
    """How far the sheet has come, drawn; the words stand beside it."""
    looks = {
        "done": page.done,
        "ready": page.ready,
        "wrong": page.wrong,
        "incomplete": page.counts[EntryState.INCOMPLETE],
    }
    parts, left = [], 0
    for look, count in looks.items():
        width = BAR * count // max(page.total, 1)
        parts.append((left, max(width - 3, 0), look))
        left += width
    drawn = format_html_join(
        "", '<rect x="{}" y="0" width="{}" height="8" class="cp-bar-part cp-bar-part--{}"/>', parts
    )
    return format_html(
        '<svg class="cp-progress" viewBox="0 0 {} 8" preserveAspectRatio="none" '
        'aria-hidden="true" focusable="false">'
        '<rect x="0" y="0" width="{}" height="8" class="cp-bar-part"/>{}</svg>',
        str(BAR),
        str(BAR),
        drawn,
    )


@register.simple_tag
def recording_counts(page: Page) -> str:
    """The same in words."""
    returned = page.counts[EntryState.RETURNED]
    words = {
        EntryState.READY: ngettext("%(n)s ready", "%(n)s ready", page.ready),
        EntryState.RETURNED: ngettext("%(n)s returned", "%(n)s returned", returned),
        EntryState.WRONG: ngettext("%(n)s to be corrected", "%(n)s to be corrected", page.wrong),
        EntryState.INCOMPLETE: _("%(n)s to complete"),
        EntryState.BLANK: _("%(n)s to fill in"),
    }
    told = [words[state] % {"n": page.counts[state]} for state in COUNTED if page.counts[state]]
    return f"{', '.join(told)}." if told else _("Everything is sent.")


@register.simple_tag
def recording_ready(page: Page) -> str:
    """What can be sent and what cannot."""
    told = [ngettext("%(n)s ready", "%(n)s ready", page.ready) % {"n": page.ready}]
    if page.wrong:
        words = ngettext("%(n)s to be corrected", "%(n)s to be corrected", page.wrong)
        told.append(words % {"n": page.wrong})
    return ", ".join(told)


@register.simple_tag
def recording_send(page: Page) -> str:
    """The word of the button that sends."""
    if not page.ready:
        return _("Send those that are ready")
    words = ngettext("Send the one that is ready", "Send the %(n)s that are ready", page.ready)
    return words % {"n": page.ready}
