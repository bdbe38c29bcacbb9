"""What the money's states and classes are called at the cashier's desk."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.billing.states import Execution, RefundState
from hospital.billing.types import NotRefundable
from hospital.catalog.types import FeeClass
from hospital.payments.states import Attention, Channel, PaymentState
from hospital.receipts.states import PaperState, ReceiptState
from hospital.staff_web.registration.words import StateWord

FEE_CLASSES: dict[FeeClass, Promise] = {
    FeeClass.BED: _("Bed"),
    FeeClass.CONSULTATION: _("Consultation"),
    FeeClass.EXAM: _("Imaging and examinations"),
    FeeClass.LAB: _("Laboratory"),
    FeeClass.TREATMENT: _("Treatment"),
    FeeClass.SURGERY: _("Surgery"),
    FeeClass.NURSING: _("Nursing"),
    FeeClass.MATERIALS: _("Materials"),
    FeeClass.WESTERN_DRUG: _("Medicines"),
    FeeClass.TCM_PIECES: _("Chinese herbal pieces"),
    FeeClass.PATENT_DRUG: _("Chinese patent medicines"),
    FeeClass.GENERAL_CONSULTATION: _("General consultation"),
    FeeClass.REGISTRATION: _("Registration"),
    FeeClass.OTHER: _("Other"),
}
# Classes sold at cost say so, so that nobody looks for their surcharge.
AT_COST = {FeeClass.WESTERN_DRUG, FeeClass.TCM_PIECES, FeeClass.PATENT_DRUG, FeeClass.MATERIALS}
PAYMENTS: dict[PaymentState, StateWord] = {
    PaymentState.CREATED: StateWord("wait", _("Asking for a payment page")),
    PaymentState.PAYING: StateWord("busy", _("Payment page open")),
    PaymentState.PAID: StateWord("ok", _("Paid")),
    PaymentState.PART_REFUNDED: StateWord("warn", _("Refunded in part"), "undo"),
    PaymentState.REFUNDED: StateWord("plain", _("Refunded"), "undo"),
    PaymentState.CLOSED: StateWord("plain", _("Page closed, nothing charged")),
    PaymentState.UNKNOWN: StateWord("wait", _("Asking the acquirer")),
    PaymentState.FAILED: StateWord("danger", _("Declined, nothing charged")),
}
# A tender at the window, in words that fit beside its amount.
TENDERS: dict[PaymentState, StateWord] = {
    PaymentState.CREATED: StateWord("wait", _("Waiting")),
    PaymentState.PAYING: StateWord("busy", _("Waiting")),
    PaymentState.UNKNOWN: StateWord("wait", _("Asking")),
    PaymentState.PAID: StateWord("ok", _("Paid")),
    PaymentState.PART_REFUNDED: StateWord("warn", _("Refunded in part"), "undo"),
    PaymentState.REFUNDED: StateWord("plain", _("Sent back"), "undo"),
    PaymentState.CLOSED: StateWord("plain", _("Not paid")),
    PaymentState.FAILED: StateWord("danger", _("Declined")),
}
WAY_NAMES: dict[Channel, tuple[Promise, str]] = {
    Channel.CASH: (_("Cash"), "cash"),
    Channel.TERMINAL: (_("Card terminal"), "card"),
    Channel.WECHAT_CODE: (_("WeChat Pay, code"), "scan"),
    Channel.ALIPAY_CODE: (_("Alipay, code"), "scan"),
    Channel.CARD: (_("Card, online"), "card"),
    Channel.WECHAT: (_("WeChat Pay"), "phone"),
    Channel.PARTNER: (_("Kiosk or partner"), "link"),
}
ATTENTION: dict[Attention, StateWord] = {
    Attention.WRONG_AMOUNT: StateWord("danger", _("Another amount came in")),
    Attention.RETURN_FAILED: StateWord("warn", _("Money could not be sent back")),
    Attention.REFUND_STUCK: StateWord("warn", _("The bank did not take the refund")),
}
REFUNDS: dict[RefundState, StateWord] = {
    RefundState.REQUESTED: StateWord("wait", _("Written down")),
    RefundState.WAITING: StateWord("wait", _("Waits for approval")),
    RefundState.SENT: StateWord("busy", _("On its way")),
    RefundState.COMPLETED: StateWord("ok", _("Money sent back")),
    RefundState.FAILED: StateWord("danger", _("Not refunded")),
}
RECEIPTS: dict[ReceiptState, StateWord] = {
    ReceiptState.REQUESTED: StateWord("wait", _("About to be issued")),
    ReceiptState.SENT: StateWord("busy", _("No answer yet, asked after")),
    ReceiptState.ISSUED: StateWord("ok", _("In force")),
    ReceiptState.FAILED: StateWord("danger", _("Refused by the platform")),
    ReceiptState.REVERSED: StateWord("plain", _("Reversed"), "undo"),
    ReceiptState.DROPPED: StateWord("plain", _("Never issued")),
}
PAPERS: dict[PaperState, StateWord] = {
    PaperState.SENT: StateWord("busy", _("Paper not confirmed yet")),
    PaperState.PRINTED: StateWord("info", _("On paper"), "doc"),
    PaperState.VOID: StateWord("plain", _("Paper void")),
    PaperState.FAILED: StateWord("plain", _("Paper refused")),
}
WHY_NOT: dict[NotRefundable, StateWord] = {
    NotRefundable.NOT_PAID: StateWord("plain", _("Not paid")),
    NotRefundable.EXECUTED: StateWord("plain", _("Done, not refundable")),
    NotRefundable.NOTHING_LEFT: StateWord("plain", _("Refunded already")),
}
EXECUTIONS: dict[Execution, StateWord] = {
    Execution.NOT_EXECUTED: StateWord("ok", _("Not done yet")),
    Execution.EXECUTED: StateWord("ok", _("In part back at the pharmacy")),
    Execution.REVERSED: StateWord("ok", _("Done and reversed")),
}
