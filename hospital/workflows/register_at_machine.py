"""A patient registers at a partner's machine: shows who they are, takes a place, books it, gives it back (X49)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from hospital.appointments.api import get_appointment, hold_at_machine
from hospital.appointments.types import AppointmentCard
from hospital.audit.api import acting
from hospital.billing.api import list_pending_charges, quote_bill
from hospital.billing.types import BillQuote, RegistrationFee
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.partners.api import has_held
from hospital.partners.errors import PatientUnclear, UnknownPatient, UnknownRegistration
from hospital.partners.types import PartnerCard
from hospital.patients.api import (
    IdentifiedPerson,
    PersonName,
    ShownDocument,
    create_person,
    ensure_record_number,
    identify_by_document,
    identify_by_record_number,
    is_document_known,
    mask_name,
)
from hospital.patients.types import NewPerson
from hospital.scheduling.api import list_slots_by_id
from hospital.workflows.book import cancel_booking, confirm_booking
from hospital.workflows.booking_terms import compute_booking_terms, list_booking_fees, price_place
from hospital.workflows.follow_ups import RegistrationType, as_charged, find_follow_up_right
from hospital.workflows.partner_actor import require_campus
from hospital.workflows.price_notice import PriceNotice, list_due_notices


@dataclass(frozen=True, slots=True)
class MachinePatient:
    """Who stands at the machine: a document or a record number, with the date of birth.

    `new` is what is needed to put a person into the index whom it does not know.
    """

    birth_date: date
    document: ShownDocument | None = None
    mrn: str = ""
    new: NewPerson | None = None


@dataclass(frozen=True, slots=True)
class HeldPlace:
    """A place on hold, with what it will cost; None where no price is in force."""

    appointment: AppointmentCard
    person: IdentifiedPerson
    is_new_patient: bool
    fee: RegistrationFee | None
    follows: EncounterCard | None = None  # of which visit it would be a follow-up, and cost as one


@dataclass(frozen=True, slots=True)
class RegisteredPlace:
    """A booked place. `quote` is what can be paid now, None where nothing is open; `notices` what is told before."""

    appointment: AppointmentCard
    quote: BillQuote | None
    notices: tuple[PriceNotice, ...] = ()


@dataclass(frozen=True, slots=True)
class CanceledPlace:
    """A place given back. `refund` is on its way to where it came from, `kept` stays with the hospital."""

    appointment: AppointmentCard
    refund: Decimal
    kept: Decimal


def identify_patient(*, patient: MachinePatient, actor: Actor, now: datetime) -> IdentifiedPerson:
    """The person of the index who stands at the machine. Refuses with `UnknownPatient`."""
    person = None
    if patient.document is not None:
        person = identify_by_document(document=patient.document, birth_date=patient.birth_date, actor=actor, now=now)
    elif patient.mrn:
        person = identify_by_record_number(mrn=patient.mrn, birth_date=patient.birth_date, actor=actor, now=now)
    if person is None:
        raise UnknownPatient
    return person


def hold_for_patient(
    *, slot_id: int, patient: MachinePatient, partner: PartnerCard, actor: Actor, now: datetime
) -> HeldPlace:
    """Holds a place for 15 minutes; a person whom the index does not know is put into it. All or nothing.

    Refusals: `UnknownPatient` (and no details of a new one), `PatientUnclear` (the document belongs to a record with
    other details), `IncompletePerson`, `CampusNotAllowed`, `UnknownSlot`, `SlotFull`, `SlotPast`, `SessionStopped`,
    `NotReleased`, `KeptForOthers`, `AlreadyBooked`, `TooManyUnpaid`.
    """
    with acting(actor=actor):
        slot = list_slots_by_id(slot_ids=[slot_id]).get(slot_id)
        if slot is not None:
            require_campus(partner=partner, campus_code=slot.session.campus_code)
        person, is_new = _find_or_create(patient, actor=actor, now=now)
        hold = hold_at_machine(slot_id=slot_id, person_id=person.id, actor=actor, now=now)
        appointment = get_appointment(appointment_id=hold.id)
    right = find_follow_up_right(person_id=person.id, session=appointment.slot.session)
    session = as_charged(appointment.slot.session, right)
    fee = price_place(session=session, born_on=patient.birth_date, now=now)
    return HeldPlace(
        appointment=appointment, person=person, is_new_patient=is_new, fee=fee, follows=right.visit if right else None
    )


def _find_or_create(patient: MachinePatient, *, actor: Actor, now: datetime) -> tuple[IdentifiedPerson, bool]:
    try:
        return identify_patient(patient=patient, actor=actor, now=now), False
    except UnknownPatient:
        if patient.new is None or patient.document is None:
            raise
    if is_document_known(document=patient.document):
        raise PatientUnclear
    person_id, _ = create_person(new=patient.new, actor=actor, now=now)
    name = PersonName(
        family=patient.new.family_name,
        given=patient.new.given_names,
        chinese=patient.new.chinese_name,
        preferred="",
    )
    masked = BilingualText(zh=mask_name(name, language="zh"), en=mask_name(name, language="en"))
    return IdentifiedPerson(id=person_id, masked_name=masked, mrns={}), True


def register_held(
    *,
    appointment_id: UUID,
    partner: PartnerCard,
    actor: Actor,
    now: datetime,
    wanted: RegistrationType = RegistrationType.BY_ITSELF,
) -> RegisteredPlace:
    """Books the held place, charges the fee and quotes it. Booked already, it is only quoted again.

    The patient has a record number at the campus from now on. Refusals: `UnknownRegistration`, `CampusNotAllowed`,
    `HoldExpired`, `NotBooked`, `NoFollowUp`, `PaymentInProgress`.
    """
    appointment = _own_appointment(appointment_id, partner)
    with acting(actor=actor):
        appointment = confirm_booking(appointment_id=appointment_id, actor=actor, now=now, wanted=wanted)
        ensure_record_number(person_id=appointment.person_id, campus_code=appointment.slot.session.campus_code)
        lines = list_pending_charges(person_id=appointment.person_id, source_id=appointment_id, actor=actor, now=now)
        quote = quote_bill(charge_ids=[line.id for line in lines], actor=actor, now=now) if lines else None
    notices = list_due_notices(
        person_id=appointment.person_id, campus_code=appointment.slot.session.campus_code, lines=lines, now=now
    )
    return RegisteredPlace(appointment=appointment, quote=quote, notices=notices)


def cancel_registration(
    *, appointment_id: UUID, reason: str, partner: PartnerCard, actor: Actor, now: datetime
) -> CanceledPlace:
    """Gives the place back on the terms of any booking; a fee in the free time goes back to where it came from.

    Refusals: `UnknownRegistration`, `CampusNotAllowed`, `NotCancellable`, `CancelTooLate`.
    """
    before = _own_appointment(appointment_id, partner)
    with acting(actor=actor):
        fee = list_booking_fees(appointment_ids=[appointment_id])[appointment_id]
        cancel_booking(appointment_id=appointment_id, reason=reason, actor=actor, now=now)
        after = list_booking_fees(appointment_ids=[appointment_id])[appointment_id]
    terms = compute_booking_terms(appointment=before, fee=fee, now=now)
    return CanceledPlace(
        appointment=get_appointment(appointment_id=appointment_id),
        refund=after.refunded,
        kept=terms.kept if terms else after.paid,
    )


def _own_appointment(appointment_id: UUID, partner: PartnerCard) -> AppointmentCard:
    if not has_held(partner_id=partner.id, appointment_id=appointment_id):
        raise UnknownRegistration
    appointment = get_appointment(appointment_id=appointment_id)
    require_campus(partner=partner, campus_code=appointment.slot.session.campus_code)
    return appointment
