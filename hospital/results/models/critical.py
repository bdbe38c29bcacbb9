"""The loop of a critical value: raised, called, read back, acknowledged by a clinician, escalated when nobody does."""

from django.db import models
from django.db.models import Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.kernel.ids import new_id
from hospital.results.models.exams import ExamReport
from hospital.results.models.reports import ResultValue


class CriticalAlert(models.Model):
    """One critical value or finding until a clinician says what is done about it (domain brief 4).

    `level` counts the thresholds that passed without that. Another critical value in its place begins a loop of its own
    and ends this one as replaced; a value that is not critical any more ends it as corrected.
    """

    class Why(models.TextChoices):
        """Why a loop ended without a clinician."""

        CORRECTED = "CORRECTED"  # the value is not critical any more
        REPLACED = "REPLACED"  # another critical value stands in its place
        REJECTED = "REJECTED"  # its specimen turned out not to be usable

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    result = models.ForeignKey(ResultValue, on_delete=models.PROTECT, null=True, related_name="alerts")
    exam_report = models.ForeignKey(ExamReport, on_delete=models.PROTECT, null=True, related_name="alerts")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=60)
    value_en = models.CharField(max_length=120, blank=True)  # of a finding; a laboratory value has no language
    called_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField(null=True)  # of a finding; the calls of a value are kept one by one
    answered_by = models.CharField(max_length=120, blank=True)  # who took the call and said it back
    raised_at = models.DateTimeField()
    level = models.PositiveSmallIntegerField(default=0)
    escalated_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    action = models.CharField(max_length=300, blank=True)  # what the clinician does about it
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_why = models.CharField(max_length=10, choices=Why.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["result"], condition=Q(withdrawn_at__isnull=True), name="one_loop_of_a_value"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False) | Q(withdrawn_by__isnull=True, withdrawn_why=""),
                name="alert_withdrawn_why",
            ),
            models.CheckConstraint(
                condition=Q(result__isnull=False, exam_report__isnull=True)
                | Q(result__isnull=True, exam_report__isnull=False),
                name="alert_of_value_or_finding",
            ),
            models.CheckConstraint(
                condition=Q(called_at__isnull=True, called_by__isnull=True, answered_by="")
                | (Q(called_at__isnull=False, called_by__isnull=False) & ~Q(answered_by="")),
                name="alert_called_at_by",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True, action="")
                | (Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False) & ~Q(action="")),
                name="alert_acknowledged_at_by",
            ),
            models.CheckConstraint(condition=Q(level=0) | Q(escalated_at__isnull=False), name="alert_escalated_at"),
        ]
        indexes = [
            models.Index(
                fields=["campus", "raised_at"],
                condition=Q(acknowledged_at__isnull=True, withdrawn_at__isnull=True),
                name="open_alert",
            )
        ]
        triggers = [KeepVersions()]


class CriticalNotice(models.Model):
    """Who was told of an alert, at which threshold (0: as it was raised), when, and whether by e-mail too."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    alert = models.ForeignKey(CriticalAlert, on_delete=models.PROTECT, related_name="notices")
    level = models.PositiveSmallIntegerField()
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    by_email = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "level", "user"], name="told_once_a_threshold")]
        triggers = [AppendOnly()]
