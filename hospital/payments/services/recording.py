"""Money that is in already: counted at a window, or taken by a partner."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.ids import new_id
from hospital.payments.errors import IdempotencyKeyReused, PaymentStillOpen, TooLittleGiven, TransactionUsedBefore
from hospital.payments.models import PaymentOrder
from hospital.payments.queries import describe_paid_now, describe_payment
from hospital.payments.services.ledger import add_event, tell_upwards
from hospital.payments.services.starting import check_amount
from hospital.payments.states import Channel, PaymentState
from hospital.payments.types import PaymentOrderInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class CashTaken:
    """Banknotes and coins: `given` by the payer, of which `amount` stays in the till. CNY."""

    amount: Decimal
    given: Decimal

    @property
    def change(self) -> Decimal:
        """What the payer gets back at once."""
        return self.given - self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerTaken:
    """Money that a partner took: its `transaction_no` is unique with the `partner` for ever."""

    amount: Decimal
    partner: str
    transaction_no: str


def record_payment(
    *,
    taken: CashTaken | PartnerTaken,
    reference_kind: str,
    reference: str,
    person_id: UUID | None,
    idempotency_key: str,
    actor: Actor,
    now: datetime,
) -> PaymentOrderInfo:
    """Writes down money that is in: a PAID payment (F46, X51). May be called inside the caller's transaction.

    The same key again returns the same payment; with another amount or reference it refuses with
    `IdempotencyKeyReused`. Refuses with `InvalidAmount`, `TooLittleGiven`, `TransactionUsedBefore` (the partner named
    this transaction for something else) and `PaymentStillOpen`.
    """
    check_amount(taken.amount)
    channel = Channel.CASH if isinstance(taken, CashTaken) else Channel.PARTNER
    if isinstance(taken, CashTaken) and taken.change < 0:
        raise TooLittleGiven(due=str(taken.amount))
    conflicts = {
        "payments_paymentorder_idempotency_key_key": IdempotencyKeyReused(),
        "one_open_payment_a_reference": PaymentStillOpen(payment_order_id=""),
        "partner_transaction_once": TransactionUsedBefore(),
    }
    with acting(actor=actor, conflicts=conflicts):
        earlier = PaymentOrder.objects.filter(idempotency_key=idempotency_key).first()
        if earlier is not None:
            wanted = (channel.value, reference_kind, reference, taken.amount)
            if (earlier.channel, earlier.reference_kind, earlier.reference, earlier.amount) != wanted:
                raise IdempotencyKeyReused
            return describe_payment(earlier)
        order_id = new_id()
        order = PaymentOrder.objects.create(
            id=order_id,
            number=f"P{local_day(now):%y%m%d}{order_id.hex[-14:].upper()}",
            reference_kind=reference_kind,
            reference=reference,
            person_id=person_id,
            amount=taken.amount,
            channel=channel.value,
            state=PaymentState.PAID.value,
            idempotency_key=idempotency_key,
            expires_at=now,
            created_at=now,
            paid_at=now,
            **_columns(taken),
        )
        add_event(order=order, kind="PAID", actor=actor, now=now, amount=taken.amount)
        record_act(
            actor=actor,
            action="payments.record",
            subject_kind="payment_order",
            subject_id=str(order.id),
            person_id=person_id,
            now=now,
            details={
                "amount": str(taken.amount),
                "channel": channel.value,
                "reference_kind": reference_kind,
                "reference": reference,
            },
        )
        tell_upwards(order=order, kind="payments.paid", task="workflows.payment_settled", now=now)
    return describe_paid_now(order)


def _columns(taken: CashTaken | PartnerTaken) -> dict[str, object]:
    if isinstance(taken, CashTaken):
        return {"given": taken.given}
    return {"taken_by": taken.partner, "transaction_no": taken.transaction_no}
