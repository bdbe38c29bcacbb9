"""Who waits for a place that others give back."""

from django.db import models
from django.db.models import F, Q

from hospital.appointments.states import WaitState
from hospital.kernel.ids import new_id

_OPEN = Q(state__in=[WaitState.WAITING, WaitState.OFFERED])


class WaitlistEntry(models.Model):
    """A person waits for a place with a doctor: in one session, or in any on some days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    clinician = models.ForeignKey("campuses.Clinician", on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey("scheduling.RosterSession", on_delete=models.PROTECT, null=True, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    account_id = models.UUIDField(null=True)  # the patient account that asked
    channel = models.CharField(max_length=10)
    state = models.CharField(max_length=8, choices=[(each.value, each.value) for each in WaitState])
    joined_at = models.DateTimeField()
    appointment = models.OneToOneField(
        "appointments.Appointment", on_delete=models.PROTECT, null=True, related_name="+"
    )  # the hold that is the offer
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "clinician", "session"],
                condition=_OPEN,
                nulls_distinct=False,
                name="one_wait_a_session",
            ),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="wait_days_in_order"),
            models.CheckConstraint(
                condition=~Q(state__in=[WaitState.OFFERED, WaitState.BOOKED]) | Q(appointment__isnull=False),
                name="wait_offer_is_hold",
            ),
            models.CheckConstraint(condition=_OPEN | Q(ended_at__isnull=False), name="wait_ended_at"),
        ]
        indexes = [
            models.Index(fields=["clinician", "joined_at"], condition=Q(state=WaitState.WAITING), name="wait_in_order"),
            models.Index(fields=["person", "joined_at"], name="wait_person"),
        ]
