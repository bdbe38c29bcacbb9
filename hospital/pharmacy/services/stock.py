"""Stock by batch and campus: received, moved, counted, discarded (N08). The conditional update decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F

from hospital.audit.api import acting, record_act
from hospital.catalog.api import get_item, list_item_cards
from hospital.catalog.errors import UnknownItem
from hospital.catalog.types import CatalogKind, ItemCard
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.clock import local_day
from hospital.pharmacy.errors import (
    BadStockEntry,
    BatchDiffers,
    BatchExpired,
    StockMovedMeanwhile,
    StockTooLow,
    UnknownBatch,
    WitnessMissing,
)
from hospital.pharmacy.models import Batch, StockMove
from hospital.pharmacy.rules import is_controlled
from hospital.pharmacy.services.access import need_words, require_pharmacist, staff_id
from hospital.pharmacy.types import MoveKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What comes in: `quantity` in the unit the drug is sold in."""

    item_code: str
    number: str
    expires_on: date
    quantity: Decimal


def receive_stock(
    *, campus_code: str, delivery: Delivery, actor: Actor, now: datetime, witness: Actor | None = None
) -> UUID:
    """Adds a delivery to its batch, which is made when it is new; returns the batch's id.

    Refuses `NotPharmacist`, `BadStockEntry`, `BatchExpired`, `BatchDiffers` (the same number with another date),
    `WitnessMissing`.
    """
    require_pharmacist(actor=actor, campus_code=campus_code)
    number = delivery.number.strip().upper()[:40]
    drug = _find_drug(code=delivery.item_code, now=now)
    if not number or delivery.quantity <= 0:
        raise BadStockEntry
    if delivery.expires_on < local_day(now):
        raise BatchExpired
    seen_by = _witness_of(drug, witness, campus_code=campus_code, actor=actor)
    with acting(actor=actor):
        batch = _batch_of(campus_code, drug.id, number, delivery.expires_on)
        _add(batch, MoveKind.RECEIVED, delivery.quantity, actor=actor, now=now, witness_id=seen_by)
        _record("pharmacy.receive", batch, actor=actor, now=now, quantity=delivery.quantity)
    return batch.pk


def move_stock(
    *,
    batch_id: UUID,
    to_campus: str,
    quantity: Decimal,
    reason: str,
    actor: Actor,
    now: datetime,
    witness: Actor | None = None,
) -> UUID:
    """Moves so much of a batch to another campus, in one transaction; returns the batch's id there.

    Refuses `ReasonMissing`, `UnknownBatch`, `NotPharmacist` (of the campus it leaves), `BadStockEntry`, `BatchExpired`,
    `StockTooLow`, `WitnessMissing`.
    """
    said = need_words(reason)
    with acting(actor=actor):
        batch = _checked(Batch.objects.filter(pk=batch_id).first(), actor=actor)
        if quantity <= 0 or to_campus == batch.campus_id:
            raise BadStockEntry
        if batch.expires_on < local_day(now):
            raise BatchExpired
        seen_by = _witness_of(_drug_of(batch, now), witness, campus_code=batch.campus_id, actor=actor)
        there = _lock_both(batch, to_campus)
        balance = take_from(batch_id=batch_id, quantity=quantity)
        if balance is None:
            raise StockTooLow
        write_move(
            batch_id=batch_id,
            kind=MoveKind.MOVED_OUT,
            quantity=-quantity,
            balance=balance,
            actor=actor,
            now=now,
            reason=f"→ {to_campus}: {said}",
            witness_id=seen_by,
        )
        _add(
            there,
            MoveKind.MOVED_IN,
            quantity,
            actor=actor,
            now=now,
            reason=f"← {batch.campus_id}: {said}",
            witness_id=seen_by,
        )
        _record("pharmacy.move", batch, actor=actor, now=now, quantity=quantity, reason=said)
    return there.pk


