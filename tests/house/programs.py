"""Runs a command of the project as a user would."""

import os
import subprocess

from django.conf import settings


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The finished command, in the folder of the project; `NAME=""` takes a variable away."""
    variables = {**os.environ, **environment}
    kept = {name: value for name, value in variables.items() if value or name not in environment}
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=kept, capture_output=True, text=True, timeout=300
    )
