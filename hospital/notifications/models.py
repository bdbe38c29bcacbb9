"""Messages to people outside: queued in the database, sent by the worker."""

from django.db import models
from django.db.models import Q

from hospital.kernel.ids import new_id


class Message(models.Model):
    """One e-mail. Subject and body are kept until it was sent or given up: they may hold a code."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    address = models.CharField(max_length=600)  # encrypted
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=8, default="QUEUED")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["QUEUED", "SENT", "FAILED"]), name="message_state"),
            models.CheckConstraint(condition=~Q(state="SENT") | Q(sent_at__isnull=False), name="message_sent_at"),
        ]
