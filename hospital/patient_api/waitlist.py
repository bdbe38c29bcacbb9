"""/api/waitlist: waiting for a place that others give back (A04, W22)."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema
from pydantic import model_validator

from hospital.appointments.types import WaitCard
from hospital.patient_api.authentication import booking_channel
from hospital.patient_api.finding import Day
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import Text
from hospital.patient_api.texts import text
from hospital.workflows.wait_for_place import list_my_waits, stop_waiting, wait_for_doctor, wait_for_session

router = Router(tags=["Booking"])


class WaitIn(Schema):
    """Who waits: for a place in a session, or with a doctor from `first` to `last`."""

    person_id: UUID
    session_id: UUID | None = None
    doctor_id: UUID | None = None
    first: Day | None = None
    last: Day | None = None

    @model_validator(mode="after")
    def _is_one_of_both(self) -> "WaitIn":
        days = [each is not None for each in (self.doctor_id, self.first, self.last)]
        if any(days) if self.session_id else not all(days):
            raise ValueError("a session, or a doctor with both days")
        return self

    def of_doctor(self) -> tuple[UUID, date, date]:
        """The doctor and the days, where no session was named."""
        if self.doctor_id is None or self.first is None or self.last is None:
            raise ValueError("a session was named")
        return self.doctor_id, self.first, self.last


class WaitOut(Schema):
    """Somebody who waits. `rank` counts from 1 while WAITING; OFFERED: the hold `appointment_id` until `offered_until`.

    `session_id`, the time and the place are null for who waits for any session of the doctor from `first` to `last`.
    """

    id: UUID
    person_id: UUID
    state: str
    rank: int | None
    doctor_id: UUID
    doctor_name: Text
    session_id: UUID | None
    starts_at: datetime | None
    ends_at: datetime | None
    department_name: Text | None
    campus_name: Text | None
    first: date
    last: date
    appointment_id: UUID | None
    offered_until: datetime | None
    read_at: datetime


@router.get("/waitlist", response=list[WaitOut], summary="What my people wait for")
def read_my_waitlist(request: PatientRequest) -> list[WaitOut]:
    """What the people on my list wait for and are offered, the oldest first."""
    now = timezone.now()
    return [_shown(card, now=now) for card in list_my_waits(actor=request.auth, now=now)]


@router.post("/waitlist", response={201: WaitOut}, summary="Wait for a place")
def join_waitlist(request: PatientRequest, body: WaitIn) -> tuple[int, WaitOut]:
    """Puts a person on a waitlist; the message of an offer comes to the inbox, and the place is held until then.

    Refusals: `unknown_person`, `unknown_session`, `unknown_clinician`, `wait_over`, `places_left`, `already_booked`,
    `already_waiting`, `too_many_waits`.
    """
    now = timezone.now()
    if body.session_id is not None:
        card = wait_for_session(
            person_id=body.person_id,
            session_id=body.session_id,
            actor=request.auth,
            now=now,
            channel=booking_channel(request),
        )
    else:
        doctor_id, first, last = body.of_doctor()
        card = wait_for_doctor(
            person_id=body.person_id,
            clinician_id=doctor_id,
            first_on=first,
            last_on=last,
            actor=request.auth,
            now=now,
            channel=booking_channel(request),
        )
    return 201, _shown(card, now=now)


@router.post("/waitlist/{uuid:entry_id}/leave", response={204: None}, summary="Wait no more")
def leave_waitlist(request: PatientRequest, entry_id: UUID) -> tuple[int, None]:
    """Leaves a waitlist; a place that was offered goes to the next. Refusals: `unknown_wait`, `unknown_person`."""
    stop_waiting(entry_id=entry_id, actor=request.auth, now=timezone.now())
    return 204, None


def _shown(card: WaitCard, *, now: datetime) -> WaitOut:
    session = card.session
    return WaitOut(
        id=card.id,
        person_id=card.person_id,
        state=card.state,
        rank=card.rank,
        doctor_id=card.clinician_id,
        doctor_name=text(session.shown_name if session else card.clinician_name),
        session_id=session.id if session else None,
        starts_at=session.starts_at if session else None,
        ends_at=session.ends_at if session else None,
        department_name=text(session.department_name) if session else None,
        campus_name=text(session.campus_name) if session else None,
        first=card.first_on,
        last=card.last_on,
        appointment_id=card.appointment_id,
        offered_until=card.offered_until,
        read_at=now,
    )
