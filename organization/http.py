"""A request of a person who has signed in."""

from django.http import HttpRequest

from organization.models import User


class AuthenticatedHttpRequest(HttpRequest):
    """What every view receives unless it is marked `login_not_required`."""

    user: User
    # The page under whose entry of the menu this one stands, when its address alone does not say.
    menu_page: str = ""


def typed(request: HttpRequest, name: str) -> str:
    """What was typed in a field that no form reads, without the null characters that forms refuse
    and PostgreSQL cannot hold."""
    return request.POST.get(name, "").replace("\0", "")
