"""Drugs that come back from the patient, whole or in part, batch by batch (N08)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.pharmacy.errors import BatchExpired, BrokenPack, ControlledDestroyed, NothingToTakeBack
from hospital.pharmacy.models import Pick, Prescription, PrescriptionLine, TakeBack
from hospital.pharmacy.services.access import leave_trace, lock_for_pharmacist, move, need_words, staff_id
from hospital.pharmacy.services.stock import give_back
from hospital.pharmacy.states import PrescriptionState
from hospital.pharmacy.types import MoveKind, ReturnedPart


def take_back_parts(
    *,
    prescription_id: UUID,
    parts: Sequence[ReturnedPart],
    reason: str,
    is_restocked: bool,
    actor: Actor,
    now: datetime,
) -> Mapping[UUID, Decimal]:
    """Takes back so much of what was handed over; returns how much by order line, which the caller makes refundable.

    What may not be handed out again (`is_restocked` false) is written off. With the last of it the prescription is
    RETURNED. Two returns at once never take back more than was handed over. Refuses `ReasonMissing`,
    `UnknownPrescription`, `NotPharmacist`, `NothingToTakeBack` (nothing, or more than is with the patient),
    `BrokenPack`, `ControlledDestroyed` (narcotic and psychotropic I drugs are never handed out again), `BatchExpired`.
    """
    said = need_words(reason)
    with acting(actor=actor):
        row = lock_for_pharmacist(prescription_id, actor=actor)
        if row.state != PrescriptionState.DISPENSED or not parts:
            raise NothingToTakeBack
        if row.has_control and is_restocked:
            raise ControlledDestroyed
        back = _sum_lines(row, parts, is_restocked=is_restocked, reason=said, actor=actor, now=now)
        if is_restocked:
            _restock(row, parts, reason=said, actor=actor, now=now)
        _close(row, reason=said, now=now)
        leave_trace(row, "pharmacy.taken_back", actor=actor, now=now, reason=said, items=_word(back))
    return {line.order_line_id: quantity for line, quantity in back.items()}


def _sum_lines(
    row: Prescription,
    parts: Sequence[ReturnedPart],
    *,
    is_restocked: bool,
    reason: str,
    actor: Actor,
    now: datetime,
) -> dict[PrescriptionLine, Decimal]:
    """Writes the parts on their picks; how much of each line that is."""
    picks = {pick.pk: pick for pick in Pick.objects.filter(line__prescription=row).select_related("line", "batch")}
    back: defaultdict[PrescriptionLine, Decimal] = defaultdict(Decimal)
    for part in parts:
        pick = picks.get(part.pick_id)
        if pick is None:
            raise NothingToTakeBack
        _check(part, pick, is_restocked=is_restocked, now=now)
        mine = Pick.objects.filter(pk=pick.pk, returned__lte=F("quantity") - part.quantity)
        if not mine.update(returned=F("returned") + part.quantity):
            raise NothingToTakeBack
        TakeBack.objects.create(
            pick=pick,
            quantity=part.quantity,
            reason=reason,
            is_restocked=is_restocked,
            by_id=staff_id(actor),
            at=now,
        )
        back[pick.line] += part.quantity
    return dict(back)


def _check(part: ReturnedPart, pick: Pick, *, is_restocked: bool, now: datetime) -> None:
    """Packs come back whole unless they went out in parts."""
    if not part.quantity.is_finite() or part.quantity <= 0:
        raise NothingToTakeBack
    if part.quantity % 1 and not pick.quantity % 1:
        raise BrokenPack(item=pick.line.name)
    if is_restocked and pick.batch.expires_on < local_day(now):
        raise BatchExpired


def _restock(row: Prescription, parts: Sequence[ReturnedPart], *, reason: str, actor: Actor, now: datetime) -> None:
    batches = dict(Pick.objects.filter(pk__in=[part.pick_id for part in parts]).values_list("pk", "batch_id"))
    back: defaultdict[UUID, Decimal] = defaultdict(Decimal)
    for part in parts:
        back[batches[part.pick_id]] += part.quantity
    give_back(back, kind=MoveKind.RETURNED, prescription_id=row.pk, actor=actor, now=now, reason=reason)


def _close(row: Prescription, *, reason: str, now: datetime) -> None:
    """Marks the lines of which nothing is left, and the prescription with the last of them."""
    left = Pick.objects.filter(line__prescription=row, returned__lt=F("quantity"))
    open_lines = row.lines.filter(is_left_out=False, returned_at__isnull=True)
    open_lines.exclude(pk__in=left.values("line_id")).update(returned_at=now)
    if not open_lines.exists():
        move(row, PrescriptionState.RETURNED, ended_at=now, end_reason=reason)


def _word(back: Mapping[PrescriptionLine, Decimal]) -> list[str]:
    return [f"{line.item_code} × {format(quantity.normalize(), 'f')}" for line, quantity in back.items()]
