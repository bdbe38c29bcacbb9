"""A booking moves to another place, with its fee (A04)."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.appointments.api import ask_payment_again, change_place, get_appointment, lock_appointment, mark_paid
from hospital.appointments.errors import UnknownSlot
from hospital.appointments.types import AppointmentCard
from hospital.audit.api import acting
from hospital.billing.api import charge_changed_registration
from hospital.kernel.actors import Actor
from hospital.kernel.money import ZERO
from hospital.patients.api import get_person, require_access
from hospital.scheduling.api import list_slots_by_id
from hospital.workflows.booking_mails import mail_booking
from hospital.workflows.booking_terms import (
    OWING,
    ChangeTerms,
    compute_change_terms,
    is_same_fee,
    list_booking_fees,
    visit_type_of,
)
from hospital.workflows.errors import BookingTermsChanged
from hospital.workflows.follow_ups import as_charged, find_follow_up_right, keep_registration_type
from hospital.workflows.give_back_fee import send_fee_back, void_open_fee
from hospital.workflows.own_campus import require_own_campus


def preview_change(*, appointment_id: UUID, slot_id: int, actor: Actor, now: datetime) -> ChangeTerms:
    """What moving a booking to another place would mean.

    Refusals: `UnknownAppointment`, `UnknownPerson`, `UnknownSlot`.
    """
    appointment = get_appointment(appointment_id=appointment_id)
    require_access(actor=actor, person_id=appointment.person_id, now=now)
    slot = list_slots_by_id(slot_ids=[slot_id]).get(slot_id)
    if slot is None:
        raise UnknownSlot
    fee = list_booking_fees(appointment_ids=[appointment_id])[appointment_id]
    born_on = get_person(actor=actor, person_id=appointment.person_id, now=now).birth_date
    right = find_follow_up_right(person_id=appointment.person_id, session=slot.session)
    session = as_charged(slot.session, right)
    return compute_change_terms(appointment=appointment, fee=fee, session=session, born_on=born_on, now=now)


def change_booking(
    *,
    appointment_id: UUID,
    slot_id: int,
    actor: Actor,
    now: datetime,
    expected_to_pay: Decimal | None = None,
) -> AppointmentCard:
    """Moves a booking to another place: the new one is taken before the old one is lost, all or nothing.

    The same fee goes along. Another fee is charged anew; what was paid for the old place is sent back. With
    `expected_to_pay` (what the patient was told) another amount is refused. Refusals: those of `change_place`,
    `UnknownPerson`, `NotYourCampus`, `BookingTermsChanged`.
    """
    appointment = get_appointment(appointment_id=appointment_id)
    require_access(actor=actor, person_id=appointment.person_id, now=now)
    require_own_campus(actor=actor, campus_code=appointment.slot.session.campus_code)
    with acting(actor=actor):
        before = lock_appointment(appointment_id=appointment_id)
        change_place(appointment_id=appointment_id, slot_id=slot_id, actor=actor, now=now)
        moved_to = get_appointment(appointment_id=appointment_id).slot.session
        right = find_follow_up_right(person_id=before.person_id, session=moved_to)
        keep_registration_type(appointment_id=appointment_id, right=right)
        after = get_appointment(appointment_id=appointment_id)
        if not is_same_fee(before.charged_session, after.charged_session):
            _renew_fee(after, actor=actor, now=now)
        fee = list_booking_fees(appointment_ids=[appointment_id])[appointment_id]
        to_pay = fee.total if fee.state in OWING else ZERO
        if expected_to_pay is not None and expected_to_pay != to_pay:
            raise BookingTermsChanged
        mail_booking(kind="booking_changed", appointment=get_appointment(appointment_id=appointment_id), now=now)
    return get_appointment(appointment_id=appointment_id)


def _renew_fee(appointment: AppointmentCard, *, actor: Actor, now: datetime) -> None:
    session = appointment.charged_session
    fee = void_open_fee(appointment_id=appointment.id, actor=actor, now=now)
    send_fee_back(fee=fee, reason="changed to another place", now=now)
    charge_changed_registration(
        appointment_id=appointment.id,
        person_id=appointment.person_id,
        campus_code=session.campus_code,
        service_line=session.service_line,
        visit_type=visit_type_of(session),
        item_code=session.registration_item_code,
        actor=actor,
        now=now,
    )
    ask_payment_again(appointment_id=appointment.id, now=now)
    if list_booking_fees(appointment_ids=[appointment.id])[appointment.id].total == 0:
        mark_paid(appointment_ids=[appointment.id])
