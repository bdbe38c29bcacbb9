"""A notification is a hint to ask: genuine, recorded once, and never an answer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from hospital.audit.models import AuditEntry
from hospital.payments.api import get_payment_order, receive_notification
from hospital.payments.errors import ForgedNotification, MalformedNotification
from hospital.payments.models import PaymentOrder, ReceivedNotification
from hospital.payments.services.payments import query_payment
from hospital.payments.states import PaymentState
from hospital.payments.tests.factories import NOW, SECRET, list_jobs, make_paid, paid_order, start_payment

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=1)


def notify(order_no, *, identifier="n1", secret=SECRET):
    return receive_notification(headers={"secret": secret, "id": identifier}, body=order_no.encode(), now=SOON)


def test_notification_only_queues_a_question(acquirer):
    payment = start_payment()
    acquirer.orders[payment.number] = paid_order(payment.number, payment.amount)
    receipt = notify(payment.number)
    assert (receipt.is_new, receipt.payment_order_id) == (True, payment.id)
    assert get_payment_order(order_id=payment.id).state is PaymentState.PAYING
    job = list_jobs("payments.query_payment")[-1]
    query_payment(order_id=payment.id, query_round=job["query_round"], now=SOON)
    assert get_payment_order(order_id=payment.id).state is PaymentState.PAID


def test_notification_twice_is_recorded_once(acquirer):
    payment = start_payment()
    notify(payment.number)
    before = len(list_jobs("payments.query_payment"))
    assert notify(payment.number).is_new is False
    assert ReceivedNotification.objects.count() == 1
    assert len(list_jobs("payments.query_payment")) == before


def test_notification_about_a_closed_payment_asks_again(acquirer):
    payment = start_payment()
    query_payment(order_id=payment.id, query_round=1, now=NOW + timedelta(hours=1))
    assert get_payment_order(order_id=payment.id).state is PaymentState.CLOSED
    acquirer.orders[payment.number] = paid_order(payment.number, payment.amount)
    notify(payment.number)
    row = PaymentOrder.objects.get()
    query_payment(order_id=payment.id, query_round=row.query_round, now=NOW + timedelta(hours=5))
    assert get_payment_order(order_id=payment.id).state is PaymentState.PAID


def test_notification_of_a_paid_or_unknown_order_is_accepted(acquirer):
    payment = make_paid()
    before = len(list_jobs("payments.query_payment"))
    assert notify(payment.number).is_new is True
    assert notify("P-of-nobody", identifier="n2").payment_order_id is None
    assert len(list_jobs("payments.query_payment")) == before


def test_forged_notification_is_refused_and_written_down(acquirer):
    payment = start_payment()
    with pytest.raises(ForgedNotification):
        notify(payment.number, secret="guess")
    assert not ReceivedNotification.objects.exists()
    assert len(list_jobs("payments.query_payment")) == 1
    assert AuditEntry.objects.filter(action="payments.notification", was_refused=True).count() == 1


def test_unreadable_notification_is_refused(acquirer):
    with pytest.raises(MalformedNotification):
        notify("")
    assert not ReceivedNotification.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_notification_in_many_threads_is_recorded_once(acquirer):
    payment = start_payment()

    def send(_):
        try:
            return notify(payment.number).is_new
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(send, range(6))) == [False] * 5 + [True]
    assert ReceivedNotification.objects.count() == 1
