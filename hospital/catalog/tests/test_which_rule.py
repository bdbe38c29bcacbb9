"""Which rule wins: gate, exemptions, levels, wildcards, null and explicit 0 (domain brief §1.3, §1.6.4-5)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from hospital.catalog.rules.price_book import CompiledPriceBook
from hospital.catalog.tests.builders import LONG_AGO, MORNING, build_book, build_composite, build_item, build_rule
from hospital.catalog.types import (
    Exemption,
    FeeClass,
    ItemFlags,
    Nature,
    PricedItem,
    Resolution,
    ScopeKind,
    ServiceLine,
    SurchargeSource,
    VisitType,
)


def resolve(book: CompiledPriceBook, item: PricedItem, **facts: object) -> Resolution:
    defaults: dict[str, object] = {
        "service_line": ServiceLine.INTL,
        "visit_type": VisitType.OP,
        "campus": "CENTER",
        "at": MORNING,
    }
    return book.resolve(item=item, **(defaults | facts))  # type: ignore[arg-type]


LEVELS = [
    (ScopeKind.ITEM, "S1"),
    (ScopeKind.PRICE_ITEM, "P1"),
    (ScopeKind.FEE_CLASS, FeeClass.TREATMENT),
    (ScopeKind.KIND, Nature.SERVICE),
    (ScopeKind.SERVICE_LINE, ServiceLine.INTL),
]


@pytest.mark.requirement("B40")
@pytest.mark.parametrize("first", range(len(LEVELS)))
def test_the_most_specific_level_wins(first: int) -> None:
    item = build_item(price_item="P1")
    rules = [
        build_rule(f"0.{level + 1}", rule_id=f"R{level}", scope_kind=kind, scope_id=scope_id)
        for level, (kind, scope_id) in enumerate(LEVELS)
        if level >= first
    ]
    found = resolve(build_book([item], rules), item)
    assert found.source is SurchargeSource.RULE
    assert found.rule is not None
    assert found.rule.rule_id == f"R{first}"
    assert found.value == Decimal(f"0.{first + 1}")


@pytest.mark.requirement("B40")
def test_explicit_zero_stops_the_search() -> None:
    """Case J: item rule 0, class rule 30 %."""
    item = build_item()
    rules = [
        build_rule("0", rule_id="ZERO", scope_kind=ScopeKind.ITEM, scope_id="S1"),
        build_rule("0.30", rule_id="CLASS", scope_kind=ScopeKind.FEE_CLASS, scope_id=FeeClass.TREATMENT),
    ]
    found = resolve(build_book([item], rules), item)
    assert (found.source, found.value) == (SurchargeSource.RULE, Decimal(0))
    assert found.rule is not None
    assert found.rule.rule_id == "ZERO"


@pytest.mark.requirement("B40")
def test_null_goes_on_to_the_next_wildcard_then_to_the_next_level() -> None:
    item = build_item()
    wild = build_rule("0.10", rule_id="WILD", scope_kind=ScopeKind.ITEM, scope_id="S1")
    exact = replace(wild, rule_id="EXACT", value=None, visit_type="OP", campus="CENTER")
    fee_class = build_rule("0.20", rule_id="CLASS", scope_kind=ScopeKind.FEE_CLASS, scope_id=FeeClass.TREATMENT)
    assert resolve(build_book([item], [exact, wild, fee_class]), item).rule == wild
    assert resolve(build_book([item], [exact, fee_class]), item).rule == fee_class
    assert resolve(build_book([item], [exact]), item).source is SurchargeSource.NONE


@pytest.mark.requirement("B40")
def test_inside_a_level_visit_type_counts_before_campus() -> None:
    item = build_item()
    by_campus = build_rule("0.1", rule_id="CAMPUS", campus="CENTER")
    by_visit = build_rule("0.2", rule_id="VISIT", visit_type="OP")
    both = build_rule("0.3", rule_id="BOTH", visit_type="OP", campus="CENTER")
    wild = build_rule("0.4", rule_id="WILD")
    for rules, winner in (
        ([wild, by_campus, by_visit, both], both),
        ([wild, by_campus, by_visit], by_visit),
        ([wild, by_campus], by_campus),
        ([wild], wild),
    ):
        assert resolve(build_book([item], rules), item).rule == winner
    assert (
        resolve(build_book([item], [by_campus, by_visit, both]), item, visit_type=VisitType.IP, campus="N").rule is None
    )


def test_a_rule_of_another_service_line_says_nothing() -> None:
    item = build_item()
    book = build_book([item], [build_rule(service_line=ServiceLine.SPECIAL)])
    assert resolve(book, item).source is SurchargeSource.NONE
    assert resolve(book, item, service_line=ServiceLine.SPECIAL).source is SurchargeSource.RULE


def test_the_ordinary_line_is_the_gate() -> None:
    item = build_item()
    found = resolve(build_book([item], [build_rule()]), item, service_line=ServiceLine.NORMAL)
    assert (found.source, found.value, found.exempt_all) == (SurchargeSource.GATE, None, ())


def test_a_rule_is_in_force_from_its_start_until_before_its_end() -> None:
    item = build_item()
    old = build_rule("0.30", rule_id="OLD", valid_to=MORNING)
    new = build_rule("0.20", rule_id="NEW", valid_from=MORNING)
    book = build_book([item], [new, old])
    assert resolve(book, item, at=MORNING - timedelta(microseconds=1)).rule == old
    assert resolve(book, item, at=MORNING).rule == new


@pytest.mark.requirement("B43")
def test_a_price_bureau_item_charged_directly_starts_at_its_own_level() -> None:
    item = build_item("P1", is_price_item=True)
    as_item = build_rule("0.9", rule_id="ITEM", scope_kind=ScopeKind.ITEM, scope_id="P1")
    own = build_rule("0.1", rule_id="OWN", scope_kind=ScopeKind.PRICE_ITEM, scope_id="P1")
    assert resolve(build_book([item], [as_item, own]), item).rule == own


@pytest.mark.requirement("B44")
@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        (ItemFlags(volume_procured=True), Exemption.VBP),
        (ItemFlags(blood=True), Exemption.BLOOD),
        (ItemFlags(statutory_free=True), Exemption.STATUTORY_FREE),
        (ItemFlags(sent_out=True), Exemption.SENT_OUT),
        (ItemFlags(already_special_price=True), Exemption.ALREADY_SPECIAL),
    ],
)
def test_a_flag_exempts_even_from_an_override(flags: ItemFlags, reason: Exemption) -> None:
    item = build_item(flags=flags)
    book = build_book([item], [build_rule()], [build_composite("C1", ("S1", "1"), ratio="0.25")])
    for path in ((), ("C1",)):
        found = resolve(book, item, path=path)
        assert (found.source, found.exempt_all) == (SurchargeSource.EXEMPT, (reason,))


@pytest.mark.requirement("B44")
def test_a_drug_takes_a_surcharge_only_with_switch_and_approval_number() -> None:
    drug = build_item(nature=Nature.DRUG)
    approved = build_rule(approval_no="2026-17")
    assert resolve(build_book([drug], [approved]), drug).exempt_all == (Exemption.DRUG,)
    without = resolve(build_book([drug], [build_rule()], allow_drug_surcharge=True), drug)
    assert (without.source, without.exempt_all) == (SurchargeSource.EXEMPT, (Exemption.DRUG,))
    granted = resolve(build_book([drug], [approved], allow_drug_surcharge=True), drug)
    assert (granted.source, granted.exempt_all) == (SurchargeSource.RULE, ())


def test_lacking_the_number_the_search_does_not_go_on() -> None:
    drug = build_item(nature=Nature.DRUG)
    rules = [
        build_rule("0.10", rule_id="BARE", scope_kind=ScopeKind.ITEM, scope_id="S1"),
        build_rule("0.30", rule_id="NUMBERED", approval_no="2026-17"),
    ]
    found = resolve(build_book([drug], rules, allow_drug_surcharge=True), drug)
    assert found.source is SurchargeSource.EXEMPT
    assert found.rule is not None
    assert found.rule.rule_id == "BARE"


@pytest.mark.requirement("B41")
def test_consumables_have_their_own_switch_and_volume_procured_ones_stay_exempt() -> None:
    goods = build_item(nature=Nature.CONSUMABLE)
    tender = build_item("S2", nature=Nature.CONSUMABLE, flags=ItemFlags(volume_procured=True))
    book = build_book([goods, tender], [build_rule(approval_no="2026-18")], allow_consumable_surcharge=True)
    assert resolve(book, goods).source is SurchargeSource.RULE
    assert resolve(book, tender).exempt_all == (Exemption.VBP,)
    plain = build_book([goods, tender], [build_rule(approval_no="2026-18")])
    assert resolve(plain, tender).exempt_all == (Exemption.CONSUMABLE_SEPARATE, Exemption.VBP)


def test_exemptions_are_named_on_the_ordinary_line_too() -> None:
    drug = build_item(nature=Nature.DRUG, flags=ItemFlags(volume_procured=True))
    found = resolve(build_book([drug]), drug, service_line=ServiceLine.NORMAL)
    assert (found.source, found.exempt_all) == (SurchargeSource.GATE, (Exemption.DRUG, Exemption.VBP))


@pytest.mark.requirement("B42")
def test_the_outermost_override_wins_and_null_inherits() -> None:
    item = build_item()
    outer = build_composite("OUTER", ("INNER", "1"), ratio="0.25")
    inner = build_composite("INNER", ("S1", "1"), ratio="0.10")
    book = build_book([item], [build_rule()], [outer, inner])
    found = resolve(book, item, path=("OUTER", "INNER"))
    assert (found.composite, found.value) == ("OUTER", Decimal("0.25"))
    silent = build_composite("OUTER", ("INNER", "1"))
    found = resolve(build_book([item], [build_rule()], [silent, inner]), item, path=("OUTER", "INNER"))
    assert (found.composite, found.value) == ("INNER", Decimal("0.10"))
    assert resolve(build_book([item], [build_rule()], [silent]), item, path=("OUTER",)).source is SurchargeSource.RULE


def test_an_override_of_zero_is_a_value() -> None:
    item = build_item()
    book = build_book([item], [build_rule()], [build_composite("C1", ("S1", "1"), ratio="0")])
    found = resolve(book, item, path=("C1",))
    assert (found.source, found.value) == (SurchargeSource.COMPOSITE, Decimal(0))


def test_an_override_before_its_start_says_nothing() -> None:
    item = build_item()
    book = build_book([item], [build_rule()], [build_composite("C1", ("S1", "1"), ratio="0.25")])
    found = resolve(book, item, path=("C1",), at=LONG_AGO - timedelta(days=1))
    assert found.source is SurchargeSource.NONE
