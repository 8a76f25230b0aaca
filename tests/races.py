"""Several acts at the same moment, each on a real connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection


def together(*acts: Callable[[], object]) -> list[str]:
    """Does everything at the same moment; what became of each: `done`, the code of the refusal or
    `refused` when it has none, the name of the fault of the database."""
    start, fates = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait(10)
            act()
            fates[place] = "done"
        except ValidationError as refusal:
            fates[place] = code_of(refusal)
        except DatabaseError as fault:
            fates[place] = type(fault).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return fates


def code_of(refusal: ValidationError) -> str:
    """The code of the first thing that is refused."""
    if hasattr(refusal, "error_dict"):
        first = next(iter(refusal.error_dict.values()))[0]
    else:
        first = refusal.error_list[0]
    return first.code or "refused"
