"""Prices and own ratios change by two people; texts change with a version (B40-B44)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from hospital.audit.models import AuditEntry
from hospital.catalog.api import (
    approve_change,
    count_waiting,
    draft_override,
    draft_price,
    edit_item,
    get_item_sheet,
    load_price_book,
    reject_change,
    search_items,
)
from hospital.catalog.errors import (
    ChangeDecided,
    EnglishMissing,
    FiledPriceTooPrecise,
    ItemChanged,
    NotPriceOffice,
    RatioMalformed,
    RuleStartsInPast,
    SameChecker,
    UnknownItem,
)
from hospital.catalog.models import CompositeRatio, ItemChange, StandardPrice
from hospital.catalog.tests.factories import NINE, make_hospital_catalog, price_officer
from hospital.catalog.types import (
    ItemTexts,
    RuleStatus,
    ServiceLine,
    SurchargeSource,
    TranslationStatus,
    VisitType,
)
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.types import BilingualText

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("B40")]
MAKER, CHECKER = price_officer("maker"), price_officer("checker")
TOMORROW = NINE + timedelta(days=1)


@pytest.fixture(autouse=True)
def _catalog() -> None:
    make_hospital_catalog()


def draft(**facts: Any):
    given: dict[str, Any] = {
        "code": "CBC",
        "base_u": Decimal("22.00"),
        "valid_from": TOMORROW,
        "actor": MAKER,
        "now": NINE,
    }
    return draft_price(**given | facts)


def texts(**changes: Any) -> ItemTexts:
    given: dict[str, Any] = {
        "name": BilingualText("血常规", "Complete blood count"),
        "translation_status": TranslationStatus.REVIEWED,
        "is_active": True,
    }
    return ItemTexts(**given | changes)


def test_a_draft_charges_nobody_until_another_person_approves_it() -> None:
    change_id = draft(document_no="2026-9")
    assert (StandardPrice.objects.filter(item__code="CBC").count(), count_waiting()) == (1, 1)
    with pytest.raises(SameChecker):
        approve_change(change_id=change_id, actor=MAKER, now=NINE)
    assert StandardPrice.objects.filter(item__code="CBC").count() == 1
    assert approve_change(change_id=change_id, actor=CHECKER, now=NINE) == TOMORROW
    new, old = get_item_sheet(code="CBC", now=NINE).prices
    assert (new.base_u, new.valid_from, new.document_no, old.valid_to) == (Decimal(22), TOMORROW, "2026-9", TOMORROW)
    assert count_waiting() == 0
    assert AuditEntry.objects.filter(action="catalog.approve_change", subject_id="CBC").count() == 1


def test_a_change_is_decided_once() -> None:
    change_id = draft()
    reject_change(change_id=change_id, reason="wrong file", actor=CHECKER, now=NINE)
    for decide in (approve_change, lambda **facts: reject_change(reason="again", **facts)):
        with pytest.raises(ChangeDecided):
            decide(change_id=change_id, actor=CHECKER, now=NINE)
    assert ItemChange.objects.get().status == RuleStatus.REJECTED
    assert StandardPrice.objects.filter(item__code="CBC").count() == 1


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"base_u": Decimal("1.00001")}, FiledPriceTooPrecise),
        ({"base_u": Decimal(-1)}, FiledPriceTooPrecise),
        ({"valid_from": NINE - timedelta(days=1)}, RuleStartsInPast),
        ({"code": "SET"}, UnknownItem),
        ({"code": "NONE"}, UnknownItem),
        ({"actor": Actor(kind=ActorKind.STAFF, id="x", label="x")}, NotPriceOffice),
    ],
    ids=["precise", "negative", "past", "composite", "unknown", "stranger"],
)
def test_what_a_draft_is_refused_for(facts: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        draft(**facts)
    assert not ItemChange.objects.exists()


@pytest.mark.requirement("B42")
def test_an_own_ratio_of_a_composite() -> None:
    change_id = draft_override(code="SET", ratio=Decimal("0.25"), valid_from=NINE, actor=MAKER, now=NINE)
    approve_change(change_id=change_id, actor=CHECKER, now=NINE)
    assert CompositeRatio.objects.get().maker == "maker"
    book = load_price_book(codes=["SET"], now=NINE).book
    found = book.resolve(
        item=book.find_item("CBC"),
        service_line=ServiceLine.INTL,
        visit_type=VisitType.OP,
        campus="IMC",
        at=NINE,
        path=("SET",),
    )
    assert (found.source, found.value) == (SurchargeSource.COMPOSITE, Decimal("0.25"))
    for facts, refusal in (({"code": "CBC"}, UnknownItem), ({"ratio": Decimal("0.00001")}, RatioMalformed)):
        given: dict[str, Any] = {
            "code": "SET",
            "ratio": Decimal("0.25"),
            "valid_from": NINE,
            "actor": MAKER,
            "now": NINE,
        }
        with pytest.raises(refusal):
            draft_override(**given | facts)


def test_texts_are_saved_once_and_found_by_their_new_name() -> None:
    version = get_item_sheet(code="CBC", now=NINE).version
    named = texts(name=BilingualText("全血细胞分析", "Full blood count"))
    assert edit_item(code="CBC", version=version, texts=named, actor=MAKER, now=NINE) == version + 1
    assert [card.code for card in search_items(text="qxxb", now=NINE)] == ["CBC"]
    with pytest.raises(ItemChanged):
        edit_item(code="CBC", version=version, texts=texts(), actor=MAKER, now=NINE)
    assert get_item_sheet(code="CBC", now=NINE).card.name.en == "Full blood count"


def test_without_english_there_is_a_gap_and_nothing_to_review() -> None:
    bare = BilingualText("血常规")
    with pytest.raises(EnglishMissing):
        edit_item(code="CBC", version=1, texts=texts(name=bare), actor=MAKER, now=NINE)
    draft_status = texts(name=bare, translation_status=TranslationStatus.DRAFT)
    edit_item(code="CBC", version=1, texts=draft_status, actor=MAKER, now=NINE)
    assert get_item_sheet(code="CBC", now=NINE).card.translation_status is TranslationStatus.MISSING


@pytest.mark.parametrize("late", [timedelta(hours=2), timedelta(days=1), timedelta(days=40)])
def test_a_draft_of_today_takes_effect_at_its_approval_whenever_that_is(late: timedelta) -> None:
    change_id = draft(valid_from=NINE)
    assert approve_change(change_id=change_id, actor=CHECKER, now=NINE + late) == NINE + late
    new, old = get_item_sheet(code="CBC", now=NINE + late).prices
    assert (old.valid_to, new.valid_from) == (NINE + late, NINE + late)


def test_an_own_ratio_approved_late_does_not_start_before() -> None:
    change_id = draft_override(code="SET", ratio=Decimal("0.25"), valid_from=NINE, actor=MAKER, now=NINE)
    approve_change(change_id=change_id, actor=CHECKER, now=TOMORROW)
    assert CompositeRatio.objects.get().valid_from == TOMORROW
