"""What devices say of an examination while they do it (DICOM's performed procedure step)."""

from django.db import models
from django.db.models import Q

from hospital.audit.api import KeepVersions
from hospital.examinations.states import StepState
from hospital.kernel.ids import new_id


class ExamStep(models.Model):
    """One examination as one device does it. The order is carried out when a technician says so, not the device."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    step_uid = models.CharField(max_length=64)  # the device's own name of the step
    order_line_id = models.UUIDField(db_index=True)
    device = models.ForeignKey("examinations.Device", on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in StepState], default=StepState.IN_PROGRESS
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=64, blank=True)  # why it was stopped, as the device says it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step_uid", "order_line_id"], name="exam_step_once"),
            models.CheckConstraint(
                condition=Q(state="IN_PROGRESS", ended_at__isnull=True)
                | (~Q(state="IN_PROGRESS") & Q(ended_at__isnull=False)),
                name="exam_step_ended_at",
            ),
        ]
        indexes = [models.Index(fields=["device", "-started_at"], name="exam_step_device")]
        triggers = [KeepVersions()]
