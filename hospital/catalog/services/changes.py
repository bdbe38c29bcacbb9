"""Changes of prices and of composites' own ratios: one person drafts, another approves (domain brief §1.3, §1.6.7)."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from hospital.audit.api import acting
from hospital.catalog.errors import (
    ChangeDecided,
    ChangeScheduled,
    FiledPriceTooPrecise,
    PriceOverlap,
    RatioMalformed,
    SameChecker,
    UnknownChange,
    UnknownItem,
)
from hospital.catalog.models import CatalogItem, CompositeRatio, ItemChange
from hospital.catalog.rules.checks import is_ratio, settle_approved_start, settle_start_of
from hospital.catalog.services.drafts import record_change, write_draft
from hospital.catalog.services.facts import publish_facts
from hospital.catalog.services.items import publish_price
from hospital.catalog.services.office import require_price_office
from hospital.catalog.services.parts import publish_parts
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
    if item is None:
        raise UnknownItem(item=code)
    return write_draft(
        item=item, actor=actor, now=now, kind=ChangeKind.PRICE, base_u=base_u, valid_from=valid_from,
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
    if item is None:
        raise UnknownItem(item=code)
    return write_draft(
        item=item, actor=actor, now=now, kind=ChangeKind.OVERRIDE, ratio=ratio, valid_from=valid_from,
        document_no=approval_no, reason=reason,
    )  # fmt: skip


def approve_change(*, change_id: UUID, actor: Actor, now: datetime) -> datetime:
    """Publishes a drafted change; returns when it takes effect. The version in force ends there.

    A start that has come meanwhile, on the day of the draft or before, takes effect now: nothing starts earlier, and
    nothing has to be drafted again because the second person was late (brief §1.6.7). Refuses `NotPriceOffice`,
    `UnknownChange`, `ChangeDecided`, `SameChecker`, `PriceOverlap`, `ChangeScheduled` (other facts wait for
    their start), and what `publish_facts` and `publish_parts` refuse.
    """
    require_price_office(actor)
    with acting(actor=actor), refusing({"item_change_one_scheduled": ChangeScheduled()}):
        row = _decide(change_id, RuleStatus.PUBLISHED, actor, now)
        start = settle_approved_start(wanted=row.valid_from, now=now)
        _publish(row, start, actor, now)
        record_change(row=row, action="catalog.approve_change", actor=actor, now=now)
    return start


def _publish(row: ItemChange, start: datetime, actor: Actor, now: datetime) -> None:
    if row.kind == ChangeKind.PRICE:
        publish_price(
            code=row.item.code,
            base_u=row.base_u or Decimal(0),
            valid_from=start,
            actor=actor,
            now=now,
            document_no=row.document_no,
        )
    elif row.kind == ChangeKind.FACTS:
        publish_facts(row=row, start=start, actor=actor, now=now)
    elif row.kind == ChangeKind.PARTS:
        publish_parts(row=row, start=start, now=now)
    else:
        _publish_override(row, start, actor, now)


def reject_change(*, change_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Turns a drafted change down. Refuses `NotPriceOffice`, `UnknownChange`, `ChangeDecided`, `SameChecker`."""
    require_price_office(actor)
    with acting(actor=actor):
        row = _decide(change_id, RuleStatus.REJECTED, actor, now)
        record_change(row=row, action="catalog.reject_change", actor=actor, now=now, reason=reason)


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


def _publish_override(row: ItemChange, start: datetime, actor: Actor, now: datetime) -> None:
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
            _let_override(row, actor, now)


def _let_override(row: ItemChange, actor: Actor, now: datetime) -> None:
    """A set that gets a ratio of its own takes the mode in which it counts, from now on: the ratio has its start."""
    before = row.item.composite_mode
    row.item.composite_mode = CompositeMode.OVERRIDE
    row.item.save(update_fields=["composite_mode"])
    ItemChange.objects.create(
        item=row.item,
        kind=ChangeKind.FACTS,
        facts={"composite_mode": (before, CompositeMode.OVERRIDE.value)},
        valid_from=now,
        applied_at=now,
        document_no=row.document_no,
        status=RuleStatus.PUBLISHED,
        maker=row.maker,
        made_at=now,
        checker=actor.id,
        checked_at=now,
    )
