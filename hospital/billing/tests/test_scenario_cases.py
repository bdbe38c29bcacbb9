"""The worked examples A-L of domain brief §1.5, as what-if scenarios."""

import pytest

from hospital.billing.tests.scenarios import answer, composite, consumable, drug, item, only_line, order, rule

pytestmark = pytest.mark.requirement("B40", "F46")
CHILD = {"child": {"ratio": "0.20"}}


def test_a_basic() -> None:
    found = answer([item()], [order(qty="2")])
    assert found["totals"] == {
        "base": "100.00",
        "surcharge": "30.00",
        "total": "130.00",
        "discount": "0.00",
        "payable": "130.00",
    }
    assert found["lines"][0]["u"] == "65.00"
    assert found["payers"] == {"patient": "130.00"}


@pytest.mark.parametrize(("mode", "total", "surcharge"), [("UNIT", "46.05", "6.00"), ("LINE", "46.06", "6.01")])
def test_b_rounding(mode: str, total: str, surcharge: str) -> None:
    line = only_line([item(base_u="13.35")], [order(qty="3")], rules=[rule("0.15")], settings={"rounding_mode": mode})
    assert (line["base"], line["total"], line["surcharge"], line["rounding"]) == ("40.05", total, surcharge, mode)


@pytest.mark.requirement("B42")
def test_c_a_composite_with_its_own_ratio() -> None:
    override = {"from": "2026-01-01", "to": None, "ratio": "0.25", "approval_no": ""}
    found = answer(
        [item("A", "15.00"), item("B", "8.50"), consumable()],
        [order("SET")],
        composites=[
            composite("SET", ("A", "1"), ("B", "1"), ("TUBE", "1"), composite_mode="OVERRIDE", overrides=[override])
        ],
    )
    assert [line["total"] for line in found["lines"]] == ["18.75", "10.63", "0.75"]
    assert [line["source"] for line in found["lines"]] == ["COMPOSITE", "COMPOSITE", "EXEMPT"]
    assert [line["composite"] for line in found["lines"]] == ["SET", "SET", None]
    assert (found["totals"]["total"], found["totals"]["base"]) == ("30.13", "24.25")


@pytest.mark.requirement("B44")
def test_d_a_drug() -> None:
    line = only_line([drug()], [order("D1", "14")])
    assert (line["u"], line["total"], line["surcharge"], line["exempt"]) == ("3.4567", "48.39", "0.00", "DRUG")


@pytest.mark.parametrize(
    ("combination", "u", "added", "footnote"),
    [
        ("SPECIAL_WINS", "52.00", False, "NOT_ADDED"),
        ("CHILD_THEN_SPECIAL", "62.40", True, "INCLUDED"),
        ("ADDITIVE_ON_BASE", "60.00", True, "INCLUDED"),
    ],
)
def test_e_child_and_special(combination: str, u: str, added: bool, footnote: str) -> None:
    line = only_line(
        [item(base_u="40.00", additions=CHILD)],
        [order()],
        settings={"combination": combination},
        encounter={"patient": {"birth_date": "2020-01-01"}},
    )
    assert (line["p"], line["u"], line["added"]) == ("48.00", u, added)
    assert (line["additions"], line["combine"], line["paper"]["footnote"]) == (["child"], combination, footnote)


def test_f_base_only() -> None:
    found = answer(
        [item()],
        [order(qty="2")],
        settings={"intl_insurance_mode": "BASE_ONLY"},
        encounter={"payer": "NATIONAL", "insurance_reply": {"fund": "70", "account": "10", "cash": "20"}},
    )
    assert found["payers"] == {
        "upload": [{"no": 1, "p": "50.00", "qty": "2", "base": "100.00"}],
        "upload_total": "100.00",
        "own_expense": "30.00",
        "fund": "70.00",
        "account": "10.00",
        "patient_cash": "50.00",
    }
    assert found["cash_rounding"] is None


def test_g_three_parts() -> None:
    found = answer(
        [item(base_u="3.3333")],
        [order(qty="3")],
        rules=[],
        refunds=[{"line": 1, "qty": "1"}, {"line": 1, "qty": "1"}, {"line": 1, "qty": "1"}, {"line": 1, "qty": "1"}],
    )
    assert found["totals"]["total"] == "10.00"
    assert [step.get("total") for step in found["refunds"]] == ["3.33", "3.34", "3.33", None]
    assert found["refunds"][3]["refused"] == "nothing_to_refund"


def test_h_never_divided_back() -> None:
    line = only_line([item(base_u="0.35")], [order(qty="100")], rules=[rule("0.15")])
    assert (line["u"], line["base"], line["surcharge"]) == ("0.40", "35.00", "5.00")


def test_i_a_refund_after_the_ratio_changed() -> None:
    rules = [rule("0.30", to="2026-07-01"), rule("0.20", "R1", version="2", **{"from": "2026-07-01"})]
    settled = order(signed_at="2026-06-30T10:00:00", settled_at="2026-06-30T10:05:00")
    found = answer(
        [item()], [settled], rules=rules, preview_at="2026-07-02T09:00:00", refunds=[{"line": 1, "qty": "1"}]
    )
    assert found["lines"][0]["rule_version"] == "1"
    assert found["refunds"][0]["paid_back"] == "65.00"


def test_j_zero_stops_and_null_goes_on() -> None:
    of_class = rule("0.30", "CLASS", scope_kind="FEE_CLASS", scope_id="TREATMENT")
    of_item = rule("0", "ITEM", scope_kind="ITEM", scope_id="S1")
    line = only_line([item()], [order()], rules=[of_item, of_class])
    assert (line["surcharge"], line["source"], line["rule_id"], line["paper"]["mark"]) == (
        "0.00",
        "RULE",
        "ITEM",
        "0 %",
    )
    line = only_line([item()], [order()], rules=[of_item | {"value": None}, of_class])
    assert (line["u"], line["rule_id"]) == ("65.00", "CLASS")
    assert "ITEM" in line["why"]["en"]


def test_k_an_already_special_registration() -> None:
    booking = {"id": "b", "code": "S1", "qty": "1", "registration": True, "booked_at": "2026-06-14T20:00:00"}
    line = only_line([item(base_u="300.00", flags={"already_special_price": True}, additions=CHILD)], [booking])
    assert (line["total"], line["exempt"], line["additions"]) == ("300.00", "ALREADY_SPECIAL", [])
    assert line["occurred_at"] == "2026-06-14T20:00:00"


def test_l_a_transfer_between_wards() -> None:
    orders = [
        order(id="early", executed_at="2026-06-15T09:00:00"),
        order(id="late", executed_at="2026-06-15T11:00:00"),
        order(id="waiting"),
    ]
    lines = [{"from": "2026-06-10", "line": "NORMAL"}, {"from": "2026-06-15T10:00:00", "line": "INTL"}]
    found = answer([item()], orders, encounter={"visit_type": "IP", "service_lines": lines})
    assert [(line["order"], line["surcharge"], line["source"]) for line in found["lines"]] == [
        ("early", "0.00", "GATE"),
        ("late", "15.00", "RULE"),
    ]
