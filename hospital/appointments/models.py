"""Demand: who has which place."""

from django.db import models
from django.db.models import Q

from hospital.appointments.rules import MOST_CLAIMS
from hospital.appointments.states import AppointmentState
from hospital.appointments.waitlist_models import WaitlistEntry
from hospital.kernel.ids import new_id

__all__ = ["Appointment", "BookingBlock", "PriorityRight", "WaitlistEntry"]


class Appointment(models.Model):
    """One person's place in one session."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slot = models.ForeignKey("scheduling.Slot", on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey("scheduling.RosterSession", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    account_id = models.UUIDField(null=True)  # the patient account that booked; null: at a desk
    channel = models.CharField(max_length=10, default="APP")  # APP, WINDOW, PARTNER
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in AppointmentState])
    held_until = models.DateTimeField(null=True)
    pay_by = models.DateTimeField(null=True)  # when an unpaid booking is given back; null: nothing to wait for
    claim = models.PositiveSmallIntegerField(null=True)  # which of the account's places that are not paid for yet
    follows_id = models.UUIDField(null=True)  # the visit of which this is registered as a follow-up
    fee_item_code = models.CharField(max_length=40, blank=True, db_default="")  # where it is not the session's
    revision = models.PositiveIntegerField(default=0, db_default=0)  # of the calendar entry: counts changes
    created_at = models.DateTimeField()
    booked_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "session"],
                condition=Q(state__in=["HELD", "BOOKED", "TAKEN"]),
                name="one_active_booking_a_session",
            ),
            # An account has so many places at once that nobody has paid for: the database counts them.
            models.UniqueConstraint(
                fields=["account_id", "claim"],
                condition=Q(state="HELD") | Q(state="BOOKED", pay_by__isnull=False),
                name="one_place_a_claim",
            ),
            models.CheckConstraint(condition=Q(claim__gte=1, claim__lte=MOST_CLAIMS), name="appointment_claim"),
            models.CheckConstraint(
                condition=~Q(state="HELD") | Q(held_until__isnull=False), name="appointment_held_until"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["BOOKED", "TAKEN"]) | Q(booked_at__isnull=False), name="appointment_booked_at"
            ),
            models.CheckConstraint(
                condition=~Q(state="TAKEN") | Q(taken_at__isnull=False), name="appointment_taken_at"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["CANCELLED", "EXPIRED", "NO_SHOW"]) | Q(ended_at__isnull=False),
                name="appointment_ended_at",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="appointment_person"),
            models.Index(fields=["held_until"], condition=Q(state="HELD"), name="appointment_holds"),
            models.Index(fields=["slot"], name="appointment_slot"),
            models.Index(fields=["pay_by"], condition=Q(state="BOOKED"), name="appointment_unpaid"),
            models.Index(fields=["person", "ended_at"], condition=Q(state="NO_SHOW"), name="appointment_missed"),
        ]


class PriorityRight(models.Model):
    """Whoever was called off by the hospital may book once before others, until the end of a day."""

    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, primary_key=True, related_name="+")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    valid_until = models.DateField()
    used_at = models.DateTimeField(null=True)
    used_for = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_for__isnull=False), name="priority_right_used_for"
            )
        ]


class BookingBlock(models.Model):
    """Whoever missed several places books at the window for a while, unless the hospital lifts it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    missed = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=64, blank=True)
    lift_reason = models.CharField(max_length=200, blank=True)
    appeal = models.CharField(max_length=300, blank=True, db_default="")  # what the patient says, as the desk heard it
    appealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | (~Q(lifted_by="") & ~Q(lift_reason="")), name="block_lifted_why"
            ),
            models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="block_ends"),
        ]
        indexes = [models.Index(fields=["person", "until"], condition=Q(lifted_at=None), name="block_of_person")]
