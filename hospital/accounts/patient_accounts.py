"""Patient accounts and their one-time codes (A01, A03)."""

import secrets
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction

from hospital.accounts.errors import (
    AccountClosed,
    BadAddress,
    CodeSentRecently,
    NotSignedIn,
    TooManyWrongCodes,
    WrongCode,
)
from hospital.accounts.models import OneTimeCode, PatientAccount
from hospital.accounts.sessions import open_session, patient_actor
from hospital.accounts.types import AccountCard, SignedIn
from hospital.audit.api import record_act, record_refusal
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.crypto import blind_index, decrypt_field, encrypt_field, keyed_hash
from hospital.kernel.errors import Refusal
from hospital.kernel.ids import new_id

CODE_LIFE = timedelta(minutes=10)
CODE_PAUSE = timedelta(seconds=60)
CODE_ATTEMPTS = 5
CODE_REST = timedelta(hours=1)
LONGEST_EMAIL = 254  # RFC 5321
_EMAIL = "accounts_patientaccount.email"
_SIGN_IN = "SIGN_IN"


def normalize_email(text: str) -> str:
    """The address in the form in which it is compared; refuses with `BadAddress`."""
    address = text.strip().lower()
    if len(address) > LONGEST_EMAIL:
        raise BadAddress
    try:
        validate_email(address)
    except ValidationError:
        raise BadAddress from None
    return address


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


def create_code(*, email: str, now: datetime) -> str:
    """A new six-digit code for `email`, replacing an open one; the caller sends it.

    An address has five wrong tries an hour, however many codes it asks for: guessing has to be hopeless.
    Refuses with `CodeSentRecently` within a minute of the last, also when two ask at once, and with
    `TooManyWrongCodes`. Whether an account exists is not told.
    """
    index = blind_index(normalize_email(email), place=_EMAIL)
    code_id, code = new_id(), f"{secrets.randbelow(1_000_000):06d}"
    with connection.cursor() as cursor:
        cursor.execute(
            _NEW_CODE,
            {
                "id": code_id,
                "index": index,
                "purpose": _SIGN_IN,
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
        raise _why_no_code(index=index, now=now)
    return code


def _why_no_code(*, index: str, now: datetime) -> Refusal:
    last = OneTimeCode.objects.filter(address_index=index, purpose=_SIGN_IN).latest("sent_at")
    if last.attempts_left == 0:
        return TooManyWrongCodes(minutes=max(1, ceil((last.sent_at + CODE_REST - now).total_seconds() / 60)))
    return CodeSentRecently(seconds=max(1, ceil((last.sent_at + CODE_PAUSE - now).total_seconds())))


def sign_in_with_code(
    *, email: str, code: str, language: str, user_agent: str, now: datetime, ip: str = "", request_id: str = ""
) -> SignedIn:
    """Spends a code and opens a session; the first sign-in makes the account.

    Each try costs one of five attempts in its own statement, so that guesses count even when they are refused; call it
    outside a transaction. Success and failure are entries of the audit trail. Refusals: `BadAddress`, `WrongCode`,
    `AccountClosed`.
    """
    address = normalize_email(email)
    index = blind_index(address, place=_EMAIL)
    try:
        signed_in = _spend(
            code_id=_check_code(index=index, code=code, now=now),
            account={"email": encrypt_field(address, place=_EMAIL), "language": language, "created_at": now},
            index=index,
            user_agent=user_agent,
            now=now,
        )
    except Refusal as refusal:
        nobody = Actor(kind=ActorKind.PATIENT, id="", label="not signed in", ip=ip, request_id=request_id)
        record_refusal(
            actor=nobody,
            action="accounts.sign_in",
            subject_kind="address",
            subject_id=index,
            reason=refusal.code,
            now=now,
        )
        raise
    actor = patient_actor(signed_in.account_id, ip=ip, request_id=request_id)
    record_act(actor=actor, action="accounts.sign_in", subject_kind="account", subject_id=actor.id, now=now)
    return signed_in


def _check_code(*, index: str, code: str, now: datetime) -> UUID:
    """The open code that `code` answers; a try is spent in the same statement that reads it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE accounts_onetimecode SET attempts_left = attempts_left - 1
               WHERE address_index = %s AND purpose = %s AND used_at IS NULL AND expires_at > %s AND attempts_left > 0
               RETURNING id, code_hash""",
            [index, _SIGN_IN, now],
        )
        row = cursor.fetchone()
    if row is None:
        raise WrongCode
    code_id, code_hash = row
    if not secrets.compare_digest(code_hash, keyed_hash(f"{code_id}:{code.strip()}")):
        raise WrongCode
    return UUID(str(code_id))


def _spend(*, code_id: UUID, account: dict[str, Any], index: str, user_agent: str, now: datetime) -> SignedIn:
    with transaction.atomic():
        if not OneTimeCode.objects.filter(pk=code_id, used_at=None).update(used_at=now):
            raise WrongCode
        row, is_new = PatientAccount.objects.get_or_create(email_index=index, defaults=account)
        if not row.is_active:
            raise AccountClosed
        tokens = open_session(account_id=row.id, user_agent=user_agent, now=now)
    return SignedIn(account_id=row.id, tokens=tokens, is_new_account=is_new)


def get_account(*, account_id: UUID) -> AccountCard:
    """The account's own data for its owner; refuses with `NotSignedIn` where there is none."""
    account = PatientAccount.objects.filter(pk=account_id).first()
    if account is None:
        raise NotSignedIn
    return AccountCard(
        id=account.id,
        email=decrypt_field(account.email, place=_EMAIL),
        phone=decrypt_field(account.phone, place="accounts_patientaccount.phone"),
        language=account.language,
    )
