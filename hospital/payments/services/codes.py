"""Payments from a wallet whose code was scanned: WeChat Pay, Alipay."""

import re
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.kernel.actors import Actor
from hospital.payments.errors import CodePaymentUnavailable, PayerCodeInvalid
from hospital.payments.ports import AcquirerOrder, AcquirerRejected, CodeRequest, PayerCodeRefused, code_acquirer
from hospital.payments.queries import describe_payment
from hospital.payments.rules import CODE_LIFE
from hospital.payments.services.attended import carry_to_acquirer
from hospital.payments.services.starting import find_or_create_payment
from hospital.payments.states import Channel
from hospital.payments.types import PaymentOrderInfo

_FORMS = {
    Channel.WECHAT_CODE: re.compile(r"1[0-5][0-9]{16}"),
    Channel.ALIPAY_CODE: re.compile(r"(?:2[5-9]|30)[0-9]{14,22}"),
}


def detect_code_channel(code: str) -> Channel | None:
    """Whose payment code has this form: WeChat's has 18 digits from 10 to 15, Alipay's 16 to 24 from 25 to 30."""
    scanned = code.strip()
    return next((channel for channel, form in _FORMS.items() if form.fullmatch(scanned)), None)


def start_code_payment(
    *,
    channel: Channel,
    payer_code: str,
    reference_kind: str,
    reference: str,
    amount: Decimal,
    person_id: UUID | None,
    idempotency_key: str,
    desk: str,
    actor: Actor,
    now: datetime,
    description: str,
) -> PaymentOrderInfo:
    """Takes `amount` CNY from the wallet whose code was scanned at `desk` (F46); the payment as it then stands.

    PAID at once; PAYING while the payer types a password (`confirm_payment` asks anew, the queue asks every few
    seconds); UNKNOWN without an answer; FAILED where the wallet declined (`get_failure_code` tells its word). What has
    not ended after two minutes is ended at the wallet, so that nobody pays it later; `cancel_payment` does so at once.

    The row is committed first, then the wallet is called: must not be called inside a transaction. The same key again
    returns the same payment and charges nothing; another scan is another payment with another key. `payer_code` goes to
    the wallet and is neither kept nor logged; `description` is what the payer reads. Refuses with `PayerCodeInvalid`
    (no code of this wallet: nothing is written down; or the wallet does not know it any more: FAILED),
    `CodePaymentUnavailable` (FAILED), `InvalidAmount`, `IdempotencyKeyReused` and `PaymentStillOpen`.
    """
    scanned = payer_code.strip()
    if detect_code_channel(scanned) is not channel:
        raise PayerCodeInvalid
    order = find_or_create_payment(
        channel=channel,
        reference_kind=reference_kind,
        reference=reference,
        amount=amount,
        person_id=person_id,
        idempotency_key=idempotency_key,
        actor=actor,
        now=now,
        life=CODE_LIFE,
    )
    request = CodeRequest(
        order_no=order.number,
        amount=order.amount,
        currency=order.currency,
        description=description,
        payer_code=scanned,
        desk=desk,
    )

    def charge() -> AcquirerOrder:
        return code_acquirer(channel).charge_code(request)

    try:
        return describe_payment(carry_to_acquirer(order=order, call=charge, actor=actor, now=now))
    except PayerCodeRefused:
        raise PayerCodeInvalid from None
    except AcquirerRejected:
        raise CodePaymentUnavailable from None
