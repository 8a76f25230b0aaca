"""The files of an edition, of the plan or of a Relazione, as they are given out: read whole,
checked by their hash, never otherwise."""

from __future__ import annotations

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

from strategy.models import Edition, ReportEdition

AN_HOUR = 3600


def pdf_response(
    request: HttpRequest, edition: Edition | ReportEdition, *, name: str, back: str = ""
) -> HttpResponseBase:
    """The adopted PDF, or the page that says that it is damaged and leads back."""
    if not edition.is_pdf_intact():
        return damaged(request, edition, back=back)
    return _file(request, edition.pdf, tag=edition.pdf_sha256, name=name)


def act_response(
    request: HttpRequest, edition: Edition | ReportEdition, *, name: str, back: str = ""
) -> HttpResponseBase:
    """The same for the file of the act; 404 without one."""
    if not edition.act_file:
        raise Http404
    if not edition.is_act_file_intact():
        return damaged(request, edition, back=back)
    return _file(request, edition.act_file, tag=edition.act_file_sha256, name=name)


def minutes_response(
    request: HttpRequest, edition: ReportEdition, *, name: str, back: str = ""
) -> HttpResponseBase:
    """The same for the minutes of the OIV on a Relazione."""
    validation = getattr(edition, "validation", None)
    if validation is None or not validation.minutes:
        raise Http404
    if not validation.are_minutes_intact():
        return damaged(request, edition, back=back)
    return _file(request, validation.minutes, tag=validation.minutes_sha256, name=name)


def _file(request: HttpRequest, file: FieldFile, *, tag: str, name: str) -> HttpResponseBase:
    if unchanged := unchanged_since(request, tag):
        return unchanged
    return FileResponse(
        file.open("rb"),
        content_type="application/pdf",
        as_attachment=True,
        filename=name,
        headers={"ETag": quote_etag(tag)},
    )


def damaged(
    request: HttpRequest, edition: Edition | ReportEdition, *, back: str = ""
) -> HttpResponse:
    """Nothing is served: what is stored is not what was adopted. The way back leads to the public
    page, unless another is given."""
    context = {"edition": edition, "back": back or edition.get_absolute_url()}
    response = render(request, "public/edition_damaged.html", context, status=503)
    patch_cache_control(response, no_store=True)
    return response


def unchanged_since(request: HttpRequest, tag: str) -> HttpResponseBase | None:
    """304 for a reader who already holds the very same bytes."""
    response = get_conditional_response(request, etag=quote_etag(tag))
    if response is not None:
        response.headers["ETag"] = quote_etag(tag)
    return response


def kept(response: HttpResponseBase) -> HttpResponseBase:
    """What is served of an edition may stay in any cache; a damage is said to everybody anew."""
    if response.status_code in (200, 304):
        patch_cache_control(response, public=True, max_age=AN_HOUR)
    return response
