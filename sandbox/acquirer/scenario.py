"""What is to happen to an order: chosen by the test card or set through the control interface."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """The issuer's answer, in the gateway's `response.gatewayCode`."""

    APPROVED = "APPROVED"
    DECLINED = "DECLINED"
    INSUFFICIENT_FUNDS = "INSUFFICIENT_FUNDS"
    EXPIRED_CARD = "EXPIRED_CARD"
    AUTHENTICATION_FAILED = "AUTHENTICATION_FAILED"


class Webhooks(StrEnum):
    """How notifications travel."""

    NORMAL = "NORMAL"
    LOST = "LOST"
    TWICE = "TWICE"
    LATE = "LATE"


class Return(StrEnum):
    """Where the payer ends: back at the merchant, or on the gateway's last page."""

    REDIRECTED = "REDIRECTED"
    STAYS = "STAYS"


class Refunds(StrEnum):
    """How a refund ends: SLOW is carried out but answered after the client gave up; ERROR answers 500, does nothing."""

    APPROVED = "APPROVED"
    PENDING = "PENDING"
    REFUSED = "REFUSED"
    SLOW = "SLOW"
    ERROR = "ERROR"


class UnknownScenario(ValueError):
    """A control request named a field or a value that does not exist."""


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """The plan for one order; counters are taken down as they are used up."""

    outcome: Outcome = Outcome.APPROVED
    challenge: bool = True
    pending: bool = False
    slow_retrievals: int = 0
    failing_retrievals: int = 0
    webhooks: Webhooks = Webhooks.NORMAL
    returns: Return = Return.REDIRECTED
    refunds: Refunds = Refunds.APPROVED
    captured_amount: str = ""

    def changed(self, changes: dict[str, Any]) -> Scenario:
        """A copy with these fields, each checked; raises UnknownScenario."""
        return replace(self, **{name: _checked(name, value) for name, value in changes.items()})


_ENUMS: dict[str, type[StrEnum]] = {"outcome": Outcome, "webhooks": Webhooks, "returns": Return, "refunds": Refunds}
_KINDS: dict[str, type] = {
    "challenge": bool,
    "pending": bool,
    "slow_retrievals": int,
    "failing_retrievals": int,
    "captured_amount": str,
}


def _checked(name: str, value: Any) -> Any:
    if name in _ENUMS:
        try:
            return _ENUMS[name](value)
        except ValueError:
            raise UnknownScenario(f"{name}: one of {', '.join(_ENUMS[name])}") from None
    if name not in _KINDS:
        raise UnknownScenario(f"no field {name}; there are {', '.join(field.name for field in fields(Scenario))}")
    if type(value) is not _KINDS[name]:
        raise UnknownScenario(f"{name}: a value of type {_KINDS[name].__name__}")
    return value
