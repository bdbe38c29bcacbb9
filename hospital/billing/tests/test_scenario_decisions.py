"""The decisions of domain brief §1.6 as what-if scenarios: prices, rules, exemptions, occurrence."""

import pytest

from hospital.billing.tests.scenarios import answer, composite, consumable, drug, item, only_line, order, rule

pytestmark = pytest.mark.requirement("B40", "F46")
CHILD = {"child": {"ratio": "0.20"}}
TODDLER = {"patient": {"birth_date": "2024-01-01"}}
NORMAL = {"service_lines": [{"from": "2026-06-01", "line": "NORMAL"}]}


def test_1_additions_count_as_base_on_ordinary_lines_too() -> None:
    additions = {"child": {"amount": "1.005"}, "emergency": {"ratio": "0.10"}}
    line = only_line([item(additions=additions)], [order(emergency=True, qty="2")], encounter=NORMAL | TODDLER)
    assert (line["p"], line["base"], line["additions"]) == ("56.01", "112.02", ["child", "emergency"])
    assert (line["source"], line["added"], line["surcharge"]) == ("GATE", True, "0.00")


def test_1_the_emergency_room_is_an_emergency_without_a_mark() -> None:
    marked = item(additions={"emergency": {"ratio": "0.10"}})
    assert only_line([marked], [order()], rules=[], encounter={"visit_type": "ER"})["p"] == "55.00"
    assert only_line([marked], [order()], rules=[])["p"] == "50.00"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (drug(additions=CHILD), "addition_not_allowed"),
        (item(additions=CHILD, flags={"statutory_free": True}), "addition_not_allowed"),
        (item(base_u="1.00001"), "filed_price_too_precise"),
        (item(price_item=["P1", "P2"]), "price_item_ambiguous"),
    ],
    ids=["drug", "free", "precise", "two mappings"],
)
def test_1_and_4_entry_is_refused_in_both_languages(row: dict[str, object], code: str) -> None:
    found = answer([row], [])
    assert found["refused"] == code
    assert found["message"]["zh"] != found["message"]["en"]


def test_1_trailing_zeros_do_not_count_as_decimals() -> None:
    line = only_line([item(base_u="12.3450000")], [order()])
    assert (line["d"], line["u"], line["base_u"]) == (3, "16.049", "12.345")


def test_2_amounts_and_fixed_prices() -> None:
    amount = rule("20", mode="AMOUNT")
    assert only_line([item()], [order()], rules=[amount])["paper"]["mark"] == "+¥20.00"
    line = only_line(
        [item(additions=CHILD)],
        [order()],
        rules=[amount],
        settings={"combination": "CHILD_THEN_SPECIAL"},
        encounter=TODDLER,
    )
    assert (line["p"], line["u"]) == ("60.00", "80.00")
    assert only_line([item()], [order()], rules=[rule("88.888", mode="FIXED_PRICE")])["u"] == "88.89"


def test_3_never_below_the_public_price() -> None:
    line = only_line([item(additions=CHILD)], [order()], rules=[rule("0.10")], encounter=TODDLER)
    assert (line["p"], line["u"], line["surcharge"], line["below_public"]) == ("60.00", "60.00", "0.00", True)
    assert (line["paper"]["mark"], line["paper"]["footnote"]) == ("0 %", "INCLUDED")
    assert "60.00" in line["why"]["zh"]


def test_3_fixed_prices_below_a_base() -> None:
    of_item = rule("40", scope_kind="ITEM", scope_id="S1", mode="FIXED_PRICE")
    assert answer([item()], [], rules=[of_item])["refused"] == "fixed_price_below_base"
    of_class = rule("40", "WIDE", scope_kind="FEE_CLASS", scope_id="TREATMENT", mode="FIXED_PRICE")
    found = answer([item(), item("S2", "30.00")], [order()], rules=[of_class])
    assert found["warnings"] == [["WIDE", "S1"]]
    assert found["maintenance_list"] == []
    assert (found["lines"][0]["passed"], found["lines"][0]["u"]) == (True, "50.00")


def test_3_a_base_that_rises_past_a_fixed_price() -> None:
    dear = {"version": "2", "from": "2026-06-01", "to": None, "base_u": "70.00", "published_at": "2026-05-01T09:00:00"}
    row = item()
    row["prices"].append(dear)
    found = answer([row], [order()], rules=[rule("60", scope_kind="ITEM", scope_id="S1", mode="FIXED_PRICE")])
    assert (found["maintenance_list"], found["warnings"]) == (["R1"], [])
    assert (found["lines"][0]["u"], found["lines"][0]["price_version"]) == ("70.00", "2")


