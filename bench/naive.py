"""How many bookings a second go through our address, as a multiple of the same booking written naively.

The naive one (`bench/naively/booking.py`) locks the places of the session with SELECT … FOR UPDATE, counts, updates,
and leaves the same traces, by Django's models. The same web server, workers, threads, clients and places on one
machine, one after the other. Once over two thousand places, once over ten that everybody wants.
"""

import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from statistics import median

from bench.booking import HOT_SLOTS, SPREAD_SESSIONS, list_requests
from bench.load import base_address, drive
from bench.supply import SLOTS_A_SESSION, add_people, add_places, count_oversold
from launch.environment import ROOT
from launch.ports import answers, find_free_port
from launch.product import BLOCKING_THREADS

NEEDS_PRODUCT = True
ROUNDS = 3
SECONDS = 3
READY_SECONDS = 60


def measure() -> dict[str, float]:
    """The ratios, at least 3 is wanted."""
    add_people()
    figures = {}
    with serving_naively() as naive:
        for base in (base_address(), naive):
            count_bookings(base, sessions=SPREAD_SESSIONS, slots=SLOTS_A_SESSION)  # warms up
        for name, sessions, slots in (("spread", SPREAD_SESSIONS, SLOTS_A_SESSION), ("hot", HOT_SLOTS, 1)):
            rounds = [compare(naive, sessions=sessions, slots=slots) for _ in range(ROUNDS)]
            figures[f"booking_vs_naive_{name}"] = median(rounds)
    if count_oversold():
        raise RuntimeError("places were sold twice")
    return figures


def compare(naive: str, *, sessions: int, slots: int) -> float:
    """Our bookings a second as a multiple of theirs, on equal places."""
    ours = count_bookings(base_address(), sessions=sessions, slots=slots)
    theirs = count_bookings(naive, sessions=sessions, slots=slots)
    print(f"    {ours:,.0f} a second, naively {theirs:,.0f}: {ours / theirs:.2f}")
    return ours / theirs


def count_bookings(base: str, *, sessions: int, slots: int) -> float:
    """A second, on new places."""
    answered = drive(base, list_requests(add_places(sessions=sessions, slots=slots), shared=slots), seconds=SECONDS)
    if answered.refused:
        raise RuntimeError(f"{answered.refused} of {answered.requests} bookings were refused")
    return answered.per_second


@contextmanager
def serving_naively() -> Generator[str]:
    """The address of the naive booking while it is served."""
    port = find_free_port()
    command = [sys.executable, "-m", "launch.web", "bench.naively.wsgi:application", "--port", str(port)]
    command += ["--workers", str(os.cpu_count() or 1), "--threads", str(BLOCKING_THREADS)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + READY_SECONDS
        while not answers(port, "/api/healthz") and time.monotonic() < deadline:
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()
