"""The worked examples A-E, H, J, K of domain brief §1.5 and the combinations of §1.6.2-3."""

from decimal import Decimal

import pytest

from hospital.billing.rules.pricing import price_line, sum_lines
from hospital.billing.tests.builders import build_line, price
from hospital.billing.types import PublicAddition
from hospital.catalog.tests.builders import MORNING, build_book, build_composite, build_item, build_rule
from hospital.catalog.types import (
    Addition,
    Combination,
    Exemption,
    FeeClass,
    ItemFlags,
    Nature,
    RoundingMode,
    ScopeKind,
    ServiceLine,
    SurchargeMode,
    SurchargeSource,
)

CHILD = Addition(ratio=Decimal("0.20"), under_years=7)


@pytest.mark.requirement("B40", "F46")
def test_case_a_basic() -> None:
    item = build_item(base_u="50.00")
    line = price(build_book([item], [build_rule("0.30")]), item, "2")
    assert (line.u, line.total, line.base, line.surcharge) == (
        Decimal("65.00"),
        Decimal("130.00"),
        Decimal("100.00"),
        Decimal("30.00"),
    )


@pytest.mark.requirement("B40", "F46")
@pytest.mark.parametrize(
    ("mode", "total", "surcharge"), [(RoundingMode.UNIT, "46.05", "6.00"), (RoundingMode.LINE, "46.06", "6.01")]
)
def test_case_b_rounding(mode: RoundingMode, total: str, surcharge: str) -> None:
    item = build_item(base_u="13.35")
    line = price(build_book([item], [build_rule("0.15")], rounding_mode=mode), item, "3")
    assert (line.u, line.base) == (Decimal("15.35"), Decimal("40.05"))
    assert (line.total, line.surcharge, line.rounding) == (Decimal(total), Decimal(surcharge), mode)


@pytest.mark.requirement("B41", "B42", "F46")
def test_case_c_composite_override() -> None:
    items = [
        build_item("A", "15.00"),
        build_item("B", "8.50"),
        build_item("TUBE", "0.75", nature=Nature.CONSUMABLE, fee_class=FeeClass.MATERIALS),
    ]
    composite = build_composite("SET", ("A", "1"), ("B", "1"), ("TUBE", "1"), ratio="0.25")
    book = build_book(items, [build_rule("0.30")], [composite])
    lines = [
        price_line(book=book, line=build_line(leaf.item, str(leaf.qty), path=leaf.path))
        for leaf in book.explode(code="SET", qty=Decimal(1), at=MORNING)
    ]
    assert [line.total for line in lines] == [Decimal("18.75"), Decimal("10.63"), Decimal("0.75")]
    assert [line.resolution.source for line in lines] == [
        SurchargeSource.COMPOSITE,
        SurchargeSource.COMPOSITE,
        SurchargeSource.EXEMPT,
    ]
    totals = sum_lines(lines)
    assert (totals.total, totals.base) == (Decimal("30.13"), Decimal("24.25"))


@pytest.mark.requirement("B44", "F46")
def test_case_d_drug() -> None:
    drug = build_item(base_u="3.4567", nature=Nature.DRUG, fee_class=FeeClass.WESTERN_DRUG)
    line = price(build_book([drug], [build_rule("0.30")]), drug, "14")
    assert (line.u, line.d, line.total, line.surcharge) == (Decimal("3.4567"), 4, Decimal("48.39"), Decimal(0))
    assert line.exempt is Exemption.DRUG


@pytest.mark.requirement("B40", "F46")
@pytest.mark.parametrize(
    ("policy", "u", "is_added"),
    [
        (Combination.SPECIAL_WINS, "52.00", False),
        (Combination.CHILD_THEN_SPECIAL, "62.40", True),
        (Combination.ADDITIVE_ON_BASE, "60.00", True),
    ],
)
def test_case_e_child_and_special(policy: Combination, u: str, is_added: bool) -> None:
    item = build_item(base_u="40.00", child=CHILD)
    line = price(build_book([item], [build_rule("0.30")], combination=policy), item, age_years=6)
    assert (line.u, line.p, line.is_added, line.combination) == (Decimal(u), Decimal("48.00"), is_added, policy)
    assert (line.base, line.additions) == (Decimal("48.00"), (PublicAddition.CHILD,))
    assert line.total == line.base + line.surcharge == Decimal(u)


@pytest.mark.requirement("F46")
def test_case_h_the_base_is_kept_and_never_divided_back() -> None:
    item = build_item(base_u="0.35")
    line = price(build_book([item], [build_rule("0.15")]), item, "100")
    assert (line.u, line.base, line.surcharge) == (Decimal("0.40"), Decimal("35.00"), Decimal("5.00"))


