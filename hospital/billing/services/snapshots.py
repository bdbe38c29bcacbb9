"""The snapshot columns of a priced line (domain brief §1.3, §1.6.15)."""

from typing import Any

from hospital.billing.explanations import dump_reasons
from hospital.billing.rules.explaining import explain_line
from hospital.billing.types import PricedLine
from hospital.catalog.types import ItemCard, SurchargeSource

PRICE_COLUMNS = (
    "priced_at",
    "base_u",
    "price_version",
    "public_u",
    "charged_u",
    "decimals",
    "source",
    "rule_code",
    "rule_version",
    "override_composite",
    "mode",
    "value",
    "combination",
    "rounding",
    "settings_version",
    "additions",
    "is_added",
    "exemptions",
    "is_below_public",
    "is_fixed_price_passed",
    "explanation",
    "base",
    "surcharge",
    "total",
)


def price_columns(priced: PricedLine, *, settings_version: str) -> dict[str, Any]:
    """What a later preview may change of a charge that is not settled: a value for each of `PRICE_COLUMNS`."""
    resolution = priced.resolution
    rule = resolution.rule if resolution.source is SurchargeSource.RULE else None
    override = resolution.composite if resolution.source is SurchargeSource.COMPOSITE else None
    return {
        "priced_at": priced.request.priced_at,
        "base_u": priced.price.base_u,
        "price_version": priced.price.version,
        "public_u": priced.p,
        "charged_u": priced.u,
        "decimals": priced.d,
        "source": resolution.source.value,
        "rule_code": rule.rule_id if rule else "",
        "rule_version": rule.version if rule else "",
        "override_composite": override or "",
        "mode": resolution.mode.value if resolution.mode else "",
        "value": resolution.value,
        "combination": priced.combination.value,
        "rounding": priced.rounding.value,
        "settings_version": settings_version,
        "additions": [addition.value for addition in priced.additions],
        "is_added": priced.is_added,
        "exemptions": [exemption.value for exemption in resolution.exempt_all],
        "is_below_public": priced.is_below_public,
        "is_fixed_price_passed": priced.is_passed,
        "explanation": dump_reasons(explain_line(priced)),
        "base": priced.base,
        "surcharge": priced.surcharge,
        "total": priced.total,
    }


def item_columns(card: ItemCard, priced: PricedLine) -> dict[str, Any]:
    """What stays as it was when the line occurred: the item, its names, the line and the patient's age."""
    line = priced.request
    return {
        "item_id": card.id,
        "item_code": card.code,
        "composites": list(line.path),
        "name_zh": card.name.zh,
        "name_en": card.name.en,
        "spec_zh": card.spec.zh,
        "spec_en": card.spec.en,
        "unit_zh": card.unit.zh,
        "unit_en": card.unit.en,
        "nature": line.item.nature.value,
        "fee_class": card.fee_class.value,
        "insurance_code": card.insurance_code,
        "insurance_class": card.insurance_class.value,
        "qty": line.qty,
        "service_line": line.service_line.value,
        "visit_type": line.visit_type.value,
        "age_years": line.age_years,
        "is_emergency": line.is_emergency,
        "occurred_at": line.occurred_at,
    }
