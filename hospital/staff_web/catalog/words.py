"""What the catalog's kinds, rules and states are called at the price office's desk."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hospital.billing.api import Heard
from hospital.catalog.types import (
    CatalogKind,
    ChangeKind,
    Combination,
    CompositeMode,
    ImportState,
    InsuranceMode,
    ItemStatus,
    Nature,
    PriceHold,
    RoundingMode,
    RuleStatus,
    ScopeKind,
    ServiceLine,
    SurchargeMode,
    TranslationStatus,
    VisitType,
)
from hospital.staff_web.cashier.words import FEE_CLASSES

KINDS: dict[CatalogKind, Promise] = {
    CatalogKind.CHARGE_ITEM: _("Charge item"),
    CatalogKind.CONSUMABLE: _("Consumable"),
    CatalogKind.COMPOSITE: _("Composite"),
    CatalogKind.PRICE_ITEM: _("Price-bureau item"),
    CatalogKind.DRUG: _("Drug"),
}
NATURES: dict[Nature, Promise] = {
    Nature.SERVICE: pgettext_lazy("nature", "Services"),
    Nature.CONSUMABLE: pgettext_lazy("nature", "Consumables"),
    Nature.DRUG: pgettext_lazy("nature", "Drugs"),
}
SERVICE_LINES: dict[ServiceLine, Promise] = {
    ServiceLine.INTL: pgettext_lazy("service line", "International"),
    ServiceLine.SPECIAL: pgettext_lazy("service line", "Premium"),
    ServiceLine.NORMAL: pgettext_lazy("service line", "Ordinary"),
}
VISIT_TYPES: dict[str, Promise] = {
    "ANY": pgettext_lazy("visit type", "Any visit"),
    VisitType.OP: pgettext_lazy("visit type", "Outpatient"),
    VisitType.ER: pgettext_lazy("visit type", "Emergency"),
    VisitType.IP: pgettext_lazy("visit type", "Inpatient"),
    VisitType.CHECKUP: pgettext_lazy("visit type", "Check-up"),
}
SCOPES: dict[ScopeKind, Promise] = {
    ScopeKind.ITEM: pgettext_lazy("rule", "Item"),
    ScopeKind.PRICE_ITEM: pgettext_lazy("rule", "Price-bureau item"),
    ScopeKind.FEE_CLASS: pgettext_lazy("rule", "Fee class"),
    ScopeKind.KIND: pgettext_lazy("rule", "Kind of item"),
    ScopeKind.SERVICE_LINE: pgettext_lazy("rule", "Whole service line"),
}
MODES: dict[SurchargeMode, Promise] = {
    SurchargeMode.RATIO: pgettext_lazy("rule", "Ratio in %"),
    SurchargeMode.AMOUNT: pgettext_lazy("rule", "Amount in ¥ per unit"),
    SurchargeMode.FIXED_PRICE: pgettext_lazy("rule", "Fixed price in ¥"),
}
# Kind of tag and word.
RULE_STATES: dict[RuleStatus, tuple[str, Promise]] = {
    RuleStatus.DRAFT: ("busy", pgettext_lazy("change", "With checker")),
    RuleStatus.PUBLISHED: ("ok", pgettext_lazy("change", "Published")),
    RuleStatus.REJECTED: ("danger", pgettext_lazy("change", "Turned down")),
}
CHANGES: dict[ChangeKind, Promise] = {
    ChangeKind.PRICE: _("Standard price"),
    ChangeKind.OVERRIDE: _("The set’s own ratio"),
    ChangeKind.FACTS: _("Facts of the item"),
    ChangeKind.PARTS: _("Parts of the set"),
}
ENGLISH: dict[TranslationStatus, tuple[str, Promise]] = {
    TranslationStatus.MISSING: ("danger", _("No English")),
    TranslationStatus.DRAFT: ("busy", _("English draft")),
    TranslationStatus.REVIEWED: ("ok", _("English reviewed")),
}
STATUSES: dict[ItemStatus, Promise] = {
    ItemStatus.WAITING: pgettext_lazy("item", "With checker"),
    ItemStatus.SCHEDULED: pgettext_lazy("item", "New price scheduled"),
    ItemStatus.UNPRICED: pgettext_lazy("item", "No price in force"),
    ItemStatus.INACTIVE: pgettext_lazy("item", "Not in use"),
}
HEARD: dict[Heard, tuple[str, Promise]] = {
    Heard.WON: ("ok", pgettext_lazy("rule", "Wins")),
    Heard.PASSED: ("plain", pgettext_lazy("rule", "No value, search went on")),
    Heard.NOT_REACHED: ("plain", pgettext_lazy("rule", "Covered by a closer rule")),
    Heard.NOT_IN_FORCE: ("wait", pgettext_lazy("rule", "Not in force then")),
}
FLAGS: dict[str, Promise] = {
    "volume_procured": _("Volume-procured"),
    "blood": _("Blood product"),
    "statutory_free": _("Free by law"),
    "sent_out": _("Sent to another laboratory"),
    "already_special_price": _("Already a special price"),
    "charged_separately": _("Charged separately"),
}
SEX_LIMITS: dict[str, Promise] = {
    "": pgettext_lazy("sex limit", "Everybody"),
    "F": pgettext_lazy("sex limit", "Women only"),
    "M": pgettext_lazy("sex limit", "Men only"),
}
YES, NO = pgettext_lazy("table", "yes"), pgettext_lazy("table", "no")
ROUNDINGS: dict[RoundingMode, Promise] = {
    RoundingMode.UNIT: _("The unit price, then the line"),
    RoundingMode.LINE: _("The line once"),
}
COMBINATIONS: dict[Combination, Promise] = {
    Combination.SPECIAL_WINS: _("The surcharge alone; additions are not added on top"),
    Combination.CHILD_THEN_SPECIAL: _("The surcharge on the price with additions"),
    Combination.ADDITIVE_ON_BASE: _("Additions and surcharge, each on the standard price"),
}
COMPOSITE_MODES: dict[CompositeMode, Promise] = {
    CompositeMode.INHERIT: _("Each part keeps its own rule"),
    CompositeMode.OVERRIDE: _("The set’s own ratio stands in for them"),
}
INSURANCE_MODES: dict[InsuranceMode, Promise] = {
    InsuranceMode.NONE: _("Nothing: international visits are self-pay"),
    InsuranceMode.BASE_ONLY: _("The standard price; the surcharge is the patient’s"),
}
HOLDS: dict[PriceHold, Promise] = {
    PriceHold.END_OF_DAY: _("Until midnight"),
    PriceHold.NONE: _("Until the next preview"),
}
IMPORTS: dict[ImportState, tuple[str, Promise]] = {
    ImportState.CHECKING: ("busy", pgettext_lazy("import", "Being checked")),
    ImportState.REFUSED: ("danger", pgettext_lazy("import", "Has errors")),
    ImportState.READY: ("wait", pgettext_lazy("import", "Waits for approval")),
    ImportState.APPLYING: ("busy", pgettext_lazy("import", "Being taken in")),
    ImportState.DONE: ("ok", pgettext_lazy("import", "Taken in")),
}
SETTINGS: dict[str, Promise] = {
    "rounding_mode": _("What is rounded"),
    "combination": _("Additions and surcharge"),
    "composite_mode": _("Surcharge of sets"),
    "intl_insurance_mode": _("What goes to the national insurance"),
    "price_hold": _("Unpaid prices are held"),
    "child_age_limit": _("Children are under"),
    "cash_rounding": _("Cash is rounded to"),
    "allow_drug_surcharge": _("Surcharge on drugs, with an approval number"),
    "allow_consumable_surcharge": _("Surcharge on consumables, with an approval number"),
}
COLUMN_NAMES: dict[str, Promise] = {
    "code": pgettext_lazy("column", "Code, which tells the row"),
    "kind": pgettext_lazy("column", "Catalog"),
    "fee_class": pgettext_lazy("column", "Fee class"),
    "name_zh": pgettext_lazy("column", "Chinese name"),
    "name_en": pgettext_lazy("column", "English name"),
    "translation_status": pgettext_lazy("column", "State of the English"),
    "spec_zh": pgettext_lazy("column", "Specification, Chinese"),
    "spec_en": pgettext_lazy("column", "Specification, English"),
    "unit_zh": pgettext_lazy("column", "Unit, Chinese"),
    "unit_en": pgettext_lazy("column", "Unit, English"),
    "manufacturer_zh": pgettext_lazy("column", "Manufacturer, Chinese"),
    "manufacturer_en": pgettext_lazy("column", "Manufacturer, English"),
    "price_item": pgettext_lazy("column", "Code of the price-bureau item"),
    "insurance_code": pgettext_lazy("column", "Insurance code"),
    "insurance_class": pgettext_lazy("column", "Insurance class"),
    "is_volume_procured": pgettext_lazy("column", "Volume-procured"),
    "is_blood": pgettext_lazy("column", "Blood product"),
    "is_statutory_free": pgettext_lazy("column", "Free by law"),
    "is_sent_out": pgettext_lazy("column", "Sent to another laboratory"),
    "is_already_special_price": pgettext_lazy("column", "Already a special price"),
    "is_charged_separately": pgettext_lazy("column", "Charged separately"),
    "is_active": pgettext_lazy("column", "In use"),
    "child_ratio": pgettext_lazy("column", "Child addition, 0.2 is 20 %"),
    "child_amount": pgettext_lazy("column", "Child addition in ¥"),
    "child_under_years": pgettext_lazy("column", "Children are under"),
    "emergency_ratio": pgettext_lazy("column", "Emergency addition, 0.2 is 20 %"),
    "emergency_amount": pgettext_lazy("column", "Emergency addition in ¥"),
    "combination": pgettext_lazy("column", "Additions and surcharge"),
    "composite_mode": pgettext_lazy("column", "Surcharge of the set"),
    "sex_limit": pgettext_lazy("column", "For one sex only: M or F"),
    "age_from": pgettext_lazy("column", "From age"),
    "age_to": pgettext_lazy("column", "To age"),
    "parts": pgettext_lazy("column", "Parts of a set: code*quantity;code*quantity"),
    "price": pgettext_lazy("column", "Standard price in ¥"),
}
# Values of columns that are codes.
COLUMN_VALUES: dict[str, dict[str, Promise]] = {
    "fee_class": {code.value: name for code, name in FEE_CLASSES.items()},
    "combination": {code.value: name for code, name in COMBINATIONS.items()},
    "composite_mode": {code.value: name for code, name in COMPOSITE_MODES.items()},
    "sex_limit": SEX_LIMITS,
    "translation_status": {code.value: word for code, (_kind, word) in ENGLISH.items()},
}
