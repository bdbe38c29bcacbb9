"""A patient signs in: codes go out, and whoever is new has accepted the privacy notice first (A01, A03, W19)."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hospital.accounts import api as accounts
from hospital.accounts.api import AddressKind, CodePurpose
from hospital.accounts.ports import wechat_identity
from hospital.accounts.types import SignedIn, Visitor
from hospital.consents.api import accept_privacy_notice
from hospital.consents.types import ConsentFacts
from hospital.notifications.api import queue_email, queue_sms

_SUBJECTS: dict[CodePurpose, Promise] = {
    CodePurpose.SIGN_IN: gettext_lazy("%(code)s is your sign-in code"),
    CodePurpose.RESET_PASSWORD: gettext_lazy("%(code)s is your code for a new password"),
    CodePurpose.CHANGE_CONTACT: gettext_lazy("%(code)s confirms this address"),
    CodePurpose.CLOSE_ACCOUNT: gettext_lazy("%(code)s is your code to delete your account"),
}


def send_code(
    *, address: str, language: str, ip: str, now: datetime, purpose: CodePurpose = CodePurpose.SIGN_IN
) -> None:
    """Sends a six-digit code in the reader's language (`en`, `zh-hans` or `zh-hant`), by mail or text message.

    The answer is the same whether an account exists or not. `ip` is the internet address that asks. Refusals:
    `BadAddress`, `BadPhone`, `CodeSentRecently`, `TooManyWrongCodes`, `TooManyTexts`.
    """
    parsed = accounts.parse_address(address)
    with transaction.atomic(), translation.override(language):
        code = accounts.create_code(address=address, purpose=purpose, now=now)
        if parsed.kind is AddressKind.PHONE:
            accounts.count_text(phone=parsed.value, ip=ip, now=now)
            queue_sms(kind="code", phone=parsed.value, language=language, values=[code], now=now)
            return
        queue_email(
            kind="sign_in_code",
            address=parsed.value,
            language=language,
            subject=str(_SUBJECTS[purpose]) % {"code": code},
            body=_(
                "Your code for the International Medical Center is %(code)s.\n\n"
                "It is valid for 10 minutes and works once. We never ask for it by phone.\n"
                "If you did not ask for a code, you can ignore this message."
            )
            % {"code": code},
            now=now,
        )


def sign_in_with_code(
    *, address: str, code: str, language: str, visitor: Visitor, now: datetime, notice: ConsentFacts | None = None
) -> SignedIn:
    """Opens a session. The first time it makes the account and records the consent to the privacy notice, or neither.

    Refusals: those of `accounts.sign_in_with_code`, and `PrivacyConsentNeeded` for a new account: the code stays good.
    """
    welcome = partial(_welcome, notice=notice, visitor=visitor, now=now)
    return accounts.sign_in_with_code(
        address=address, code=code, language=language, visitor=visitor, now=now, welcome=welcome
    )


def sign_in_with_wechat(
    *, code: str, language: str, visitor: Visitor, now: datetime, notice: ConsentFacts | None = None
) -> SignedIn:
    """Opens a session for whom WeChat names. The first time it makes the account with the consent, or neither.

    WeChat's code is spent in any case: after `PrivacyConsentNeeded` the app asks for another. Refusals:
    `WechatCodeInvalid`, `WechatBusy`, `WechatUnavailable`, `PrivacyConsentNeeded`, `AccountClosed`.
    """
    user = wechat_identity().exchange_code(code)
    welcome = partial(_welcome, notice=notice, visitor=visitor, now=now)
    return accounts.sign_in_with_wechat(user=user, language=language, visitor=visitor, now=now, welcome=welcome)


def _welcome(account_id: UUID, *, notice: ConsentFacts | None, visitor: Visitor, now: datetime) -> None:
    actor = accounts.patient_actor(account_id, ip=visitor.ip, request_id=visitor.request_id)
    accept_privacy_notice(account_id=account_id, facts=notice, actor=actor, now=now)
