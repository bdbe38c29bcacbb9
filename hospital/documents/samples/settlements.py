"""Samples of the daily settlement. Figures and numbers are invented."""

from datetime import UTC, datetime
from decimal import Decimal

from hospital.documents.samples import people
from hospital.documents.types import DailySettlement, PaperContent, SettlementReceipts, SettlementRow, Signature
from hospital.kernel.types import BilingualText as Text

_STARTED = datetime(2026, 11, 23, 9, 32, tzinfo=UTC)
_ENDED = datetime(2026, 11, 24, 9, 41, tzinfo=UTC)
_SIGNS = (
    Signature(role=Text("收费员", "Cashier"), name=people.HE, signed_at=_ENDED),
    Signature(role=Text("复核", "Checker")),
    Signature(role=Text("财务", "Finance office")),
)


def _row(zh: str, en: str, payments: int, came: str, refunds: int = 0, went: str = "0.00") -> SettlementRow:
    return SettlementRow(name=Text(zh, en), payments=payments, came=Decimal(came), refunds=refunds, went=Decimal(went))


def _cashier() -> DailySettlement:
    return DailySettlement(
        letterhead=people.LETTERHEAD,
        number="D261124-00017",
        till=Text("何晓敏", "HE Xiaomin"),
        started_at=_STARTED,
        ended_at=_ENDED,
        entries=41,
        tenders=(
            _row("现金", "Cash", 9, "1284.50", 1, "-39.00"),
            _row("银行卡（刷卡终端）", "Card at the window", 18, "15230.00", 2, "-412.60"),
            _row("微信支付（付款码）", "WeChat Pay, code scanned", 11, "1720.80"),
        ),
        classes=(
            _row("诊察", "Consultation", 24, "9600.00", 1, "-300.00"),
            _row("检验", "Laboratory tests", 17, "4311.26", 2, "-151.60"),
            _row("检查", "Imaging and examinations", 12, "5980.00"),
            _row("西药", "Western medicines", 9, "744.02"),
        ),
        payers=(
            _row("患者", "Patients", 38, "18235.30", 3, "-451.60"),
            _row("商业保险", "Commercial insurers", 2, "2400.00"),
        ),
        total=_row("合计", "Total", 38, "18235.30", 3, "-451.60"),
        rounding=Decimal("0.02"),
        covered=Decimal("2400.00"),
        receipts=SettlementReceipts(
            issued=38,
            issued_numbers=("0004417120–0004417141", "0004417145", "0004417150–0004417164"),
            red=3,
            red_numbers=("0004417142", "0004417148–0004417149"),
            void_papers=1,
            void_numbers=("A0017731",),
            open=0,
        ),
        cash_expected=Decimal("1245.50"),
        cash_counted=Decimal("1243.00"),
        pieces=(
            (Decimal(100), 11),
            (Decimal(50), 2),
            (Decimal(20), 2),
            (Decimal(1), 3),
        ),
        cause=Text("找零有误", "Wrong change given"),
        explanation="B261124-00311: +¥2.50",
        signatures=_SIGNS,
    )


def _machine() -> DailySettlement:
    return DailySettlement(
        letterhead=people.LETTERHEAD,
        number="D261124-00018",
        till=Text("患者手机", "Patients’ phones"),
        started_at=_STARTED,
        ended_at=_ENDED,
        entries=1,
        tenders=(_row("微信支付", "WeChat Pay", 1, "390.00"),),
        classes=(_row("挂号", "Registration", 1, "390.00"),),
        payers=(_row("患者", "Patients", 1, "390.00"),),
        total=_row("合计", "Total", 1, "390.00"),
        rounding=Decimal("0.00"),
        covered=Decimal("0.00"),
        receipts=SettlementReceipts(
            issued=1, issued_numbers=("0004417165",), red=0, red_numbers=(), void_papers=0, void_numbers=(), open=0
        ),
        cash_expected=Decimal("0.00"),
        cash_counted=None,
        signatures=(Signature(role=Text("财务", "Finance office")),),
    )


def settlement_samples() -> dict[str, PaperContent]:
    """A cashier's day with a difference, and a machine's."""
    return {"daily-settlement": _cashier(), "daily-settlement-machine": _machine()}
