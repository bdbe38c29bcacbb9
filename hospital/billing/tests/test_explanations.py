"""Each priced line says which rule won and which were considered (domain brief §1.3)."""

from decimal import Decimal

import pytest

from hospital.billing.explanations import dump_reasons, load_reasons, speak_reasons
from hospital.billing.rules.explaining import explain_line
from hospital.billing.rules.marks import choose_footnote, format_surcharge
from hospital.billing.tests.builders import price
from hospital.billing.types import Footnote, ReasonKey
from hospital.catalog.tests.builders import build_book, build_composite, build_item, build_rule
from hospital.catalog.types import Addition, FeeClass, Nature, ScopeKind, ServiceLine, SurchargeMode


@pytest.mark.requirement("B40")
def test_the_winner_comes_first_then_what_was_considered() -> None:
    item = build_item()
    rules = [
        build_rule(None, rule_id="SILENT", scope_kind=ScopeKind.ITEM, scope_id="S1"),
        build_rule("0.30", rule_id="WON", scope_kind=ScopeKind.FEE_CLASS, scope_id=FeeClass.TREATMENT),
        build_rule("0.10", rule_id="WIDE"),
    ]
    reasons = explain_line(price(build_book([item], rules), item))
    assert [(reason.key, reason.facts["rule"]) for reason in reasons] == [
        (ReasonKey.RULE_WON, "WON"),
        (ReasonKey.RULE_PASSED_NULL, "SILENT"),
        (ReasonKey.RULE_NOT_REACHED, "WIDE"),
    ]
    assert load_reasons(dump_reasons(reasons)) == reasons
    english = speak_reasons(reasons, "en")
    assert "Rule WON (version 1, level: fee class) sets the surcharge: +30 %." in english
    assert "SILENT" in english


def test_every_outcome_is_told_in_both_languages() -> None:
    item = build_item(child=Addition(ratio=Decimal("0.5")))
    drug = build_item("D1", nature=Nature.DRUG)
    book = build_book([item, drug], [build_rule("0.30")], [build_composite("SET", ("S1", "1"), ratio="0.25")])
    lines = [
        price(book, item, service_line=ServiceLine.NORMAL),
        price(book, drug),
        price(book, item, path=("SET",)),
        price(book, item, age_years=3),
        price(build_book([drug], [build_rule()], allow_drug_surcharge=True), drug),
        price(build_book([item], [build_rule("1", mode=SurchargeMode.FIXED_PRICE)]), item),
        price(build_book([item]), item),
    ]
    for line in lines:
        reasons = explain_line(line)
        english, chinese = speak_reasons(reasons, "en"), speak_reasons(reasons, "zh-hans")
        assert english
        assert chinese
        assert english != chinese, f"no Chinese for {[reason.key for reason in reasons]}"


@pytest.mark.parametrize(
    ("mode", "value", "mark"),
    [
        (SurchargeMode.RATIO, "0.3000", "+30 %"),
        (SurchargeMode.RATIO, "0.1250", "+12.5 %"),
        (SurchargeMode.RATIO, "0", "0 %"),
        (SurchargeMode.RATIO, "1.0", "+100 %"),
        (SurchargeMode.AMOUNT, "20", "+¥20.00"),
        (SurchargeMode.FIXED_PRICE, "20", "fixed"),
    ],
)
def test_marks_on_paper(mode: SurchargeMode, value: str, mark: str) -> None:
    assert format_surcharge(mode, Decimal(value)) == mark


def test_footnotes() -> None:
    assert choose_footnote(None) is None
    assert choose_footnote(True) is Footnote.INCLUDED
    assert choose_footnote(False) is Footnote.NOT_ADDED
