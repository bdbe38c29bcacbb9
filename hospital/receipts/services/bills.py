"""What is left of a bill, and what its receipt says around the lines."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.accounts.api import get_staff_names
from hospital.appointments.api import get_appointment
from hospital.billing.api import get_bill, get_refund, list_refunds
from hospital.billing.states import RefundState, SettlementState
from hospital.billing.types import ChargeLine, Payer, RefundInfo, SettlementInfo, SourceKind
from hospital.encounters.api import get_encounter
from hospital.kernel.actors import ActorKind, system_actor
from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText
from hospital.patients.api import get_person, latin_parts, unmask_identifier
from hospital.payments.api import list_payments
from hospital.payments.states import Channel
from hospital.receipts.rules.contents import (
    NOBODY_ELSE,
    InsuredShares,
    KeptLine,
    ReceiptHead,
    compose_content,
    digest_lines,
    total_of,
)
from hospital.receipts.rules.steps import Wanted
from hospital.receipts.rules.words import ONLINE
from hospital.receipts.types import ReceiptContent

SYSTEM = system_actor("receipts.keep_up")
_MOST_REFUNDS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBill:
    """A settled bill with what is left of its lines after the refunds that are completed."""

    settlement: SettlementInfo
    lines: tuple[KeptLine, ...]
    rounding: Decimal
    shares: InsuredShares = NOBODY_ELSE

    @property
    def wanted(self) -> Wanted:
        """What a receipt would have to cover."""
        return Wanted(total=total_of(self.lines, self.rounding), digest=digest_lines(self.lines, self.rounding))


def read_kept_bill(*, settlement_id: UUID, now: datetime) -> KeptBill | None:
    """The bill as its receipt has to say it; None while it is not paid. Refuses `SettlementUnknown`."""
    bill = get_bill(settlement_id=settlement_id, actor=SYSTEM, now=now)
    settlement = bill.settlement
    if settlement.state is not SettlementState.SETTLED:
        return None
    refunds = _list_completed_refunds(settlement, now)
    back_qty: defaultdict[UUID, Decimal] = defaultdict(Decimal)
    back_amount: defaultdict[UUID, Decimal] = defaultdict(lambda: ZERO)
    for refund in refunds:
        for part in refund.lines:
            back_qty[part.line.id] += part.qty
            back_amount[part.line.id] += part.paid_back
    return KeptBill(
        settlement=settlement,
        lines=tuple(
            KeptLine(line=line, qty=line.qty - back_qty[line.id], amount=line.payable - back_amount[line.id])
            for line in bill.lines
        ),
        rounding=settlement.cash_rounding - sum((refund.cash_rounding for refund in refunds), ZERO),
        shares=_shares_left(settlement, refunds),
    )


def _shares_left(settlement: SettlementInfo, refunds: list[RefundInfo]) -> InsuredShares:
    """What insurers still pay of the bill."""
    covered = settlement.covered_amount - sum((refund.covered_amount for refund in refunds), ZERO)
    if settlement.payer is not Payer.NATIONAL:
        return InsuredShares(other=covered)
    account = settlement.account_amount - sum((refund.account_amount for refund in refunds), ZERO)
    return InsuredShares(fund=covered - account, account=account)


def _list_completed_refunds(settlement: SettlementInfo, now: datetime) -> list[RefundInfo]:
    """With their lines. Refunds under way are none: the money may still stay here."""
    refunds = list_refunds(
        person_id=settlement.person_id, settlement_id=settlement.id, actor=SYSTEM, now=now, limit=_MOST_REFUNDS
    )
    return [
        get_refund(refund_id=refund.id, actor=SYSTEM, now=now)
        for refund in refunds
        if refund.state is RefundState.COMPLETED
    ]


def compose_receipt(*, bill: KeptBill, now: datetime) -> ReceiptContent:
    """What the receipt over what is left says."""
    return compose_content(
        lines=bill.lines,
        rounding=bill.rounding,
        paid=_list_channels(bill.settlement),
        head=_head_of(bill, now),
        shares=bill.shares,
    )


def _list_channels(settlement: SettlementInfo) -> list[tuple[Channel, Decimal]]:
    payments = list_payments(order_ids=settlement.payment_ids)
    found = (payments[payment_id] for payment_id in settlement.payment_ids if payment_id in payments)
    return [(payment.channel, payment.paid - payment.refunded) for payment in found]


def _head_of(bill: KeptBill, now: datetime) -> ReceiptHead:
    settlement = bill.settlement
    case_number, department = _case_of([kept.line for kept in bill.lines])
    return ReceiptHead(
        payer_name=_payer_name(settlement.person_id, now),
        department=department,
        case_number=case_number,
        bill_number=settlement.number,
        cashier=_cashier(settlement),
        paid_at=settlement.settled_at or settlement.started_at,
    )


def _payer_name(person_id: UUID, now: datetime) -> str:
    name = get_person(actor=SYSTEM, person_id=person_id, now=now).name
    return " ".join(part for part in (name.chinese, latin_parts(name).text) if part)


def find_payer_document(*, person_id: UUID, now: datetime) -> str:
    """The number of the document that the payer shows first, for the platform; empty where there is none.

    Each reading of a full number is an entry of the audit trail.
    """
    documents = get_person(actor=SYSTEM, person_id=person_id, now=now).identifiers
    shown = next((one for one in documents if one.is_primary), documents[0] if documents else None)
    if shown is None:
        return ""
    return unmask_identifier(
        person_id=person_id, identifier_id=shown.id, reason="for the fiscal receipt", actor=SYSTEM, now=now
    )


def _case_of(lines: list[ChargeLine]) -> tuple[str, BilingualText]:
    """Number and department of the visit, or the department of the booking while there is no visit."""
    for line in lines:
        if line.encounter_id is not None:
            encounter = get_encounter(encounter_id=line.encounter_id)
            return encounter.number, encounter.department_name
    booked = next((line for line in lines if line.source_kind is SourceKind.REGISTRATION), None)
    if booked is None:
        return "", BilingualText("", "")
    return "", get_appointment(appointment_id=booked.source_id).slot.session.department_name


def _cashier(settlement: SettlementInfo) -> BilingualText:
    if settlement.started_by_kind is not ActorKind.STAFF:
        return ONLINE
    try:
        staff_id = UUID(settlement.started_by)
    except ValueError:
        return ONLINE
    return get_staff_names(user_ids=[staff_id]).get(staff_id, ONLINE)
