"""How many bills a second partners pay through the signed interface, against pgbench's usual transaction.

A payment proves the signature, uses the nonce, takes the bill, writes down payment, allocation, settlement, events,
audit and the kept answer, and signs what it answers; all but the nonce in one transaction. The yardstick is a
transaction like TPC-B (three updates, one read, one insert) on the same server with as many connections.
`partner_pay_doubled` counts bills that were paid twice or not at all, and must be 0.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import os
import re
import secrets
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx

from bench.load import CONNECTIONS, base_address, run_pgbench
from bench.supply import CAMPUS, SLOTS_A_SESSION, add_people, add_places, connect, person_id

NEEDS_PRODUCT = True
PAYMENTS = 400
SECONDS = 4
ACCOUNTS = 100_000
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)

_TABLES = f"""
CREATE TABLE bench_branches (bid integer PRIMARY KEY, balance integer);
CREATE TABLE bench_tellers (tid integer PRIMARY KEY, balance integer);
CREATE TABLE bench_accounts (aid integer PRIMARY KEY, balance integer, filler char(84));
CREATE TABLE bench_history (tid integer, bid integer, aid integer, delta integer, at timestamptz);
INSERT INTO bench_branches SELECT n, 0 FROM generate_series(1, 10) n;
INSERT INTO bench_tellers SELECT n, 0 FROM generate_series(1, 100) n;
INSERT INTO bench_accounts SELECT n, 0, '' FROM generate_series(1, {ACCOUNTS}) n;
"""
_TPCB = f"""
\\set aid random(1, {ACCOUNTS})
\\set bid random(1, 10)
\\set tid random(1, 100)
\\set delta random(-5000, 5000)
BEGIN;
UPDATE bench_accounts SET balance = balance + :delta WHERE aid = :aid;
SELECT balance FROM bench_accounts WHERE aid = :aid;
UPDATE bench_tellers SET balance = balance + :delta WHERE tid = :tid;
UPDATE bench_branches SET balance = balance + :delta WHERE bid = :bid;
INSERT INTO bench_history (tid, bid, aid, delta, at) VALUES (:tid, :bid, :aid, :delta, now());
END;
"""
# The kiosk of the demonstration may act at the benchmark's campus, whose places cost what those of the center cost.
_OPEN = """
UPDATE partners_partner SET requests_per_minute = 1000000 WHERE code = 'kiosk';
INSERT INTO partners_partnercampus (partner_id, campus_id) SELECT id, %(campus)s FROM partners_partner
WHERE code = 'kiosk' ON CONFLICT DO NOTHING;
UPDATE scheduling_rostersession SET registration_item_code = (
    SELECT registration_item_code FROM scheduling_rostersession
    WHERE campus_id = 'IMC' AND service_line = 'INTL' LIMIT 1
) WHERE campus_id = %(campus)s;
INSERT INTO patients_localnumber (person_id, campus_id, mrn)
SELECT id, %(campus)s, 'B-' || upper(right(id::text, 8)) FROM patients_person WHERE family_name = 'Bench'
ON CONFLICT DO NOTHING;
"""


def measure() -> dict[str, float]:
    """Payments a second as a multiple of pgbench's transactions, and how many bills were not paid exactly once."""
    add_people()
    places = add_places(sessions=PAYMENTS // SLOTS_A_SESSION)
    with connect() as connection:
        for statement in filter(str.strip, (_OPEN + _TABLES).split(";\n")):
            connection.execute(statement.replace("%(campus)s", f"'{CAMPUS}'"))
        connection.execute("ANALYZE")
    quotes = [register(number, places.first + number) for number in range(PAYMENTS)]
    wire = [sign("POST", "/partner/v1/payments", pay_body(number, quote)) for number, quote in enumerate(quotes)]
    took, refused = asyncio.run(send_all(wire))
    by_http = PAYMENTS / took
    by_pgbench = run_pgbench(_TPCB, variables={}, seconds=SECONDS)
    print(f"    {by_http:,.0f} payments a second, {by_pgbench:,.0f} transactions by pgbench, {refused} refused")
    return {"partner_pay_vs_pgbench": by_http / by_pgbench, "partner_pay_doubled": float(refused + count_wrong())}


def register(number: int, slot_id: int) -> dict[str, Any]:
    """Holds and books a place; the quote of its fee."""
    mrn = f"B-{person_id(number)[-8:]}".upper()
    patient = {"birth_date": "1990-01-01", "mrn": mrn}
    held = ask("/holds", {"request_no": f"bench-hold-{number}", "slot_id": slot_id, "patient": patient})
    registration = held["registration"]["registration_id"]
    booked = ask("/registrations", {"request_no": f"bench-book-{number}", "registration_id": registration})
    quote: dict[str, Any] = booked["quote"]
    return quote


def pay_body(number: int, quote: dict[str, Any]) -> dict[str, Any]:
    """What a kiosk says once it has the money."""
    return {
        "request_no": f"bench-pay-{number}",
        "quote_token": quote["token"],
        "amount": quote["amount"],
        "means": "OTHER",
        "transaction_no": f"bench-transaction-{number}",
        "paid_at": "2026-01-01T00:00:00Z",
    }


def ask(path: str, body: dict[str, Any]) -> Any:
    """One signed request before the clock runs."""
    content = json.dumps(body).encode()
    headers = write_headers("POST", f"/partner/v1{path}", content)
    answer = httpx.post(f"{base_address()}/partner/v1{path}", content=content, headers=headers, trust_env=False)
    return answer.raise_for_status().json()


def sign(method: str, path: str, body: dict[str, Any]) -> bytes:
    """A signed request as it goes over the wire."""
    content = json.dumps(body).encode()
    headers = write_headers(method, path, content) | {
        "Host": urlsplit(base_address()).netloc,
        "Content-Length": str(len(content)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + content


def write_headers(method: str, path: str, content: bytes) -> dict[str, str]:
    """The headers of the signature."""
    timestamp, nonce = str(int(time.time())), secrets.token_urlsafe(18)
    lines = ("IMC-PARTNER-1", method, path, "", timestamp, nonce, hashlib.sha256(content).hexdigest())
    digest = hmac.digest(os.environ["IMC_KIOSK_SECRET"].encode(), "\n".join(lines).encode(), "sha256")
    return {
        "Content-Type": "application/json",
        "X-IMC-Key": os.environ["IMC_KIOSK_KEY_ID"],
        "X-IMC-Timestamp": timestamp,
        "X-IMC-Nonce": nonce,
        "X-IMC-Signature": base64.b64encode(digest).decode(),
    }


async def send_all(wire: list[bytes]) -> tuple[float, int]:
    """Sends every request once, over as many connections as the server has threads: seconds, and refusals."""
    url = urlsplit(base_address())
    waiting = iter(wire)
    began = time.monotonic()
    refused = await asyncio.gather(
        *(_talk(url.hostname or "127.0.0.1", url.port or 80, waiting) for _ in range(CONNECTIONS))
    )
    return time.monotonic() - began, sum(refused)


async def _talk(host: str, port: int, waiting: Iterator[bytes]) -> int:
    reader, writer = await asyncio.open_connection(host, port)
    refused = 0
    for request in waiting:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if length:
            await reader.readexactly(int(length.group(1)))
        refused += head[9:10] != b"2"
    writer.close()
    return refused


def count_wrong() -> int:
    """Bench bookings whose fee is not paid by exactly one payment."""
    with connect() as connection:
        row = connection.execute(
            """SELECT count(*) FROM (
                   SELECT charge.id FROM billing_charge charge
                   LEFT JOIN billing_allocation allocation ON allocation.settlement_id = charge.settlement_id
                   WHERE charge.campus_id = %s AND charge.state <> 'VOID'
                   GROUP BY charge.id, charge.state
                   HAVING count(allocation.id) <> 1 OR charge.state <> 'SETTLED') wrong""",
            [CAMPUS],
        ).fetchone()
    assert row is not None
    return int(str(row[0]))
