"""A held place becomes a booking that is charged (A04)."""

from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from hospital.accounts.api import get_account
from hospital.appointments.api import cancel_appointment, confirm_hold, get_appointment
from hospital.appointments.types import AppointmentCard
from hospital.audit.api import acting
from hospital.billing.api import charge_registration, void_registration
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.clock import SHANGHAI
from hospital.notifications.api import queue_email
from hospital.patients.api import require_access
from hospital.workflows.own_campus import require_own_campus


def confirm_booking(*, appointment_id: UUID, actor: Actor, now: datetime) -> AppointmentCard:
    """Books what is held, charges the registration fee and mails the confirmation: all or nothing.

    Booking again returns the booking. Refusals: `UnknownAppointment`, `UnknownPerson`, `HoldExpired`, `NotBooked`.
    """
    appointment = get_appointment(appointment_id=appointment_id)
    require_access(actor=actor, person_id=appointment.person_id, now=now)
    with acting(actor=actor):
        if confirm_hold(appointment_id=appointment_id, actor=actor, now=now):
            charge_booking(appointment=appointment, actor=actor, now=now)
            if actor.kind is ActorKind.PATIENT:
                _mail_confirmation(appointment=appointment, actor=actor, now=now)
    return get_appointment(appointment_id=appointment_id)


def charge_booking(*, appointment: AppointmentCard, actor: Actor, now: datetime) -> None:
    """Charges the registration fee of a booking, priced as of booking (domain brief 1.6.7). Once per booking."""
    session = appointment.slot.session
    charge_registration(
        appointment_id=appointment.id,
        person_id=appointment.person_id,
        campus_code=session.campus_code,
        service_line=session.service_line,
        visit_type="ER" if session.service_type == "EMERGENCY" else "OP",
        item_code=session.registration_item_code,
        actor=actor,
        now=now,
    )


def cancel_booking(*, appointment_id: UUID, reason: str, actor: Actor, now: datetime) -> AppointmentCard:
    """Gives the place back and voids an unpaid registration fee.

    A fee that was paid is refunded at the cashier's desk. Refusals: `UnknownAppointment`, `UnknownPerson`,
    `NotYourCampus`, `NotCancellable`.
    """
    appointment = get_appointment(appointment_id=appointment_id)
    require_access(actor=actor, person_id=appointment.person_id, now=now)
    require_own_campus(actor=actor, campus_code=appointment.slot.session.campus_code)
    with acting(actor=actor):
        cancel_appointment(appointment_id=appointment_id, reason=reason, actor=actor, now=now)
        void_registration(appointment_id=appointment_id, actor=actor, now=now)
    return get_appointment(appointment_id=appointment_id)


def _mail_confirmation(*, appointment: AppointmentCard, actor: Actor, now: datetime) -> None:
    account = get_account(account_id=UUID(actor.id))
    if not account.email:
        return
    session = appointment.slot.session
    with translation.override(account.language):
        queue_email(
            kind="booking_confirmed",
            address=account.email,
            language=account.language,
            subject=_("Your appointment on %(day)s") % {"day": session.held_on.isoformat()},
            body=_(
                "Your appointment is booked.\n\n"
                "Doctor: %(doctor)s\nDepartment: %(department)s\nWhen: %(when)s (Guangzhou time)\nWhere: %(campus)s, "
                "%(location)s\n%(address)s\n\nBring the identity document you registered with. Take your number in the "
                "app on the day of your visit."
            )
            % {
                "doctor": session.clinician_name,
                "department": session.department_name,
                "when": f"{appointment.slot.starts_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
                "campus": session.campus_name,
                "location": session.department_location,
                "address": session.campus_address,
            },
            now=now,
        )
