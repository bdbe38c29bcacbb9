"""Visits."""

from django.db import models
from django.db.models import Q

from hospital.audit.api import KeepVersions
from hospital.encounters.aftercare_models import FollowUp, VisitRating
from hospital.encounters.rules.order import ORDINARY
from hospital.encounters.states import EncounterState
from hospital.encounters.waiting_models import Triage, TriageComplaint, WaitingArea
from hospital.kernel.ids import new_id

__all__ = [
    "DoctorLine",
    "Encounter",
    "FollowUp",
    "Priority",
    "ServiceLine",
    "ServiceLineChange",
    "Triage",
    "TriageComplaint",
    "VisitCounter",
    "VisitRating",
    "VisitType",
    "WaitingArea",
]


class VisitType(models.TextChoices):
    OP = "OP", "Outpatient"
    ER = "ER", "Emergency"
    IP = "IP", "Inpatient"
    CHECKUP = "CHECKUP", "Check-up"


class ServiceLine(models.TextChoices):
    NORMAL = "NORMAL", "Ordinary"
    SPECIAL = "SPECIAL", "Special-need"
    INTL = "INTL", "International"


class Priority(models.TextChoices):
    """Why somebody goes before others. An emergency goes before everybody."""

    EMERGENCY = "EMERGENCY", "Emergency"
    ELDERLY = "ELDERLY", "Elderly"
    DISABLED = "DISABLED", "Disabled"
    PREGNANT = "PREGNANT", "Pregnant"
    ESCORTED = "ESCORTED", "Escorted"
    RESULTS = "RESULTS", "Back with results"


class Encounter(models.Model):
    """One visit of one person to one department. `service_line` is fixed by the place booked, not by nationality."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("campuses.Department", on_delete=models.PROTECT, related_name="+")
    clinician = models.ForeignKey("campuses.Clinician", on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey("campuses.Room", on_delete=models.PROTECT, null=True, related_name="+")
    appointment_id = models.UUIDField(null=True)
    visit_type = models.CharField(max_length=8, choices=VisitType.choices, default=VisitType.OP)
    service_line = models.CharField(max_length=8, choices=ServiceLine.choices)
    # What the clinic is called where patients do not book a doctor by name: shown instead until somebody calls them.
    clinic_zh = models.CharField(max_length=40, blank=True, db_default="")
    clinic_en = models.CharField(max_length=60, blank=True, db_default="")
    payer = models.CharField(max_length=12, default="SELF")
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in EncounterState], default="REGISTERED")
    queue_number = models.CharField(max_length=8)
    queue_on = models.DateField()
    due_at = models.DateTimeField(null=True)
    # Where one stands in the line, see `rules/order.py`.
    queue_rank = models.PositiveSmallIntegerField(default=ORDINARY, db_default=ORDINARY)
    turn_at = models.DateTimeField(null=True)
    returns_after = models.PositiveSmallIntegerField(null=True)
    priority = models.CharField(max_length=12, choices=Priority.choices, blank=True, db_default="")
    is_green = models.BooleanField(default=False, db_default=False)  # the green channel: never waits for a payment
    near_told_at = models.DateTimeField(null=True)
    transferred_from = models.ForeignKey("campuses.Clinician", on_delete=models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField()
    checked_in_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    consult_started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment_id"], name="visit_once_a_booking"),
            models.UniqueConstraint(
                fields=["clinician", "queue_on", "queue_number"],
                condition=Q(transferred_from__isnull=True),  # who comes from another doctor keeps that number
                name="queue_number_once_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["CHECKED_IN", "WAITING"]) | Q(checked_in_at__isnull=False),
                name="encounter_checked_in_at",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["CALLED", "PASSED"]) | Q(called_at__isnull=False), name="encounter_called_at"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["IN_CONSULT", "AWAY"]) | Q(consult_started_at__isnull=False),
                name="encounter_started_at",
            ),
            models.CheckConstraint(condition=~Q(state="DONE") | Q(done_at__isnull=False), name="encounter_done_at"),
            models.CheckConstraint(
                condition=~Q(state="CANCELLED") | Q(cancelled_at__isnull=False), name="encounter_cancelled_at"
            ),
        ]
        indexes = [
            models.Index(fields=["clinician", "queue_on", "state"], name="encounter_queue"),
            models.Index(fields=["person", "-registered_at"], name="encounter_person"),
            models.Index(fields=["campus", "queue_on"], name="encounter_campus_day"),
        ]
        triggers = [KeepVersions()]


class ServiceLineChange(models.Model):
    """Another service line for a visit, with its reason and what its unsettled lines cost before and after.

    Whoever approves is another person than whoever asked: the database holds it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="line_changes")
    from_line = models.CharField(max_length=8, choices=ServiceLine.choices)
    to_line = models.CharField(max_length=8, choices=ServiceLine.choices)
    reason = models.CharField(max_length=200)
    before_total = models.DecimalField(max_digits=12, decimal_places=2)
    after_total = models.DecimalField(max_digits=12, decimal_places=2)
    state = models.CharField(
        max_length=10, choices=[(s, s) for s in ("WAITING", "APPROVED", "REJECTED")], default="WAITING"
    )
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["encounter"], condition=Q(state="WAITING"), name="one_line_change_waits"),
            models.CheckConstraint(condition=~Q(from_line=models.F("to_line")), name="line_change_changes"),
            models.CheckConstraint(condition=~Q(asked_by=models.F("decided_by")), name="line_change_two_people"),
            models.CheckConstraint(
                condition=Q(state="WAITING") | (Q(decided_at__isnull=False) & ~Q(decided_by="")),
                name="line_change_decided",
            ),
        ]
        triggers = [KeepVersions()]


class VisitCounter(models.Model):
    """The last visit number of a day."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField()


class DoctorLine(models.Model):
    """How many patients a doctor has called on a day; its row is the lock of the calls."""

    clinician = models.ForeignKey("campuses.Clinician", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    calls = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinician", "day"], name="one_line_a_day")]
