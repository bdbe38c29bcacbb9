"""/api/check-in: the patient is here, shown by the code of the waiting area or by the telephone's place (A05)."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from hospital.patient_api.bookings import visit_out
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import Line, Text, VisitOut
from hospital.patient_api.texts import text
from hospital.workflows.arrive import Arrival, CheckedIn, check_in_by_code, check_in_by_place, list_arrivals

router = Router(tags=["Visit"])


class CodeIn(Schema):
    """The code that the waiting area shows. `appointment_id` chooses among several visits there; `takes_number` takes
    the number first where it is missing."""

    code: Annotated[Line, Field(min_length=1, max_length=40)]
    appointment_id: UUID | None = None
    takes_number: bool = False


class HereIn(Schema):
    """Where the telephone is, in degrees of WGS 84, to within `accuracy` meters. It decides and is not kept."""

    appointment_id: UUID
    latitude: float = Field(ge=-90, le=90, allow_inf_nan=False)
    longitude: float = Field(ge=-180, le=180, allow_inf_nan=False)
    accuracy: float = Field(ge=0, le=100_000, allow_inf_nan=False)
    takes_number: bool = False


class ArrivalOut(Schema):
    """A visit of today. `state` is READY, NO_NUMBER, EARLY (until `opens_at`) or DONE; `place` is where one waits;
    `knows_place` says whether one can check in by distance there."""

    appointment_id: UUID
    person_id: UUID
    person_name: Text
    starts_at: datetime
    clinician_name: Text
    department_name: Text
    campus_name: Text
    place: Text
    location: Text
    state: str
    opens_at: datetime
    knows_place: bool


class CheckedInOut(Schema):
    """Who was checked in, `was_done` where that was so already. Where several fit, `choices` has them and nothing was
    changed."""

    arrival: ArrivalOut | None
    visit: VisitOut | None
    was_done: bool
    choices: list[ArrivalOut]


@router.get("/check-in", response=list[ArrivalOut], summary="Visits to check in for")
def read_arrivals(request: PatientRequest) -> list[ArrivalOut]:
    """The visits of today of the people on my list, the earliest first."""
    return [_arrival(each) for each in list_arrivals(actor=request.auth, now=timezone.now())]


@router.post("/check-in", response=CheckedInOut, summary="Check in with the code of the clinic")
def check_in_with_code(request: PatientRequest, body: CodeIn) -> CheckedInOut:
    """Tells the clinic that the patient has arrived.

    Refusals: `unknown_check_in_code`, `nothing_to_check_in`, `check_in_elsewhere`, `unknown_appointment`,
    `check_in_too_early`, `number_not_taken`.
    """
    return _checked_in(
        check_in_by_code(
            code=body.code,
            appointment_id=body.appointment_id,
            takes_number=body.takes_number,
            actor=request.auth,
            now=timezone.now(),
        )
    )


@router.post("/check-in/here", response=CheckedInOut, summary="Check in by being there")
def check_in_here(request: PatientRequest, body: HereIn) -> CheckedInOut:
    """As above, where the telephone is within the distance that the campus allows.

    Refusals: `unknown_appointment`, `check_in_by_code_only`, `check_in_too_far`, `check_in_place_unsure`,
    `check_in_too_early`, `number_not_taken`.
    """
    return _checked_in(check_in_by_place(**body.dict(), actor=request.auth, now=timezone.now()))


def _checked_in(done: CheckedIn) -> CheckedInOut:
    return CheckedInOut(
        arrival=_arrival(done.arrival) if done.arrival else None,
        visit=visit_out(done.visit) if done.visit else None,
        was_done=done.was_done,
        choices=[_arrival(each) for each in done.choices],
    )


def _arrival(arrival: Arrival) -> ArrivalOut:
    session = arrival.appointment.slot.session
    return ArrivalOut(
        appointment_id=arrival.appointment.id,
        person_id=arrival.appointment.person_id,
        person_name=text(arrival.name),
        starts_at=arrival.appointment.slot.starts_at,
        clinician_name=text(session.shown_name),
        department_name=text(session.department_name),
        campus_name=text(session.campus_name),
        place=text(arrival.place),
        location=text(session.department_location),
        state=arrival.state,
        opens_at=arrival.opens_at,
        knows_place=arrival.knows_place,
    )
