"""A held place becomes a booking that is charged (A04)."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.appointments.api import cancel_appointment, confirm_hold, get_appointment, lock_appointment, mark_paid
from hospital.appointments.states import AppointmentState
from hospital.appointments.types import AppointmentCard
from hospital.audit.api import acting
from hospital.billing.api import charge_registration
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.money import ZERO
from hospital.patients.api import require_access
from hospital.workflows.booking_mails import mail_booking
from hospital.workflows.booking_terms import compute_booking_terms, list_booking_fees, visit_type_of
from hospital.workflows.errors import BookingTermsChanged
from hospital.workflows.follow_ups import (
    RegistrationType,
    as_charged,
    choose_registration,
    keep_registration_type,
)
from hospital.workflows.give_back_fee import send_fee_back, void_open_fee
from hospital.workflows.own_campus import require_own_campus


def confirm_booking(
    *,
    appointment_id: UUID,
    actor: Actor,
    now: datetime,
    wanted: RegistrationType = RegistrationType.BY_ITSELF,
) -> AppointmentCard:
    """Books what is held, charges the registration fee and mails the confirmation: all or nothing.

    Booking again returns the booking. Refusals: `UnknownAppointment`, `UnknownPerson`, `HoldExpired`, `NotBooked`,
    `NoFollowUp`.
    """
    appointment = get_appointment(appointment_id=appointment_id)
    require_access(actor=actor, person_id=appointment.person_id, now=now)
    with acting(actor=actor):
        if confirm_hold(appointment_id=appointment_id, actor=actor, now=now):
            charge_booking(appointment=appointment, actor=actor, now=now, wanted=wanted)
            if list_booking_fees(appointment_ids=[appointment_id])[appointment_id].total == 0:
                mark_paid(appointment_ids=[appointment_id])
            mail_booking(kind="booking_confirmed", appointment=get_appointment(appointment_id=appointment_id), now=now)
    return get_appointment(appointment_id=appointment_id)


def charge_booking(
    *,
    appointment: AppointmentCard,
    actor: Actor,
    now: datetime,
    wanted: RegistrationType = RegistrationType.BY_ITSELF,
) -> None:
    """Charges the registration fee of a booking, priced as of booking (domain brief 1.6.7). Once per booking.

    A follow-up costs its own item. Refuses with `NoFollowUp`.
    """
    right = choose_registration(person_id=appointment.person_id, session=appointment.slot.session, wanted=wanted)
    keep_registration_type(appointment_id=appointment.id, right=right)
    session = as_charged(appointment.slot.session, right)
    charge_registration(
        appointment_id=appointment.id,
        person_id=appointment.person_id,
        campus_code=session.campus_code,
        service_line=session.service_line,
        visit_type=visit_type_of(session),
        item_code=session.registration_item_code,
        actor=actor,
        now=now,
    )


def cancel_booking(
    *,
    appointment_id: UUID,
    reason: str,
    actor: Actor,
    now: datetime,
    expected_refund: Decimal | None = None,
) -> AppointmentCard:
    """Gives the place back, voids an unpaid registration fee, and sends a paid one back to a patient in the free time.

    With `expected_refund` (what the patient was told) another amount is refused. At a desk the cashier gives the money
    back; the customers of a partner are patients. Cancelling again changes nothing. Refusals: `UnknownAppointment`,
    `UnknownPerson`, `NotYourCampus`, `NotCancellable`, `CancelTooLate`, `BookingTermsChanged`.
    """
    appointment = get_appointment(appointment_id=appointment_id)
    require_access(actor=actor, person_id=appointment.person_id, now=now)
    require_own_campus(actor=actor, campus_code=appointment.slot.session.campus_code)
    with acting(actor=actor):
        before = lock_appointment(appointment_id=appointment_id)
        cancel_appointment(appointment_id=appointment_id, reason=reason, actor=actor, now=now)
        fee = void_open_fee(appointment_id=appointment_id, actor=actor, now=now)
        terms = compute_booking_terms(appointment=before, fee=fee, now=now)
        refund = terms.refund if terms else ZERO
        if expected_refund is not None and before.state is not AppointmentState.CANCELLED and refund != expected_refund:
            raise BookingTermsChanged
        if refund and actor.kind in {ActorKind.PATIENT, ActorKind.PARTNER}:
            send_fee_back(fee=fee, reason=reason, now=now)
        if before.state is AppointmentState.BOOKED:
            mail_booking(kind="booking_cancelled", appointment=get_appointment(appointment_id=appointment_id), now=now)
    return get_appointment(appointment_id=appointment_id)
