"""The contents of the registration slip, the fee statement and the refund notice."""

from datetime import date
from decimal import Decimal

from hospital.documents.content.blocks import (
    Block,
    footnotes,
    letterhead_block,
    optional_pair,
    pair,
    patient_block,
    signature_blocks,
    surcharge_mark,
    surcharge_text,
)
from hospital.documents.errors import AmountsDisagree
from hospital.documents.formatting import (
    amount_in_words,
    format_clock_range,
    format_day,
    format_day_short,
    format_money,
    format_number,
    format_period,
    format_unit_price,
    format_weekday,
)
from hospital.documents.types.papers import FeeLine, FeeStatement, RefundLine, RefundNotice, RegistrationSlip
from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText


def registration_slip(slip: RegistrationSlip, *, on: date) -> Block:
    """The slip; its sheet decides the template's page."""
    return {
        "hospital": letterhead_block(slip.letterhead),
        "title": {"zh": "挂号凭条", "en": "Registration slip"},
        "sheet": slip.sheet.value,
        "patient": patient_block(slip.patient, on=on),
        "queue": slip.queue_number,
        "visit": slip.visit_number,
        "date": pair(format_weekday(slip.starts_at)),
        "session": pair(slip.session),
        "slot": format_clock_range(slip.starts_at, slip.ends_at),
        "department": pair(slip.department),
        "doctor": pair(slip.doctor),
        "level": pair(slip.doctor_title),
        "place": pair(slip.place),
        "fee": format_money(slip.fee),
        "paid": pair(slip.settlement),
        "steps": [pair(step) for step in slip.steps],
        "desk": pair(slip.desk),
    }


def _fee_row(number: int, line: FeeLine) -> Block:
    if line.insurer_amount + line.patient_amount != line.amount:
        raise AmountsDisagree(place=f"line {number}")
    return {
        "no": str(number),
        "date": pair(format_day_short(line.occurred_on)),
        "code": line.code,
        "item": pair(line.item),
        "spec": optional_pair(line.specification),
        "unit": pair(line.unit),
        "qty": format_number(line.quantity),
        "standard": format_unit_price(line.standard_price),
        "ratio": surcharge_text(line.surcharge),
        "mark": surcharge_mark(line.surcharge),
        "charged": format_unit_price(line.charged_price),
        "amount": format_money(line.amount),
        "class": optional_pair(line.insurance_class),
        "insurer": format_money(line.insurer_amount),
        "patient": format_money(line.patient_amount),
    }


def _total(amounts: list[Decimal]) -> Decimal:
    return sum(amounts, ZERO)


def fee_statement(statement: FeeStatement, *, on: date) -> Block:
    """The statement with its totals; refuses with `AmountsDisagree` when a line's payer shares miss its amount."""
    lines = statement.lines
    total, base = _total([line.amount for line in lines]), _total([line.base_amount for line in lines])
    days = statement.period or [line.occurred_on for line in lines] or [on]
    notes = footnotes(surcharge_mark(line.surcharge) for line in lines)
    if lines:
        notes.append(
            {
                "zh": "加收按收费时的方式列示；退费按原收费价格和原加收比例计算，不重新计价。",
                "en": "Each surcharge is shown as it was charged. A refund uses the same price and ratio.",
            }
        )
    return {
        "hospital": letterhead_block(statement.letterhead),
        "title": {"zh": "门诊费用清单", "en": "Outpatient fee statement"},
        "patient": patient_block(statement.patient, on=on),
        "visit": statement.visit_number,
        "bill": statement.bill_number,
        "department": pair(statement.department),
        "doctor": pair(statement.doctor),
        "payer": pair(statement.payer),
        "settlement": pair(statement.settlement),
        "period": pair(format_period(min(days), max(days))),
        "lines": [_fee_row(number, line) for number, line in enumerate(lines, start=1)],
        "count": str(len(lines)),
        "totals": {
            "amount": format_money(total),
            "base": format_money(base),
            "surcharge": format_money(total - base),
            "insurer": format_money(_total([line.insurer_amount for line in lines])),
            "patient": format_money(_total([line.patient_amount for line in lines])),
            "refunded": format_money(statement.refunded_amount) if statement.refunded_amount else None,
            "unpaid": format_money(statement.unpaid_amount) if statement.unpaid_amount else None,
        },
        "words": pair(amount_in_words(total)),
        "notes": notes,
    }


