"""Starting a WeChat payment inside the mini program."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.payments.errors import WechatPaymentUnavailable
from hospital.payments.models import PaymentOrder
from hospital.payments.ports import AcquirerRejected, AcquirerUnavailable, PrepayRequest, WechatCall, wechat_acquirer
from hospital.payments.queries import describe_payment
from hospital.payments.services.ledger import lock_payment, transition_payment
from hospital.payments.services.starting import find_or_create_payment, give_up
from hospital.payments.states import Channel, PaymentState
from hospital.payments.types import PaymentOrderInfo


def start_wechat_payment(
    *,
    reference_kind: str,
    reference: str,
    amount: Decimal,
    person_id: UUID | None,
    idempotency_key: str,
    openid: str,
    actor: Actor,
    now: datetime,
    description: str,
) -> PaymentOrderInfo:
    """A payment of `amount` CNY that the payer makes inside WeChat (A07, W25); `sign_wechat_call` gives its parameters.

    The row is committed first, then WeChat is called: must not be called inside a transaction. The same key again
    returns the same payment and announces it to WeChat if that had not worked; with another amount, reference or means
    it refuses with `IdempotencyKeyReused`. Refuses with `InvalidAmount`, with `PaymentStillOpen` while another payment
    of the reference may still be paid, and with `WechatPaymentUnavailable` (nothing was charged; try the same key
    again). `openid` is the payer's at our mini program; it goes to WeChat and is not kept.
    """
    order = find_or_create_payment(
        channel=Channel.WECHAT,
        reference_kind=reference_kind,
        reference=reference,
        amount=amount,
        person_id=person_id,
        idempotency_key=idempotency_key,
        actor=actor,
        now=now,
    )
    if order.state == PaymentState.CREATED and now < order.expires_at:
        request = PrepayRequest(
            order_no=order.number,
            amount=order.amount,
            currency=order.currency,
            description=description,
            openid=openid,
            expires_at=order.expires_at,
        )
        order = _announce(order=order, request=request, actor=actor, now=now)
    return describe_payment(order)


def _announce(*, order: PaymentOrder, request: PrepayRequest, actor: Actor, now: datetime) -> PaymentOrder:
    try:
        prepay_id = wechat_acquirer().start_prepay(request)
    except AcquirerUnavailable:
        raise WechatPaymentUnavailable from None
    except AcquirerRejected as error:
        give_up(order=order, code=str(error)[:60], actor=actor, now=now)
        raise WechatPaymentUnavailable from None
    with acting(actor=actor):
        locked = lock_payment(order.id)
        if locked.state != PaymentState.CREATED:  # the same request at the same time was first
            return locked
        transition_payment(order=locked, target=PaymentState.PAYING, actor=actor, now=now, session_id=prepay_id)
    return locked


def sign_wechat_call(*, order_id: UUID, now: datetime) -> WechatCall | None:
    """What `wx.requestPayment` is called with, signed afresh; None where there is nothing to pay any more.

    The caller has checked who may see the payment. Asks nobody outside.
    """
    order = PaymentOrder.objects.filter(
        pk=order_id, channel=Channel.WECHAT, state=PaymentState.PAYING, expires_at__gt=now
    ).first()
    return wechat_acquirer().sign_call(order.session_id, now=now) if order else None
