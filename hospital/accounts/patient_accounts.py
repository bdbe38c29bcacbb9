"""Patient accounts: one-time codes and sessions (A01, A03)."""

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F

from hospital.accounts.errors import BadAddress, CodeSentRecently, NotSignedIn, WrongCode
from hospital.accounts.models import OneTimeCode, PatientAccount, PatientSession
from hospital.accounts.types import AccountCard, SignedIn
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.crypto import blind_index, decrypt_field, encrypt_field, keyed_hash

CODE_LIFE = timedelta(minutes=10)
CODE_PAUSE = timedelta(seconds=60)
SESSION_LIFE = timedelta(days=30)
_EMAIL = "accounts_patientaccount.email"
_SIGN_IN = "SIGN_IN"


def normalize_email(text: str) -> str:
    """The address in the form in which it is compared; refuses with `BadAddress`."""
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise BadAddress from None
    return address


def create_code(*, email: str, now: datetime) -> str:
    """A new six-digit code for `email`, replacing an open one; the caller sends it.

    Refuses with `CodeSentRecently` within a minute of the last. Whether an account exists is not told.
    """
    index = blind_index(normalize_email(email), place=_EMAIL)
    code = f"{secrets.randbelow(1_000_000):06d}"
    with transaction.atomic():
        open_code = (
            OneTimeCode.objects.select_for_update()
            .filter(address_index=index, purpose=_SIGN_IN, used_at=None)
            .first()
        )
        if open_code and now - open_code.sent_at < CODE_PAUSE:
            raise CodeSentRecently(seconds=int((open_code.sent_at + CODE_PAUSE - now).total_seconds()) + 1)
        if open_code:
            open_code.delete()
        row = OneTimeCode(address_index=index, purpose=_SIGN_IN, sent_at=now, expires_at=now + CODE_LIFE)
        row.code_hash = keyed_hash(f"{row.id}:{code}")
        row.save(force_insert=True)
    return code


def sign_in_with_code(*, email: str, code: str, language: str, user_agent: str, now: datetime) -> SignedIn:
    """Spends a code and opens a session; the first sign-in makes the account. Refuses with `WrongCode`.

    Each try costs one of five attempts in its own statement, so that guesses count even when they are refused.
    """
    address = normalize_email(email)
    index = blind_index(address, place=_EMAIL)
    open_codes = OneTimeCode.objects.filter(
        address_index=index, purpose=_SIGN_IN, used_at=None, expires_at__gt=now, attempts_left__gt=0
    )
    if not open_codes.update(attempts_left=F("attempts_left") - 1):
        raise WrongCode
    row = OneTimeCode.objects.get(address_index=index, purpose=_SIGN_IN, used_at=None)
    if not secrets.compare_digest(row.code_hash, keyed_hash(f"{row.id}:{code.strip()}")):
        raise WrongCode
    with transaction.atomic():
        if not OneTimeCode.objects.filter(pk=row.pk, used_at=None).update(used_at=now):
            raise WrongCode
        account, is_new = PatientAccount.objects.get_or_create(
            email_index=index,
            defaults={"email": encrypt_field(address, place=_EMAIL), "language": language, "created_at": now},
        )
        token = open_session(account_id=account.id, user_agent=user_agent, now=now)
    return SignedIn(account_id=account.id, token=token, is_new_account=is_new)


def open_session(*, account_id: UUID, user_agent: str, now: datetime) -> str:
    """A session of 30 days; returns its token, of which only the hash is kept."""
    token = secrets.token_urlsafe(32)
    PatientSession.objects.create(
        account_id=account_id,
        token_hash=hash_token(token),
        created_at=now,
        expires_at=now + SESSION_LIFE,
        user_agent=re.sub(r"[^\x20-\x7e]", "", user_agent)[:200],
    )
    return token


def hash_token(token: str) -> bytes:
    """SHA-256 of a session token, which is random enough to need no key."""
    return hashlib.sha256(token.encode()).digest()


def get_patient_actor(*, token: str, ip: str, request_id: str, now: datetime) -> Actor:
    """The actor behind a session token; refuses with `NotSignedIn`."""
    session = (
        PatientSession.objects.filter(
            token_hash=hash_token(token), revoked_at=None, expires_at__gt=now, account__is_active=True
        )
        .only("account_id")
        .first()
    )
    if session is None:
        raise NotSignedIn
    return Actor(
        kind=ActorKind.PATIENT, id=str(session.account_id), label="patient account", ip=ip, request_id=request_id
    )


def get_account(*, account_id: UUID) -> AccountCard:
    """The account's own data for its owner."""
    account = PatientAccount.objects.get(pk=account_id)
    return AccountCard(
        id=account.id,
        email=decrypt_field(account.email, place=_EMAIL),
        phone=decrypt_field(account.phone, place="accounts_patientaccount.phone"),
        language=account.language,
    )


def revoke_session(*, token: str, now: datetime) -> None:
    """Ends one session; a second time does nothing."""
    PatientSession.objects.filter(token_hash=hash_token(token), revoked_at=None).update(revoked_at=now)


def revoke_all_sessions(*, account_id: UUID, now: datetime) -> int:
    """Ends every session of the account; returns how many."""
    return PatientSession.objects.filter(account_id=account_id, revoked_at=None).update(revoked_at=now)
