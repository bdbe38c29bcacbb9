"""The ways into the patient app: a code, a password, WeChat (A01, W19)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from hospital.accounts.addresses import PLACES, Address, parse_address
from hospital.accounts.codes import CodePurpose, check_code, spend_code
from hospital.accounts.errors import AccountClosed, LastWayIn, NoAccountHere, WechatLinked, WechatTaken, WrongPassword
from hospital.accounts.models import PatientAccount, WechatLink
from hospital.accounts.passwords import claim_try, forget_tries, is_right, store_password
from hospital.accounts.patient_accounts import find_account
from hospital.accounts.ports import WechatUser
from hospital.accounts.sessions import open_session, patient_actor, revoke_all_sessions
from hospital.accounts.types import SignedIn, Visitor
from hospital.audit.api import record_act, record_refusal
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.crypto import blind_index, decrypt_field, encrypt_field
from hospital.kernel.errors import Refusal

_OPENID = "accounts_wechatlink.openid"
_UNIONID = "accounts_wechatlink.unionid"

# What has to happen in the transaction that makes an account; it may refuse, and then there is no account.
Welcome = Callable[[UUID], None]


def sign_in_with_code(
    *, address: str, code: str, language: str, visitor: Visitor, now: datetime, welcome: Welcome | None = None
) -> SignedIn:
    """Spends a code and opens a session; the first sign-in makes the account and calls `welcome` with its id.

    Each try costs one of five attempts in its own statement, so that guesses count even when they are refused; call it
    outside a transaction. Success and failure are entries of the audit trail. Refusals: `BadAddress`, `BadPhone`,
    `WrongCode`, `AccountClosed`, and those of `welcome`.
    """
    parsed = parse_address(address)
    with _traced("address", parsed.index, visitor=visitor, now=now):
        proof = check_code(address=address, code=code, purpose=CodePurpose.SIGN_IN, now=now)
        with transaction.atomic():
            spend_code(proof, now=now)
            account, is_new = _find_or_make(parsed, language=language, now=now)
            if is_new and welcome is not None:
                welcome(account.id)
            return _let_in(account, is_new=is_new, visitor=visitor, now=now)


def sign_in_with_password(*, address: str, password: str, visitor: Visitor, now: datetime) -> SignedIn:
    """Opens a session. An address has five tries in a quarter of an hour, whether it has an account or not.

    Call it outside a transaction. Refusals: `BadAddress`, `BadPhone`, `WrongPassword`, `PasswordLocked`.
    """
    parsed = parse_address(address)
    with _traced("address", parsed.index, visitor=visitor, now=now):
        claim_try(index=parsed.index, now=now)
        account = find_account(parsed)
        if not is_right(password, kept=account.password if account else "") or account is None:
            raise WrongPassword
        with transaction.atomic():
            forget_tries(index=parsed.index)
            return _let_in(account, is_new=False, visitor=visitor, now=now)


def reset_password(*, address: str, code: str, new: str, visitor: Visitor, now: datetime) -> SignedIn:
    """Sets a new password with a code of its own, ends all other sessions and opens one.

    Call it outside a transaction. Refusals: `BadAddress`, `BadPhone`, `WrongCode`, `WeakPassword`, `NoAccountHere` (who
    has the right code reads that address, so it is no secret).
    """
    parsed = parse_address(address)
    with _traced("address", parsed.index, visitor=visitor, now=now):
        proof = check_code(address=address, code=code, purpose=CodePurpose.RESET_PASSWORD, now=now)
        with transaction.atomic():
            account = find_account(parsed)
            if account is None:
                raise NoAccountHere
            store_password(account, new, actor=_actor_of(account, visitor), now=now)
            spend_code(proof, now=now)
            forget_tries(index=parsed.index)
            revoke_all_sessions(account_id=account.id, now=now)
            return _let_in(account, is_new=False, visitor=visitor, now=now)


def sign_in_with_wechat(
    *, user: WechatUser, language: str, visitor: Visitor, now: datetime, welcome: Welcome | None = None
) -> SignedIn:
    """Opens a session for whom WeChat has named; the first sign-in makes an account and calls `welcome`.

    Refusals: `AccountClosed`, and those of `welcome`.
    """
    index = blind_index(user.openid, place=_OPENID)
    with _traced("wechat", index, visitor=visitor, now=now):
        try:
            return _let_wechat_in(user, index=index, language=language, visitor=visitor, now=now, welcome=welcome)
        except IntegrityError:  # another request of the same person was faster: the account is there now
            return _let_wechat_in(user, index=index, language=language, visitor=visitor, now=now, welcome=welcome)


def _let_wechat_in(
    user: WechatUser, *, index: str, language: str, visitor: Visitor, now: datetime, welcome: Welcome | None
) -> SignedIn:
    with transaction.atomic():
        link = WechatLink.objects.filter(openid_index=index).select_related("account").first()
        if link is not None:
            return _let_in(link.account, is_new=False, visitor=visitor, now=now)
        account = PatientAccount.objects.create(language=language, created_at=now)
        _link(account.id, user, index=index, now=now)
        if welcome is not None:
            welcome(account.id)
        return _let_in(account, is_new=True, visitor=visitor, now=now)


def link_wechat(*, account_id: UUID, user: WechatUser, actor: Actor, now: datetime) -> None:
    """Lets this WeChat open the account; a second time does nothing. The database decides.

    Refusals: `WechatTaken` (it opens another account), `WechatLinked` (the account has another WeChat).
    """
    index = blind_index(user.openid, place=_OPENID)
    known = WechatLink.objects.filter(openid_index=index).first()
    if known is not None:
        if known.account_id != account_id:
            raise WechatTaken
        return
    try:
        with transaction.atomic():
            _link(account_id, user, index=index, now=now)
            record_act(
                actor=actor, action="accounts.link_wechat", subject_kind="account", subject_id=str(account_id), now=now
            )
    except IntegrityError:
        raise (WechatLinked if WechatLink.objects.filter(account_id=account_id).exists() else WechatTaken) from None


def unlink_wechat(*, account_id: UUID, actor: Actor, now: datetime) -> None:
    """WeChat opens the account no more; a second time does nothing. Refuses with `LastWayIn`."""
    with transaction.atomic():
        account = PatientAccount.objects.select_for_update().get(pk=account_id)
        link = WechatLink.objects.filter(account_id=account_id)
        if link.exists() and not account.email and not account.phone:
            raise LastWayIn
        if link.delete()[0]:
            record_act(
                actor=actor,
                action="accounts.unlink_wechat",
                subject_kind="account",
                subject_id=str(account_id),
                now=now,
            )


def get_wechat_openid(*, account_id: UUID) -> str:
    """By which WeChat knows the account's owner in our mini program; empty without a link."""
    link = WechatLink.objects.filter(account_id=account_id).first()
    return decrypt_field(link.openid, place=_OPENID) if link else ""


