"""The fiscal receipts of a daily settlement: how many of each kind, and their numbers (brief §2, 日结)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from hospital.receipts.api import list_receipts
from hospital.receipts.states import PaperState, ReceiptKind, ReceiptState

_DIGITS = "0123456789"
RANGE = "–"


@dataclass(frozen=True, slots=True)
class SettledReceipts:
    """Every number that was issued, of red receipts and of void papers, in order; `open` have no number yet."""

    issued: tuple[str, ...]
    red: tuple[str, ...]
    void_papers: tuple[str, ...]
    open: int

    @property
    def first(self) -> str:
        """The lowest number of any receipt, empty where there is none."""
        return min((*self.issued, *self.red), default="")

    @property
    def last(self) -> str:
        """The highest number of any receipt, empty where there is none."""
        return max((*self.issued, *self.red), default="")


def list_settled_receipts(*, settlement_ids: Iterable[UUID]) -> SettledReceipts:
    """The receipts of these bills, as they stand now. Two statements. The caller has checked access."""
    receipts = [each for found in list_receipts(settlement_ids=settlement_ids).values() for each in found]
    return SettledReceipts(
        issued=tuple(sorted(each.number for each in receipts if each.number and each.kind is ReceiptKind.BLUE)),
        red=tuple(sorted(each.number for each in receipts if each.number and each.kind is ReceiptKind.RED)),
        void_papers=tuple(
            sorted(paper.number for each in receipts for paper in each.papers if paper.state is PaperState.VOID)
        ),
        open=sum(1 for each in receipts if not each.number and each.state is not ReceiptState.DROPPED),
    )


def join_ranges(numbers: Iterable[str]) -> tuple[str, ...]:
    """Sorted numbers with those that follow each other as one range: `0007–0009`. Every number is in one of them."""
    ranges: list[tuple[str, str]] = []
    for number in numbers:
        if ranges and _follows(ranges[-1][1], number):
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return tuple(first if first == last else f"{first}{RANGE}{last}" for first, last in ranges)


def _follows(one: str, two: str) -> bool:
    """Whether two numbers of one length differ by one in the digits at their end."""
    if len(one) != len(two):
        return False
    letters = len(one.rstrip(_DIGITS))
    same = one[:letters] == two[:letters] and len(two.rstrip(_DIGITS)) <= letters < len(one)
    return same and int(two[letters:]) == int(one[letters:]) + 1