_NO_QTY = BilingualText("—", "—")


def _refund_row(number: int, line: RefundLine) -> Block:
    if line.refund_amount > line.paid_amount or line.refunded_quantity > line.quantity:
        raise AmountsDisagree(place=f"line {number}")
    back, quantity = format_number(line.refunded_quantity), format_number(line.quantity)
    return {
        "no": str(number),
        "item": pair(line.item),
        "standard": format_unit_price(line.standard_price),
        "ratio": surcharge_text(line.surcharge),
        "mark": surcharge_mark(line.surcharge),
        "charged": format_unit_price(line.charged_price),
        "paid": format_money(line.paid_amount),
        "qty": {"zh": f"{back} / {quantity}", "en": f"{back} of {quantity}"}
        if line.refunded_quantity
        else pair(_NO_QTY),
        "why": pair(line.execution),
        "refund": format_money(line.refund_amount),
    }


_REFUND_NOTES = (
    BilingualText(
        "退款按原支付渠道退回，按原收费价格和原加收比例计算，不重新计价。",
        "The refund goes back the way you paid, at the price and surcharge ratio originally charged.",
    ),
    BilingualText(
        "境外银行卡按发卡行当日汇率入账，金额可能与付款时不同。",
        "For cards issued abroad your bank applies its exchange rate of the day, so the amount in your currency "
        "may differ.",
    ),
)
_REVERSED_NOTE = BilingualText(
    "原票据已红冲，请以新票据报销。", "The original receipt has been reversed. Use the replacement receipt for claims."
)


def _receipts_block(notice: RefundNotice) -> Block | None:
    receipts = notice.receipts
    if receipts is None:
        return None
    amount = receipts.replacement_amount
    return {
        "reversal": receipts.reversal_number,
        "replacement": receipts.replacement_number or None,
        "amount": f"¥{format_money(amount)}" if amount is not None else None,
    }


def refund_notice(notice: RefundNotice, *, on: date) -> Block:
    """The notice; refuses with `AmountsDisagree` when lines and channels give back different sums."""
    total = _total([line.refund_amount for line in notice.lines])
    if total != _total([channel.refund_amount for channel in notice.channels]):
        raise AmountsDisagree(place="channels")
    notes = footnotes(surcharge_mark(line.surcharge) for line in notice.lines)
    notes += [pair(note) for note in _REFUND_NOTES]
    if notice.receipts is not None and notice.receipts.replacement_number:
        notes.append(pair(_REVERSED_NOTE))
    return {
        "hospital": letterhead_block(notice.letterhead),
        "title": {"zh": "退费告知单", "en": "Refund notice"},
        "patient": patient_block(notice.patient, on=on),
        "payer": pair(notice.payer),
        "bill": notice.bill_number,
        "receipt": notice.receipt_number or None,
        "paid_on": pair(format_day(notice.paid_on)),
        "reason": pair(notice.reason),
        "approval": pair(notice.approved_by),
        "lines": [_refund_row(number, line) for number, line in enumerate(notice.lines, start=1)],
        "total": format_money(total),
        "words": pair(amount_in_words(total)),
        "channels": [
            {
                "name": pair(channel.name),
                "paid": format_money(channel.paid_amount),
                "back": format_money(channel.refund_amount),
                "days": pair(channel.expected),
            }
            for channel in notice.channels
        ],
        "receipts": _receipts_block(notice),
        "notes": notes,
        "signs": signature_blocks(notice.signatures),
    }
