"""What the catalog speaks in: frozen values without the database, read by the pricing rules and by other contexts.

Source of the vocabulary: domain brief §1.3 and §1.6. Ratios are fractions (0.3000 is +30 %), money is CNY in `Decimal`,
instants are aware, intervals half-open `[valid_from, valid_to)` with `None` for "open-ended".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final, Protocol

ANY: Final = "ANY"
"""The wildcard of a rule's visit type and campus."""

FEWEST_DECIMALS: Final = 2
MOST_DECIMALS: Final = 4
"""Between how many and how many decimals a filed price has (brief §1.6.1)."""


class CatalogKind(StrEnum):
    """The five catalogs (requirements B40-B44)."""

    CHARGE_ITEM = "CHARGE_ITEM"
    CONSUMABLE = "CONSUMABLE"
    COMPOSITE = "COMPOSITE"
    PRICE_ITEM = "PRICE_ITEM"
    DRUG = "DRUG"


class Nature(StrEnum):
    """What a priced thing is by nature; a rule of level KIND names one of these."""

    SERVICE = "SERVICE"
    CONSUMABLE = "CONSUMABLE"
    DRUG = "DRUG"


class FeeClass(StrEnum):
    """The fourteen classes of the fiscal receipt (brief §2, Receipts)."""

    BED = "BED"
    CONSULTATION = "CONSULTATION"
    EXAM = "EXAM"
    LAB = "LAB"
    TREATMENT = "TREATMENT"
    SURGERY = "SURGERY"
    NURSING = "NURSING"
    MATERIALS = "MATERIALS"
    WESTERN_DRUG = "WESTERN_DRUG"
    TCM_PIECES = "TCM_PIECES"
    PATENT_DRUG = "PATENT_DRUG"
    GENERAL_CONSULTATION = "GENERAL_CONSULTATION"
    REGISTRATION = "REGISTRATION"
    OTHER = "OTHER"


class ServiceLine(StrEnum):
    """The line of service of an encounter; NORMAL is never the value of a rule."""

    NORMAL = "NORMAL"
    INTL = "INTL"
    SPECIAL = "SPECIAL"


class VisitType(StrEnum):
    """Outpatient, emergency, inpatient, check-up."""

    OP = "OP"
    ER = "ER"
    IP = "IP"
    CHECKUP = "CHECKUP"


class ScopeKind(StrEnum):
    """The level of a surcharge rule, most specific first."""

    ITEM = "ITEM"
    PRICE_ITEM = "PRICE_ITEM"
    FEE_CLASS = "FEE_CLASS"
    KIND = "KIND"
    SERVICE_LINE = "SERVICE_LINE"


class SurchargeMode(StrEnum):
    """How a rule's value acts on the price."""

    RATIO = "RATIO"
    AMOUNT = "AMOUNT"
    FIXED_PRICE = "FIXED_PRICE"


class Combination(StrEnum):
    """How public additions and the surcharge meet (brief §1.6.2)."""

    SPECIAL_WINS = "SPECIAL_WINS"
    CHILD_THEN_SPECIAL = "CHILD_THEN_SPECIAL"
    ADDITIVE_ON_BASE = "ADDITIVE_ON_BASE"


class CompositeMode(StrEnum):
    """Whether a composite's own ratio stands in for its leaves' rules."""

    INHERIT = "INHERIT"
    OVERRIDE = "OVERRIDE"


class RoundingMode(StrEnum):
    """UNIT rounds the unit price, then the line; LINE rounds the line once."""

    UNIT = "UNIT"
    LINE = "LINE"


class InsuranceMode(StrEnum):
    """What of an international bill goes to the national insurance."""

    NONE = "NONE"
    BASE_ONLY = "BASE_ONLY"


class PriceHold(StrEnum):
    """How long an unpaid outpatient line keeps the price of its occurrence (brief §1.6.7)."""

    END_OF_DAY = "END_OF_DAY"
    NONE = "NONE"


