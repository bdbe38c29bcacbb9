"""What a booking costs and what giving it back or changing it means: told and done by the same functions (A04)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from hospital.appointments.states import AppointmentState
from hospital.appointments.types import AppointmentCard
from hospital.billing.api import list_charges_of_sources, quote_registration
from hospital.billing.states import FeeState, fee_state_of
from hospital.billing.types import ChargeLine, RegistrationFee, SourceKind
from hospital.kernel.money import ZERO
from hospital.scheduling.types import SessionCard


@dataclass(frozen=True, slots=True)
class BookingFee:
    """The fee of a booking: `total` is what is charged now, `paid` what was paid and not asked back yet."""

    state: FeeState
    base: Decimal
    surcharge: Decimal
    total: Decimal
    mark: str
    paid: Decimal
    refunded: Decimal
    lines: tuple[ChargeLine, ...]


@dataclass(frozen=True, slots=True)
class BookingTerms:
    """What a patient is told: the last instants (exclusive), and what giving the place back now would return."""

    pay_by: datetime | None
    free_until: datetime
    change_until: datetime
    cancel_until: datetime
    can_change: bool
    can_cancel: bool
    refund: Decimal
    kept: Decimal


@dataclass(frozen=True, slots=True)
class ChangeTerms:
    """What moving to another place means for the fee: it stays, or the old one goes back and the new one is paid."""

    is_same_fee: bool
    fee: RegistrationFee | None
    refund: Decimal
    to_pay: Decimal


OWING = frozenset({FeeState.OPEN, FeeState.BEING_PAID})
_NO_FEE = BookingFee(FeeState.NONE, ZERO, ZERO, ZERO, "", ZERO, ZERO, ())


def list_booking_fees(*, appointment_ids: Iterable[UUID]) -> Mapping[UUID, BookingFee]:
    """The fee of each booking, in one query. The caller has checked access to them."""
    ids = list(appointment_ids)
    lines = list_charges_of_sources(source_ids=ids, source_kind=SourceKind.REGISTRATION)
    return {id_: _fee_of(lines.get(id_, ())) for id_ in ids}


def _fee_of(lines: tuple[ChargeLine, ...]) -> BookingFee:
    if not lines:
        return _NO_FEE
    last = lines[-1]  # a change of place charges again; the line before was voided or goes back
    return BookingFee(
        state=fee_state_of([line.state for line in lines]),
        base=last.base,
        surcharge=last.surcharge,
        total=last.payable,
        mark=last.mark,
        paid=sum((line.left_amount for line in list_paid(lines)), ZERO),
        refunded=sum((line.refunded_amount for line in lines), ZERO),
        lines=lines,
    )


def list_paid(lines: Iterable[ChargeLine]) -> list[ChargeLine]:
    """The lines that were paid and of which something is left to give back."""
    return [line for line in lines if line.settled_at is not None and line.left_qty > 0]


def compute_booking_terms(*, appointment: AppointmentCard, fee: BookingFee, now: datetime) -> BookingTerms | None:
    """The terms of a booking as of `now`; None for one that is not booked."""
    terms = appointment.terms
    if terms is None or appointment.state is not AppointmentState.BOOKED:
        return None
    free_until = terms.cancel_until if appointment.has_other_doctor else terms.free_until
    is_free = now < free_until
    return BookingTerms(
        pay_by=appointment.pay_by if fee.state in OWING else None,
        free_until=free_until,
        change_until=terms.change_until,
        cancel_until=terms.cancel_until,
        can_change=now < terms.change_until,
        can_cancel=now < terms.cancel_until,
        refund=fee.paid if is_free else ZERO,
        kept=ZERO if is_free else fee.paid,
    )


def visit_type_of(session: SessionCard) -> str:
    """The type of the visit that a place of the session becomes."""
    return "ER" if session.service_type == "EMERGENCY" else "OP"


def is_same_fee(old: SessionCard, new: SessionCard) -> bool:
    """Whether a charge for the one session stands for the other: same item, campus, service line and visit type."""
    return _what_is_charged(old) == _what_is_charged(new)


def _what_is_charged(session: SessionCard) -> tuple[str, str, str, str]:
    return session.registration_item_code, session.campus_code, session.service_line, visit_type_of(session)


def price_place(*, session: SessionCard, born_on: date | None, now: datetime) -> RegistrationFee | None:
    """What a place of the session costs one born on `born_on`, or an adult; None without a price in force."""
    return quote_registration(
        item_codes=[session.registration_item_code],
        service_line=session.service_line,
        campus_code=session.campus_code,
        visit_type=visit_type_of(session),
        born_on=born_on,
        now=now,
    ).get(session.registration_item_code)


def compute_change_terms(
    *, appointment: AppointmentCard, fee: BookingFee, session: SessionCard, born_on: date, now: datetime
) -> ChangeTerms:
    """What moving to a place of `session` means for the fee.

    The same fee goes along, paid or not. Another fee is charged anew as of `now`; what was paid goes back in full the
    way it was paid, and the new fee is paid like that of any booking.
    """
    if is_same_fee(appointment.charged_session, session):
        to_pay = fee.total if fee.state in OWING else ZERO
        return ChangeTerms(is_same_fee=True, fee=None, refund=ZERO, to_pay=to_pay)
    found = price_place(session=session, born_on=born_on, now=now)
    return ChangeTerms(is_same_fee=False, fee=found, refund=fee.paid, to_pay=found.total if found else ZERO)
