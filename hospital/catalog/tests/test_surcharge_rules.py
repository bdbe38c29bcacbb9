"""Surcharge rules: two people, no overlap, immutable once published (domain brief §1.3, §1.6)."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from hospital.catalog.api import (
    approve_rule,
    change_settings,
    draft_rule,
    end_rule,
    list_rules,
    load_price_book,
    reject_rule,
)
from hospital.catalog.errors import (
    FixedPriceBelowBase,
    NotPriceOffice,
    RuleImmutable,
    RuleMalformed,
    RuleOverlap,
    RuleStartsInPast,
    SameChecker,
    UnknownRule,
)
from hospital.catalog.models import OfficeSettings, SurchargeRuleRow
from hospital.catalog.tests.factories import (
    NINE,
    OPENED,
    make_composite,
    make_hospital_catalog,
    make_items,
    make_rule,
    new_item,
    new_rule,
    price_officer,
)
from hospital.catalog.types import (
    PricingSettings,
    RoundingMode,
    RuleStatus,
    ScopeKind,
    ServiceLine,
    SurchargeMode,
    SurchargeSource,
    VisitType,
)
from hospital.kernel.actors import Actor, ActorKind

pytestmark = pytest.mark.django_db
MAKER, CHECKER = price_officer("maker"), price_officer("checker")


@pytest.mark.requirement("B40")
def test_a_draft_prices_nothing_until_another_person_approves_it() -> None:
    make_items(new_item("A"))
    rule_id = draft_rule(rule=new_rule(), actor=MAKER, now=OPENED)
    assert resolve_a() is SurchargeSource.NONE
    with pytest.raises(SameChecker):
        approve_rule(rule_id=rule_id, actor=MAKER, now=OPENED)
    assert SurchargeRuleRow.objects.get(id=rule_id).status == RuleStatus.DRAFT
    approve_rule(rule_id=rule_id, actor=CHECKER, now=OPENED)
    assert resolve_a() is SurchargeSource.RULE
    (card,) = list_rules()
    assert (card.maker, card.checker, card.status, card.version) == ("maker", "checker", RuleStatus.PUBLISHED, 1)


def resolve_a() -> SurchargeSource:
    book = load_price_book(codes=["A"], now=NINE).book
    found = book.resolve(
        item=book.find_item("A"), service_line=ServiceLine.INTL, visit_type=VisitType.OP, campus="CENTER", at=NINE
    )
    return found.source


def test_the_database_insists_on_two_people() -> None:
    rule_id = draft_rule(rule=new_rule(), actor=MAKER, now=OPENED)
    with pytest.raises(IntegrityError), transaction.atomic():
        SurchargeRuleRow.objects.filter(id=rule_id).update(
            status=RuleStatus.PUBLISHED, checker="maker", checked_at=NINE
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        SurchargeRuleRow.objects.filter(id=rule_id).update(status=RuleStatus.PUBLISHED)


@pytest.mark.requirement("B40")
def test_overlapping_rules_of_one_slot_are_refused_by_the_database() -> None:
    make_rule("ONE")
    rule_id = draft_rule(rule=new_rule("TWO", "0.10", valid_from=NINE), actor=MAKER, now=NINE)
    with pytest.raises(RuleOverlap):
        approve_rule(rule_id=rule_id, actor=CHECKER, now=NINE)
    assert SurchargeRuleRow.objects.get(id=rule_id).status == RuleStatus.DRAFT
    make_rule("THREE", "0.10", campus="NORTH")


@pytest.mark.requirement("B40")
def test_a_new_version_ends_the_one_in_force_and_history_stays() -> None:
    make_rule("INTL", "0.30")
    make_rule("INTL", "0.20", now=NINE, valid_from=NINE)
    newest, oldest = list_rules(code="INTL")
    assert (oldest.valid_to, newest.valid_from, newest.version) == (NINE, NINE, 2)
    assert (oldest.value, newest.value) == (Decimal("0.30"), Decimal("0.20"))


def test_published_rules_are_immutable_but_for_their_end() -> None:
    rule_id = make_rule()
    for change in ({"value": Decimal("0.9")}, {"status": RuleStatus.DRAFT}, {"approval_no": "X"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SurchargeRuleRow.objects.filter(id=rule_id).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        SurchargeRuleRow.objects.filter(id=rule_id).delete()
    end_rule(rule_id=rule_id, valid_to=NINE + timedelta(days=1), reason="replaced", actor=MAKER, now=NINE)
    with pytest.raises(RuleImmutable):
        end_rule(rule_id=rule_id, valid_to=NINE + timedelta(days=2), reason="later", actor=MAKER, now=NINE)
    with pytest.raises(RuleImmutable):
        approve_rule(rule_id=rule_id, actor=CHECKER, now=NINE)


def test_refusals_leave_drafts_alone() -> None:
    nobody = Actor(kind=ActorKind.STAFF, id="x", label="x")
    with pytest.raises(NotPriceOffice):
        draft_rule(rule=new_rule(), actor=nobody, now=NINE)
    with pytest.raises(RuleMalformed):
        draft_rule(rule=new_rule(service_line=ServiceLine.NORMAL), actor=MAKER, now=NINE)
    with pytest.raises(UnknownRule):
        approve_rule(rule_id=uuid4(), actor=CHECKER, now=NINE)
    assert not SurchargeRuleRow.objects.exists()
    with pytest.raises(RuleStartsInPast):
        draft_rule(rule=new_rule(valid_from=OPENED), actor=MAKER, now=NINE)
    assert not SurchargeRuleRow.objects.exists()
    rule_id = draft_rule(rule=new_rule(valid_from=NINE), actor=MAKER, now=NINE)
    reject_rule(rule_id=rule_id, reason="wrong", actor=CHECKER, now=NINE)
    assert SurchargeRuleRow.objects.get(id=rule_id).status == RuleStatus.REJECTED


def test_a_rule_approved_after_its_start_takes_effect_at_the_approval() -> None:
    make_rule("INTL", "0.30")
    draft_id = draft_rule(rule=new_rule("INTL", "0.20", valid_from=NINE), actor=MAKER, now=NINE)
    late = NINE + timedelta(days=2)
    approve_rule(rule_id=draft_id, actor=CHECKER, now=late)
    newest, oldest = list_rules(code="INTL")
    assert (oldest.valid_to, newest.valid_from) == (late, late)


def test_a_rule_that_would_have_ended_before_its_approval_is_refused() -> None:
    brief = new_rule(valid_from=NINE, valid_to=NINE + timedelta(days=1))
    draft_id = draft_rule(rule=brief, actor=MAKER, now=NINE)
    with pytest.raises(RuleMalformed):
        approve_rule(rule_id=draft_id, actor=CHECKER, now=NINE + timedelta(days=1))
    assert SurchargeRuleRow.objects.get().status == RuleStatus.DRAFT


def test_a_fixed_price_below_the_base_is_refused_or_warned_of() -> None:
    make_items(new_item("A", "50.00"))
    fixed: dict[str, object] = {"mode": SurchargeMode.FIXED_PRICE}
    narrow = draft_rule(
        rule=new_rule("NARROW", "40", scope_kind=ScopeKind.ITEM, scope_id="A", **fixed), actor=MAKER, now=OPENED
    )
    with pytest.raises(FixedPriceBelowBase):
        approve_rule(rule_id=narrow, actor=CHECKER, now=OPENED)
    wide = draft_rule(rule=new_rule("WIDE", "40", **fixed), actor=MAKER, now=OPENED)
    assert approve_rule(rule_id=wide, actor=CHECKER, now=OPENED) == ["A"]


def test_settings_are_versions_and_the_newest_holds() -> None:
    assert load_price_book(codes=[], now=NINE).book.settings == PricingSettings()
    change_settings(settings=PricingSettings(rounding_mode=RoundingMode.LINE), actor=MAKER, now=NINE)
    assert load_price_book(codes=[], now=NINE).book.settings.rounding_mode is RoundingMode.LINE
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeSettings.objects.update(child_age_limit=3)


@pytest.mark.requirement("B42", "F46")
def test_a_price_book_needs_the_same_queries_for_one_line_and_for_many(django_assert_num_queries) -> None:
    make_hospital_catalog()
    make_composite("OUTER", ("SET", "1"), ("CXR", "1"), ratio="0.25")
    with django_assert_num_queries(9):
        small = load_price_book(codes=["OUTER"], now=NINE)
    assert set(small.cards) == {"OUTER", "SET", "CXR", "CBC", "TUBE"}
    assert [leaf.path for leaf in small.book.explode(code="OUTER", qty=Decimal(1), at=NINE)] == [
        ("OUTER", "SET"),
        ("OUTER", "SET"),
        ("OUTER",),
    ]
    with django_assert_num_queries(9):
        load_price_book(codes=["OUTER", "SET", "AML", "REG1", "CXR", "CBC"], now=NINE)
