"""How many bookings a second go through HTTP, against the same statement given to PostgreSQL by pgbench.

The address is `POST /api/appointments/hold` with a bearer token: authentication, the right to act for the patient, the
place, the care relation, the event and the audit row. Once over two thousand places, once over ten that everybody
wants; then a rush on places that cannot hold everybody. `oversold` counts the places of the whole database whose books
are wrong afterwards.
"""

import json
from statistics import median

from bench.load import CONNECTIONS, Request, base_address, drive, run_pgbench
from bench.supply import (
    PEOPLE,
    PERSON_ID_SQL,
    SLOTS_A_SESSION,
    Places,
    add_people,
    add_places,
    count_oversold,
    person_id,
    wait_until_quiet,
)
from hospital.appointments.statements import TAKE

NEEDS_PRODUCT = True
REQUESTS = 15_000
# Short turns and their median: what else the machine does then falls on both sides.
ROUNDS = 3
SECONDS = 2
SPREAD_SESSIONS = 200
HOT_SLOTS = 10
RUSH_CAPACITY = 20

# One request a number: `n` counts the transactions of a client. People and places are dealt as by `list_requests`.
_PGBENCH = """
\\set n :n + 1
\\set i :n * :clients + :client_id
\\set slot :first + :i % :slots
\\set person (:i / :slots * :shared + :i % :shared + :i % :slots / :shared * 797) % :people
\\set tail random(1, 281474976710655)
"""
_PARAMETERS = {
    "id": "('00000000-0000-4000-8000-' || lpad(to_hex(:tail::bigint), 12, '0'))::uuid",
    "slot_id": ":slot::bigint",
    "person_id": PERSON_ID_SQL.format(":person::integer"),
    "token_hash": "sha256(convert_to('bench-' || :person::integer, 'UTF8'))",
    "now": "now()",
    "channel": "'APP'",
    "pools": "ARRAY['OPEN', 'APP']",
    "held_until": "(now() + interval '15 minutes')",
    "ip": "'127.0.0.1'",
    "request_id": "'bench'",
}


def measure() -> dict[str, float]:
    """The ratios; oversold must be 0."""
    add_people()
    base = base_address()
    drive(base, list_requests(add_places(sessions=SPREAD_SESSIONS), shared=SLOTS_A_SESSION), seconds=2)  # warms up
    figures = {}
    for name, sessions, slots in (("spread", SPREAD_SESSIONS, SLOTS_A_SESSION), ("hot", HOT_SLOTS, 1)):
        rounds = [compare(base, sessions=sessions, slots=slots) for _ in range(ROUNDS)]
        figures[f"booking_vs_pgbench_{name}"] = median(rounds)
        print(f"  {name}: " + ", ".join(f"{ratio:.3f}" for ratio in rounds))
    figures["oversold"] = float(rush(base) + count_oversold())
    return figures


def compare(base: str, *, sessions: int, slots: int, phones: int = 0) -> float:
    """Bookings a second by HTTP, as a multiple of those by pgbench, on equal places one after the other."""
    requests = list_requests(add_places(sessions=sessions, slots=slots), shared=slots)
    answered = drive(base, requests, seconds=SECONDS, phones=phones)
    if answered.refused:
        raise RuntimeError(f"{answered.refused} of {answered.requests} bookings were refused")
    wait_until_quiet()
    by_pgbench = run_bookings(add_places(sessions=sessions, slots=slots), shared=slots)
    print(f"    {answered.per_second:,.0f} a second by HTTP, {by_pgbench:,.0f} by pgbench")
    return answered.per_second / by_pgbench


def rush(base: str) -> int:
    """Everybody wants a few places at once; how many were given wrongly."""
    places = add_places(sessions=HOT_SLOTS, slots=1, capacity=RUSH_CAPACITY)
    answered = drive(base, list_requests(places, shared=1), seconds=2)
    held = answered.requests - answered.refused
    return abs(held - HOT_SLOTS * RUSH_CAPACITY)


def list_requests(places: Places, *, shared: int) -> list[Request]:
    """One booking a number, no patient twice in one session; `shared` slots belong to one session."""
    requests = []
    for number in range(REQUESTS):
        place = number % places.count
        person = (number // places.count * shared + number % shared + place // shared * 797) % PEOPLE
        body = json.dumps({"slot_id": places.first + place, "person_id": person_id(person)})
        requests.append(Request("POST", "/api/appointments/hold", f"bench-{person}", body))
    return requests


def run_bookings(places: Places, *, shared: int) -> float:
    """The same bookings by pgbench, a second."""
    statement = TAKE
    for name, expression in _PARAMETERS.items():
        statement = statement.replace(f"%({name})s", expression)
    return run_pgbench(
        _PGBENCH + statement.strip() + ";\n",
        variables={
            "n": -1,
            "clients": CONNECTIONS,
            "first": places.first,
            "slots": places.count,
            "shared": shared,
            "people": PEOPLE,
        },
        seconds=SECONDS,
    )
