"""Signed-in devices of patient accounts: a short access token and a refresh token that changes with each use (A01).

The next pair is computed from the refresh token that is spent and a key of the server. So a request that was sent
twice, or whose answer was lost on the way, gets the same pair again, although only hashes are kept.
"""

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from hospital.accounts.errors import NotSignedIn, UnknownDevice
from hospital.accounts.models import PatientSession, SpentRefreshToken
from hospital.accounts.types import Device, TokenPair
from hospital.audit.api import record_act, record_refusal
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.crypto import keyed_hash

ACCESS_LIFE = timedelta(minutes=30)
SESSION_LIFE = timedelta(days=30)  # without use
LONGEST_SESSION = timedelta(days=180)
RESEND_WINDOW = timedelta(seconds=30)

_ROTATE = """
    WITH turned AS (
        UPDATE accounts_patientsession session
        SET token_hash = %(access)s, refresh_hash = %(fresh)s, last_seen_at = %(now)s,
            ends_at = least(%(ends_at)s, session.created_at + %(longest)s::interval),
            expires_at = least(%(expires_at)s, session.created_at + %(longest)s::interval)
        FROM accounts_patientaccount account
        WHERE session.refresh_hash = %(spent)s AND session.revoked_at IS NULL AND session.ends_at > %(now)s
          AND account.id = session.account_id AND account.is_active
        RETURNING session.id, session.account_id
    ), spent AS (
        INSERT INTO accounts_spentrefreshtoken (token_hash, session_id, spent_at)
        SELECT %(spent)s, turned.id, %(now)s FROM turned
    )
    SELECT account_id FROM turned
"""


def open_session(*, account_id: UUID, user_agent: str, now: datetime) -> TokenPair:
    """A session that lasts 30 days from its last refresh, 180 at most; its tokens are shown once."""
    access, refresh = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    PatientSession.objects.create(
        account_id=account_id,
        token_hash=hash_token(access),
        refresh_hash=hash_token(refresh),
        created_at=now,
        last_seen_at=now,
        expires_at=now + ACCESS_LIFE,
        ends_at=now + SESSION_LIFE,
        user_agent=re.sub(r"[^\x20-\x7e]", "", user_agent)[:200],
    )
    return TokenPair(account_id=account_id, access=access, refresh=refresh, life=ACCESS_LIFE)


def refresh_session(*, refresh_token: str, now: datetime, ip: str = "", request_id: str = "") -> TokenPair:
    """Spends a refresh token and returns the next pair.

    The same token again within 30 seconds, while its successor is unused, returns the same pair. Later, or once the
    successor was used, somebody else must hold a copy: the whole session ends. Call it outside a transaction. Refuses
    with `NotSignedIn`.
    """
    spent = hash_token(refresh_token)
    access, fresh = keyed_hash(f"access:{refresh_token}"), keyed_hash(f"refresh:{refresh_token}")
    with connection.cursor() as cursor:
        cursor.execute(
            _ROTATE,
            {
                "spent": spent,
                "access": hash_token(access),
                "fresh": hash_token(fresh),
                "now": now,
                "expires_at": now + ACCESS_LIFE,
                "ends_at": now + SESSION_LIFE,
                "longest": f"{LONGEST_SESSION.days} days",
            },
        )
        row = cursor.fetchone()
    account_id = row[0] if row else _answer_again(spent=spent, fresh=fresh, now=now, ip=ip, request_id=request_id)
    return TokenPair(account_id=account_id, access=access, refresh=fresh, life=ACCESS_LIFE)


def _answer_again(*, spent: bytes, fresh: str, now: datetime, ip: str, request_id: str) -> UUID:
    """The account whose session has just spent this very token; all else is refused and, if it is a copy, ended."""
    seen = SpentRefreshToken.objects.filter(token_hash=spent).select_related("session").first()
    if seen is None or seen.session.revoked_at is not None:
        raise NotSignedIn
    session = seen.session
    if bytes(session.refresh_hash or b"") == hash_token(fresh) and now - seen.spent_at <= RESEND_WINDOW:
        return session.account_id
    with transaction.atomic():
        if PatientSession.objects.filter(pk=session.pk, revoked_at=None).update(revoked_at=now):
            record_refusal(
                actor=patient_actor(session.account_id, ip=ip, request_id=request_id),
                action="accounts.refresh",
                subject_kind="session",
                subject_id=str(session.pk),
                reason="refresh_token_reused",
                now=now,
            )
    raise NotSignedIn


def hash_token(token: str) -> bytes:
    """SHA-256 of a token, which is random enough to need no key."""
    return hashlib.sha256(token.encode()).digest()


def get_patient_actor(*, token: str, ip: str, request_id: str, now: datetime) -> Actor:
    """The actor behind an access token; refuses with `NotSignedIn`."""
    session = (
        PatientSession.objects.filter(
            token_hash=hash_token(token), revoked_at=None, expires_at__gt=now, account__is_active=True
        )
        .only("account_id")
        .first()
    )
    if session is None:
        raise NotSignedIn
    return patient_actor(session.account_id, ip=ip, request_id=request_id)


def patient_actor(account_id: UUID, *, ip: str = "", request_id: str = "") -> Actor:
    """The actor of an account."""
    return Actor(kind=ActorKind.PATIENT, id=str(account_id), label="patient account", ip=ip, request_id=request_id)


def list_devices(*, account_id: UUID, token: str, now: datetime) -> list[Device]:
    """The devices that are signed in, this one first, then by last use."""
    own = hash_token(token)
    devices = [
        Device(
            id=session.id,
            user_agent=session.user_agent,
            signed_in_at=session.created_at,
            last_seen_at=session.last_seen_at,
            is_this_one=bytes(session.token_hash) == own,
        )
        for session in PatientSession.objects.filter(account_id=account_id, revoked_at=None, ends_at__gt=now)
    ]
    return sorted(devices, key=lambda device: (device.is_this_one, device.last_seen_at), reverse=True)


def revoke_session(*, token: str, now: datetime) -> None:
    """Ends the session of an access token; a second time does nothing."""
    with transaction.atomic():
        session = PatientSession.objects.filter(token_hash=hash_token(token)).first()
        if session and PatientSession.objects.filter(pk=session.pk, revoked_at=None).update(revoked_at=now):
            _trace_sign_out(session.account_id, now=now)


def revoke_device(*, device_id: UUID, account_id: UUID, now: datetime) -> None:
    """Ends one session of the account. Refuses with `UnknownDevice` when it is not the account's, or ended before."""
    with transaction.atomic():
        if not PatientSession.objects.filter(pk=device_id, account_id=account_id, revoked_at=None).update(
            revoked_at=now
        ):
            raise UnknownDevice
        _trace_sign_out(account_id, now=now)


def revoke_all_sessions(*, account_id: UUID, now: datetime, except_token: str = "") -> int:
    """Ends every session of the account, but that of `except_token`; returns how many."""
    with transaction.atomic():
        open_ones = PatientSession.objects.filter(account_id=account_id, revoked_at=None)
        if except_token:
            open_ones = open_ones.exclude(token_hash=hash_token(except_token))
        ended = open_ones.update(revoked_at=now)
        if ended:
            _trace_sign_out(account_id, now=now)
    return ended


def _trace_sign_out(account_id: UUID, *, now: datetime) -> None:
    actor = patient_actor(account_id)
    record_act(actor=actor, action="accounts.sign_out", subject_kind="account", subject_id=actor.id, now=now)
