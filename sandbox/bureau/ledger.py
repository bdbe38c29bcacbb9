"""What the bureau knows of each number, and how it is to misbehave."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import msgspec

FUND, ACCOUNT = Decimal("0.70"), Decimal("0.10")
REFUSED, UNKNOWN, BUSY, DONE = -1, -2, -9, 0
_FEN = Decimal("0.01")


class Claim(msgspec.Struct, kw_only=True):
    """One upload. `state` is uploaded, settled or cancelled."""

    number: str
    insured: str
    base: str
    lines: list[dict[str, str]]
    state: str = "uploaded"
    settlement: str = ""
    calls: list[str] = []


class Troubles(msgspec.Struct, kw_only=True):
    """How many of the next calls go wrong. `slow` are carried out and answered too late, `refused` carry `fault`."""

    slow: int = 0
    down: int = 0
    refused: int = 0
    unsigned: int = 0
    fault: str = "参保状态异常"


class BureauLedger(msgspec.Struct, kw_only=True):
    """Everything in memory; written to a file as it stands."""

    claims: dict[str, Claim] = {}
    next_settlement: int = 520_001


class BureauDesk:
    """The transactions by number. Each gives a code and an output, or the text of a refusal."""

    def __init__(self, ledger: BureauLedger) -> None:
        self.ledger = ledger

    def answer(self, service: str, given: dict[str, Any]) -> tuple[int, dict[str, Any] | str]:
        """Carries out one transaction; a repeated one has the same answer."""
        services = {
            "2204": self._upload,
            "2206": self._price,
            "2207": self._settle,
            "2208": self._cancel_settlement,
            "2205": self._cancel_upload,
            "ask": self._tell,
        }
        if service not in services:
            return REFUSED, "交易不存在"
        code, output = services[service](given)
        claim = self.ledger.claims.get(str(given.get("mdtrt_id", "")))
        if claim is not None and service != "ask":
            claim.calls.append(service)
        return code, output

    def _upload(self, given: dict[str, Any]) -> tuple[int, dict[str, Any] | str]:
        number, lines = str(given.get("mdtrt_id", "")), given.get("feedetail")
        if not number or not given.get("psn_no") or not isinstance(lines, list) or not lines:
            return REFUSED, "缺少必填项"
        try:
            amounts = [Decimal(line["det_item_fee_sumamt"]) for line in lines]
            base = Decimal(given["medfee_sumamt"])
            is_priced = all(
                (Decimal(line["cnt"]) * Decimal(line["pric"])).quantize(_FEN, ROUND_HALF_UP) - amount <= _FEN
                for line, amount in zip(lines, amounts, strict=True)
            )
        except (KeyError, TypeError, InvalidOperation):
            return REFUSED, "金额格式错误"
        if min(amounts) <= 0 or sum(amounts) != base or not is_priced:
            return REFUSED, "明细金额与总额不符，或含零金额明细"
        known = self.ledger.claims.get(number)
        if known is not None and (known.state != "uploaded" or known.base != str(base)):
            return REFUSED, "就诊编号已使用"
        if known is None:
            texts = [{name: str(value) for name, value in line.items()} for line in lines]
            self.ledger.claims[number] = Claim(
                number=number, insured=str(given["psn_no"])[-4:], base=str(base), lines=texts
            )
        return DONE, {}

    def _price(self, given: dict[str, Any]) -> tuple[int, dict[str, Any] | str]:
        claim = self._find(given)
        if claim is None or claim.state == "cancelled":
            return UNKNOWN, "未找到已上传的明细"
        return DONE, {"setlinfo": share(claim)}

    def _settle(self, given: dict[str, Any]) -> tuple[int, dict[str, Any] | str]:
        claim = self._find(given)
        if claim is None or claim.state == "cancelled":
            return UNKNOWN, "未找到已上传的明细"
        if claim.state != "settled":
            claim.state, claim.settlement = "settled", f"S{self.ledger.next_settlement}"
            self.ledger.next_settlement += 1
        return DONE, {"setlinfo": share(claim)}

    def _cancel_settlement(self, given: dict[str, Any]) -> tuple[int, dict[str, Any] | str]:
        claim = self._find(given)
        if claim is None or (claim.state == "settled" and given.get("setl_id") != claim.settlement):
            return UNKNOWN, "未找到该结算"
        if claim.state == "settled":
            claim.state, claim.settlement = "uploaded", ""
        return DONE, {}

    def _cancel_upload(self, given: dict[str, Any]) -> tuple[int, dict[str, Any] | str]:
        claim = self._find(given)
        if claim is None:
            return UNKNOWN, "未找到已上传的明细"
        if claim.state == "settled":
            return REFUSED, "已结算，请先撤销结算"
        claim.state = "cancelled"
        return DONE, {}

    def _tell(self, given: dict[str, Any]) -> tuple[int, dict[str, Any] | str]:
        claim = self._find(given)
        if claim is None:
            return DONE, {"state": "unknown"}
        return DONE, {"state": claim.state, "setlinfo": share(claim)}

    def _find(self, given: dict[str, Any]) -> Claim | None:
        return self.ledger.claims.get(str(given.get("mdtrt_id", "")))


def share(claim: Claim) -> dict[str, str]:
    """Fund and account take their fixed parts of the base, the patient the rest."""
    base = Decimal(claim.base)
    fund = (base * FUND).quantize(_FEN, ROUND_HALF_UP)
    account = min((base * ACCOUNT).quantize(_FEN, ROUND_HALF_UP), base - fund)
    return {
        "medfee_sumamt": str(base),
        "fund_pay_sumamt": str(fund),
        "acct_pay": str(account),
        "psn_cash_pay": str(base - fund - account),
        "setl_id": claim.settlement,
    }


def recall_ledger(path: Path | None) -> BureauLedger:
    """What was written down, or an empty ledger."""
    if path is not None:
        try:
            return msgspec.json.decode(path.read_bytes(), type=BureauLedger)
        except (FileNotFoundError, msgspec.DecodeError):
            pass
    return BureauLedger()


def write_ledger(path: Path | None, ledger: BureauLedger) -> None:
    """Writes the file anew; without a path everything is forgotten."""
    if path is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_bytes(msgspec.json.encode(ledger))
    draft.replace(path)
