"""What a receipt says: the lines of a bill that are kept, by fee class, and how they were paid."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from hospital.billing.types import ChargeLine
from hospital.catalog.types import FeeClass
from hospital.kernel.money import ZERO, round_half_up
from hospital.kernel.types import BilingualText
from hospital.payments.states import Channel
from hospital.receipts.rules.words import CASH_ROUNDING, CHANNELS, FEE_CLASSES, INSURERS
from hospital.receipts.types import (
    ReceiptChannel,
    ReceiptClass,
    ReceiptContent,
    ReceiptLine,
    ReceiptShares,
)

_NOTHING = BilingualText("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLine:
    """What is left of a charged line once completed refunds are taken off. `amount` is what was paid for it."""

    line: ChargeLine
    qty: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class InsuredShares:
    """What insurers pay of what is left: the pooled fund, the personal account, a commercial insurer."""

    fund: Decimal = ZERO
    account: Decimal = ZERO
    other: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.fund + self.account + self.other


NOBODY_ELSE = InsuredShares()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptHead:
    """What stands around the lines."""

    payer_name: str
    department: BilingualText
    case_number: str
    bill_number: str
    cashier: BilingualText
    paid_at: datetime


def total_of(lines: Sequence[KeptLine], rounding: Decimal) -> Decimal:
    """What a receipt over these lines amounts to: what was paid less what went back."""
    return sum((line.amount for line in lines), ZERO) + rounding


def digest_lines(lines: Sequence[KeptLine], rounding: Decimal) -> str:
    """Names what a receipt covers: two receipts of a bill with the same digest say the same."""
    kept = [[str(line.line.id), f"{line.qty:f}", f"{line.amount:f}"] for line in lines if line.qty > 0]
    text = json.dumps([sorted(kept), f"{round_half_up(rounding):f}"])
    return hashlib.sha256(text.encode()).hexdigest()


def compose_content(
    *,
    lines: Sequence[KeptLine],
    rounding: Decimal,
    paid: Sequence[tuple[Channel, Decimal]],
    head: ReceiptHead,
    shares: InsuredShares = NOBODY_ELSE,
) -> ReceiptContent:
    """The content of a blue receipt. Lines of which nothing is left do not appear.

    `paid` is what is left of each payment; where a refund is between the channel and its note the first takes the
    difference. What an insurer pays is a channel of its own, so that the channels make the total.
    """
    rows = [_line_of(line) for line in lines if line.qty > 0]
    if rounding:
        rows.append(_rounding_line(rounding))
    total = total_of(lines, rounding)
    cash = total - shares.total
    return ReceiptContent(
        payer_name=head.payer_name,
        department=head.department,
        case_number=head.case_number,
        bill_number=head.bill_number,
        cashier=head.cashier,
        paid_at=head.paid_at,
        classes=_classes(rows),
        lines=tuple(rows),
        channels=(*_channels(paid, cash), *_insurers(shares)),
        shares=ReceiptShares(fund=shares.fund, account=shares.account, other=shares.other, cash=cash),
        total=total,
    )


def _line_of(kept: KeptLine) -> ReceiptLine:
    line = kept.line
    return ReceiptLine(
        key=str(line.id),
        class_code=FEE_CLASSES[line.fee_class][0],
        code=line.item_code,
        name=line.name,
        spec=line.spec,
        unit=line.unit,
        qty=kept.qty,
        price=line.charged_u,
        amount=kept.amount,
    )


def _rounding_line(rounding: Decimal) -> ReceiptLine:
    return ReceiptLine(
        key="cash-rounding",
        class_code=FEE_CLASSES[FeeClass.OTHER][0],
        code="CASH-ROUNDING",
        name=CASH_ROUNDING,
        spec=_NOTHING,
        unit=_NOTHING,
        qty=Decimal(1),
        price=rounding,
        amount=rounding,
    )


def _classes(rows: Sequence[ReceiptLine]) -> tuple[ReceiptClass, ...]:
    found = []
    for code, name in FEE_CLASSES.values():
        members = [row for row in rows if row.class_code == code]
        if members:
            amount = sum((row.amount for row in members), ZERO)
            found.append(ReceiptClass(code=code, name=name, lines=len(members), amount=amount))
    return tuple(found)


def _channels(paid: Sequence[tuple[Channel, Decimal]], total: Decimal) -> tuple[ReceiptChannel, ...]:
    sums: dict[str, Decimal] = {}
    names = dict(CHANNELS.values())
    for channel, amount in paid:
        code = CHANNELS[channel][0]
        sums[code] = sums.get(code, ZERO) + amount
    missing = total - sum(sums.values(), ZERO)
    if missing and sums:
        first = next(iter(sums))
        sums[first] += missing
    return tuple(ReceiptChannel(code=code, name=names[code], amount=sums[code]) for code in sums if sums[code])


def _insurers(shares: InsuredShares) -> tuple[ReceiptChannel, ...]:
    amounts = {key: getattr(shares, key) for key in INSURERS}
    return tuple(
        ReceiptChannel(code=INSURERS[key][0], name=INSURERS[key][1], amount=amount)
        for key, amount in amounts.items()
        if amount
    )


def dump_content(content: ReceiptContent) -> dict[str, Any]:
    """The content as JSON can hold it: amounts as text."""
    return {
        "payer_name": content.payer_name,
        "department": _pair(content.department),
        "case_number": content.case_number,
        "bill_number": content.bill_number,
        "cashier": _pair(content.cashier),
        "paid_at": content.paid_at.isoformat(),
        "classes": [
            {"code": each.code, "name": _pair(each.name), "lines": each.lines, "amount": str(each.amount)}
            for each in content.classes
        ],
        "lines": [
            {
                "key": line.key,
                "class": line.class_code,
                "code": line.code,
                "name": _pair(line.name),
                "spec": _pair(line.spec),
                "unit": _pair(line.unit),
                "qty": f"{line.qty:f}",
                "price": str(line.price),
                "amount": str(line.amount),
            }
            for line in content.lines
        ],
        "channels": [
            {"code": each.code, "name": _pair(each.name), "amount": str(each.amount)} for each in content.channels
        ],
        "shares": {name: str(getattr(content.shares, name)) for name in ("fund", "account", "other", "cash")},
        "total": str(content.total),
    }


def load_content(stored: Mapping[str, Any]) -> ReceiptContent:
    """The content as it was dumped."""
    return ReceiptContent(
        payer_name=stored["payer_name"],
        department=_text(stored["department"]),
        case_number=stored["case_number"],
        bill_number=stored["bill_number"],
        cashier=_text(stored["cashier"]),
        paid_at=datetime.fromisoformat(stored["paid_at"]),
        classes=tuple(
            ReceiptClass(
                code=each["code"], name=_text(each["name"]), lines=each["lines"], amount=Decimal(each["amount"])
            )
            for each in stored["classes"]
        ),
        lines=tuple(
            ReceiptLine(
                key=line["key"],
                class_code=line["class"],
                code=line["code"],
                name=_text(line["name"]),
                spec=_text(line["spec"]),
                unit=_text(line["unit"]),
                qty=Decimal(line["qty"]),
                price=Decimal(line["price"]),
                amount=Decimal(line["amount"]),
            )
            for line in stored["lines"]
        ),
        channels=tuple(
            ReceiptChannel(code=each["code"], name=_text(each["name"]), amount=Decimal(each["amount"]))
            for each in stored["channels"]
        ),
        shares=ReceiptShares(**{name: Decimal(amount) for name, amount in stored["shares"].items()}),
        total=Decimal(stored["total"]),
    )


def _pair(text: BilingualText) -> list[str]:
    return [text.zh, text.en]


def _text(pair: Sequence[str]) -> BilingualText:
    return BilingualText(pair[0], pair[1])
