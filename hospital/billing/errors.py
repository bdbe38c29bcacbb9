"""What billing refuses, by name. Chinese texts are in this context's own translation file."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class QuoteExpired(Refusal):
    """The quote is at or past its expiry (exclusive, brief §1.6.7)."""

    code = "quote_expired"
    status = 409
    text = _("This quote has expired. Please look at the bill again and confirm the new quote.")


class QuoteMismatch(Refusal):
    """What would be paid differs from what was quoted (brief §1.6.13)."""

    code = "quote_mismatch"
    status = 409
    text = _("The bill has changed since it was quoted. Please look at it again.")


class QuoteUnknown(Refusal):
    """No quote has this token."""

    code = "quote_unknown"
    status = 404
    text = _("This quote does not exist.")


class NothingToPay(Refusal):
    """No pending charge is left, or none was chosen."""

    code = "nothing_to_pay"
    status = 409
    text = _("There is nothing to pay.")


class AlreadyPaid(Refusal):
    """A chosen line is settled already."""

    code = "already_paid"
    status = 409
    text = _("This bill has already been paid.")


class PaymentInProgress(Refusal):
    """Another payment of the same lines is under way."""

    code = "payment_in_progress"
    status = 409
    text = _("Someone is paying this bill right now. Please wait for that payment to finish.")


class ContractUnknown(Refusal):
    """No contract in force today has this id."""

    code = "contract_unknown"
    status = 404
    text = _("There is no contract with this insurer today.")


class ContractNotUsable(Refusal):
    """A contract that says nothing, contradicts itself or is there already."""

    code = "contract_not_usable"
    status = 422
    text = _("This contract needs a code, a name in both languages, rates from 0 to 1 and dates in order.")


class ContractOverlaps(Refusal):
    """An insurer has one contract at a time."""

    code = "contract_overlaps"
    status = 409
    text = _("This insurer already has a contract in these days. End it first, or begin later.")


class ContractEndsWrong(Refusal):
    """The last day is over, before the first or after the agreed one."""

    code = "contract_ends_wrong"
    status = 409
    text = _("A contract ends today or later, not before it begins and before the day agreed so far.")


class NotContractOffice(Refusal):
    """Only the price office keeps contracts."""

    code = "not_contract_office"
    status = 403
    text = _("Only the price office keeps contracts with insurers.")


class RefundUnderWay(Refusal):
    """The national insurance is settling what another refund of this bill left."""

    code = "refund_under_way"
    status = 409
    text = _("Another refund of this bill is under way. Please wait until the national insurance has settled it.")


class CardNotUsable(Refusal):
    """The insurance card is not this patient's, was taken off, or is not valid today."""

    code = "card_not_usable"
    status = 409
    text = _("This insurance card is not valid today. Please choose another card or let the patient pay.")


class CopaymentNotUsable(Refusal):
    """A co-payment without a reason, or more than the insurer would pay."""

    code = "copayment_not_usable"
    status = 422
    text = _("Enter the patient’s part as a percentage or an amount up to the insurer’s part, and say why.")


class AllocationTaken(Refusal):
    """The payment is allocated to another settlement."""

    code = "allocation_taken"
    status = 409
    text = _("This payment is already allocated to another bill.")


class AllocationAmountMismatch(Refusal):
    """The amount paid is not the amount of the settlement."""

    code = "allocation_amount_mismatch"
    status = 409
    text = _("The amount paid (%(paid)s) is not the amount of the bill (%(due)s).")


class RefundAboveTenders(Refusal):
    """The payments of the bill do not hold this much any more."""

    code = "refund_above_tenders"
    status = 409
    text = _("The payments of this bill do not hold this much any more. Nothing was refunded.")


class BillsApart(Refusal):
    """The chosen charges belong to different people or campuses; each campus closes its own till."""

    code = "bills_apart"
    status = 422
    text = _("These charges belong to different campuses or patients. Please pay them separately.")


class SettlementUnknown(Refusal):
    """No settlement with this number is visible to the actor."""

    code = "settlement_unknown"
    status = 404
    text = _("This payment record does not exist.")


