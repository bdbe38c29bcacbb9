"""The job that sends a message."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hospital.notifications.services import MAX_ATTEMPTS, deliver_message


@app.task(name="notifications.send_message", retry=RetryStrategy(max_attempts=MAX_ATTEMPTS, exponential_wait=3))
def send_message(message_id: str) -> None:
    """Sends one queued message."""
    deliver_message(message_id=UUID(message_id), now=timezone.now())