def test_4_exact_visit_comes_before_exact_campus() -> None:
    rules = [
        rule("0.1", "BOTH", visit_type="OP", campus="NORTH"),
        rule("0.2", "VISIT", visit_type="OP"),
        rule("0.3", "CAMPUS", campus="NORTH"),
        rule("0.4", "NONE"),
    ]
    for left in range(4):
        line = only_line([item()], [order()], rules=rules[left:])
        assert line["rule_id"] == rules[left]["id"]


def test_4_the_mapped_price_item_and_one_charged_directly() -> None:
    bureau = item("P1", "20.00")
    of_bureau = rule("0.5", "BUREAU", scope_kind="PRICE_ITEM", scope_id="P1")
    found = answer([item(price_item="P1")], [order(), order("P1")], rules=[of_bureau, rule()], price_items=[bureau])
    assert [(line["rule_id"], line["u"]) for line in found["lines"]] == [("BUREAU", "75.00"), ("BUREAU", "30.00")]


@pytest.mark.parametrize(
    "bad",
    [
        rule(service_line="NORMAL", scope_id="NORMAL"),
        rule("-0.1"),
        rule("0.12345"),
        rule(to="2025-01-01"),
        rule(scope_kind="ITEM", scope_id="SET"),
    ],
    ids=["ordinary", "negative", "precise", "backward", "composite"],
)
def test_4_rules_that_cannot_be(bad: dict[str, object]) -> None:
    found = answer([item()], [], rules=[bad], composites=[composite("SET", ("S1", "1"))])
    assert found["refused"] == "rule_malformed"


def test_4_overlaps_are_refused_and_drafts_price_nothing() -> None:
    assert answer([item()], [], rules=[rule(), rule("0.2", "R2")])["refused"] == "rule_overlap"
    line = only_line([item()], [order()], rules=[rule(status="DRAFT"), rule("0.2", "R2")])
    assert line["rule_id"] == "R2"


def test_4_the_outermost_override_wins_and_null_inherits() -> None:
    def own(ratio: str | None) -> dict[str, object]:
        return {"composite_mode": "OVERRIDE", "overrides": [{"from": "2026-01-01", "to": None, "ratio": ratio}]}

    inner = composite("IN", ("S1", "1"), **own("0.5"))
    for ratio, expected in (("0.1", ("OUT", "55.00")), (None, ("IN", "75.00"))):
        outer = composite("OUT", ("IN", "1"), **own(ratio))
        line = only_line([item()], [order("OUT")], composites=[inner, outer])
        assert (line["composite"], line["u"], line["path"]) == (*expected, ["OUT", "IN"])


def test_5_goods_need_the_switch_and_an_approval_number() -> None:
    of_drugs = rule("0.1", "D", scope_kind="KIND", scope_id="DRUG")
    approved = of_drugs | {"approval_no": "2026-7"}
    allowed = {"allow_drug_surcharge": True}
    assert only_line([drug()], [order("D1")], rules=[approved])["exempt"] == "DRUG"
    line = only_line([drug()], [order("D1")], rules=[of_drugs, rule(approval_no="X")], settings=allowed)
    assert (line["exempt"], line["source"], line["rule_id"]) == ("DRUG", "EXEMPT", None)
    line = only_line([drug(base_u="10.00")], [order("D1")], rules=[approved], settings=allowed)
    assert (line["exempt"], line["u"], line["rule_id"]) == (None, "11.00", "D")
    line = only_line([drug(flags={"vbp": True})], [order("D1")], rules=[approved], settings=allowed)
    assert line["exempt"] == "VBP"


def test_5_consumables_in_the_price_make_no_line() -> None:
    found = answer([consumable(flags={"charged_separately": False})], [order("TUBE")])
    assert (found["lines"], found["totals"]["total"]) == ([], "0.00")


def test_5_all_reasons_are_named_on_ordinary_lines_too() -> None:
    line = only_line([drug(flags={"vbp": True, "blood": True})], [order("D1")], encounter=NORMAL)
    assert (line["source"], line["exempt_all"]) == ("GATE", ["DRUG", "VBP", "BLOOD"])


def test_6_an_approved_event_prices_unsettled_lines_again() -> None:
    orders = [
        order(id="paid", settled_at="2026-06-15T09:30:00"),
        order(id="open"),
        order(id="after", signed_at="2026-06-15T13:00:00"),
    ]
    event = {"at": "2026-06-15T12:00:00", "to": "INTL", "approved": True}
    found = answer([item()], orders, encounter=NORMAL | {"line_change": event})
    assert found["line_change"] == {"repriced": [2], "kept": [1]}
    assert [line["service_line"] for line in found["lines"]] == ["NORMAL", "INTL", "INTL"]
    found = answer([item()], orders, encounter=NORMAL | {"line_change": event | {"approved": False}})
    assert found["line_change"]["refused"] == "line_change_unapproved"
    assert [line["surcharge"] for line in found["lines"]] == ["0.00", "0.00", "0.00"]


