"""What the application refuses to start with, and what it serves with."""

import re
import secrets
import sys

import pytest
from django.conf import settings
from django.urls import reverse

from tests.house.programs import run

SERVED = {
    "DEBUG": "0",
    "HTTPS": "",
    "AXES_ENABLED": "",
    "ALLOWED_HOSTS": "performance.example.org",
    "DATABASE_URL": "sqlite://:memory:",
    "DJANGO_SETTINGS_MODULE": "camera_perf.settings",
    "STATICFILES_STORAGE": "",
    "TASKS_BACKEND": "",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "",
    "DEMO": "",
    "DEMO_DATE": "",
}


def manage(*arguments: str, **environment: str):
    return run(sys.executable, "manage.py", *arguments, **SERVED | environment)


@pytest.mark.parametrize(
    "key",
    ["", "short", "development-only-key-never-used-when-debug-is-off-camera-perf"],
    ids=["none", "short", "the development key"],
)
def test_it_refuses_to_start_without_its_own_secret(key):
    done = manage("check", SECRET_KEY=key)

    assert done.returncode != 0
    assert "set it as SECRET_KEY in the environment" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DEBUG", "perhaps", "DEBUG='perhaps' is neither 1 nor 0. Set DEBUG=1 or DEBUG=0."),
        ("EMAIL_PORT", "mail", "EMAIL_PORT='mail' is not a whole number."),
    ],
)
def test_it_names_the_variable_it_cannot_read(name, value, words):
    done = manage("check", SECRET_KEY=secrets.token_urlsafe(64), **{name: value})

    assert done.returncode != 0
    assert words in done.stderr


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"DEMO_DATE": "2021-07-05"}, "it is for demonstrations only"),
        ({"DEMO_DATE": "luglio", "DEMO": "1"}, "DEMO_DATE='luglio' is not a day."),
    ],
    ids=["real work", "no day"],
)
def test_the_day_of_a_demonstration_is_refused(variables, words):
    done = manage("check", SECRET_KEY=secrets.token_urlsafe(64), **variables)

    assert done.returncode != 0
    assert words in done.stderr


@pytest.mark.parametrize(
    ("variables", "expected"),
    [({}, "None"), ({"DEMO_DATE": "2021-07-05", "DEMO": "1"}, "2021-07-05")],
)
def test_the_day_of_a_demonstration_is_read(variables, expected):
    script = "from django.conf import settings; print(settings.DEMO_DATE)"
    served = SERVED | {"SECRET_KEY": secrets.token_urlsafe(64)}

    done = run(sys.executable, "-c", script, **served | variables)

    assert done.stdout.strip() == expected, done.stderr


@pytest.mark.slow
def test_served_as_in_production_no_check_complains(tmp_path):
    done = manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        SECRET_KEY=secrets.token_urlsafe(64),
        VAR_DIR=str(tmp_path),
    )

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.slow
def test_demo_people_are_refused_when_debug_is_off(tmp_path):
    done = manage("load_demo", SECRET_KEY=secrets.token_urlsafe(64), VAR_DIR=str(tmp_path))

    assert done.returncode != 0
    assert "DEBUG=1" in done.stderr


def test_cookies_and_transport_are_secure_when_served():
    names = (
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "AXES_ENABLED",
    )
    script = (
        "from django.conf import settings;"
        f"print([getattr(settings, name) for name in {names}],"
        " settings.SESSION_COOKIE_SAMESITE,"
        " settings.SECURE_HSTS_SECONDS > 0, settings.DEMO_ALLOWED)"
    )

    done = run(sys.executable, "-c", script, **SERVED | {"SECRET_KEY": secrets.token_urlsafe(64)})

    assert done.stdout.strip() == f"{[True] * 6} Lax True False", done.stderr


def test_sign_in_cookies_are_not_for_scripts(client, bergamo):
    answer = client.post(
        reverse("login"), {"username": "dipendente", "password": "demo-bergamo-2021"}
    )

    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert (answer.status_code, cookie["httponly"], cookie["samesite"]) == (302, True, "Lax")


def policy_of(answer) -> dict[str, list[str]]:
    header = answer.headers["Content-Security-Policy"]
    return {words[0]: words[1:] for words in map(str.split, header.split(";")) if words}


STRICT = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
}


@pytest.mark.parametrize(
    "address", ["/", "/accedi/", "/trasparenza/", "/piano/2021/cruscotto/", "/admin/", "/nessuna/"]
)
def test_every_page_has_the_strict_policy(client, bergamo, address):
    client.force_login(bergamo.user("amministratore"))

    answer = client.get(address)

    assert policy_of(answer) == STRICT
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


PASSWORDS = {
    "short": "Ab3!xyz",
    "common": "password1234",
    "numbers only": "839201748392",
    "like the name": "dipendente-01",
}


@pytest.mark.parametrize("password", PASSWORDS.values(), ids=PASSWORDS.keys())
def test_weak_passwords_are_refused(client, bergamo, password):
    user = bergamo.user("dipendente")
    client.force_login(user)

    answer = client.post(
        reverse("password_change"),
        {"old_password": "demo-bergamo-2021", "new_password1": password, "new_password2": password},
    )

    user.refresh_from_db()
    assert answer.status_code == 200
    assert user.check_password("demo-bergamo-2021")


def test_five_failures_lock_the_sign_in(client, bergamo, settings):
    settings.AXES_ENABLED = True
    wrong = {"username": "dipendente", "password": "not the password"}
    right = {"username": "dipendente", "password": "demo-bergamo-2021"}

    answers = [client.post(reverse("login"), wrong).status_code for _ in range(5)]

    assert answers == [200, 200, 200, 200, 429]
    assert client.post(reverse("login"), right).status_code == 429
    assert not re.search(r"sessionid", str(client.cookies))


def test_the_lock_is_of_one_name_only(client, bergamo, settings):
    settings.AXES_ENABLED = True
    for _ in range(5):
        client.post(reverse("login"), {"username": "dipendente", "password": "no"})

    other = client.post(
        reverse("login"), {"username": "personale", "password": "demo-bergamo-2021"}
    )

    assert other.status_code == 302
