"""What each examination needs, and who has which time on which device."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.examinations.models.devices import TimeRange
from hospital.examinations.states import TAKING, BookingState
from hospital.examinations.types import Contrast, ExamQuestion
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText


class ExamRule(models.Model):
    """What one orderable item needs. An examination without a row is done without a booking."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item_code = models.CharField(max_length=40, unique=True)
    modality = models.CharField(max_length=8)
    minutes = models.PositiveSmallIntegerField()
    fasting_hours = models.PositiveSmallIntegerField(default=0)
    has_full_bladder = models.BooleanField(default=False)
    contrast = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Contrast], default=Contrast.NONE)
    has_barium = models.BooleanField(default=False)
    measures_iodine_uptake = models.BooleanField(default=False)
    has_sedation = models.BooleanField(default=False)
    questions = ArrayField(
        models.CharField(max_length=20, choices=[(q.value, q.value) for q in ExamQuestion]), default=list, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=480), name="exam_minutes"),
            models.CheckConstraint(condition=Q(fasting_hours__lte=24), name="exam_fasting_hours"),
        ]
        triggers = [KeepVersions()]


class ExamStudy(models.Model):
    """The numbers under which an ordered examination is known to devices and to the image archive: they stay the same
    however often it is booked anew."""

    order_line_id = models.UUIDField(primary_key=True)
    accession = models.CharField(max_length=16, unique=True)  # DICOM's longest
    created_at = models.DateTimeField()

    class Meta:
        triggers = [AppendOnly()]


class ExamBooking(models.Model):
    """One ordered examination on one device. The database refuses two at once on a device and for a patient."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order_line_id = models.UUIDField()
    order_number = models.CharField(max_length=24)
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey("examinations.Device", on_delete=models.PROTECT, related_name="bookings")
    item_code = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    preparation_zh = models.TextField(blank=True)
    preparation_en = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in BookingState], default=BookingState.BOOKED
    )
    answers = models.JSONField(default=dict)  # what the patient said, by question
    cleared = models.CharField(max_length=300, blank=True)  # why the staff booked it in spite of an answer
    booked_by = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=0)  # of the calendar entry: counts changes
    created_at = models.DateTimeField()
    checked_in_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)
    reminded_for = models.DateTimeField(null=True)  # of which time the patient was reminded

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="exam_ends_after_start"),
            models.UniqueConstraint(
                fields=["order_line_id"],
                condition=Q(state__in=[*TAKING, BookingState.DONE]),
                name="one_booking_an_examination",
            ),
            ExclusionConstraint(
                name="device_examines_one",
                expressions=[
                    ("device", RangeOperators.EQUAL),
                    (TimeRange(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=TAKING),
            ),
            ExclusionConstraint(
                name="patient_in_one_examination",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (TimeRange(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=TAKING),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[BookingState.DONE, BookingState.NO_SHOW, BookingState.CANCELLED])
                | Q(ended_at__isnull=False),
                name="exam_booking_ended_at",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "starts_at"], name="exam_booking_person"),
            models.Index(fields=["device", "starts_at"], name="exam_booking_device"),
            models.Index(fields=["starts_at"], condition=Q(state="BOOKED"), name="exam_booking_to_come"),
        ]
        triggers = [KeepVersions()]

    @property
    def name(self) -> BilingualText:
        """The name in both languages, as ordered."""
        return BilingualText(self.name_zh, self.name_en)
