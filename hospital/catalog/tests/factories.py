"""Catalog rows in the database for tests, made through the front door."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from hospital.catalog.api import approve_rule, create_composites, create_items, draft_rule
from hospital.catalog.types import (
    CatalogKind,
    Component,
    DrugFacts,
    FeeClass,
    NewComposite,
    NewItem,
    NewRule,
    ScopeKind,
    ServiceCategory,
    ServiceFacts,
    ServiceLine,
    SurchargeMode,
)
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.types import BilingualText

OPENED = datetime(2026, 1, 1, tzinfo=UTC)
NINE = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)


def price_officer(name: str = "maker") -> Actor:
    """A member of the price office."""
    return Actor(
        kind=ActorKind.STAFF,
        id=name,
        label=name,
        grants=frozenset({(Role.PRICE_OFFICER, "CENTER")}),
        campus_code="CENTER",
    )


def new_item(code: str = "250101001", price: str | None = "50.00", **facts: object) -> NewItem:
    """A charge item as the price office would enter it."""
    defaults: dict[str, object] = {
        "kind": CatalogKind.CHARGE_ITEM,
        "fee_class": FeeClass.LAB,
        "name": BilingualText("血常规", "Complete blood count"),
        "unit": BilingualText("次", "test"),
    }
    return NewItem(code=code, price=None if price is None else Decimal(price), **(defaults | facts))  # type: ignore[arg-type]


def make_items(*items: NewItem, now: datetime = OPENED) -> list[UUID]:
    """Enters items."""
    return create_items(items=items, actor=price_officer(), now=now)


def make_hospital_catalog() -> None:
    """A small catalog: registration, blood count, X-ray, drug, tube and a set, with the two default rules."""
    make_items(
        new_item(
            "REG1",
            "35.00",
            fee_class=FeeClass.REGISTRATION,
            name=BilingualText("主任医师门诊诊查费", "Office visit, chief physician"),
            service=ServiceFacts(category=ServiceCategory.REGISTRATION),
        ),
        new_item("CBC", "20.00", service=ServiceFacts(category=ServiceCategory.LAB)),
        new_item(
            "CXR",
            "60.00",
            fee_class=FeeClass.EXAM,
            name=BilingualText("胸部正位X线摄影", "Chest X-ray, frontal view"),
            service=ServiceFacts(category=ServiceCategory.IMAGING, modality="DX"),
        ),
        new_item(
            "AML",
            "12.9600",
            kind=CatalogKind.DRUG,
            fee_class=FeeClass.WESTERN_DRUG,
            name=BilingualText("苯磺酸氨氯地平片", "Amlodipine besylate tablets"),
            unit=BilingualText("盒", "box"),
            drug=DrugFacts(
                generic=BilingualText("氨氯地平", "Amlodipine"),
                form=BilingualText("片剂", "Tablet"),
                strength="5 mg",
            ),
        ),
        new_item(
            "TUBE",
            "0.75",
            kind=CatalogKind.CONSUMABLE,
            fee_class=FeeClass.MATERIALS,
            name=BilingualText("真空采血管", "Vacuum blood collection tube"),
        ),
    )
    make_composite("SET", ("CBC", "1"), ("TUBE", "2"))
    make_rule("INTL", "0.30", service_line=ServiceLine.INTL)
    make_rule("SPECIAL", "0.20", service_line=ServiceLine.SPECIAL)


def make_composite(code: str, *parts: tuple[str, str], ratio: str | None = None, now: datetime = OPENED) -> UUID:
    """Enters a composite."""
    composite = NewComposite(
        code=code,
        name=BilingualText("抽血套餐", "Blood sampling set"),
        components=[Component(part, Decimal(qty)) for part, qty in parts],
        override_ratio=None if ratio is None else Decimal(ratio),
    )
    return create_composites(composites=[composite], checker="checker", actor=price_officer(), now=now)[0]


def new_rule(code: str = "INTL", value: str | None = "0.30", **facts: object) -> NewRule:
    """A service-line rule."""
    defaults: dict[str, object] = {
        "scope_kind": ScopeKind.SERVICE_LINE,
        "scope_id": facts.get("service_line", ServiceLine.INTL),
        "service_line": ServiceLine.INTL,
        "mode": SurchargeMode.RATIO,
        "valid_from": OPENED,
    }
    return NewRule(code=code, value=None if value is None else Decimal(value), **(defaults | facts))  # type: ignore[arg-type]


def make_rule(code: str = "INTL", value: str | None = "0.30", now: datetime = OPENED, **facts: object) -> UUID:
    """Publishes a rule drafted by one person and approved by another."""
    rule_id = draft_rule(rule=new_rule(code, value, **facts), actor=price_officer("maker"), now=now)
    approve_rule(rule_id=rule_id, actor=price_officer("checker"), now=now)
    return rule_id


def codes_of(cards: Sequence[object]) -> list[str]:
    """The codes of cards, in order."""
    return [card.code for card in cards]
