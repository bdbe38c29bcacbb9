"""Passwords of patient accounts. Nobody needs one; who has one gets in without waiting for a code (A01)."""

from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext

from hospital.accounts.addresses import AddressKind, open_address
from hospital.accounts.errors import PasswordLocked, WeakPassword, WrongCurrentPassword
from hospital.accounts.models import PasswordTry, PatientAccount
from hospital.accounts.sessions import revoke_all_sessions
from hospital.audit.api import record_act
from hospital.kernel.actors import Actor

TRIES = 5
REST = timedelta(minutes=15)
LONGEST_PASSWORD = 128

_CLAIM = """
    INSERT INTO accounts_passwordtry AS kept (address_index, tries, last_at) VALUES (%(index)s, 1, %(now)s)
    ON CONFLICT (address_index) DO UPDATE
        SET tries = CASE WHEN kept.last_at <= %(rested_since)s THEN 1 ELSE kept.tries + 1 END, last_at = %(now)s
        WHERE kept.tries < %(most)s OR kept.last_at <= %(rested_since)s
    RETURNING tries
"""


def claim_try(*, index: str, now: datetime) -> None:
    """Counts a try before the password is looked at. Refuses with `PasswordLocked` after five in a quarter of an hour.

    An address without an account is counted too, so that the lock tells nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"index": index, "now": now, "rested_since": now - REST, "most": TRIES})
        if cursor.fetchone() is not None:
            return
    last_at = PasswordTry.objects.get(address_index=index).last_at
    raise PasswordLocked(minutes=max(1, ceil((last_at + REST - now).total_seconds() / 60)))


def forget_tries(*, index: str) -> None:
    """A right password begins the count anew."""
    PasswordTry.objects.filter(address_index=index).delete()


def is_right(password: str, *, kept: str) -> bool:
    """Whether it is the password kept. Without one it takes as long and is wrong."""
    if kept:
        return check_password(password, kept)
    make_password(password[:LONGEST_PASSWORD])
    return False


def set_password(*, account_id: UUID, new: str, current: str, token: str, actor: Actor, now: datetime) -> None:
    """Sets or changes the password; every other device is signed out.

    A password that exists has to be given as `current`; each try counts. Call it outside a transaction. Refusals:
    `WrongCurrentPassword`, `PasswordLocked`, `WeakPassword`.
    """
    account = PatientAccount.objects.get(pk=account_id)
    if account.password:
        claim_try(index=str(account_id), now=now)
        if not is_right(current, kept=account.password):
            raise WrongCurrentPassword
    with transaction.atomic():
        account = PatientAccount.objects.select_for_update().get(pk=account_id)
        store_password(account, new, actor=actor, now=now)
        forget_tries(index=str(account_id))
        revoke_all_sessions(account_id=account_id, now=now, except_token=token)


def store_password(account: PatientAccount, new: str, *, actor: Actor, now: datetime) -> None:
    """Keeps the hash of a password that is strong enough, in the caller's transaction. Refuses with `WeakPassword`."""
    faults = _find_faults(account, new)
    if faults:
        raise WeakPassword(faults=" ".join(faults))
    PatientAccount.objects.filter(pk=account.pk).update(password=make_password(new))
    record_act(
        actor=actor, action="accounts.change_password", subject_kind="account", subject_id=str(account.pk), now=now
    )


def _find_faults(account: PatientAccount, new: str) -> list[str]:
    faults = []
    if len(new) > LONGEST_PASSWORD:
        faults.append(gettext("It is too long."))
    if account.password and is_right(new, kept=account.password):
        faults.append(gettext("It is the same as the current one."))
    mailbox = open_address(account.email, kind=AddressKind.EMAIL).partition("@")[0]
    number = open_address(account.phone, kind=AddressKind.PHONE).lstrip("+")
    if any(len(part) >= 4 and part in new.lower() for part in (mailbox, number, account.display_name.lower())):
        faults.append(gettext("It contains your name, e-mail address or phone."))
    try:
        validate_password(new)
    except ValidationError as error:
        faults += error.messages
    return faults
