"""`make bench`: the figures the project promises, each beside its bound; exit code 1 beyond one.

They are counts, and ratios of two things done in turns on the same machine, which say the same on
every machine; only what was promised in seconds is told in seconds. The database is made for the
occasion and thrown away. What needs Chromium is "not measured" where there is none.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IN_THE_APPLICATION = "import django; django.setup(); from scripts.measures import main; main()"
ON_POSTGRESQL = (
    "import django; django.setup(); from scripts.measures_of_statistics import main; main()"
)
IN_THE_BROWSER = "from scripts.measures_in_browser import main; main()"
WORKER_MEGABYTES = 150
SECONDS_TO_ANSWER = 30
Line = dict[str, str | float]


def environment(folder: Path) -> dict[str, str]:
    """As the application is served, on a database of its own."""
    (folder / "static").mkdir()
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "camera_perf.settings",
        "DEBUG": "0",
        "HTTPS": "0",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "VAR_DIR": str(folder),
        "MEDIA_ROOT": str(folder / "media"),
        "LOG_LEVEL": "ERROR",
        "STATICFILES_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "WHITENOISE_USE_FINDERS": "1",
        "PYTHONPATH": str(ROOT),
    }


def in_the_application(settings: dict[str, str]) -> Iterator[Line]:
    """What is measured in a process that holds the application: pages, print, work on the plan."""
    migrate = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=settings, check=True)
    yield from lines_of(settings, IN_THE_APPLICATION)


def at_the_server(settings: dict[str, str]) -> Iterator[Line]:
    """What is measured from outside, with the 580 rows that are there by now."""
    with served(settings) as (address, head):
        yield worker_memory(head)
        yield from lines_of(settings, IN_THE_BROWSER, address)


def on_postgresql(settings: dict[str, str]) -> Iterator[Line]:
    """What is promised for a large body on PostgreSQL, on a server of the occasion."""
    binaries = subprocess.run(
        ["bash", "-c", ". scripts/system.sh; postgres_binaries"], cwd=ROOT, capture_output=True
    )
    if binaries.returncode or not binaries.stdout.strip():
        yield {"name": "statistics of a year", "missing": "no PostgreSQL on this machine"}
        return
    yield from lines_of(settings, ON_POSTGRESQL, behind=("scripts/postgres.sh",))


def lines_of(
    settings: dict[str, str], program: str, *arguments: str, behind: tuple[str, ...] = ()
) -> Iterator[Line]:
    """The figures that another process tells, one a line."""
    command = [*behind, sys.executable, "-c", program, *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True
    ) as child:
        for line in child.stdout or ():
            if line.startswith("{"):
                yield json.loads(line)
    if child.returncode:
        sys.exit("The measures stopped: see above.")


@contextmanager
def served(settings: dict[str, str]) -> Iterator[tuple[str, int]]:
    """The application with one web worker: its address, the number of the process at its head."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", "--workers", "1", "--threads", "4"]
    server = subprocess.Popen(
        [*command, "--bind", place, "--log-level", "error", "camera_perf.wsgi"],
        cwd=ROOT,
        env=settings,
    )
    try:
        ask(f"http://{place}/accedi/")
        yield f"http://{place}", server.pid
    finally:
        server.terminate()
        server.wait()


def worker_memory(head: int) -> Line:
    """The memory of a web worker that has served one page and waits."""
    worker = Path(f"/proc/{head}/task/{head}/children").read_text("ascii").split()[0]
    status = Path(f"/proc/{worker}/status").read_text("ascii")
    kilobytes = next(int(row.split()[1]) for row in status.splitlines() if "VmRSS" in row)
    return {"name": "idle web worker, MB", "figure": kilobytes / 1024, "bound": WORKER_MEGABYTES}


def ask(address: str) -> None:
    """Waits for the first page."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    limit = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < limit:
        try:
            with direct.open(address, timeout=10):
                return
        except urllib.error.HTTPError as error:
            sys.exit(f"{address} answers {error.code}.")
        except OSError:
            time.sleep(0.2)
    sys.exit(f"{address} did not answer within {SECONDS_TO_ANSWER} seconds.")


def is_within(line: Line) -> bool:
    """Prints a figure beside its bound; what was not measured is said, and holds nothing up."""
    if "missing" in line:
        print(f"{line['name']:45} not measured: {line['missing']}", flush=True)
        return True
    figure, bound = float(line["figure"]), float(line["bound"])
    word = "ok" if figure <= bound else "EXCEEDED"
    print(f"{line['name']:45} {figure:8.2f}  at most {bound:6.2f}  {word}", flush=True)
    return figure <= bound


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="camera-perf-bench.") as name:
        settings = environment(Path(name))
        lines = chain(
            in_the_application(settings), at_the_server(settings), on_postgresql(settings)
        )
        exceeded = sum(not is_within(line) for line in lines)
    if exceeded:
        sys.exit(f"{exceeded} bounds exceeded.")


if __name__ == "__main__":
    main()
