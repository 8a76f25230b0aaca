"""`make bench`: the ratios the project promises, each beside its bound; exit code 1 beyond one.

Nothing is printed in seconds: a ratio of two things done in turns on the same machine says the
same on every machine. The database is made for the occasion and thrown away.
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
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN_MEASURES = "import django; django.setup(); from scripts.measures import main; main()"
WORKER_MEGABYTES = 150
SECONDS_TO_ANSWER = 30


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
        "PYTHONPATH": str(ROOT),
    }


def measured(settings: dict[str, str]) -> Iterator[dict[str, str | float]]:
    """Pages and print, measured in a process that holds the application."""
    migrate = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=settings, check=True)
    command = [sys.executable, "-c", RUN_MEASURES]
    with subprocess.Popen(
        command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True
    ) as child:
        for line in child.stdout or ():
            yield json.loads(line)
    if child.returncode:
        sys.exit("The measures stopped: see above.")


def worker_memory(settings: dict[str, str]) -> dict[str, str | float]:
    """The memory of a web worker that has served one page and waits."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", "--workers", "1", "--bind", address]
    server = subprocess.Popen(
        [*command, "--log-level", "error", "camera_perf.wsgi"], cwd=ROOT, env=settings
    )
    try:
        ask(f"http://{address}/accedi/")
        tasks = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("ascii")
        worker = tasks.split()[0]
        status = Path(f"/proc/{worker}/status").read_text("ascii")
    finally:
        server.terminate()
        server.wait()
    kilobytes = next(int(row.split()[1]) for row in status.splitlines() if "VmRSS" in row)
    name = "idle web worker, MB"
    return {"name": name, "figure": kilobytes / 1024, "bound": WORKER_MEGABYTES}


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


def main() -> None:
    exceeded = 0
    with tempfile.TemporaryDirectory(prefix="camera-perf-bench.") as name:
        settings = environment(Path(name))

        def everything() -> Iterator[dict[str, str | float]]:
            yield from measured(settings)
            yield worker_memory(settings)

        for measure in everything():
            is_beyond = float(measure["figure"]) > float(measure["bound"])
            exceeded += is_beyond
            word = "EXCEEDED" if is_beyond else "ok"
            line = f"{measure['name']:45} {measure['figure']:8.2f}  at most {measure['bound']:6.2f}"
            print(f"{line}  {word}", flush=True)
    if exceeded:
        sys.exit(f"{exceeded} bounds exceeded.")


if __name__ == "__main__":
    main()
