"""The sums of a daily settlement as pages and files show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from hospital.catalog.types import FeeClass
from hospital.payments.states import Channel
from hospital.receipts.api import list_receipts
from hospital.receipts.states import PaperState, ReceiptKind, ReceiptState
from hospital.staff_web.cashier.words import FEE_CLASSES, WAY_NAMES
from hospital.staff_web.tills.words import PAYERS
from hospital.tills.types import Entry, Row, Summary


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A line of the sums with its name."""

    name: Promise
    icon: str
    row: Row


@dataclass(frozen=True, slots=True)
class ReceiptCount:
    """The fiscal receipts of a settlement's bills: first and last number, how many of each kind."""

    first: str
    last: str
    issued: int
    red: int
    void_papers: int
    open: int


def name_channels(summary: Summary) -> list[NamedRow]:
    """The sums by tender."""
    return [NamedRow(*WAY_NAMES[Channel(row.code)], row) for row in summary.by_channel]


def name_classes(summary: Summary) -> list[NamedRow]:
    """The sums by fee class."""
    return [NamedRow(FEE_CLASSES[FeeClass(row.code)], "", row) for row in summary.by_class]


def name_payers(summary: Summary) -> list[NamedRow]:
    """The sums by payer."""
    return [NamedRow(PAYERS[row.code], "", row) for row in summary.by_payer]


def count_receipts(entries: Iterable[Entry]) -> ReceiptCount:
    """The receipts of these entries' bills, as they stand now. Two statements."""
    ids: set[UUID] = {entry.settlement_id for entry in entries}
    receipts = [each for found in list_receipts(settlement_ids=ids).values() for each in found]
    numbers: Sequence[str] = sorted(each.number for each in receipts if each.number)
    return ReceiptCount(
        first=numbers[0] if numbers else "",
        last=numbers[-1] if numbers else "",
        issued=sum(1 for each in receipts if each.number and each.kind is ReceiptKind.BLUE),
        red=sum(1 for each in receipts if each.number and each.kind is ReceiptKind.RED),
        void_papers=sum(1 for each in receipts for paper in each.papers if paper.state is PaperState.VOID),
        open=sum(1 for each in receipts if not each.number and each.state is not ReceiptState.DROPPED),
    )
