"""Background work that crosses contexts."""

from django.utils import timezone
from procrastinate.contrib.django import app

from hospital.appointments.api import expire_holds
from hospital.audit.api import seal_entries
from hospital.kernel.actors import system_actor


@app.periodic(cron="* * * * *")
@app.task(name="workflows.expire_holds", queueing_lock="workflows.expire_holds", pass_context=False)
def give_back_expired_holds(timestamp: int) -> None:
    """Every minute: places whose 15 minutes ran out go back."""
    expire_holds(actor=system_actor("expire_holds"), now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="workflows.seal_audit", queueing_lock="workflows.seal_audit", pass_context=False)
def seal_audit(timestamp: int) -> None:
    """Every minute: new audit entries join the hash chain."""
    seal_entries(now=timezone.now())
