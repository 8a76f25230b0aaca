"""The components of the screen, each with the attributes it declares; any other one is an error."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from documents.file_sizes import file_size
from organization.day_names import in_sentence

register = template.Library()
register.filter(file_size)
register.filter(in_sentence)

#: Tone of a note or of a badge, with the icon that says the same without colour.
TONES = {
    "info": "it-info-circle",
    "ok": "it-check-circle",
    "caution": "it-warning-circle",
    "error": "it-close-circle",
}
#: Badges that state a nature and carry no judgement.
PLAIN_BADGES = {"neutral", "strategic", "operational"}
#: Level of a message of Django -> tone.
MESSAGE_TONES = {"debug": "info", "info": "info", "success": "ok", "warning": "caution"}
ICON_SIZES = {"", "small", "large"}


def _declared(value: str, allowed: Iterable[str], what: str) -> str:
    """Give back a value of a closed list; a stranger is a mistake of the template."""
    choices = sorted(allowed)
    if value not in choices:
        raise template.TemplateSyntaxError(f"{what} {value!r} is not one of {choices}")
    return value


@register.simple_tag
@cache
def asset(path: str) -> str:
    """The address of a file of the frame, asked for once: it does not change while we serve."""
    return static(path)


@register.simple_tag
@cache
def address(name: str) -> str:
    """The address of a page of the frame, likewise."""
    return reverse(name)


@register.simple_tag
@cache
def icon(name: str, size: str = "") -> SafeString:
    """Draw a symbol of the sprite; it only repeats a word, so screen readers skip it."""
    _declared(size, ICON_SIZES, "icon size")
    modifier = f" cp-icon--{size}" if size else ""
    return format_html(
        '<svg class="cp-icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        modifier,
        static("vendor/bootstrap-italia/sprites.svg"),
        name,
    )


@register.inclusion_tag("components/badge.html")
def badge(label: str, tone: str = "neutral", *, with_icon: bool = False) -> dict[str, Any]:
    """Draw a short word in a frame: a state, a nature, a revision."""
    _declared(tone, PLAIN_BADGES | TONES.keys(), "badge tone")
    return {"label": label, "tone": tone, "icon_name": TONES.get(tone, "") if with_icon else ""}


@register.simple_block_tag(end_name="endnote")
def note(content: str, tone: str = "info", *, title: str = "", live: str = "") -> SafeString:
    """Draw a message: what happened, where, how to go on; ``live`` announces it."""
    _declared(tone, TONES, "note tone")
    _declared(live, {"", "status", "alert"}, "note live")
    context = {
        "content": content,
        "tone": tone,
        "title": title,
        "live": live,
        "icon_name": TONES[tone],
    }
    return render_to_string("components/note.html", context)


@register.inclusion_tag("components/note.html")
def message_note(message: Any) -> dict[str, Any]:
    """Draw one message left by the last action."""
    tone = MESSAGE_TONES.get(message.level_tag, "error")
    return {
        "content": message,
        "tone": tone,
        "live": "alert" if tone == "error" else "status",
        "icon_name": TONES[tone],
    }


@register.simple_block_tag(end_name="endempty_state")
def empty_state(content: str, title: str, icon_name: str = "it-note") -> SafeString:
    """Say that there is nothing here, why, and what to do; the body holds text and actions."""
    context = {"content": content, "title": title, "icon_name": icon_name}
    return render_to_string("components/empty.html", context)


@register.simple_block_tag(end_name="endbox")
def box(
    content: str,
    title: str,
    *,
    link_url: str = "",
    link_label: str = "",
    icon_name: str = "",
    flush: bool = False,
) -> SafeString:
    """Frame one subject under its heading; ``flush`` lets a list or a table touch the frame."""
    context = {
        "content": content,
        "title": title,
        "link_url": link_url,
        "link_label": link_label,
        "icon_name": icon_name,
        "flush": flush,
    }
    return render_to_string("components/box.html", context)


@register.simple_tag
def caption(text: str, *, visible: bool = False) -> SafeString:
    """Name a table; unseen when the heading above already says it."""
    return format_html(
        '<caption class="{}">{}</caption>', "" if visible else "visually-hidden", text
    )


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(*labels_and_urls: str) -> dict[str, Any]:
    """Draw the way here: pairs of label and address, then the label of this page alone."""
    if len(labels_and_urls) % 2 == 0:
        raise template.TemplateSyntaxError("breadcrumb: pairs of label and address, then a label")
    *pairs, here = labels_and_urls
    return {"steps": list(zip(pairs[::2], pairs[1::2], strict=True)), "here": here}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any], *, label: str = "") -> dict[str, Any]:
    """Draw the pages of a long list; the filters in the address stay."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    request = context["request"]
    links = [(number, _query_with_page(request.GET, number)) for number in numbers]
    return {
        "page": page,
        "label": label,
        "links": links,
        "previous": _query_with_page(request.GET, page.number - 1),
        "next": _query_with_page(request.GET, page.number + 1),
    }


def _query_with_page(query: Any, number: int | str) -> str:
    """Write the query of the address with another page number; a gap has none."""
    if not isinstance(number, int):
        return ""
    pairs = [(key, value) for key, values in query.lists() for value in values if key != "page"]
    return "?" + urlencode([*pairs, ("page", number)])


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Sequence[Any]) -> dict[str, Any]:
    """Draw a history: entries with ``when``, ``title``, ``text``, ``icon_name``, ``url``."""
    return {"entries": entries}


@register.inclusion_tag("components/tabs.html")
def tabs(entries: Sequence[Any], *, label: str) -> dict[str, Any]:
    """Draw links to sibling pages: entries with ``label``, ``url``, ``is_current``, ``count``."""
    return {"entries": entries, "label": label}


@register.inclusion_tag("components/file_list.html")
def file_list(files: Sequence[Any]) -> dict[str, Any]:
    """Draw what can be downloaded: files with ``url``, ``label``, ``detail``, ``icon_name``."""
    return {"files": files}


@register.inclusion_tag("components/filter_chips.html")
def filter_chips(chips: Sequence[Any], *, clear_url: str = "") -> dict[str, Any]:
    """Draw the filters in force: chips with ``label`` and ``remove_url``, removed one by one."""
    return {"chips": chips, "clear_url": clear_url}


@register.inclusion_tag("components/job_progress.html")
def job_progress(
    label: str, value: int | None = None, *, maximum: int = 100, detail: str = ""
) -> dict[str, Any]:
    """Draw how far a job has come; without a value it only says that it is under way."""
    return {"label": label, "value": value, "maximum": maximum, "detail": detail}


@register.inclusion_tag("components/copy_link.html")
def copy_link(*, label: str = "", text: str = "", small: bool = False) -> dict[str, Any]:
    """Draw the button that copies the address of the page, or ``text`` when given."""
    return {"label": label, "text": text, "small": small}


@register.filter
def minutes(span: timedelta) -> int:
    """Count the whole minutes of a span of time, for a sentence."""
    return int(span.total_seconds() // 60)


@register.filter
def sentence_case(text: str) -> str:
    """Write a heading printed in capitals as a sentence; any other heading stays as it is."""
    return text.capitalize() if text.isupper() else text


@register.filter
def initials(name: str) -> str:
    """Take the first letters of the first and last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
