"""Claims as other contexts see them. Money is CNY with two places."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.insurance.states import ClaimState, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """A line to be uploaded: quantity and base of what is charged, or of what is kept after a refund."""

    charge_id: UUID
    code: str
    qty: Decimal
    price: Decimal
    base: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimInfo:
    """How a claim stands. `fault` is what the bureau refused it for; `is_waiting` while an answer is outstanding."""

    id: UUID
    number: str
    person_id: UUID
    campus_code: str
    state: ClaimState
    wanted: Wanted
    base: Decimal
    fund: Decimal
    account: Decimal
    cash: Decimal
    bureau_number: str
    fault: str
    is_waiting: bool
    opened_at: datetime
    charge_ids: frozenset[UUID]
    refund_id: UUID | None

    @property
    def is_done(self) -> bool:
        """Whether the bureau did what is wanted."""
        return self.state.value == self.wanted.value