def count_stock(
    *,
    batch_id: UUID,
    counted: Decimal,
    expected: Decimal,
    reason: str,
    actor: Actor,
    now: datetime,
    witness: Actor | None = None,
) -> Decimal:
    """Writes what a stocktake found; returns the difference. `expected` is what the page showed before counting.

    Refuses `UnknownBatch`, `NotPharmacist`, `BadStockEntry`, `StockMovedMeanwhile`, `ReasonMissing` (for a difference),
    `WitnessMissing`.
    """
    with acting(actor=actor):
        batch = _lock(batch_id, actor=actor)
        if counted < 0:
            raise BadStockEntry
        if batch.on_hand != expected:
            raise StockMovedMeanwhile(on_hand=format(batch.on_hand.normalize(), "f"))
        seen_by = _witness_of(_drug_of(batch, now), witness, campus_code=batch.campus_id, actor=actor)
        difference = counted - batch.on_hand
        if difference:
            said = need_words(reason)
            Batch.objects.filter(pk=batch_id).update(on_hand=counted)
            write_move(
                batch_id=batch_id,
                kind=MoveKind.COUNTED,
                quantity=difference,
                balance=counted,
                actor=actor,
                now=now,
                reason=said,
                witness_id=seen_by,
            )
        _record("pharmacy.count", batch, actor=actor, now=now, quantity=difference, reason=reason.strip())
    return difference


def discard_stock(*, batch_id: UUID, reason: str, actor: Actor, now: datetime, witness: Actor | None = None) -> Decimal:
    """Takes all of a batch out of stock (expired, damaged); returns how much it was.

    Refuses `ReasonMissing`, `UnknownBatch`, `NotPharmacist`, `StockTooLow` (there is nothing left of it),
    `WitnessMissing`.
    """
    said = need_words(reason)
    with acting(actor=actor):
        batch = _lock(batch_id, actor=actor)
        if batch.on_hand <= 0:
            raise StockTooLow
        seen_by = _witness_of(_drug_of(batch, now), witness, campus_code=batch.campus_id, actor=actor)
        Batch.objects.filter(pk=batch_id).update(on_hand=0)
        write_move(
            batch_id=batch_id,
            kind=MoveKind.DISCARDED,
            quantity=-batch.on_hand,
            balance=Decimal(0),
            actor=actor,
            now=now,
            reason=said,
            witness_id=seen_by,
        )
        _record("pharmacy.discard", batch, actor=actor, now=now, quantity=-batch.on_hand, reason=said)
    return batch.on_hand


def take_from(*, batch_id: UUID, quantity: Decimal, good_until: date | None = None) -> Decimal | None:
    """Takes from a batch what it has, in one conditional update; the balance, or None when it was too little."""
    rows = Batch.objects.filter(pk=batch_id, on_hand__gte=quantity)
    if good_until is not None:
        rows = rows.filter(expires_on__gte=good_until)
    if not rows.update(on_hand=F("on_hand") - quantity):
        return None
    return Batch.objects.values_list("on_hand", flat=True).get(pk=batch_id)


def give_back(
    back: Mapping[UUID, Decimal], *, kind: MoveKind, prescription_id: UUID, actor: Actor, now: datetime, reason: str
) -> None:
    """Puts so much of a prescription back into its batches, in the order of their ids, with an entry each."""
    for batch_id in sorted(back):
        Batch.objects.filter(pk=batch_id).update(on_hand=F("on_hand") + back[batch_id])
        write_move(
            batch_id=batch_id,
            kind=kind,
            quantity=back[batch_id],
            balance=Batch.objects.values_list("on_hand", flat=True).get(pk=batch_id),
            actor=actor,
            now=now,
            reason=reason,
            prescription_id=prescription_id,
        )


def write_move(
    *,
    batch_id: UUID,
    kind: MoveKind,
    quantity: Decimal,
    balance: Decimal,
    actor: Actor,
    now: datetime,
    reason: str = "",
    prescription_id: UUID | None = None,
    witness_id: UUID | None = None,
) -> None:
    """One entry in the stock book."""
    StockMove.objects.create(
        batch_id=batch_id,
        kind=kind,
        quantity=quantity,
        balance=balance,
        reason=reason[:200],
        prescription_id=prescription_id,
        by_id=staff_id(actor),
        witness_id=witness_id,
        at=now,
    )


