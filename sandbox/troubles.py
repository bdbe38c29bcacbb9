"""What is to go wrong with an order at a wallet or a card terminal; set through the control interface."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from sandbox.acquirer.scenario import UnknownScenario


class Refunds(StrEnum):
    """How a refund ends. SLOW is carried out but answered after the caller gave up; ERROR does nothing."""

    DONE = "DONE"
    PENDING = "PENDING"
    REFUSED = "REFUSED"
    SLOW = "SLOW"
    ERROR = "ERROR"


@dataclass(frozen=True, kw_only=True)
class Troubles:
    """The plan for one order; counters are taken down as they are used up. `total`: CNY taken instead of the price."""

    slow_starts: int = 0
    slow_queries: int = 0
    failing_queries: int = 0
    failing_ends: int = 0
    forged_answers: int = 0
    total: str = ""
    refunds: Refunds = Refunds.DONE

    def changed(self, changes: dict[str, Any]) -> Troubles:
        """A copy with these fields, each checked; raises UnknownScenario."""
        return replace(self, **{name: _checked(name, value) for name, value in changes.items()})


_TYPES: dict[str, type] = {
    field.name: {"int": int, "str": str}.get(str(field.type), Refunds) for field in fields(Troubles)
}


def _checked(name: str, value: Any) -> Any:
    if name not in _TYPES:
        raise UnknownScenario(f"no field {name}; there are {', '.join(_TYPES)}")
    if _TYPES[name] is Refunds:
        try:
            return Refunds(value)
        except ValueError:
            raise UnknownScenario(f"{name}: one of {', '.join(Refunds)}") from None
    if type(value) is not _TYPES[name]:
        raise UnknownScenario(f"{name}: {_TYPES[name].__name__}")
    return value


class TroubleBook:
    """The plans of all orders, present and future; `*` stands for every order."""

    def __init__(self) -> None:
        self._plans: dict[str, Troubles] = {}

    def clear(self) -> None:
        """Forget everything."""
        self._plans.clear()

    def of(self, number: str) -> Troubles:
        """The plan for this order."""
        return self._plans.get(number) or self._plans.get("*") or Troubles()

    def force(self, number: str, changes: dict[str, Any]) -> Troubles:
        """Fix fields of a plan; raises UnknownScenario."""
        self._plans[number] = self.of(number).changed(changes)
        return self._plans[number]

    def take(self, number: str, counter: str) -> bool:
        """Whether a counter of the plan is still up; takes one off."""
        left: int = getattr(self.of(number), counter)
        if left > 0:
            self.force(number, {counter: left - 1})
        return left > 0
