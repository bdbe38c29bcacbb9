"""A signed call at the door: who it is, whether it is new, whether it is one too many."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from hospital.partners.errors import (
    RequestReplayed,
    SignatureMissing,
    SignatureWrong,
    TimestampOutsideWindow,
    TooManyRequests,
)
from hospital.partners.keys import find_key
from hospital.partners.models import MinuteCount, SeenNonce
from hospital.partners.rules.signatures import WINDOW, is_in_window, is_signed, sign, write_answer, write_request
from hospital.partners.types import PartnerCard, PartnerKeyCard

_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")

# One statement and one transaction of its own: a call that is refused later has used its nonce and counts all the same.
_ADMIT = """
WITH seen AS (
    INSERT INTO partners_seennonce (partner_id, nonce, seen_at) VALUES (%(partner)s, %(nonce)s, %(now)s)
    ON CONFLICT DO NOTHING RETURNING 1
), counted AS (
    INSERT INTO partners_minutecount (partner_id, minute, count)
    VALUES (%(partner)s, date_trunc('minute', %(now)s::timestamptz), 1)
    ON CONFLICT (partner_id, minute) DO UPDATE SET count = partners_minutecount.count + 1 RETURNING count
)
SELECT (SELECT count(*) FROM seen), (SELECT count FROM counted)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCall:
    """A call as it came in. `query` is decoded; `body` are the very bytes."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    body: bytes
    key_id: str
    timestamp: str
    nonce: str
    signature: str


@dataclass(frozen=True, slots=True)
class Caller:
    """Who called, and the key with which the answer is signed."""

    partner: PartnerCard
    key: PartnerKeyCard


def prove_call(*, call: SignedCall, now: datetime) -> Caller:
    """Who signed this call.

    Refuses with `SignatureMissing`, `UnknownPartnerKey`, `TimestampOutsideWindow` and `SignatureWrong`.
    """
    if not call.key_id or not call.signature or not _NONCE.fullmatch(call.nonce):
        raise SignatureMissing
    partner, key = find_key(key_id=call.key_id[:40])
    message = write_request(
        method=call.method,
        path=call.path,
        query=call.query,
        timestamp=call.timestamp,
        nonce=call.nonce,
        body=call.body,
    )
    if not is_signed(algorithm=key.algorithm, secret=key.secret, message=message, signature=call.signature):
        raise SignatureWrong
    if not is_in_window(timestamp=call.timestamp, now=now):
        raise TimestampOutsideWindow
    return Caller(partner=partner, key=key)


def admit_call(*, caller: Caller, nonce: str, now: datetime) -> None:
    """Remembers the nonce and counts the call, whatever becomes of it. Not to be called inside a transaction.

    Refuses with `RequestReplayed` and `TooManyRequests`.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ADMIT, {"partner": caller.partner.id, "nonce": nonce, "now": now})
        is_new, count = cursor.fetchone()
    if not is_new:
        raise RequestReplayed
    if count > caller.partner.requests_per_minute:
        raise TooManyRequests(most=caller.partner.requests_per_minute)


def sign_answer(*, caller: Caller, status: int, nonce: str, body: bytes, now: datetime) -> tuple[str, str]:
    """Timestamp and signature of an answer."""
    timestamp = str(int(now.timestamp()))
    message = write_answer(status=status, nonce=nonce, timestamp=timestamp, body=body)
    return timestamp, sign(algorithm=caller.key.algorithm, secret=caller.key.answer_secret, message=message)


def forget_calls(*, now: datetime) -> int:
    """Deletes nonces and counts that nothing is decided by any more; how many rows went.

    A nonce is kept for twice the window: its timestamp may lie as far ahead of our clock as behind it.
    """
    nonces, _ = SeenNonce.objects.filter(seen_at__lt=now - 2 * WINDOW - WINDOW).delete()
    counts, _ = MinuteCount.objects.filter(minute__lt=now - 2 * WINDOW).delete()
    return nonces + counts


def list_pairs(query: Iterable[tuple[str, list[str]]]) -> tuple[tuple[str, str], ...]:
    """Every name with every one of its values."""
    return tuple((name, value) for name, values in query for value in values)
