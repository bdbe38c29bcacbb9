"""States of a charge, a settlement and a refund, and which may follow which (domain brief §2, Cashier)."""

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
    """REQUESTED is written down, SENT is with the payment channel until it ends."""

    REQUESTED = "REQUESTED"
    SENT = "SENT"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


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
        RefundState.REQUESTED: frozenset({RefundState.SENT, RefundState.COMPLETED}),
        RefundState.SENT: frozenset({RefundState.COMPLETED, RefundState.FAILED}),
        RefundState.COMPLETED: frozenset(),
        RefundState.FAILED: frozenset(),
    }
)
PAID_STATES = (ChargeState.SETTLED, ChargeState.PART_REFUNDED, ChargeState.REFUNDED)
REFUNDABLE_STATES = (ChargeState.SETTLED, ChargeState.PART_REFUNDED)
