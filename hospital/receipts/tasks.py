"""Receipts that are issued and asked after from the queue."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hospital.receipts.services import ask_after, take_news

_RETRY = RetryStrategy(max_attempts=20, exponential_wait=2)


@app.task(name="receipts.take_news", retry=_RETRY)
def hear_of_money(kind: str, subject_id: str, facts: str, **_rest: str) -> None:
    """A bill was paid, or money of it went back."""
    take_news(kind=kind, subject_id=subject_id, facts=facts, now=timezone.now())


@app.task(name="receipts.ask_after", retry=_RETRY)
def ask_after_receipt(receipt_id: str, attempt: int) -> None:
    """Asks the platform about a receipt that it has not answered."""
    ask_after(receipt_id=UUID(receipt_id), attempt=attempt, now=timezone.now())
