"""Special-need service: how somebody wants to be cared for, by whom, and the help that is asked for (N03)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from hospital.assistance.states import AssistanceState
from hospital.assistance.types import AssistanceKind, ClinicianSex, Diet, Mobility
from hospital.audit.api import KeepVersions
from hospital.kernel.ids import new_id


class _Period(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class PersonPreferences(models.Model):
    """How one person wants to be cared for; a person without a row has none."""

    id = models.BigAutoField(primary_key=True)
    person = models.OneToOneField("patients.Person", on_delete=models.PROTECT, related_name="+")
    diet = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Diet])
    mobility = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Mobility])
    clinician_sex = models.CharField(max_length=8, choices=[(each.value, each.value) for each in ClinicianSex])
    is_name_private = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "person preferences"
        triggers = [KeepVersions()]


class Coordination(models.Model):
    """Who looks after a person at a campus; one at a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    coordinator = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "campus"], condition=Q(until=None), name="one_coordinator"),
        ]
        triggers = [KeepVersions()]


class Interpreter(models.Model):
    """Somebody who interprets at a campus. `languages` are tags as in a person's record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    languages = ArrayField(models.CharField(max_length=10))
    fee_item_code = models.CharField(max_length=40, blank=True)  # charged an hour; empty: free of charge
    is_active = models.BooleanField(default=True)

    class Meta:
        triggers = [KeepVersions()]


class AssistanceRequest(models.Model):
    """One piece of help for one person at one time. `key` names the act that asked for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    appointment_id = models.UUIDField(null=True)
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=12, choices=[(each.value, each.value) for each in AssistanceKind])
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in AssistanceState])
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    language = models.CharField(max_length=10, blank=True)
    from_place = models.CharField(max_length=200, blank=True)
    to_place = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    interpreter = models.ForeignKey(Interpreter, on_delete=models.PROTECT, null=True, related_name="+")
    arrangement_zh = models.CharField(max_length=200, blank=True)
    arrangement_en = models.CharField(max_length=200, blank=True)
    end_reason_zh = models.CharField(max_length=200, blank=True)
    end_reason_en = models.CharField(max_length=200, blank=True)
    done_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    created_at = models.DateTimeField()
    arranged_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="assistance_once_a_key"),
            models.UniqueConstraint(
                fields=["person", "kind", "starts_at"],
                condition=Q(state__in=["REQUESTED", "ARRANGED"]),
                name="assistance_asked_once",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="assistance_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(kind="INTERPRETER") | ~Q(language=""), name="assistance_interpreter_language"
            ),
            models.CheckConstraint(
                condition=~Q(state="ARRANGED") | Q(arranged_at__isnull=False), name="assistance_arranged_at"
            ),
            models.CheckConstraint(
                condition=~Q(kind="INTERPRETER") | ~Q(state__in=["ARRANGED", "DONE"]) | Q(interpreter__isnull=False),
                name="assistance_interpreter_named",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["REQUESTED", "ARRANGED"]) | Q(ended_at__isnull=False),
                name="assistance_ended_at",
            ),
            models.CheckConstraint(
                condition=~Q(state="DECLINED") | ~Q(end_reason_zh=""), name="assistance_declined_why"
            ),
            # An interpreter is with one patient at a time.
            ExclusionConstraint(
                name="interpreter_with_one_patient",
                expressions=[
                    ("interpreter", RangeOperators.EQUAL),
                    (_Period(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="ARRANGED"),
            ),
        ]
        indexes = [
            models.Index(fields=["campus", "starts_at"], name="assistance_campus_day"),
            models.Index(fields=["person", "-starts_at"], name="assistance_person"),
        ]
        triggers = [KeepVersions()]
