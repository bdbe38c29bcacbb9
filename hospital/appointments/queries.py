"""Reads of bookings. Lists of a patient are cut by the people the account may act for."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from hospital.appointments.errors import UnknownAppointment
from hospital.appointments.models import Appointment
from hospital.appointments.states import AppointmentState
from hospital.appointments.types import AppointmentCard
from hospital.scheduling.api import list_slots_by_id

MOST_CURRENT = 40


def _cards(rows: QuerySet[Appointment]) -> list[AppointmentCard]:
    found = list(rows)
    slots = list_slots_by_id(slot_ids={row.slot_id for row in found})
    return [
        AppointmentCard(
            id=row.id,
            person_id=row.person_id,
            account_id=row.account_id,
            state=AppointmentState(row.state),
            held_until=row.held_until,
            created_at=row.created_at,
            booked_at=row.booked_at,
            taken_at=row.taken_at,
            slot=slots[row.slot_id],
        )
        for row in found
    ]


def get_appointment(*, appointment_id: UUID, person_ids: Iterable[UUID] | None = None) -> AppointmentCard:
    """One booking, of one of `person_ids` when given; refuses with `UnknownAppointment`."""
    rows = Appointment.objects.filter(pk=appointment_id)
    if person_ids is not None:
        rows = rows.filter(person_id__in=list(person_ids))
    cards = _cards(rows)
    if not cards:
        raise UnknownAppointment
    return cards[0]


def list_appointments(*, person_ids: Iterable[UUID], limit: int = 50) -> list[AppointmentCard]:
    """Bookings of these people, newest place first."""
    return _cards(
        Appointment.objects.filter(person_id__in=list(person_ids)).order_by("-slot__starts_at", "-created_at")[:limit]
    )


def list_current_appointments(*, person_ids: Iterable[UUID], since: date, now: datetime) -> list[AppointmentCard]:
    """What these people hold, have booked or came for, of sessions on or after `since`, earliest place first."""
    held = Q(state=AppointmentState.HELD, held_until__gt=now)
    kept = Q(state__in=[AppointmentState.BOOKED, AppointmentState.TAKEN])
    return _cards(
        Appointment.objects.filter(held | kept, person_id__in=list(person_ids), session__held_on__gte=since).order_by(
            "slot__starts_at", "created_at"
        )[:MOST_CURRENT]
    )


def list_campus_appointments(*, campus_code: str, day: date, limit: int = 300) -> list[AppointmentCard]:
    """A campus's bookings of a day that are not given back, in the order of their time."""
    return _cards(
        Appointment.objects.filter(
            session__campus_id=campus_code,
            session__held_on=day,
            state__in=[AppointmentState.BOOKED, AppointmentState.TAKEN],
        ).order_by("slot__starts_at", "session__clinician__staff_no")[:limit]
    )