class ChargeUnknown(Refusal):
    """No charge with this id is visible to the actor."""

    code = "charge_unknown"
    status = 404
    text = _("This charge does not exist.")


class EncounterUnknown(Refusal):
    """No visit with this id is visible to the actor."""

    code = "encounter_unknown"
    status = 404
    text = _("This visit does not exist.")


class ChargeNotVoidable(Refusal):
    """Only a line that is not settled may be voided (brief §2, Cashier)."""

    code = "charge_not_voidable"
    status = 409
    text = _("%(item)s has been paid or is being paid and cannot be voided. Refund it instead.")


class ChargeNotPaid(Refusal):
    """Only a settled line can be refunded."""

    code = "charge_not_paid"
    status = 409
    text = _("%(item)s has not been paid, so there is nothing to refund.")


class LineExecuted(Refusal):
    """The service was done or the drug dispensed; that has to be reversed first (brief §1.3, Refund)."""

    code = "line_executed"
    status = 409
    text = _("%(item)s has already been carried out or dispensed. Reverse that first.")


class NotThatMuchOut(Refusal):
    """More is said to have come back than was handed out."""

    code = "not_that_much_out"
    status = 409
    text = _("Only %(left)s of %(item)s is with the patient. Nothing was changed.")


class LineNotExecutable(Refusal):
    """The line cannot be carried out: it is voided, refunded or being refunded."""

    code = "line_not_executable"
    status = 409
    text = _("%(item)s has been refunded or voided and cannot be carried out.")


class RefundAboveRest(Refusal):
    """More is asked back than is left of the line."""

    code = "refund_above_rest"
    status = 409
    text = _("Only %(left)s of %(item)s can still be refunded.")


class NothingToRefund(Refusal):
    """No line, or nothing left of it."""

    code = "nothing_to_refund"
    status = 409
    text = _("There is nothing left to refund.")


class RefundLinesMixed(Refusal):
    """The lines of one refund were paid by different payments."""

    code = "refund_lines_mixed"
    status = 422
    text = _("These lines were paid separately. Refund them one payment at a time.")


class RefundUnknown(Refusal):
    """No refund with this number is visible to the actor."""

    code = "refund_unknown"
    status = 404
    text = _("This refund does not exist.")


class RefundNeedsSecond(Refusal):
    """Whoever asked for a refund above the cashier's tier is not the one who approves it (brief §2, Cashier)."""

    code = "refund_needs_second"
    status = 403
    text = _("You asked for this refund. Somebody else has to approve it.")


class RefundNotWaiting(Refusal):
    """The refund was decided already."""

    code = "refund_not_waiting"
    status = 409
    text = _("This refund has been decided already.")


class IdempotencyKeyReused(Refusal):
    """The key was used for a different request."""

    code = "idempotency_key_reused"
    status = 409
    text = _("This request was sent before with different details. Nothing was changed; please start again.")


class NotCashier(Refusal):
    """Only a cashier of the campus may do this."""

    code = "not_cashier"
    status = 403
    text = _("Only a cashier of this campus can do this.")


class RefundReasonMissing(Refusal):
    """A refund or void states its reason."""

    code = "reason_missing"
    status = 422
    text = _("Please state a reason.")


class LineChangeUnapproved(Refusal):
    """A visit's service line is changed for what occurred before by an approved event only (brief §1.6.6)."""

    code = "line_change_unapproved"
    status = 403
    text = _("The change of service line has not been approved. Nothing was priced again.")


class ScenarioMalformed(Refusal):
    """A pricing scenario that cannot be read; `what` names the place."""

    code = "scenario_malformed"
    status = 422
    text = _("The scenario cannot be read: %(what)s.")


class InsuranceReplyMismatch(Refusal):
    """The insurance's fund, account and cash do not add up to what was uploaded."""

    code = "insurance_reply_mismatch"
    status = 409
    text = _("The insurance's answer does not add up to the %(uploaded)s that was uploaded.")