class RuleStatus(StrEnum):
    """The life of a surcharge rule; only PUBLISHED rules price."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    REJECTED = "REJECTED"


class Exemption(StrEnum):
    """Why a thing takes no surcharge, in the order reasons are named (brief §1.3 step 2, §1.6.5)."""

    DRUG = "DRUG"
    CONSUMABLE_SEPARATE = "CONSUMABLE_SEPARATE"
    VBP = "VBP"
    BLOOD = "BLOOD"
    STATUTORY_FREE = "STATUTORY_FREE"
    SENT_OUT = "SENT_OUT"
    ALREADY_SPECIAL = "ALREADY_SPECIAL"


class SurchargeSource(StrEnum):
    """Which step of the resolution decided."""

    GATE = "GATE"
    EXEMPT = "EXEMPT"
    RULE = "RULE"
    COMPOSITE = "COMPOSITE"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class PriceVersion:
    """One standard price as filed, in force over `[valid_from, valid_to)`."""

    version: str
    base_u: Decimal
    valid_from: datetime
    valid_to: datetime | None = None

    @property
    def decimals(self) -> int:
        """The decimals of the item's prices: those of the filed price without trailing zeros, at least two (§1.6.1)."""
        return _count_decimals(self.base_u)


@lru_cache(maxsize=65_536)
def _count_decimals(base_u: Decimal) -> int:
    exponent = base_u.normalize().as_tuple().exponent
    return max(FEWEST_DECIMALS, -exponent) if isinstance(exponent, int) else FEWEST_DECIMALS


@dataclass(frozen=True, slots=True)
class ItemFlags:
    """The facts that exempt a thing or keep it off the bill."""

    volume_procured: bool = False
    blood: bool = False
    statutory_free: bool = False
    sent_out: bool = False
    already_special_price: bool = False
    charged_separately: bool = True


NO_FLAGS: Final = ItemFlags()


@dataclass(frozen=True, slots=True)
class Addition:
    """A public addition for children or emergencies: a ratio of the base or an amount per unit, one of the two."""

    ratio: Decimal | None = None
    amount: Decimal | None = None
    under_years: int | None = None


@dataclass(frozen=True, slots=True)
class PricedItem:
    """One thing with a price. `price_item` is the code of the price-bureau item it maps to, if any."""

    code: str
    nature: Nature
    fee_class: FeeClass
    prices: tuple[PriceVersion, ...]
    price_item: str | None = None
    is_price_item: bool = False
    flags: ItemFlags = NO_FLAGS
    child: Addition | None = None
    emergency: Addition | None = None
    combination: Combination | None = None


@dataclass(frozen=True, slots=True)
class DatedItem:
    """An item with the facts that hold over `[valid_from, valid_to)`."""

    item: PricedItem
    valid_from: datetime
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """A part of a composite: an item or another composite, with its quantity in one of the whole."""

    code: str
    qty: Decimal


@dataclass(frozen=True, slots=True)
class CompositeVersion:
    """A component list in force over `[valid_from, valid_to)`."""

    version: str
    components: tuple[Component, ...]
    valid_from: datetime
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class CompositeOverride:
    """A composite's own ratio; `None` inherits (brief §1.6.4)."""

    ratio: Decimal | None
    valid_from: datetime
    valid_to: datetime | None = None
    approval_no: str = ""


@dataclass(frozen=True, slots=True)
class DatedMode:
    """Whether a composite's own ratio stands in for its parts' rules over `[valid_from, valid_to)`."""

    mode: CompositeMode | None
    valid_from: datetime
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class Composite:
    """A set of items ordered as one; it carries no money of its own.

    `modes` are those of a set whose mode changed or is going to, without gaps; `mode` stands where there are none.
    """

    code: str
    versions: tuple[CompositeVersion, ...]
    mode: CompositeMode | None = None
    overrides: tuple[CompositeOverride, ...] = ()
    modes: tuple[DatedMode, ...] = ()


