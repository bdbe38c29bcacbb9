"""The queue asks and sends by itself: the registered tasks carry out what the services queued."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from hospital.payments.api import get_payment_order, get_refund_order, refund_payment
from hospital.payments.ports import AcquirerState
from hospital.payments.states import PaymentState, RefundState
from hospital.payments.tests.factories import (
    CASHIER,
    NOW,
    list_event_kinds,
    make_paid,
    paid_order,
    start_payment,
    unpaid_order,
)


def run_due_jobs(subject):
    """What a worker does with the jobs of one payment or refund that are due now, in their order."""
    is_due = Q(scheduled_at=None) | Q(scheduled_at__lte=timezone.now())
    jobs = ProcrastinateJob.objects.filter(is_due, task_name__startswith="payments.").order_by("id")
    for job in [job for job in jobs if str(subject.id) in job.args.values()]:
        app.tasks[job.task_name](**job.args)


@pytest.mark.django_db(transaction=True)
def test_worker_finds_the_payment_of_a_customer_who_never_returns(acquirer):
    payment = start_payment()  # long ago: every question is due
    acquirer.orders[payment.number] = paid_order(payment.number, payment.amount)
    run_due_jobs(payment)
    assert get_payment_order(order_id=payment.id).state is PaymentState.PAID


@pytest.mark.django_db(transaction=True)
def test_worker_closes_what_nobody_tried_to_pay(acquirer):
    payment = start_payment()
    run_due_jobs(payment)
    assert get_payment_order(order_id=payment.id).state is PaymentState.CLOSED


@pytest.mark.django_db(transaction=True)
def test_worker_keeps_asking_about_the_unknown(acquirer):
    payment = start_payment()
    acquirer.orders[payment.number] = unpaid_order(payment.number, AcquirerState.PENDING)
    run_due_jobs(payment)
    assert get_payment_order(order_id=payment.id).state is PaymentState.UNKNOWN
    assert list_event_kinds(payment.id) == ["CREATED", "PAYING", "UNKNOWN"]


@pytest.mark.django_db(transaction=True)
def test_worker_sends_a_refund(acquirer):
    payment = make_paid("120.00")
    refund = refund_payment(
        order_id=payment.id,
        amount=Decimal("20.00"),
        idempotency_key="r1",
        actor=CASHIER,
        now=NOW + timedelta(hours=1),
    )
    run_due_jobs(refund)
    assert get_refund_order(refund_id=refund.id).state is RefundState.SUCCEEDED
    assert len(acquirer.refund_calls) == 1
