"""Signing in and out: the form, how many attempts remain after a wrong one, the word of goodbye."""

from __future__ import annotations

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_failure_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from organization.forms import SignInForm


class LoginView(auth_views.LoginView):
    """Sign-in; after a wrong attempt it says how many remain before the lock of django-axes."""

    form_class = SignInForm
    redirect_authenticated_user = True

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(
                form=form,
                attempts_left=attempts_left(self.request, form.cleaned_data.get("username", "")),
            )
        )


def attempts_left(request: HttpRequest, username: str) -> int | None:
    """How many wrong attempts the name has left from this address; none when nothing counts."""
    if not (settings.AXES_ENABLED and username):
        return None
    credentials: dict[str, Any] = {"username": username}
    failures = AxesProxyHandler.get_failures(request, credentials)
    return max(get_failure_limit(request, credentials) - failures, 0)


class LogoutView(auth_views.LogoutView):
    """Sign-out; the page of the sign-in, which follows, says that it is done."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().post(request, *args, **kwargs)
        told = _("You have logged out. On a shared computer, close the browser too.")
        messages.success(request, told)
        return answer


@login_not_required
def admin_login(request: HttpRequest) -> HttpResponse:
    """The administration has no sign-in of its own: the same door, the same lock."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect(
        reverse("login", query={"next": request.GET.get("next", reverse("admin:index"))})
    )