@dataclass(frozen=True, slots=True)
class SurchargeRule:
    """One published surcharge rule. `value` None goes on to the next wildcard or level, an explicit 0 stops."""

    rule_id: str
    version: str
    scope_kind: ScopeKind
    scope_id: str
    service_line: ServiceLine
    value: Decimal | None
    valid_from: datetime
    valid_to: datetime | None = None
    mode: SurchargeMode = SurchargeMode.RATIO
    visit_type: str = ANY
    campus: str = ANY
    approval_no: str = ""


@dataclass(frozen=True, slots=True)
class PricingSettings:
    """What the price office decides for the whole hospital (brief §1.6)."""

    version: str = "1"
    rounding_mode: RoundingMode = RoundingMode.UNIT
    combination: Combination = Combination.SPECIAL_WINS
    composite_mode: CompositeMode = CompositeMode.INHERIT
    intl_insurance_mode: InsuranceMode = InsuranceMode.NONE
    allow_drug_surcharge: bool = False
    allow_consumable_surcharge: bool = False
    child_age_limit: int = 7
    price_hold: PriceHold = PriceHold.END_OF_DAY
    cash_rounding: Decimal | None = Decimal("0.10")


RuleVersions = tuple[SurchargeRule, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which ratio, amount or fixed price a line takes, who said so, and whose voices were heard in which order.

    `candidates` are the rules that could speak for the item, in search order, every version of each: the considered
    ones are those in force at `at`. `exempt_all` names every exemption that holds, on NORMAL lines too.
    """

    source: SurchargeSource
    at: datetime
    mode: SurchargeMode | None = None
    value: Decimal | None = None
    rule: SurchargeRule | None = None
    composite: str | None = None
    override: CompositeOverride | None = None
    exempt_all: tuple[Exemption, ...] = ()
    candidates: tuple[RuleVersions, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """One priced thing of an exploded order: `path` names the composites around it, outermost first."""

    item: PricedItem
    qty: Decimal
    path: tuple[str, ...] = ()
    path_versions: tuple[str, ...] = ()


class PriceBook(Protocol):
    """The catalog as the pricing rules see it: everything in memory, nothing fetched while pricing."""

    @property
    def settings(self) -> PricingSettings:
        """The price office's settings the book was compiled with."""
        ...

    def find_item(self, code: str, at: datetime | None = None) -> PricedItem:
        """The item or price-bureau item with this code, with the facts that held at `at` (None: when the book was
        read); refuses `UnknownItem`.
        """
        ...

    def find_price(self, item: PricedItem, at: datetime) -> PriceVersion:
        """The price in force at an instant; refuses `PriceNotInForce`."""
        ...

    def resolve(
        self,
        *,
        item: PricedItem,
        service_line: ServiceLine,
        visit_type: VisitType,
        campus: str,
        at: datetime,
        path: tuple[str, ...] = (),
    ) -> Resolution:
        """Which surcharge the item takes at an instant (brief §1.3 steps 1-3, §1.6.4-5)."""
        ...

    def explode(self, *, code: str, qty: Decimal, at: datetime) -> Sequence[Leaf]:
        """The leaves of an order of this code at order time, in component order."""
        ...


@dataclass(frozen=True, slots=True)
class PriceBookInput:
    """Rows from which a price book is compiled, wherever they come from (database, JSON scenario, test).

    `dated` are the items whose facts changed or are going to: without gaps, from the beginning, by code.
    """

    items: Mapping[str, PricedItem] = field(default_factory=dict)
    dated: Mapping[str, tuple[DatedItem, ...]] = field(default_factory=dict)
    composites: Mapping[str, Composite] = field(default_factory=dict)
    rules: Sequence[SurchargeRule] = ()
    settings: PricingSettings = PricingSettings()