def _link(account_id: UUID, user: WechatUser, *, index: str, now: datetime) -> None:
    WechatLink.objects.create(
        account_id=account_id,
        openid=encrypt_field(user.openid, place=_OPENID),
        openid_index=index,
        unionid=encrypt_field(user.unionid, place=_UNIONID),
        linked_at=now,
    )


def _find_or_make(address: Address, *, language: str, now: datetime) -> tuple[PatientAccount, bool]:
    column = address.column
    return PatientAccount.objects.get_or_create(
        **{f"{column}_index": address.index},
        defaults={column: encrypt_field(address.value, place=PLACES[address.kind]), "language": language}
        | {"created_at": now},
    )


def _let_in(account: PatientAccount, *, is_new: bool, visitor: Visitor, now: datetime) -> SignedIn:
    if not account.is_active:
        raise AccountClosed
    tokens = open_session(account_id=account.id, user_agent=visitor.user_agent, now=now)
    record_act(
        actor=_actor_of(account, visitor),
        action="accounts.sign_in",
        subject_kind="account",
        subject_id=str(account.id),
        now=now,
    )
    return SignedIn(account_id=account.id, tokens=tokens, is_new_account=is_new)


def _actor_of(account: PatientAccount, visitor: Visitor) -> Actor:
    return patient_actor(account.id, ip=visitor.ip, request_id=visitor.request_id)


@contextmanager
def _traced(kind: str, subject_id: str, *, visitor: Visitor, now: datetime) -> Iterator[None]:
    """A refused sign-in is an entry of the audit trail; it is written after the refused transaction was rolled back."""
    try:
        yield
    except Refusal as refusal:
        record_refusal(
            actor=Actor(
                kind=ActorKind.PATIENT,
                id="",
                label="not signed in",
                ip=visitor.ip,
                request_id=visitor.request_id,
            ),
            action="accounts.sign_in",
            subject_kind=kind,
            subject_id=subject_id,
            reason=refusal.code,
            now=now,
        )
        raise
