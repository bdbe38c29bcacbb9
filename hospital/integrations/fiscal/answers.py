"""Reading what the platform answers, and writing what it asks for."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from hospital.kernel.clock import SHANGHAI
from hospital.kernel.types import BilingualText
from hospital.receipts.ports import FiscalUnavailable, IssuedNumber, IssueRequest, KnownReceipt, PaperNumber

# What the platform reads in Chinese.
_LINE = BilingualText("项", "line")
_BILL_NUMBER = BilingualText("账单号", "Bill number")


def issue_body(request: IssueRequest) -> dict[str, Any]:
    """The call that issues an outpatient receipt: summary by fee class with two places, items with four."""
    content, shares = request.content, request.content.shares
    return {
        "busNo": request.business_number,
        "busType": request.receipt_type,
        "payer": content.payer_name,
        "cardNo": request.payer_document,
        "tel": "",
        "busDateTime": stamp(request.at),
        "placeCode": request.place_code,
        "payee": content.cashier.zh,
        "totalAmt": _money(content.total),
        "payChannelDetail": [
            {"payChannelCode": each.code, "payChannelName": each.name.zh, "payChannelValue": _money(each.amount)}
            for each in content.channels
        ],
        "medicalInsuranceType": "",
        "medicalInsuranceID": "",
        "fundPay": _money(shares.fund),
        "otherFundPay": _money(shares.other),
        "accountPay": _money(shares.account),
        "cashPay": _money(shares.cash),
        "ownPay": _money(shares.cash),
        "category": content.department.zh,
        "caseNumber": content.case_number or content.bill_number,
        "chargeDetail": [
            {
                "sortNo": place,
                "chargeCode": each.code,
                "chargeName": each.name.zh,
                "unit": _LINE.zh,
                "std": _money(each.amount),
                "number": 1,
                "amt": _money(each.amount),
                "selfAmt": _money(each.amount),
            }
            for place, each in enumerate(content.classes, start=1)
        ],
        "listDetail": [
            {
                "listDetailNo": place,
                "chargeCode": line.class_code,
                "code": line.code,
                "name": line.name.zh,
                "form": line.spec.zh,
                "unit": line.unit.zh,
                "std": f"{line.price:.4f}",
                "number": _plain(line.qty),
                "amt": f"{line.amount:.4f}",
                "selfAmt": f"{line.amount:.4f}",
            }
            for place, line in enumerate(content.lines, start=1)
        ],
        "otherInfo": [{"infoName": _BILL_NUMBER.zh, "infoValue": content.bill_number}],
    }


def stamp(at: datetime) -> str:
    """Seventeen digits, down to the millisecond, on the hospital's clock."""
    return f"{at.astimezone(SHANGHAI):%Y%m%d%H%M%S%f}"[:17]


def _plain(quantity: Decimal) -> str:
    """A quantity without the zeros that only storage needs."""
    return format(quantity.normalize(), "f")


def _money(amount: Decimal) -> str:
    return f"{amount:.2f}"


def read_number(told: Mapping[str, Any], *, prefix: str = "") -> IssuedNumber:
    """Batch, number, check code and time of a receipt. Raises `FiscalUnavailable` where one is missing."""

    def value(name: str) -> str:
        key = f"{prefix}{name[0].upper()}{name[1:]}" if prefix else name
        return str(told.get(key) or "")

    try:
        issued_at = datetime.strptime(value("createTime")[:14], "%Y%m%d%H%M%S").replace(tzinfo=SHANGHAI)
    except ValueError:
        raise FiscalUnavailable("no time in the answer") from None
    number = IssuedNumber(
        batch=value("billBatchCode"),
        number=value("billNo"),
        check_code=value("random"),
        issued_at=issued_at,
        copy_url=value("pictureUrl"),
    )
    if not (number.batch and number.number and number.check_code):
        raise FiscalUnavailable("no number in the answer")
    return number


def read_known(told: Mapping[str, Any]) -> KnownReceipt:
    """How a business number stands. Raises `FiscalUnavailable` for an answer without its amount."""
    try:
        amount = Decimal(str(told.get("totalAmt")))
    except InvalidOperation:
        raise FiscalUnavailable("no amount in the answer") from None
    return KnownReceipt(
        blue=read_number(told),
        amount=amount,
        red=read_number(told, prefix="scarlet") if told.get("isScarlet") == "1" else None,
        paper=_paper(told) if told.get("isPrtPaper") == "1" else None,
    )


def _paper(told: Mapping[str, Any]) -> PaperNumber:
    return PaperNumber(batch=str(told.get("pBillBatchCode", "")), number=str(told.get("pBillNo", "")))


def read_paper(told: Mapping[str, Any]) -> PaperNumber:
    """The next blank paper number. Raises `FiscalUnavailable` where there is none in the answer."""
    paper = _paper(told)
    if not (paper.batch and paper.number):
        raise FiscalUnavailable("no paper number in the answer")
    return paper
