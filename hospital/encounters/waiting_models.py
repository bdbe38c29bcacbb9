"""Waiting areas with their wall boards, and triage."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText


class WaitingArea(models.Model):
    """Where patients of some departments wait, before one wall board. A new `key_version` closes its old address."""

    code = models.CharField(max_length=30, primary_key=True)
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=100)
    department_ids = ArrayField(models.UUIDField())
    key_version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(department_ids=[]), name="area_has_departments")]

    @property
    def name(self) -> BilingualText:
        """The name in both languages."""
        return BilingualText(self.name_zh, self.name_en)


class TriageComplaint(models.Model):
    """What somebody comes for, and the level that it suggests: 1 at once, 2 very soon, 3 soon, 4 can wait."""

    code = models.CharField(max_length=30, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=100)
    level = models.PositiveSmallIntegerField()
    is_offered = models.BooleanField(default=True, db_default=True)  # assessments of before keep one that is not
    changed_by = models.CharField(max_length=120, blank=True, db_default="")  # empty: as the product came
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="complaint_level")]
        triggers = [KeepVersions()]

    @property
    def name(self) -> BilingualText:
        """The name in both languages."""
        return BilingualText(self.name_zh, self.name_en)


class Triage(models.Model):
    """One assessment by a nurse; the latest of a visit counts. A level other than the suggested one has a reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="triages")
    complaint = models.ForeignKey(TriageComplaint, on_delete=models.PROTECT, related_name="+")
    suggested_level = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    temperature = models.DecimalField(max_digits=3, decimal_places=1, null=True)  # °C
    pulse = models.PositiveSmallIntegerField(null=True)  # per minute
    respiration = models.PositiveSmallIntegerField(null=True)  # per minute
    systolic = models.PositiveSmallIntegerField(null=True)  # mmHg
    diastolic = models.PositiveSmallIntegerField(null=True)  # mmHg
    oxygen = models.PositiveSmallIntegerField(null=True)  # SpO₂, per cent
    pain = models.PositiveSmallIntegerField(null=True)  # 0 to 10
    is_escorted = models.BooleanField(default=False)
    needs_interpreter = models.BooleanField(default=False)
    assessed_by = models.CharField(max_length=64)
    assessed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["encounter", "-assessed_at"], name="triage_latest")]
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="triage_level"),
            models.CheckConstraint(
                condition=Q(level=F("suggested_level")) | ~Q(reason=""), name="triage_other_level_has_reason"
            ),
        ]
        triggers = [AppendOnly()]
