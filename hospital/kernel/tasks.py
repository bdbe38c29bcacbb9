"""Upkeep of the large tables."""

from django.utils import timezone
from procrastinate.contrib.django import app

from hospital.kernel.clock import local_day
from hospital.kernel.partitions import ensure_partitions


@app.periodic(cron="7 19 * * *")
@app.task(name="kernel.ensure_partitions", queueing_lock="kernel.ensure_partitions", pass_context=False)
def prepare_partitions(timestamp: int) -> None:
    """Every night (the queue counts in UTC): the trail of the coming months gets its partitions."""
    ensure_partitions(today=local_day(timezone.now()))
