"""/api/appointments/…/rebooking: a called-off patient books again before others (A04)."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import Text
from hospital.patient_api.texts import text
from hospital.scheduling.types import SlotCard
from hospital.workflows.rebook_called_off import offer_rebooking, rebook_called_off

router = Router(tags=["Booking"])


class InsteadOut(Schema):
    """A free place that the patient may have before others."""

    slot_id: int
    starts_at: datetime
    ends_at: datetime
    clinician_name: Text
    department_name: Text
    campus_name: Text
    room: Text | None


class RebookingOut(Schema):
    """Why the hospital called the appointment off; until when (inclusive) its patient may book before others.

    `used_for` is the appointment that came of it: then there are no places to choose from.
    """

    reason: Text
    valid_until: date
    used_for: UUID | None
    places: list[InsteadOut]


class RebookIn(Schema):
    """The place that was chosen."""

    slot_id: Annotated[int, Field(ge=1, le=2**63 - 1)]


class RebookedOut(Schema):
    """The new appointment."""

    appointment_id: UUID


@router.get("/appointments/{uuid:appointment_id}/rebooking", response=RebookingOut, summary="Book again before others")
def read_rebooking(request: PatientRequest, appointment_id: UUID) -> RebookingOut:
    """Own doctor first, then the specialty. Refusals: `unknown_appointment`, `unknown_person`, `priority_ended`."""
    found = offer_rebooking(appointment_id=appointment_id, actor=request.auth, now=timezone.now())
    return RebookingOut(
        reason=text(found.reason),
        valid_until=found.valid_until,
        used_for=found.used_for,
        places=[_instead(each) for each in found.places],
    )


def _instead(place: SlotCard) -> InsteadOut:
    session = place.session
    return InsteadOut(
        slot_id=place.id,
        starts_at=place.starts_at,
        ends_at=place.ends_at,
        clinician_name=text(session.shown_name),
        department_name=text(session.department_name),
        campus_name=text(session.campus_name),
        room=text(session.room_name) if session.room_name else None,
    )


@router.post("/appointments/{uuid:appointment_id}/rebooking", response=RebookedOut, summary="Take a place instead")
def rebook(request: PatientRequest, appointment_id: UUID, body: RebookIn) -> RebookedOut:
    """Books the place and charges its fee, which is paid like that of any appointment.

    Refusals: `unknown_appointment`, `unknown_person`, `priority_ended`, `slot_full`, `already_booked`.
    """
    booked = rebook_called_off(
        appointment_id=appointment_id, slot_id=body.slot_id, actor=request.auth, now=timezone.now()
    )
    return RebookedOut(appointment_id=booked.id)
