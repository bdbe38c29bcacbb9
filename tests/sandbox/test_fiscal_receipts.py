"""The adapter of the finance authority's platform against the sandbox's, over its real protocol (F48)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest

from hospital.integrations.fiscal.platform import FiscalGateway
from hospital.integrations.fiscal.wire import FiscalConfig
from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText
from hospital.receipts.ports import (
    OUTPATIENT,
    FiscalDone,
    FiscalRejected,
    FiscalUnavailable,
    IssuedNumber,
    IssueRequest,
    PaperRequest,
    ReverseRequest,
    VoidPaperRequest,
)
from hospital.receipts.types import ReceiptChannel, ReceiptClass, ReceiptContent, ReceiptLine, ReceiptShares
from sandbox.process import SandboxAddress, SandboxClient

pytestmark = pytest.mark.requirement("F48", "N16")
NOW = datetime(2026, 11, 25, 2, 30, 5, 123000, tzinfo=UTC)


@pytest.fixture
def config(sandbox: SandboxClient) -> FiscalConfig:
    address = sandbox.address
    return FiscalConfig(
        url=f"{address.url}/fiscal",
        region="440100",
        unit="IMCGZ",
        app_id=address.fiscal_app_id,
        app_key=address.fiscal_app_key,
        connect_seconds=2,
        answer_seconds=5,
    )


@pytest.fixture
def platform(config: FiscalConfig) -> FiscalGateway:
    return FiscalGateway(config)


def content(**changes: object) -> ReceiptContent:
    amount = Decimal("48.39")
    values: dict[str, Any] = {
        "payer_name": "莫罗·卡米耶 MOREAU Camille Anne",
        "department": BilingualText("呼吸内科", "Respiratory Medicine"),
        "case_number": "V261125-000457",
        "bill_number": "S261125-000017",
        "cashier": BilingualText("何晓敏", "HE Xiaomin"),
        "paid_at": NOW,
        "classes": (ReceiptClass(code="09", name=BilingualText("西药费", "Western drugs"), lines=1, amount=amount),),
        "lines": (
            ReceiptLine(
                key="1",
                class_code="09",
                code="X-1",
                name=BilingualText("氯化钠注射液", "Sodium chloride"),
                spec=BilingualText("250 mL", "250 mL"),
                unit=BilingualText("袋", "bag"),
                qty=Decimal(14),
                price=Decimal("3.4567"),
                amount=amount,
            ),
        ),
        "channels": (ReceiptChannel(code="01", name=BilingualText("现金", "Cash"), amount=amount),),
        "shares": ReceiptShares(fund=ZERO, account=ZERO, other=ZERO, cash=amount),
        "total": amount,
    }
    return ReceiptContent(**(values | changes))


def request(number: str = "E261125-000001", **changes: object) -> IssueRequest:
    return IssueRequest(
        business_number=number,
        receipt_type=OUTPATIENT,
        place_code="IMC",
        at=NOW,
        payer_document="19FV82641",
        content=content(**changes),
    )


def reversal(issued: IssuedNumber) -> ReverseRequest:
    return ReverseRequest(
        batch=issued.batch, number=issued.number, place_code="IMC", operator="HE Xiaomin", reason="退费", at=NOW
    )


def test_a_receipt_is_issued_once_with_amounts_as_the_protocol_wants_them(
    platform: FiscalGateway, sandbox: SandboxClient
) -> None:
    issued = platform.issue(request())
    assert (len(issued.number), len(issued.check_code)) == (10, 6)
    with pytest.raises(FiscalDone):
        platform.issue(request())
    (told,) = sandbox.list_fiscal_receipts()
    sent = told["request"]
    assert (sent["busType"], sent["busDateTime"], sent["totalAmt"]) == ("02", "20261125103005123", "48.39")
    assert (sent["listDetail"][0]["std"], sent["listDetail"][0]["amt"]) == ("3.4567", "48.3900")
    assert sent["chargeDetail"][0]["amt"] == "48.39"
    known = platform.find("E261125-000001")
    assert known is not None
    assert (known.blue, known.amount, known.red, known.paper) == (issued, Decimal("48.39"), None, None)
    assert platform.find("E261125-999999") is None


def test_a_reversal_gives_a_red_number_once(platform: FiscalGateway) -> None:
    issued = platform.issue(request())
    red = platform.reverse(reversal(issued))
    assert red.number not in ("", issued.number)
    with pytest.raises(FiscalDone):
        platform.reverse(reversal(issued))
    known = platform.find("E261125-000001")
    assert known is not None
    assert known.red == red


def test_a_paper_locks_the_receipt_until_it_is_void(platform: FiscalGateway) -> None:
    issued = platform.issue(request())
    paper = platform.next_paper("IMC")
    swap = PaperRequest(
        batch=issued.batch, number=issued.number, paper=paper, place_code="IMC", operator="HE Xiaomin", at=NOW
    )
    platform.swap_to_paper(swap)
    with pytest.raises(FiscalDone):
        platform.swap_to_paper(swap)
    with pytest.raises(FiscalRejected, match="请先作废纸质票据"):
        platform.reverse(reversal(issued))
    known = platform.find("E261125-000001")
    assert known is not None
    assert known.paper == paper
    assert platform.next_paper("IMC") != paper
    void = VoidPaperRequest(paper=paper, place_code="IMC", operator="HE Xiaomin", reason="收回", at=NOW)
    platform.void_paper(void)
    with pytest.raises(FiscalDone):
        platform.void_paper(void)
    assert platform.reverse(reversal(issued)).number
    spoiled = platform.next_paper("IMC")
    platform.void_paper(replace(void, paper=spoiled, reason="卡纸"))
    assert platform.next_paper("IMC") != spoiled, "a blank that was spoiled is never used"


def test_amounts_that_do_not_add_up_are_refused(platform: FiscalGateway, sandbox: SandboxClient) -> None:
    with pytest.raises(FiscalRejected, match="支付渠道合计与总金额不符"):
        platform.issue(request(channels=()))
    assert sandbox.list_fiscal_receipts() == []


@pytest.mark.parametrize("trouble", ["slow", "down", "unsigned"])
def test_no_answer_is_no_refusal(config: FiscalConfig, sandbox: SandboxClient, trouble: str) -> None:
    sandbox.trouble_fiscal(**{trouble: 1})
    platform = FiscalGateway(replace(config, answer_seconds=0.3))
    with pytest.raises(FiscalUnavailable):
        platform.issue(request())
    known = platform.find("E261125-000001")
    assert (known is None) == (trouble == "down")
    assert len(sandbox.list_fiscal_receipts()) == (0 if trouble == "down" else 1)


def test_a_refusal_tells_the_platforms_words(platform: FiscalGateway, sandbox: SandboxClient) -> None:
    sandbox.trouble_fiscal(refused=1, fault="开票点未启用")
    with pytest.raises(FiscalRejected) as refusal:
        platform.issue(request())
    assert (refusal.value.code, refusal.value.fault) == ("E0300", "开票点未启用")
    assert platform.issue(request()).number


def test_a_call_with_a_wrong_key_is_not_carried_out(config: FiscalConfig, sandbox: SandboxClient) -> None:
    stranger = FiscalGateway(replace(config, app_key="guessed"))
    with pytest.raises(FiscalUnavailable):
        stranger.issue(request())
    assert sandbox.list_fiscal_receipts() == []


def test_the_legal_copy_is_a_chinese_paper_of_the_platforms_own_host(
    platform: FiscalGateway, sandbox_address: SandboxAddress
) -> None:
    issued = platform.issue(request())
    copy = platform.fetch_copy(issued.copy_url)
    assert (copy.media_type, copy.body[:5]) == ("application/pdf", b"%PDF-")
    with pytest.raises(FiscalRejected):
        platform.fetch_copy("https://elsewhere.test/receipt.pdf")
    with pytest.raises(FiscalUnavailable):
        platform.fetch_copy(f"{issued.copy_url.rsplit('/', 1)[0]}/000000.pdf")
    page = httpx.get(f"{sandbox_address.url}/fiscal/receipts?lang=zh", trust_env=False, timeout=10)
    assert issued.number in page.text
