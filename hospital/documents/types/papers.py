"""The data of the papers about a visit and its money."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from hospital.documents.types.kinds import PaperSheet
from hospital.documents.types.money import ChargedSurcharge
from hospital.documents.types.people import Letterhead, PaperPatient, Signature
from hospital.kernel.types import BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationSlip:
    """The slip a patient takes from registration to the clinic (F45).

    `queue_number` is what is called; `settlement` says how the fee stands ("Paid by card"); `steps` what to do next.
    """

    letterhead: Letterhead
    patient: PaperPatient
    queue_number: str
    visit_number: str
    starts_at: datetime
    ends_at: datetime
    session: BilingualText
    department: BilingualText
    doctor: BilingualText
    doctor_title: BilingualText
    place: BilingualText
    fee: Decimal
    settlement: BilingualText
    steps: tuple[BilingualText, ...] = ()
    desk: BilingualText
    sheet: PaperSheet = PaperSheet.ROLL_80


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    """One charged line from its snapshot, with the columns of domain brief 1.4.

    `standard_price` is the public unit price, `base_amount` its part of `amount`; `amount` is what the line cost and
    equals `insurer_amount + patient_amount`.
    """

    occurred_on: date
    code: str
    item: BilingualText
    specification: BilingualText | None = None
    unit: BilingualText
    quantity: Decimal
    standard_price: Decimal
    surcharge: ChargedSurcharge
    charged_price: Decimal
    amount: Decimal
    base_amount: Decimal
    insurance_class: BilingualText | None = None
    insurer_amount: Decimal = Decimal("0.00")
    patient_amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeStatement:
    """The itemized statement of one outpatient bill, of a visit, or of a period (F46, F48).

    `period` holds its first and last day where it was asked for by period; else it runs from the first line to the
    last. `refunded_amount` and `unpaid_amount` are told beneath the total where there are any; nothing is taken off.
    """

    letterhead: Letterhead
    patient: PaperPatient
    visit_number: str
    bill_number: str
    department: BilingualText
    doctor: BilingualText
    payer: BilingualText
    settlement: BilingualText
    lines: tuple[FeeLine, ...]
    period: tuple[date, date] | None = None
    refunded_amount: Decimal = Decimal("0.00")
    unpaid_amount: Decimal = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundLine:
    """One line of the original bill, from its snapshot: what was paid, how much of it goes back and why not more."""

    item: BilingualText
    standard_price: Decimal
    surcharge: ChargedSurcharge
    charged_price: Decimal
    quantity: Decimal
    refunded_quantity: Decimal
    paid_amount: Decimal
    refund_amount: Decimal
    execution: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundChannel:
    """One way the money goes back; `expected` says when it arrives."""

    name: BilingualText
    paid_amount: Decimal
    refund_amount: Decimal
    expected: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundReceipts:
    """The fiscal receipts after a refund: the red reversal and, for a part refund, the replacement."""

    reversal_number: str
    replacement_number: str = ""
    replacement_amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundNotice:
    """The notice of one refund (F47): lines, ratio as charged, amount by channel, expected days."""

    letterhead: Letterhead
    patient: PaperPatient
    payer: BilingualText
    bill_number: str
    receipt_number: str = ""
    paid_on: date
    reason: BilingualText
    approved_by: BilingualText
    lines: tuple[RefundLine, ...]
    channels: tuple[RefundChannel, ...]
    receipts: RefundReceipts | None = None
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSheetClass:
    """One fee class of a fiscal receipt with the number of its lines."""

    name: BilingualText
    lines: int
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSheetShare:
    """What one side paid, or what came in one way."""

    name: BilingualText
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSheet:
    """The translation sheet of a fiscal receipt (F48). The legal receipt is the Chinese one of the finance authority.

    Classes and shares each make `total`; `tenders` say in words how the patient paid. `reversal_number` is the red
    receipt that took this one back, empty while it is in force; `paper_number` the paper that counts instead of it.
    """

    letterhead: Letterhead
    patient: PaperPatient
    batch: str
    number: str
    check_code: str
    receipt_type: BilingualText
    issued_at: datetime
    case_number: str
    department: BilingualText
    cashier: BilingualText
    classes: tuple[ReceiptSheetClass, ...]
    shares: tuple[ReceiptSheetShare, ...]
    tenders: tuple[ReceiptSheetShare, ...]
    total: Decimal
    reversal_number: str = ""
    paper_number: str = ""
