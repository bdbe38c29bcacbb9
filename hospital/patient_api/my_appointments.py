"""/api/my-appointments and what can be done with one: its terms, release, change, calendar (A04, W22)."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from hospital.appointments.api import (
    NOT_PAID,
    compute_pay_by,
    compute_terms,
    get_appointment,
    give_hold_to,
    list_appointments,
    list_called_off,
    release_hold,
)
from hospital.appointments.states import AppointmentState
from hospital.appointments.types import AppointmentCard, When
from hospital.campuses.api import list_clinicians_by_id
from hospital.encounters.api import list_encounters, list_encounters_of_appointments
from hospital.encounters.types import EncounterCard
from hospital.patient_api.files import describe_file
from hospital.patient_api.finding import PriceOut, price_out
from hospital.patient_api.problems import reader_language
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import Text
from hospital.patient_api.texts import ANY_DOCTOR, TITLE_NAMES, both, text
from hospital.patients.api import display_name, list_linked_people, require_access
from hospital.patients.types import PersonCard
from hospital.workflows.booking_calendar import render_calendar
from hospital.workflows.booking_terms import BookingFee, compute_booking_terms, list_booking_fees, price_place
from hospital.workflows.change_booking import change_booking, preview_change
from hospital.workflows.follow_ups import as_charged, find_follow_up_right

router = Router(tags=["Booking"])


class BookingFeeOut(Schema):
    """The fee of a booking, in CNY. `state` is OPEN, BEING_PAID, PAID, REFUNDED or NONE; `mark` is "+30 %".

    `paid` is what was paid and not asked back, `refunded` what was asked back. `charge_ids` are to be paid.
    """

    state: str
    base: Decimal
    surcharge: Decimal
    total: Decimal
    mark: str
    paid: Decimal
    refunded: Decimal
    charge_ids: list[UUID]


class TermsOut(Schema):
    """The last instants (exclusive) to pay, to give back for nothing, to change, to give back at all; what giving the
    place back now would return, and what of the paid fee would be kept.
    """

    pay_by: datetime | None
    free_until: datetime
    change_until: datetime
    cancel_until: datetime
    can_change: bool
    can_cancel: bool
    refund: Decimal
    kept: Decimal


class FollowsOut(Schema):
    """The visit of which a booking is, or would be, a follow-up: who saw the patient, and when."""

    seen_on: date
    doctor_name: Text


class PreviewOut(Schema):
    """What a held place would cost this patient and until when it could be paid and given back, if booked now."""

    price: PriceOut | None
    pay_by: datetime
    free_until: datetime
    follows: FollowsOut | None = None


class MyAppointmentOut(Schema):
    """A booking with everything that its page shows. `ended` is NOT_PAID, HOLD_OVER, CANCELLED or CALLED_OFF (by
    the hospital, see its rebooking) for what has ended.

    `preview` is there for one held place that is read by itself.
    """

    id: UUID
    person_id: UUID
    person_name: Text
    state: str
    ended: str | None
    revision: int
    held_until: datetime | None
    starts_at: datetime
    ends_at: datetime
    number: int
    clinician_id: UUID
    clinician_name: Text
    title_name: Text
    is_clinic: bool
    department_id: UUID
    department_name: Text
    campus_code: str
    campus_name: Text
    campus_address: Text
    location: Text
    room: Text | None
    service_line: str
    encounter_id: UUID | None
    fee: BookingFeeOut
    terms: TermsOut | None
    preview: PreviewOut | None = None
    follows: FollowsOut | None = None
    read_at: datetime


class MyAppointmentsOut(Schema):
    """A page of bookings."""

    items: list[MyAppointmentOut]
    has_more: bool
    read_at: datetime


class ChangeTermsOut(Schema):
    """What moving means: the same fee goes along, or `price` is paid anew and `refund` goes back."""

    is_same_fee: bool
    price: PriceOut | None
    refund: Decimal
    to_pay: Decimal


class PlaceIn(Schema):
    """Where to."""

    slot_id: int = Field(gt=0, lt=2**63)


class HoldForIn(Schema):
    """For whom."""

    person_id: UUID


class ChangeIn(PlaceIn):
    """Where to, and what the patient was told is to be paid (another amount is refused)."""

    to_pay: Decimal | None = Field(default=None, ge=0, max_digits=12, decimal_places=2)


@router.get("/my-appointments", response=MyAppointmentsOut, summary="My appointments, to come or over")
def read_my_appointments(
    request: PatientRequest,
    when: Literal["coming", "past"] = "coming",
    offset: Annotated[int, Field(ge=0, le=10_000)] = 0,
    limit: Annotated[int, Field(ge=1, le=50)] = 20,
) -> MyAppointmentsOut:
    """Bookings of the people on my list: those to come with the next first, those over with the latest first."""
    now = timezone.now()
    people = {linked.person.id: linked.person for linked in list_linked_people(actor=request.auth, now=now)}
    cards = list_appointments(person_ids=people, when=When(when), now=now, offset=offset, limit=limit + 1)
    return MyAppointmentsOut(
        items=_shown(cards[:limit], people=people, now=now), has_more=len(cards) > limit, read_at=now
    )


@router.get("/appointments/{uuid:appointment_id}", response=MyAppointmentOut, summary="One appointment")
def read_my_appointment(request: PatientRequest, appointment_id: UUID) -> MyAppointmentOut:
    """With its fee and terms as of now. Refusals: `unknown_appointment`, `unknown_person`."""
    return _show(request, appointment_id, now=timezone.now())


@router.post("/appointments/{uuid:appointment_id}/release", response={204: None}, summary="Give a hold back")
def release(request: PatientRequest, appointment_id: UUID) -> tuple[int, None]:
    """Gives back what is only held. Refusals: `unknown_appointment`, `unknown_person`, `not_held`."""
    now = timezone.now()
    _card(request, appointment_id, now=now)
    release_hold(appointment_id=appointment_id, actor=request.auth, now=now)
    return 204, None


@router.post("/appointments/{uuid:appointment_id}/person", response={204: None}, summary="Hold for somebody else")
def hold_for_another(request: PatientRequest, appointment_id: UUID, body: HoldForIn) -> tuple[int, None]:
    """Keeps what I hold for another of my people; the place is never free in between.

    Refusals: `unknown_appointment`, `unknown_person`, `not_held`, `already_booked`.
    """
    now = timezone.now()
    _card(request, appointment_id, now=now)
    require_access(actor=request.auth, person_id=body.person_id, now=now)
    give_hold_to(appointment_id=appointment_id, person_id=body.person_id, actor=request.auth, now=now)
    return 204, None


@router.post(
    "/appointments/{uuid:appointment_id}/change-terms", response=ChangeTermsOut, summary="What a change would mean"
)
def read_change_terms(request: PatientRequest, appointment_id: UUID, body: PlaceIn) -> ChangeTermsOut:
    """What moving to another place means for the fee; changes nothing.

    Refusals: `unknown_appointment`, `unknown_person`, `unknown_slot`.
    """
    terms = preview_change(appointment_id=appointment_id, slot_id=body.slot_id, actor=request.auth, now=timezone.now())
    return ChangeTermsOut(
        is_same_fee=terms.is_same_fee,
        price=price_out(terms.fee) if terms.fee else None,
        refund=terms.refund,
        to_pay=terms.to_pay,
    )


@router.post("/appointments/{uuid:appointment_id}/change", response=MyAppointmentOut, summary="Change my appointment")
def change(request: PatientRequest, appointment_id: UUID, body: ChangeIn) -> MyAppointmentOut:
    """Moves the booking: the new place is taken before the old one is given back, or nothing happens.

    Refusals: `unknown_appointment`, `unknown_person`, `unknown_slot`, `slot_full`, `slot_past`, `session_stopped`,
    `already_booked`, `same_place`, `not_changeable`, `change_too_late`, `booking_terms_changed`.
    """
    now = timezone.now()
    change_booking(
        appointment_id=appointment_id,
        slot_id=body.slot_id,
        expected_to_pay=body.to_pay,
        actor=request.auth,
        now=now,
    )
    return _show(request, appointment_id, now=now)


@router.get(
    "/appointments/{uuid:appointment_id}/calendar",
    summary="For my calendar",
    openapi_extra=describe_file("text/calendar", "The appointment"),
)
def read_calendar(request: PatientRequest, appointment_id: UUID) -> HttpResponse:
    """The appointment as an .ics file, in the reader's language first. Refusals: `unknown_appointment`."""
    now = timezone.now()
    card = _card(request, appointment_id, now=now)
    return HttpResponse(
        render_calendar(appointment=card, language=reader_language(request), now=now),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="appointment-{card.slot.session.held_on.isoformat()}.ics"',
            "Cache-Control": "no-store",
        },
    )


