"""Real concurrency for tests: threads with a database connection each, started at one moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from hospital.kernel.errors import Refusal

Work = Callable[[], Any]


def run_together(works: Sequence[Work], *, threads: int = 0) -> list[Any]:
    """What each piece of work returned, or its refusal; `threads` of them (default: one each) begin at once.

    Needs a test with `transaction=True`: another connection does not see what an open transaction wrote.
    """
    threads = threads or len(works)
    barrier = Barrier(threads)

    def run(share: Sequence[Work]) -> list[Any]:
        connection.ensure_connection()
        barrier.wait(30)
        try:
            return [attempt(work) for work in share]
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        done = list(pool.map(run, [works[number::threads] for number in range(threads)]))
    return [outcome for share in done for outcome in share]


def attempt(work: Work) -> Any:
    """What the work returned, or its refusal."""
    try:
        return work()
    except Refusal as refusal:
        return refusal
