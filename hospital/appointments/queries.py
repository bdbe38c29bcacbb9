"""Reads of bookings. Lists of a patient are cut by the people the account may act for."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from hospital.appointments.errors import UnknownAppointment
from hospital.appointments.models import Appointment
from hospital.appointments.states import AppointmentState
from hospital.appointments.types import AppointmentCard, When
from hospital.kernel.clock import local_day
from hospital.scheduling.api import list_slots_by_id

MOST_CURRENT = 40


def appointment_cards(rows: QuerySet[Appointment]) -> list[AppointmentCard]:
    """The cards of these bookings, in two statements."""
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
            ended_at=row.ended_at,
            end_reason=row.end_reason,
            pay_by=row.pay_by,
            revision=row.revision,
            slot=slots[row.slot_id],
            follows_id=row.follows_id,
            fee_item_code=row.fee_item_code,
        )
        for row in found
    ]


def get_appointment(*, appointment_id: UUID, person_ids: Iterable[UUID] | None = None) -> AppointmentCard:
    """One booking, of one of `person_ids` when given; refuses with `UnknownAppointment`."""
    rows = Appointment.objects.filter(pk=appointment_id)
    if person_ids is not None:
        rows = rows.filter(person_id__in=list(person_ids))
    cards = appointment_cards(rows)
    if not cards:
        raise UnknownAppointment
    return cards[0]


def lock_appointment(*, appointment_id: UUID) -> AppointmentCard:
    """One booking, locked for the caller's transaction; refuses with `UnknownAppointment`."""
    if not Appointment.objects.select_for_update().filter(pk=appointment_id).exists():
        raise UnknownAppointment
    return get_appointment(appointment_id=appointment_id)


def list_appointments(
    *,
    person_ids: Iterable[UUID],
    limit: int = 50,
    offset: int = 0,
    when: When = When.ALL,
    now: datetime | None = None,
) -> list[AppointmentCard]:
    """Bookings of these people: what is to come in the order of its time, anything else newest place first.

    `COMING` and `PAST` need `now`. A hold that ran out is over, whether or not its place was given back already.
    """
    rows = Appointment.objects.filter(person_id__in=list(person_ids))
    order = ["-slot__starts_at", "-created_at"]
    if when is not When.ALL and now is not None:
        is_kept = Q(state__in=[AppointmentState.BOOKED, AppointmentState.TAKEN]) | Q(
            state=AppointmentState.HELD, held_until__gt=now
        )
        is_coming = is_kept & Q(session__held_on__gte=local_day(now))
        rows = rows.filter(is_coming if when is When.COMING else ~is_coming)
        order = ["slot__starts_at", "created_at"] if when is When.COMING else order
    return appointment_cards(rows.order_by(*order)[offset : offset + limit])


def list_unpaid(*, person_id: UUID | None = None, limit: int = 500) -> dict[UUID, datetime]:
    """Bookings (of a person) that wait for their money with the instant until which they do, the next to end first."""
    rows = Appointment.objects.filter(state=AppointmentState.BOOKED, pay_by__isnull=False).order_by("pay_by")
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    return {row.pk: row.pay_by for row in rows.only("pay_by")[:limit] if row.pay_by is not None}


def list_campus_appointments(*, campus_code: str, day: date, limit: int = 300) -> list[AppointmentCard]:
    """A campus's bookings of a day that are not given back, in the order of their time."""
    return appointment_cards(
        Appointment.objects.filter(
            session__campus_id=campus_code,
            session__held_on=day,
            state__in=[AppointmentState.BOOKED, AppointmentState.TAKEN],
        ).order_by("slot__starts_at", "session__clinician__staff_no")[:limit]
    )
