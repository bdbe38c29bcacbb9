"""What a set is made of changes by two people, from a day on, without cycles (B42, domain brief §1.6.9)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hospital.catalog.api import approve_change, draft_parts, get_item_sheet, get_trial, load_price_book
from hospital.catalog.errors import (
    BadQuantity,
    ChangeScheduled,
    CompositeCycle,
    CompositeTooDeep,
    NothingChanges,
    NotPriceOffice,
    PartsMissing,
    UnknownItem,
)
from hospital.catalog.models import CompositeList, ItemChange
from hospital.catalog.tests.factories import NINE, make_composite, make_hospital_catalog, price_officer
from hospital.catalog.types import Component
from hospital.kernel.actors import Actor, ActorKind

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("B42")]
MAKER, CHECKER = price_officer("maker"), price_officer("checker")
TOMORROW = NINE + timedelta(days=1)


@pytest.fixture(autouse=True)
def _catalog() -> None:
    make_hospital_catalog()


def parts(*pairs: tuple[str, str]) -> list[Component]:
    return [Component(code, Decimal(qty)) for code, qty in pairs]


def draft(listed: Sequence[Component], *, code: str = "SET", start: datetime = NINE) -> UUID:
    return draft_parts(code=code, parts=listed, valid_from=start, actor=MAKER, now=NINE)


def leaves(at: datetime, *, code: str = "SET") -> list[tuple[str, Decimal]]:
    book = load_price_book(codes=[code], now=at).book
    return [(leaf.item.code, leaf.qty) for leaf in book.explode(code=code, qty=Decimal(1), at=at)]


def test_new_parts_hold_from_their_start_and_the_old_list_stays_readable() -> None:
    change_id = draft(parts(("CXR", "1"), ("TUBE", "0.3333")), start=TOMORROW)
    tried = load_price_book(codes=["SET"], now=NINE, trial=get_trial(change_id=change_id)).book
    assert [leaf.item.code for leaf in tried.explode(code="SET", qty=Decimal(1), at=NINE)] == ["CXR", "TUBE"]
    assert CompositeList.objects.count() == 1
    approve_change(change_id=change_id, actor=CHECKER, now=NINE)
    assert leaves(TOMORROW - timedelta(seconds=1)) == [("CBC", Decimal(1)), ("TUBE", Decimal(2))]
    assert leaves(TOMORROW) == [("CXR", Decimal(1)), ("TUBE", Decimal("0.3333"))]
    new, old = get_item_sheet(code="SET", now=NINE).lists
    assert (new.version, new.valid_from, old.valid_to) == (2, TOMORROW, TOMORROW)


def test_parts_approved_after_their_start_hold_from_the_approval() -> None:
    change_id = draft(parts(("CXR", "1")))
    late = TOMORROW + timedelta(hours=1)
    assert approve_change(change_id=change_id, actor=CHECKER, now=late) == late
    assert leaves(late - timedelta(seconds=1))[0][0] == "CBC"
    assert leaves(late) == [("CXR", Decimal(1))]


@pytest.mark.parametrize(
    ("listed", "refusal"),
    [
        ([], PartsMissing),
        (parts(("CBC", "1"), ("TUBE", "2")), NothingChanges),
        (parts(("NONE", "1")), UnknownItem),
        (parts(("CBC", "0")), BadQuantity),
        (parts(("CBC", "0.00001")), BadQuantity),
        (parts(("SET", "1")), CompositeCycle),
    ],
)
def test_what_parts_are_refused_for(listed: list[Component], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        draft(listed)
    assert not ItemChange.objects.exists()


def test_only_the_price_office_drafts_parts_and_only_of_a_set() -> None:
    with pytest.raises(UnknownItem):
        draft(parts(("TUBE", "1")), code="CBC")
    stranger = Actor(kind=ActorKind.STAFF, id="x", label="x")
    with pytest.raises(NotPriceOffice):
        draft_parts(code="SET", parts=parts(("CBC", "1")), valid_from=NINE, actor=stranger, now=NINE)
    assert not ItemChange.objects.exists()


def test_a_cycle_over_an_outer_set_and_a_sixth_level_around_are_refused() -> None:
    make_composite("OUTER", ("SET", "1"))
    with pytest.raises(CompositeCycle):
        draft(parts(("OUTER", "1")))
    for level, inside in (("D2", "OUTER"), ("D3", "D2"), ("D4", "D3")):
        make_composite(level, (inside, "1"))
    make_composite("INNER", ("CBC", "1"))
    with pytest.raises(CompositeTooDeep):
        draft(parts(("INNER", "1")))
    assert not ItemChange.objects.exists()


def test_two_drafts_that_are_sound_alone_never_make_a_cycle_together() -> None:
    make_composite("OTHER", ("CXR", "1"))
    one = draft(parts(("OTHER", "1")))
    two = draft(parts(("SET", "1")), code="OTHER")
    approve_change(change_id=one, actor=CHECKER, now=NINE)
    with pytest.raises(CompositeCycle):
        approve_change(change_id=two, actor=CHECKER, now=NINE)
    assert CompositeList.objects.filter(composite__code="OTHER").count() == 1
    assert ItemChange.objects.get(id=two).status == "DRAFT"


def test_a_cycle_that_begins_later_is_refused_too() -> None:
    make_composite("OTHER", ("CXR", "1"))
    one = draft(parts(("OTHER", "1")), start=TOMORROW)
    two = draft(parts(("SET", "1")), code="OTHER")
    approve_change(change_id=one, actor=CHECKER, now=NINE)
    with pytest.raises(CompositeCycle):
        approve_change(change_id=two, actor=CHECKER, now=NINE)


def test_a_list_before_a_scheduled_one_is_refused() -> None:
    approve_change(change_id=draft(parts(("CXR", "1")), start=TOMORROW), actor=CHECKER, now=NINE)
    with pytest.raises(ChangeScheduled):
        approve_change(change_id=draft(parts(("CBC", "5"))), actor=CHECKER, now=NINE)
    assert CompositeList.objects.filter(composite__code="SET").count() == 2


class AnyNesting(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
    def test_whatever_is_approved_no_set_contains_itself(self, wishes: list[tuple[int, int]]) -> None:
        names = [f"S{each}" for each in range(6)]
        for name in names:
            make_composite(name, ("CBC", "1"))
        now = NINE
        for outer, inner in wishes:
            now += timedelta(minutes=1)
            inside = get_item_sheet(code=names[outer], now=now).parts
            listed = [Component(part.code, part.qty) for part in inside] + parts((names[inner], "1"))
            try:
                change_id = draft_parts(code=names[outer], parts=listed, valid_from=now, actor=MAKER, now=now)
            except (CompositeCycle, CompositeTooDeep):
                continue
            approve_change(change_id=change_id, actor=CHECKER, now=now)
        book = load_price_book(codes=names, now=now).book
        for name in names:
            assert all(len(leaf.path) <= 5 for leaf in book.explode(code=name, qty=Decimal(1), at=now))
