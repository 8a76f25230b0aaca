"""Signing in, out, changing the password; the lock after five failures."""

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user

from tests import factories

LOGIN = "/accedi/"


@pytest.fixture
def account(db, settings):
    settings.AXES_ENABLED = True
    return factories.user(username="prova")


def attempt(client, password, **given):
    return client.post(LOGIN, {"username": "prova", "password": password} | given)


def test_right_password_opens_the_page_asked_for(client, account):
    response = attempt(client, "password", next="/organizzazione/")

    assert (response.status_code, response.url) == (302, "/organizzazione/")
    assert get_user(client) == account


def test_right_password_never_leads_to_another_site(client, account):
    response = attempt(client, "password", next="https://example.org/")

    assert response.url == "/"


def test_wrong_password_says_how_many_attempts_remain(client, account):
    left = [attempt(client, "sbagliata").context["attempts_left"] for _ in range(4)]

    assert left == [4, 3, 2, 1]


def test_fifth_failure_locks(client, account):
    codes = [attempt(client, "sbagliata").status_code for _ in range(5)]

    assert codes == [200, 200, 200, 200, 429]


def test_right_password_is_refused_while_locked(client, account):
    for _ in range(5):
        attempt(client, "sbagliata")

    response = attempt(client, "password")

    assert response.status_code == 429
    assert not get_user(client).is_authenticated


def test_lock_is_of_that_name_from_that_address(client, account):
    for _ in range(5):
        attempt(client, "sbagliata")
    factories.user(username="altro")

    other = client.post(LOGIN, {"username": "altro", "password": "password"})
    elsewhere = client.post(
        LOGIN, {"username": "prova", "password": "password"}, REMOTE_ADDR="10.0.0.9"
    )

    assert (other.status_code, elsewhere.status_code) == (302, 302)


def test_success_forgets_the_failures(client, account):
    attempt(client, "sbagliata")
    attempt(client, "password")

    assert not AccessAttempt.objects.exists()


def test_without_the_lock_nothing_is_counted(client, account, settings):
    settings.AXES_ENABLED = False

    assert attempt(client, "sbagliata").context["attempts_left"] is None


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client, account):
    attempt(client, "password")

    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 8 * 3600)


def test_cookies_travel_on_https_only_when_https_is_on(client, account, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client.get(LOGIN)
    attempt(client, "password")

    secure = {name: cookie["secure"] for name, cookie in client.cookies.items()}
    assert secure == {"csrftoken": True, "sessionid": True}


def test_signed_in_person_is_sent_home(client, account):
    client.force_login(account)

    assert client.get(LOGIN).url == "/"


def test_logout_wants_a_post(client, account):
    client.force_login(account)

    assert client.get("/esci/").status_code == 405
    assert get_user(client) == account


def test_logout_ends_the_session(client, account):
    client.force_login(account)

    response = client.post("/esci/")

    assert response.url == LOGIN
    assert not get_user(client).is_authenticated


def test_the_sign_in_page_says_once_that_one_has_logged_out(client, account):
    client.force_login(account)

    told = [
        [message.level_tag for message in response.context["messages"]]
        for response in (client.post("/esci/", follow=True), client.get(LOGIN))
    ]

    assert told == [["success"], []]


def test_the_administration_logs_out_through_the_same_door(client, bergamo):
    client.force_login(bergamo.user("amministratore"))

    assert '<form id="logout-form" method="post" action="/esci/">' in client.get("/admin/").text


def change(client, new):
    return client.post(
        "/password/", {"old_password": "password", "new_password1": new, "new_password2": new}
    )


def test_password_changes_and_the_session_stays(client, account):
    client.force_login(account)

    response = change(client, "una frase davvero lunga")

    assert response.url == "/password/cambiata/"
    account.refresh_from_db()
    assert account.check_password("una frase davvero lunga")
    assert get_user(client) == account


@pytest.mark.parametrize("weak", ["corta", "123456789012", "password1234"])
def test_weak_password_is_refused(client, account, weak):
    client.force_login(account)

    response = change(client, weak)

    assert list(response.context["form"].errors) == ["new_password2"]
    account.refresh_from_db()
    assert account.check_password("password")


def test_administration_uses_the_same_door(client, account):
    response = client.get("/admin/", follow=True)

    assert response.redirect_chain[-1][0] == "/accedi/?next=%2Fadmin%2F"


def test_administration_is_refused_to_whoever_is_not_of_it(client, account):
    client.force_login(account)

    assert client.get("/admin/", follow=True).status_code == 403
