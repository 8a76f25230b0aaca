"""The organization's pages in Chromium: nothing in the console, nothing that axe-core finds."""

import pytest

from organization.models import User
from tests.browser import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = [
    "/organizzazione/",
    "/organizzazione/personale/?day=2020-12-31",
    "/organizzazione/registro-imprese/",
    "/persone/",
    "/persone/6/",
    "/registro/",
    "/password/",
]


@pytest.mark.parametrize("size", ["page", "phone"])
def test_pages_are_accessible_and_fit_the_screen(live_server, sign_in, request, size):
    tab = request.getfixturevalue(size)
    sign_in(tab, User.objects.get(username="amministratore"))

    for address in PAGES:
        tab.goto(live_server.url + address)
        assert_accessible(tab)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_person_signs_in_through_the_form(live_server, page):
    page.goto(f"{live_server.url}/organizzazione/")
    assert_accessible(page)

    page.fill("[name=username]", "oiv")
    page.fill("[name=password]", "demo-bergamo-2021")
    page.click("form button[type=submit]")

    page.wait_for_url(f"{live_server.url}/organizzazione/")
