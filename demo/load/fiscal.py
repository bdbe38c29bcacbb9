"""The finance authority's platform of the loaded days: the sandbox's own desk, asked in the process at the day's clock.

What it issued is written into the file that the sandbox reads when it starts, so that these receipts can be reversed,
swapped and looked at like any other.
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import connection

from hospital.integrations.fiscal.answers import issue_body, read_known, read_number, read_paper, stamp
from hospital.receipts.api import keep_up
from hospital.receipts.ports import (
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
from sandbox.fiscal.desk import SUCCESS, FiscalDesk
from sandbox.fiscal.ledger import FiscalLedger
from sandbox.fiscal.memory import write_ledger
from sandbox.settings import memory_path


class LoadedPlatform:
    """Implements `hospital.receipts.ports.FiscalPlatform` without a wire."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begins anew."""
        self.ledger = FiscalLedger()
        self._desk = FiscalDesk(ledger=self.ledger, public_url=settings.SANDBOX_URL.rstrip("/"))

    def issue(self, request: IssueRequest) -> IssuedNumber:
        """Issues at the day's clock."""
        self._ask("invoiceEBillOutpatient", issue_body(request))
        receipt = self.ledger.receipts[request.business_number]
        receipt.created = stamp(request.at)
        return read_number(self._ask("getEBillStatesByBusNo", {"busNo": request.business_number}))

    def reverse(self, request: ReverseRequest) -> IssuedNumber:
        """Takes back at the day's clock."""
        body = {"reason": request.reason, "operator": request.operator}
        self._ask("writeOffEBill", {"billBatchCode": request.batch, "billNo": request.number, **body})
        receipt = self.ledger.find_number(request.batch, request.number)
        if receipt is None or receipt.red is None:
            raise LookupError(request.number)
        receipt.red.created = stamp(request.at)
        told = self._ask("getEBillStatesByBusNo", {"busNo": receipt.business_number})
        return read_number(told, prefix="scarlet")

    def find(self, business_number: str) -> KnownReceipt | None:
        """What was issued."""
        return read_known(self._ask("getEBillStatesByBusNo", {"busNo": business_number}))

    def next_paper(self, place_code: str) -> PaperNumber:
        """The next blank."""
        return read_paper(self._ask("getPaperBillNo", {"placeCode": place_code}))

    def swap_to_paper(self, request: PaperRequest) -> None:
        """The paper counts."""
        paper = {"pBillBatchCode": request.paper.batch, "pBillNo": request.paper.number}
        self._ask("turnPaper", {"billBatchCode": request.batch, "billNo": request.number, **paper})

    def void_paper(self, request: VoidPaperRequest) -> None:
        """The paper does not count."""
        self._ask("invalidPaper", {"pBillNo": request.paper.number})

    def fetch_copy(self, copy_url: str) -> ReceiptCopy:
        """There is none: it is drawn by the sandbox, which does not run while the demonstration is loaded."""
        raise FiscalUnavailable(copy_url)

    def _ask(self, service: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        code, told = self._desk.answer(service, body)
        if code != SUCCESS or isinstance(told, str):
            raise ValueError(f"{service}: {told}")
        return told


_PLATFORM: Final = LoadedPlatform()


def loaded_platform() -> LoadedPlatform:
    """Where the setting FISCAL_PLATFORM leads while the demonstration is loaded."""
    return _PLATFORM


def keep_receipts(*, settlement_id: UUID, now: datetime) -> None:
    """The receipts of a bill as they were at that time."""
    with _connected():
        keep_up(settlement_id=settlement_id, now=now)


def load_fiscal() -> None:
    """Writes what was issued into the file that the sandbox reads when it starts."""
    write_ledger(memory_path(settings.DATA_DIR).with_name("fiscal.json"), _PLATFORM.ledger)
    _PLATFORM.forget()


@contextmanager
def _connected() -> Generator[None]:
    """Connects the platform. Everything is loaded in one transaction, in which receipts would refuse to call outside;
    a call here reaches nothing outside of it, so the block counts as one of a test's.
    """
    before, settings.FISCAL_PLATFORM = settings.FISCAL_PLATFORM, "demo.load.fiscal.loaded_platform"
    block: Any = connection.atomic_blocks[-1]
    was_of_a_test, block._from_testcase = block._from_testcase, True  # noqa: SLF001
    try:
        yield
    finally:
        block._from_testcase = was_of_a_test  # noqa: SLF001
        settings.FISCAL_PLATFORM = before
