"""Changes of what decides about an item beside its price: drafted, approved, taken over at their start (B40-B44)."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from hospital.audit.api import acting
from hospital.catalog.errors import ChangeOutdated, NothingChanges, UnknownItem
from hospital.catalog.models import CatalogItem, ItemChange
from hospital.catalog.queries.facts import facts_of, find_bureau, patch_row
from hospital.catalog.rules.checks import settle_start_of
from hospital.catalog.rules.facts import check_facts, compare_columns, write_columns
from hospital.catalog.services.drafts import record_change, write_draft
from hospital.catalog.services.office import require_price_office
from hospital.catalog.types import CatalogKind, ChangeKind, ItemFacts, RuleStatus
from hospital.kernel.actors import Actor


def draft_facts(
    *,
    code: str,
    facts: ItemFacts,
    valid_from: datetime,
    actor: Actor,
    now: datetime,
    document_no: str = "",
    reason: str = "",
) -> UUID:
    """Drafts other facts of an item; only what differs from now is kept, and it holds once someone else approved it.

    Refuses `NotPriceOffice`, `RuleStartsInPast`, `UnknownItem` (also for the price-bureau item), `AdditionNotAllowed`,
    `MappingMisplaced`, `FactsMalformed`, `NothingChanges`.
    """
    require_price_office(actor)
    settle_start_of(wanted=valid_from, now=now)
    item = CatalogItem.objects.select_related("price_item").filter(code=code).first()
    if item is None:
        raise UnknownItem(item=code)
    check_facts(code=code, kind=CatalogKind(item.kind), facts=facts)
    if facts.price_item and not _is_bureau_item(facts.price_item):
        raise UnknownItem(item=facts.price_item)
    changes = compare_columns(write_columns(facts_of(item)), write_columns(facts))
    if not changes:
        raise NothingChanges
    return write_draft(
        item=item, actor=actor, now=now, kind=ChangeKind.FACTS, facts=changes, valid_from=valid_from,
        document_no=document_no, reason=reason,
    )  # fmt: skip


def _is_bureau_item(code: str) -> bool:
    return CatalogItem.objects.filter(code=code, kind=CatalogKind.PRICE_ITEM).exists()


def publish_facts(*, row: ItemChange, start: datetime, actor: Actor, now: datetime) -> None:
    """Publishes a decided change of facts; one that starts now is taken over at once.

    Refuses `ChangeOutdated` where the item is no longer what the draft started from, and what the draft would be
    refused for now. The caller holds the transaction.
    """
    item = CatalogItem.objects.select_for_update(of=("self",)).select_related("price_item").get(id=row.item_id)
    present = write_columns(facts_of(item))
    if any(present[name] != pair[0] for name, pair in row.facts.items()):
        raise ChangeOutdated(item=item.code)
    columns = {name: pair[1] for name, pair in row.facts.items()}
    patch_row(item, columns, find_bureau([columns]))
    check_facts(code=item.code, kind=CatalogKind(item.kind), facts=facts_of(item))
    row.valid_from = start
    row.save(update_fields=["valid_from"])
    if start <= now:
        _take_over(row, item, actor, now)


def _take_over(row: ItemChange, item: CatalogItem, actor: Actor, now: datetime) -> None:
    names = {"price_item_id" if name == "price_item" else name for name in row.facts}
    CatalogItem.objects.filter(id=item.id).update(
        **{name: getattr(item, name) for name in names}, version=F("version") + 1
    )
    row.applied_at = now
    row.save(update_fields=["applied_at"])
    record_change(row=row, action="catalog.apply_change", actor=actor, now=now)


def apply_due_facts(*, actor: Actor, now: datetime) -> int:
    """Takes approved changes of facts over into their items once their start has come; returns how many.

    Prices follow the start to the instant without it: this is for lists, searches and files. Safe to repeat.
    """
    due = ItemChange.objects.filter(
        kind=ChangeKind.FACTS, status=RuleStatus.PUBLISHED, applied_at__isnull=True, valid_from__lte=now
    )
    done = 0
    for change_id in due.order_by("valid_from").values_list("id", flat=True):
        with acting(actor=actor):
            row = due.select_for_update(of=("self",), skip_locked=True).select_related("item").filter(id=change_id)
            if change := row.first():
                item = CatalogItem.objects.select_for_update(of=("self",)).get(id=change.item_id)
                columns = {name: pair[1] for name, pair in change.facts.items()}
                _take_over(change, patch_row(item, columns, find_bureau([columns])), actor, now)
                done += 1
    return done
