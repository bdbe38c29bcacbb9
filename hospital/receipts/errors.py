"""The refusals of this context."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class ReceiptUnknown(Refusal):
    """There is no such receipt, or none that the reader may see."""

    code = "receipt_unknown"
    status = 404
    text = _("There is no such receipt.")


class ReceiptNotIssued(Refusal):
    """The receipt has no number yet, so there is nothing to show or to print."""

    code = "receipt_not_issued"
    status = 409
    text = _("The finance authority has not issued this receipt yet. Please try again in a few minutes.")


class ReceiptNotRepeatable(Refusal):
    """Only a receipt that the platform refused is asked for again."""

    code = "receipt_not_repeatable"
    status = 409
    text = _("This receipt was not refused, so it is not asked for again. Reload the page to see where it stands.")


class ReceiptNotReversible(Refusal):
    """Only an issued receipt that is the last word about its bill is reversed."""

    code = "receipt_not_reversible"
    status = 409
    text = _("Only the receipt in force can be reversed. Reload the page to see where it stands.")


class ReceiptReasonMissing(Refusal):
    """Reversing a receipt or voiding a paper needs a reason."""

    code = "receipt_reason_missing"
    status = 422
    text = _("Say why.")


class PaperIsOut(Refusal):
    """A receipt whose paper is out is locked: the paper has to come back first."""

    code = "receipt_paper_is_out"
    status = 409
    text = _("Paper receipt %(number)s is out. Take it back first, then reverse the receipt.")


class PaperUnknown(Refusal):
    """There is no such paper, or it does not count any more."""

    code = "receipt_paper_unknown"
    status = 409
    text = _("This paper receipt does not count any more. Reload the page to see where it stands.")


class FiscalPlatformUnavailable(Refusal):
    """The finance authority's platform gave no answer to somebody who waits for one."""

    code = "fiscal_platform_unavailable"
    status = 503
    text = _("The finance authority's platform does not answer. Nothing was changed. Please try again later.")


class FiscalPlatformRefused(Refusal):
    """The platform refused, with its own words in `fault`."""

    code = "fiscal_platform_refused"
    status = 409
    text = _("The finance authority's platform refused: %(fault)s")
