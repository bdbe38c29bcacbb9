"""Real concurrency for tests: threads with a database connection each, started at one moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

from hospital.kernel.errors import Refusal

T = TypeVar("T")
Outcome = T | Refusal


def run_together(works: list[Callable[[], T]], *, threads: int = 0) -> list[T | Refusal]:
    """What each piece of work returned, or its refusal; `threads` of them (default: one each) begin at once.

    Needs a test with `transaction=True`: another connection does not see what an open transaction wrote.
    """
    threads = threads or len(works)
    barrier = Barrier(threads)

    def run(share: list[Callable[[], T]]) -> list[T | Refusal]:
        connection.ensure_connection()
        barrier.wait(30)
        try:
            return [attempt(work) for work in share]
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        done = list(pool.map(run, [works[number::threads] for number in range(threads)]))
    return [outcome for share in done for outcome in share]


def attempt(work: Callable[[], T]) -> T | Refusal:
    """What the work returned, or its refusal."""
    try:
        return work()
    except Refusal as refusal:
        return refusal
