"""Catalog rows as others see them, and as the price office enters them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from hospital.catalog.types.pricing import (
    NO_FLAGS,
    Addition,
    CatalogKind,
    Combination,
    Component,
    CompositeMode,
    FeeClass,
    ItemFlags,
    Nature,
    PriceBook,
    RuleStatus,
    ScopeKind,
    ServiceLine,
    SurchargeMode,
)
from hospital.kernel.types import BilingualText

_NOTHING = BilingualText("", "")


class TranslationStatus(StrEnum):
    """How far the English of a row is."""

    MISSING = "MISSING"
    DRAFT = "DRAFT"
    REVIEWED = "REVIEWED"


class InsuranceClass(StrEnum):
    """The national insurance's class; NONE is not in its catalog."""

    A = "A"
    B = "B"
    C = "C"
    NONE = "NONE"


class PrescriptionClass(StrEnum):
    """Which prescription form a drug needs (brief §4)."""

    ORDINARY = "ORDINARY"
    NARCOTIC = "NARCOTIC"
    PSYCHOTROPIC_1 = "PSYCHOTROPIC_1"
    PSYCHOTROPIC_2 = "PSYCHOTROPIC_2"


class ServiceCategory(StrEnum):
    """Which desk carries a service out."""

    REGISTRATION = "REGISTRATION"
    CONSULT = "CONSULT"
    LAB = "LAB"
    IMAGING = "IMAGING"
    ULTRASOUND = "ULTRASOUND"
    ENDOSCOPY = "ENDOSCOPY"
    PATHOLOGY = "PATHOLOGY"
    ECG = "ECG"
    TREATMENT = "TREATMENT"
    SURGERY = "SURGERY"
    NURSING = "NURSING"
    BED = "BED"
    VACCINE = "VACCINE"
    OTHER = "OTHER"


class ChangeKind(StrEnum):
    """What a drafted change of an item is about."""

    PRICE = "PRICE"
    OVERRIDE = "OVERRIDE"
    FACTS = "FACTS"
    PARTS = "PARTS"


class ImportState(StrEnum):
    """The life of an imported file: what is READY waits for a second person."""

    CHECKING = "CHECKING"
    REFUSED = "REFUSED"
    READY = "READY"
    APPLYING = "APPLYING"
    DONE = "DONE"


@dataclass(frozen=True, slots=True)
class DrugFacts:
    """What a prescription needs to know of a drug."""

    generic: BilingualText
    form: BilingualText
    strength: str
    dose_unit: BilingualText = _NOTHING
    default_dose: Decimal | None = None
    default_route: str = ""
    default_frequency: str = ""
    prescription_class: PrescriptionClass = PrescriptionClass.ORDINARY
    antimicrobial_grade: str = ""
    allergy_group: str = ""


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """What a request needs to know of a laboratory test, an examination or another service."""

    category: ServiceCategory = ServiceCategory.OTHER
    specimen: BilingualText = _NOTHING
    container: BilingualText = _NOTHING
    preparation: BilingualText = _NOTHING
    body_part: BilingualText = _NOTHING
    modality: str = ""


@dataclass(frozen=True, slots=True)
class ItemCard:
    """One catalog row. `base_u` is the standard price in force when it was read, None where there is none."""

    id: UUID
    code: str
    kind: CatalogKind
    nature: Nature | None
    fee_class: FeeClass
    category: ServiceCategory | None
    name: BilingualText
    spec: BilingualText
    unit: BilingualText
    insurance_code: str
    insurance_class: InsuranceClass
    translation_status: TranslationStatus
    is_active: bool
    base_u: Decimal | None = None
    manufacturer: BilingualText = _NOTHING
    drug: DrugFacts | None = None
    service: ServiceFacts | None = None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """A page of catalog rows and how many there are in all."""

    items: Sequence[ItemCard]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class NewItem:
    """A catalog row as entered. `price` may be None for a row that is priced later; composites have `NewComposite`."""

    code: str
    kind: CatalogKind
    fee_class: FeeClass
    name: BilingualText
    unit: BilingualText
    price: Decimal | None
    nature: Nature | None = None
    spec: BilingualText = _NOTHING
    manufacturer: BilingualText = _NOTHING
    content: BilingualText = _NOTHING
    price_item: str | None = None
    insurance_code: str = ""
    insurance_class: InsuranceClass = InsuranceClass.NONE
    translation_status: TranslationStatus = TranslationStatus.REVIEWED
    flags: ItemFlags = NO_FLAGS
    child: Addition | None = None
    emergency: Addition | None = None
    combination: Combination | None = None
    sex_limit: str = ""
    age_from: int | None = None
    age_to: int | None = None
    drug: DrugFacts | None = None
    service: ServiceFacts | None = None


@dataclass(frozen=True, slots=True)
class NewComposite:
    """A composite as entered: its components in order, and its own ratio where it overrides."""

    code: str
    name: BilingualText
    components: Sequence[Component]
    unit: BilingualText = _NOTHING
    fee_class: FeeClass = FeeClass.OTHER
    mode: CompositeMode | None = None
    override_ratio: Decimal | None = None
    approval_no: str = ""
    service: ServiceFacts | None = None


@dataclass(frozen=True, slots=True)
class NewRule:
    """A surcharge rule as drafted. `valid_from` and `valid_to` are half-open."""

    code: str
    scope_kind: ScopeKind
    scope_id: str
    service_line: ServiceLine
    mode: SurchargeMode
    value: Decimal | None
    valid_from: datetime
    valid_to: datetime | None = None
    visit_type: str = "ANY"
    campus: str = "ANY"
    approval_no: str = ""
    reason: BilingualText = _NOTHING


@dataclass(frozen=True, slots=True)
class RuleCard:
    """A surcharge rule as the price office sees it."""

    id: UUID
    code: str
    version: int
    scope_kind: ScopeKind
    scope_id: str
    service_line: ServiceLine
    visit_type: str
    campus: str
    mode: SurchargeMode
    value: Decimal | None
    valid_from: datetime
    valid_to: datetime | None
    status: RuleStatus
    approval_no: str
    reason: BilingualText
    maker: str
    checker: str


@dataclass(frozen=True, slots=True)
class PricedCatalog:
    """A price book together with the cards of every item and composite in it, by code."""

    book: PriceBook
    cards: Mapping[str, ItemCard] = field(default_factory=dict)
