"""Refunds: never more than was paid, one transaction id for all tries, unknown until ended."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hospital.payments.api import get_payment_order, list_refund_orders, refund_payment, send_refund
from hospital.payments.errors import (
    IdempotencyKeyReused,
    InvalidAmount,
    PaymentNotFound,
    PaymentNotRefundable,
    RefundExceedsPayment,
    RefundNotFound,
)
from hospital.payments.models import PaymentEvent, PaymentOrder, RefundOrder
from hospital.payments.ports import AcquirerRefund, AcquirerRejected, AcquirerState, AcquirerUnavailable
from hospital.payments.services.refunds import query_refund
from hospital.payments.states import PaymentState, RefundState
from hospital.payments.tests.factories import CASHIER, NOW, list_event_kinds, list_jobs, make_paid, start_payment

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
NOBODYS = UUID("00000000-0000-7000-8000-000000000000")


def ask_refund(payment, amount, key="r1"):
    return refund_payment(
        order_id=payment.id, amount=Decimal(amount), idempotency_key=key, actor=CASHIER, now=LATER, reason="not needed"
    )


@pytest.mark.requirement("F47")
def test_part_and_rest_go_back_to_the_card(acquirer):
    payment = make_paid("120.00")
    first = ask_refund(payment, "20.00")
    assert first.state is RefundState.REQUESTED
    assert list_jobs("payments.send_refund") == [{"refund_order_id": str(first.id), "query_round": 0}]
    assert get_payment_order(order_id=payment.id).refundable == Decimal("100.00")
    assert send_refund(refund_id=first.id, now=LATER).state is RefundState.SUCCEEDED
    part = get_payment_order(order_id=payment.id)
    assert (part.state, part.refunded) == (PaymentState.PART_REFUNDED, Decimal("20.00"))
    send_refund(refund_id=ask_refund(payment, "100.00", "r2").id, now=LATER)
    whole = get_payment_order(order_id=payment.id)
    assert (whole.state, whole.refunded, whole.refundable) == (PaymentState.REFUNDED, Decimal("120.00"), 0)
    assert len(list_jobs("workflows.refund_settled")) == 2
    assert [call[2] for call in acquirer.refund_calls] == [Decimal("20.00"), Decimal("100.00")]


def test_refund_never_exceeds_what_is_left(acquirer):
    payment = make_paid("120.00")
    ask_refund(payment, "100.00")
    with pytest.raises(RefundExceedsPayment) as refused:
        ask_refund(payment, "20.01", "r2")
    assert refused.value.facts["remaining"] == "20.00"
    assert "20.00" in refused.value.message
    assert RefundOrder.objects.count() == 1
    assert get_payment_order(order_id=payment.id).refundable == Decimal("20.00")


def test_same_key_is_the_same_refund(acquirer):
    payment = make_paid("120.00")
    first = ask_refund(payment, "100.00")
    assert ask_refund(payment, "100.00") == first
    with pytest.raises(IdempotencyKeyReused):
        ask_refund(payment, "99.00")
    assert list_refund_orders(order_id=payment.id) == [first]


def test_unpaid_unknown_and_impossible_are_refused(acquirer):
    unpaid = start_payment("120.00")
    with pytest.raises(PaymentNotRefundable):
        ask_refund(unpaid, "1.00")
    with pytest.raises(InvalidAmount):
        ask_refund(unpaid, "0.00")
    with pytest.raises(PaymentNotFound):
        refund_payment(order_id=NOBODYS, amount=Decimal("1.00"), idempotency_key="x", actor=CASHIER, now=LATER)
    with pytest.raises(RefundNotFound):
        send_refund(refund_id=NOBODYS, now=LATER)
    assert not RefundOrder.objects.exists()
    assert list_jobs("payments.send_refund") == []


def test_refused_refund_frees_the_money(acquirer):
    payment = make_paid("120.00")
    refund = ask_refund(payment, "120.00")
    acquirer.failures["refund"] = [AcquirerRejected("INVALID_REQUEST")]
    ended = send_refund(refund_id=refund.id, now=LATER)
    assert (ended.state, ended.failure_code) == (RefundState.FAILED, "INVALID_REQUEST")
    after = get_payment_order(order_id=payment.id)
    assert (after.state, after.refunded, after.refundable) == (PaymentState.PAID, 0, Decimal("120.00"))
    assert list_jobs("workflows.refund_settled") == [{"refund_order_id": str(refund.id)}]
    assert ask_refund(payment, "120.00", "r2").state is RefundState.REQUESTED


def test_unanswered_refund_that_arrived_is_found_and_not_sent_again(acquirer):
    payment = make_paid("120.00")
    refund = ask_refund(payment, "50.00")
    acquirer.failures["refund"] = [AcquirerUnavailable("timeout")]
    assert send_refund(refund_id=refund.id, now=LATER).state is RefundState.UNKNOWN
    assert get_payment_order(order_id=payment.id).refundable == Decimal("70.00")
    tid = acquirer.refund_calls[0][1]
    arrived = AcquirerRefund(tid=tid, state=AcquirerState.SUCCEEDED, amount=Decimal("50.00"))
    acquirer.set_refund(payment.number, arrived)
    assert send_refund(refund_id=refund.id, now=LATER).state is RefundState.SUCCEEDED
    assert len(acquirer.refund_calls) == 1


def test_refused_question_leaves_a_refund_unknown_and_its_money_reserved(acquirer):
    payment = make_paid("120.00")
    refund = ask_refund(payment, "120.00")
    acquirer.failures["refund"] = [AcquirerUnavailable("timeout")]
    assert send_refund(refund_id=refund.id, now=LATER).state is RefundState.UNKNOWN
    arrived = AcquirerRefund(tid=acquirer.refund_calls[0][1], state=AcquirerState.SUCCEEDED, amount=Decimal("120.00"))
    acquirer.set_refund(payment.number, arrived)
    acquirer.failures["retrieve_order"] = [AcquirerRejected("status 401")]
    assert send_refund(refund_id=refund.id, now=LATER).state is RefundState.UNKNOWN
    assert get_payment_order(order_id=payment.id).refundable == 0
    assert send_refund(refund_id=refund.id, now=LATER).state is RefundState.SUCCEEDED
    assert len(acquirer.refund_calls) == 1


def test_unanswered_refund_that_was_lost_is_sent_with_the_same_id(acquirer):
    payment = make_paid("120.00")
    refund = ask_refund(payment, "50.00")
    acquirer.failures["refund"] = [AcquirerUnavailable("timeout")]
    send_refund(refund_id=refund.id, now=LATER)
    assert send_refund(refund_id=refund.id, now=LATER).state is RefundState.SUCCEEDED
    assert len({call[1] for call in acquirer.refund_calls}) == 1
    assert PaymentEvent.objects.filter(order=payment.id, kind="REFUNDED").count() == 1


@pytest.mark.parametrize(
    ("final", "state"),
    [(AcquirerState.SUCCEEDED, RefundState.SUCCEEDED), (AcquirerState.FAILED, RefundState.FAILED)],
)
def test_pending_refund_is_asked_about_until_it_ends(acquirer, final, state):
    payment = make_paid("120.00")
    refund = ask_refund(payment, "50.00")
    acquirer.refund_state = AcquirerState.PENDING
    assert send_refund(refund_id=refund.id, now=LATER).state is RefundState.UNKNOWN
    tid = acquirer.refund_calls[0][1]
    stale_round = RefundOrder.objects.get().query_round - 1
    acquirer.failures["retrieve_order"] = []
    query_refund(refund_id=refund.id, query_round=stale_round, now=LATER)
    assert RefundOrder.objects.get().state == RefundState.UNKNOWN
    acquirer.set_refund(payment.number, AcquirerRefund(tid=tid, state=final, amount=Decimal("50.00"), code="DECLINED"))
    query_refund(refund_id=refund.id, query_round=RefundOrder.objects.get().query_round, now=LATER)
    assert RefundOrder.objects.get().state == state
    assert len(acquirer.refund_calls) == 1


def test_rollback_takes_the_refund_and_its_job(acquirer):
    payment = make_paid("120.00")
    with transaction.atomic():
        ask_refund(payment, "50.00")
        transaction.set_rollback(True)
    assert not RefundOrder.objects.exists()
    assert list_jobs("payments.send_refund") == []
    assert get_payment_order(order_id=payment.id).refundable == Decimal("120.00")


@given(
    paid=st.integers(1, 10_000),
    parts=st.lists(st.tuples(st.integers(1, 6_000), st.sampled_from(["succeed", "fail", "wait"])), max_size=6),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_order_of_refunds_gives_back_more_than_came_in(acquirer, paid, parts):
    payment = make_paid(str(Decimal(paid) / 100))
    left, refunded = paid, 0
    for number, (fen, end) in enumerate(parts):
        if fen > left:
            with pytest.raises((RefundExceedsPayment, PaymentNotRefundable)):
                ask_refund(payment, str(Decimal(fen) / 100), f"{payment.id}:{number}")
            continue
        refund = ask_refund(payment, str(Decimal(fen) / 100), f"{payment.id}:{number}")
        if end != "wait":
            acquirer.failures["refund"] = [AcquirerRejected("DECLINED")] if end == "fail" else []
            send_refund(refund_id=refund.id, now=LATER)
        left -= 0 if end == "fail" else fen
        refunded += fen if end == "succeed" else 0
        told = get_payment_order(order_id=payment.id)
        assert (told.refundable, told.refunded) == (Decimal(left) / 100, Decimal(refunded) / 100)
        assert told.state == expected_state(paid, refunded)


def expected_state(paid, refunded):
    if refunded == 0:
        return PaymentState.PAID
    return PaymentState.REFUNDED if refunded == paid else PaymentState.PART_REFUNDED


@pytest.mark.requirement("F47")
@pytest.mark.django_db(transaction=True)
def test_refunds_at_the_same_time_never_exceed_the_payment(acquirer):
    payment = make_paid("120.00")

    def refund(number):
        try:
            made = ask_refund(payment, "50.00", f"r{number}")
            return send_refund(refund_id=made.id, now=LATER).state
        except RefundExceedsPayment:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        states = list(pool.map(refund, range(8)))
    assert states.count(RefundState.SUCCEEDED) == 2
    assert states.count(None) == 6
    told = get_payment_order(order_id=payment.id)
    assert (told.refunded, told.refundable) == (Decimal("100.00"), Decimal("20.00"))
    assert PaymentOrder.objects.get().refunded_reserved == Decimal("100.00")


@pytest.mark.django_db(transaction=True)
def test_one_key_in_many_threads_refunds_once(acquirer):
    payment = make_paid("120.00")

    def refund(_):
        try:
            made = ask_refund(payment, "120.00")
            return made.id, send_refund(refund_id=made.id, now=LATER).state
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        results = set(pool.map(refund, range(8)))
    assert len(results) == 1
    assert len({call[1] for call in acquirer.refund_calls}) == 1
    assert list_event_kinds(payment.id).count("REFUNDED") == 1
