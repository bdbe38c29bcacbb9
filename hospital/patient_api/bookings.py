"""/api/appointments: book, cancel, take a number (A04)."""

from decimal import Decimal
from typing import Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from hospital.appointments.api import list_appointments
from hospital.appointments.types import AppointmentCard
from hospital.encounters.api import count_waiting_before
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import AppointmentOut, Line, VisitOut
from hospital.patient_api.texts import text
from hospital.patients.api import list_linked_people
from hospital.workflows.book import cancel_booking, confirm_booking
from hospital.workflows.follow_ups import RegistrationType
from hospital.workflows.visit import take_visit_number

router = Router(tags=["Booking"])


class RegistrationTypeIn(Schema):
    """What one registers for; left out, it is a follow-up where the doctor or department saw the patient lately."""

    registration_type: Literal["", "ORDINARY", "FOLLOW_UP"] = ""


class CancelIn(Schema):
    """Why a booking is given back, and what the patient was told comes back (another amount is refused)."""

    reason: Line = Field(default="", max_length=200)
    refund: Decimal | None = Field(default=None, ge=0, max_digits=12, decimal_places=2)


@router.get("/appointments", response=list[AppointmentOut], summary="My bookings")
def list_my_appointments(request: PatientRequest, limit: int = 50) -> list[AppointmentOut]:
    """Bookings of the people on my list, newest first."""
    people = [linked.person.id for linked in list_linked_people(actor=request.auth, now=timezone.now())]
    return [appointment_out(card) for card in list_appointments(person_ids=people, limit=max(1, min(limit, 100)))]


@router.post("/appointments/{uuid:appointment_id}/book", response=AppointmentOut, summary="Book what I hold")
def book(request: PatientRequest, appointment_id: UUID, body: RegistrationTypeIn | None = None) -> AppointmentOut:
    """Books the held place and charges the registration fee; booking again returns the booking.

    Refusals: `unknown_appointment`, `hold_expired`, `not_booked`, `no_follow_up`.
    """
    wanted = RegistrationType(body.registration_type if body else "")
    now = timezone.now()
    return appointment_out(confirm_booking(appointment_id=appointment_id, actor=request.auth, now=now, wanted=wanted))


@router.post("/appointments/{uuid:appointment_id}/cancel", response=AppointmentOut, summary="Give a place back")
def cancel(request: PatientRequest, appointment_id: UUID, body: CancelIn) -> AppointmentOut:
    """Gives the place back; in the free time a paid fee is sent back the way it was paid.

    Refusals: `unknown_appointment`, `not_cancellable`, `cancel_too_late`, `booking_terms_changed`.
    """
    return appointment_out(
        cancel_booking(
            appointment_id=appointment_id,
            reason=body.reason,
            expected_refund=body.refund,
            actor=request.auth,
            now=timezone.now(),
        )
    )


@router.post("/appointments/{uuid:appointment_id}/number", response=VisitOut, summary="Take my number")
def take_my_number(request: PatientRequest, appointment_id: UUID) -> VisitOut:
    """On the day of the visit: the booking becomes a visit with a queue number; taking it again returns it.

    Refusals: `unknown_appointment`, `number_not_today`, `not_booked`.
    """
    return visit_out(take_visit_number(appointment_id=appointment_id, actor=request.auth, now=timezone.now()))


def appointment_out(card: AppointmentCard) -> AppointmentOut:
    """A booking for the app."""
    session = card.slot.session
    return AppointmentOut(
        id=card.id,
        person_id=card.person_id,
        state=card.state,
        held_until=card.held_until,
        starts_at=card.slot.starts_at,
        ends_at=card.slot.ends_at,
        number=card.slot.number,
        clinician_name=text(session.shown_name),
        department_name=text(session.department_name),
        campus_name=text(session.campus_name),
        campus_address=text(session.campus_address),
        location=text(session.department_location),
        room=text(session.room_name) if session.room_name else None,
        service_line=session.service_line,
    )


def visit_out(card: EncounterCard, *, waiting_before: int | None = None) -> VisitOut:
    """A visit for the app, with how many wait before; counted here unless the caller knows."""
    is_waiting = waiting_before is None and card.state in {EncounterState.CHECKED_IN, EncounterState.WAITING}
    return VisitOut(
        id=card.id,
        number=card.number,
        state=card.state,
        queue_number=card.queue_number,
        waiting_before=count_waiting_before(encounter=card) if is_waiting else waiting_before or 0,
        clinician_name=text(card.shown_name),
        department_name=text(card.department_name),
        location=text(card.department_location),
        room=text(card.room_name) if card.room_name else None,
    )
