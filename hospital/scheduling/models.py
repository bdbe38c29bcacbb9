"""Supply: roster sessions and their numbered, timed places."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from hospital.kernel.ids import new_id
from hospital.scheduling.roster_models import CalendarDay, FollowUpItem, RosterTemplate
from hospital.scheduling.types import OPEN_SINCE_EVER, Pool

__all__ = [
    "CalendarDay",
    "ExtraPlace",
    "FollowUpItem",
    "RosterSession",
    "RosterTemplate",
    "ServiceType",
    "SessionPart",
    "Slot",
]


class SessionPart(models.TextChoices):
    AM = "AM", "Morning"
    PM = "PM", "Afternoon"
    EVENING = "EVENING", "Evening"


class ServiceType(models.TextChoices):
    ORDINARY = "ORDINARY", "Ordinary"
    EXPERT = "EXPERT", "Expert"
    SPECIAL = "SPECIAL", "Special-need"
    INTL = "INTL", "International"
    EMERGENCY = "EMERGENCY", "Emergency"


class _Period(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class RosterSession(models.Model):
    """A clinician sits in a room for one part of one day, offering one kind of registration."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clinician = models.ForeignKey("campuses.Clinician", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("campuses.Department", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey("campuses.Room", on_delete=models.PROTECT, null=True, related_name="+")
    held_on = models.DateField()
    part = models.CharField(max_length=8, choices=SessionPart.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    service_type = models.CharField(max_length=10, choices=ServiceType.choices)
    service_line = models.CharField(max_length=8)  # NORMAL, SPECIAL, INTL: fixes the encounter's line
    registration_item_code = models.CharField(max_length=40)  # the catalog item charged for a place
    is_by_name = models.BooleanField(default=True, db_default=True)  # false: patients see the clinic, not the doctor
    template = models.ForeignKey(RosterTemplate, on_delete=models.PROTECT, null=True, related_name="+")
    planned_on = models.DateField(null=True)  # the day for which the template made it, wherever it was moved to
    planned_clinician = models.ForeignKey("campuses.Clinician", on_delete=models.PROTECT, null=True, related_name="+")
    substituted_at = models.DateTimeField(null=True)
    is_stopped = models.BooleanField(default=False)
    stopped_at = models.DateTimeField(null=True)
    stop_reason_zh = models.CharField(max_length=200, blank=True, db_default="")
    stop_reason_en = models.CharField(max_length=200, blank=True, db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.UniqueConstraint(fields=["template", "planned_on"], name="session_of_template_once"),
            ExclusionConstraint(
                name="clinician_in_one_place",
                expressions=[
                    ("clinician", RangeOperators.EQUAL),
                    (_Period(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_stopped=False),
            ),
            ExclusionConstraint(
                name="room_used_once",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    (_Period(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_stopped=False),
            ),
        ]
        indexes = [
            models.Index(fields=["department", "held_on"], name="session_department_day"),
            models.Index(fields=["clinician", "held_on"], name="session_clinician_day"),
            models.Index(fields=["campus", "held_on"], name="session_campus_day"),
        ]


class Slot(models.Model):
    """A numbered place with a time, in one pool. The database holds `taken` between 0 and `capacity`.

    All that decides whether a channel may take it stands in its row, so that one UPDATE takes it.
    """

    id = models.BigAutoField(primary_key=True)
    session = models.ForeignKey(RosterSession, on_delete=models.CASCADE, related_name="slots")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField(default=1)
    taken = models.PositiveSmallIntegerField(default=0)
    is_extra = models.BooleanField(default=False, db_default=False)  # outside the limit; closed once it is given back
    pool = models.CharField(
        max_length=6, choices=[(each.value, each.value) for each in Pool], default=Pool.OPEN, db_default=Pool.OPEN.value
    )
    opens_at = models.DateTimeField(default=OPEN_SINCE_EVER, db_default=OPEN_SINCE_EVER)
    folds_back_at = models.DateTimeField(null=True)  # from then on for every channel
    is_returning = models.BooleanField(default=False, db_default=False)  # given back, `opens_at` is nobody's to know

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pool__in=[each.value for each in Pool]), name="slot_pool_known"),
            models.UniqueConstraint(fields=["session", "number"], name="slot_number_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="slot_not_oversold"),
        ]


class ExtraPlace(models.Model):
    """A doctor's word for one named patient in one session, outside its limit; used once, until the session ends."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(RosterSession, on_delete=models.PROTECT, related_name="extra_places")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=[(s, s) for s in ("ASKED", "GRANTED", "REFUSED", "USED")])
    number = models.PositiveSmallIntegerField(null=True)  # of a range of its own, given with the grant
    reason = models.CharField(max_length=200, blank=True)
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(state__in=["ASKED", "GRANTED"]),
                name="one_open_extra_place",
            ),
            models.UniqueConstraint(fields=["session", "number"], name="extra_place_number_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["GRANTED", "USED"])
                | (Q(number__isnull=False, decided_at__isnull=False) & ~Q(decided_by="")),
                name="extra_place_has_word",
            ),
            models.CheckConstraint(condition=~Q(state="USED") | Q(used_at__isnull=False), name="extra_place_used_at"),
        ]
        indexes = [models.Index(fields=["person", "expires_at"], name="extra_place_person")]
