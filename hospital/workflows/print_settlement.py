"""The daily settlement on paper (F46, F48, N16)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.billing.types import Payer
from hospital.catalog.types import FeeClass
from hospital.documents.api import (
    DailySettlement,
    DocumentKind,
    PaperLanguage,
    RenderedPaper,
    SettlementReceipts,
    SettlementRow,
    Signature,
    Subject,
)
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.payments.states import Channel
from hospital.tills.api import get_closing, list_entries, sum_closings
from hospital.tills.types import Cause, ClosingInfo, Row, TillKind
from hospital.workflows.paper_words import letterhead_at, name_of_staff
from hospital.workflows.payment_words import WAYS
from hospital.workflows.price_notice_words import CLASSES
from hospital.workflows.print_paper import print_paper
from hospital.workflows.settlement_receipts import SettledReceipts, join_ranges, list_settled_receipts

PAYERS = {
    Payer.SELF: BilingualText("患者", "Patients"),
    Payer.COMMERCIAL: BilingualText("商业保险", "Commercial insurers"),
    Payer.NATIONAL: BilingualText("基本医疗保险", "National health insurance"),
}
CAUSES = {
    Cause.MISCOUNTED: BilingualText("收付时点错", "Miscounted when taking or giving"),
    Cause.WRONG_CHANGE: BilingualText("找零有误", "Wrong change given"),
    Cause.FLOAT_MIXED: BilingualText("备用金混入或漏计", "Float mixed in or left out"),
    Cause.COUNTERFEIT: BilingualText("收到假币", "Counterfeit note"),
    Cause.UNKNOWN: BilingualText("原因未查明", "Cause not found"),
}
_TILLS = {
    TillKind.ONLINE: BilingualText("患者手机支付", "Patients’ phones"),
    TillKind.PARTNER: BilingualText("自助机与合作渠道", "Kiosks and partners"),
}
_CASHIER, _CHECKER = BilingualText("收费员", "Cashier"), BilingualText("复核", "Checker")
_FINANCE = BilingualText("财务入账", "Taken into the ledger")
_TOTAL = BilingualText("合计", "Total")


def print_settlement(*, closing_id: UUID, language: PaperLanguage, actor: Actor, now: datetime) -> RenderedPaper:
    """Prints a settlement; signatures and receipt numbers that came since the last print replace the older paper.

    Refuses `ClosingUnknown`.
    """
    closing = get_closing(closing_id=closing_id, actor=actor)
    return print_paper(
        kind=DocumentKind.DAILY_SETTLEMENT,
        subject=Subject("tills.closing", str(closing.id)),
        person_id=None,
        content=settlement_paper(closing=closing),
        language=language,
        actor=actor,
        now=now,
    )


def settlement_paper(*, closing: ClosingInfo) -> DailySettlement:
    """What the paper of a settlement says: its sums with refunds in, receipts, cash and signatures."""
    entries = list_entries(closing_ids=[closing.id])
    summary = sum_closings(closing_ids=[closing.id])
    receipts = list_settled_receipts(settlement_ids={entry.settlement_id for entry in entries})
    return DailySettlement(
        letterhead=letterhead_at(campus_code=closing.campus_code),
        number=closing.number,
        till=_till(closing),
        started_at=closing.started_at,
        ended_at=closing.ended_at,
        entries=closing.entries,
        tenders=_rows(summary.by_channel, lambda code: WAYS[Channel(code)].name),
        classes=_rows(summary.by_class, lambda code: CLASSES[FeeClass(code)]),
        payers=_rows(summary.by_payer, lambda code: PAYERS[Payer(code)]),
        total=_row(summary.total, _TOTAL),
        rounding=summary.rounding,
        covered=summary.covered,
        receipts=_receipts(receipts),
        cash_expected=closing.cash_expected,
        cash_counted=closing.cash_counted,
        pieces=_pieces(closing.counts),
        cause=CAUSES[closing.cause] if closing.cause else None,
        explanation=closing.explanation,
        handed_in=_handed_in(closing),
        signatures=_signatures(closing),
    )


def _till(closing: ClosingInfo) -> BilingualText:
    if closing.kind is TillKind.CASHIER:
        return name_of_staff(staff_id=closing.closed_by_id, otherwise=closing.closed_by)
    name = _TILLS[closing.kind]
    return BilingualText(f"{name.zh} {closing.holder}".strip(), f"{name.en} {closing.holder}".strip())


def _rows(rows: Iterable[Row], name_of: Callable[[str], BilingualText]) -> tuple[SettlementRow, ...]:
    return tuple(_row(row, name_of(row.code)) for row in rows)


def _row(row: Row, name: BilingualText) -> SettlementRow:
    return SettlementRow(name=name, payments=row.payments, came=row.came, refunds=row.refunds, went=row.went)


def _receipts(found: SettledReceipts) -> SettlementReceipts:
    return SettlementReceipts(
        issued=len(found.issued),
        issued_numbers=join_ranges(found.issued),
        red=len(found.red),
        red_numbers=join_ranges(found.red),
        void_papers=len(found.void_papers),
        void_numbers=join_ranges(found.void_papers),
        open=found.open,
    )


def _pieces(counts: Mapping[str, int]) -> tuple[tuple[Decimal, int], ...]:
    pieces = ((Decimal(piece), number) for piece, number in counts.items())
    return tuple(sorted(pieces, reverse=True))


def _handed_in(closing: ClosingInfo) -> BilingualText | None:
    """The bank bag and the float, as far as they were told."""
    parts = []
    if closing.bag_number:
        parts.append(BilingualText(f"封包号 {closing.bag_number}", f"Bank bag {closing.bag_number}"))
    if closing.float_kept is not None:
        amount = f"{closing.float_kept:,.2f}"
        parts.append(BilingualText(f"备用金 {amount} 元留存", f"float of CNY {amount} stays in the drawer"))
    if not parts:
        return None
    return BilingualText("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def _signatures(closing: ClosingInfo) -> tuple[Signature, ...]:
    posted = Signature(role=_FINANCE, name=_known(closing.posted_by_id, closing.posted_by), signed_at=closing.posted_at)
    if closing.kind is not TillKind.CASHIER:
        return (posted,)
    return (
        Signature(role=_CASHIER, name=_till(closing), signed_at=closing.ended_at),
        Signature(role=_CHECKER, name=_known(closing.checked_by_id, closing.checked_by), signed_at=closing.checked_at),
        posted,
    )


def _known(staff_id: str, label: str) -> BilingualText | None:
    return name_of_staff(staff_id=staff_id, otherwise=label) if label else None
