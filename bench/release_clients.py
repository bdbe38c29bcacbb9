"""The phones of a release: `python -m bench.release_clients FILE` prints what became of them as JSON."""

import asyncio
import contextlib
import json
import random
import re
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.supply import person_id

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
EARLY, LATE = 0.3, 1.2  # seconds before and after the release
PATIENCE = 20.0  # as the app's
CODES = {"slot_full", "not_released", "already_booked"}


@dataclass
class Rush:
    """What all clients share: the places that somebody saw taken, as a list on the phone shows them."""

    host: str
    port: int
    opens_at: float
    open_places: list[int]
    won: dict[int, float] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    requests: int = 0
    broken: int = 0


async def ask(rush: Rush, client: int, place: int) -> tuple[int, str]:
    """One request on a connection of its own; status 0 where it broke."""
    body = json.dumps({"slot_id": place, "person_id": person_id(client)}).encode()
    head = f"POST /api/appointments/hold HTTP/1.1\r\nHost: {rush.host}\r\nContent-Type: application/json\r\n"
    head += f"Authorization: Bearer bench-{client}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    rush.requests += 1
    began = time.perf_counter()
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(rush.host, rush.port)
            try:
                writer.write(head.encode() + body)
                answer = await reader.readuntil(b"\r\n\r\n")
                length = _LENGTH.search(answer)
                text = await reader.readexactly(int(length.group(1))) if length else b"{}"
            finally:
                writer.close()
    except (OSError, EOFError, TimeoutError):
        rush.broken += 1
        return 0, ""
    rush.times.append(time.perf_counter() - began)
    return int(answer[9:12]), str(json.loads(text).get("code", ""))


async def be_client(rush: Rush, client: int, arrives_at: float, chance: random.Random) -> None:
    """Comes, and asks until it has a place or none is left."""
    await asyncio.sleep(max(0.0, arrives_at - time.time()))
    place = None
    while rush.open_places or place is not None:
        place = place or chance.choice(rush.open_places)
        asked_at = time.time()
        status, code = await ask(rush, client, place)
        if status == 201 or code == "already_booked":  # booked, and the answer was lost
            rush.won[client] = time.time()
            with contextlib.suppress(ValueError):
                rush.open_places.remove(place)
            return
        if status == 0:
            await asyncio.sleep(chance.uniform(0.2, 0.8))
            continue
        if code == "not_released":
            if asked_at > rush.opens_at:
                rush.wrong.append(f"{code} after the release")
            await asyncio.sleep(0.1)
        elif code not in CODES:
            rush.wrong.append(f"{status} {code}")
            return
        elif place in rush.open_places:
            rush.open_places.remove(place)
        place = None


async def main(order: dict[str, Any]) -> None:
    """All clients at once."""
    url = urlsplit(order["base"])
    first = int(order["first"])
    rush = Rush(url.hostname or "", url.port or 80, order["opens_at"], list(range(first, first + int(order["count"]))))
    chance = random.Random(1)
    arrivals = [rush.opens_at + chance.uniform(-EARLY, LATE) for _ in range(order["clients"])]
    await asyncio.gather(*(be_client(rush, n, at, random.Random(n)) for n, at in enumerate(arrivals)))
    ranks = {client: rank for rank, client in enumerate(sorted(range(len(arrivals)), key=arrivals.__getitem__))}
    earliness = [-ranks[client] for client in range(len(arrivals))]
    success = [int(client in rush.won) for client in range(len(arrivals))]
    best = [int(rank < len(rush.won)) for rank in (ranks[client] for client in range(len(arrivals)))]
    times = sorted(rush.times)
    result = {
        "seconds": max(rush.won.values(), default=rush.opens_at) - rush.opens_at,
        "p99_ms": times[int(len(times) * 0.99)] * 1000,
        "fairness": statistics.correlation(earliness, success) / statistics.correlation(earliness, best),
        "requests": rush.requests,
        "broken": rush.broken,
        "wrong": rush.wrong,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    asyncio.run(main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
