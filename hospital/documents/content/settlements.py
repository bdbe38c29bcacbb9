"""The content of the daily settlement."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from hospital.documents.content.blocks import Block, letterhead_block, optional_pair, pair, signature_blocks
from hospital.documents.formatting import amount_in_words, format_moment, format_money
from hospital.documents.types.settlements import DailySettlement, SettlementReceipts, SettlementRow
from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText


def daily_settlement(settlement: DailySettlement, *, on: date) -> Block:  # noqa: ARG001 - as every builder takes it
    """The settlement as it is filed."""
    return {
        "hospital": letterhead_block(settlement.letterhead),
        "title": {"zh": "收费日结单", "en": "Daily settlement"},
        "running": settlement.number,
        "number": settlement.number,
        "till": pair(settlement.till),
        "from": pair(format_moment(settlement.started_at)),
        "to": pair(format_moment(settlement.ended_at)),
        "entries": str(settlement.entries),
        "tenders": _rows(settlement.tenders),
        "classes": _rows(settlement.classes),
        "payers": _rows(settlement.payers),
        "total": _row(settlement.total),
        "rounding": format_money(settlement.rounding) if settlement.rounding else None,
        "covered": format_money(-settlement.covered) if settlement.covered else None,
        "words": pair(amount_in_words(_net(settlement.total))) if _net(settlement.total) >= 0 else None,
        "receipts": _receipts(settlement.receipts),
        "cash": _cash(settlement),
        "signs": signature_blocks(settlement.signatures),
    }


def _net(row: SettlementRow) -> Decimal:
    return row.came + row.went


def _rows(rows: Iterable[SettlementRow]) -> list[Block]:
    return [_row(row) for row in rows]


def _row(row: SettlementRow) -> Block:
    return {
        "name": pair(row.name),
        "payments": str(row.payments),
        "came": format_money(row.came),
        "refunds": str(row.refunds),
        "went": format_money(row.went),
        "net": format_money(_net(row)),
    }


def _receipts(receipts: SettlementReceipts) -> list[Block]:
    kinds: tuple[tuple[BilingualText, int, Sequence[str]], ...] = (
        (BilingualText("开具", "Issued"), receipts.issued, receipts.issued_numbers),
        (BilingualText("红冲", "Reversed (red)"), receipts.red, receipts.red_numbers),
        (BilingualText("作废纸质票据", "Papers voided"), receipts.void_papers, receipts.void_numbers),
        (BilingualText("尚无号码", "Without a number yet"), receipts.open, ()),
    )
    return [{"name": pair(name), "count": str(count), "numbers": list(numbers)} for name, count, numbers in kinds]


def _cash(settlement: DailySettlement) -> Block | None:
    counted = settlement.cash_counted
    if counted is None:
        return None
    return {
        "pieces": [
            {"piece": format_money(piece), "number": str(number), "worth": format_money(piece * number)}
            for piece, number in settlement.pieces
        ],
        "expected": format_money(settlement.cash_expected),
        "counted": format_money(counted),
        "difference": format_money(counted - settlement.cash_expected or ZERO),
        "cause": optional_pair(settlement.cause),
        "explanation": settlement.explanation,
        "handed": optional_pair(settlement.handed_in),
    }
