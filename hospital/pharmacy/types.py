"""What the front door takes and hands out."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.pharmacy.states import PrescriptionState


class RejectReason(StrEnum):
    """Why a pharmacist gives a prescription back: what the four checks and ten matches look at (domain brief 4)."""

    INDICATION = "INDICATION"
    DOSE = "DOSE"
    ADMINISTRATION = "ADMINISTRATION"  # route, frequency, duration
    DUPLICATE = "DUPLICATE"
    INTERACTION = "INTERACTION"
    ALLERGY = "ALLERGY"
    CONTRAINDICATION = "CONTRAINDICATION"
    FORM = "FORM"  # form or strength
    INCOMPLETE = "INCOMPLETE"
    SUPPLY = "SUPPLY"  # not in stock, another drug is needed
    OTHER = "OTHER"


class MoveKind(StrEnum):
    """Why the stock of a batch changed."""

    RECEIVED = "RECEIVED"
    DISPENSED = "DISPENSED"
    PUT_BACK = "PUT_BACK"  # picked, not handed over
    RETURNED = "RETURNED"  # handed over, brought back
    MOVED_OUT = "MOVED_OUT"
    MOVED_IN = "MOVED_IN"
    COUNTED = "COUNTED"  # what a stocktake found more or less
    DISCARDED = "DISCARDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPrescriptionLine:
    """One drug of a signed prescription. `days` is how long the course lasts."""

    order_line_id: UUID
    item_id: UUID
    item_code: str
    name: BilingualText
    quantity: Decimal
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPrescription:
    """A signed prescription as the pharmacy takes it. `has_control`: narcotic or psychotropic I."""

    order_id: UUID
    number: str
    encounter_id: UUID
    person_id: UUID
    campus_code: str
    signed_by: UUID
    signed_at: datetime
    has_control: bool
    lines: tuple[NewPrescriptionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PickView:
    """How much of a line was taken from which batch, and how much of that came back."""

    id: UUID
    batch_id: UUID
    batch_number: str
    expires_on: date
    quantity: Decimal
    returned: Decimal = Decimal(0)

    @property
    def out(self) -> Decimal:
        """What of it is with the patient."""
        return self.quantity - self.returned


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedPart:
    """So much of a pick that comes back, in the unit the drug is sold in."""

    pick_id: UUID
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescriptionLineView:
    """One drug with what was picked for it."""

    id: UUID
    order_line_id: UUID
    item_id: UUID
    item_code: str
    name: BilingualText
    quantity: Decimal
    days: int
    is_left_out: bool
    returned_at: datetime | None
    picks: tuple[PickView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescriptionView:
    """A prescription in the pharmacy. `stands_by` is the doctor's reason after it was given back."""

    id: UUID
    order_id: UUID
    number: str
    encounter_id: UUID
    person_id: UUID
    campus_code: str
    state: PrescriptionState
    has_control: bool
    signed_by: BilingualText
    signed_at: datetime
    valid_until: date
    reviewer: BilingualText
    reviewed_at: datetime | None
    reject_reason: RejectReason | None
    reject_words: str
    stands_by: str
    preparer: BilingualText
    preparer_id: UUID | None
    prepared_at: datetime | None
    dispenser: BilingualText
    dispensed_at: datetime | None
    recipient: str
    end_reason: str
    lines: tuple[PrescriptionLineView, ...]


@dataclass(frozen=True, slots=True)
class BatchOffer:
    """What a batch has, as the rule of picking sees it."""

    id: UUID
    expires_on: date
    on_hand: Decimal


@dataclass(frozen=True, slots=True)
class BatchPick:
    """How much to take from a batch."""

    batch_id: UUID
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """One batch of a drug at a campus. `is_controlled`: its stock changes before the eyes of two pharmacists."""

    id: UUID
    campus_code: str
    item_code: str
    name: BilingualText
    spec: BilingualText
    unit: BilingualText
    number: str
    expires_on: date
    on_hand: Decimal
    is_expired: bool
    expires_soon: bool
    is_controlled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveView:
    """One entry of the stock book."""

    at: datetime
    kind: MoveKind
    quantity: Decimal
    balance: Decimal
    reason: str
    prescription_number: str
    by: BilingualText
    witness: BilingualText | None