def _find_drug(*, code: str, now: datetime) -> ItemCard:
    try:
        card = get_item(code=code.strip(), now=now)
    except UnknownItem as unknown:
        raise BadStockEntry from unknown
    if card.kind is not CatalogKind.DRUG:
        raise BadStockEntry
    return card


def _drug_of(batch: Batch, now: datetime) -> ItemCard:
    return list_item_cards(item_ids=[batch.item_id], now=now)[batch.item_id]


def _witness_of(drug: ItemCard, witness: Actor | None, *, campus_code: str, actor: Actor) -> UUID | None:
    """Who saw the change of a drug under double control; None for other drugs, and for the product itself.

    Refuses `WitnessMissing`: nobody, the same person, or no pharmacist of the campus.
    """
    if not is_controlled(drug) or actor.kind is ActorKind.SYSTEM:
        return None
    if witness is None or witness.id == actor.id or campus_code not in witness.campuses_of(Role.PHARMACIST):
        raise WitnessMissing
    return staff_id(witness)


def _lock_both(batch: Batch, to_campus: str) -> Batch:
    """Locks the batch and the same one at the other campus, which is returned; made when it is new.

    Both in the order of their ids: two moves in opposite directions wait for one another instead of for ever. Refuses
    `BatchDiffers`.
    """
    _make_batch(to_campus, batch.item_id, batch.number, batch.expires_on)
    rows = Batch.objects.filter(campus_id__in=[batch.campus_id, to_campus], item_id=batch.item_id, number=batch.number)
    there = next(row for row in rows.select_for_update().order_by("pk") if row.campus_id == to_campus)
    _check_same(there, batch.expires_on)
    return there


def _batch_of(campus_code: str, item_id: UUID, number: str, expires_on: date) -> Batch:
    """The batch, locked; made when it is new. Refuses `BatchDiffers`."""
    _make_batch(campus_code, item_id, number, expires_on)
    batch = Batch.objects.select_for_update().get(campus_id=campus_code, item_id=item_id, number=number)
    _check_same(batch, expires_on)
    return batch


def _make_batch(campus_code: str, item_id: UUID, number: str, expires_on: date) -> None:
    new = Batch(campus_id=campus_code, item_id=item_id, number=number, expires_on=expires_on)
    Batch.objects.bulk_create([new], ignore_conflicts=True)


def _check_same(batch: Batch, expires_on: date) -> None:
    if batch.expires_on != expires_on:
        raise BatchDiffers(number=batch.number, day=batch.expires_on.isoformat())


def _add(
    batch: Batch,
    kind: MoveKind,
    quantity: Decimal,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    witness_id: UUID | None = None,
) -> None:
    Batch.objects.filter(pk=batch.pk).update(on_hand=F("on_hand") + quantity)
    write_move(
        batch_id=batch.pk,
        kind=kind,
        quantity=quantity,
        balance=batch.on_hand + quantity,
        actor=actor,
        now=now,
        reason=reason,
        witness_id=witness_id,
    )


def _lock(batch_id: UUID, *, actor: Actor) -> Batch:
    return _checked(Batch.objects.select_for_update().filter(pk=batch_id).first(), actor=actor)


def _checked(batch: Batch | None, *, actor: Actor) -> Batch:
    if batch is None:
        raise UnknownBatch
    require_pharmacist(actor=actor, campus_code=batch.campus_id)
    return batch


def _record(action: str, batch: Batch, *, actor: Actor, now: datetime, quantity: Decimal, reason: str = "") -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="batch",
        subject_id=str(batch.pk),
        reason=reason,
        now=now,
        details={"campus": batch.campus_id, "batch": batch.number, "quantity": str(quantity)},
    )
