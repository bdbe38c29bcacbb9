"""Composites explode into leaves; cycles and depth are refused (domain brief §1.3, §1.6.9)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from hospital.catalog.errors import BadQuantity, CompositeCycle, CompositeNotInForce, CompositeTooDeep, UnknownItem
from hospital.catalog.tests.builders import LONG_AGO, MORNING, build_book, build_composite, build_item
from hospital.catalog.types import Component, Composite, CompositeVersion, ItemFlags, Nature


@pytest.mark.requirement("B42")
def test_quantities_multiply_and_the_same_leaf_twice_makes_two_lines() -> None:
    book = build_book(
        [build_item("A"), build_item("B")],
        composites=[build_composite("SET", ("A", "2"), ("IN", "3"), ("A", "1")), build_composite("IN", ("B", "0.5"))],
    )
    leaves = book.explode(code="SET", qty=Decimal(2), at=MORNING)
    assert [(leaf.item.code, leaf.qty, leaf.path) for leaf in leaves] == [
        ("A", Decimal(4), ("SET",)),
        ("B", Decimal(3), ("SET", "IN")),
        ("A", Decimal(2), ("SET",)),
    ]
    assert leaves[1].path_versions == ("1", "1")


def test_an_item_is_its_own_leaf() -> None:
    book = build_book([build_item("A")])
    (leaf,) = book.explode(code="A", qty=Decimal("1.5"), at=MORNING)
    assert (leaf.qty, leaf.path) == (Decimal("1.5"), ())


@pytest.mark.requirement("B41")
def test_a_consumable_not_charged_separately_makes_no_line() -> None:
    swab = build_item("SWAB", nature=Nature.CONSUMABLE, flags=ItemFlags(charged_separately=False))
    book = build_book([build_item("A"), swab], composites=[build_composite("SET", ("A", "1"), ("SWAB", "1"))])
    assert [leaf.item.code for leaf in book.explode(code="SET", qty=Decimal(1), at=MORNING)] == ["A"]


def test_the_component_list_of_order_time_counts() -> None:
    lists = (
        CompositeVersion("1", (Component("A", Decimal(1)),), LONG_AGO, MORNING),
        CompositeVersion("2", (Component("B", Decimal(1)),), MORNING),
    )
    book = build_book([build_item("A"), build_item("B")], composites=[Composite("SET", lists)])
    assert book.explode(code="SET", qty=Decimal(1), at=MORNING - timedelta(seconds=1))[0].item.code == "A"
    (leaf,) = book.explode(code="SET", qty=Decimal(1), at=MORNING)
    assert (leaf.item.code, leaf.path_versions) == ("B", ("2",))
    with pytest.raises(CompositeNotInForce):
        book.explode(code="SET", qty=Decimal(1), at=LONG_AGO - timedelta(seconds=1))


@pytest.mark.requirement("B42")
def test_a_cycle_is_refused_with_its_path() -> None:
    book = build_book(composites=[build_composite("X", ("Y", "1")), build_composite("Y", ("X", "1"))])
    with pytest.raises(CompositeCycle) as refusal:
        book.explode(code="X", qty=Decimal(1), at=MORNING)
    assert refusal.value.facts["path"] == "X → Y → X"


@pytest.mark.requirement("B42")
@pytest.mark.parametrize(("depth", "is_allowed"), [(5, True), (6, False)])
def test_five_levels_are_allowed_and_six_refused(depth: int, is_allowed: bool) -> None:
    nest = [build_composite(f"C{level}", (f"C{level + 1}", "1")) for level in range(1, depth)]
    book = build_book([build_item("A")], composites=[*nest, build_composite(f"C{depth}", ("A", "1"))])
    if is_allowed:
        assert len(book.explode(code="C1", qty=Decimal(1), at=MORNING)) == 1
    else:
        with pytest.raises(CompositeTooDeep):
            book.explode(code="C1", qty=Decimal(1), at=MORNING)


def test_an_unknown_component_is_refused() -> None:
    book = build_book(composites=[build_composite("SET", ("GHOST", "1"))])
    with pytest.raises(UnknownItem):
        book.explode(code="SET", qty=Decimal(1), at=MORNING)


@pytest.mark.parametrize("qty", ["0", "-1", "0.00001", "NaN"])
def test_a_bad_quantity_is_refused(qty: str) -> None:
    with pytest.raises(BadQuantity):
        build_book([build_item("A")]).explode(code="A", qty=Decimal(qty), at=MORNING)
