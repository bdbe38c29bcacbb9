"""What receipts needs from the finance authority's platform for electronic medical receipts 医疗收费票据(电子)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from hospital.receipts.types import ReceiptContent

OUTPATIENT = "02"
"""The platform's type of a receipt for outpatient care."""


class FiscalUnavailable(Exception):
    """No answer, or one that says nothing: the call may or may not have had an effect."""


class FiscalRejected(Exception):
    """The platform understood the call and will not carry it out: nothing was issued. `fault` is in its own words."""

    def __init__(self, *, code: str, fault: str) -> None:
        self.code, self.fault = code, fault
        super().__init__(f"{code} {fault}")


class FiscalDone(Exception):
    """The platform has carried out this very call before: ask for what came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRequest:
    """One blue receipt. The same `business_number` is issued once, however often it is asked for.

    `place_code` is the point of issue, `payer_document` the number of the payer's document, empty where there is none.
    """

    business_number: str
    receipt_type: str
    place_code: str
    at: datetime
    payer_document: str
    content: ReceiptContent


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseRequest:
    """Takes back an issued receipt as a whole."""

    batch: str
    number: str
    place_code: str
    operator: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedNumber:
    """What the platform gave: batch code, number, six-character check code, address of the legal copy."""

    batch: str
    number: str
    check_code: str
    issued_at: datetime
    copy_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperNumber:
    """A number of a blank paper receipt."""

    batch: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownReceipt:
    """How a business number stands at the platform: its receipt, the red one, the paper that counts."""

    blue: IssuedNumber
    amount: Decimal
    red: IssuedNumber | None
    paper: PaperNumber | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRequest:
    """Swaps an electronic receipt for a paper one."""

    batch: str
    number: str
    paper: PaperNumber
    place_code: str
    operator: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidPaperRequest:
    """Voids a paper number, used or blank; an electronic receipt that it stood in for counts again."""

    paper: PaperNumber
    place_code: str
    operator: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptCopy:
    """The legal copy as the platform draws it."""

    media_type: str
    body: bytes


class FiscalPlatform(Protocol):
    """Every call raises `FiscalUnavailable`; those that change something also `FiscalRejected` and `FiscalDone`."""

    def issue(self, request: IssueRequest) -> IssuedNumber:
        """Issues a blue receipt. `FiscalDone`: the business number has its receipt."""

    def reverse(self, request: ReverseRequest) -> IssuedNumber:
        """Issues the red receipt. `FiscalDone`: it was taken back before."""

    def find(self, business_number: str) -> KnownReceipt | None:
        """What the platform knows of our number; None where it has never issued one."""

    def next_paper(self, place_code: str) -> PaperNumber:
        """The paper number that is next at this point of issue. `FiscalRejected`: the blanks have run out."""

    def swap_to_paper(self, request: PaperRequest) -> None:
        """The paper counts, the electronic receipt is locked. `FiscalDone`: it was swapped before."""

    def void_paper(self, request: VoidPaperRequest) -> None:
        """The paper does not count. `FiscalDone`: it was void before."""

    def fetch_copy(self, copy_url: str) -> ReceiptCopy:
        """The legal Chinese receipt as a file."""


def fiscal_platform() -> FiscalPlatform:
    """The platform that the settings connect (`FISCAL_PLATFORM`, a dotted path to a function without arguments)."""
    platform: FiscalPlatform = import_string(settings.FISCAL_PLATFORM)()
    return platform
