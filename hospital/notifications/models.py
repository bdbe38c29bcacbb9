"""Messages: e-mails and text messages that the worker sends, the inbox of an account, and who wants which."""

from django.db import models
from django.db.models import Q

from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText


class Message(models.Model):
    """One e-mail or text message. What it says is kept until it was sent or given up: it may hold a code.

    A text message has the registered kind in `kind` and what fills its places, as JSON, in `body`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=5, default="EMAIL", db_default="EMAIL")
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
            models.CheckConstraint(condition=Q(channel__in=["EMAIL", "SMS"]), name="message_channel"),
            models.CheckConstraint(condition=~Q(state="SENT") | Q(sent_at__isnull=False), name="message_sent_at"),
        ]


class InboxMessage(models.Model):
    """One message in the app, written in both languages. It never holds a result (domain brief 7).

    `key` names its cause, so that a cause told twice writes one message. `target_kind` and `target_id` say where it
    leads in the app.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey("accounts.PatientAccount", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=160)
    person_id = models.UUIDField(null=True)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200)
    body_zh = models.CharField(max_length=400, blank=True)
    body_en = models.CharField(max_length=600, blank=True)
    target_kind = models.CharField(max_length=20, blank=True)
    target_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="inbox_cause_once")]
        indexes = [
            models.Index(fields=["account", "-created_at", "-id"], name="inbox_newest"),
            models.Index(fields=["account"], condition=Q(read_at=None), name="inbox_unread"),
        ]

    @property
    def title(self) -> BilingualText:
        """The title in both languages."""
        return BilingualText(self.title_zh, self.title_en)

    @property
    def body(self) -> BilingualText:
        """The text in both languages."""
        return BilingualText(self.body_zh, self.body_en)


class NoticeChoice(models.Model):
    """Whether an account wants a topic over a channel; without a row the default of the topic holds."""

    account = models.ForeignKey("accounts.PatientAccount", on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=20)
    channel = models.CharField(max_length=5)
    is_wanted = models.BooleanField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "topic", "channel"], name="notice_choice_once")]
