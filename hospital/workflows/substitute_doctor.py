"""Another doctor holds a session that patients have booked (替诊, A04).

They keep place and time, and pay no more than they were told: a lower fee is given back by `lower_fees` afterwards, a
higher one is for those who book from now on. Who waits with a number goes along, in the order of the line. Who would
rather not come gives the place back until it begins, for the whole fee (`booking_terms`).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.appointments.api import get_appointment, list_session_appointments
from hospital.appointments.states import AppointmentState
from hospital.audit.api import acting
from hospital.encounters.api import list_encounters_of_appointments
from hospital.kernel.actors import Actor
from hospital.kernel.events import record_event
from hospital.kernel.money import ZERO
from hospital.kernel.queue import defer_task
from hospital.scheduling.api import list_sessions_by_id, substitute_clinician
from hospital.scheduling.errors import UnknownSession
from hospital.workflows.booking_mails import mail_booking
from hospital.workflows.booking_terms import OWING, list_booking_fees
from hospital.workflows.call_off_session import SEEN
from hospital.workflows.lower_fees import FeesOfPlace, hand_over_line


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstitutionEffect:
    """What another doctor with this fee would mean: who is told and how, who goes along, what money goes back.

    `moved` of the `bookings` wait with a number; `lowered` are fees that are not paid yet and become lower.
    """

    bookings: int
    moved: int
    seen: int
    refunds: int
    refund: Decimal
    lowered: int
    messages: int
    calls: int
    new_fee: Decimal | None


def preview_substitution(*, session_id: UUID, item_code: str, now: datetime) -> SubstitutionEffect:
    """What giving the session to a doctor with this fee would do now. Changes nothing.

    A fixed number of statements where all are grown up, and those of a price for each child's birthday. Refusals:
    `UnknownSession`.
    """
    session = list_sessions_by_id(session_ids=[session_id]).get(session_id)
    if session is None:
        raise UnknownSession
    found = list_session_appointments(session_ids=[session_id])
    visits = list_encounters_of_appointments(appointment_ids=[each.id for each in found])
    seen = {id_ for id_, visit in visits.items() if visit.state in SEEN}
    staying = [each for each in found if each.id not in seen and each.state is not AppointmentState.HELD]
    fees = list_booking_fees(appointment_ids=[each.id for each in staying])
    prices = FeesOfPlace(
        session=replace(session, registration_item_code=item_code),
        person_ids=[each.person_id for each in staying],
        now=now,
    )
    above = {each.id: prices.count_above(fee=fees[each.id], person_id=each.person_id) for each in staying}
    paid = [amount for id_, amount in above.items() if amount and fees[id_].state not in OWING]
    told = sum(each.account_id is not None for each in staying)
    return SubstitutionEffect(
        bookings=len(staying),
        moved=sum(each.id in visits for each in staying),
        seen=len(seen),
        refunds=len(paid),
        refund=sum(paid, ZERO),
        lowered=sum(amount > 0 for amount in above.values()) - len(paid),
        messages=told,
        calls=len(staying) - told,
        new_fee=prices.of_an_adult(),
    )


def substitute_doctor(*, session_id: UUID, clinician_id: UUID, actor: Actor, now: datetime, item_code: str = "") -> int:
    """Gives the session to another doctor and tells those who have booked, all or nothing; returns how many they are.

    Whoever waits with a number goes along. `item_code` is the fee from now on (the same where it is left out); what
    others paid above it goes back afterwards, booking by booking. Refusals: those of `substitute_clinician`.
    """
    with acting(actor=actor):
        before = list_sessions_by_id(session_ids=[session_id]).get(session_id)
        if before is None:
            raise UnknownSession
        if not substitute_clinician(
            session_id=session_id,
            clinician_id=clinician_id,
            actor=actor,
            now=now,
            registration_item_code=item_code,
        ):
            return 0
        found = list_session_appointments(session_ids=[session_id])
        moved = hand_over_line(bookings=found, from_id=before.clinician_id, to_id=clinician_id, actor=actor, now=now)
        is_told = before.is_by_name  # whoever booked a clinic is seen by whichever doctor of it
        booked = [each for each in found if is_told and each.state is AppointmentState.BOOKED]
        for each in booked:
            record_event(kind="appointments.substituted", subject_id=str(each.id), person_id=each.person_id, now=now)
            mail_booking(kind="booking_substituted", appointment=get_appointment(appointment_id=each.id), now=now)
        defer_task(
            "workflows.finish_substitution",
            session_id=str(session_id),
            planned_id=str(before.clinician_id),
            at=now.isoformat(),
        )
    return len(booked) + moved
