"""The settings of the suite: the application's own, with what tests must have otherwise.

The database comes from DATABASE_URL as everywhere: SQLite without it, PostgreSQL with it.
"""

import os
import tempfile

# A development installation, whatever the shell says; no test touches var/.
os.environ.update(
    DEBUG="1",
    HTTPS="0",
    DEMO_DATE="",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    # A thread of the browser tests' server would hold its database open past the end.
    DATABASE_CONN_MAX_AGE="0",
    AXES_ENABLED="0",  # the tests of the lock switch it on
    TASKS_BACKEND="django_tasks.backends.immediate.ImmediateBackend",
    STATICFILES_STORAGE="django.contrib.staticfiles.storage.StaticFilesStorage",
    VAR_DIR=tempfile.gettempdir(),
    # The server of the browser tests and synchronous playwright share a thread with an event loop.
    DJANGO_ALLOW_ASYNC_UNSAFE="true",
)

from camera_perf.settings import *

# Hundreds of sign-ins: a fast hash.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Static files straight from where they are: nothing is collected.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
