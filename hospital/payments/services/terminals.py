"""Payments by card at the window's card terminal."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.kernel.actors import Actor
from hospital.payments import ports
from hospital.payments.errors import IdempotencyKeyReused, TerminalBusy, TerminalUnavailable
from hospital.payments.queries import describe_payment
from hospital.payments.rules import TERMINAL_LIFE
from hospital.payments.services.attended import carry_to_acquirer
from hospital.payments.services.starting import find_or_create_payment
from hospital.payments.states import Channel
from hospital.payments.types import PaymentOrderInfo

_LONGEST_NUMBER = 40


def start_terminal_payment(
    *,
    terminal: str,
    reference_kind: str,
    reference: str,
    amount: Decimal,
    person_id: UUID | None,
    idempotency_key: str,
    actor: Actor,
    now: datetime,
) -> PaymentOrderInfo:
    """Shows `amount` CNY on the card terminal of this number (F46); the payment as it then stands, `taken_by` it.

    PAYING while the payer taps, inserts and types (`confirm_payment` asks anew, the queue asks every few seconds);
    UNKNOWN where the gateway did not answer. What has not ended after four minutes is taken off the terminal, so that
    nobody pays it later; `cancel_payment` does so at once.

    The row is committed first, then the gateway is called: must not be called inside a transaction. The same key again
    returns the same payment; at another terminal, too, it refuses with `IdempotencyKeyReused`. Refuses with
    `TerminalUnavailable` and `TerminalBusy` (both FAILED, nothing charged), `InvalidAmount` and `PaymentStillOpen`.
    """
    if not 1 <= len(terminal) <= _LONGEST_NUMBER:
        raise TerminalUnavailable
    order = find_or_create_payment(
        channel=Channel.TERMINAL,
        reference_kind=reference_kind,
        reference=reference,
        amount=amount,
        person_id=person_id,
        idempotency_key=idempotency_key,
        actor=actor,
        now=now,
        life=TERMINAL_LIFE,
        taken_by=terminal,
    )
    if order.taken_by != terminal:
        raise IdempotencyKeyReused
    request = ports.SaleRequest(order_no=order.number, amount=order.amount, currency=order.currency, terminal=terminal)
    try:
        return describe_payment(
            carry_to_acquirer(order=order, call=lambda: ports.card_terminal().start_sale(request), actor=actor, now=now)
        )
    except ports.TerminalBusy:
        raise TerminalBusy from None
    except ports.AcquirerRejected:
        raise TerminalUnavailable from None
