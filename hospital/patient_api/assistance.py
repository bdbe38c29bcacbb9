"""Interpreters, transport, a wheelchair, an escort, and how somebody wants to be cared for (N03)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Final
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from hospital.appointments.api import get_appointment
from hospital.appointments.types import AppointmentCard
from hospital.assistance.api import (
    ask_assistance,
    cancel_assistance,
    get_own_assistance,
    get_preferences,
    list_assistance_of,
    list_languages,
    set_preferences,
)
from hospital.assistance.types import (
    AssistanceCard,
    AssistanceKind,
    ClinicianSex,
    Diet,
    Mobility,
    NewAssistance,
    Preferences,
)
from hospital.billing.api import quote_registration
from hospital.patient_api.finding import PriceOut, price_out
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import Line, Text
from hospital.patient_api.texts import text
from hospital.patients.api import get_person, require_access
from hospital.workflows.booking_terms import visit_type_of

router = Router(tags=["Special-need service"])
EARLIER: Final = timedelta(minutes=30)  # a wheelchair or an escort is there before the appointment
WITH_PATIENT: Final = timedelta(hours=2)


class PreferencesIn(Schema):
    """How somebody wants to be cared for; every desk sees it."""

    diet: Diet = Diet.ANY
    mobility: Mobility = Mobility.WALKS
    clinician_sex: ClinicianSex = ClinicianSex.ANY
    is_name_private: bool = False
    note: Annotated[Line, Field(max_length=300)] = ""


class LanguageOut(Schema):
    """A language that somebody interprets. `fees` by the hour, in CNY; none: free of charge."""

    code: str
    fees: list[PriceOut]


class AssistanceIn(Schema):
    """What is asked for. `hours` for an interpreter; `starts_at` and `from_place` for transport."""

    kind: AssistanceKind
    language: Annotated[Line, Field(max_length=10)] = ""
    hours: Annotated[int, Field(ge=1, le=8)] = 2
    starts_at: datetime | None = None
    from_place: Annotated[Line, Field(max_length=200)] = ""
    to_place: Annotated[Line, Field(max_length=200)] = ""
    note: Annotated[Line, Field(max_length=300)] = ""
    idempotency_key: Annotated[Line, Field(min_length=8, max_length=64)]


class AssistanceOut(Schema):
    """A request. `state` is REQUESTED, ARRANGED, DONE, DECLINED or CANCELLED; `may_cancel` while it is open."""

    id: UUID
    kind: str
    state: str
    starts_at: datetime
    ends_at: datetime
    language: str
    from_place: str
    to_place: str
    note: str
    interpreter: Text | None
    arrangement: Text
    end_reason: Text
    may_cancel: bool


class BookingAssistanceOut(Schema):
    """What can be asked for a booking, and what was."""

    person_id: UUID
    starts_at: datetime
    languages: list[LanguageOut]
    own_language: str  # the patient's own, where somebody interprets it
    requests: list[AssistanceOut]


@router.get("/people/{uuid:person_id}/preferences", response=PreferencesIn, summary="How I want to be cared for")
def read_preferences(request: PatientRequest, person_id: UUID) -> PreferencesIn:
    """Wishes of one person. Refusals: `unknown_person`."""
    return _preferences(get_preferences(person_id=person_id, actor=request.auth, now=timezone.now()))


@router.put("/people/{uuid:person_id}/preferences", response=PreferencesIn, summary="Change my wishes")
def write_preferences(request: PatientRequest, person_id: UUID, body: PreferencesIn) -> PreferencesIn:
    """Replaces the wishes of one person. Refusals: `unknown_person`."""
    kept = Preferences(
        diet=body.diet,
        mobility=body.mobility,
        clinician_sex=body.clinician_sex,
        is_name_private=body.is_name_private,
        note=body.note,
    )
    set_preferences(person_id=person_id, campus_code="", preferences=kept, actor=request.auth, now=timezone.now())
    return body


@router.get(
    "/appointments/{uuid:appointment_id}/assistance", response=BookingAssistanceOut, summary="Help with a booking"
)
def read_help(request: PatientRequest, appointment_id: UUID) -> BookingAssistanceOut:
    """Languages with their fees, and what was asked for. Refusals: `unknown_appointment`, `unknown_person`."""
    now = timezone.now()
    booking = _booking(request, appointment_id, now)
    cards = list_assistance_of(appointment_id=appointment_id, actor=request.auth, now=now)
    spoken = get_person(actor=request.auth, person_id=booking.person_id, now=now).languages
    languages = _languages(booking, now)
    offered = {language.code for language in languages}
    return BookingAssistanceOut(
        person_id=booking.person_id,
        starts_at=booking.slot.starts_at,
        languages=languages,
        own_language=next((code for code in spoken if code in offered), ""),
        requests=[_request(card) for card in cards],
    )


@router.post("/appointments/{uuid:appointment_id}/assistance", response={201: AssistanceOut}, summary="Ask for help")
def ask_for_help(request: PatientRequest, appointment_id: UUID, body: AssistanceIn) -> tuple[int, AssistanceOut]:
    """Asks for help with a booking; the same key again returns the same request.

    Refusals: `unknown_appointment`, `unknown_person`, `assistance_incomplete`, `assistance_in_past`, `already_asked`,
    `too_many_assistance`.
    """
    now = timezone.now()
    booking = _booking(request, appointment_id, now)
    request_id = ask_assistance(new=_new(booking, body), actor=request.auth, now=now)
    return 201, _request(get_own_assistance(request_id=request_id, actor=request.auth, now=now))


@router.post("/assistance/{uuid:request_id}/cancel", response=AssistanceOut, summary="I need it no more")
def cancel_help(request: PatientRequest, request_id: UUID) -> AssistanceOut:
    """Cancels a request that is open. Refusals: `unknown_assistance`, `illegal_transition`."""
    now = timezone.now()
    cancel_assistance(request_id=request_id, actor=request.auth, now=now)
    return _request(get_own_assistance(request_id=request_id, actor=request.auth, now=now))


def _booking(request: PatientRequest, appointment_id: UUID, now: datetime) -> AppointmentCard:
    booking = get_appointment(appointment_id=appointment_id)
    require_access(actor=request.auth, person_id=booking.person_id, now=now)
    return booking


def _languages(booking: AppointmentCard, now: datetime) -> list[LanguageOut]:
    session = booking.slot.session
    languages = list_languages(campus_code=session.campus_code)
    quoted = quote_registration(
        item_codes=sorted({code for codes in languages.values() for code in codes}),
        service_line=session.service_line,
        campus_code=session.campus_code,
        visit_type=visit_type_of(session),
        now=now,
    )
    prices = {code: price_out(fee) for code, fee in quoted.items()}
    return [LanguageOut(code=language, fees=_fees(codes, prices)) for language, codes in languages.items()]


def _fees(codes: Sequence[str], prices: Mapping[str, PriceOut]) -> list[PriceOut]:
    return sorted((prices[code] for code in codes if code in prices), key=lambda price: price.total)


def _new(booking: AppointmentCard, body: AssistanceIn) -> NewAssistance:
    begins = booking.slot.starts_at
    starts_at, ends_at = begins - EARLIER, begins + WITH_PATIENT
    if body.kind is AssistanceKind.INTERPRETER:
        starts_at, ends_at = begins, begins + timedelta(hours=body.hours)
    if body.kind is AssistanceKind.TRANSPORT and body.starts_at is not None:
        starts_at, ends_at = body.starts_at, body.starts_at + WITH_PATIENT
    return NewAssistance(
        person_id=booking.person_id,
        campus_code=booking.slot.session.campus_code,
        appointment_id=booking.id,
        kind=body.kind,
        starts_at=starts_at,
        ends_at=ends_at,
        language=body.language,
        from_place=body.from_place,
        to_place=body.to_place,
        note=body.note,
        key=body.idempotency_key,
    )


def _preferences(kept: Preferences) -> PreferencesIn:
    return PreferencesIn(
        diet=kept.diet,
        mobility=kept.mobility,
        clinician_sex=kept.clinician_sex,
        is_name_private=kept.is_name_private,
        note=kept.note,
    )


def _request(card: AssistanceCard) -> AssistanceOut:
    return AssistanceOut(
        id=card.id,
        kind=card.kind,
        state=card.state,
        starts_at=card.starts_at,
        ends_at=card.ends_at,
        language=card.language,
        from_place=card.from_place,
        to_place=card.to_place,
        note=card.note,
        interpreter=text(card.interpreter) if card.interpreter else None,
        arrangement=text(card.arrangement),
        end_reason=text(card.end_reason),
        may_cancel=card.is_open,
    )
