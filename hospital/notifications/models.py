"""Messages to people outside: queued in the database, sent by the worker."""

from django.db import models

from hospital.kernel.ids import new_id


class Message(models.Model):
    """One e-mail. The body is kept until it was sent; codes are wiped then."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    address = models.CharField(max_length=600)  # encrypted
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=8, default="QUEUED")  # QUEUED, SENT, FAILED
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(state="SENT") | models.Q(sent_at__isnull=False), name="message_sent_at")
        ]
