"""The fee of a booking that is given up: voided while it is open, sent back once it is paid (A04, F47)."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.billing.api import request_refund, void_registration
from hospital.billing.types import RefundRequestLine
from hospital.kernel.actors import Actor, system_actor
from hospital.kernel.money import ZERO
from hospital.workflows.booking_terms import BookingFee, list_booking_fees, list_paid
from hospital.workflows.refund_reasons import join_reason

# The terms that the patient was told stand in for the cashier who would send the money back, and for who approves it.
_SENDER = system_actor("booking.terms")
_APPROVER = system_actor("booking.approval")


def void_open_fee(*, appointment_id: UUID, actor: Actor, now: datetime) -> BookingFee:
    """Voids what is not paid and returns the fee as it stands then, locked until the caller's transaction ends.

    A payment that is under way loses its bill, and its money goes back when it comes.
    """
    void_registration(appointment_id=appointment_id, actor=actor, now=now)
    return list_booking_fees(appointment_ids=[appointment_id])[appointment_id]


def send_fee_back(*, fee: BookingFee, reason: str, now: datetime, code: str = "PATIENT_CANCELED") -> Decimal:
    """Queues what is left of a paid fee back to where it came from, in the caller's transaction; returns the amount."""
    sent = ZERO
    for line in list_paid(fee.lines):
        if line.settlement_id is None:
            continue
        note = request_refund(
            settlement_id=line.settlement_id,
            lines=[RefundRequestLine(charge_id=line.id, qty=line.left_qty)],
            reason=join_reason(code=code, text=reason),
            idempotency_key=f"booking:{line.id}:{line.left_qty}",
            actor=_SENDER,
            approver=_APPROVER,
            now=now,
        )
        sent += note.amount
    return sent
