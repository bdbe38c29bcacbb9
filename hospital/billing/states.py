"""States of a charge, a settlement and a refund, and which may follow which (domain brief §2, Cashier)."""

from collections.abc import Collection
from enum import StrEnum

from hospital.kernel.transitions import Transitions


class ChargeState(StrEnum):
    """PENDING is on the open bill, CONFIRMED is being paid, SETTLED is paid and immutable."""

    PENDING = "PENDING"
    CONFIRMED = "CONFIRMED"
    SETTLED = "SETTLED"
    PART_REFUNDED = "PART_REFUNDED"
    REFUNDED = "REFUNDED"
    VOID = "VOID"


class Execution(StrEnum):
    """Whether the service was done or the drug dispensed; REVERSED after a return or a cancelled execution."""

    NOT_EXECUTED = "NOT_EXECUTED"
    EXECUTED = "EXECUTED"
    REVERSED = "REVERSED"


class SettlementState(StrEnum):
    """OPEN waits for its money; RELEASED gave its lines back unpaid."""

    OPEN = "OPEN"
    SETTLED = "SETTLED"
    RELEASED = "RELEASED"


class RefundState(StrEnum):
    """REQUESTED is written down, WAITING needs a second person, SENT is with the channels until all have ended."""

    REQUESTED = "REQUESTED"
    WAITING = "WAITING"
    SENT = "SENT"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


class TenderState(StrEnum):
    """How the part of a refund stands that goes back through one payment."""

    SENT = "SENT"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


class ContractState(StrEnum):
    """Where a contract with an insurer stands on a day."""

    IN_FORCE = "IN_FORCE"
    COMING = "COMING"
    ENDED = "ENDED"


class FeeState(StrEnum):
    """How the fee of a booking stands, over all charges it ever had."""

    OPEN = "OPEN"
    BEING_PAID = "BEING_PAID"
    PAID = "PAID"
    REFUNDED = "REFUNDED"
    NONE = "NONE"  # nothing is owed: it was voided, or never charged


def fee_state_of(states: Collection[ChargeState]) -> FeeState:
    """What the states of a booking's charges say together: what is still to be done comes first."""
    for state, fee in (
        (ChargeState.CONFIRMED, FeeState.BEING_PAID),
        (ChargeState.PENDING, FeeState.OPEN),
        (ChargeState.SETTLED, FeeState.PAID),
        (ChargeState.PART_REFUNDED, FeeState.PAID),
        (ChargeState.REFUNDED, FeeState.REFUNDED),
    ):
        if state in states:
            return fee
    return FeeState.NONE


CHARGE_TRANSITIONS = Transitions(
    {
        ChargeState.PENDING: frozenset({ChargeState.CONFIRMED, ChargeState.VOID}),
        ChargeState.CONFIRMED: frozenset({ChargeState.SETTLED, ChargeState.PENDING}),
        ChargeState.SETTLED: frozenset({ChargeState.PART_REFUNDED, ChargeState.REFUNDED}),
        ChargeState.PART_REFUNDED: frozenset({ChargeState.PART_REFUNDED, ChargeState.REFUNDED}),
        ChargeState.REFUNDED: frozenset(),
        ChargeState.VOID: frozenset(),
    }
)
SETTLEMENT_TRANSITIONS = Transitions(
    {
        SettlementState.OPEN: frozenset({SettlementState.SETTLED, SettlementState.RELEASED}),
        # A payment that arrives late for lines that nobody else took.
        SettlementState.RELEASED: frozenset({SettlementState.SETTLED}),
        SettlementState.SETTLED: frozenset(),
    }
)
REFUND_TRANSITIONS = Transitions(
    {
        RefundState.REQUESTED: frozenset({RefundState.WAITING, RefundState.SENT, RefundState.COMPLETED}),
        RefundState.WAITING: frozenset({RefundState.SENT, RefundState.COMPLETED, RefundState.FAILED}),
        RefundState.SENT: frozenset({RefundState.COMPLETED, RefundState.FAILED}),
        RefundState.COMPLETED: frozenset(),
        RefundState.FAILED: frozenset(),
    }
)
PAID_STATES = (ChargeState.SETTLED, ChargeState.PART_REFUNDED, ChargeState.REFUNDED)
REFUNDABLE_STATES = (ChargeState.SETTLED, ChargeState.PART_REFUNDED)
