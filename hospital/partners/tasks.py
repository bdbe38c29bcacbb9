"""What partners leave behind is cleared away from the queue."""

from django.utils import timezone
from procrastinate.contrib.django import app

from hospital.partners.calls import forget_calls


@app.periodic(cron="*/10 * * * *")
@app.task(name="partners.forget_calls", queueing_lock="partners.forget_calls", pass_context=False)
def forget_old_calls(timestamp: int) -> None:
    """Every ten minutes: nonces that are older than any timestamp that would be taken."""
    forget_calls(now=timezone.now())