def _card(request: PatientRequest, appointment_id: UUID, *, now: datetime) -> AppointmentCard:
    card = get_appointment(appointment_id=appointment_id)
    require_access(actor=request.auth, person_id=card.person_id, now=now)
    return card


def _show(request: PatientRequest, appointment_id: UUID, *, now: datetime) -> MyAppointmentOut:
    card = _card(request, appointment_id, now=now)
    people = {linked.person.id: linked.person for linked in list_linked_people(actor=request.auth, now=now)}
    shown = _shown([card], people=people, now=now)[0]
    if shown.state == AppointmentState.HELD:
        shown.preview = _preview(card, person=people[card.person_id], now=now)
    return shown


def _preview(card: AppointmentCard, *, person: PersonCard, now: datetime) -> PreviewOut:
    right = find_follow_up_right(person_id=card.person_id, session=card.slot.session)
    fee = price_place(session=as_charged(card.slot.session, right), born_on=person.birth_date, now=now)
    starts_at = card.slot.starts_at
    return PreviewOut(
        price=price_out(fee) if fee else None,
        pay_by=compute_pay_by(booked_at=now, starts_at=starts_at, now=now),
        free_until=compute_terms(booked_at=now, starts_at=starts_at).free_until,
        follows=_follows(right.visit if right else None),
    )


