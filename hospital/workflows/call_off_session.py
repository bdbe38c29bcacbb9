"""The bookings of a stopped session: canceled by the hospital, refunded, told, with a right to book first (A04).

The session stopped before, so nothing is booked in it any more. Each booking is ended in a transaction of its own; work
that was broken off is taken up again every minute, and doing it again changes nothing.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.appointments.api import (
    call_off_appointment,
    get_appointment,
    list_bookings_of_session,
    list_session_appointments,
    list_stopped_with_bookings,
    lock_appointment,
)
from hospital.appointments.states import AppointmentState
from hospital.audit.api import acting
from hospital.encounters.api import get_encounter_of_appointment, list_encounters_of_appointments, move_encounter
from hospital.encounters.states import EncounterState
from hospital.kernel.actors import Actor, system_actor
from hospital.kernel.errors import Refusal
from hospital.kernel.money import ZERO
from hospital.scheduling.api import get_stop_reason
from hospital.workflows.booking_mails import mail_booking
from hospital.workflows.booking_terms import list_booking_fees
from hospital.workflows.give_back_fee import send_fee_back, void_open_fee

SEEN = frozenset({EncounterState.CALLED, EncounterState.IN_CONSULT, EncounterState.DONE})
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopEffect:
    """What stopping would mean: bookings that end, patients seen already, money that goes back, who is told and how."""

    bookings: int
    seen: int
    refunds: int
    refund: Decimal
    messages: int
    calls: int


def preview_stop(*, session_ids: Iterable[UUID]) -> StopEffect:
    """What calling off these sessions would do now. Changes nothing; four statements however many bookings."""
    found = list_session_appointments(session_ids=session_ids)
    visits = list_encounters_of_appointments(appointment_ids=[each.id for each in found])
    seen = {id_ for id_, visit in visits.items() if visit.state in SEEN}
    ending = [each for each in found if each.id not in seen and each.state is not AppointmentState.HELD]
    fees = list_booking_fees(appointment_ids=[each.id for each in ending])
    paid = [fee.paid for fee in fees.values() if fee.paid]
    told = sum(each.account_id is not None for each in ending)
    return StopEffect(
        bookings=len(ending),
        seen=len(seen),
        refunds=len(paid),
        refund=sum(paid, ZERO),
        messages=told,
        calls=len(ending) - told,
    )


def call_off_session(*, session_id: UUID, now: datetime) -> int:
    """Calls off every booking of a stopped session whose patient was not seen yet; returns how many.

    A booking that cannot be ended now (its refund waits for another) is left for the next run.
    """
    actor = system_actor("call_off_session")
    reason = get_stop_reason(session_id=session_id).zh
    return sum(
        _try_to_call_off(id_, reason=reason, actor=actor, now=now)
        for id_ in list_bookings_of_session(session_id=session_id)
    )


def finish_stopped_sessions(*, now: datetime) -> int:
    """Takes up what was broken off; returns how many bookings were called off. Safe on several workers at once."""
    return sum(call_off_session(session_id=each, now=now) for each in list_stopped_with_bookings(now=now))


def _try_to_call_off(appointment_id: UUID, *, reason: str, actor: Actor, now: datetime) -> bool:
    try:
        return _call_off(appointment_id, reason=reason, actor=actor, now=now)
    except Refusal as refusal:
        logger.warning("booking %s was not called off: %s", appointment_id, refusal.code)
        return False


def _call_off(appointment_id: UUID, *, reason: str, actor: Actor, now: datetime) -> bool:
    with acting(actor=actor):
        before = lock_appointment(appointment_id=appointment_id)
        visit = get_encounter_of_appointment(appointment_id=appointment_id)
        if visit is not None and visit.state in SEEN:
            return False
        if not call_off_appointment(appointment_id=appointment_id, reason=reason, actor=actor, now=now):
            return False
        if visit is not None:
            move_encounter(encounter_id=visit.id, target=EncounterState.CANCELLED, actor=actor, now=now, reason=reason)
        fee = void_open_fee(appointment_id=appointment_id, actor=actor, now=now)
        send_fee_back(fee=fee, reason=reason, now=now, code="CALLED_OFF")
        if before.state is not AppointmentState.HELD:
            mail_booking(kind="booking_called_off", appointment=get_appointment(appointment_id=appointment_id), now=now)
    return True
