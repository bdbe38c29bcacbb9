"""What decides about an item beside its price: two people, dates, history (B40-B44, domain brief §1.6.1, §1.6.4)."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from hospital.audit.models import AuditEntry
from hospital.catalog.api import (
    apply_due_facts,
    approve_change,
    draft_facts,
    get_item_change,
    get_item_sheet,
    get_trial,
    load_price_book,
)
from hospital.catalog.errors import (
    AdditionNotAllowed,
    ChangeOutdated,
    ChangeScheduled,
    FactsMalformed,
    MappingMisplaced,
    NothingChanges,
    NotPriceOffice,
    RuleStartsInPast,
    SameChecker,
    UnknownItem,
)
from hospital.catalog.models import CatalogItem, ItemChange
from hospital.catalog.tests.factories import NINE, make_hospital_catalog, make_items, new_item, price_officer
from hospital.catalog.types import (
    Addition,
    CatalogKind,
    FeeClass,
    InsuranceClass,
    ItemFacts,
    ItemFlags,
    PriceBook,
    ServiceLine,
    SurchargeSource,
    VisitType,
)
from hospital.kernel.actors import Actor, ActorKind, system_actor
from hospital.kernel.types import BilingualText

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("B40")]
MAKER, CHECKER = price_officer("maker"), price_officer("checker")
TOMORROW = NINE + timedelta(days=1)
SENT_OUT = ItemFlags(sent_out=True)


@pytest.fixture(autouse=True)
def _catalog() -> None:
    make_hospital_catalog()
    make_items(new_item("GD1", "30.00", kind=CatalogKind.PRICE_ITEM))


def facts(code: str = "CBC", **changes: Any) -> ItemFacts:
    return replace(get_item_sheet(code=code, now=NINE).facts, **changes)


def draft(code: str = "CBC", *, start: datetime = NINE, **changes: Any) -> UUID:
    return draft_facts(code=code, facts=facts(code, **changes), valid_from=start, actor=MAKER, now=NINE)


def source_of(book: PriceBook, at: datetime, code: str = "CBC") -> SurchargeSource:
    return book.resolve(
        item=book.find_item(code, at), service_line=ServiceLine.INTL, visit_type=VisitType.OP, campus="IMC", at=at
    ).source


def test_facts_wait_for_a_second_person_and_keep_what_they_were() -> None:
    change_id = draft(flags=SENT_OUT, insurance_class=InsuranceClass.A, spec=BilingualText("五分类", "5-part"))
    assert facts().flags == ItemFlags()
    with pytest.raises(SameChecker):
        approve_change(change_id=change_id, actor=MAKER, now=NINE)
    assert approve_change(change_id=change_id, actor=CHECKER, now=NINE) == NINE
    assert (facts().flags, facts().insurance_class, facts().spec.en) == (SENT_OUT, InsuranceClass.A, "5-part")
    assert dict(get_item_change(change_id=change_id).facts) == {
        "is_sent_out": (False, True),
        "insurance_class": ("NONE", "A"),
        "spec_zh": ("", "五分类"),
        "spec_en": ("", "5-part"),
    }
    actions = AuditEntry.objects.filter(subject_id="CBC").order_by("id").values_list("action", flat=True)
    assert list(actions)[-3:] == ["catalog.draft_change", "catalog.apply_change", "catalog.approve_change"]


def test_a_line_is_priced_with_the_facts_of_its_own_instant() -> None:
    approve_change(change_id=draft(flags=SENT_OUT), actor=CHECKER, now=NINE)
    before, after = NINE - timedelta(minutes=1), NINE + timedelta(minutes=1)
    book = load_price_book(codes=["CBC"], now=after).book
    assert (source_of(book, before), source_of(book, NINE)) == (SurchargeSource.RULE, SurchargeSource.EXEMPT)
    assert [leaf.item.flags for leaf in book.explode(code="CBC", qty=Decimal(1), at=before)] == [ItemFlags()]


def test_scheduled_facts_price_from_their_start_even_before_the_row_takes_them_over() -> None:
    approve_change(change_id=draft(start=TOMORROW, flags=SENT_OUT), actor=CHECKER, now=NINE)
    assert apply_due_facts(actor=system_actor("test"), now=TOMORROW - timedelta(seconds=1)) == 0
    assert not CatalogItem.objects.get(code="CBC").is_sent_out
    late = load_price_book(codes=["CBC"], now=TOMORROW).book
    assert source_of(late, TOMORROW) is SurchargeSource.EXEMPT
    assert late.find_item("CBC").flags == SENT_OUT
    assert [apply_due_facts(actor=system_actor("test"), now=TOMORROW) for _again in range(2)] == [1, 0]
    row = CatalogItem.objects.get(code="CBC")
    assert (row.is_sent_out, row.version) == (True, 2)
    book = load_price_book(codes=["CBC"], now=TOMORROW).book
    assert source_of(book, NINE) is SurchargeSource.RULE
    assert source_of(book, TOMORROW) is SurchargeSource.EXEMPT


def test_a_draft_of_today_approved_a_day_later_takes_effect_at_the_approval() -> None:
    late = TOMORROW + timedelta(hours=3)
    assert approve_change(change_id=draft(flags=SENT_OUT), actor=CHECKER, now=late) == late
    book = load_price_book(codes=["CBC"], now=late).book
    assert source_of(book, late - timedelta(seconds=1)) is SurchargeSource.RULE
    assert source_of(book, late) is SurchargeSource.EXEMPT


def test_a_mapping_is_to_one_price_bureau_item_and_moves_the_search() -> None:
    approve_change(change_id=draft(price_item="GD1"), actor=CHECKER, now=NINE)
    assert get_item_sheet(code="GD1", now=NINE).mapped_by[0][0] == "CBC"
    book = load_price_book(codes=["CBC"], now=NINE).book
    assert book.find_item("CBC").price_item == "GD1"
    assert book.find_item("CBC", NINE - timedelta(days=1)).price_item is None
    approve_change(change_id=draft(price_item=""), actor=CHECKER, now=NINE)
    assert CatalogItem.objects.get(code="CBC").price_item is None


@pytest.mark.parametrize(
    ("code", "changes", "refusal"),
    [
        ("AML", {"child": Addition(ratio=Decimal("0.2"))}, AdditionNotAllowed),
        ("SET", {"emergency": Addition(ratio=Decimal("0.2"))}, AdditionNotAllowed),
        ("CBC", {"child": Addition(amount=Decimal(5)), "flags": ItemFlags(statutory_free=True)}, AdditionNotAllowed),
        (
            "CBC",
            {"emergency": Addition(amount=Decimal(5)), "flags": ItemFlags(already_special_price=True)},
            AdditionNotAllowed,
        ),
        ("CBC", {"child": Addition(ratio=Decimal("0.2"), amount=Decimal(1))}, FactsMalformed),
        ("CBC", {"child": Addition(under_years=6)}, FactsMalformed),
        ("CBC", {"child": Addition(ratio=Decimal("0.00001"))}, FactsMalformed),
        ("CBC", {"emergency": Addition(amount=Decimal(-1))}, FactsMalformed),
        ("CBC", {"age_from": 18, "age_to": 6}, FactsMalformed),
        ("TUBE", {"price_item": "GD1"}, MappingMisplaced),
        ("CBC", {"price_item": "CXR"}, UnknownItem),
        ("CBC", {}, NothingChanges),
    ],
)
def test_what_facts_are_refused_for(code: str, changes: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        draft(code, **changes)
    assert not ItemChange.objects.exists()


def test_who_and_when_facts_are_refused() -> None:
    stranger = Actor(kind=ActorKind.STAFF, id="x", label="x")
    wanted = facts(fee_class=FeeClass.EXAM)
    with pytest.raises(NotPriceOffice):
        draft_facts(code="CBC", facts=wanted, valid_from=NINE, actor=stranger, now=NINE)
    with pytest.raises(RuleStartsInPast):
        draft_facts(code="CBC", facts=wanted, valid_from=NINE - timedelta(days=1), actor=MAKER, now=NINE)
    assert not ItemChange.objects.exists()


def test_a_draft_whose_ground_was_changed_is_refused_and_so_is_a_second_schedule() -> None:
    first, second = draft(flags=SENT_OUT), draft(flags=ItemFlags(sent_out=True, blood=True))
    approve_change(change_id=first, actor=CHECKER, now=NINE)
    with pytest.raises(ChangeOutdated):
        approve_change(change_id=second, actor=CHECKER, now=NINE)
    approve_change(change_id=draft(start=TOMORROW, fee_class=FeeClass.EXAM), actor=CHECKER, now=NINE)
    with pytest.raises(ChangeScheduled):
        approve_change(change_id=draft(start=TOMORROW, sex_limit="F"), actor=CHECKER, now=NINE)
    assert ItemChange.objects.filter(status="DRAFT").count() == 2
    assert not CatalogItem.objects.get(code="CBC").is_blood


def test_a_trial_of_facts_prices_as_if_they_had_always_held() -> None:
    change_id = draft(start=TOMORROW, flags=SENT_OUT)
    tried = load_price_book(codes=["CBC"], now=NINE, trial=get_trial(change_id=change_id)).book
    assert source_of(tried, NINE) is SurchargeSource.EXEMPT
    assert source_of(load_price_book(codes=["CBC"], now=NINE).book, NINE) is SurchargeSource.RULE
