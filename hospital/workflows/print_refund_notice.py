"""The notice of a refund (F47)."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.billing.api import get_refund, get_settlement, spread
from hospital.billing.states import TenderState
from hospital.billing.types import Payer, RefundedLine, RefundInfo
from hospital.documents.api import (
    DocumentKind,
    PaperLanguage,
    RefundChannel,
    RefundLine,
    RefundNotice,
    RenderedPaper,
    Signature,
    Subject,
    paper_patient_of,
)
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText
from hospital.patients.api import get_person
from hospital.payments.api import list_payments
from hospital.payments.types import PaymentOrderInfo
from hospital.workflows.paper_words import letterhead_at, name_of_staff, payer_words, surcharge_of
from hospital.workflows.payment_words import WAYS
from hospital.workflows.print_paper import print_paper
from hospital.workflows.print_receipt import receipts_after_refund
from hospital.workflows.refund_reasons import read_reason

_NOT_DONE = BilingualText("未执行，已取消", "Not done, canceled")
_LOWERED = BilingualText("价格调低，退差价", "Price lowered, difference returned")
_WITHIN = BilingualText("当日退费，无需审批", "Same day, no approval needed")


def print_refund_notice(*, refund_id: UUID, language: PaperLanguage, actor: Actor, now: datetime) -> RenderedPaper:
    """Prints the notice of a refund with each line's ratio as it was charged and the card it goes back to.

    Refusals: `RefundUnknown`, `UnknownPerson`, `NoCareRelation`, `EnglishTextMissing`.
    """
    refund = get_refund(refund_id=refund_id, actor=actor, now=now)
    return print_paper(
        kind=DocumentKind.REFUND_NOTICE,
        subject=Subject("billing.refund", str(refund_id)),
        person_id=refund.person_id,
        content=_notice(refund=refund, actor=actor, now=now),
        language=language,
        actor=actor,
        now=now,
    )


def _notice(*, refund: RefundInfo, actor: Actor, now: datetime) -> RefundNotice:
    person = get_person(actor=actor, person_id=refund.person_id, now=now)
    original, receipts = receipts_after_refund(settlement_id=refund.settlement_id, ended_at=refund.ended_at)
    settlement = get_settlement(settlement_id=refund.settlement_id)
    approved = refund.approved_by
    return RefundNotice(
        letterhead=letterhead_at(campus_code=refund.campus_code),
        patient=paper_patient_of(person=person, campus_code=refund.campus_code),
        payer=payer_words(settlement),
        bill_number=settlement.number,
        receipt_number=original,
        receipts=receipts,
        paid_on=local_day(settlement.settled_at or settlement.started_at),
        reason=read_reason(refund.reason)[0],
        approved_by=BilingualText(approved, approved) if approved else _WITHIN,
        lines=tuple(map(_line, refund.lines, _patient_parts(refund))),
        channels=_channels(refund),
        signatures=(
            Signature(role=BilingualText("患者或代办人", "Patient or representative")),
            # Who asked for it, whoever prints it: the patient may do so at home.
            Signature(
                role=BilingualText("经办", "Prepared by"),
                name=name_of_staff(staff_id=refund.requested_by_id, otherwise=refund.requested_by),
                signed_at=refund.requested_at,
            ),
        ),
    )


def _patient_parts(refund: RefundInfo) -> list[Decimal]:
    """What goes back to the patient for each line; the parts make the refund."""
    parts = [part.patient_amount for part in refund.lines]
    if refund.payer is Payer.SELF or sum(parts, ZERO) == refund.amount:
        return parts
    return spread(refund.amount, [part.paid_back for part in refund.lines])


def _line(part: RefundedLine, back: Decimal) -> RefundLine:
    line = part.line
    return RefundLine(
        item=line.name,
        standard_price=line.standard_u,
        surcharge=surcharge_of(line=line),
        charged_price=line.charged_u,
        quantity=line.qty,
        refunded_quantity=part.qty,
        paid_amount=line.payable,
        refund_amount=back,
        execution=_NOT_DONE if part.qty else _LOWERED,
    )


def _channels(refund: RefundInfo) -> tuple[RefundChannel, ...]:
    payments = list_payments(order_ids=[each.payment_id for each in refund.tenders])
    refused = refund.refused
    return tuple(
        _channel(payments[each.payment_id], each.amount)
        for each in refund.tenders
        if each.state is not TenderState.FAILED or each in refused
    )


def _channel(payment: PaymentOrderInfo, amount: Decimal) -> RefundChannel:
    way = WAYS[payment.channel]
    return RefundChannel(
        name=_card_name(payment) or way.name,
        paid_amount=payment.amount,
        refund_amount=amount,
        expected=way.expected,
    )


def _card_name(payment: PaymentOrderInfo) -> BilingualText | None:
    last4 = payment.card.last4 if payment.card else ""
    return BilingualText(f"银行卡 尾号 {last4}", f"Card ending {last4}") if last4 else None
