"""Who may do something in the pharmacy, and the row they do it to."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from hospital.audit.api import record_act
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.events import record_event
from hospital.pharmacy.errors import NotPharmacist, PrescriptionMoved, ReasonMissing, UnknownPrescription
from hospital.pharmacy.models import Prescription
from hospital.pharmacy.states import PRESCRIPTION_TRANSITIONS, PrescriptionState


def require_pharmacist(*, actor: Actor, campus_code: str) -> None:
    """Refuses `NotPharmacist` unless the actor is a pharmacist of this campus, or the product itself."""
    if actor.kind is not ActorKind.SYSTEM and campus_code not in actor.campuses_of(Role.PHARMACIST):
        raise NotPharmacist


def lock_prescription(prescription_id: UUID) -> Prescription:
    """The row, locked for the caller's transaction. Refuses `UnknownPrescription`."""
    row = Prescription.objects.select_for_update().filter(pk=prescription_id).first()
    if row is None:
        raise UnknownPrescription
    return row


def lock_for_pharmacist(prescription_id: UUID, *, actor: Actor) -> Prescription:
    """The row for a pharmacist of its campus. Refuses `UnknownPrescription`, `NotPharmacist`."""
    row = lock_prescription(prescription_id)
    require_pharmacist(actor=actor, campus_code=row.campus_id)
    return row


def staff_id(actor: Actor) -> UUID | None:
    """The member of staff behind the actor; None for the product itself."""
    return UUID(actor.id) if actor.kind is ActorKind.STAFF else None


def need_words(text: str) -> str:
    """The words without blanks around them. Refuses `ReasonMissing`."""
    words = text.strip()
    if not words:
        raise ReasonMissing
    return words[:300]


def move(row: Prescription, target: PrescriptionState, **changes: Any) -> None:
    """Brings the locked row to `target`. Refuses `PrescriptionMoved`; the conditional update decides."""
    rows = Prescription.objects.filter(pk=row.pk, state__in=PRESCRIPTION_TRANSITIONS.allowed_from(target))
    if not rows.update(state=target, **changes):
        raise PrescriptionMoved
    row.state = target
    for name, value in changes.items():
        setattr(row, name, value)


def leave_trace(
    row: Prescription, kind: str, *, actor: Actor, now: datetime, reason: str = "", items: Iterable[str] = ()
) -> None:
    """The event and the audit entry of a step; everybody at the campus's pharmacy desk is told."""
    record_event(
        kind=kind,
        subject_id=str(row.id),
        person_id=row.person_id,
        encounter_id=row.encounter_id,
        now=now,
        facts={"number": row.number},
        topics=(f"pharmacy:{row.campus_id}",),
    )
    record_act(
        actor=actor,
        action=kind,
        subject_kind="prescription",
        subject_id=str(row.id),
        person_id=row.person_id,
        reason=reason,
        now=now,
        details={"number": row.number, "items": list(items)} if items else {"number": row.number},
    )
