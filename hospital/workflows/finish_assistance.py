"""Help was given: an interpreter's hours join the bill of the visit (N03)."""

from datetime import datetime
from uuid import UUID

from hospital.assistance import api as assistance
from hospital.assistance.errors import NoVisitForFee
from hospital.audit.api import acting
from hospital.billing.api import charge_assistance
from hospital.encounters.api import get_encounter_of_appointment
from hospital.kernel.actors import Actor


def finish_with_fee(*, request_id: UUID, version: int, ended_at: datetime | None, actor: Actor, now: datetime) -> None:
    """The help was given; `ended_at` is when an interpreter left, None where no fee is taken. All or nothing.

    Refusals: those of `assistance.finish_assistance` and `billing.charge_assistance`, `NoVisitForFee`.
    """
    with acting(actor=actor):
        owed = assistance.finish_assistance(
            request_id=request_id, version=version, ended_at=ended_at, actor=actor, now=now
        )
        if owed is None:
            return
        visit = get_encounter_of_appointment(appointment_id=owed.appointment_id) if owed.appointment_id else None
        if visit is None:
            raise NoVisitForFee
        charge_assistance(
            encounter_id=visit.id,
            request_id=request_id,
            item_code=owed.item_code,
            qty=owed.hours,
            actor=actor,
            now=now,
        )
