"""Giving, withdrawing and looking up consents (PIPL; domain brief 10)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from hospital.audit.api import record_act
from hospital.consents.catalog import get_notice, list_notices
from hospital.consents.errors import (
    ConsentEndsWithAccount,
    NoticeOutdated,
    PrivacyConsentNeeded,
)
from hospital.consents.models import Consent
from hospital.consents.types import ConsentEntry, ConsentFacts, ConsentState, Notice, Purpose
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day

_ABOUT_A_PERSON = {Purpose.CHILD, Purpose.PRICE}


def give_consent(
    *,
    account_id: UUID,
    purpose: Purpose,
    facts: ConsentFacts,
    actor: Actor,
    now: datetime,
    person_id: UUID | None = None,
) -> None:
    """Writes a line into the ledger; the same consent again changes nothing. Refuses with `NoticeOutdated`."""
    notice = _current(purpose, now)
    if facts.version != notice.version:
        raise NoticeOutdated(version=notice.version)
    with transaction.atomic():
        _, is_new = _about(person_id).get_or_create(
            account_id=account_id,
            purpose=purpose.value,
            version=notice.version,
            withdrawn_at=None,
            defaults={
                "person_id": person_id,
                "text_hash": notice.hash,
                "language": facts.language,
                "ip": facts.ip[:45],
                "given_at": now,
            },
        )
        if is_new:
            _trace("consents.give", account_id, notice=notice, person_id=person_id, actor=actor, now=now)


def accept_privacy_notice(*, account_id: UUID, facts: ConsentFacts | None, actor: Actor, now: datetime) -> None:
    """The consent that comes before the first data, in the transaction that makes the account.

    Refuses with `PrivacyConsentNeeded` when there is none, or one to an older version.
    """
    notice = _current(Purpose.PRIVACY, now)
    if facts is None or facts.version != notice.version:
        raise PrivacyConsentNeeded(version=notice.version)
    give_consent(account_id=account_id, purpose=Purpose.PRIVACY, facts=facts, actor=actor, now=now)


def give_guardian_consent(
    *, account_id: UUID, person_id: UUID, facts: ConsentFacts, actor: Actor, now: datetime
) -> None:
    """A guardian agrees for a child under 14, in the transaction that links the child to the account.

    Refuses with `NoticeOutdated`.
    """
    give_consent(account_id=account_id, purpose=Purpose.CHILD, facts=facts, actor=actor, now=now, person_id=person_id)


def withdraw_consent(
    *, account_id: UUID, purpose: Purpose, actor: Actor, now: datetime, person_id: UUID | None = None
) -> None:
    """Ends the consent from now on; what was done before stays done. A second time does nothing.

    Refuses with `ConsentEndsWithAccount` for the privacy notice.
    """
    if purpose is Purpose.PRIVACY:
        raise ConsentEndsWithAccount
    with transaction.atomic():
        standing = _about(person_id).filter(account_id=account_id, purpose=purpose.value, withdrawn_at=None)
        ended = standing.update(withdrawn_at=now, withdrawn_ip=actor.ip[:45])
        if ended:
            notice = _current(purpose, now)
            _trace("consents.withdraw", account_id, notice=notice, person_id=person_id, actor=actor, now=now)


def withdraw_all(*, account_id: UUID, actor: Actor, now: datetime) -> None:
    """Ends every consent of an account that is closed; the ledger stays, and what was told about prices stays told."""
    standing = Consent.objects.filter(account_id=account_id, withdrawn_at=None, scope="")
    standing.update(withdrawn_at=now, withdrawn_ip=actor.ip[:45])


def has_consent(*, account_id: UUID, purpose: Purpose, now: datetime, person_id: UUID | None = None) -> bool:
    """Whether the present version is agreed to and not withdrawn."""
    return (
        _about(person_id)
        .filter(
            account_id=account_id,
            purpose=purpose.value,
            version=_current(purpose, now).version,
            withdrawn_at=None,
        )
        .exists()
    )


def list_consenting_accounts(*, purpose: Purpose, now: datetime, after_id: UUID, limit: int) -> list[UUID]:
    """Open accounts that agree to the present version today, by id, the ones after `after_id`."""
    rows = _consenting(purpose, now).filter(account_id__gt=after_id).order_by("account_id")
    return list(rows.values_list("account_id", flat=True)[:limit])


def count_consenting_accounts(*, purpose: Purpose, now: datetime) -> int:
    """How many open accounts agree to the present version today."""
    return _consenting(purpose, now).count()


def _consenting(purpose: Purpose, now: datetime) -> QuerySet[Consent]:
    return Consent.objects.filter(
        person=None,
        purpose=purpose.value,
        version=_current(purpose, now).version,
        withdrawn_at=None,
        account__is_active=True,
    )


def list_consents(*, account_id: UUID, now: datetime) -> list[ConsentState]:
    """How each consent of the account stands today; those for one person are not here."""
    latest: dict[str, Consent] = {}
    for row in Consent.objects.filter(account_id=account_id, person=None).order_by("given_at"):
        latest[row.purpose] = row
    return [
        _state(notice, latest.get(notice.purpose.value))
        for notice in list_notices(on=local_day(now))
        if notice.purpose not in _ABOUT_A_PERSON
    ]


def list_ledger(*, account_id: UUID) -> list[ConsentEntry]:
    """Every line of the account, oldest first."""
    return [
        ConsentEntry(
            purpose=Purpose(row.purpose),
            version=row.version,
            text_hash=row.text_hash,
            language=row.language,
            person_id=row.person_id,
            given_at=row.given_at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in Consent.objects.filter(account_id=account_id).order_by("given_at", "id")
    ]


def _about(person_id: UUID | None) -> QuerySet[Consent]:
    """Consents for oneself, or for one child."""
    return Consent.objects.filter(person=None) if person_id is None else Consent.objects.filter(person_id=person_id)


def _state(notice: Notice, row: Consent | None) -> ConsentState:
    stands = row is not None and row.withdrawn_at is None
    is_current = row is not None and stands and row.version == notice.version
    return ConsentState(
        purpose=notice.purpose,
        notice=notice,
        is_given=is_current,
        is_due=stands and not is_current,
        given_version=row.version if row else None,
        given_at=row.given_at if row else None,
        withdrawn_at=row.withdrawn_at if row else None,
    )


def _current(purpose: Purpose, now: datetime) -> Notice:
    return get_notice(purpose=purpose, on=local_day(now))


def _trace(
    action: str, account_id: UUID, *, notice: Notice, person_id: UUID | None, actor: Actor, now: datetime
) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="account",
        subject_id=str(account_id),
        person_id=person_id,
        now=now,
        details={"purpose": notice.purpose.value, "version": notice.version, "hash": notice.hash},
    )
