"""A release: two thousand patients want three hundred places at one instant, and web workers die meanwhile.

Each client is a phone of its own: it comes within a second and a half around the release, asks for a place that it does
not know to be taken, and asks again after a refusal or a broken connection. Again and again a web worker is killed at
random, whether or not another is left (in `release_rush_calm` none is). Afterwards exactly the places there were are
held, by as many people; every answer was the right one.

Before it, as many phones at once, each request on a connection of its own, as a multiple of the same statement in
pgbench: once over two thousand places, once over ten.
"""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from bench.booking import HOT_SLOTS, ROUNDS, SPREAD_SESSIONS, compare
from bench.load import base_address
from bench.supply import SLOTS_A_SESSION, Places, add_people, add_places, connect, count_oversold

NEEDS_PRODUCT = True
CLIENTS = 2_000
SESSIONS, SLOTS = 30, 10
SECONDS_BEFORE = 8.0
SECONDS_BETWEEN_KILLS = 0.15
MOST_KILLS = 15


def measure() -> dict[str, float | str]:
    """`release_rush_wrong` must be 0; `release_rush_fairness` is 1 where who comes first always gets a place."""
    add_people()
    figures: dict[str, float | str] = {}
    for name, sessions, slots in (("spread", SPREAD_SESSIONS, SLOTS_A_SESSION), ("hot", HOT_SLOTS, 1)):
        rounds = [compare(base_address(), sessions=sessions, slots=slots, phones=CLIENTS) for _ in range(ROUNDS)]
        figures[f"release_rush_vs_pgbench_{name}"] = median(rounds)
    return figures | _rush("release_rush_calm", most_kills=0) | _rush("release_rush", most_kills=MOST_KILLS)


def _rush(name: str, *, most_kills: int) -> dict[str, float | str]:
    opens_at = datetime.now(UTC) + timedelta(seconds=SECONDS_BEFORE)
    places = add_places(sessions=SESSIONS, slots=SLOTS, capacity=1, pool="APP", opens_at=opens_at)
    kills: list[int] = []
    done = threading.Event()
    killer = threading.Thread(target=_kill_workers, args=(opens_at.timestamp(), done, kills, most_kills))
    killer.start()
    try:
        result = _send_clients(places, opens_at)
    finally:
        done.set()
        killer.join()
    held, people = _count_held(places)
    wrong = abs(held - SESSIONS * SLOTS) + abs(people - held) + len(result["wrong"]) + count_oversold()
    for answer in result["wrong"][:5]:
        print(f"    wrong: {answer}")
    return {
        f"{name}_bookings_per_second": held / result["seconds"],
        f"{name}_p99_ms": float(result["p99_ms"]),
        f"{name}_fairness": float(result["fairness"]),
        f"{name}_requests": float(result["requests"]),
        f"{name}_broken": float(result["broken"]),
        f"{name}_workers_killed": float(len(kills)),
        f"{name}_wrong": float(wrong),
    }


def _send_clients(places: Places, opens_at: datetime) -> dict[str, Any]:
    order = {
        "base": base_address(),
        "clients": CLIENTS,
        "first": places.first,
        "count": places.count,
        "opens_at": opens_at.timestamp(),
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(order, file)
        file.flush()
        command = [sys.executable, "-m", "bench.release_clients", file.name]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=180)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _kill_workers(begin: float, done: threading.Event, kills: list[int], most: int) -> None:
    chance = random.Random(7)
    done.wait(max(0.0, begin - time.time()))
    while not done.is_set() and len(kills) < most:
        workers = _list_workers()
        if workers:
            with contextlib.suppress(ProcessLookupError):
                victim = chance.choice(workers)
                os.kill(victim, signal.SIGKILL)
                kills.append(victim)
        done.wait(SECONDS_BETWEEN_KILLS * chance.uniform(0.5, 1.5))


def _list_workers() -> list[int]:
    """The processes that the web server of this product started: no other of the machine."""
    port = f"--port\0{urlsplit(base_address()).port}\0"
    parents: dict[int, int] = {}
    servers = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_text()
            if port in command and "config.wsgi:application" in command:
                servers.add(int(folder.name))
    return [pid for pid, parent in parents.items() if parent in servers]


def _count_held(places: Places) -> tuple[int, int]:
    with connect() as connection:
        row = connection.execute(
            """SELECT count(*), count(DISTINCT person_id) FROM appointments_appointment
               WHERE state = 'HELD' AND slot_id BETWEEN %s AND %s""",
            [places.first, places.first + places.count - 1],
        ).fetchone()
    assert row is not None
    return int(str(row[0])), int(str(row[1]))
