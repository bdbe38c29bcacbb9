"""The decisions of domain brief §1.6.9-13 as what-if scenarios: refunds, discounts, cash, insurance, quotes."""

import json
from decimal import Decimal

import pytest

from hospital.billing.api import answer_scenarios
from hospital.billing.errors import ScenarioMalformed
from hospital.billing.tests.scenarios import answer, composite, drug, item, order, rule, scenario

pytestmark = pytest.mark.requirement("B40", "F46", "F47")
CASH = {"tenders": [{"type": "CASH"}]}
INSURED = {"payer": "COMMERCIAL"}
NATIONAL = {"payer": "NATIONAL"}
BASE_ONLY = {"intl_insurance_mode": "BASE_ONLY"}


def test_9_a_package_goes_back_whole_or_not_at_all() -> None:
    refunds = [
        {"line": 1, "qty": "1"},
        {"package": "order-SET", "executed": [1, 2]},
        {"package": "order-SET", "executed": [2], "reversed": [2]},
        {"package": "order-SET"},
        {"package": "nothing"},
    ]
    found = answer(
        [item(), item("S2", "8.00")],
        [order("SET")],
        composites=[composite("SET", ("S1", "2"), ("S2", "1"))],
        refunds=refunds,
    )["refunds"]
    assert found[0]["paid_back"] == "65.00"
    assert (found[1]["refused"], found[1]["named"]) == ("line_executed", [1, 2])
    assert [(part["line"], part["qty"]) for part in found[2]["parts"]] == [(1, "1"), (2, "1")]
    assert found[2]["paid_back"] == "75.40"
    assert [step["refused"] for step in found[3:]] == ["nothing_to_refund", "charge_unknown"]


def test_9_an_executed_line_is_reversed_first() -> None:
    refunds = [
        {"line": 1, "qty": "1", "executed": True},
        {"line": 1, "qty": "1", "executed": True, "reversed": True},
        {"line": 1, "qty": "2"},
        {"line": 9, "qty": "1"},
    ]
    found = answer([item()], [order(qty="2")], refunds=refunds)["refunds"]
    assert [step.get("refused") for step in found] == ["line_executed", None, "refund_above_rest", "charge_unknown"]


def test_10_discount_and_an_insurer_that_excludes_surcharge() -> None:
    found = answer(
        [item(), drug("D1", "10.00"), drug("D2", "10.00")],
        [order(qty="3"), order("D1"), order("D2")],
        encounter=INSURED,
        contract={"discount": "0.1", "exempt_items_listed": ["D2"], "excludes_surcharge": True},
        refunds=[{"line": 1, "qty": "1"}, {"line": 1, "qty": "2"}],
    )
    lines = found["lines"]
    assert [line["discount"] for line in lines] == ["19.50", "0.00", "1.00"]
    assert (lines[0]["to_adjudication"], lines[0]["patient"]) == ("135.00", "40.50")
    assert found["payers"] == {"to_adjudication": "154.00", "patient": "40.50"}
    first, second = found["refunds"]
    assert (first["paid_back"], first["to_adjudication"], first["patient"]) == ("58.50", "45.00", "13.50")
    for name, whole in (("paid_back", "175.50"), ("to_adjudication", "135.00"), ("patient", "40.50")):
        assert Decimal(first[name]) + Decimal(second[name]) == Decimal(whole)


def test_10_a_contract_means_nothing_to_other_payers() -> None:
    assert answer([item()], [order()], contract={"discount": "0.1"})["totals"]["discount"] == "0.00"


def test_11_what_is_uploaded_again_is_what_the_ledger_keeps() -> None:
    found = answer(
        [item(base_u="3.3333"), item("S2", "0.00")],
        [order(qty="3"), order("S2")],
        settings=BASE_ONLY,
        encounter=NATIONAL,
        refunds=[{"line": 1, "qty": "1"}, {"line": 1, "qty": "2"}],
    )
    assert [each["no"] for each in found["payers"]["upload"]] == [1]
    assert "fund" not in found["payers"]
    assert [step["upload_again"] for step in found["refunds"]] == [[{"no": 1, "qty": "2", "base": "6.67"}], []]


def test_11_a_reply_that_does_not_add_up() -> None:
    wrong = NATIONAL | {"insurance_reply": {"fund": "1", "account": "1", "cash": "1"}}
    payers = answer([item()], [order()], settings=BASE_ONLY, encounter=wrong)["payers"]
    assert (payers["refused"], payers["upload_total"]) == ("insurance_reply_mismatch", "50.00")
    assert answer([item()], [order()], encounter=wrong)["payers"] == {"patient": "65.00"}


