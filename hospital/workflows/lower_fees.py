"""What is left to do once another doctor took a session over: lower fees go back, latecomers of the line follow (A04).

Each booking is done in a transaction of its own. Work that was broken off is taken up again, and doing it again changes
nothing: a fee is lowered to a price, not by an amount.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from hospital.appointments.api import ask_payment_again, list_session_appointments, lock_appointment
from hospital.appointments.states import AppointmentState
from hospital.appointments.types import AppointmentCard
from hospital.audit.api import acting
from hospital.billing.api import attach_charges, charge_changed_registration, lower_price
from hospital.billing.types import ChargeLine, RegistrationFee
from hospital.encounters.api import get_encounter_of_appointment, hand_over_visits, list_encounters_of_appointments
from hospital.kernel.actors import Actor, system_actor
from hospital.kernel.clock import local_day
from hospital.kernel.errors import Refusal
from hospital.kernel.money import ZERO
from hospital.patients.api import list_people
from hospital.scheduling.api import list_sessions_by_id
from hospital.scheduling.types import SessionCard
from hospital.workflows.booking_terms import OWING, BookingFee, list_booking_fees, list_paid, price_place, visit_type_of
from hospital.workflows.call_off_session import SEEN
from hospital.workflows.give_back_fee import void_open_fee
from hospital.workflows.refund_reasons import join_reason
from hospital.workflows.transfer_visit import TransferReason

_LIVE = frozenset({AppointmentState.BOOKED, AppointmentState.TAKEN})
_GROWN_UP = 18  # years, from which on a birthday changes no price
_SENDER = system_actor("substitution.terms")
_APPROVER = system_actor("substitution.approval")
logger = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class FeesOfPlace:
    """What a place of the session costs each of these people as of `now`; grown-ups are priced once."""

    session: SessionCard
    person_ids: Iterable[UUID]
    now: datetime
    _born: Mapping[UUID, date | None] = field(init=False)
    _prices: dict[date | None, RegistrationFee | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        people = list_people(actor=_SENDER, person_ids=self.person_ids, now=self.now)
        youngest = local_day(self.now).year - _GROWN_UP - 1
        self._born = {id_: card.birth_date if card.birth_date.year > youngest else None for id_, card in people.items()}

    def of(self, person_id: UUID) -> RegistrationFee | None:
        """The fee of one of them; None where no price is in force."""
        return self._price(self._born.get(person_id))

    def of_an_adult(self) -> Decimal | None:
        """The fee that the roster tells."""
        found = self._price(None)
        return found.total if found else None

    def count_above(self, *, fee: BookingFee, person_id: UUID) -> Decimal:
        """How much more than this is charged, or left of what was paid; nothing where it is less."""
        new, paid = self.of(person_id), list_paid(fee.lines)
        asked = fee.total if fee.state in OWING else _left_of(paid[-1]) if paid else ZERO
        return max(ZERO, asked - new.total) if new else ZERO

    def _price(self, born_on: date | None) -> RegistrationFee | None:
        if born_on not in self._prices:
            self._prices[born_on] = price_place(session=self.session, born_on=born_on, now=self.now)
        return self._prices[born_on]


def _left_of(line: ChargeLine) -> Decimal:
    return line.left_amount if line.refunded_amount else line.total


def hand_over_line(
    *, bookings: Iterable[AppointmentCard], from_id: UUID, to_id: UUID, actor: Actor, now: datetime
) -> int:
    """Gives whoever waits for the doctor before to the doctor now; returns how many."""
    taken = [each.id for each in bookings if each.state is AppointmentState.TAKEN]
    if not taken or from_id == to_id:
        return 0
    visits = list_encounters_of_appointments(appointment_ids=taken)
    return hand_over_visits(
        encounter_ids=[visit.id for visit in visits.values()],
        from_id=from_id,
        clinician_id=to_id,
        reason=TransferReason.DOCTOR_AWAY,
        actor=actor,
        now=now,
    )


def finish_substitution(*, session_id: UUID, planned_id: UUID, substituted_at: datetime, now: datetime) -> int:
    """Lowers the fees of those who had booked before; returns how many became lower. Again changes nothing.

    `planned_id` held the session until then: a number that was taken in the same instant follows. Where the money of a
    booking cannot move now, its refusal is raised after all others are done, so that the work is taken up again.
    """
    session = list_sessions_by_id(session_ids=[session_id])[session_id]
    found = list_session_appointments(session_ids=[session_id])
    hand_over_line(bookings=found, from_id=planned_id, to_id=session.clinician_id, actor=_SENDER, now=now)
    before = [each for each in found if each.state in _LIVE and each.booked_at and each.booked_at < substituted_at]
    prices = FeesOfPlace(session=session, person_ids=[each.person_id for each in before], now=substituted_at)
    lowered, refused = 0, None
    for each in before:
        try:
            lowered += _lower_fee(each.id, prices=prices, now=now)
        except Refusal as refusal:
            logger.warning("the fee of booking %s was not lowered: %s", each.id, refusal.code)
            refused = refusal
    if refused is not None:
        raise refused
    return lowered


def _lower_fee(appointment_id: UUID, *, prices: FeesOfPlace, now: datetime) -> bool:
    with acting(actor=_SENDER):
        booking = lock_appointment(appointment_id=appointment_id)
        visit = get_encounter_of_appointment(appointment_id=appointment_id)
        is_seen = visit is not None and visit.state in SEEN
        if booking.state not in _LIVE or booking.slot.session.id != prices.session.id or is_seen:
            return False
        fee = list_booking_fees(appointment_ids=[appointment_id])[appointment_id]
        new = prices.of(booking.person_id)
        if new is None or not prices.count_above(fee=fee, person_id=booking.person_id):
            return False
        if fee.state in OWING:
            fee = void_open_fee(appointment_id=appointment_id, actor=_SENDER, now=now)
        paid = list_paid(fee.lines)
        if not paid:
            _charge_anew(booking, encounter_id=visit.id if visit else None, now=now)
            return True
        note = lower_price(
            charge_id=paid[-1].id,
            base=new.base,
            total=new.total,
            reason=join_reason(code="DOCTOR_SUBSTITUTED", text=""),
            actor=_SENDER,
            approver=_APPROVER,
            now=now,
        )
        return note is not None


def _charge_anew(booking: AppointmentCard, *, encounter_id: UUID | None, now: datetime) -> None:
    session = booking.slot.session
    charge_changed_registration(
        appointment_id=booking.id,
        person_id=booking.person_id,
        campus_code=session.campus_code,
        service_line=session.service_line,
        visit_type=visit_type_of(session),
        item_code=session.registration_item_code,
        actor=_SENDER,
        now=now,
    )
    if encounter_id is not None:
        attach_charges(source_id=booking.id, encounter_id=encounter_id)
    elif booking.state is AppointmentState.BOOKED:
        ask_payment_again(appointment_id=booking.id, now=now)
