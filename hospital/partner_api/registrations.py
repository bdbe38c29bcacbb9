"""Hold, register, cancel (X49)."""

from django.http import HttpResponse
from ninja import Router

from hospital.partner_api.answers import Done, answer_once
from hospital.partner_api.requests import PartnerRequest
from hospital.partner_api.schemas import (
    CancelIn,
    CancelOut,
    FollowsOut,
    HoldIn,
    HoldOut,
    RegisterIn,
    RegisterOut,
)
from hospital.partner_api.shapes import (
    patient_out,
    price_out,
    quote_out,
    read_hold_patient,
    read_patient,
    registration_out,
    text,
)
from hospital.partner_api.today_schemas import BookingOut, BookingsIn, BookingsOut, CheckInOut, NumberIn, NumberOut
from hospital.partners.types import Kind
from hospital.workflows.arrive import Arrival
from hospital.workflows.arrive_at_machine import check_in_at_machine, list_bookings_of_today, take_number_at_machine
from hospital.workflows.follow_ups import RegistrationType
from hospital.workflows.register_at_machine import cancel_registration, hold_for_patient, register_held

router = Router(tags=["Registration"])


@router.post("/holds", response={201: HoldOut}, summary="Hold a place")
def hold_place(request: PartnerRequest, body: HoldIn) -> HttpResponse:
    """Keeps a place for 15 minutes. A patient whose document is not on file is put on file with `new_patient`.

    Refusals: `unknown_patient`, `patient_unclear`, `incomplete_person`, `campus_not_allowed`, `unknown_slot`,
    `slot_full`, `slot_past`, `session_stopped`, `already_booked`, `too_many_unpaid`, `request_number_reused`.
    """

    def act() -> Done:
        held = hold_for_patient(
            slot_id=body.slot_id,
            patient=read_hold_patient(body),
            partner=request.partner,
            actor=request.actor,
            now=request.came_at,
        )
        answer = HoldOut(
            registration=registration_out(held.appointment),
            patient=patient_out(held.person, campuses=request.partner.campuses),
            is_new_patient=held.is_new_patient,
            price=price_out(held.fee),
            follows=FollowsOut(seen_on=held.follows.queue_on, doctor_name=text(held.follows.clinician_name))
            if held.follows
            else None,
        )
        return Done(answer=answer, subject_id=str(held.appointment.id), status=201)

    return answer_once(request, kind=Kind.HOLD, body=body, act=act)


@router.post("/registrations", response=RegisterOut, summary="Register")
def register_place(request: PartnerRequest, body: RegisterIn) -> HttpResponse:
    """Books the place that this partner holds and quotes the fee; it is paid like any bill, until `pay_by`.

    Refusals: `unknown_registration`, `campus_not_allowed`, `hold_expired`, `not_booked`, `no_follow_up`,
    `request_number_reused`.
    """

    def act() -> Done:
        done = register_held(
            appointment_id=body.registration_id,
            partner=request.partner,
            actor=request.actor,
            now=request.came_at,
            wanted=RegistrationType(body.registration_type),
        )
        answer = RegisterOut(
            registration=registration_out(done.appointment),
            quote=quote_out(done.quote, done.notices) if done.quote else None,
        )
        return Done(answer=answer, subject_id=str(body.registration_id))

    return answer_once(request, kind=Kind.REGISTER, body=body, act=act)


@router.post("/bookings/query", response=BookingsOut, summary="Today's bookings")
def query_bookings(request: PartnerRequest, body: BookingsIn) -> BookingsOut:
    """What a patient has booked for today, at the desk, in the app or at a machine. Changes nothing.

    Refusals: `unknown_patient`.
    """
    person, bookings = list_bookings_of_today(
        patient=read_patient(body.patient), partner=request.partner, actor=request.actor, now=request.came_at
    )
    return BookingsOut(
        patient=patient_out(person, campuses=request.partner.campuses),
        bookings=[_booking_out(each) for each in bookings],
    )


def _booking_out(arrival: Arrival) -> BookingOut:
    return BookingOut(
        **registration_out(arrival.appointment).model_dump(),
        arrival=arrival.state.value,
        check_in_from=arrival.opens_at,
        queue_number=arrival.visit.queue_number if arrival.visit else None,
    )


@router.post("/numbers", response=NumberOut, summary="Take a number")
def take_number(request: PartnerRequest, body: NumberIn) -> HttpResponse:
    """Takes the number of a booking of today: the visit is open, and an unpaid fee is on its bill. Again: the same one.

    Refusals: `unknown_appointment`, `campus_not_allowed`, `number_not_today`, `not_booked`, `request_number_reused`.
    """

    def act() -> Done:
        taken = take_number_at_machine(
            appointment_id=body.registration_id, partner=request.partner, actor=request.actor, now=request.came_at
        )
        answer = NumberOut(
            registration=registration_out(taken.appointment),
            queue_number=taken.visit.queue_number,
            visit_no=taken.visit.number,
            due_at=taken.visit.due_at,
        )
        return Done(answer=answer, subject_id=str(taken.visit.id))

    return answer_once(request, kind=Kind.NUMBER, body=body, act=act)


@router.post("/check-ins", response=CheckInOut, summary="Check in")
def check_in(request: PartnerRequest, body: NumberIn) -> HttpResponse:
    """Tells the clinic that the patient stands here; the number is taken first where it is missing. Again: the same.

    For machines that stand in the hospital. Refusals: `machine_not_on_site`, `unknown_appointment`,
    `campus_not_allowed`, `number_not_today`, `not_booked`, `check_in_too_early`, `request_number_reused`.
    """

    def act() -> Done:
        done = check_in_at_machine(
            appointment_id=body.registration_id, partner=request.partner, actor=request.actor, now=request.came_at
        )
        answer = CheckInOut(
            registration=registration_out(done.appointment),
            queue_number=done.visit.queue_number,
            visit_no=done.visit.number,
            due_at=done.visit.due_at,
            place=text(done.place),
            before=done.before,
        )
        return Done(answer=answer, subject_id=str(done.visit.id))

    return answer_once(request, kind=Kind.CHECK_IN, body=body, act=act)


@router.post("/registrations/cancel", response=CancelOut, summary="Cancel a registration")
def cancel_place(request: PartnerRequest, body: CancelIn) -> HttpResponse:
    """Gives back a place that was held or booked through this partner, on the terms that every patient has.

    Refusals: `unknown_registration`, `campus_not_allowed`, `not_cancellable`, `cancel_too_late`,
    `request_number_reused`.
    """

    def act() -> Done:
        done = cancel_registration(
            appointment_id=body.registration_id,
            reason=body.reason or "canceled at a machine",
            partner=request.partner,
            actor=request.actor,
            now=request.came_at,
        )
        answer = CancelOut(registration=registration_out(done.appointment), refund=done.refund, kept=done.kept)
        return Done(answer=answer, subject_id=str(body.registration_id))

    return answer_once(request, kind=Kind.CANCEL, body=body, act=act)