def test_12_cash_is_rounded_on_its_own_line() -> None:
    found = answer(
        [item(base_u="3.35")],
        [order(qty="3")],
        rules=[],
        encounter=CASH,
        refunds=[{"line": 1, "qty": "1"}] * 3,
    )
    assert found["cash_rounding"] == "0.05"
    assert [step["cash_back"] for step in found["refunds"]] == ["3.40", "3.30", "3.40"]


@pytest.mark.parametrize(
    ("encounter", "settings", "expected"),
    [
        (CASH, {"cash_rounding": None}, None),
        (CASH, {"cash_rounding": "0.10"}, "0.05"),
        ({}, {}, None),
        ({"tenders": [{"type": "CARD", "amount": "10.00"}, {"type": "CASH"}]}, {}, "0.05"),
        ({"tenders": [{"type": "CARD", "amount": "10.05"}]}, {}, None),
        (CASH | INSURED, {}, None),
        (CASH | NATIONAL, {}, "0.05"),
        (CASH | NATIONAL, BASE_ONLY, None),
    ],
    ids=["off", "on", "no tender", "rest in cash", "card", "insurer", "national none", "base only"],
)
def test_12_where_cash_is_rounded(
    encounter: dict[str, object], settings: dict[str, object], expected: str | None
) -> None:
    found = answer([item(base_u="10.05")], [order()], rules=[], encounter=encounter, settings=settings)
    assert found["cash_rounding"] == expected


def test_12_no_rounding_line_where_cash_is_even() -> None:
    assert answer([item()], [order()], encounter=CASH)["cash_rounding"] == "0.00"


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (None, "ACCEPTED"),
        ({"what": "qty", "line": 1, "to": "1.0"}, "ACCEPTED"),
        ({"what": "id", "line": 1, "to": "other"}, "QUOTE_MISMATCH"),
        ({"what": "version", "line": 1, "to": "2"}, "QUOTE_MISMATCH"),
        ({"what": "qty", "line": 1, "to": "2"}, "QUOTE_MISMATCH"),
        ({"what": "u", "line": 1, "to": "64.99"}, "QUOTE_MISMATCH"),
        ({"what": "total", "line": 1, "to": "65.01"}, "QUOTE_MISMATCH"),
        ({"what": "payers", "to": {"patient": "60.00", "insurer": "5.00"}}, "QUOTE_MISMATCH"),
        ({"what": "payers", "to": "COMMERCIAL"}, "QUOTE_MISMATCH"),
        ({"what": "currency", "to": "USD"}, "QUOTE_MISMATCH"),
        ({"what": "expiry", "to": "2026-06-15T11:00:00"}, "QUOTE_MISMATCH"),
    ],
)
def test_13_a_token_pays_for_what_was_quoted(change: dict[str, object] | None, outcome: str) -> None:
    attempts = [{"at": "2026-06-15T10:14:59", "change": change}, {"at": "2026-06-15T10:15:00", "change": change}]
    found = answer([item()], [order()], quote={"at": "2026-06-15T10:00:00", "attempts": attempts})["quote"]
    assert found == {"expires_at": "2026-06-15T10:15:00", "attempts": [outcome, "QUOTE_EXPIRED"]}


def test_one_unreadable_scenario_does_not_spoil_the_others() -> None:
    cases = [{"id": "bad"} | scenario([{"code": "X"}], [order("X")]), scenario([item()], [order()])]
    cases[0]["orders"] = [{"id": "o", "code": "X", "qty": "two", "signed_at": "2026-06-15"}]
    answers = answer_scenarios({"cases": cases})["cases"]
    assert answers[0]["answer"]["refused"] == "scenario_malformed"
    assert answers[1]["answer"]["totals"]["total"] == "65.00"
    json.dumps(answers)
    with pytest.raises(ScenarioMalformed):
        answer_scenarios([])


def test_numbers_beyond_all_measure_are_refused() -> None:
    assert answer([item(base_u="1E+40")], [order()])["refused"] == "scenario_malformed"


def test_binary_fractions_and_odd_words_are_refused() -> None:
    for broken in (rule(0.3), rule(mode="TIMES"), rule(visit_type="HOME"), rule("many"), rule("NaN")):
        assert answer([item()], [], rules=[broken])["refused"] == "scenario_malformed"
