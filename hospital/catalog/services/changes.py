"""Changes of prices and of composites' own ratios: one person drafts, another approves (domain brief §1.3, §1.6.7)."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from hospital.audit.api import acting, record_act
from hospital.catalog.errors import (
    ChangeDecided,
    FiledPriceTooPrecise,
    PriceOverlap,
    RatioMalformed,
    SameChecker,
    UnknownChange,
    UnknownItem,
)
from hospital.catalog.models import CatalogItem, CompositeRatio, ItemChange
from hospital.catalog.rules.checks import is_ratio, settle_start_of
from hospital.catalog.services.items import publish_price
from hospital.catalog.services.office import require_price_office
from hospital.catalog.types import MOST_DECIMALS, CatalogKind, ChangeKind, CompositeMode, RuleStatus
from hospital.kernel.actors import Actor
from hospital.kernel.conflicts import refusing


def draft_price(
    *,
    code: str,
    base_u: Decimal,
    valid_from: datetime,
    actor: Actor,
    now: datetime,
    document_no: str = "",
    reason: str = "",
) -> UUID:
    """Drafts a new standard price; it charges nobody until someone else approves it.

    Refuses `NotPriceOffice`, `UnknownItem` (composites have no price), `FiledPriceTooPrecise`, `RuleStartsInPast`.
    """
    require_price_office(actor)
    settle_start_of(wanted=valid_from, now=now)
    if base_u < 0 or base_u != base_u.quantize(Decimal(1).scaleb(-MOST_DECIMALS)):
        raise FiledPriceTooPrecise
    item = CatalogItem.objects.filter(code=code).exclude(kind=CatalogKind.COMPOSITE).first()
    return _draft(
        item, code, actor, now, kind=ChangeKind.PRICE, base_u=base_u, valid_from=valid_from,
        document_no=document_no, reason=reason,
    )  # fmt: skip


def draft_override(
    *,
    code: str,
    ratio: Decimal | None,
    valid_from: datetime,
    actor: Actor,
    now: datetime,
    approval_no: str = "",
    reason: str = "",
) -> UUID:
    """Drafts a composite's own ratio; None lets its leaves resolve themselves again.

    Refuses `NotPriceOffice`, `UnknownItem` (no composite), `RatioMalformed`, `RuleStartsInPast`.
    """
    require_price_office(actor)
    settle_start_of(wanted=valid_from, now=now)
    if ratio is not None and not is_ratio(ratio):
        raise RatioMalformed
    item = CatalogItem.objects.filter(code=code, kind=CatalogKind.COMPOSITE).first()
    return _draft(
        item, code, actor, now, kind=ChangeKind.OVERRIDE, ratio=ratio, valid_from=valid_from,
        document_no=approval_no, reason=reason,
    )  # fmt: skip


def _draft(item: CatalogItem | None, code: str, actor: Actor, now: datetime, **facts: object) -> UUID:
    if item is None:
        raise UnknownItem(item=code)
    with acting(actor=actor):
        row = ItemChange.objects.create(item=item, maker=actor.id, made_at=now, **facts)
        _record(row, code, "catalog.draft_change", actor, now)
    return row.id


def approve_change(*, change_id: UUID, actor: Actor, now: datetime) -> datetime:
    """Publishes a drafted change; returns when it takes effect. The version in force ends there.

    Refuses `NotPriceOffice`, `UnknownChange`, `ChangeDecided`, `SameChecker`, `RuleStartsInPast`, `PriceOverlap`.
    """
    require_price_office(actor)
    with acting(actor=actor):
        row = _decide(change_id, RuleStatus.PUBLISHED, actor, now)
        if row.kind == ChangeKind.PRICE:
            start = publish_price(
                code=row.item.code,
                base_u=row.base_u or Decimal(0),
                valid_from=row.valid_from,
                actor=actor,
                now=now,
                document_no=row.document_no,
            )
        else:
            start = _publish_override(row, actor, now)
        _record(row, row.item.code, "catalog.approve_change", actor, now)
    return start


def reject_change(*, change_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Turns a drafted change down. Refuses `NotPriceOffice`, `UnknownChange`, `ChangeDecided`, `SameChecker`."""
    require_price_office(actor)
    with acting(actor=actor):
        row = _decide(change_id, RuleStatus.REJECTED, actor, now)
        _record(row, row.item.code, "catalog.reject_change", actor, now, reason=reason)


def _decide(change_id: UUID, status: RuleStatus, actor: Actor, now: datetime) -> ItemChange:
    row = ItemChange.objects.select_for_update(of=("self",)).select_related("item").filter(id=change_id).first()
    if row is None:
        raise UnknownChange
    if row.status != RuleStatus.DRAFT:
        raise ChangeDecided
    if row.maker == actor.id:
        raise SameChecker
    row.status, row.checker, row.checked_at = status, actor.id, now
    row.save(update_fields=["status", "checker", "checked_at"])
    return row


def _publish_override(row: ItemChange, actor: Actor, now: datetime) -> datetime:
    start = settle_start_of(wanted=row.valid_from, now=now)
    with refusing({"composite_ratio_no_overlap": PriceOverlap(item=row.item.code)}):
        CompositeRatio.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=start), composite=row.item, valid_from__lt=start
        ).update(valid_to=start)
        CompositeRatio.objects.create(
            composite=row.item,
            ratio=row.ratio,
            valid_from=start,
            approval_no=row.document_no,
            maker=row.maker,
            checker=actor.id,
            published_at=now,
        )
        if row.ratio is not None and row.item.composite_mode != CompositeMode.OVERRIDE:
            row.item.composite_mode = CompositeMode.OVERRIDE
            row.item.save(update_fields=["composite_mode"])
    return start


def _record(row: ItemChange, code: str, action: str, actor: Actor, now: datetime, reason: str = "") -> None:
    value = row.base_u if row.kind == ChangeKind.PRICE else row.ratio
    record_act(
        actor=actor,
        action=action,
        subject_kind="catalog_item",
        subject_id=code,
        now=now,
        reason=reason,
        details={
            "kind": str(row.kind),
            "value": str(value) if value is not None else None,
            "valid_from": row.valid_from.isoformat(),
        },
    )
