"""Changes of an account that its owner is told about: password, contact, WeChat (A01, W19)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hospital.accounts import api as accounts
from hospital.accounts.api import AddressKind, CodePurpose
from hospital.accounts.ports import wechat_identity
from hospital.accounts.types import AccountCard, SignedIn, Visitor
from hospital.kernel.actors import Actor
from hospital.notifications.api import queue_email
from hospital.workflows.sign_in import send_code

_CHANGED_PASSWORD = gettext_lazy("The password of your account was changed.")
_CHANGED_EMAIL = gettext_lazy("Your account now has another e-mail address.")


def set_password(*, account_id: UUID, new: str, current: str, token: str, actor: Actor, now: datetime) -> None:
    """Sets or changes the password and warns by mail. Refusals: those of `accounts.set_password`."""
    accounts.set_password(account_id=account_id, new=new, current=current, token=token, actor=actor, now=now)
    account = accounts.get_account(account_id=account_id)
    _warn(account, address=account.email, what=_CHANGED_PASSWORD, now=now)


def reset_password(*, address: str, code: str, new: str, visitor: Visitor, now: datetime) -> SignedIn:
    """A new password by code, with a session. Refusals: those of `accounts.reset_password`."""
    signed_in = accounts.reset_password(address=address, code=code, new=new, visitor=visitor, now=now)
    account = accounts.get_account(account_id=signed_in.account_id)
    _warn(account, address=account.email, what=_CHANGED_PASSWORD, now=now)
    return signed_in


def send_contact_code(*, account_id: UUID, address: str, ip: str, now: datetime) -> None:
    """Sends a code to the new address. Refusals: those of `send_code`."""
    language = accounts.get_account(account_id=account_id).language
    send_code(address=address, language=language, ip=ip, now=now, purpose=CodePurpose.CHANGE_CONTACT)


def change_contact(*, account_id: UUID, address: str, code: str, actor: Actor, now: datetime) -> None:
    """Sets the address that the code proves, and warns the e-mail address before.

    Call it outside a transaction. Refusals: `WrongCode`, `AddressTaken`, `BadAddress`, `BadPhone`.
    """
    proof = accounts.check_code(address=address, code=code, purpose=CodePurpose.CHANGE_CONTACT, now=now)
    with transaction.atomic():
        before = accounts.change_contact(account_id=account_id, proof=proof, actor=actor, now=now)
        if before and before != proof.address.value and proof.address.kind is AddressKind.EMAIL:
            account = accounts.get_account(account_id=account_id)
            _warn(account, address=before, what=_CHANGED_EMAIL, now=now)


def link_wechat(*, account_id: UUID, code: str, actor: Actor, now: datetime) -> None:
    """Connects whom WeChat names. Refusals: `WechatCodeInvalid`, `WechatBusy`, `WechatUnavailable`, `WechatTaken`,
    `WechatLinked`.
    """
    accounts.link_wechat(account_id=account_id, user=wechat_identity().exchange_code(code), actor=actor, now=now)


def _warn(account: AccountCard, *, address: str, what: Promise, now: datetime) -> None:
    """A message that always comes, whatever was chosen."""
    if not address:
        return
    with translation.override(account.language):
        queue_email(
            kind="account_changed",
            address=address,
            language=account.language,
            subject=str(what),
            body=str(what)
            + "\n\n"
            + _("If it was not you, sign in with a code, choose “Sign out everywhere” and tell the registration desk."),
            now=now,
        )
