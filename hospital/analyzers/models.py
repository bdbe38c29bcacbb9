"""Analyzers, their own names of analytes, and every message that they sent."""

from django.db import models
from django.db.models import Q

from hospital.analyzers.states import MessageState
from hospital.analyzers.types import AckCode
from hospital.audit.api import KeepVersions
from hospital.kernel.ids import new_id


class Analyzer(models.Model):
    """A machine of a laboratory, known by what it writes into MSH-3 and MSH-4."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=32, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    application = models.CharField(max_length=199)
    facility = models.CharField(max_length=199, blank=True)
    processing_id = models.CharField(max_length=1, default="P")
    method = models.CharField(max_length=40, blank=True)  # by which reference ranges may differ
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "facility"], name="analyzer_sends_as")]
        triggers = [KeepVersions()]


class AnalyzerCode(models.Model):
    """What an analyzer calls an analyte."""

    analyzer = models.ForeignKey(Analyzer, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=40)
    analyte_code = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["analyzer", "code"], name="analyzer_code_once")]
        triggers = [KeepVersions()]


class InboundMessage(models.Model):
    """One message with the answer that it got; the bytes of both are kept, encrypted.

    `digest` is of everything below MSH: an analyzer that sends a message again may write another time into MSH.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    analyzer = models.ForeignKey(Analyzer, on_delete=models.PROTECT, null=True, related_name="messages")
    application = models.CharField(max_length=199, blank=True)
    facility = models.CharField(max_length=199, blank=True)
    control_id = models.CharField(max_length=199, blank=True)
    digest = models.CharField(max_length=64)
    raw = models.BinaryField()
    specimen_number = models.CharField(max_length=199, blank=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in MessageState])
    answer_code = models.CharField(max_length=2, choices=[(each.value, each.value) for each in AckCode])
    error_code = models.CharField(max_length=3, blank=True)
    answer_text = models.CharField(max_length=400, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    answer = models.BinaryField()
    report_ids = models.JSONField(default=list)
    settled_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "facility", "control_id", "digest"],
                condition=~Q(control_id=""),
                name="message_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="SET_ASIDE") | (Q(settled_at__isnull=False) & ~Q(settled_reason="")),
                name="set_aside_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["APPLIED", "SET_ASIDE"]) | Q(settled_at__isnull=True), name="waiting_is_open"
            ),
        ]
        indexes = [models.Index(fields=["analyzer", "state", "received_at"], name="message_queue")]
        triggers = [KeepVersions(hidden=("raw", "answer"))]
