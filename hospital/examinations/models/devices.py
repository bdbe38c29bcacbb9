"""Supply of examinations: devices, when they are open, when they are out of order."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from hospital.audit.api import KeepVersions
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText


class TimeRange(Func):
    """A period for an exclusion constraint, without its end."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Device(models.Model):
    """One machine (or one place to lie down) in a room, on which one kind of examination is done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=30, unique=True)
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey("campuses.Room", on_delete=models.PROTECT, null=True, related_name="+")
    modality = models.CharField(max_length=8)  # DICOM's codes where it has one: CT, MR, US, DX, ES …
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    location_zh = models.CharField(max_length=120, blank=True)  # building, floor, zone
    location_en = models.CharField(max_length=200, blank=True)
    ae_title = models.CharField(max_length=16, blank=True)  # the name by which it asks for its worklist (DICOM)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ae_title"], condition=~Q(ae_title=""), name="ae_title_once"),
        ]
        indexes = [models.Index(fields=["campus", "modality"], name="device_campus_modality")]
        triggers = [KeepVersions()]

    @property
    def name(self) -> BilingualText:
        """The name in both languages."""
        return BilingualText(self.name_zh, self.name_en)


class DeviceHours(models.Model):
    """The weekly pattern: on this weekday (0 is Monday) a device is open from … until …"""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "weekday", "opens"], name="device_hours_once"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens"), weekday__lte=6), name="device_hours_make_sense"),
        ]


class DevicePeriod(models.Model):
    """A device is open on one day: made from the weekly pattern, as a doctor's session is."""

    id = models.BigAutoField(primary_key=True)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="periods")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="device_period_ends_after_start"),
            ExclusionConstraint(
                name="device_open_once",
                expressions=[
                    ("device", RangeOperators.EQUAL),
                    (TimeRange(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class DeviceOutage(models.Model):
    """A device is out of order; without an end until somebody says that it works."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="outages")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200)
    reported_by = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="outage_ends_after_start"
            ),
            ExclusionConstraint(
                name="device_out_of_order_once",
                expressions=[
                    ("device", RangeOperators.EQUAL),
                    (TimeRange(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [KeepVersions()]
