"""What the clock does in the laboratory."""

from django.utils import timezone
from procrastinate.contrib.django import app

from hospital.kernel.actors import system_actor
from hospital.results.services.critical import escalate_critical_values


@app.periodic(cron="* * * * *")
@app.task(name="results.escalate_critical", queueing_lock="results.escalate_critical", pass_context=False)
def escalate_what_nobody_took_over(timestamp: int) -> None:
    """Every minute: critical values that no clinician has taken over in time."""
    escalate_critical_values(actor=system_actor("escalate_critical"), now=timezone.now())
