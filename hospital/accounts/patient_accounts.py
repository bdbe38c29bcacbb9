"""Patient accounts: who they are, how one reaches them, and how they end (A01, W19)."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from hospital.accounts.addresses import Address, AddressKind, open_address
from hospital.accounts.codes import Proof, spend_code
from hospital.accounts.errors import AddressTaken, LastWayIn, NotSignedIn
from hospital.accounts.models import PatientAccount, WechatLink
from hospital.accounts.sessions import revoke_all_sessions
from hospital.accounts.types import AccountCard
from hospital.audit.api import record_act
from hospital.kernel.actors import Actor

LANGUAGES = ("en", "zh-hans", "zh-hant")


def find_account(address: Address) -> PatientAccount | None:
    """The account of an address; a closed one has none."""
    return PatientAccount.objects.filter(**{f"{address.column}_index": address.index}).first()


def get_account(*, account_id: UUID) -> AccountCard:
    """The account's own data for its owner; refuses with `NotSignedIn` where there is none."""
    account = PatientAccount.objects.filter(pk=account_id).first()
    if account is None:
        raise NotSignedIn
    return AccountCard(
        id=account.id,
        email=open_address(account.email, kind=AddressKind.EMAIL),
        phone=open_address(account.phone, kind=AddressKind.PHONE),
        language=account.language,
        display_name=account.display_name,
        has_password=bool(account.password),
        has_wechat=WechatLink.objects.filter(account_id=account_id).exists(),
        created_at=account.created_at,
    )


def update_profile(
    *, account_id: UUID, actor: Actor, now: datetime, language: str | None = None, display_name: str | None = None
) -> None:
    """Changes what is given. `language` is one of `LANGUAGES`; an empty `display_name` takes the name off."""
    if language is not None and language not in LANGUAGES:
        raise ValueError(language)
    chosen = {"language": language, "display_name": display_name}
    changes = {name: value for name, value in chosen.items() if value is not None}
    with transaction.atomic():
        if changes and PatientAccount.objects.filter(pk=account_id).exclude(**changes).update(**changes):
            _trace(actor, "accounts.update_profile", account_id, now=now, fields=sorted(changes))


def change_contact(*, account_id: UUID, proof: Proof, actor: Actor, now: datetime) -> str:
    """Sets the e-mail address or phone that a code has proved; returns the one before (empty when there was none).

    Refuses with `WrongCode` and with `AddressTaken` when another account has it; the database decides.
    """
    address = proof.address
    with transaction.atomic():
        spend_code(proof, now=now)
        account = PatientAccount.objects.select_for_update().get(pk=account_id)
        before = open_address(getattr(account, address.column), kind=address.kind)
        setattr(account, address.column, address.sealed)
        setattr(account, f"{address.column}_index", address.index)
        try:
            with transaction.atomic():
                account.save(update_fields=[address.column, f"{address.column}_index"])
        except IntegrityError:
            raise AddressTaken from None
        _trace(actor, "accounts.change_contact", account_id, now=now, kind=address.kind.value)
    return before


def remove_contact(*, account_id: UUID, kind: AddressKind, actor: Actor, now: datetime) -> None:
    """Takes the e-mail address or phone off; a second time does nothing. Refuses with `LastWayIn`."""
    column = kind.value.lower()
    with transaction.atomic():
        account = PatientAccount.objects.select_for_update().get(pk=account_id)
        if not getattr(account, column):
            return
        other = account.phone if kind is AddressKind.EMAIL else account.email
        if not other and not WechatLink.objects.filter(account_id=account_id).exists():
            raise LastWayIn
        PatientAccount.objects.filter(pk=account_id).update(**{column: "", f"{column}_index": ""})
        _trace(actor, "accounts.remove_contact", account_id, now=now, kind=kind.value)


def close_account(*, account_id: UUID, actor: Actor, now: datetime) -> None:
    """Ends the account for good: sessions, password, WeChat, name and addresses go, so that an address can be used for
    a new account. The row itself stays, because bookings, payments and the audit trail name it. A second time does
    nothing.
    """
    with transaction.atomic():
        closed = PatientAccount.objects.filter(pk=account_id, is_active=True).update(
            is_active=False,
            closed_at=now,
            email="",
            email_index="",
            phone="",
            phone_index="",
            password="",
            display_name="",
        )
        if closed:
            WechatLink.objects.filter(account_id=account_id).delete()
            revoke_all_sessions(account_id=account_id, now=now)
            _trace(actor, "accounts.close_account", account_id, now=now)


def _trace(actor: Actor, action: str, account_id: UUID, *, now: datetime, **details: object) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="account",
        subject_id=str(account_id),
        now=now,
        details=details or None,
    )
