"""Wards, rooms, beds, and who has which bed on which days. The database refuses every double."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from hospital.audit.api import KeepVersions
from hospital.beds.states import TAKING, StayState
from hospital.beds.types import BedKind
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText


class Days(Func):
    """Days for an exclusion constraint, without the last: somebody leaves in the morning, the next comes at noon."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Ward(models.Model):
    """One ward of a campus. Without `specialties` it takes patients of all."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=30, unique=True)
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    location_zh = models.CharField(max_length=120, blank=True)
    location_en = models.CharField(max_length=200, blank=True)
    service_line = models.CharField(max_length=10)
    specialties = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        triggers = [KeepVersions()]

    @property
    def name(self) -> BilingualText:
        """The name in both languages."""
        return BilingualText(self.name_zh, self.name_en)

    @property
    def location(self) -> BilingualText:
        """Where it is, in both languages."""
        return BilingualText(self.location_zh, self.location_en)


class WardRoom(models.Model):
    """A room of a ward: who lies in it together is of one sex."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ward = models.ForeignKey(Ward, on_delete=models.PROTECT, related_name="rooms")
    label = models.CharField(max_length=20)

    class Meta:
        triggers = [KeepVersions()]
        constraints = [models.UniqueConstraint(fields=["ward", "label"], name="ward_room_once")]


class Bed(models.Model):
    """One bed, with the charge item of a day in it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    room = models.ForeignKey(WardRoom, on_delete=models.PROTECT, related_name="beds")
    label = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in BedKind])
    item_code = models.CharField(max_length=40)
    is_active = models.BooleanField(default=True)

    class Meta:
        triggers = [KeepVersions()]
        constraints = [models.UniqueConstraint(fields=["room", "label"], name="bed_once")]


class BedStay(models.Model):
    """A bed taken for days: reserved for a patient, occupied, or closed. `room` and `sex` stand here for the rule that
    a room has one sex, which the database holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, related_name="stays")
    room = models.ForeignKey(WardRoom, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, null=True, related_name="+")
    sex = models.CharField(max_length=1, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in StayState])
    reason = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    booked_by = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        triggers = [KeepVersions()]
        indexes = [models.Index(fields=["starts_on"], condition=Q(state__in=TAKING), name="bed_stay_taking")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="bed_stay_has_nights"),
            models.CheckConstraint(
                condition=Q(state=StayState.CLOSED, person__isnull=True, sex="")
                | Q(state__in=[StayState.RESERVED, StayState.OCCUPIED], person__isnull=False)
                | Q(state__in=[StayState.ENDED, StayState.CANCELLED], ended_at__isnull=False),
                name="bed_stay_of_whom",
            ),
            ExclusionConstraint(
                name="bed_holds_one",
                expressions=[
                    ("bed", RangeOperators.EQUAL),
                    (Days(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=TAKING),
            ),
            ExclusionConstraint(
                name="room_has_one_sex",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    ("sex", RangeOperators.NOT_EQUAL),
                    (Days(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=TAKING) & ~Q(sex=""),
            ),
            ExclusionConstraint(
                name="patient_in_one_bed",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (Days(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=TAKING, person__isnull=False),
            ),
        ]
