"""What sessions come of: the weekly template and the calendar of holidays and working days."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from hospital.audit.api import KeepVersions
from hospital.kernel.ids import new_id


class _Hours(Func):
    """The hours of a template as a range on one day, whichever."""

    template = "tsrange(date '2000-01-03' + %(expressions)s)"
    arg_joiner = ", date '2000-01-03' + "
    output_field = DateTimeRangeField()


class _Validity(Func):
    function = "daterange"
    output_field = DateRangeField()

    def __init__(self) -> None:
        super().__init__(F("valid_from"), F("valid_until"), Value("[]"))


class RosterTemplate(models.Model):
    """A session that comes every week while it is valid. `weekday` is ISO's: Monday is 1."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clinician = models.ForeignKey("campuses.Clinician", on_delete=models.PROTECT, related_name="+")
    is_by_name = models.BooleanField(default=True)  # false: patients see the clinic, its duty doctor may change
    department = models.ForeignKey("campuses.Department", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey("campuses.Room", on_delete=models.PROTECT, null=True, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=8)
    starts = models.TimeField()
    ends = models.TimeField()
    service_type = models.CharField(max_length=10)
    service_line = models.CharField(max_length=8)
    registration_item_code = models.CharField(max_length=40)
    minutes = models.PositiveSmallIntegerField()
    capacity = models.PositiveSmallIntegerField(default=1)
    shares = models.JSONField(default=list)  # how many places each channel has for itself, and when they open and fold
    is_held_on_holidays = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        triggers = [KeepVersions()]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="template_ends_after_start"),
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=7), name="template_weekday"),
            models.CheckConstraint(condition=Q(minutes__gte=1, capacity__gte=1), name="template_has_places"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="template_validity"
            ),
            *(
                ExclusionConstraint(
                    name=name,
                    expressions=[
                        (who, RangeOperators.EQUAL),
                        ("weekday", RangeOperators.EQUAL),
                        (_Hours(F("starts"), F("ends")), RangeOperators.OVERLAPS),
                        (_Validity(), RangeOperators.OVERLAPS),
                    ],
                )
                for who, name in (("clinician", "template_clinician_once"), ("room", "template_room_once"))
            ),
        ]
        indexes = [models.Index(fields=["campus", "weekday"], name="template_campus_weekday")]


class CalendarDay(models.Model):
    """A holiday, or a day worked as another weekday (调休); of one campus, or of all (`campus` null)."""

    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    as_weekday = models.PositiveSmallIntegerField(null=True)  # null: nobody works
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80)

    class Meta:
        triggers = [KeepVersions()]
        constraints = [
            models.UniqueConstraint(fields=["day", "campus"], nulls_distinct=False, name="calendar_day_once"),
            models.CheckConstraint(
                condition=Q(as_weekday__isnull=True) | Q(as_weekday__gte=1, as_weekday__lte=7), name="calendar_weekday"
            ),
        ]


class FollowUpItem(models.Model):
    """Which catalog item a follow-up costs instead of a session's own. Without a row there are no follow-ups."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item_code = models.CharField(max_length=40, unique=True)
    follow_up_item_code = models.CharField(max_length=40)

    class Meta:
        triggers = [KeepVersions()]
