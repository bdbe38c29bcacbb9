"""One-time codes: six digits that prove who reads an address (A01, W19)."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from uuid import UUID

from django.db import connection

from hospital.accounts.addresses import Address, parse_address
from hospital.accounts.errors import CodeSentRecently, TooManyWrongCodes, WrongCode
from hospital.accounts.models import OneTimeCode
from hospital.kernel.crypto import keyed_hash
from hospital.kernel.errors import Refusal
from hospital.kernel.ids import new_id

CODE_LIFE = timedelta(minutes=10)
CODE_PAUSE = timedelta(seconds=60)
CODE_ATTEMPTS = 5
CODE_REST = timedelta(hours=1)


class CodePurpose(StrEnum):
    """What a code is for; a code for one purpose does nothing else."""

    SIGN_IN = "SIGN_IN"
    RESET_PASSWORD = "RESET_PASSWORD"  # noqa: S105 - a purpose
    CHANGE_CONTACT = "CHANGE_CONTACT"
    CLOSE_ACCOUNT = "CLOSE_ACCOUNT"


@dataclass(frozen=True, slots=True)
class Proof:
    """A code that was right and is not spent yet."""

    code_id: UUID
    address: Address


_NEW_CODE = """
    INSERT INTO accounts_onetimecode (id, address_index, purpose, code_hash, sent_at, expires_at, attempts_left)
    VALUES (%(id)s, %(index)s, %(purpose)s, %(hash)s, %(now)s, %(expires_at)s, %(attempts)s)
    ON CONFLICT (address_index, purpose) WHERE used_at IS NULL DO UPDATE
        SET id = excluded.id, code_hash = excluded.code_hash, sent_at = excluded.sent_at,
            expires_at = excluded.expires_at,
            attempts_left = CASE WHEN accounts_onetimecode.sent_at <= %(rested_since)s THEN excluded.attempts_left
                                 ELSE accounts_onetimecode.attempts_left END
        WHERE accounts_onetimecode.sent_at <= %(paused_since)s
          AND (accounts_onetimecode.attempts_left > 0 OR accounts_onetimecode.sent_at <= %(rested_since)s)
    RETURNING id
"""


def create_code(*, address: str, now: datetime, purpose: CodePurpose = CodePurpose.SIGN_IN) -> str:
    """A new six-digit code for an e-mail address or phone, replacing an open one; the caller sends it.

    An address has five wrong tries an hour, however many codes it asks for: guessing has to be hopeless.
    Refuses with `BadAddress`, `BadPhone`, with `CodeSentRecently` within a minute of the last, also when two ask at
    once, and with `TooManyWrongCodes`. Whether an account exists is not told.
    """
    index = parse_address(address).index
    code_id, code = new_id(), f"{secrets.randbelow(1_000_000):06d}"
    with connection.cursor() as cursor:
        cursor.execute(
            _NEW_CODE,
            {
                "id": code_id,
                "index": index,
                "purpose": purpose.value,
                "hash": keyed_hash(f"{code_id}:{code}"),
                "now": now,
                "expires_at": now + CODE_LIFE,
                "attempts": CODE_ATTEMPTS,
                "paused_since": now - CODE_PAUSE,
                "rested_since": now - CODE_REST,
            },
        )
        is_new = cursor.fetchone() is not None
    if not is_new:
        raise _why_no_code(index=index, purpose=purpose, now=now)
    return code


def _why_no_code(*, index: str, purpose: CodePurpose, now: datetime) -> Refusal:
    last = OneTimeCode.objects.filter(address_index=index, purpose=purpose.value).latest("sent_at")
    if last.attempts_left == 0:
        return TooManyWrongCodes(minutes=max(1, ceil((last.sent_at + CODE_REST - now).total_seconds() / 60)))
    return CodeSentRecently(seconds=max(1, ceil((last.sent_at + CODE_PAUSE - now).total_seconds())))


def check_code(*, address: str, code: str, purpose: CodePurpose, now: datetime) -> Proof:
    """The open code that `code` answers. A try is spent in the same statement that reads it, so call it outside a
    transaction: guesses count even when they are refused. Refuses with `WrongCode`, `BadAddress`, `BadPhone`.
    """
    parsed = parse_address(address)
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE accounts_onetimecode SET attempts_left = attempts_left - 1
               WHERE address_index = %s AND purpose = %s AND used_at IS NULL AND expires_at > %s AND attempts_left > 0
               RETURNING id, code_hash""",
            [parsed.index, purpose.value, now],
        )
        row = cursor.fetchone()
    if row is None:
        raise WrongCode
    code_id, code_hash = row
    if not secrets.compare_digest(code_hash, keyed_hash(f"{code_id}:{code.strip()}")):
        raise WrongCode
    return Proof(code_id=UUID(str(code_id)), address=parsed)


def spend_code(proof: Proof, *, now: datetime) -> None:
    """Uses the code up in the caller's transaction. Refuses with `WrongCode` when somebody was faster."""
    if not OneTimeCode.objects.filter(pk=proof.code_id, used_at=None).update(used_at=now):
        raise WrongCode
