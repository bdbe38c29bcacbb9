"""What the entry of items and rules refuses (domain brief §1.6.1, §1.6.3, §1.6.7)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from hospital.catalog.errors import (
    AdditionNotAllowed,
    FiledPriceTooPrecise,
    FixedPriceBelowBase,
    RuleMalformed,
    RuleOverlap,
    RuleStartsInPast,
)
from hospital.catalog.rules.checks import check_fixed_price, check_item, check_no_overlap, check_rule, settle_start
from hospital.catalog.tests.builders import MORNING, build_item, build_rule
from hospital.catalog.types import Addition, ItemFlags, Nature, ScopeKind, ServiceLine, SurchargeMode

CHILD = Addition(ratio=Decimal("0.2"))


def test_no_addition_on_drugs_or_what_is_free_by_law() -> None:
    check_item(build_item(child=CHILD))
    with pytest.raises(AdditionNotAllowed):
        check_item(build_item(nature=Nature.DRUG, child=CHILD))
    with pytest.raises(AdditionNotAllowed):
        check_item(build_item(flags=ItemFlags(statutory_free=True), emergency=CHILD))


@pytest.mark.parametrize(("filed", "decimals"), [("50", 2), ("3.4567", 4), ("3.4500", 2), ("3.450", 2), ("1.125", 3)])
def test_decimals_are_those_of_the_filed_price(filed: str, decimals: int) -> None:
    item = build_item(base_u=filed)
    check_item(item)
    assert item.prices[0].decimals == decimals


def test_five_decimals_are_refused() -> None:
    with pytest.raises(FiledPriceTooPrecise):
        check_item(build_item(base_u="3.45678"))


def test_malformed_rules_are_refused() -> None:
    check_rule(build_rule())
    for rule in (
        build_rule(service_line=ServiceLine.NORMAL),
        build_rule("-0.1"),
        build_rule(valid_from=MORNING, valid_to=MORNING),
        build_rule(scope_id=ServiceLine.SPECIAL),
    ):
        with pytest.raises(RuleMalformed):
            check_rule(rule)


def test_overlap_is_refused_and_touching_allowed() -> None:
    rule = build_rule(valid_from=MORNING)
    check_no_overlap(rule, [build_rule(rule_id="R0", valid_to=MORNING)])
    check_no_overlap(rule, [build_rule(rule_id="R0", campus="NORTH")])
    with pytest.raises(RuleOverlap):
        check_no_overlap(rule, [build_rule(rule_id="R0", valid_to=MORNING + timedelta(seconds=1))])


def test_a_start_of_today_is_the_publishing_instant_and_yesterday_is_refused() -> None:
    midnight = MORNING - timedelta(hours=9)
    tomorrow = midnight + timedelta(days=1)
    assert settle_start(wanted=midnight, day_begins=midnight, now=MORNING) == MORNING
    assert settle_start(wanted=tomorrow, day_begins=midnight, now=MORNING) == tomorrow
    with pytest.raises(RuleStartsInPast):
        settle_start(wanted=midnight - timedelta(seconds=1), day_begins=midnight, now=MORNING)


def test_a_fixed_price_below_the_base_is_refused_on_an_item_and_warned_of_on_a_wider_scope() -> None:
    cheap, dear = build_item("A", "10.00"), build_item("B", "60.00")
    wide = build_rule("50", mode=SurchargeMode.FIXED_PRICE)
    assert check_fixed_price(wide, [cheap, dear]) == [dear]
    narrow = build_rule("50", mode=SurchargeMode.FIXED_PRICE, scope_kind=ScopeKind.ITEM, scope_id="B")
    with pytest.raises(FixedPriceBelowBase):
        check_fixed_price(narrow, [cheap, dear])
