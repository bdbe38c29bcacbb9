"""A copy of one's own data (PIPL article 45)."""

import base64
import hashlib
import secrets
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.db import IntegrityError, transaction

from hospital.audit.api import record_act
from hospital.consents.errors import DataCopyRunning, UnknownDataCopy
from hospital.consents.models import DataCopy
from hospital.consents.types import CopyState, DataCopyCard
from hospital.kernel.actors import Actor
from hospital.kernel.crypto import decrypt_field, encrypt_field
from hospital.kernel.queue import defer_task

COPY_LIFE = timedelta(days=7)
LINK_LIFE = timedelta(minutes=10)
_CONTENT = "consents_datacopy.content"


def request_data_copy(*, account_id: UUID, actor: Actor, now: datetime) -> DataCopyCard:
    """Asks for a copy, which the worker builds. Refuses with `DataCopyRunning`; the database decides."""
    _expire(now=now, account_id=account_id)
    try:
        with transaction.atomic():
            copy = DataCopy.objects.create(account_id=account_id, requested_at=now)
            defer_task("workflows.build_data_copy", copy_id=str(copy.id))
            _trace("consents.request_data_copy", copy.id, actor=actor, now=now)
    except IntegrityError:
        raise DataCopyRunning from None
    return _card(copy)


def list_data_copies(*, account_id: UUID, now: datetime) -> list[DataCopyCard]:
    """The ten newest copies of the account."""
    _expire(now=now, account_id=account_id)
    return [_card(row) for row in DataCopy.objects.filter(account_id=account_id).order_by("-requested_at")[:10]]


def get_copy_owner(*, copy_id: UUID) -> UUID | None:
    """Whose copy is to be built; None when nothing waits for it."""
    return DataCopy.objects.filter(pk=copy_id, state="PREPARING").values_list("account_id", flat=True).first()


def fill_data_copy(*, copy_id: UUID, content: bytes, now: datetime) -> bool:
    """Keeps what was built, encrypted, for seven days; False when it was there already."""
    return bool(
        DataCopy.objects.filter(pk=copy_id, state="PREPARING").update(
            state="READY",
            content=encrypt_field(base64.b64encode(content).decode(), place=_CONTENT),
            size=len(content),
            ready_at=now,
            expires_at=now + COPY_LIFE,
        )
    )


def fail_data_copy(*, copy_id: UUID) -> None:
    """Gives up on a copy, so that another can be asked for."""
    DataCopy.objects.filter(pk=copy_id, state="PREPARING").update(state="FAILED")


def open_link(*, copy_id: UUID, account_id: UUID, actor: Actor, now: datetime) -> str:
    """The secret of a link that downloads the copy once, for ten minutes; a new one ends the one before.

    Refuses with `UnknownDataCopy`.
    """
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        opened = DataCopy.objects.filter(pk=copy_id, account_id=account_id, state="READY", expires_at__gt=now).update(
            link_hash=_hash(secret), link_expires_at=now + LINK_LIFE
        )
        if not opened:
            raise UnknownDataCopy
        _trace("consents.open_data_copy", copy_id, actor=actor, now=now)
    return secret


def take_data_copy(*, secret: str, now: datetime) -> bytes:
    """The copy behind a link, once: it is wiped in the same transaction. Refuses with `UnknownDataCopy`."""
    with transaction.atomic():
        copy = (
            DataCopy.objects.select_for_update()
            .filter(link_hash=_hash(secret), state="READY", link_expires_at__gt=now, expires_at__gt=now)
            .first()
        )
        if copy is None:
            raise UnknownDataCopy
        content = base64.b64decode(decrypt_field(copy.content, place=_CONTENT))
        DataCopy.objects.filter(pk=copy.pk).update(state="TAKEN", content="", link_hash=None, taken_at=now)
    return content


def forget_data_copies(*, account_id: UUID) -> None:
    """Wipes what an account that ends has not taken."""
    DataCopy.objects.filter(account_id=account_id, state__in=["PREPARING", "READY"]).update(
        state="EXPIRED", content="", link_hash=None
    )


def expire_data_copies(*, now: datetime) -> int:
    """Wipes every copy whose seven days are over; returns how many."""
    return _expire(now=now)


def _expire(*, now: datetime, account_id: UUID | None = None) -> int:
    old = DataCopy.objects.filter(state="READY", expires_at__lte=now)
    if account_id is not None:
        old = old.filter(account_id=account_id)
    return old.update(state="EXPIRED", content="", link_hash=None)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _card(row: DataCopy) -> DataCopyCard:
    return DataCopyCard(
        id=row.id,
        state=cast(CopyState, row.state),
        requested_at=row.requested_at,
        ready_at=row.ready_at,
        expires_at=row.expires_at,
        size=row.size,
    )


def _trace(action: str, subject_id: UUID, *, actor: Actor, now: datetime) -> None:
    record_act(actor=actor, action=action, subject_kind="own_data", subject_id=str(subject_id), now=now)
