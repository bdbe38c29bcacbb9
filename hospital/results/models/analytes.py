"""What is measured: analytes, their reference ranges, and which of them a catalog item asks for."""

from django.db import models
from django.db.models import F, Q

from hospital.audit.api import KeepVersions
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.results.types import ValueType


class Analyte(models.Model):
    """One thing that is measured. `choices` of a qualitative one: code, zh, en of each."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=20, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=160)
    unit = models.CharField(max_length=30, blank=True)
    decimals = models.PositiveSmallIntegerField(null=True)
    loinc = models.CharField(max_length=20, blank=True)
    value_type = models.CharField(max_length=8, choices=[(item.value, item.value) for item in ValueType])
    choices = models.JSONField(default=list)
    is_sensitive = models.BooleanField(default=False)  # HIV, genetics: shown after the clinician's release
    second_unit = models.CharField(max_length=30, blank=True)  # shown beside the unit, never instead of it
    second_factor = models.DecimalField(max_digits=18, decimal_places=9, null=True)
    second_offset = models.DecimalField(max_digits=18, decimal_places=9, default=0)
    second_decimals = models.PositiveSmallIntegerField(default=0)
    delta_percent = models.PositiveSmallIntegerField(default=50)  # a change by this much within so many days is odd
    delta_days = models.PositiveSmallIntegerField(null=True)
    about_zh = models.TextField(blank=True)  # what it is, for a patient
    about_en = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second_unit="") | Q(second_factor__isnull=False), name="second_unit_has_factor"
            )
        ]
        triggers = [KeepVersions()]

    @property
    def name(self) -> BilingualText:
        """The name in both languages."""
        return BilingualText(self.name_zh, self.name_en)


class ReferenceRange(models.Model):
    """What is usual for a sex and an age in days at collection, `[from, to)`; limits belong to the range."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    analyte = models.ForeignKey(Analyte, on_delete=models.CASCADE, related_name="ranges")
    sex = models.CharField(max_length=3, default="ANY")  # M, F, ANY
    age_from_days = models.PositiveIntegerField(default=0)
    age_to_days = models.PositiveIntegerField(null=True)
    specimen = models.CharField(max_length=60, blank=True)  # the Chinese name of the material; empty: any
    method = models.CharField(max_length=40, blank=True)  # of the analyzer; empty: any
    low = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    critical_low = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    critical_high = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    text_zh = models.CharField(max_length=120, blank=True)
    text_en = models.CharField(max_length=160, blank=True)
    normal_choices = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["analyte", "sex", "age_from_days", "specimen", "method"], name="range_once"
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")), name="range_low_high"
            ),
            models.CheckConstraint(
                condition=Q(age_to_days__isnull=True) | Q(age_to_days__gt=F("age_from_days")), name="range_age_forward"
            ),
        ]
        triggers = [KeepVersions()]


class PanelItem(models.Model):
    """One analyte of what a catalog item asks for, in the order of the report."""

    id = models.BigAutoField(primary_key=True)
    item_code = models.CharField(max_length=40, db_index=True)
    analyte = models.ForeignKey(Analyte, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item_code", "analyte"], name="panel_analyte_once")]
