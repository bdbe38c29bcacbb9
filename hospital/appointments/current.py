"""What a patient has before them: places held, booked and come for."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from hospital.appointments.models import Appointment
from hospital.appointments.queries import appointment_cards
from hospital.appointments.states import AppointmentState
from hospital.appointments.types import AppointmentCard

MOST_CURRENT = 40


def list_current_appointments(*, person_ids: Iterable[UUID], since: date, now: datetime) -> list[AppointmentCard]:
    """What these people hold, have booked or came for, of sessions on or after `since`, earliest place first."""
    held = Q(state=AppointmentState.HELD, held_until__gt=now)
    kept = Q(state__in=[AppointmentState.BOOKED, AppointmentState.TAKEN])
    return appointment_cards(
        Appointment.objects.filter(held | kept, person_id__in=list(person_ids), session__held_on__gte=since).order_by(
            "slot__starts_at", "created_at"
        )[:MOST_CURRENT]
    )
