"""A finance authority's platform that says what it is told to say."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from itertools import count

from hospital.receipts.ports import (
    FiscalDone,
    FiscalRejected,
    FiscalUnavailable,
    IssuedNumber,
    IssueRequest,
    KnownReceipt,
    PaperNumber,
    PaperRequest,
    ReceiptCopy,
    ReverseRequest,
    VoidPaperRequest,
)


class FakePlatform:
    """Keeps receipts in a dict. `troubles` are taken by the next calls of a method, in order.

    A trouble is `LOST` (carried out, never answered), `DOWN` (not carried out, not answered), or a refusal's text.
    """

    def __init__(self) -> None:
        self.known: dict[str, KnownReceipt] = {}
        self.requests: list[IssueRequest] = []
        self.reversals: list[ReverseRequest] = []
        self.calls: list[str] = []
        self.troubles: dict[str, list[str]] = {}
        self.voided: list[PaperNumber] = []
        self._numbers = count(1)
        self._papers = count(500)

    @property
    def blue_total(self) -> Decimal:
        """Everything that was ever issued."""
        return sum((one.amount for one in self.known.values()), Decimal("0.00"))

    @property
    def red_total(self) -> Decimal:
        """Everything that was taken back."""
        return sum((one.amount for one in self.known.values() if one.red), Decimal("0.00"))

    def issue(self, request: IssueRequest) -> IssuedNumber:
        trouble = self._trouble("issue")
        if request.business_number in self.known:
            raise FiscalDone
        number = self._number(request.at)
        self.requests.append(request)
        self.known[request.business_number] = KnownReceipt(
            blue=number, amount=request.content.total, red=None, paper=None
        )
        self._lose(trouble)
        return number

    def reverse(self, request: ReverseRequest) -> IssuedNumber:
        trouble = self._trouble("reverse")
        name, found = self._find(request.batch, request.number)
        if found.paper:
            raise FiscalRejected(code="E0105", fault="已换开纸质票据")
        if found.red:
            raise FiscalDone
        red = self._number(request.at)
        self.reversals.append(request)
        self.known[name] = KnownReceipt(blue=found.blue, amount=found.amount, red=red, paper=None)
        self._lose(trouble)
        return red

    def find(self, business_number: str) -> KnownReceipt | None:
        self._lose(self._trouble("find"))
        return self.known.get(business_number)

    def next_paper(self, place_code: str) -> PaperNumber:
        self._trouble("next_paper")
        return PaperNumber(batch="PB26", number=f"{next(self._papers):010d}")

    def swap_to_paper(self, request: PaperRequest) -> None:
        trouble = self._trouble("swap_to_paper")
        name, found = self._find(request.batch, request.number)
        if found.paper:
            raise FiscalDone
        self.known[name] = KnownReceipt(blue=found.blue, amount=found.amount, red=found.red, paper=request.paper)
        self._lose(trouble)

    def void_paper(self, request: VoidPaperRequest) -> None:
        trouble = self._trouble("void_paper")
        if request.paper in self.voided:
            raise FiscalDone
        self.voided.append(request.paper)
        for name, found in self.known.items():
            if found.paper == request.paper:
                self.known[name] = KnownReceipt(blue=found.blue, amount=found.amount, red=found.red, paper=None)
        self._lose(trouble)

    def fetch_copy(self, copy_url: str) -> ReceiptCopy:
        self._lose(self._trouble("fetch_copy"))
        return ReceiptCopy(media_type="application/pdf", body=b"%PDF-1.7")

    def _trouble(self, method: str) -> str:
        self.calls.append(method)
        queued = self.troubles.get(method)
        trouble = queued.pop(0) if queued else ""
        if trouble == "DOWN":
            raise FiscalUnavailable("down")
        if trouble not in ("", "LOST"):
            raise FiscalRejected(code="E0300", fault=trouble)
        return trouble

    def _lose(self, trouble: str) -> None:
        if trouble == "LOST":
            raise FiscalUnavailable("lost")

    def _find(self, batch: str, number: str) -> tuple[str, KnownReceipt]:
        for name, known in self.known.items():
            if (known.blue.batch, known.blue.number) == (batch, number):
                return name, known
        raise FiscalRejected(code="E0404", fault="票据不存在")

    def _number(self, at: datetime) -> IssuedNumber:
        number = next(self._numbers)
        return IssuedNumber(
            batch="44060126",
            number=f"{number:010d}",
            check_code=f"{number:06x}",
            issued_at=at,
            copy_url=f"https://fiscal.test/{number}",
        )


class Platform:
    """The platform that the setting FISCAL_PLATFORM leads to in these tests."""

    connected = FakePlatform()


def connected_platform() -> FakePlatform:
    return Platform.connected
