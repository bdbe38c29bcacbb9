"""Scenarios for tests: an outpatient of the international line at 30 % unless the test says otherwise."""

from typing import Any

from hospital.billing.api import answer_scenario

SIGNED = "2026-06-15T09:00:00"


def item(code: str = "S1", base_u: str = "50.00", **facts: Any) -> dict[str, Any]:
    """A service with one open-ended price."""
    prices = [{"version": "1", "from": "2026-01-01", "to": None, "base_u": base_u}]
    return {"code": code, "kind": "SERVICE", "fee_class": "TREATMENT", "price_item": None, "prices": prices} | facts


def drug(code: str = "D1", base_u: str = "3.4567", **facts: Any) -> dict[str, Any]:
    """A drug."""
    return item(code, base_u, kind="DRUG", fee_class="WESTERN_DRUG", **facts)


def consumable(code: str = "TUBE", base_u: str = "0.75", **facts: Any) -> dict[str, Any]:
    """A consumable."""
    return item(code, base_u, kind="CONSUMABLE", fee_class="MATERIALS", **facts)


def rule(value: object = "0.30", rule_id: str = "R1", **facts: Any) -> dict[str, Any]:
    """A published rule of the whole international line."""
    return {
        "id": rule_id,
        "scope_kind": "SERVICE_LINE",
        "scope_id": "INTL",
        "service_line": "INTL",
        "visit_type": "ANY",
        "campus": "ANY",
        "mode": "RATIO",
        "value": value,
        "from": "2026-01-01",
        "to": None,
        "status": "PUBLISHED",
        "approval_no": "",
        "version": "1",
    } | facts


def composite(code: str, *parts: tuple[str, str], **facts: Any) -> dict[str, Any]:
    """A composite with one component list."""
    components = [{"code": part, "qty": qty} for part, qty in parts]
    versions = [{"version": "1", "from": "2026-01-01", "to": None, "components": components}]
    return {"code": code, "name_zh": "套餐", "name_en": "Set", "versions": versions} | facts


def order(code: str = "S1", qty: str = "1", **facts: Any) -> dict[str, Any]:
    """An order signed at nine."""
    return {"id": f"order-{code}", "code": code, "qty": qty, "signed_at": SIGNED} | facts


def scenario(
    items: list[dict[str, Any]],
    orders: list[dict[str, Any]],
    *,
    rules: list[dict[str, Any]] | None = None,
    composites: list[dict[str, Any]] | None = None,
    price_items: list[dict[str, Any]] | None = None,
    encounter: dict[str, Any] | None = None,
    **facts: Any,
) -> dict[str, Any]:
    """A scenario."""
    visit = {
        "visit_type": "OP",
        "campus": "NORTH",
        "service_lines": [{"from": "2026-06-01", "line": "INTL"}],
        "payer": "SELF",
        "patient": {"birth_date": "1980-02-29"},
    }
    return {
        "id": "case",
        "catalog": {"items": items, "composites": composites or [], "price_items": price_items or []},
        "rules": [rule()] if rules is None else rules,
        "encounter": visit | (encounter or {}),
        "orders": orders,
    } | facts


def answer(*arguments: Any, **facts: Any) -> Any:
    """The answer to `scenario`."""
    return answer_scenario(scenario(*arguments, **facts))


def only_line(*arguments: Any, **facts: Any) -> Any:
    """The one line of the answer."""
    (line,) = answer(*arguments, **facts)["lines"]
    return line
