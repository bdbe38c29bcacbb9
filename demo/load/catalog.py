"""The five catalogs with their prices, and the surcharge rules, entered by one price officer, approved by another."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from demo.load.actors import staff_actor
from demo.load.rows import read_rows
from hospital.catalog.api import (
    approve_change,
    approve_rule,
    change_settings,
    check_import,
    create_composites,
    create_items,
    draft_facts,
    draft_override,
    draft_parts,
    draft_price,
    draft_rule,
    get_item_sheet,
    submit_import,
    write_csv,
)
from hospital.catalog.types import (
    Addition,
    CatalogKind,
    Component,
    CompositeMode,
    DrugFacts,
    FeeClass,
    InsuranceClass,
    ItemFlags,
    NewComposite,
    NewItem,
    NewRule,
    PrescriptionClass,
    PricingSettings,
    ScopeKind,
    ServiceCategory,
    ServiceFacts,
    ServiceLine,
    SurchargeMode,
)
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.types import BilingualText

MAKER: Final = "pan.ruishan"
CHECKER: Final = "tao.jingwen"
# Prices and rules are in force long enough for yesterday's visits, and within the partitions of the audit trail.
PUBLISHED_BEFORE: Final = timedelta(days=20)

# What the drafts of the price office are about.
_BLOOD_COUNT: Final = "250101015"
_CHEST_X_RAY: Final = "210102015-1"
_LIVER_ENZYME: Final = "250305007"
_LIVER_PANEL: Final = "FH1001"

# Composites that the laboratory works off as one request.
_LAB_PANELS: Final = frozenset(f"FH100{place}" for place in range(1, 10))


def load_catalog(*, now: datetime) -> None:
    """Publishes everything as of three weeks ago."""
    published_at = now - PUBLISHED_BEFORE
    maker, checker = staff_actor(MAKER), staff_actor(CHECKER)
    change_settings(settings=PricingSettings(), actor=maker, now=published_at)
    items = [*_price_items(), *_charge_items(), *_consumables(), *_drugs()]
    create_items(items=items, actor=maker, now=published_at)
    create_composites(composites=list(_composites()), checker=checker.id, actor=maker, now=published_at)
    for row in read_rows("catalog/surcharge_rules.csv"):
        rule_id = draft_rule(rule=_rule(row, published_at), actor=maker, now=published_at)
        approve_rule(rule_id=rule_id, actor=checker, now=published_at)


def load_drafts(*, now: datetime) -> None:
    """Leaves something for each of the two: drafts of one wait for the other, and one price is scheduled."""
    maker, checker = staff_actor(MAKER), staff_actor(CHECKER)
    next_month = (
        (now + timedelta(days=31)).astimezone(SHANGHAI).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    )
    scheduled = draft_price(
        code=_BLOOD_COUNT, base_u=Decimal("22.00"), valid_from=next_month, actor=maker, now=now,
        document_no="GYJ-2026-118", reason="省医保局2026年第三批价格",
    )  # fmt: skip
    approve_change(change_id=scheduled, actor=checker, now=now)
    draft_price(
        code=_CHEST_X_RAY, base_u=Decimal("68.00"), valid_from=next_month, actor=maker, now=now,
        document_no="GYJ-2026-121", reason="数字化摄影成本重新核定",
    )  # fmt: skip
    draft_price(
        code=_LIVER_ENZYME, base_u=Decimal("6.50"), valid_from=next_month, actor=checker, now=now,
        document_no="GYJ-2026-122",
    )  # fmt: skip
    draft_override(code=_LIVER_PANEL, ratio=Decimal("0.25"), valid_from=next_month, actor=maker, now=now)
    _draft_facts_and_parts(next_month, maker=maker, now=now)
    _leave_imports(maker=maker, now=now)
    draft_rule(
        rule=NewRule(
            code="SR0001",
            scope_kind=ScopeKind.SERVICE_LINE,
            scope_id=ServiceLine.INTL,
            service_line=ServiceLine.INTL,
            mode=SurchargeMode.RATIO,
            value=Decimal("0.2500"),
            valid_from=next_month,
            approval_no="GYJ-2026-130",
            reason=BilingualText(
                "国际医疗服务默认加收下调至25%", "Default surcharge for international services down to 25%"
            ),
        ),
        actor=maker,
        now=now,
    )


def _draft_facts_and_parts(start: datetime, *, maker: Actor, now: datetime) -> None:
    """An emergency addition and an age limit for an examination; one more test in a set."""
    facts = get_item_sheet(code=_CHEST_X_RAY, now=now).facts
    draft_facts(
        code=_CHEST_X_RAY, facts=replace(facts, emergency=Addition(ratio=Decimal("0.20")), age_from=1),
        valid_from=start, actor=maker, now=now, document_no="GYJ-2026-125", reason="急诊加成按新文件执行",
    )  # fmt: skip
    listed = [Component(part.code, part.qty) for part in get_item_sheet(code=_LIVER_PANEL, now=now).parts]
    draft_parts(
        code=_LIVER_PANEL, parts=[*listed, Component(_BLOOD_COUNT, Decimal(1))], valid_from=start, actor=maker, now=now,
        reason="体检套餐增加血常规",
    )  # fmt: skip


def _leave_imports(*, maker: Actor, now: datetime) -> None:
    """One file that waits for the checker, and one that has errors."""
    tables = {
        "检验价格-2026-12.csv": [["code", "price"], [_LIVER_ENZYME, "6.20"], [_CHEST_X_RAY, "66.00"]],
        "耗材-新增.csv": [
            ["code", "kind", "fee_class", "name_zh", "price", "is_volume_procured"],
            ["HC990001", "CONSUMABLE", "MATERIALS", "一次性使用采血针", "0.55", "yes"],
            ["HC990002", "CONSUMABLE", "MATERIALS", "", "1.20001", "maybe"],
        ],
    }
    for name, rows in tables.items():
        import_id = submit_import(file_name=name, content=write_csv(rows), valid_from=None, actor=maker, now=now)
        check_import(import_id=import_id, now=now)


def _both(row: dict[str, str], column: str) -> BilingualText:
    return BilingualText(row[f"{column}_zh"], row[f"{column}_en"])


def _insurance(text: str) -> InsuranceClass:
    return InsuranceClass(text) if text else InsuranceClass.NONE


def _addition(ratio: str) -> Addition | None:
    return Addition(ratio=Decimal(ratio)) if ratio else None


def _price_items() -> Iterator[NewItem]:
    for row in read_rows("catalog/price_items.csv"):
        yield NewItem(
            code=row["code"],
            kind=CatalogKind.PRICE_ITEM,
            fee_class=FeeClass(row["fee_class"]),
            name=_both(row, "name"),
            unit=_both(row, "unit"),
            price=Decimal(row["price"]),
            content=_both(row, "content"),
        )


def _charge_items() -> Iterator[NewItem]:
    for row in read_rows("catalog/charge_items.csv"):
        yield NewItem(
            code=row["code"],
            kind=CatalogKind.CHARGE_ITEM,
            fee_class=FeeClass(row["fee_class"]),
            name=_both(row, "name"),
            unit=_both(row, "unit"),
            price=Decimal(row["price"]),
            price_item=row["price_item"] or None,
            insurance_code=row["insurance_code"],
            insurance_class=_insurance(row["insurance_class"]),
            flags=ItemFlags(**{flag: True for flag in row["flags"].split(";") if flag}),
            child=_addition(row["child_ratio"]),
            emergency=_addition(row["emergency_ratio"]),
            service=ServiceFacts(
                category=ServiceCategory(row["category"]),
                specimen=_both(row, "specimen"),
                container=_both(row, "container"),
                preparation=_both(row, "preparation"),
                body_part=_both(row, "body_part"),
                modality=row["modality"],
            ),
        )


def _consumables() -> Iterator[NewItem]:
    for row in read_rows("catalog/consumables.csv"):
        yield NewItem(
            code=row["code"],
            kind=CatalogKind.CONSUMABLE,
            fee_class=FeeClass.MATERIALS,
            name=_both(row, "name"),
            unit=_both(row, "unit"),
            price=Decimal(row["price"]),
            spec=BilingualText(row["spec_zh"], row["spec"]),
            manufacturer=_both(row, "manufacturer"),
            insurance_code=row["insurance_code"],
            insurance_class=_insurance(row["insurance_class"]),
            flags=ItemFlags(
                volume_procured=row["vbp"] == "true", charged_separately=row["charged_separately"] == "true"
            ),
        )


def _drugs() -> Iterator[NewItem]:
    for row in read_rows("catalog/drugs.csv"):
        yield NewItem(
            code=row["code"],
            kind=CatalogKind.DRUG,
            fee_class=FeeClass(row["fee_class"]),
            name=_both(row, "generic"),
            unit=_both(row, "unit"),
            price=Decimal(row["price"]),
            spec=_both(row, "spec"),
            manufacturer=_both(row, "manufacturer"),
            insurance_class=_insurance(row["insurance_class"]),
            flags=ItemFlags(volume_procured=row["vbp"] == "true"),
            drug=DrugFacts(
                generic=_both(row, "generic"),
                form=_both(row, "form"),
                strength=row["strength"],
                dose_unit=BilingualText(row["dose_unit_zh"], row["dose_unit"]),
                default_dose=Decimal(row["default_dose"]) if row["default_dose"] else None,
                default_route=row["default_route"],
                default_frequency=row["default_frequency"],
                prescription_class=PrescriptionClass(row["class"]),
                antimicrobial_grade=row["antimicrobial_grade"],
                allergy_group=row["allergy_group"],
            ),
        )


def _composites() -> Iterator[NewComposite]:
    parts: dict[str, list[Component]] = {}
    for row in read_rows("catalog/composite_components.csv"):
        parts.setdefault(row["composite"], []).append(Component(row["component"], Decimal(row["quantity"])))
    services = {row["code"]: row for row in read_rows("catalog/charge_items.csv")}
    for row in read_rows("catalog/composites.csv"):
        is_panel = row["code"] in _LAB_PANELS
        first = services.get(parts[row["code"]][0].code)
        yield NewComposite(
            code=row["code"],
            name=_both(row, "name"),
            components=parts[row["code"]],
            unit=BilingualText("套", "set"),
            fee_class=FeeClass.LAB if is_panel else FeeClass.OTHER,
            mode=CompositeMode(row["composite_mode"]),
            override_ratio=Decimal(row["override_ratio"]) if row["override_ratio"] else None,
            approval_no=row["approval_no"],
            service=_panel_facts(first) if is_panel and first else None,
        )


def _panel_facts(first: dict[str, str]) -> ServiceFacts:
    """A panel is drawn as its first test is."""
    return ServiceFacts(
        category=ServiceCategory.LAB,
        specimen=_both(first, "specimen"),
        container=_both(first, "container"),
        preparation=_both(first, "preparation"),
    )


def _rule(row: dict[str, str], valid_from: datetime) -> NewRule:
    return NewRule(
        code=row["code"],
        scope_kind=ScopeKind(row["scope_kind"]),
        scope_id=row["scope_id"],
        service_line=ServiceLine(row["service_line"]),
        mode=SurchargeMode(row["mode"]),
        value=Decimal(row["value"]) if row["value"] else None,
        valid_from=valid_from,
        visit_type=row["visit_type"],
        campus=row["campus"],
        approval_no=row["approval_no"],
        reason=_both(row, "reason"),
    )
