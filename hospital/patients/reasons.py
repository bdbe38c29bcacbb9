"""Reasons that staff give for what is logged."""

from typing import Final

from hospital.patients.errors import ReasonNeeded

_SHORTEST: Final = 10


def checked_reason(reason: str) -> str:
    """The reason without blanks around it; refuses with `ReasonNeeded` below ten characters."""
    reason = reason.strip()[:1000]
    if len(reason) < _SHORTEST:
        raise ReasonNeeded
    return reason
