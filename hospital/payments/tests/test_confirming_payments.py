"""Only the server's own retrieval marks a payment paid; what is unclear is asked until it ends."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from hospital.kernel.events import list_events
from hospital.payments.api import confirm_payment, get_payment_of_person, get_payment_order
from hospital.payments.errors import PaymentNotFound
from hospital.payments.models import PaymentEvent, PaymentOrder
from hospital.payments.ports import AcquirerRejected, AcquirerState, AcquirerUnavailable
from hospital.payments.services.payments import query_payment
from hospital.payments.states import PaymentState
from hospital.payments.tests.factories import (
    NOW,
    list_event_kinds,
    list_jobs,
    make_paid,
    paid_order,
    start_payment,
    unpaid_order,
)

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=2)
EXPIRED = NOW + timedelta(minutes=31)
NOBODYS = UUID("00000000-0000-7000-8000-000000000000")


def newest_round(payment):
    return PaymentOrder.objects.get(pk=payment.id).query_round


def ask(payment, now):
    query_payment(order_id=payment.id, query_round=newest_round(payment), now=now)
    return get_payment_order(order_id=payment.id)


@pytest.mark.requirement("A18")
def test_paid_keeps_what_may_be_kept_of_the_card(acquirer):
    payment = make_paid("120.00")
    assert payment.state is PaymentState.PAID
    assert (payment.paid, payment.refunded, payment.refundable) == (Decimal("120.00"), 0, Decimal("120.00"))
    assert payment.paid_at == SOON
    assert (payment.card.brand, payment.card.first6, payment.card.last4) == ("VISA", "450875", "1019")
    row = PaymentOrder.objects.get(pk=payment.id)
    assert (row.eci, row.authentication_status) == ("05", "AUTHENTICATION_SUCCESSFUL")
    assert list_jobs("workflows.payment_settled") == [{"payment_order_id": str(payment.id)}]
    assert [event.kind for event in list_events(subject_id=str(payment.id))] == ["payments.paid"]


def test_payer_back_without_an_attempt_changes_nothing(acquirer):
    payment = start_payment()
    assert confirm_payment(order_id=payment.id, now=SOON) == payment
    assert list_event_kinds(payment.id) == ["CREATED", "PAYING"]


def test_confirming_again_asks_nobody_and_tells_nobody_twice(acquirer):
    payment = make_paid()
    acquirer.failures["retrieve_order"] = [AssertionError("asked again")]
    assert confirm_payment(order_id=payment.id, now=EXPIRED) == payment
    assert len(list_jobs("workflows.payment_settled")) == 1


@pytest.mark.parametrize("answer", ["away", "refused", "pending"], ids=["acquirer away", "acquirer refuses", "pending"])
def test_unclear_answer_is_unknown_until_it_ends(acquirer, answer):
    payment = start_payment()
    if answer == "pending":
        acquirer.orders[payment.number] = unpaid_order(payment.number, AcquirerState.PENDING)
    else:
        error = AcquirerUnavailable("timeout") if answer == "away" else AcquirerRejected("credentials")
        acquirer.failures["retrieve_order"] = [error, error]
    assert confirm_payment(order_id=payment.id, now=SOON).state is PaymentState.UNKNOWN
    assert len(list_jobs("payments.query_payment")) == 2
    assert ask(payment, SOON + timedelta(seconds=10)).state is PaymentState.UNKNOWN
    assert len(list_jobs("payments.query_payment")) == 3
    acquirer.orders[payment.number] = paid_order(payment.number, payment.amount)
    assert ask(payment, EXPIRED).state is PaymentState.PAID
    assert len(list_jobs("payments.query_payment")) == 3
    assert list_event_kinds(payment.id) == ["CREATED", "PAYING", "UNKNOWN", "PAID"]


def test_pending_may_end_declined(acquirer):
    payment = start_payment()
    acquirer.orders[payment.number] = unpaid_order(payment.number, AcquirerState.PENDING)
    confirm_payment(order_id=payment.id, now=SOON)
    acquirer.orders[payment.number] = unpaid_order(payment.number, AcquirerState.FAILED, "INSUFFICIENT_FUNDS")
    ended = ask(payment, SOON + timedelta(minutes=1))
    assert (ended.state, ended.paid) == (PaymentState.FAILED, 0)
    assert list_jobs("workflows.payment_ended") == [{"payment_order_id": str(payment.id)}]
    assert PaymentEvent.objects.get(order=payment.id, kind="FAILED").payload["code"] == "INSUFFICIENT_FUNDS"


def test_watch_leaves_a_declined_payer_the_time_to_try_another_card(acquirer):
    payment = start_payment()
    acquirer.orders[payment.number] = unpaid_order(payment.number, AcquirerState.FAILED)
    assert ask(payment, SOON).state is PaymentState.PAYING
    assert confirm_payment(order_id=payment.id, now=SOON).state is PaymentState.FAILED
    other = start_payment()
    acquirer.orders[other.number] = unpaid_order(other.number, AcquirerState.FAILED)
    assert ask(other, EXPIRED).state is PaymentState.FAILED


@pytest.mark.parametrize(("captured", "currency"), [("119.99", "CNY"), ("120.00", "USD")])
def test_wrong_amount_or_currency_is_never_paid(acquirer, captured, currency):
    payment = start_payment("120.00")
    acquirer.orders[payment.number] = paid_order(payment.number, Decimal(captured), currency=currency)
    for now in (SOON, EXPIRED):
        told = confirm_payment(order_id=payment.id, now=now)
        assert (told.state, told.paid, told.needs_attention) == (PaymentState.UNKNOWN, 0, True)
    assert list_event_kinds(payment.id) == ["CREATED", "PAYING", "ALERT", "UNKNOWN"]
    assert list_jobs("workflows.payment_settled") == []


def test_customer_who_never_pays_closes_with_the_checkout(acquirer):
    payment = start_payment(reference="b")
    assert ask(payment, SOON).state is PaymentState.PAYING
    assert ask(payment, EXPIRED).state is PaymentState.CLOSED
    assert list_jobs("workflows.payment_ended") == [{"payment_order_id": str(payment.id)}]
    assert start_payment(reference="b").state is PaymentState.PAYING


@pytest.mark.requirement("A18")
def test_customer_who_pays_and_never_returns_is_found_by_the_watch(acquirer):
    payment = start_payment()
    acquirer.orders[payment.number] = paid_order(payment.number, payment.amount)
    assert ask(payment, SOON).state is PaymentState.PAID


@pytest.mark.parametrize("ended", [PaymentState.CLOSED, PaymentState.FAILED])
def test_late_money_is_still_money(acquirer, ended):
    payment = start_payment()
    if ended is PaymentState.FAILED:
        acquirer.orders[payment.number] = unpaid_order(payment.number, AcquirerState.FAILED)
    assert confirm_payment(order_id=payment.id, now=EXPIRED).state is ended
    acquirer.orders[payment.number] = paid_order(payment.number, payment.amount)
    late = confirm_payment(order_id=payment.id, now=EXPIRED + timedelta(hours=1))
    assert (late.state, late.paid) == (PaymentState.PAID, payment.amount)
    assert PaymentEvent.objects.get(order=payment.id, kind="PAID").payload["reason"] == "late"
    assert list_jobs("workflows.payment_settled") == [{"payment_order_id": str(payment.id)}]


def test_replaced_question_does_nothing(acquirer):
    payment = start_payment()
    acquirer.failures["retrieve_order"] = [AssertionError("asked")]
    query_payment(order_id=payment.id, query_round=newest_round(payment) - 1, now=SOON)


def test_payment_of_somebody_else_is_not_found(acquirer):
    payment = start_payment()
    with pytest.raises(PaymentNotFound):
        get_payment_of_person(order_id=payment.id, person_ids=frozenset({payment.id}))
    with pytest.raises(PaymentNotFound):
        confirm_payment(order_id=NOBODYS, now=NOW)


def test_database_ties_states_to_times_and_keeps_events(acquirer):
    payment = make_paid()
    for change in ({"paid_at": None}, {"state": "UNKNOWN"}, {"refunded_reserved": Decimal("120.01")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PaymentOrder.objects.filter(pk=payment.id).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentEvent.objects.filter(order=payment.id).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentEvent.objects.filter(order=payment.id).update(amount=1)


@pytest.mark.django_db(transaction=True)
def test_confirmations_at_the_same_time_pay_once(acquirer):
    payment = start_payment()
    acquirer.orders[payment.number] = paid_order(payment.number, payment.amount)
    acquirer.barrier = threading.Barrier(6)  # all have their answer before anybody writes

    def confirm(_):
        try:
            return confirm_payment(order_id=payment.id, now=SOON).state
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(confirm, range(6))) == {PaymentState.PAID}
    assert list_event_kinds(payment.id) == ["CREATED", "PAYING", "PAID"]
    assert list_jobs("workflows.payment_settled").count({"payment_order_id": str(payment.id)}) == 1


@pytest.mark.django_db(transaction=True)
def test_confirming_inside_a_transaction_is_an_error(acquirer):
    payment = start_payment()
    with pytest.raises(RuntimeError), transaction.atomic():
        confirm_payment(order_id=payment.id, now=SOON)
