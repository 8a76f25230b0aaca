"""How `make bench` measures: statements, times taken in turns, pages asked for."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from django.db import connection
from django.test import Client


@dataclass(frozen=True)
class Measure:
    """One figure and the most it may be."""

    name: str
    figure: float
    bound: float


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every SQL statement sent meanwhile."""
    statements: list[str] = []

    def note(execute, sql, parameters, many, context):
        statements.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        yield statements


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes once."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def cpu_seconds(work: Callable[[], object], *, rounds: int) -> float:
    """The median of what the work asks of one processor, whatever else the machine does."""
    times = []
    for _round in range(rounds):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return median(times)


def alternating(*works: Callable[[], object], rounds: int) -> list[float]:
    """The median time of each work, taken in turns so that the machine's moods hit all alike."""
    times = [[seconds(work) for work in works] for _ in range(rounds)]
    return [median(column) for column in zip(*times, strict=True)]


def fetch(client: Client, address: str) -> bytes:
    """The page, which must be there."""
    answer = client.get(address)
    if answer.status_code != 200:
        sys.exit(f"{address} answers {answer.status_code}: nothing to measure.")
    return answer.content


def statement_count(client: Client, address: str) -> int:
    """How many statements a page takes, once the process is warm."""
    fetch(client, address)
    with counted() as statements:
        fetch(client, address)
    return len(statements)
