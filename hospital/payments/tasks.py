"""Questions to the acquirer, asked from the queue."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hospital.payments.services import payments, refunds

_RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)


@app.task(name="payments.query_payment", retry=_RETRY)
def query_payment(payment_order_id: str, query_round: int) -> None:
    """Asks whether a payment was paid, and schedules the next question while it is open."""
    payments.query_payment(order_id=UUID(payment_order_id), query_round=query_round, now=timezone.now())


@app.task(name="payments.send_refund", retry=_RETRY)
def send_refund(refund_order_id: str, query_round: int) -> None:
    """Sends a refund, or asks about one that has not ended."""
    refunds.query_refund(refund_id=UUID(refund_order_id), query_round=query_round, now=timezone.now())
