"""Shows the application with the Bergamo plan in it: web server, job worker, people to sign in as.

    make demo               start, or start again with the data as they were left
    make demo PORT=8010     on another port
    make demo-reset         start over

All data stand in `var/`. Ctrl-C or TERM ends everything that was started here.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
DATABASE = VAR / "demo.sqlite3"
MEDIA = VAR / "media"
HOST = "127.0.0.1"
PORT = os.environ.get("PORT") or "8000"
ADDRESS = f"http://{HOST}:{PORT}/"
MANAGE = [sys.executable, str(ROOT / "manage.py")]
SECONDS_TO_ANSWER = 60
SECONDS_TO_END = 15
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

# The data are prepared as in a development installation: the demo people exist only in one.
ENVIRONMENT = {
    **os.environ,
    "DJANGO_SETTINGS_MODULE": "camera_perf.settings",
    "DEBUG": "1",
    "HTTPS": "0",
    "ALLOWED_HOSTS": f"{HOST},localhost",
    "DATABASE_URL": f"sqlite:///{DATABASE}",
    "VAR_DIR": str(VAR),
    "MEDIA_ROOT": str(MEDIA),
    "PYTHONUNBUFFERED": "1",
    # The period of 30 June 2021 is open on that day: there is something to record.
    "DEMO": "1",
    "DEMO_DATE": os.environ.get("DEMO_DATE", "2021-07-05"),
    "BASE_URL": ADDRESS,
    # Reminders are written to var/mail, and a page shows them.
    "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
}

# And served as in production, so that what is seen here is what an office sees: the pages that say
# what went wrong, templates read once. Only https, and packed static files, are left out.
SERVED = {
    "DEBUG": "0",
    "WHITENOISE_USE_FINDERS": "1",
    "STATICFILES_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
}

WEB_SERVER = [
    *(sys.executable, "-m", "gunicorn", "camera_perf.wsgi"),
    *("--bind", f"{HOST}:{PORT}", "--workers", "2", "--threads", "4"),
    *("--log-level", "warning"),
    "--no-control-socket",
]
JOB_WORKER = [
    *(*MANAGE, "db_worker", "--queue-name", "*", "--verbosity", "0"),
    *("--no-reload", "--no-startup-delay"),
]


class Stopped(BaseException):
    """Somebody asked the demonstration to end."""


def stop(number: int, frame: FrameType | None) -> None:
    raise Stopped(signal.Signals(number).name)


def only_one() -> IO[str]:
    """Holds the lock of the data for as long as this process lives."""
    VAR.mkdir(exist_ok=True)
    lock = (VAR / "demo.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        sys.exit(f"The demonstration is already running at {lock.read()}. End that one first.")
    lock.truncate(0)
    lock.write(ADDRESS)
    lock.flush()
    return lock


def check_port() -> None:
    """The port must be a free one: said now, not after a minute of preparation."""
    if not PORT.isdigit() or not 0 < int(PORT) < 65536:
        sys.exit(f"PORT={PORT} is not a port. Try: make demo PORT=8010")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(PORT)))
        except OSError as error:
            sys.exit(f"Port {PORT} cannot be used ({error.strerror}). Try: make demo PORT=8010")


def reset() -> None:
    """Removes the demonstration's data and names what it removes; asks nothing."""
    folders = [path for path in (MEDIA, VAR / "mail") if path.exists()]
    found = [*sorted(VAR.glob("demo.sqlite3*")), *folders]
    for path in found:
        print(f"Removing {path.relative_to(ROOT)}")
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    if not found:
        print("Nothing to remove.")


def manage(*arguments: str) -> str:
    """Runs a command to its end; its failure is ours."""
    done = subprocess.run(
        [*MANAGE, *arguments], cwd=ROOT, env=ENVIRONMENT, text=True, stdout=subprocess.PIPE
    )
    if done.returncode:
        sys.exit(f"{done.stdout}\n`manage.py {' '.join(arguments)}` failed: see above.")
    return done.stdout


def end_with_parent() -> None:
    """Linux then ends this process when the one that started it is killed outright."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def secret_key() -> str:
    """The signing key of this demonstration, made once and readable by its owner alone."""
    path = VAR / "demo.secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64), "ascii")
    return path.read_text("ascii")


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Starts a child in its own session: Ctrl-C reaches us alone, and we end it in order."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**ENVIRONMENT, **SERVED, "SECRET_KEY": secret_key()},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=end_with_parent,
    )


def end(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Asks every child to finish, waits, insists."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    limit = time.monotonic() + SECONDS_TO_END
    for child in children.values():
        try:
            child.wait(max(0.1, limit - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def refuse_dead(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            sys.exit(f"The {name} ended by itself (exit code {child.returncode}): see above.")


def wait_for_answer(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Returns when the first page is served."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    limit = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < limit:
        refuse_dead(children)
        try:
            with direct.open(ADDRESS, timeout=10):
                return
        except urllib.error.HTTPError as error:
            sys.exit(f"{ADDRESS} answers {error.code}: see above.")
        except OSError:
            time.sleep(0.2)
    sys.exit(f"{ADDRESS} did not answer within {SECONDS_TO_ANSWER} seconds.")


def run() -> None:
    """Prepares the data, starts both children, tells, and waits for the end."""
    children: dict[str, subprocess.Popen[bytes]] = {}
    print("Preparing the data")
    manage("migrate", "--no-input", "--verbosity", "0")
    print(manage("load_demo"), end="")
    print(manage("send_reminders", "--hour", "9"), end="")
    (VAR / "static").mkdir(exist_ok=True)  # looked for at the start, empty here
    try:
        children["web server"] = start(WEB_SERVER)
        children["job worker"] = start(JOB_WORKER)
        people = manage("demo_people")
        wait_for_answer(children)
        print(f"\n{people.rstrip()}\n\nReady: {ADDRESS}   (Ctrl-C ends it)")
        while True:
            time.sleep(0.5)
            refuse_dead(children)
    finally:
        # A second Ctrl-C must not leave a child behind.
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        end(children)


def main() -> None:
    sys.stdout.reconfigure(line_buffering=True)
    for number in SIGNALS:
        signal.signal(number, stop)
    end_with_parent()
    try:
        lock = only_one()
        check_port()
        with lock:
            if "--reset" in sys.argv[1:]:
                reset()
            run()
    except Stopped as reason:
        print(f"\nEnded ({reason}). The data are kept in var/.")


if __name__ == "__main__":
    main()
