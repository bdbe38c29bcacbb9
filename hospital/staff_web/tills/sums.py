"""The sums of a daily settlement as pages and files show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from hospital.catalog.types import FeeClass
from hospital.payments.states import Channel
from hospital.staff_web.cashier.words import FEE_CLASSES, WAY_NAMES
from hospital.staff_web.tills.words import PAYERS
from hospital.tills.types import Entry, Row, Summary
from hospital.workflows.settlement_receipts import SettledReceipts, list_settled_receipts


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A line of the sums with its name."""

    name: Promise
    icon: str
    row: Row


def name_channels(summary: Summary) -> list[NamedRow]:
    """The sums by tender."""
    return [NamedRow(*WAY_NAMES[Channel(row.code)], row) for row in summary.by_channel]


def name_classes(summary: Summary) -> list[NamedRow]:
    """The sums by fee class."""
    return [NamedRow(FEE_CLASSES[FeeClass(row.code)], "", row) for row in summary.by_class]


def name_payers(summary: Summary) -> list[NamedRow]:
    """The sums by payer."""
    return [NamedRow(PAYERS[row.code], "", row) for row in summary.by_payer]


def find_receipts(entries: Iterable[Entry]) -> SettledReceipts:
    """The receipts of these entries' bills, as they stand now. Two statements."""
    return list_settled_receipts(settlement_ids={entry.settlement_id for entry in entries})
