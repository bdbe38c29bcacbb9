"""What is to happen to an order of WeChat Pay; set through the control interface."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from sandbox.acquirer.scenario import UnknownScenario, Webhooks


class Payment(StrEnum):
    """What becomes of the payer's confirmation. USERPAYING is decided later; NOTPAY takes no money."""

    SUCCESS = "SUCCESS"
    USERPAYING = "USERPAYING"
    NOTPAY = "NOTPAY"


class Refunds(StrEnum):
    """How a refund ends. It is accepted first (PROCESSING), except where the name says otherwise.

    SLOW is carried out but answered after the caller gave up; ERROR answers 500 and does nothing; REFUSED answers
    NOT_ENOUGH.
    """

    SUCCESS = "SUCCESS"
    PROCESSING = "PROCESSING"
    ABNORMAL = "ABNORMAL"
    CLOSED = "CLOSED"
    REFUSED = "REFUSED"
    SLOW = "SLOW"
    ERROR = "ERROR"


@dataclass(frozen=True, kw_only=True)
class WechatScenario:
    """The plan for one order; counters are taken down as they are used up. `total`: fen that are taken, 0 the price."""

    payment: Payment = Payment.SUCCESS
    notices: Webhooks = Webhooks.NORMAL
    refunds: Refunds = Refunds.SUCCESS
    slow_prepays: int = 0
    slow_queries: int = 0
    failing_queries: int = 0
    failing_reversals: int = 0
    total: int = 0

    def changed(self, changes: dict[str, Any]) -> WechatScenario:
        """A copy with these fields, each checked; raises UnknownScenario."""
        return replace(self, **{name: _checked(name, value) for name, value in changes.items()})


_ENUMS: dict[str, type[StrEnum]] = {"payment": Payment, "notices": Webhooks, "refunds": Refunds}


def _checked(name: str, value: Any) -> Any:
    if name in _ENUMS:
        try:
            return _ENUMS[name](value)
        except ValueError:
            raise UnknownScenario(f"{name}: one of {', '.join(_ENUMS[name])}") from None
    names = [field.name for field in fields(WechatScenario)]
    if name not in names:
        raise UnknownScenario(f"no field {name}; there are {', '.join(names)}")
    if type(value) is not int:
        raise UnknownScenario(f"{name}: a whole number")
    return value
