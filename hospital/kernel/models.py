"""The event stream: what happened, in order. Journeys and live pages are derived from it."""

from django.db import models
from django.utils import timezone


class DomainEvent(models.Model):
    """One thing that happened. Append-only, partitioned by month (created in the migration)."""

    pk = models.CompositePrimaryKey("id", "at")
    id = models.BigIntegerField(editable=False)
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=60)
    person_id = models.UUIDField(null=True)
    encounter_id = models.UUIDField(null=True)
    subject_id = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)

    class Meta:
        managed = False
        db_table = "kernel_event"
