"""Ways and states of a payment and of a refund (domain brief 6)."""

from enum import StrEnum

from hospital.kernel.transitions import Transitions


class Channel(StrEnum):
    """The way the money takes; it goes back the same way."""

    CARD = "CARD"  # on the acquirer's hosted page
    WECHAT = "WECHAT"  # inside the mini program
    CASH = "CASH"  # counted at a window
    TERMINAL = "TERMINAL"  # a card at the window's card terminal
    WECHAT_CODE = "WECHAT_CODE"  # the code on the payer's phone, scanned at a window or a machine
    ALIPAY_CODE = "ALIPAY_CODE"
    PARTNER = "PARTNER"  # a partner took it on our behalf and names its transaction


RECORDED_CHANNELS = frozenset({Channel.CASH, Channel.PARTNER})
"""Money that is in when it is written down: nobody outside has to be asked for it, or for its return."""

ATTENDED_CHANNELS = frozenset({Channel.TERMINAL, Channel.WECHAT_CODE, Channel.ALIPAY_CODE})
"""The payer stands at a window or a machine: asked after every few seconds, and ended at the acquirer in minutes."""

REVERSED_CHANNELS = frozenset({Channel.WECHAT_CODE, Channel.ALIPAY_CODE})
"""Ending such a payment gives back what was taken in the same instant."""


class Attention(StrEnum):
    """Why a person has to look at a payment."""

    WRONG_AMOUNT = "WRONG_AMOUNT"  # money came in that nobody asked for
    RETURN_FAILED = "RETURN_FAILED"  # money that has to go back could not be sent back; it is tried again
    REFUND_STUCK = "REFUND_STUCK"  # the channel holds a refund up and wants an act of the merchant


class PaymentState(StrEnum):
    CREATED = "CREATED"  # written down, no checkout yet
    PAYING = "PAYING"  # the payer has a checkout to go to
    PAID = "PAID"
    PART_REFUNDED = "PART_REFUNDED"
    REFUNDED = "REFUNDED"
    CLOSED = "CLOSED"  # the checkout ended without an attempt
    UNKNOWN = "UNKNOWN"  # the acquirer has not given a clear answer: it is asked until it does
    FAILED = "FAILED"  # declined, or no checkout could be opened


class RefundState(StrEnum):
    REQUESTED = "REQUESTED"
    SENT = "SENT"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    UNKNOWN = "UNKNOWN"  # not answered, or pending: it is asked until it ends


_P = PaymentState
PAYMENT_TRANSITIONS = Transitions(
    {
        _P.CREATED: frozenset({_P.PAYING, _P.PAID, _P.FAILED, _P.CLOSED}),
        _P.PAYING: frozenset({_P.PAID, _P.UNKNOWN, _P.FAILED, _P.CLOSED}),
        _P.UNKNOWN: frozenset({_P.PAYING, _P.PAID, _P.FAILED, _P.CLOSED}),
        # A payer may use another card on the same page, and money may arrive late: both are still money.
        _P.FAILED: frozenset({_P.PAID}),
        _P.CLOSED: frozenset({_P.PAID}),
        _P.PAID: frozenset({_P.PART_REFUNDED, _P.REFUNDED}),
        _P.PART_REFUNDED: frozenset({_P.PART_REFUNDED, _P.REFUNDED}),
        _P.REFUNDED: frozenset(),
    }
)

_R = RefundState
REFUND_TRANSITIONS = Transitions(
    {
        _R.REQUESTED: frozenset({_R.SENT}),
        _R.SENT: frozenset({_R.SUCCEEDED, _R.FAILED, _R.UNKNOWN}),
        _R.UNKNOWN: frozenset({_R.SUCCEEDED, _R.FAILED}),
        _R.SUCCEEDED: frozenset(),
        _R.FAILED: frozenset(),
    }
)

# The payer may still be paying: no second payment of the same reference may start.
OPEN_STATES = (PaymentState.CREATED, PaymentState.PAYING, PaymentState.UNKNOWN)
# Money has come in.
PAID_STATES = (PaymentState.PAID, PaymentState.PART_REFUNDED, PaymentState.REFUNDED)
REFUNDABLE_STATES = (PaymentState.PAID, PaymentState.PART_REFUNDED)
ENDED_REFUND_STATES = (RefundState.SUCCEEDED, RefundState.FAILED)