def test_6_and_7_an_event_goes_back_to_the_occurrence_and_a_later_preview_forward() -> None:
    rules = [rule("0.30", to="2026-06-16"), rule("0.20", version="2", **{"from": "2026-06-16"})]
    event = {"at": "2026-06-17T12:00:00", "to": "INTL", "approved": True}
    visit = NORMAL | {"line_change": event}
    early = only_line([item()], [order()], rules=rules, encounter=visit, preview_at="2026-06-17T10:00:00")
    assert (early["u"], early["priced_at"]) == ("65.00", "2026-06-15T09:00:00")
    late = only_line([item()], [order()], rules=rules, encounter=visit, preview_at="2026-06-17T13:00:00")
    assert (late["u"], late["priced_at"]) == ("60.00", "2026-06-17T13:00:00")


def test_7_the_price_is_held_until_midnight_and_a_quote_past_it() -> None:
    prices = [
        {"version": "1", "from": "2026-01-01", "to_day": "2026-06-15", "base_u": "50.00"},
        {"version": "2", "from_day": "2026-06-16", "to": None, "base_u": "60.00"},
    ]
    row = item(prices=prices)
    held = only_line([row], [order()], preview_at="2026-06-15T23:59:59")
    assert (held["u"], held["changed"]) == ("65.00", None)
    moved = only_line([row], [order()], preview_at="2026-06-16")
    assert moved["changed"] == {
        "u": ["65.00", "78.00"],
        "base": ["50.00", "60.00"],
        "surcharge": ["15.00", "18.00"],
        "total": ["65.00", "78.00"],
    }
    in_hand = order(settled_at="2026-06-16T00:04:59", quoted_at="2026-06-15T23:50:00")
    assert only_line([row], [in_hand])["u"] == "65.00"
    assert only_line([row], [order(settled_at="2026-06-16T00:04:59")])["u"] == "78.00"
    expired = order(settled_at="2026-06-16T00:05:00", quoted_at="2026-06-15T23:50:00")
    assert answer([row], [expired])["refused"] == "quote_expired"


def test_7_a_start_of_today_takes_effect_when_it_is_published() -> None:
    second = rule("0.20", version="2", from_day="2026-06-15", published_at="2026-06-15T09:30:00")
    second.pop("from")
    orders = [order(id="before", signed_at="2026-06-15T09:29:59"), order(id="after", signed_at="2026-06-15T09:30:00")]
    found = answer([item()], orders, rules=[second, rule()])
    assert [line["rule_version"] for line in found["lines"]] == ["1", "2"]
    early = second | {"from_day": "2026-06-14"}
    assert answer([item()], orders, rules=[rule(), early])["refused"] == "starts_in_past"


def test_7_components_by_order_time() -> None:
    versions = [
        {"version": "1", "from": "2026-01-01", "to": "2026-06-15T10:00:00", "components": [{"code": "S1", "qty": "1"}]},
        {"version": "2", "from": "2026-06-15T10:00:00", "to": None, "components": [{"code": "S2", "qty": "1"}]},
    ]
    late = order("SET", executed_at="2026-06-15T12:00:00")
    line = only_line(
        [item(), item("S2")],
        [late],
        composites=[{"code": "SET", "versions": versions}],
        encounter={"visit_type": "IP"},
    )
    assert (line["item"], line["priced_at"]) == ("S1", "2026-06-15T12:00:00")


@pytest.mark.parametrize(("birth", "is_child"), [("2019-06-15", False), ("2019-06-16", True), ("2020-02-29", True)])
def test_8_age_in_completed_years(birth: str, is_child: bool) -> None:
    line = only_line([item(additions=CHILD)], [order()], encounter={"patient": {"birth_date": birth}})
    assert line["additions"] == (["child"] if is_child else [])


def test_9_five_deep_not_six_and_no_cycle() -> None:
    def chain(depth: int) -> list[dict[str, object]]:
        links = [composite(f"C{n}", (f"C{n + 1}", "1")) for n in range(1, depth)]
        return [*links, composite(f"C{depth}", ("S1", "1"), ("S1", "2"))]

    found = answer([item()], [order("C1", "1.5")], composites=chain(5))
    assert [line["qty"] for line in found["lines"]] == ["1.5", "3"]
    assert answer([item()], [], composites=chain(6))["refused"] == "composite_too_deep"
    ring = [composite("A", ("B", "1")), composite("B", ("A", "1"))]
    assert answer([item()], [], composites=ring)["refused"] == "composite_cycle"
    assert answer([item()], [order(qty="1.00001")])["refused"] == "bad_quantity"
