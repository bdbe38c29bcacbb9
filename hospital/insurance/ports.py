"""What the bureau of the national insurance must be able to do; `config/wiring.py` connects an adapter."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from hospital.insurance.states import ClaimState


class BureauUnavailable(Exception):
    """No answer, or none that can be trusted: whether it was carried out is unknown until it is asked after."""


class BureauRejected(Exception):
    """The bureau refused, so that nothing was done. `fault` is its own text."""

    def __init__(self, *, code: str, fault: str) -> None:
        super().__init__(f"{code} {fault}".strip())
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLine:
    """One line at the public price: never the surcharged one. Lines of 0.00 are not uploaded."""

    number: int
    code: str
    qty: Decimal
    price: Decimal
    base: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """The lines of a bill under our number, for the holder of this insurance number."""

    number: str
    insured_number: str
    lines: tuple[UploadLine, ...]
    base: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class BureauShares:
    """What the bureau pays of the base, and what is left to the patient. `settlement` is its number once settled."""

    fund: Decimal
    account: Decimal
    cash: Decimal
    settlement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownClaim:
    """What the bureau knows of our number."""

    state: ClaimState
    shares: BureauShares | None


class InsuranceBureau(Protocol):
    """Every call raises `BureauUnavailable`; those that change something also `BureauRejected`."""

    def upload(self, upload: Upload) -> None:
        """2204: the lines."""

    def pre_settle(self, number: str) -> BureauShares:
        """2206: what the bureau would pay."""

    def settle(self, number: str) -> BureauShares:
        """2207: the bureau pays."""

    def cancel_settlement(self, number: str, *, settlement: str) -> None:
        """2208: the bureau takes its money back."""

    def cancel_upload(self, number: str) -> None:
        """2205: the lines are gone."""

    def find(self, number: str) -> KnownClaim | None:
        """What became of our number; None where the bureau has never heard of it."""


def insurance_bureau() -> InsuranceBureau:
    """The bureau that the settings connect (`INSURANCE_BUREAU`, a dotted path to a function without arguments)."""
    bureau: InsuranceBureau = import_string(settings.INSURANCE_BUREAU)()
    return bureau