@pytest.mark.requirement("B40", "F46")
def test_case_j_explicit_zero_beats_the_class_rule() -> None:
    item = build_item(base_u="50.00")
    rules = [
        build_rule("0", rule_id="ZERO", scope_kind=ScopeKind.ITEM, scope_id="S1"),
        build_rule("0.30", rule_id="CLASS", scope_kind=ScopeKind.FEE_CLASS, scope_id=FeeClass.TREATMENT),
    ]
    line = price(build_book([item], rules), item)
    assert (line.surcharge, line.resolution.source) == (Decimal(0), SurchargeSource.RULE)
    assert line.resolution.rule is not None
    assert line.resolution.rule.rule_id == "ZERO"


@pytest.mark.requirement("B40", "F46")
def test_case_k_an_already_special_registration() -> None:
    item = build_item(
        base_u="300.00", fee_class=FeeClass.REGISTRATION, flags=ItemFlags(already_special_price=True), child=CHILD
    )
    line = price(build_book([item], [build_rule("0.30")]), item, age_years=3)
    assert (line.total, line.surcharge, line.additions) == (Decimal("300.00"), Decimal(0), ())
    assert line.exempt is Exemption.ALREADY_SPECIAL


@pytest.mark.requirement("F46")
def test_an_ordinary_visit_pays_the_public_price_with_its_additions() -> None:
    item = build_item(base_u="40.00", child=CHILD)
    book = build_book([item], [build_rule("0.30")])
    line = price(book, item, age_years=6, service_line=ServiceLine.NORMAL)
    assert (line.total, line.base, line.is_added) == (Decimal("48.00"), Decimal("48.00"), True)
    assert price(book, item, age_years=7, service_line=ServiceLine.NORMAL).total == Decimal("40.00")


def test_emergency_adds_to_child_and_amounts_are_rounded_to_the_price_decimals() -> None:
    item = build_item(base_u="40.00", child=CHILD, emergency=Addition(amount=Decimal("10.005")))
    line = price(build_book([item]), item, age_years=6, is_emergency=True)
    assert line.p == Decimal("58.01")
    assert line.additions == (PublicAddition.CHILD, PublicAddition.EMERGENCY)
    assert line.resolution.source is SurchargeSource.NONE


def test_the_child_limit_is_the_settings_where_the_item_has_none() -> None:
    item = build_item(base_u="40.00", child=Addition(ratio=Decimal("0.2")))
    assert price(build_book([item], child_age_limit=6), item, age_years=6).p == Decimal("40.00")
    assert price(build_book([item]), item, age_years=6).p == Decimal("48.00")


@pytest.mark.parametrize(
    ("policy", "u"),
    [
        (Combination.SPECIAL_WINS, "60.00"),
        (Combination.CHILD_THEN_SPECIAL, "68.00"),
        (Combination.ADDITIVE_ON_BASE, "68.00"),
    ],
)
def test_an_amount_goes_on_the_base_or_on_the_public_price(policy: Combination, u: str) -> None:
    item = build_item(base_u="40.00", child=CHILD)
    rule = build_rule("20", mode=SurchargeMode.AMOUNT)
    assert price(build_book([item], [rule], combination=policy), item, age_years=6).u == Decimal(u)


def test_a_fixed_price_is_the_price_and_its_fall_below_the_base_is_told() -> None:
    item = build_item(base_u="40.00", child=CHILD)
    book = build_book([item], [build_rule("45", mode=SurchargeMode.FIXED_PRICE)])
    adult = price(book, item)
    assert (adult.u, adult.surcharge, adult.is_below_public) == (Decimal("45.00"), Decimal("5.00"), False)
    child = price(book, item, age_years=6)
    assert (child.u, child.surcharge, child.is_below_public, child.is_passed) == (
        Decimal("48.00"),
        Decimal(0),
        True,
        False,
    )
    assert child.is_added is True
    risen = price(build_book([item], [build_rule("39.99", mode=SurchargeMode.FIXED_PRICE)]), item)
    assert (risen.u, risen.is_below_public, risen.is_passed) == (Decimal("40.00"), True, True)


def test_a_special_ratio_below_the_child_addition_never_undercuts_the_public_price() -> None:
    item = build_item(base_u="40.00", child=CHILD)
    line = price(build_book([item], [build_rule("0.10")]), item, age_years=6)
    assert (line.u, line.surcharge, line.is_below_public) == (Decimal("48.00"), Decimal(0), True)


def test_in_line_mode_the_line_never_falls_below_the_public_line() -> None:
    item = build_item(base_u="13.35", child=Addition(ratio=Decimal("0.1502")))
    book = build_book([item], [build_rule("0.15019")], rounding_mode=RoundingMode.LINE)
    line = price(book, item, "1000", age_years=6)
    assert line.total == line.base == Decimal("15360.00")
    assert line.is_below_public


def test_the_policy_of_an_item_stands_before_the_setting() -> None:
    item = build_item(base_u="40.00", child=CHILD, combination=Combination.ADDITIVE_ON_BASE)
    assert price(build_book([item], [build_rule("0.30")]), item, age_years=6).u == Decimal("60.00")
