"""Refunds of a scenario, in sequence, after everything was paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hospital.billing.errors import ChargeUnknown, LineExecuted, NothingToRefund
from hospital.billing.rules.payers import UploadedLine, list_upload_again, round_cash
from hospital.billing.rules.refunds import add_part, compute_refund_part
from hospital.billing.scenarios.paying import Payment
from hospital.billing.scenarios.values import Row, find_count, read_counts, read_flag, read_number, read_text
from hospital.billing.scenarios.visits import Line
from hospital.billing.types import ChargedAmounts, RefundedAmounts, RefundPart
from hospital.kernel.errors import Refusal
from hospital.kernel.money import ZERO, round_half_up


@dataclass(frozen=True, slots=True)
class Step:
    """What a step gave back: parts by line number, or a refusal with the numbers it names.

    `cash_back` is what the till hands out, None where cash is not rounded. `upload_again` is what the national
    insurance gets after the step, None where it got nothing.
    """

    wanted: str
    is_package: bool
    parts: tuple[tuple[int, RefundPart], ...] = ()
    cash_back: Decimal | None = None
    upload_again: tuple[UploadedLine, ...] | None = None
    refusal: Refusal | None = None
    named: tuple[int, ...] = ()

    @property
    def paid_back(self) -> Decimal:
        """All parts together."""
        return sum((part.paid_back for _no, part in self.parts), ZERO)


class RefundRun:
    """Refunds one after the other. A refused step changes nothing, and the next goes on from there."""

    def __init__(self, lines: Sequence[Line], payment: Payment) -> None:
        self._lines = {line.no: line for line in lines}
        self._payment = payment
        self._refunded = {line.no: RefundedAmounts() for line in lines}
        self._paid_back = ZERO
        self._handed = ZERO

    def take(self, row: Row) -> Step:
        """One step; refusals are its answer."""
        is_package = row.get("package") is not None
        wanted = read_text(row, "package") if is_package else str(find_count(row, "line") or 0)
        named: tuple[int, ...] = ()
        try:
            if is_package:
                named = self._list_executed(row, wanted)
                parts = self._refund_package(wanted, named)
            else:
                parts = [self._refund_line(row)]
        except Refusal as refusal:
            return Step(wanted, is_package, refusal=refusal, named=named)
        for no, part in parts:
            self._refunded[no] = add_part(self._refunded[no], part)
            self._paid_back += part.paid_back
        return Step(
            wanted, is_package, tuple(parts), cash_back=self._hand_out(), upload_again=self._list_upload_again()
        )

    def _refund_line(self, row: Row) -> tuple[int, RefundPart]:
        no = find_count(row, "line") or 0
        line = self._lines.get(no)
        if line is None:
            raise ChargeUnknown
        is_executed = read_flag(row, "executed") and not read_flag(row, "reversed")
        return no, self._compute(line, read_number(row, "qty"), is_executed=is_executed)

    def _list_executed(self, row: Row, order: str) -> tuple[int, ...]:
        """The package's leaves that were carried out and not reversed, of which something is left."""
        standing = set(read_counts(row, "executed")) - set(read_counts(row, "reversed"))
        return tuple(line.no for line in self._list_left(order) if line.no in standing)

    def _refund_package(self, order: str, executed: Sequence[int]) -> list[tuple[int, RefundPart]]:
        if all(line.order != order for line in self._lines.values()):
            raise ChargeUnknown
        if executed:
            raise LineExecuted(item=", ".join(self._lines[no].priced.request.item.code for no in executed))
        left = self._list_left(order)
        if not left:
            raise NothingToRefund
        return [(line.no, self._compute(line, line.priced.request.qty - self._refunded[line.no].qty)) for line in left]

    def _list_left(self, order: str) -> list[Line]:
        return [
            line
            for line in self._lines.values()
            if line.order == order and self._refunded[line.no].qty < line.priced.request.qty
        ]

    def _compute(self, line: Line, qty: Decimal, *, is_executed: bool = False) -> RefundPart:
        priced, share = line.priced, line.share
        charged = ChargedAmounts(
            qty=priced.request.qty,
            base=priced.base,
            total=priced.total,
            discount=share.discount,
            to_adjudication=share.to_adjudication,
        )
        return compute_refund_part(
            item=priced.request.item.code,
            charged=charged,
            refunded=self._refunded[line.no],
            qty=qty,
            out=priced.request.qty - self._refunded[line.no].qty if is_executed else ZERO,
        )

    def _hand_out(self) -> Decimal | None:
        """The cash of this step: cumulative, so that all steps together hand out what was taken (brief §1.6.12).

        Where other tenders paid too, cash gets its share of what has been paid back so far.
        """
        payment = self._payment
        if payment.cash is None or payment.step is None:
            return None
        payable = payment.totals.payable
        owed = round_half_up(self._paid_back * payment.cash / payable) if payable else ZERO
        handed = round_cash(owed, payment.step)
        back, self._handed = handed - self._handed, handed
        return back

    def _list_upload_again(self) -> tuple[UploadedLine, ...] | None:
        national = self._payment.national
        return None if national is None else list_upload_again(national, self._refunded)
