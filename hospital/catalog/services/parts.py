"""Changes of what a composite is made of: drafted, approved, published with a start (B42, domain brief §1.6.9)."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import Max, Q

from hospital.catalog.errors import ChangeScheduled, CompositeNotInForce, NothingChanges, PartsMissing, UnknownItem
from hospital.catalog.models import CatalogItem, CompositeComponent, CompositeList, ItemChange
from hospital.catalog.queries.price_books import load_price_book
from hospital.catalog.queries.sets import list_outer_sets
from hospital.catalog.rules.checks import settle_start_of
from hospital.catalog.rules.composites import check_quantity
from hospital.catalog.services.drafts import write_draft
from hospital.catalog.services.office import require_price_office
from hospital.catalog.types import CatalogKind, ChangeKind, Component, Trial
from hospital.kernel.actors import Actor
from hospital.kernel.conflicts import refusing


def draft_parts(
    *,
    code: str,
    parts: Sequence[Component],
    valid_from: datetime,
    actor: Actor,
    now: datetime,
    document_no: str = "",
    reason: str = "",
) -> UUID:
    """Drafts the parts of a composite, in their order; they hold from their start once someone else approved them.

    Refuses `NotPriceOffice`, `RuleStartsInPast`, `UnknownItem` (no composite, or a part that does not exist),
    `PartsMissing`, `BadQuantity`, `NothingChanges`, `CompositeCycle`, `CompositeTooDeep` (for the sets around it too),
    `CompositeNotInForce`.
    """
    require_price_office(actor)
    start = settle_start_of(wanted=valid_from, now=now)
    item = CatalogItem.objects.filter(code=code, kind=CatalogKind.COMPOSITE).first()
    if item is None:
        raise UnknownItem(item=code)
    check_parts(code=code, parts=parts, start=start, now=now)
    if list(parts) == _list_present(item, start):
        raise NothingChanges
    return write_draft(
        item=item, actor=actor, now=now, kind=ChangeKind.PARTS, valid_from=valid_from, document_no=document_no,
        reason=reason, parts=[[part.code, f"{part.qty.normalize():f}"] for part in parts],
    )  # fmt: skip


def check_parts(*, code: str, parts: Sequence[Component], start: datetime, now: datetime) -> None:
    """Explodes the set and every set around it with these parts, at the start and whenever a list of one begins later.

    Refuses what `draft_parts` names of parts.
    """
    if not parts:
        raise PartsMissing
    for part in parts:
        check_quantity(part.qty)
    _refuse_unknown(parts)
    outer = list_outer_sets(code=code)
    book = load_price_book(codes=[code, *outer], now=now, trial=Trial(code=code, parts=tuple(parts))).book
    book.explode(code=code, qty=Decimal(1), at=start)
    later = CompositeList.objects.filter(valid_from__gt=start).order_by("valid_from")
    for at in (start, *later.values_list("valid_from", flat=True).distinct()):
        for each in (code, *outer):
            with suppress(CompositeNotInForce):
                book.explode(code=each, qty=Decimal(1), at=at)


def _refuse_unknown(parts: Sequence[Component]) -> None:
    wanted = {part.code for part in parts}
    known = set(CatalogItem.objects.filter(code__in=wanted).values_list("code", flat=True))
    for code in sorted(wanted - known):
        raise UnknownItem(item=code)


def _list_present(item: CatalogItem, at: datetime) -> list[Component]:
    rows = CompositeComponent.objects.filter(
        Q(component_list__valid_to__isnull=True) | Q(component_list__valid_to__gt=at),
        component_list__composite=item,
        component_list__valid_from__lte=at,
    ).order_by("position")
    return [Component(code, qty) for code, qty in rows.values_list("item__code", "qty")]


def publish_parts(*, row: ItemChange, start: datetime, now: datetime) -> None:
    """Publishes a decided component list; the one in force ends at its start. Two lists never make a cycle together.

    Refuses `ChangeScheduled` (another list starts later) and what the draft would be refused for now. The caller holds
    the transaction.
    """
    with connection.cursor() as cursor:
        # Lists are published one after the other, so that each is checked against those before it.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('catalog/parts', 0))")
    parts = [Component(code, Decimal(qty)) for code, qty in row.parts]
    check_parts(code=row.item.code, parts=parts, start=start, now=now)
    ids = dict(CatalogItem.objects.filter(code__in=[part.code for part in parts]).values_list("code", "id"))
    mine = CompositeList.objects.filter(composite_id=row.item_id)
    with refusing({"composite_list_no_overlap": ChangeScheduled()}):
        mine.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=start), valid_from__lt=start).update(valid_to=start)
        last = mine.aggregate(last=Max("version"))["last"] or 0
        entry = CompositeList.objects.create(composite_id=row.item_id, version=last + 1, valid_from=start)
    CompositeComponent.objects.bulk_create(
        CompositeComponent(component_list=entry, position=place, item_id=ids[part.code], qty=part.qty)
        for place, part in enumerate(parts, start=1)
    )
