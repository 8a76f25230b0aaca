"""What every request passes through before its view."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers


def chosen_language(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Italian unless the person chose another language at the foot of a page.

    The language of the browser is not asked: the plan is an Italian act, and a page must read the
    same to two people who share its address.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response

    return answer


def private_pages(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """What only a signed-in person reads stays in no cache, neither on the way nor on the machine.

    A response that says itself how long it may be kept (the files of an edition) is left alone, and
    so are the public pages as a stranger reads them.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if "Cache-Control" not in response.headers and _is_private(request):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return answer


def _is_private(request: HttpRequest) -> bool:
    """The page asks to be signed in, or was drawn for somebody who is."""
    view = getattr(request.resolver_match, "func", None)
    if view is None or getattr(view, "login_required", True):
        return True
    return hasattr(request, "user") and request.user.is_authenticated