def _follows(visit: EncounterCard | None) -> FollowsOut | None:
    return FollowsOut(seen_on=visit.queue_on, doctor_name=text(visit.clinician_name)) if visit else None


def _shown(
    cards: Sequence[AppointmentCard], *, people: dict[UUID, PersonCard], now: datetime
) -> list[MyAppointmentOut]:
    ids = [card.id for card in cards]
    fees = list_booking_fees(appointment_ids=ids)
    visits = list_encounters_of_appointments(appointment_ids=ids)
    doctors = list_clinicians_by_id(clinician_ids={card.slot.session.clinician_id for card in cards})
    called_off = list_called_off(appointment_ids=ids)
    followed = list_encounters(encounter_ids={card.follows_id for card in cards if card.follows_id})
    shown = []
    for card in cards:
        session, visit, doctor = card.slot.session, visits.get(card.id), doctors[card.slot.session.clinician_id]
        shown.append(
            MyAppointmentOut(
                id=card.id,
                person_id=card.person_id,
                person_name=_name(people[card.person_id]),
                state=_state(card, now=now),
                ended="CALLED_OFF" if card.id in called_off else _ended(card, now=now),
                revision=card.revision,
                held_until=card.held_until,
                starts_at=card.slot.starts_at,
                ends_at=card.slot.ends_at,
                number=card.slot.number,
                clinician_id=session.clinician_id if session.is_by_name else session.department_id,
                clinician_name=text(session.shown_name),
                title_name=both(TITLE_NAMES.get(doctor.title, doctor.title) if session.is_by_name else ANY_DOCTOR),
                is_clinic=not session.is_by_name,
                department_id=session.department_id,
                department_name=text(session.department_name),
                campus_code=session.campus_code,
                campus_name=text(session.campus_name),
                campus_address=text(session.campus_address),
                location=text(session.department_location),
                room=text(session.room_name) if session.room_name else None,
                service_line=session.service_line,
                encounter_id=visit.id if visit else None,
                fee=_fee(fees[card.id]),
                terms=_terms(card, fees[card.id], now=now),
                follows=_follows(followed.get(card.follows_id) if card.follows_id else None),
                read_at=now,
            )
        )
    return shown


def _name(person: PersonCard) -> Text:
    return Text(zh=display_name(person.name, language="zh"), en=display_name(person.name, language="en"))


def _is_over(card: AppointmentCard, *, now: datetime) -> bool:
    return card.state is AppointmentState.HELD and card.held_until is not None and card.held_until <= now


def _state(card: AppointmentCard, *, now: datetime) -> str:
    """A hold that ran out has ended, whether or not its place was given back already."""
    return str(AppointmentState.EXPIRED if _is_over(card, now=now) else card.state)


def _ended(card: AppointmentCard, *, now: datetime) -> str | None:
    if _is_over(card, now=now):
        return "HOLD_OVER"
    if card.state is AppointmentState.EXPIRED:
        return "NOT_PAID" if card.end_reason == NOT_PAID else "HOLD_OVER"
    return "CANCELLED" if card.state is AppointmentState.CANCELLED else None


def _fee(fee: BookingFee) -> BookingFeeOut:
    return BookingFeeOut(
        state=fee.state,
        base=fee.base,
        surcharge=fee.surcharge,
        total=fee.total,
        mark=fee.mark,
        paid=fee.paid,
        refunded=fee.refunded,
        charge_ids=[line.id for line in fee.lines if line.state == "PENDING"],
    )


def _terms(card: AppointmentCard, fee: BookingFee, *, now: datetime) -> TermsOut | None:
    terms = compute_booking_terms(appointment=card, fee=fee, now=now)
    if terms is None:
        return None
    return TermsOut(
        pay_by=terms.pay_by,
        free_until=terms.free_until,
        change_until=terms.change_until,
        cancel_until=terms.cancel_until,
        can_change=terms.can_change,
        can_cancel=terms.can_cancel,
        refund=terms.refund,
        kept=terms.kept,
    )
