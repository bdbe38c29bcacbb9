"""What decides about an item beside its price: as columns, compared, and checked (domain brief §1.6.1, §1.6.4)."""

from collections.abc import Mapping
from decimal import Decimal

from hospital.catalog.errors import AdditionNotAllowed, FactsMalformed, MappingMisplaced
from hospital.catalog.rules.checks import is_ratio
from hospital.catalog.types import (
    MOST_DECIMALS,
    Addition,
    CatalogKind,
    ColumnChanges,
    ColumnValue,
    ItemFacts,
)

DECIMALS = ("child_ratio", "child_amount", "emergency_ratio", "emergency_amount")
_FLAGS = (
    "volume_procured", "blood", "statutory_free", "sent_out", "already_special_price", "charged_separately",
)  # fmt: skip
_OLDEST = 150


def write_columns(facts: ItemFacts) -> dict[str, ColumnValue]:
    """The facts as the columns of an item; decimals as texts without trailing zeros, so that equal ones are equal."""
    child, emergency = facts.child or Addition(), facts.emergency or Addition()
    return {
        "fee_class": facts.fee_class.value,
        "spec_zh": facts.spec.zh,
        "spec_en": facts.spec.en,
        "unit_zh": facts.unit.zh,
        "unit_en": facts.unit.en,
        "price_item": facts.price_item,
        "insurance_code": facts.insurance_code,
        "insurance_class": facts.insurance_class.value,
        **{f"is_{name}": getattr(facts.flags, name) for name in _FLAGS},
        "child_ratio": _write(child.ratio),
        "child_amount": _write(child.amount),
        "child_under_years": child.under_years,
        "emergency_ratio": _write(emergency.ratio),
        "emergency_amount": _write(emergency.amount),
        "combination": facts.combination.value if facts.combination else "",
        "composite_mode": facts.composite_mode.value if facts.composite_mode else "",
        "sex_limit": facts.sex_limit,
        "age_from": facts.age_from,
        "age_to": facts.age_to,
    }


def _write(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def compare_columns(before: Mapping[str, ColumnValue], after: Mapping[str, ColumnValue]) -> ColumnChanges:
    """By column what it was and what it becomes, of the columns that differ."""
    return {name: (before[name], value) for name, value in after.items() if before[name] != value}


def check_facts(*, code: str, kind: CatalogKind, facts: ItemFacts) -> None:
    """Refuses `AdditionNotAllowed` on drugs, composites, what is free by law and already special prices,
    `MappingMisplaced` on all but charge items, `FactsMalformed` for numbers out of range.
    """
    additions = [each for each in (facts.child, facts.emergency) if each is not None]
    is_barred = kind in {CatalogKind.DRUG, CatalogKind.COMPOSITE}
    if additions and (is_barred or facts.flags.statutory_free or facts.flags.already_special_price):
        raise AdditionNotAllowed(item=code)
    if facts.price_item and kind is not CatalogKind.CHARGE_ITEM:
        raise MappingMisplaced(item=code)
    if not all(_is_usable(each) for each in additions) or not _are_ages(facts.age_from, facts.age_to):
        raise FactsMalformed


def _is_usable(addition: Addition) -> bool:
    if (addition.ratio is None) == (addition.amount is None):
        return False
    if addition.under_years is not None and not 1 <= addition.under_years <= 18:
        return False
    return is_ratio(addition.ratio) if addition.ratio is not None else _is_amount(addition.amount or Decimal(0))


def _is_amount(amount: Decimal) -> bool:
    return amount >= 0 and amount == amount.quantize(Decimal(1).scaleb(-MOST_DECIMALS))


def _are_ages(first: int | None, last: int | None) -> bool:
    ages = [age for age in (first, last) if age is not None]
    return all(0 <= age <= _OLDEST for age in ages) and ages == sorted(ages)
