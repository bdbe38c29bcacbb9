"""Refusals of payments."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class PaymentNotFound(Refusal):
    """No such payment, or not one of this person."""

    code = "payment_not_found"
    status = 404
    text = _("We cannot find this payment.")


class RefundNotFound(Refusal):
    """No such refund."""

    code = "refund_not_found"
    status = 404
    text = _("We cannot find this refund.")


class InvalidAmount(Refusal):
    """Not a positive amount with at most two places that the channel can carry."""

    code = "invalid_amount"
    status = 422
    text = _("The amount must be more than zero, in whole fen.")


class IdempotencyKeyReused(Refusal):
    """The key was used before for another amount or reference."""

    code = "idempotency_key_reused"
    status = 409
    text = _("This request was sent before with different details. Nothing was changed; please start again.")


class PaymentStillOpen(Refusal):
    """Another payment of the same reference is still open; `payment_order_id` names it."""

    code = "payment_still_open"
    status = 409
    text = _("A payment for this is already under way. Finish it, or wait until it ends.")


class CardPaymentUnavailable(Refusal):
    """The acquirer cannot be reached or refuses to open a checkout; nothing was charged."""

    code = "card_payment_unavailable"
    status = 503
    text = _("Card payment is not available right now. Nothing was charged. Please try again in a few minutes.")


class WechatPaymentUnavailable(Refusal):
    """WeChat Pay cannot be reached or refuses the order; nothing was charged."""

    code = "wechat_payment_unavailable"
    status = 503
    text = _("WeChat Pay is not available right now. Nothing was charged. Please try again in a few minutes.")


class PaymentNotCancelable(Refusal):
    """Paid meanwhile, ended already, or of a channel whose payments end by themselves."""

    code = "payment_not_cancelable"
    status = 409
    text = _("This payment can no longer be stopped. Look at its result first.")


class AttentionNoteMissing(Refusal):
    """Whoever settles a payment by hand says how."""

    code = "attention_note_missing"
    status = 422
    text = _("Write down what was done, so that it can be checked later.")


class PaymentNotRefundable(Refusal):
    """The payment has not been paid, or all of it has been refunded."""

    code = "payment_not_refundable"
    status = 409
    text = _("This payment cannot be refunded: it is not paid, or was refunded in full.")


class RefundExceedsPayment(Refusal):
    """More than what is left of the payment; `remaining` says what is left, in CNY."""

    code = "refund_exceeds_payment"
    status = 409
    text = _("Only ¥%(remaining)s of this payment can still be refunded.")


class ForgedNotification(Refusal):
    """A notification without the acquirer's secret or signature."""

    code = "forged_notification"
    status = 401
    text = _("This notification does not come from the acquirer.")


class MalformedNotification(Refusal):
    """A notification that cannot be read."""

    code = "malformed_notification"
    status = 422
    text = _("This notification cannot be read.")


class TooLittleGiven(Refusal):
    """Less cash was handed over than is due; `due` says how much that is, in CNY."""

    code = "too_little_given"
    status = 422
    text = _("This is less than the ¥%(due)s due in cash.")


class TransactionUsedBefore(Refusal):
    """The partner's transaction stands for another payment already."""

    code = "transaction_used_before"
    status = 409
    text = _("This transaction number was used for another payment. Nothing was changed.")


class CodePaymentUnavailable(Refusal):
    """The wallet is not set up, or takes no orders from us; nothing was charged."""

    code = "code_payment_unavailable"
    status = 503
    text = _("This wallet cannot be used right now. Nothing was charged. Please choose another way to pay.")


class PayerCodeInvalid(Refusal):
    """What was scanned is no payment code of this wallet, or it was opened too long ago; nothing was charged."""

    code = "payer_code_invalid"
    status = 422
    text = _("This is no payment code of this wallet. Ask the patient to open the code anew and scan it again.")


class TerminalUnavailable(Refusal):
    """The card terminal is switched off, unknown, or its gateway takes no orders from us; nothing was charged."""

    code = "terminal_unavailable"
    status = 503
    text = _("The card terminal does not answer. Nothing was charged. Check that it is switched on, then try again.")


class TerminalBusy(Refusal):
    """The card terminal has another sale on it; nothing was charged."""

    code = "terminal_busy"
    status = 409
    text = _("The card terminal is busy with another payment. Finish or stop that one first.")
