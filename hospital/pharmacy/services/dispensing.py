"""From the shelf to the patient by two people, and back (N08)."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.pharmacy.errors import (
    OutOfStock,
    PrescriptionMoved,
    PrescriptionOver,
    RecipientMissing,
    SamePerson,
)
from hospital.pharmacy.models import Batch, Pick, Prescription, PrescriptionLine
from hospital.pharmacy.rules import GOOD_FOR_AT_MOST, choose_batches, needed_until
from hospital.pharmacy.services.access import leave_trace, lock_for_pharmacist, move, need_words, staff_id
from hospital.pharmacy.services.stock import give_back, take_from, write_move
from hospital.pharmacy.states import OPEN, PrescriptionState
from hospital.pharmacy.types import BatchOffer, MoveKind


def prepare_prescription(
    *, prescription_id: UUID, actor: Actor, now: datetime, left: Mapping[UUID, Decimal] | None = None
) -> None:
    """PASSED → PREPARED: picks every line from the batches that expire first, all or nothing.

    Whether it is paid is the caller's question; `left` says how much is left of order lines whose money went back in
    part or in whole: a line with nothing left is left out. Refuses
    `UnknownPrescription`, `NotPharmacist`, `PrescriptionMoved`, `PrescriptionOver`, `OutOfStock`.
    """
    with acting(actor=actor):
        row = lock_for_pharmacist(prescription_id, actor=actor)
        if local_day(now) > row.valid_until:
            raise PrescriptionOver(day=row.valid_until.isoformat())
        left = left or {}
        gone = [line_id for line_id, quantity in left.items() if quantity <= 0]
        row.lines.filter(order_line_id__in=gone).update(is_left_out=True)
        lines = list(row.lines.filter(is_left_out=False).order_by("id"))
        if not lines:
            raise PrescriptionMoved
        move(row, PrescriptionState.PREPARED, prepared_by_id=staff_id(actor), prepared_at=now)
        offers = _lock_offers(row, lines)
        for line in lines:
            wanted = left.get(line.order_line_id, line.quantity)
            _pick(row, line, wanted, offers[line.item_id], actor=actor, now=now)
        leave_trace(row, "pharmacy.prepared", actor=actor, now=now)


def put_back_prescription(*, prescription_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """PREPARED → PASSED: what was picked goes back on the shelf.

    Refuses `ReasonMissing`, `UnknownPrescription`, `NotPharmacist`, `PrescriptionMoved`.
    """
    said = need_words(reason)
    with acting(actor=actor):
        row = lock_for_pharmacist(prescription_id, actor=actor)
        if row.state != PrescriptionState.PREPARED:
            raise PrescriptionMoved
        move(row, PrescriptionState.PASSED, prepared_by_id=None, prepared_at=None)
        _put_back(row, actor=actor, now=now, reason=said)
        leave_trace(row, "pharmacy.put_back", actor=actor, now=now, reason=said)


def dispense_prescription(
    *, prescription_id: UUID, actor: Actor, now: datetime, recipient: str = ""
) -> tuple[UUID, ...]:
    """PREPARED → DISPENSED by a second person; returns the order lines that were handed over, which the caller marks.

    Refuses `UnknownPrescription`, `NotPharmacist`, `SamePerson`, `RecipientMissing` (narcotic and psychotropic I
    drugs), `PrescriptionMoved`.
    """
    with acting(actor=actor):
        row = lock_for_pharmacist(prescription_id, actor=actor)
        if row.state != PrescriptionState.PREPARED:
            raise PrescriptionMoved
        if row.prepared_by_id == staff_id(actor):
            raise SamePerson
        if row.has_control and not recipient.strip():
            raise RecipientMissing
        move(
            row,
            PrescriptionState.DISPENSED,
            dispensed_by_id=staff_id(actor),
            dispensed_at=now,
            recipient=recipient.strip()[:120],
        )
        lines = list(row.lines.filter(is_left_out=False))
        leave_trace(row, "pharmacy.dispensed", actor=actor, now=now, items=[line.item_code for line in lines])
    return tuple(line.order_line_id for line in lines)


def list_lapsed(*, now: datetime, limit: int = 500) -> list[UUID]:
    """Open prescriptions that no extension can help any more."""
    last = local_day(now) - GOOD_FOR_AT_MOST
    rows = Prescription.objects.filter(state__in=OPEN, valid_until__lte=last)
    return list(rows.order_by("signed_at").values_list("pk", flat=True)[:limit])


def expire_prescription(*, prescription_id: UUID, actor: Actor, now: datetime) -> tuple[UUID, ...]:
    """Ends an open prescription whose time is over; what was picked goes back. Returns its order lines; again none."""
    with acting(actor=actor):
        row = lock_for_pharmacist(prescription_id, actor=actor)
        if row.state not in OPEN or local_day(now) < row.valid_until + GOOD_FOR_AT_MOST:
            return ()
        was_prepared = row.state == PrescriptionState.PREPARED
        move(row, PrescriptionState.EXPIRED, ended_at=now, end_reason="not collected in time")
        if was_prepared:
            _put_back(row, actor=actor, now=now, reason="not collected in time")
        leave_trace(row, "pharmacy.expired", actor=actor, now=now)
        return tuple(row.lines.values_list("order_line_id", flat=True))


def _lock_offers(row: Prescription, lines: list[PrescriptionLine]) -> dict[UUID, list[Batch]]:
    """The batches of all drugs, locked in one order: two prescriptions with the same drugs wait for each other."""
    found: defaultdict[UUID, list[Batch]] = defaultdict(list)
    rows = Batch.objects.select_for_update().filter(
        campus_id=row.campus_id, item_id__in={line.item_id for line in lines}, on_hand__gt=0
    )
    for batch in rows.order_by("pk"):
        found[batch.item_id].append(batch)
    return found


def _pick(
    row: Prescription, line: PrescriptionLine, wanted: Decimal, batches: list[Batch], *, actor: Actor, now: datetime
) -> None:
    good_until = _good_until(line, on=local_day(now))
    by_id = {batch.pk: batch for batch in batches}
    offers = [BatchOffer(batch.pk, batch.expires_on, batch.on_hand) for batch in batches]
    picks = choose_batches(wanted=wanted, offers=offers, good_until=good_until)
    if not picks:
        raise OutOfStock(item=line.name)
    for pick in picks:
        balance = take_from(batch_id=pick.batch_id, quantity=pick.quantity, good_until=good_until)
        if balance is None:
            raise OutOfStock(item=line.name)
        by_id[pick.batch_id].on_hand = balance
        Pick.objects.create(line=line, batch_id=pick.batch_id, quantity=pick.quantity)
        write_move(
            batch_id=pick.batch_id,
            kind=MoveKind.DISPENSED,
            quantity=-pick.quantity,
            balance=balance,
            actor=actor,
            now=now,
            prescription_id=row.pk,
        )


def _put_back(row: Prescription, *, actor: Actor, now: datetime, reason: str) -> None:
    picks = Pick.objects.filter(line__prescription=row)
    back: defaultdict[UUID, Decimal] = defaultdict(Decimal)
    for batch_id, quantity in picks.values_list("batch_id", "quantity"):
        back[batch_id] += quantity
    give_back(back, kind=MoveKind.PUT_BACK, prescription_id=row.pk, actor=actor, now=now, reason=reason)
    picks.delete()


def _good_until(line: PrescriptionLine, *, on: date) -> date:
    return needed_until(on=on, days=line.days)
