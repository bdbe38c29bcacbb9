"""The reading room's list: examinations that were carried out and whose report is not signed."""

from django.db import models
from django.db.models import F, Q

from hospital.kernel.types import BilingualText
from hospital.results.reporting.kinds import ExamKind
from hospital.results.types.reading import ReadingStage


class Reading(models.Model):
    """One examination that waits to be read; closed once its report is signed, open again for an amendment.

    `reader` has taken it until `claimed_until`: one at a time, and nobody for ever.
    """

    order_line_id = models.UUIDField(primary_key=True)
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    exam_kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in ExamKind])
    modality = models.CharField(max_length=8, blank=True)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    haste = models.PositiveSmallIntegerField()  # 0 an emergency, 1 urgent, 2 routine
    waits_since = models.DateTimeField()
    stage = models.CharField(
        max_length=10, choices=[(stage.value, stage.value) for stage in ReadingStage], default=ReadingStage.FIRST
    )
    first_reader = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    reader = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    claimed_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reader__isnull=True, claimed_until__isnull=True)
                | Q(reader__isnull=False, claimed_until__isnull=False, closed_at__isnull=True),
                name="reading_claimed_until",
            ),
            models.CheckConstraint(
                condition=~Q(stage="SECOND")
                | (Q(first_reader__isnull=False) & (Q(reader__isnull=True) | ~Q(reader=F("first_reader")))),
                name="second_reading_by_another",
            ),
            models.CheckConstraint(condition=Q(haste__lte=2), name="reading_haste"),
        ]
        indexes = [
            models.Index(
                fields=["campus", "haste", "waits_since"], condition=Q(closed_at__isnull=True), name="reading_open"
            ),
            models.Index(fields=["reader"], condition=Q(reader__isnull=False), name="reading_claimed"),
        ]

    @property
    def name(self) -> BilingualText:
        """What was examined, in both languages."""
        return BilingualText(self.name_zh, self.name_en)
