"""What the platform does with a call, and what it refuses."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

import segno

from sandbox.fiscal.ledger import BATCH, PAPER_BATCH, FiscalLedger, Receipt, RedReceipt, new_check_code, read_clock

SUCCESS = "S0000"
ISSUED_BEFORE, REVERSED_BEFORE, SWAPPED_BEFORE, VOID_BEFORE = "E0101", "E0102", "E0103", "E0104"
LOCKED, PAPER_USED, AMOUNTS, UNKNOWN, INCOMPLETE = "E0105", "E0106", "E0200", "E0404", "E0201"
_NEEDED = ("busNo", "busType", "payer", "busDateTime", "placeCode", "payee", "totalAmt", "category")
_CLASSES = 14

Answer = tuple[str, dict[str, Any] | str]


class FiscalDesk:
    """The services by name. Each gives a result code and a message."""

    def __init__(self, *, ledger: FiscalLedger, public_url: str) -> None:
        self.ledger = ledger
        self._public_url = public_url

    def answer(self, service: str, business: Mapping[str, Any]) -> Answer:
        """Carries out one call."""
        services = {
            "invoiceEBillOutpatient": self._issue,
            "writeOffEBill": self._reverse,
            "getEBillStatesByBusNo": self._tell,
            "getPaperBillNo": self._tell_paper,
            "turnPaper": self._swap,
            "invalidPaper": self._void,
        }
        return services[service](business) if service in services else (UNKNOWN, "服务不存在")

    def _issue(self, business: Mapping[str, Any]) -> Answer:
        missing = [name for name in _NEEDED if not business.get(name)]
        if missing or len(str(business["busDateTime"])) != 17:
            return INCOMPLETE, f"缺少必填项：{'、'.join(missing) or 'busDateTime'}"
        if business["busNo"] in self.ledger.receipts:
            return ISSUED_BEFORE, "业务流水号已开票"
        fault = _find_fault(business)
        if fault:
            return AMOUNTS, fault
        receipt = Receipt(
            business_number=str(business["busNo"]),
            batch=BATCH,
            number=self.ledger.take_number(),
            check_code=new_check_code(),
            created=read_clock(),
            request=dict(business),
        )
        self.ledger.receipts[receipt.business_number] = receipt
        return SUCCESS, self._describe(receipt)

    def _reverse(self, business: Mapping[str, Any]) -> Answer:
        receipt = self._named(business)
        if receipt is None:
            return UNKNOWN, "票据不存在"
        if receipt.red is not None:
            return REVERSED_BEFORE, "票据已冲红"
        if receipt.paper:
            return LOCKED, f"已换开纸质票据 {receipt.paper}，请先作废纸质票据"
        receipt.red = RedReceipt(
            batch=BATCH,
            number=self.ledger.take_number(),
            check_code=new_check_code(),
            created=read_clock(),
            reason=str(business.get("reason", "")),
            operator=str(business.get("operator", "")),
        )
        return SUCCESS, self._describe_red(receipt, receipt.red)

    def _tell(self, business: Mapping[str, Any]) -> Answer:
        receipt = self.ledger.receipts.get(str(business.get("busNo")))
        if receipt is None:
            return UNKNOWN, "业务流水号不存在"
        told = self._describe(receipt) | {"totalAmt": receipt.total, "isScarlet": "0", "isPrtPaper": "0"}
        if receipt.red is not None:
            told |= {"isScarlet": "1", **self._describe_red(receipt, receipt.red)}
        if receipt.paper:
            told |= {"isPrtPaper": "1", "pBillBatchCode": PAPER_BATCH, "pBillNo": receipt.paper}
        return SUCCESS, told

    def _tell_paper(self, business: Mapping[str, Any]) -> Answer:
        return SUCCESS, {"pBillBatchCode": PAPER_BATCH, "pBillNo": self.ledger.blank_paper()}

    def _swap(self, business: Mapping[str, Any]) -> Answer:
        receipt, paper = self._named(business), str(business.get("pBillNo", ""))
        if receipt is None:
            return UNKNOWN, "票据不存在"
        if receipt.red is not None:
            return REVERSED_BEFORE, "票据已冲红"
        if receipt.paper:
            return SWAPPED_BEFORE, f"已换开纸质票据 {receipt.paper}"
        if paper in self.ledger.papers or not paper:
            return PAPER_USED, f"纸质票据号 {paper} 已使用"
        self.ledger.papers[paper] = "USED"
        receipt.paper = paper
        return SUCCESS, {"pBillBatchCode": PAPER_BATCH, "pBillNo": paper}

    def _void(self, business: Mapping[str, Any]) -> Answer:
        paper = str(business.get("pBillNo", ""))
        if self.ledger.papers.get(paper) == "VOID":
            return VOID_BEFORE, "纸质票据已作废"
        self.ledger.papers[paper] = "VOID"
        for receipt in self.ledger.receipts.values():
            if receipt.paper == paper:
                receipt.paper = ""
        return SUCCESS, {"pBillBatchCode": PAPER_BATCH, "pBillNo": paper}

    def _named(self, business: Mapping[str, Any]) -> Receipt | None:
        return self.ledger.find_number(str(business.get("billBatchCode")), str(business.get("billNo")))

    def _describe(self, receipt: Receipt) -> dict[str, Any]:
        address = f"{self._public_url}/fiscal/copies/{receipt.batch}/{receipt.number}/{receipt.check_code}"
        return {
            "billBatchCode": receipt.batch,
            "billNo": receipt.number,
            "random": receipt.check_code,
            "createTime": receipt.created,
            "billQRCode": _draw(address),
            "pictureUrl": f"{address}.pdf",
            "pictureNetUrl": address,
        }

    def _describe_red(self, receipt: Receipt, red: RedReceipt) -> dict[str, Any]:
        address = f"{self._public_url}/fiscal/copies/{red.batch}/{red.number}/{red.check_code}"
        return {
            "scarletBillBatchCode": red.batch,
            "scarletBillNo": red.number,
            "scarletRandom": red.check_code,
            "scarletCreateTime": red.created,
            "scarletBillQRCode": _draw(address),
            "scarletPictureUrl": f"{address}.pdf",
        }


def _find_fault(business: Mapping[str, Any]) -> str:
    """Summary, items, channels and shares must each make the total."""
    try:
        total = Decimal(str(business["totalAmt"]))
        classes = [Decimal(str(one["amt"])) for one in business["chargeDetail"]]
        items = [Decimal(str(one["amt"])) for one in business["listDetail"]]
        channels = [Decimal(str(one["payChannelValue"])) for one in business["payChannelDetail"]]
        shares = [Decimal(str(business[name])) for name in ("fundPay", "otherFundPay", "accountPay", "cashPay")]
    except (KeyError, TypeError, InvalidOperation):
        return "金额格式有误"
    if total <= 0 or not 0 < len(classes) <= _CLASSES:
        return "金额或收费项目有误"
    for name, parts in (("收费项目", classes), ("清单", items), ("支付渠道", channels), ("基金与个人支付", shares)):
        if sum(parts) != total:
            return f"{name}合计与总金额不符"
    return ""


@lru_cache(maxsize=64)
def _draw(address: str) -> str:
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="png", scale=4)
    return base64.b64encode(picture.getvalue()).decode()
