"""The pharmacist's review: before anything is charged or handed out (domain brief 4)."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.pharmacy.errors import CannotExtend, NotPrescriber, PrescriptionMoved
from hospital.pharmacy.models import Prescription, PrescriptionLine
from hospital.pharmacy.rules import last_valid_day
from hospital.pharmacy.services.access import (
    leave_trace,
    lock_for_pharmacist,
    lock_prescription,
    move,
    need_words,
    staff_id,
)
from hospital.pharmacy.states import OPEN, PrescriptionState
from hospital.pharmacy.types import NewPrescription, RejectReason


def send_prescription(*, new: NewPrescription, actor: Actor, now: datetime) -> UUID:
    """Puts a signed prescription before the pharmacists of its campus, in the caller's transaction; returns its id."""
    with acting(actor=actor):
        row = Prescription.objects.create(
            order_id=new.order_id,
            number=new.number,
            encounter_id=new.encounter_id,
            person_id=new.person_id,
            campus_id=new.campus_code,
            has_control=new.has_control,
            signed_by_id=new.signed_by,
            signed_at=new.signed_at,
            valid_until=local_day(new.signed_at),
        )
        PrescriptionLine.objects.bulk_create(
            PrescriptionLine(
                prescription=row,
                order_line_id=line.order_line_id,
                item_id=line.item_id,
                item_code=line.item_code,
                name_zh=line.name.zh,
                name_en=line.name.en,
                quantity=line.quantity,
                days=line.days,
            )
            for line in new.lines
        )
        leave_trace(row, "pharmacy.sent", actor=actor, now=now)
    return row.id


def pass_prescription(*, prescription_id: UUID, actor: Actor, now: datetime) -> UUID:
    """SIGNED → PASSED, in the transaction of a caller who charges it; returns the order's id.

    Refuses `UnknownPrescription`, `NotPharmacist`, `PrescriptionMoved`.
    """
    with acting(actor=actor):
        row = lock_for_pharmacist(prescription_id, actor=actor)
        move(row, PrescriptionState.PASSED, reviewed_by_id=staff_id(actor), reviewed_at=now)
        leave_trace(row, "pharmacy.passed", actor=actor, now=now)
    return row.order_id


def reject_prescription(
    *, prescription_id: UUID, reason: RejectReason, words: str, actor: Actor, now: datetime
) -> None:
    """SIGNED → REJECTED: back to the doctor with a listed reason and words.

    Refuses `ReasonMissing`, `UnknownPrescription`, `NotPharmacist`, `PrescriptionMoved`.
    """
    said = need_words(words)
    with acting(actor=actor):
        row = lock_for_pharmacist(prescription_id, actor=actor)
        move(
            row,
            PrescriptionState.REJECTED,
            reviewed_by_id=staff_id(actor),
            reviewed_at=now,
            reject_reason=reason,
            reject_words=said,
            stands_by="",
        )
        leave_trace(row, "pharmacy.rejected", actor=actor, now=now, reason=f"{reason}: {said}")


def stand_by_prescription(*, prescription_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """REJECTED → SIGNED: the doctor signs a second time, with a reason; the pharmacist reviews again (domain brief 4).

    Refuses `ReasonMissing`, `UnknownPrescription`, `NotPrescriber`, `PrescriptionMoved`.
    """
    said = need_words(reason)
    with acting(actor=actor):
        row = _lock_for_prescriber(prescription_id, actor=actor)
        move(row, PrescriptionState.SIGNED, stands_by=said)
        leave_trace(row, "pharmacy.confirmed", actor=actor, now=now, reason=said)


def withdraw_prescription(*, prescription_id: UUID, reason: str, actor: Actor, now: datetime) -> UUID:
    """SIGNED or REJECTED → CANCELLED: the doctor takes it back; returns the order's id, whose lines the caller cancels.

    Refuses `ReasonMissing`, `UnknownPrescription`, `NotPrescriber`, `PrescriptionMoved`.
    """
    said = need_words(reason)
    with acting(actor=actor):
        row = _lock_for_prescriber(prescription_id, actor=actor)
        move(row, PrescriptionState.CANCELLED, ended_at=now, end_reason=said)
        leave_trace(row, "pharmacy.cancelled", actor=actor, now=now, reason=said)
    return row.order_id


def extend_prescription(*, prescription_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """The doctor makes it good for today, at most to the third day (domain brief 4).

    Refuses `ReasonMissing`, `UnknownPrescription`, `NotPrescriber`, `PrescriptionMoved`, `CannotExtend`.
    """
    said = need_words(reason)
    with acting(actor=actor):
        row = _lock_for_prescriber(prescription_id, actor=actor)
        last = last_valid_day(local_day(row.signed_at))
        if row.state not in OPEN:
            raise PrescriptionMoved
        if local_day(now) > last:
            raise CannotExtend(day=last.isoformat())
        Prescription.objects.filter(pk=row.pk).update(valid_until=max(row.valid_until, local_day(now)))
        leave_trace(row, "pharmacy.extended", actor=actor, now=now, reason=said)


def _lock_for_prescriber(prescription_id: UUID, *, actor: Actor) -> Prescription:
    row = lock_prescription(prescription_id)
    if str(row.signed_by_id) != actor.id:
        raise NotPrescriber
    return row
