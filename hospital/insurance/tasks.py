"""Claims that are asked after, settled and called off from the queue."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hospital.insurance import keeping, services

_RETRY = RetryStrategy(max_attempts=20, exponential_wait=2)


@app.task(name="insurance.keep_up", retry=_RETRY)
def keep_claim_up(number: str) -> None:
    """Something else is wanted of a claim."""
    keeping.keep_up(number=number, now=timezone.now())


@app.task(name="insurance.ask_after", retry=_RETRY)
def ask_after_claim(number: str, attempt: int) -> None:
    """Asks the bureau about a transaction that it has not answered."""
    keeping.ask_after(number=number, attempt=attempt, now=timezone.now())


@app.task(name="insurance.settle_claim", retry=_RETRY)
def settle_claim(number: str) -> None:
    """The patient's part of the bill is in."""
    services.settle_claim(number=number, now=timezone.now())


@app.task(name="insurance.end_claim", retry=_RETRY)
def end_claim(number: str) -> None:
    """Calls a claim off that no bill took."""
    services.end_claim(number=number, now=timezone.now())
