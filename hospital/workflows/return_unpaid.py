"""A place that is not paid for in time is free for others again (A04)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from hospital.appointments.api import expire_unpaid, get_appointment, list_unpaid, lock_unpaid, mark_paid
from hospital.audit.api import acting
from hospital.billing.api import void_unpaid_registration
from hospital.billing.states import FeeState
from hospital.kernel.actors import Actor, system_actor
from hospital.workflows.booking_mails import mail_booking
from hospital.workflows.booking_terms import OWING, BookingFee, list_booking_fees


def return_unpaid_places(*, now: datetime) -> int:
    """Gives back what was not paid for in time and keeps what was; returns how many places went back.

    A payment that is under way is waited for. Money that comes for a place that went back is sent back. Safe to run on
    several workers at once: each booking is decided in a transaction of its own under the lock of its row.
    """
    actor = system_actor("return_unpaid")
    due_by = list_unpaid()
    fees = _keep_paid(due_by, actor=actor)
    due = [id_ for id_, pay_by in due_by.items() if pay_by <= now and fees[id_].state in OWING]
    return sum(_return_place(id_, actor=actor, now=now) for id_ in due)


def keep_paid_places(*, person_id: UUID) -> None:
    """Keeps the places of a person whose fees have just been paid; they count no longer as unpaid ones.

    Call it when the payment is committed: it takes the rows in another order than the payment does.
    """
    _keep_paid(list_unpaid(person_id=person_id), actor=system_actor("keep_paid_places"))


def _keep_paid(appointment_ids: Iterable[UUID], *, actor: Actor) -> Mapping[UUID, BookingFee]:
    fees = list_booking_fees(appointment_ids=appointment_ids)
    paid = [id_ for id_, fee in fees.items() if fee.state not in OWING]
    if paid:
        with acting(actor=actor):
            mark_paid(appointment_ids=paid)
    return fees


def _return_place(appointment_id: UUID, *, actor: Actor, now: datetime) -> bool:
    with acting(actor=actor):
        if not lock_unpaid(appointment_id=appointment_id, now=now):
            return False
        found = void_unpaid_registration(appointment_id=appointment_id, actor=actor, now=now)
        if found is FeeState.BEING_PAID:
            return False
        if found is not FeeState.OPEN:
            mark_paid(appointment_ids=[appointment_id])
            return False
        expire_unpaid(appointment_id=appointment_id, actor=actor, now=now)
        mail_booking(kind="booking_returned", appointment=get_appointment(appointment_id=appointment_id), now=now)
    return True
