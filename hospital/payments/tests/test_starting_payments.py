"""Starting a card payment: one row a key, one open payment a reference."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.utils import translation

from hospital.payments.api import get_open_payment, list_payment_orders
from hospital.payments.errors import (
    CardPaymentUnavailable,
    IdempotencyKeyReused,
    InvalidAmount,
    PaymentStillOpen,
)
from hospital.payments.models import PaymentOrder
from hospital.payments.ports import AcquirerRejected, AcquirerUnavailable
from hospital.payments.states import PaymentState
from hospital.payments.tests.factories import list_event_kinds, list_jobs, start_payment

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("A18")
def test_start_sends_the_payer_to_the_acquirers_page(acquirer):
    payment = start_payment("120.00", description="Cardiology", language="zh-hans")
    assert payment.state is PaymentState.PAYING
    assert payment.checkout_url == "https://pay.test/S1"
    assert len(payment.number) <= 40
    request = acquirer.checkouts[0]
    assert (request.order_no, request.amount, request.currency) == (payment.number, Decimal("120.00"), "CNY")
    assert request.return_url == f"https://imc.test/return/{payment.id}"
    assert list_event_kinds(payment.id) == ["CREATED", "PAYING"]
    assert list_jobs("payments.query_payment") == [{"payment_order_id": str(payment.id), "query_round": 1}]


def test_same_key_returns_the_same_payment(acquirer):
    first = start_payment(idempotency_key="k", reference="b")
    again = start_payment(idempotency_key="k", reference="b")
    assert again == first
    assert len(acquirer.checkouts) == 1


@pytest.mark.parametrize("changes", [{"amount": Decimal("1.00")}, {"reference": "c"}, {"reference_kind": "deposit"}])
def test_key_with_other_details_is_refused(acquirer, changes):
    start_payment(idempotency_key="k", reference="b")
    with pytest.raises(IdempotencyKeyReused):
        start_payment(**({"idempotency_key": "k", "reference": "b"} | changes))
    assert PaymentOrder.objects.count() == 1
    assert len(acquirer.checkouts) == 1


def test_second_payment_of_an_open_reference_is_refused(acquirer):
    first = start_payment(reference="b")
    with pytest.raises(PaymentStillOpen) as refused:
        start_payment(reference="b")
    assert refused.value.facts["payment_order_id"] == str(first.id)
    assert list_payment_orders(reference_kind="bill", reference="b") == [first]
    assert get_open_payment(reference_kind="bill", reference="b") == first


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "1.001", "10000000000.00", "NaN"])
def test_impossible_amount_is_refused(acquirer, amount):
    with pytest.raises(InvalidAmount):
        start_payment(amount)
    assert not PaymentOrder.objects.exists()


def test_acquirer_away_charges_nothing_and_the_same_key_tries_again(acquirer):
    acquirer.failures["start_checkout"] = [AcquirerUnavailable("gone")]
    with pytest.raises(CardPaymentUnavailable):
        start_payment(idempotency_key="k", reference="b")
    assert PaymentOrder.objects.get().state == PaymentState.CREATED
    payment = start_payment(idempotency_key="k", reference="b")
    assert payment.state is PaymentState.PAYING
    assert PaymentOrder.objects.count() == 1


def test_acquirer_refusing_the_checkout_fails_the_payment(acquirer):
    acquirer.failures["start_checkout"] = [AcquirerRejected("INVALID_REQUEST")]
    with pytest.raises(CardPaymentUnavailable):
        start_payment(reference="b")
    payment = list_payment_orders(reference_kind="bill", reference="b")[0]
    assert payment.state is PaymentState.FAILED
    assert list_jobs("workflows.payment_ended") == [{"payment_order_id": str(payment.id)}]
    assert start_payment(reference="b").state is PaymentState.PAYING


def test_refusals_speak_both_languages():
    with translation.override("zh-hans"):
        chinese = CardPaymentUnavailable().message
    with translation.override("en"):
        english = CardPaymentUnavailable().message
    assert "Nothing was charged" in english
    assert chinese != english


@pytest.mark.django_db(transaction=True)
def test_one_key_in_many_threads_is_one_payment(acquirer):
    def start(_):
        try:
            return start_payment(idempotency_key="k", reference="b").id
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(start, range(16)))
    assert len(ids) == 1
    payment = PaymentOrder.objects.get()
    assert payment.state == PaymentState.PAYING
    assert list_event_kinds(payment.id) == ["CREATED", "PAYING"]


@pytest.mark.django_db(transaction=True)
def test_many_keys_in_many_threads_open_one_payment(acquirer):
    def start(number):
        try:
            return start_payment(idempotency_key=f"k{number}", reference="b").id
        except PaymentStillOpen:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        ids = [one for one in pool.map(start, range(16)) if one]
    assert len(ids) == 1
    assert PaymentOrder.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_start_inside_a_transaction_is_an_error(acquirer):
    with pytest.raises(RuntimeError), transaction.atomic():
        start_payment()
    assert not PaymentOrder.objects.exists()
    assert acquirer.checkouts == []


def test_a_payment_after_midnight_carries_the_hospitals_day(acquirer):
    half_past_midnight = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    assert start_payment(now=half_past_midnight).number.startswith("P261125")
