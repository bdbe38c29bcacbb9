"""Composites explode at order time into leaves; the header carries no money (domain brief §1.3, §1.6.9)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from hospital.catalog.errors import BadQuantity, CompositeCycle, CompositeNotInForce, CompositeTooDeep
from hospital.catalog.types import Composite, Leaf, Nature, PricedItem

DEEPEST = 5
_QUANTITY_STEP = Decimal("0.0001")


class CompositeSource(Protocol):
    """Where composites and their leaves are looked up."""

    def find_item(self, code: str, at: datetime | None = None) -> PricedItem: ...
    def find_composite(self, code: str) -> Composite | None: ...


def check_quantity(qty: Decimal) -> None:
    """Refuses `BadQuantity` unless `qty` is positive with at most four decimals (brief §1.6.9)."""
    if not qty.is_finite() or qty <= 0 or qty != qty.quantize(_QUANTITY_STEP):
        raise BadQuantity(qty=str(qty))


def explode_composite(*, book: CompositeSource, code: str, qty: Decimal, at: datetime) -> Sequence[Leaf]:
    """The leaves of `qty` of `code` with the component lists in force at `at`, in component order.

    The same leaf twice makes two leaves. A consumable that is not charged separately makes none: its price is in the
    service's. Refuses `CompositeCycle`, `CompositeTooDeep`, `CompositeNotInForce`, `UnknownItem`, `BadQuantity`.
    """
    leaves: list[Leaf] = []
    _collect(book, code, qty, at, (), (), leaves)
    return leaves


def _collect(
    book: CompositeSource,
    code: str,
    qty: Decimal,
    at: datetime,
    path: tuple[str, ...],
    versions: tuple[str, ...],
    leaves: list[Leaf],
) -> None:
    check_quantity(qty)
    composite = book.find_composite(code)
    if composite is None:
        item = book.find_item(code, at)
        if makes_line(item):
            leaves.append(Leaf(item=item, qty=qty, path=path, path_versions=versions))
        return
    inner = (*path, code)
    if code in path:
        raise CompositeCycle(path=" → ".join(inner))
    if len(inner) > DEEPEST:
        raise CompositeTooDeep(path=" → ".join(inner))
    for version in composite.versions:
        if version.valid_from <= at and (version.valid_to is None or at < version.valid_to):
            for part in version.components:
                _collect(book, part.code, qty * part.qty, at, inner, (*versions, version.version), leaves)
            return
    raise CompositeNotInForce(item=code)


def makes_line(item: PricedItem) -> bool:
    """Whether the item makes a line of its own (brief §1.6.5)."""
    return item.nature is not Nature.CONSUMABLE or item.flags.charged_separately
