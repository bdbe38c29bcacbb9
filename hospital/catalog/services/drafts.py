"""Drafts of changes: written once, recorded at each step."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.catalog.models import CatalogItem, ItemChange
from hospital.catalog.types import ChangeKind
from hospital.kernel.actors import Actor


def write_draft(*, item: CatalogItem, actor: Actor, now: datetime, **facts: object) -> UUID:
    """Keeps a change of `item` for a second person; returns its id."""
    with acting(actor=actor):
        row = ItemChange.objects.create(item=item, maker=actor.id, made_at=now, **facts)
        record_change(row=row, action="catalog.draft_change", actor=actor, now=now)
    return row.id


def record_change(*, row: ItemChange, action: str, actor: Actor, now: datetime, reason: str = "") -> None:
    """Tells the audit trail what became of a change."""
    record_act(
        actor=actor,
        action=action,
        subject_kind="catalog_item",
        subject_id=row.item.code,
        now=now,
        reason=reason,
        details={"kind": str(row.kind), "value": _value_of(row), "valid_from": row.valid_from.isoformat()},
    )


def _value_of(row: ItemChange) -> object:
    if row.kind == ChangeKind.FACTS:
        return {name: pair[1] for name, pair in row.facts.items()}
    if row.kind == ChangeKind.PARTS:
        return row.parts
    value = row.base_u if row.kind == ChangeKind.PRICE else row.ratio
    return None if value is None else str(value)
