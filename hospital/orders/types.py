"""What the front door takes and hands out: frozen, without a database behind it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.orders.decoction_words import Formula, Handling
from hospital.orders.states import LineState, OrderState
from hospital.orders.vocabulary import Frequency, Route

_NOTHING = BilingualText("")


class OrderKind(StrEnum):
    """What is ordered, hence on which paper it prints."""

    PRESCRIPTION = "PRESCRIPTION"
    LAB = "LAB"
    EXAM = "EXAM"


class Urgency(StrEnum):
    """How soon; EMERGENCY is done before it is paid."""

    ROUTINE = "ROUTINE"
    URGENT = "URGENT"
    EMERGENCY = "EMERGENCY"


class PrescriptionClass(StrEnum):
    """The classes of prescription paper (domain brief 4)."""

    ORDINARY = "ORDINARY"
    EMERGENCY = "EMERGENCY"
    PEDIATRIC = "PEDIATRIC"
    NARCOTIC = "NARCOTIC"
    PSYCHOTROPIC_I = "PSYCHOTROPIC_I"
    PSYCHOTROPIC_II = "PSYCHOTROPIC_II"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugPack:
    """What one sold pack holds: `content` units (`unit`: tablet, mL), each of `strength` `strength_unit`.

    `is_single_use`: what is left of an opened pack is thrown away (an ampule).
    """

    content: Decimal
    unit: str
    strength: Decimal | None = None
    strength_unit: str = ""
    is_single_use: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Orderable:
    """What ordering needs to know of a catalog row, whatever its kind."""

    code: str
    item_id: UUID
    kind: OrderKind
    name: BilingualText
    spec: BilingualText
    unit: BilingualText
    pack: DrugPack | None = None
    control: str = ""
    is_decoction: bool = False
    allergy_groups: tuple[str, ...] = ()
    antimicrobial_grade: str = ""
    form: str = ""  # the English name of the drug's form
    specimen: BilingualText = _NOTHING
    container: BilingualText = _NOTHING
    body_part: BilingualText = _NOTHING
    preparation: BilingualText = _NOTHING


class RepeatReason(StrEnum):
    """Why a test is done again although a recent recognized result is there (domain brief 4: a listed reason)."""

    CONDITION_CHANGED = "CONDITION_CHANGED"
    FAST_CHANGING = "FAST_CHANGING"
    BEFORE_PROCEDURE = "BEFORE_PROCEDURE"
    EMERGENCY = "EMERGENCY"
    FORENSIC = "FORENSIC"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """The reason for doing again what `result_id` shows; `note` is needed for any other reason than the listed."""

    reason: RepeatReason
    result_id: UUID
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directions:
    """How a drug is to be taken. `quantity` in packs; None lets the rule compute it.

    `days_reason` is why more days than the limit are needed, `allergy_reason` why the drug is given in spite of an
    allergy, `safety_reason` in spite of what decision support says; all are kept with the line.
    """

    dose: Decimal
    dose_unit: str
    route: Route
    frequency: Frequency
    days: int
    quantity: Decimal | None = None
    remark: str = ""
    days_reason: str = ""
    allergy_reason: str = ""
    safety_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of a decoction: grams in one packet and how it is handled; the reasons as of `Directions`."""

    grams: Decimal
    handling: Handling
    remark: str = ""
    allergy_reason: str = ""
    safety_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One line of an order. `dose` is None for everything but drugs; `handling` is of a decoction's pieces, whose
    `dose` is the grams of one packet."""

    id: UUID
    order_id: UUID
    position: int
    item_id: UUID
    item_code: str
    name: BilingualText
    spec: BilingualText
    unit: BilingualText
    quantity: Decimal
    is_quantity_computed: bool
    dose: Decimal | None
    dose_unit: str
    route: Route | None
    frequency: Frequency | None
    days: int | None
    remark: str
    days_reason: str
    allergy_reason: str
    safety_alerts: tuple[BilingualText, ...]
    safety_reason: str
    directions: BilingualText
    specimen: BilingualText
    container: BilingualText
    body_part: BilingualText
    preparation: BilingualText
    state: LineState
    executed_at: datetime | None
    repeat_reason: RepeatReason | None = None
    repeat_note: str = ""
    handling: Handling | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """One order with its lines in order of position; `formula` is what holds for a whole decoction."""

    id: UUID
    number: str
    encounter_id: UUID
    person_id: UUID
    kind: OrderKind
    state: OrderState
    prescription_class: PrescriptionClass | None
    urgency: Urgency
    clinical_info: str
    purpose: str
    created_at: datetime
    signed_at: datetime | None
    signer: BilingualText
    valid_until: date | None
    lines: tuple[LineView, ...]
    formula: Formula | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLineView:
    """One thing of an order set; a drug with its directions, in words too, or a piece of the set's decoction."""

    id: UUID
    kind: OrderKind
    item_code: str
    name: BilingualText
    directions: Directions | None
    words: BilingualText
    piece: Piece | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSetView:
    """An order set with its lines in order; `is_shared` with the department. `formula` is of its decoction."""

    id: UUID
    name: BilingualText
    is_shared: bool
    is_favorite_drug: bool
    lines: tuple[SetLineView, ...]
    formula: Formula | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftProblem:
    """One thing that keeps a draft from being signed: a refusal's code and text, and where it is."""

    code: str
    text: str
    order_id: UUID
    line_id: UUID | None = None
    name: BilingualText | None = None
