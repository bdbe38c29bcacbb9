"""Money that is in when it is written down."""

from decimal import Decimal
from uuid import uuid4

import pytest

from hospital.payments.api import (
    CashTaken,
    PartnerTaken,
    confirm_partner_refund,
    get_payment_order,
    record_payment,
    refund_payment,
)
from hospital.payments.errors import (
    IdempotencyKeyReused,
    RefundExceedsPayment,
    RefundNotFound,
    TooLittleGiven,
    TransactionUsedBefore,
)
from hospital.payments.models import PaymentOrder
from hospital.payments.states import PaymentState, RefundState
from hospital.payments.tests.factories import CASHIER, NOW
from hospital.payments.types import PaymentOrderInfo

pytestmark = pytest.mark.django_db


def record(taken: CashTaken | PartnerTaken, *, key: str = "", reference: str = "s1") -> PaymentOrderInfo:
    return record_payment(
        taken=taken,
        reference_kind="test",
        reference=reference,
        person_id=None,
        idempotency_key=key or str(uuid4()),
        actor=CASHIER,
        now=NOW,
    )


def cash(amount: str, given: str) -> CashTaken:
    return CashTaken(amount=Decimal(amount), given=Decimal(given))


def partner(amount: str, transaction_no: str = "T1", name: str = "kiosk") -> PartnerTaken:
    return PartnerTaken(amount=Decimal(amount), partner=name, transaction_no=transaction_no)


@pytest.mark.requirement("F46")
def test_cash_is_paid_at_once_and_keeps_what_was_given() -> None:
    paid = record(cash("87.60", "100.00"))
    assert (paid.state, paid.paid, paid.given) == (PaymentState.PAID, Decimal("87.60"), Decimal("100.00"))


def test_less_cash_than_is_due_is_refused() -> None:
    with pytest.raises(TooLittleGiven) as refusal:
        record(cash("87.60", "87.50"))
    assert "87.60" in str(refusal.value.message)
    assert not PaymentOrder.objects.exists()


def test_the_same_key_again_is_the_same_payment_and_another_amount_is_refused() -> None:
    first = record(cash("10.00", "10.00"), key="k")
    assert record(cash("10.00", "10.00"), key="k").id == first.id
    with pytest.raises(IdempotencyKeyReused):
        record(cash("11.00", "11.00"), key="k")
    assert PaymentOrder.objects.count() == 1


@pytest.mark.requirement("F47")
def test_cash_goes_back_at_once_and_never_more_than_came_in() -> None:
    paid = record(cash("10.00", "20.00"))
    part = refund_payment(order_id=paid.id, amount=Decimal("4.00"), idempotency_key="r1", actor=CASHIER, now=NOW)
    assert part.state is RefundState.SUCCEEDED
    assert get_payment_order(order_id=paid.id).state is PaymentState.PART_REFUNDED
    with pytest.raises(RefundExceedsPayment):
        refund_payment(order_id=paid.id, amount=Decimal("6.01"), idempotency_key="r2", actor=CASHIER, now=NOW)
    assert get_payment_order(order_id=paid.id).refunded == Decimal("4.00")


@pytest.mark.requirement("X51")
def test_a_partners_transaction_pays_once() -> None:
    record(partner("5.00"))
    with pytest.raises(TransactionUsedBefore):
        record(partner("5.00"), reference="s2")
    record(partner("5.00", name="bank"), reference="s3")
    assert PaymentOrder.objects.count() == 2


@pytest.mark.requirement("X51")
def test_a_partners_refund_is_open_until_the_partner_says_so() -> None:
    paid = record(partner("5.00"))
    back = refund_payment(order_id=paid.id, amount=Decimal("5.00"), idempotency_key="r", actor=CASHIER, now=NOW)
    assert back.state is RefundState.SENT
    for _ in range(2):
        assert confirm_partner_refund(refund_id=back.id, actor=CASHIER, now=NOW).state is RefundState.SUCCEEDED
    assert get_payment_order(order_id=paid.id).state is PaymentState.REFUNDED


def test_cash_is_no_partners_refund() -> None:
    paid = record(cash("5.00", "5.00"))
    back = refund_payment(order_id=paid.id, amount=Decimal("5.00"), idempotency_key="r", actor=CASHIER, now=NOW)
    with pytest.raises(RefundNotFound):
        confirm_partner_refund(refund_id=back.id, actor=CASHIER, now=NOW)
